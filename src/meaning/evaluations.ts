/** What is taken between two values of a name, as the difference of both: [F]_a^b is F(b) - F(a). */

import { evaluationSign, infinitySign, integralSign } from '../syntax/functions.ts';
import {
  callNode,
  locate,
  type MathNode,
  operatorNode,
  parenthesisNode,
  spanOf,
  symbolNode,
  view,
} from '../syntax/node.ts';
import { mapParts, partsOf } from '../syntax/walk.ts';
import { readDefinite } from './binders.ts';
import { intoVariable } from './bound-variables.ts';
import { type DefinitionTable, leavesOf, namesIn } from './known-names.ts';

/** An evaluation as it is written; what stands before an open bar need not be all its own. */
interface Taken {
  readonly content: MathNode;
  readonly isEnclosed: boolean;
  readonly bounds: readonly [MathNode, MathNode];
  readonly variable: string | undefined;
}

function readTaken(node: MathNode): Taken | undefined {
  const seen = view(node);
  if (seen.kind !== 'call' || seen.name !== evaluationSign) return undefined;
  const [content, from, to, by] = seen.args as [MathNode, MathNode, MathNode, MathNode?];
  const name = by === undefined ? undefined : view(by);
  return {
    content,
    isEnclosed: view(content).kind === 'parenthesis',
    bounds: [from, to],
    variable: name?.kind === 'symbol' ? name.name : undefined,
  };
}

/** Whether anything in a tree is taken between two values. */
export function holdsEvaluation(node: MathNode): boolean {
  return readTaken(node) !== undefined || partsOf(node).some(holdsEvaluation);
}

/**
 * How a value at a bound is found: by putting it in, or, where there is none at the bound itself, as at infinity, as a limit: then
 * what is taken is the integral of the derivative.
 */
export type Taking = 'values' | 'limits';

/** Both sides with what is taken in them as a difference; as it is where it is not said by which name. */
export function withDifferences(
  sides: readonly [MathNode, MathNode],
  table: DefinitionTable,
  taking: Taking,
): readonly [MathNode, MathNode] {
  if (!sides.some(holdsEvaluation)) return sides;
  const variables = new Set(sides.flatMap(variablesOf));
  const [left, right] = sides;
  const change = (side: MathNode, other: MathNode): MathNode =>
    differencesIn(side, { table, taking, variables, outside: namesIn(other), within: new Set() });
  return [change(left, right), change(right, left)];
}

/** The variables of integrals in a tree. */
function variablesOf(node: MathNode): string[] {
  const own = readDefinite(node);
  return [...(own === undefined ? [] : [own.variable]), ...partsOf(node).flatMap(variablesOf)];
}

interface Around {
  readonly table: DefinitionTable;
  readonly taking: Taking;
  /** The variables of the integrals on both sides. */
  readonly variables: ReadonlySet<string>;
  /** Names on the other side. */
  readonly outside: ReadonlySet<string>;
  /** Those of the integrals around. */
  readonly within: ReadonlySet<string>;
}

function differencesIn(node: MathNode, around: Around): MathNode {
  const integral = readDefinite(node);
  if (integral !== undefined) {
    const inside = { ...around, within: new Set([...around.within, integral.variable]) };
    const [from, to] = integral.bounds.map((bound) => differencesIn(bound, around)) as [MathNode, MathNode];
    const parts = [differencesIn(integral.body, inside), symbolNode(integral.variable), from, to];
    return locate(callNode(integral.sign, parts), spanOf(node));
  }
  const taken = readTaken(node);
  if (taken === undefined) return mapParts(node, (part) => differencesIn(part, around));
  const inner = differencesIn(taken.content, around);
  const by = taken.variable ?? variableOf({ ...taken, content: inner }, around);
  if (by === undefined) return node;
  const [before, own] = taken.isEnclosed ? [undefined, inner] : splitBefore(inner, by, around.table);
  const difference = parenthesisNode(differenceOf(own, by, taken.bounds, around));
  return locate(before === undefined ? difference : operatorNode('+', before, difference), spanOf(node));
}

/** The one name that can take both values; undefined where several can. */
function variableOf({ content, bounds }: Taken, { variables, outside, within, table }: Around): string | undefined {
  const inBounds = new Set(bounds.flatMap((bound) => [...namesIn(bound)]));
  const names = [...namesIn(content)].filter(
    (name) => name !== 'e' && name !== 'pi' && !within.has(name) && !inBounds.has(name),
  );
  const [only] = names;
  const isLone = view(bareContent(content)).kind === 'symbol';
  if (only !== undefined && names.length === 1) return isLone && isKnown(only, variables, table) ? undefined : only;
  const integrated = names.filter((name) => variables.has(name));
  if (integrated.length === 1) return integrated[0];
  const own = names.filter((name) => !outside.has(name) && !isKnown(name, variables, table));
  return own.length === 1 ? own[0] : undefined;
}

function bareContent(node: MathNode): MathNode {
  const seen = view(node);
  return seen.kind === 'parenthesis' ? bareContent(seen.content) : node;
}

/** Whether a name is that of a quantity which may be meant itself or by what it rests on: the y of y = x^2. */
function isKnown(name: string, variables: ReadonlySet<string>, table: DefinitionTable): boolean {
  return table.quantity.has(name) && !variables.has(name) && leavesOf(name, table).length > 0;
}

/** What stands before an open bar, as the terms that it leaves alone and those from the first with its name on. */
function splitBefore(node: MathNode, by: string, table: DefinitionTable): [MathNode | undefined, MathNode] {
  const seen = view(node);
  if (seen.kind !== 'operator' || seen.args.length !== 2 || !'+-'.includes(seen.operator)) return [undefined, node];
  const [left, right] = seen.args as [MathNode, MathNode];
  const isHeld = (part: MathNode): boolean =>
    [...namesIn(part)].some((name) => name === by || leavesOf(name, table).includes(by));
  if (!isHeld(left)) return [left, seen.operator === '-' ? operatorNode('-', right) : right];
  const [before, rest] = splitBefore(left, by, table);
  return [before, operatorNode(seen.operator === '-' ? '-' : '+', rest, right)];
}

function differenceOf(
  content: MathNode,
  by: string,
  bounds: readonly [MathNode, MathNode],
  { table, taking }: Around,
): MathNode {
  const written = intoVariable(content, by, table, []);
  if (taking === 'limits' || bounds.some(isInfinite)) {
    return callNode(integralSign, [callNode('d', [written, symbolNode(by)]), symbolNode(by), ...bounds]);
  }
  const [from, to] = bounds.map((bound) => parenthesisNode(putIn(written, by, parenthesisNode(bound))));
  return operatorNode('-', to as MathNode, from as MathNode);
}

function isInfinite(node: MathNode): boolean {
  const seen = view(node);
  return (seen.kind === 'call' && seen.name === infinitySign) || partsOf(node).some(isInfinite);
}

function putIn(node: MathNode, name: string, value: MathNode): MathNode {
  const seen = view(node);
  if (seen.kind === 'symbol') return seen.name === name ? value : node;
  return mapParts(node, (part) => putIn(part, name, value));
}
