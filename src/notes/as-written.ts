/**
 * Counterexamples against the sides as they are written. Terms close holes, as every textbook cancels: sqrt(x)^2 is x, which has a
 * value where sqrt(x) has none. A difference at such a place is none.
 */

import type { Certificate } from '../certificate.ts';
import { compareFormulas, hasValue } from '../endtoend/formulas.ts';
import type { Roles } from '../endtoend/roles.ts';
import { defaultSeed } from '../options.ts';
import { constantNode, type MathNode, operatorNode, parenthesisNode, view } from '../syntax/node.ts';
import { mapParts, partsOf } from '../syntax/walk.ts';

const noNames: ReadonlyMap<string, never> = new Map<string, never>();

const noRoles: Roles = {
  axes: noNames,
  lengths: noNames,
  lengthOf: () => undefined,
  indices: new Set(),
  quantities: new Set(),
  shadowed: new Set(),
  positive: new Set(),
  integer: new Set(),
  traits: noNames,
  families: noNames,
  depends: noNames,
};

/**
 * `certificate` of two scalar sides, unless it rests on values at which one of them has none as it is written: then what other
 * values show. `functions` are those that are known to all.
 */
export function againstWritten(
  sides: readonly [left: MathNode, right: MathNode],
  certificate: Certificate,
  functions: ReadonlyMap<string, unknown>,
): Certificate {
  const values = certificate.verdict === 'fails' ? certificate.counterexample?.values : undefined;
  if (values === undefined || certificate.field === 'complex') return certificate;
  const placed = sides.map((side) => withValues(side, values, functions));
  const isLost = placed.some((side) => side !== undefined && !hasValue(side, noRoles));
  if (!isLost || placed.includes(undefined)) return certificate;
  const found = compareFormulas(...sides, noRoles, defaultSeed);
  const { counterexample } = found;
  if (found.verdict === 'fails' && counterexample !== undefined) return { ...certificate, counterexample };
  return { verdict: 'unknown', method: 'unchecked', points: 0, worst: 0, reason: noValue };
}

const noValue = 'domain: where both sides differ, one has no value as it is written';

/** `node` with numbers for its names; undefined where it holds more than operators and known functions of numbers. */
function withValues(
  node: MathNode,
  values: Readonly<Record<string, number | string>>,
  functions: ReadonlyMap<string, unknown>,
): MathNode | undefined {
  const seen = view(node);
  if (seen.kind === 'constant') return node;
  if (seen.kind === 'symbol') {
    const value = Object.hasOwn(values, seen.name) ? values[seen.name] : undefined;
    if (typeof value !== 'number') return seen.name === 'e' || seen.name === 'pi' ? node : undefined;
    const size = constantNode(String(Math.abs(value)));
    return value < 0 ? parenthesisNode(operatorNode('-', size)) : size;
  }
  const isKnown = seen.kind === 'operator' || seen.kind === 'parenthesis' || seen.kind === 'conditional';
  if (!isKnown && !(seen.kind === 'call' && functions.has(seen.name))) return undefined;
  const placed = new Map(partsOf(node).map((part) => [part, withValues(part, values, functions)]));
  return [...placed.values()].includes(undefined) ? undefined : mapParts(node, (part) => placed.get(part) ?? part);
}
