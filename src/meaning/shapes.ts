/**
 * How many axes each name has, inferred by unification from its uses: `dot(x[i], alpha[i])` makes `x` a family of
 * vectors. What nothing tells apart is a scalar.
 */

import { fail, type Span } from '../problem.ts';
import { isDotted, type MathNode, spanOf, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import { flattenElement, isBinder, type Usage } from './usage.ts';

interface Known {
  readonly axes: number;
  readonly at: Span | undefined;
}

/** Axes by name. `declared` come from `--shape` and win over everything. */
export function inferAxes(
  nodes: readonly MathNode[],
  pairs: readonly (readonly [MathNode, MathNode])[],
  usage: ReadonlyMap<string, Usage>,
  declared: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> {
  const known = new Map<string, Known>();
  for (const [name, axes] of declared) known.set(name, { axes, at: undefined });
  const inference = { known, changed: !isAllScalar([...nodes, ...pairs.flat()], usage, declared) };
  for (let round = 0; inference.changed && round < 20; round++) {
    inference.changed = false;
    for (const node of nodes) rankOf(inference, node, undefined);
    for (const [left, right] of pairs) {
      const rank = rankOf(inference, left, undefined) ?? rankOf(inference, right, undefined);
      rankOf(inference, left, rank);
      rankOf(inference, right, rank);
    }
  }
  const axes = new Map<string, number>();
  for (const [name, { subscripts, subscriptsAt }] of usage) {
    const found = known.get(name);
    axes.set(name, found?.axes ?? subscripts);
    if (found !== undefined && subscripts > found.axes) {
      refuseSubscripts(name, subscripts, subscriptsAt, found);
    }
  }
  return axes;
}

/**
 * Whether nothing speaks of a vector: no function of vectors, no name with different numbers of indices. Then there is
 * nothing to infer, however deep the trees are.
 */
function isAllScalar(
  nodes: readonly MathNode[],
  usage: ReadonlyMap<string, Usage>,
  declared: ReadonlyMap<string, number>,
): boolean {
  if ([...declared.values()].some((axes) => axes > 0)) return false;
  if ([...usage.values()].some(({ subscripts }) => subscripts > 0)) return false;
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    if (seen.kind === 'operator' && (seen.operator === "'" || seen.operator.startsWith('.'))) return false;
    if (seen.kind === 'call' && (vectorFunctions.has(seen.name) || isBinder(seen.name))) return false;
    if (seen.kind === 'element') return false;
    for (const part of partsOf(node)) waiting.push(part);
  }
  return true;
}

interface Inference {
  readonly known: Map<string, Known>;
  changed: boolean;
}

/** The rank of `node` as far as it is known; `wanted` is what its surroundings need. */
function rankOf(state: Inference, node: MathNode, wanted: number | undefined): number | undefined {
  const seen = view(node);
  switch (seen.kind) {
    case 'constant':
      return wanted === undefined || wanted === 0 ? 0 : refuseRank(node, 'a number', 0, wanted);
    case 'parenthesis':
      return rankOf(state, seen.content, wanted);
    case 'symbol':
      return rankOfName(state, node, seen.name, 0, wanted);
    case 'element': {
      const { base, indices } = flattenElement(node);
      const name = view(base);
      if (name.kind === 'symbol') return rankOfName(state, node, name.name, indices.length, wanted);
      rankOf(state, base, (wanted ?? 0) + indices.length);
      return wanted ?? 0;
    }
    case 'call':
      return rankOfCall(state, node, seen.name, seen.args, wanted);
    case 'operator':
      return rankOfOperator(state, node, seen.operator, seen.args, wanted);
    case 'conditional':
      rankOf(state, seen.condition, undefined);
      return rankOfEqual(state, [seen.then, seen.else], wanted);
    case 'other':
      return wanted;
  }
}

function rankOfName(
  state: Inference,
  node: MathNode,
  name: string,
  subscripts: number,
  wanted: number | undefined,
): number | undefined {
  const found = state.known.get(name);
  if (found === undefined) {
    if (wanted === undefined) return undefined;
    state.known.set(name, { axes: wanted + subscripts, at: spanOf(node) });
    state.changed = true;
    return wanted;
  }
  const rank = found.axes - subscripts;
  if (rank < 0) refuseSubscripts(name, subscripts, spanOf(node), found);
  if (wanted !== undefined && rank !== wanted) {
    const shown = subscripts === 0 ? name : `${name} with ${subscripts === 1 ? 'one index' : `${subscripts} indices`}`;
    refuseRank(node, shown, rank, wanted, found.at);
  }
  return rank;
}

/** All of `nodes` have one rank: that which is wanted, or that which one of them has. */
function rankOfEqual(state: Inference, nodes: readonly MathNode[], wanted: number | undefined): number | undefined {
  let rank = wanted;
  for (const node of nodes) rank ??= rankOf(state, node, undefined);
  // Only then, as a second look at every level would cost twice as much for each.
  if (rank !== undefined) for (const node of nodes) rankOf(state, node, rank);
  return rank;
}

function rankOfCall(
  state: Inference,
  node: MathNode,
  name: string,
  args: readonly MathNode[],
  wanted: number | undefined,
): number | undefined {
  const [first, second, ...bounds] = args;
  if (first === undefined) return wanted;
  if (isBinder(name) && second !== undefined) {
    for (const bound of bounds) rankOf(state, bound, 0);
    return rankOf(state, first, wanted);
  }
  if ((name === 'd' || name === 'D') && second !== undefined) {
    // D(u, v) by an element: the rank of u; by a vector: one more. Either may be what is still unknown.
    const by = rankOf(state, second, undefined) ?? 0;
    const of = rankOf(state, first, wanted === undefined ? undefined : Math.max(0, wanted - by));
    return of === undefined ? wanted : of + by;
  }
  if (name === 'softmax') {
    rankOf(state, first, wanted);
    return wanted;
  }
  const takesVectors = vectorFunctions.has(name) || (name === 'sum' && second === undefined);
  for (const arg of args)
    if (!(isDeltaName(name) && view(arg).kind === 'symbol')) rankOf(state, arg, takesVectors ? 1 : 0);
  if (wanted !== undefined && wanted !== 0) refuseRank(node, `${name}(...)`, 0, wanted);
  return 0;
}

function isDeltaName(name: string): boolean {
  return name === 'delta';
}

const vectorFunctions: ReadonlySet<string> = new Set(['dot', 'norm', 'logsumexp']);

function rankOfOperator(
  state: Inference,
  node: MathNode,
  operator: string,
  args: readonly MathNode[],
  wanted: number | undefined,
): number | undefined {
  const [left, right] = args;
  if (left === undefined) return wanted;
  if (operator === '+' || operator === '-') return rankOfEqual(state, args, wanted);
  if (operator === '*') return rankOfProduct(state, node, args, wanted);
  if (operator === "'") return rankOf(state, left, wanted);
  if (operator === '/' && right !== undefined) {
    rankOf(state, right, 0);
    return rankOf(state, left, wanted);
  }
  for (const arg of args) rankOf(state, arg, 0);
  return 0;
}

function rankOfProduct(
  state: Inference,
  node: MathNode,
  args: readonly MathNode[],
  wanted: number | undefined,
): number | undefined {
  const ranks = args.map((arg) => rankOf(state, arg, undefined));
  const vectors = args.filter((_, at) => (ranks[at] ?? 0) > 0);
  const [left, right] = vectors;
  if (left !== undefined && right !== undefined) {
    if (isTransposed(left) || (isDotted(node) && args.length === 2)) return 0;
    fail({
      code: 'shape-clash',
      message: 'two vectors are multiplied',
      ...spanField(node),
      hint: "write their inner product: dot(u, v) or u' * v",
      ...relatedField(left, right),
    });
  }
  if (left !== undefined) {
    if (wanted === 0) refuseRank(left, 'this factor', 1, 0);
    return ranks[args.indexOf(left)];
  }
  if (wanted === 0) for (const arg of args) rankOf(state, arg, 0);
  return ranks.every((rank) => rank === 0) ? 0 : wanted;
}

/** Whether a node is `u'`: the row in an inner product. */
export function isTransposed(node: MathNode): boolean {
  let seen = view(node);
  while (seen.kind === 'parenthesis') seen = view(seen.content);
  return seen.kind === 'operator' && seen.operator === "'";
}

function rankName(rank: number): string {
  return rank === 0 ? 'a scalar' : rank === 1 ? 'a vector' : rank === 2 ? 'a matrix' : `a tensor with ${rank} axes`;
}

function refuseRank(node: MathNode, what: string, rank: number, wanted: number, other?: Span): never {
  return fail({
    code: 'shape-clash',
    message: `${what} is ${rankName(rank)}, but ${rankName(wanted)} is needed here`,
    ...spanField(node),
    hint: wanted === 1 ? 'dot(u, v) takes two vectors' : 'write the inner product of vectors as dot(u, v)',
    ...(other === undefined ? {} : { related: { span: other, message: `its shape follows from this use:` } }),
  });
}

function refuseSubscripts(name: string, subscripts: number, at: Span | undefined, found: Known): never {
  const count = subscripts === 1 ? 'one index' : `${subscripts} indices`;
  return fail({
    code: 'shape-clash',
    message: `${name} has ${count} here, but it is ${rankName(found.axes)}`,
    ...(at === undefined ? {} : { span: at }),
    hint: `use ${name} with the same number of indices everywhere, or declare its shape`,
    ...(found.at === undefined ? {} : { related: { span: found.at, message: 'its shape follows from this use:' } }),
  });
}

function spanField(node: MathNode): { span?: Span } {
  const span = spanOf(node);
  return span === undefined ? {} : { span };
}

function relatedField(left: MathNode, right: MathNode): { related?: { span: Span; message: string } } {
  const span = spanOf(right);
  return span === undefined || spanOf(left) === undefined ? {} : { related: { span, message: 'the second vector:' } };
}
