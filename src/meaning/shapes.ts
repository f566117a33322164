/**
 * The shape of each name: how many axes it has, and how long they are, found by unification (Robinson 1965) of what its
 * uses ask for: `dot(x[i], alpha[i])` makes `x` a family of vectors. What is declared is fixed; two lengths that are
 * declared with different names are different.
 */

import { type MathNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import { definedMatrices, definedVectors } from './defined-matrices.ts';
import {
  find,
  held,
  type Inference,
  join,
  type Known,
  type Length,
  lengthNamed,
  open,
  type ShapeRules,
  setSize,
  sumOfLengths,
} from './lengths.ts';
import { matrixRules } from './matrix-shapes.ts';
import { refuseSubscripts, scalarRules, takesVector } from './scalar-shapes.ts';
import { infer, shaperOf } from './shape-walk.ts';
import { countedAxes } from './sum-lengths.ts';
import { isBinder, type Usage } from './usage.ts';

type Pair = readonly [MathNode, MathNode];

/**
 * Axes by name in formulas of scalars, families and inner products; what nothing tells apart has as many as indices. `value` are
 * those of the last formula. `declared` come from `--shape` and win over everything. Throws on a clash.
 */
export function inferAxes(
  nodes: readonly MathNode[],
  pairs: readonly Pair[],
  usage: ReadonlyMap<string, Usage>,
  declared: ReadonlyMap<string, number>,
): { readonly axes: ReadonlyMap<string, number>; readonly value: number } {
  const state = begin(scalarRules);
  for (const [name, axes] of declared) state.known.set(name, ofAxes(axes));
  const isScalar = isAllScalar([...nodes, ...pairs.flat()], usage, declared);
  if (!isScalar) {
    settle(state, nodes, pairs);
    state.guess = true;
    settle(state, nodes, pairs);
  }
  const last = isScalar ? undefined : nodes.at(-1);
  const value = last === undefined ? 0 : (infer(state, last, undefined)?.length ?? 0);
  const axes = new Map<string, number>();
  for (const [name, { subscripts, subscriptsAt }] of usage) {
    const found = state.known.get(name);
    axes.set(name, found?.lengths.length ?? subscripts);
    if (found !== undefined && subscripts > found.lengths.length)
      refuseSubscripts(name, subscripts, subscriptsAt, found);
  }
  return { axes, value };
}

/**
 * The shapes of all names in formulas of whole vectors and matrices, by the names and numbers of their lengths; `counted`
 * are names of which it is known how many axes they have.
 */
export function inferShapes(
  nodes: readonly MathNode[],
  pairs: readonly Pair[],
  declared: ReadonlyMap<string, readonly string[]>,
  indices: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  counted: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly string[]> {
  const state = begin(matrixRules, indices, definedMatrices(pairs), definedVectors(pairs));
  for (const [name, dims] of declared)
    state.known.set(name, { lengths: dims.map((dim) => lengthNamed(state, dim)), at: undefined });
  for (const [name, axes] of counted) if (!state.known.has(name)) state.known.set(name, ofAxes(axes));
  settle(state, nodes, pairs);
  state.guess = true;
  settle(state, nodes, pairs);
  state.rest = true;
  settle(state, nodes, pairs);
  joinCounted(state, [...nodes, ...pairs.flat()]);
  return nameLengths(state, taken);
}

/** The length of a family is what its sums count to, where nothing else is said of it. */
function joinCounted(state: Inference, nodes: readonly MathNode[]): void {
  for (const [name, axes] of countedAxes(nodes)) {
    const known = state.known.get(name)?.lengths;
    axes.forEach((length, at) => {
      if (length !== undefined) join(state, known?.[at], lengthNamed(state, length));
    });
  }
}

function ofAxes(count: number): Known {
  return { lengths: Array.from({ length: count }, () => held(open())), at: undefined };
}

function begin(
  rules: ShapeRules,
  indices: ReadonlySet<string> = new Set(),
  matrices: ReadonlySet<string> = new Set(),
  vectors: ReadonlySet<string> = new Set(),
): Inference {
  return {
    rules,
    known: new Map(),
    indices,
    matrices,
    vectors,
    named: new Map(),
    fresh: new Map(),
    guess: false,
    rest: false,
    learned: 0,
    found: new Map(),
  };
}

function settle(state: Inference, nodes: readonly MathNode[], pairs: readonly Pair[]): void {
  state.found.clear();
  const lookAtPairs = (): void => {
    for (const pair of pairs) state.rules.equal(shaperOf(state, pair[0], pair));
  };
  for (let round = 0, before = -1; state.learned !== before && round < 20; round++) {
    before = state.learned;
    // Where it is guessed, what a name is defined as says more of it than what stands beside it.
    if (state.guess) lookAtPairs();
    for (const node of nodes) infer(state, node, undefined);
    if (!state.guess) lookAtPairs();
  }
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
    if (seen.kind === 'call' && (takesVector(seen.name) || isBinder(seen.name))) return false;
    if (seen.kind === 'element') return false;
    for (const part of partsOf(node)) waiting.push(part);
  }
  return true;
}

const letters = ['n', 'm', 'p', 'k', 'q', 'r', 's', 'd', 'l', 'u', 'v', 'w'];

/** Names for lengths that nothing names. */
function nameLengths(state: Inference, taken: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const used = new Set([...taken, ...state.named.keys()]);
  const shapes = new Map<string, readonly string[]>();
  const named = (length: Length): string => {
    const root = find(length);
    if (root.name === undefined && root.factors !== undefined) {
      root.name = sumOfLengths(root.factors.map(named).join('*'));
    } else if (root.name === undefined) {
      root.name = letters.find((letter) => !used.has(letter)) ?? `n_${used.size}`;
      used.add(root.name);
    }
    return root.name;
  };
  for (const [own, { lengths }] of state.known) shapes.set(own, lengths.map(named));
  for (const [node, length] of state.fresh) setSize(node, named(length));
  return shapes;
}
