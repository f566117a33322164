/**
 * Recurrences: `h[0] = h0; h[t] = f(h[t - 1], x[t])`, and a later line that uses `h[3]`. The steps that are used are
 * written out, each as a definition of its own, so that the backward pass goes through time step by step (Werbos,
 * "Backpropagation through time", 1990).
 */

import { fail } from '../problem.ts';
import { constantNode, locate, type MathNode, spanOf, symbolNode, view } from '../syntax/node.ts';
import type { Statement } from '../syntax/statement.ts';
import { mapParts } from '../syntax/walk.ts';
import { flattenElement } from './usage.ts';

/** Most steps that are written out. */
const mostSteps = 500;

interface Recurrence {
  readonly name: string;
  readonly parameter: string;
  readonly statement: Statement;
}

/** The statements with every recurrence written out as far as it is used; the same statements where there is none. */
export function unrollRecurrences(statements: readonly Statement[]): readonly Statement[] {
  const recurrences = statements.flatMap(recurrenceOf);
  if (recurrences.length === 0) return statements;
  const names = new Set(recurrences.map((one) => one.name));
  const given = statements.filter((one) => !recurrences.some(({ statement }) => statement === one));
  const last = Math.max(0, ...given.flatMap((one) => one.sides.flatMap(({ node }) => stepsIn(node, names))));
  const first = new Map<string, number>();
  for (const one of given) {
    const own = numbered(one.sides[0]?.node, names);
    if (own !== undefined && one.sides.length === 2) first.set(own.name, Math.max(own.step, first.get(own.name) ?? 0));
  }
  if (last > mostSteps) {
    fail({
      code: 'too-large',
      message: `a recurrence of ${last} steps is too long`,
      hint: `at most ${mostSteps} are written out`,
    });
  }
  const begun = given.filter((one) => numbered(one.sides[0]?.node, names) !== undefined && one.sides.length === 2);
  const others = given.filter((one) => !begun.includes(one));
  const steps = Array.from({ length: last }, (_, at) => at + 1).flatMap((step) =>
    recurrences
      .filter(({ name }) => step > (first.get(name) ?? 0))
      .map(({ parameter, statement }) => mapStatement(statement, (node) => atStep(node, parameter, step))),
  );
  // h[0] = h0 gives a name to what has one.
  const aliases = new Map<string, MathNode>();
  for (const one of begun) {
    const [head, value] = [numbered(one.sides[0]?.node, names), one.sides[1]?.node];
    if (head !== undefined && value !== undefined && view(value).kind === 'symbol')
      aliases.set(`${head.name}_${head.step}`, value);
  }
  const own = begun.filter((one) => view(one.sides[1]?.node as MathNode).kind !== 'symbol');
  return [...own, ...steps, ...others].map((one) => mapStatement(one, (node) => named(node, names, aliases)));
}

/** A definition of a family that holds its own member before. */
function recurrenceOf(statement: Statement): Recurrence[] {
  const [left, right] = statement.sides;
  if (left === undefined || right === undefined || statement.sides.length !== 2) return [];
  const { base, indices } = flattenElement(left.node);
  const [name, parameter] = [view(base), indices[0] === undefined ? undefined : view(indices[0])];
  if (name.kind !== 'symbol' || parameter?.kind !== 'symbol' || indices.length !== 1) return [];
  const isBefore = (node: MathNode): boolean => {
    const element = flattenElement(node);
    const own = view(element.base);
    const at = element.indices[0] === undefined ? undefined : view(element.indices[0]);
    return own.kind === 'symbol' && own.name === name.name && at?.kind === 'operator' && at.operator === '-';
  };
  return holds(right.node, isBefore) ? [{ name: name.name, parameter: parameter.name, statement }] : [];
}

function holds(node: MathNode, test: (node: MathNode) => boolean): boolean {
  if (view(node).kind === 'element' && test(node)) return true;
  let found = false;
  mapParts(node, (part) => {
    found ||= holds(part, test);
    return part;
  });
  return found;
}

/** The numbers behind these names. */
function stepsIn(node: MathNode, names: ReadonlySet<string>): number[] {
  const own = numbered(node, names);
  if (own !== undefined) return [own.step];
  const found: number[] = [];
  mapParts(node, (part) => {
    found.push(...stepsIn(part, names));
    return part;
  });
  return found;
}

function numbered(node: MathNode | undefined, names: ReadonlySet<string>): { name: string; step: number } | undefined {
  if (node === undefined || view(node).kind !== 'element') return undefined;
  const { base, indices } = flattenElement(node);
  const [name, at] = [view(base), indices[0] === undefined ? undefined : view(indices[0])];
  if (name.kind !== 'symbol' || !names.has(name.name) || at?.kind !== 'constant' || indices.length !== 1)
    return undefined;
  return /^\d+$/.test(at.text) ? { name: name.name, step: Number(at.text) } : undefined;
}

/** `node` with the parameter replaced by a number, and differences of numbers carried out. */
function atStep(node: MathNode, parameter: string, step: number): MathNode {
  const seen = view(node);
  if (seen.kind === 'symbol' && seen.name === parameter) return constantNode(String(step));
  const inner = mapParts(node, (part) => atStep(part, parameter, step));
  const changed = view(inner);
  if (changed.kind !== 'operator' || changed.args.length !== 2) return inner;
  const [left, right] = changed.args.map(view);
  if (left?.kind !== 'constant' || right?.kind !== 'constant') return inner;
  if (changed.operator === '-') return constantNode(String(Number(left.text) - Number(right.text)));
  return changed.operator === '+' ? constantNode(String(Number(left.text) + Number(right.text))) : inner;
}

/** `h[3]` as the name h_3. */
function named(node: MathNode, names: ReadonlySet<string>, aliases: ReadonlyMap<string, MathNode>): MathNode {
  const own = numbered(node, names);
  const name = `${own?.name}_${own?.step}`;
  if (own !== undefined) return aliases.get(name) ?? locate(symbolNode(name), spanOf(node));
  return mapParts(node, (part) => named(part, names, aliases));
}

function mapStatement(statement: Statement, change: (node: MathNode) => MathNode): Statement {
  return { ...statement, sides: statement.sides.map((side) => ({ ...side, node: change(side.node) })) };
}
