/**
 * One letter for a value and for the function that gives it: beside V = k q^2 / 2 a V(q) is that value, and beside
 * V(q) = k q^2 / 2 a V by itself is V(q). A value before a bracket with anything else in it multiplies it.
 */

import { callNode, implicitProductNode, locate, type MathNode, spanOf, symbolNode, view } from '../../syntax/node.ts';
import type { Statement } from '../../syntax/statement.ts';
import { mapParts, partsOf } from '../../syntax/walk.ts';
import { raisedFactor } from '../raised-factors.ts';
import { gatherUsage, nameOf, reachedNames } from '../usage.ts';

/** What a line defines: its name, the parameters of a function, and what stands behind the sign. */
interface Defined {
  readonly name: string;
  readonly parameters: readonly MathNode[] | undefined;
  readonly body: MathNode;
}

/** `statements` with each name used as it is defined; names in `settled` are what they are. */
export function matchDefinitions(
  statements: readonly Statement[],
  isSettled: (name: string) => boolean,
): readonly Statement[] {
  const usage = gatherUsage(statements.flatMap(({ sides }) => sides.map(({ node }) => node)));
  const open = definitionsIn(statements).filter(({ name }) => !isSettled(name));
  const counts = new Map<string, number>();
  for (const { name } of open) counts.set(name, (counts.get(name) ?? 0) + 1);
  const bodies = new Map(open.map(({ name, body }) => [name, [body]]));
  const single = open.filter(({ name, body }) => counts.get(name) === 1 && !gatherUsage([body]).has(name));
  const values = single.filter(({ name, parameters }) => parameters === undefined && usage.get(name)?.applied === true);
  const functions = single.filter(({ name, parameters }) => parameters !== undefined && usage.get(name)?.bare);
  const applied = appliedIn(statements, (name) => isSettled(name) || counts.has(name));
  if (values.length + functions.length + applied.size === 0) return statements;
  const reached = new Map(values.map(({ name }) => [name, reachedNames([name], bodies)]));
  const parametersOf = new Map(functions.map(({ name, parameters = [] }) => [name, parameters]));
  /** Whether a value stands before a bracket that holds more than what it rests on. */
  const isFactor = (power: MathNode, name: string): boolean => {
    const seen = view(power);
    const call = seen.kind === 'operator' ? view(seen.args[0] as MathNode) : seen;
    const own = reached.get(name);
    return own !== undefined && call.kind === 'call' && !restsOnAll(call.args, own);
  };
  const change = (node: MathNode): MathNode => {
    const seen = view(node);
    const product = raisedFactor(node, (name) => isFactor(node, name));
    if (product !== undefined) return mapParts(product, change);
    if (seen.kind === 'call') {
      const own = reached.get(seen.name);
      if (own !== undefined) return asValue(node, seen.name, seen.args.map(change), own);
      const [of, by, ...others] = seen.name === 'd' ? seen.args : [];
      const subject =
        of !== undefined && by !== undefined && others.length === 0 ? applied.get(nameOf(of) ?? '') : undefined;
      if (subject?.some((arg) => nameOf(arg) === nameOf(by as MathNode))) {
        const call = locate(callNode(nameOf(of as MathNode) as string, [...subject]), spanOf(of as MathNode));
        return locate(callNode('d', [call, by as MathNode]), spanOf(node));
      }
    } else if (seen.kind === 'symbol') {
      const parameters = parametersOf.get(seen.name);
      return parameters === undefined ? node : locate(callNode(seen.name, [...parameters]), spanOf(node));
      // A letter with an index is another name.
    } else if (seen.kind === 'element' && view(seen.object).kind === 'symbol') return node;
    return mapParts(node, change);
  };
  return statements.map((statement) => {
    const first = statement.sides.length > 1 ? 1 : 0;
    const sides = statement.sides.map((side, at) => (at < first ? side : { ...side, node: change(side.node) }));
    return { ...statement, sides };
  });
}

/** Names that are applied to the same names wherever they are, with these: beside V(r), dV/dr is V'(r). */
function appliedIn(
  statements: readonly Statement[],
  isOther: (name: string) => boolean,
): ReadonlyMap<string, readonly MathNode[]> {
  const found = new Map<string, readonly MathNode[]>();
  const differentiated = new Set<string>();
  const refused = new Set<string>();
  const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    waiting.push(...partsOf(node));
    if (seen.kind !== 'call' || seen.name === '') continue;
    const subject = seen.name === 'd' && seen.args[0] !== undefined ? nameOf(seen.args[0]) : undefined;
    if (subject !== undefined) differentiated.add(subject);
    const name = seen.name.replace(/'+$/, '');
    const known = found.get(name);
    const isAsLong = known === undefined || known.length === seen.args.length;
    const isSame =
      isAsLong && seen.args.every((arg, at) => known === undefined || nameOf(arg) === nameOf(known[at] as MathNode));
    const isPlain = seen.args.every((arg) => nameOf(arg) !== undefined);
    if (isSame && isPlain) found.set(name, seen.args);
    else refused.add(name);
  }
  return new Map([...found].filter(([name]) => differentiated.has(name) && !refused.has(name) && !isOther(name)));
}

function definitionsIn(statements: readonly Statement[]): readonly Defined[] {
  return statements.flatMap(({ sides: [left, right] }): Defined[] => {
    const head = left === undefined || right === undefined ? undefined : view(left.node);
    if (right === undefined || head === undefined) return [];
    if (head.kind === 'symbol') return [{ name: head.name, parameters: undefined, body: right.node }];
    const isFunction = head.kind === 'call' && head.args.every((arg) => view(arg).kind === 'symbol');
    return isFunction ? [{ name: head.name, parameters: head.args, body: right.node }] : [];
  });
}

function restsOnAll(args: readonly MathNode[], reached: ReadonlySet<string>): boolean {
  return args.every((arg) => {
    const seen = view(arg);
    return seen.kind === 'symbol' && reached.has(seen.name);
  });
}

/** V(q) of a value V: V itself where it rests on all that is in the bracket, else V times the bracket. */
function asValue(node: MathNode, name: string, args: readonly MathNode[], reached: ReadonlySet<string>): MathNode {
  const value = locate(symbolNode(name), spanOf(node));
  if (restsOnAll(args, reached)) return value;
  const [factor, other] = args;
  if (factor === undefined || other !== undefined) return locate(callNode(name, [...args]), spanOf(node));
  return locate(implicitProductNode(value, factor), spanOf(node));
}
