/** Integrals without bounds, judged by what is integrated: both sides of the claim are differentiated. */

import { type DefinitionTable, leavesOf, namesIn } from '../meaning/known-names.ts';
import { integralSign } from '../syntax/functions.ts';
import { callNode, constantNode, type MathNode, operatorNode, symbolNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';

/** Both sides differentiated by what all integrals in them rest on; undefined where there is no integral, or another than a summand. */
export function integrandsOf(
  sides: readonly [MathNode, MathNode],
  table: DefinitionTable,
): readonly [MathNode, MathNode] | undefined {
  const variables = new Set(sides.flatMap(variablesIn));
  if (variables.size === 0 && !sides.every((side) => holdsConstant(side, table))) return undefined;
  if (variables.size === 0) for (const name of namesBeside(sides)) variables.add(name);
  const rests = [...variables].map((name) => (table.quantity.has(name) ? leavesOf(name, table) : [name]));
  const [by, ...others] = (rests[0] ?? []).filter((leaf) => rests.every((leaves) => leaves.includes(leaf)));
  if (by === undefined || others.length > 0) return undefined;
  const [left, right] = sides.map((side) => differentiated(side, by, table));
  return left === undefined || right === undefined ? undefined : [left, right];
}

/** Letters for the constant of integration; in two antiderivatives they need not be the same constant. */
const constants: ReadonlySet<string> = new Set(['C', 'c', 'K']);

/** Whether a constant of integration is added. */
function holdsConstant(node: MathNode, table: DefinitionTable): boolean {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return holdsConstant(seen.content, table);
  if (seen.kind !== 'operator' || seen.operator !== '+') return false;
  return seen.args.some((arg) => {
    const own = view(arg);
    const isFree = own.kind === 'symbol' && constants.has(own.name) && !table.quantity.has(own.name);
    return isFree || holdsConstant(arg, table);
  });
}

/**
 * A name that stands on one side alone and that nothing defines, beside the constant of integration: the s of \int v dt = s may be
 * what the integral is, and the P of \int P dV a function of V. In a formula in x that such a name has got into, it is a slip.
 */
export function openBeside(sides: readonly [MathNode, MathNode], table: DefinitionTable): string | undefined {
  const variables = new Set(sides.flatMap(variablesIn));
  const names = sides.map((side) => new Set(namesBeside([side])));
  return sides
    .flatMap((side, at) => {
      const own = [...(names[at] as Set<string>)];
      const isWrittenOut = !holdsIntegral(side) && own.some((name) => variables.has(name));
      return isWrittenOut ? [] : own.filter((name) => !(names[1 - at] as Set<string>).has(name));
    })
    .reverse()
    .find((name) => !variables.has(name) && !table.quantity.has(name));
}

function namesBeside(sides: readonly MathNode[]): string[] {
  return sides
    .flatMap((side) => [...namesIn(side)])
    .filter((name) => !constants.has(name) && name !== 'e' && name !== 'pi');
}

/** Whether it is an integral without bounds. */
function isIndefinite(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'call' && seen.name === integralSign && seen.args.length === 2;
}

/** Whether an integral without bounds stands in a tree. */
function holdsIntegral(node: MathNode): boolean {
  return variablesIn(node).length > 0;
}

function variablesIn(node: MathNode): string[] {
  const seen = view(node);
  const own = isIndefinite(node) && seen.kind === 'call' ? view(seen.args[1] as MathNode) : undefined;
  return [...(own?.kind === 'symbol' ? [own.name] : []), ...partsOf(node).flatMap(variablesIn)];
}

/** d/dx of sums of multiples of integrals and of other terms; undefined for an integral that stands anywhere else. */
function differentiated(node: MathNode, by: string, table: DefinitionTable): MathNode | undefined {
  const seen = view(node);
  if (!holdsIntegral(node) && !(seen.kind === 'operator' && '+-'.includes(seen.operator))) {
    // The constant of integration has no other meaning.
    return rests(node, by, table) ? callNode('d', [node, symbolNode(by)]) : constantNode('0');
  }
  if (seen.kind === 'parenthesis') return differentiated(seen.content, by, table);
  if (seen.kind === 'call' && isIndefinite(node)) {
    const [body, variable] = seen.args as [MathNode, MathNode];
    if (holdsIntegral(body)) return undefined;
    const own = view(variable);
    if (own.kind === 'symbol' && own.name === by) return body;
    return operatorNode('*', body, callNode('d', [variable, symbolNode(by)]));
  }
  if (seen.kind !== 'operator') return undefined;
  if (seen.operator === '+' || seen.operator === '-') {
    const terms = seen.args.map((arg) => differentiated(arg, by, table));
    return terms.every((term) => term !== undefined) ? operatorNode(seen.operator, ...terms) : undefined;
  }
  // Of a product or quotient, the one factor that holds the integral.
  if (seen.operator !== '*' && seen.operator !== '/') return undefined;
  const at = seen.args.findIndex(holdsIntegral);
  const isLinear =
    seen.args.every((arg, k) => k === at || !rests(arg, by, table)) && (seen.operator === '*' || at === 0);
  const inner = isLinear ? differentiated(seen.args[at] as MathNode, by, table) : undefined;
  return inner === undefined
    ? undefined
    : operatorNode(seen.operator, ...seen.args.map((arg, k) => (k === at ? inner : arg)));
}

/** Whether a tree rests on a name, directly or through definitions. */
function rests(node: MathNode, by: string, table: DefinitionTable): boolean {
  return [...namesIn(node)].some((name) => name === by || leavesOf(name, table).includes(by));
}
