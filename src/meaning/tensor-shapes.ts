/**
 * The shape of each name in formulas with vectors and matrices: how many axes it has, and how long they are, found by
 * unification (Robinson 1965) of what the operations ask for. What is declared is fixed; two lengths that are declared
 * with different names are different.
 */

import { isBetweenBars, isDotted, isTimes, type MathNode, spanOf, view } from '../syntax/node.ts';
import { takes } from './call-shapes.ts';
import { find, type Inference, join, type Length, type Lengths, lengthNamed, open, setSize } from './lengths.ts';

import { tensorCalls } from './tensor-calls.ts';
import { flattenElement, isBinder, isWholeAxis } from './usage.ts';

/**
 * The shapes of all names in `nodes`, by the names and numbers of their lengths; `counted` are names of which it is known
 * how many axes they have.
 */
export function inferShapes(
  nodes: readonly MathNode[],
  pairs: readonly (readonly [MathNode, MathNode])[],
  declared: ReadonlyMap<string, readonly string[]>,
  indices: ReadonlySet<string>,
  taken: ReadonlySet<string>,
  counted: ReadonlyMap<string, number> = new Map(),
): ReadonlyMap<string, readonly string[]> {
  const state: Inference = {
    known: new Map(),
    indices,
    named: new Map(),
    fresh: new Map(),
    guess: false,
    rest: false,
    changed: true,
  };
  for (const [name, dims] of declared) {
    state.known.set(name, { lengths: dims.map((dim) => lengthNamed(state, dim)), at: undefined });
  }
  for (const [name, axes] of counted) {
    if (!state.known.has(name)) state.known.set(name, { lengths: Array.from({ length: axes }, open), at: undefined });
  }
  settle(state, nodes, pairs);
  state.guess = true;
  settle(state, nodes, pairs);
  state.rest = true;
  settle(state, nodes, pairs);
  return name(state, taken);
}

function settle(state: Inference, nodes: readonly MathNode[], pairs: readonly (readonly [MathNode, MathNode])[]): void {
  state.changed = true;
  for (let round = 0; state.changed && round < 20; round++) {
    state.changed = false;
    for (const node of nodes) infer(state, node, undefined);
    for (const [left, right] of pairs) {
      const shape = infer(state, right, undefined) ?? infer(state, left, undefined);
      const [a, b] = [infer(state, left, shape), infer(state, right, shape)];
      if (a === undefined || a.length !== b?.length) continue;
      a.forEach((length, axis) => {
        join(state, length, b[axis]);
      });
    }
  }
}

const letters = ['n', 'm', 'p', 'k', 'q', 'r', 's', 'd', 'l', 'u', 'v', 'w'];

/** Names for lengths that nothing names. */
function name(state: Inference, taken: ReadonlySet<string>): ReadonlyMap<string, readonly string[]> {
  const used = new Set([...taken, ...state.named.keys()]);
  const shapes = new Map<string, readonly string[]>();
  const named = (length: Length): string => {
    const root = find(length);
    if (root.name === undefined) {
      root.name = letters.find((letter) => !used.has(letter)) ?? `n_${used.size}`;
      used.add(root.name);
    }
    return root.name;
  };
  for (const [own, { lengths }] of state.known) shapes.set(own, lengths.map(named));
  for (const [node, length] of state.fresh) setSize(node, named(length));
  return shapes;
}

/** The shape of `node` as far as it is known; `wanted` is what its surroundings need. */
export function infer(state: Inference, node: MathNode, wanted: Lengths): Lengths {
  const seen = view(node);
  switch (seen.kind) {
    case 'constant':
      return [];
    case 'parenthesis':
      return infer(state, seen.content, wanted);
    case 'symbol':
      return inferName(state, node, seen.name, wanted);
    case 'element': {
      const { base, indices } = flattenElement(node);
      const own = view(base);
      if (own.kind !== 'symbol') {
        return openAxes(infer(state, base, undefined), indices);
      }
      if (indices.some(isWholeAxis)) return inferSlice(state, node, own.name, indices, wanted);
      const known = state.known.get(own.name);
      if (known === undefined && wanted !== undefined) {
        note(state, own.name, [...indices.map(open), ...wanted], node);
      }
      const member = state.known.get(own.name)?.lengths.slice(indices.length);
      if (member !== undefined && member.length === wanted?.length)
        wanted.forEach((length, k) => {
          join(state, member[k], length);
        });
      return member ?? wanted;
    }
    case 'whole':
      return wanted;
    case 'conditional':
      infer(state, seen.condition, undefined);
      return inferEqual(state, [seen.then, seen.else], wanted);
    case 'operator':
      return inferOperator(state, node, seen.operator, seen.args, wanted);
    case 'call':
      return inferCall(state, node, seen.name, seen.args, wanted);
    case 'other':
      return wanted;
  }
}

/** The axes on which no index stands. */
function openAxes(lengths: Lengths, indices: readonly MathNode[]): Lengths {
  return lengths?.filter((_, axis) => indices[axis] === undefined || isWholeAxis(indices[axis]));
}

/** `A[:, j]`: A has as many axes as are written, and a colon leaves one of them open. */
function inferSlice(
  state: Inference,
  node: MathNode,
  name: string,
  indices: readonly MathNode[],
  wanted: Lengths,
): Lengths {
  if (!state.known.has(name)) note(state, name, indices.map(open), node);
  const lengths = openAxes(state.known.get(name)?.lengths, indices);
  if (wanted !== undefined && wanted.length === lengths?.length) {
    wanted.forEach((length, axis) => {
      join(state, lengths[axis], length);
    });
  }
  return lengths;
}

function note(state: Inference, name: string, lengths: readonly Length[], node: MathNode): void {
  state.known.set(name, { lengths, at: spanOf(node) });
  state.changed = true;
}

function inferName(state: Inference, node: MathNode, name: string, wanted: Lengths): Lengths {
  if (state.indices.has(name)) return [];
  const known = state.known.get(name);
  if (known === undefined) {
    if (wanted !== undefined) note(state, name, wanted, node);
    return wanted ?? (state.rest ? [] : undefined);
  }
  if (wanted !== undefined && wanted.length === known.lengths.length) {
    wanted.forEach((length, k) => {
      join(state, known.lengths[k], length);
    });
  }
  return known.lengths;
}

function inferEqual(state: Inference, nodes: readonly MathNode[], wanted: Lengths): Lengths {
  const shapes = nodes.map((node) => infer(state, node, undefined));
  const shape = shapes.reduce(
    (known, own) => (own !== undefined && own.length > (known?.length ?? -1) ? own : known),
    wanted,
  );
  if (shape === undefined) return undefined;
  // Beside a number, a name waits for its definition: the p of 1 - p may be a vector.
  const isOpen = wanted === undefined && shape.length === 0 && shapes.includes(undefined);
  if (isOpen && !state.guess) return undefined;
  for (const own of shapes) {
    if (own?.length !== shape.length) continue;
    own.forEach((length, axis) => {
      join(state, length, shape[axis]);
    });
  }
  // A scalar stands for all entries, so that only what is a name of its own takes the shape of the others.
  for (const node of nodes) {
    const own = infer(state, node, undefined);
    if (own === undefined && !state.guess && shape.length > 0) continue;
    infer(state, node, own?.length === 0 ? own : shape);
  }
  return shape;
}

function inferCall(
  state: Inference,
  node: MathNode,
  name: string,
  args: readonly MathNode[],
  wanted: Lengths,
): Lengths {
  const call = tensorCalls.get(name);
  const of = (part: MathNode, own?: Lengths): Lengths => infer(state, part, own);
  if (isBinder(name) && args.length > 1) {
    for (const bound of args.slice(2)) of(bound, []);
    return of(args[0] as MathNode, wanted);
  }
  if ((name === 'd' || name === 'D') && args.length === 2) {
    const [by, inner] = [of(args[1] as MathNode), of(args[0] as MathNode)];
    return by === undefined || inner === undefined ? undefined : [...by, ...inner];
  }
  // A scalar where a vector belongs has no lengths to be handed on; what is wrong with it, the lowering says.
  if (call !== undefined && takes(call, args)) {
    return call.shape({ state, node, args, of })?.map((length: Length | undefined) => length ?? open());
  }
  if (name === 'delta') return [];
  if (isBetweenBars(node)) {
    of(args[0] as MathNode);
    return [];
  }
  if ((name === 'sum' || name === 'prod') && args.length > 0) {
    of(args[0] as MathNode);
    return [];
  }
  return inferEqual(state, args, wanted);
}

function inferOperator(
  state: Inference,
  node: MathNode,
  operator: string,
  args: readonly MathNode[],
  wanted: Lengths,
): Lengths {
  const [left, right] = args as [MathNode, MathNode | undefined];
  switch (operator) {
    case "'":
      return inferTranspose(state, left, wanted);
    case '*':
      if (isTimes(node) && right !== undefined) {
        const shapes = [infer(state, left, undefined), infer(state, right, undefined)];
        if (shapes.every((shape) => shape?.length === 1)) return inferEqual(state, args, wanted);
      }
      if (state.guess) guessFactors(state, args, wanted);
      return args
        .slice(1)
        .reduce<Lengths>(
          (shape, factor) =>
            inferProduct(state, node, shape, args[0] as MathNode, factor, args.length === 2 ? wanted : undefined),
          infer(state, left, undefined),
        );
    case '/':
      infer(state, right as MathNode, []);
      return infer(state, left, wanted);
    case '^': {
      if (right !== undefined && plainName(right) === 'T' && !state.known.has('T'))
        return inferTranspose(state, left, wanted);
      infer(state, right as MathNode, []);
      const shape = infer(state, left, wanted);
      if (shape?.length === 2) join(state, shape[0], shape[1]);
      return shape;
    }
    case '+':
    case '-':
    case '.*':
    case './':
    case '.^':
      return inferEqual(state, args, wanted);
    default:
      for (const arg of args) infer(state, arg, []);
      return [];
  }
}

function inferTranspose(state: Inference, node: MathNode, wanted: Lengths): Lengths {
  const unit = lengthNamed(state, '1');
  const isRow = wanted?.length === 2 && find(wanted[0] as Length) === unit;
  const shape = infer(state, node, isRow ? [wanted[1] as Length] : undefined);
  if (shape === undefined) {
    const inner = plainName(node);
    if (inner === undefined || !state.guess) return undefined;
    note(state, inner, isCapital(inner) ? [open(), open()] : [open()], node);
    return inferTranspose(state, node, wanted);
  }
  if (shape.length === 1) return [unit, shape[0] as Length];
  return shape.length === 2 ? [shape[1] as Length, shape[0] as Length] : shape;
}

/** Where a vector or matrix is wanted of names that nothing tells: capitals are matrices, the last factor may be a vector. */
function guessFactors(state: Inference, args: readonly MathNode[], wanted: Lengths): void {
  if (wanted === undefined || wanted.length === 0 || wanted.length > 2) return;
  const factors = args.flatMap(factorsOf);
  const names = factors.map(plainName);
  const isOpen = names.every((name) => name !== undefined && !state.known.has(name) && !state.indices.has(name));
  const inner = wanted.length === 2 ? names : names.slice(0, -1);
  if (!isOpen || inner.some((name) => !isCapital(name as string))) return;
  let rows = wanted[0] as Length;
  factors.forEach((factor, at) => {
    const isLast = at === factors.length - 1;
    const columns = isLast && wanted.length === 2 ? (wanted[1] as Length) : open();
    const name = names[at] as string;
    note(state, name, isLast && wanted.length === 1 && !isCapital(name) ? [rows] : [rows, columns], factor);
    rows = columns;
  });
}

function factorsOf(node: MathNode): MathNode[] {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return factorsOf(seen.content);
  return seen.kind === 'operator' && seen.operator === '*' ? seen.args.flatMap(factorsOf) : [node];
}

function inferProduct(
  state: Inference,
  node: MathNode,
  left: Lengths,
  leftNode: MathNode,
  rightNode: MathNode,
  wanted: Lengths,
): Lengths {
  if (left?.length === 1 && isRowSlice(leftNode)) {
    const row = [lengthNamed(state, '1'), left[0] as Length];
    return inferProduct(state, node, row, leftNode, rightNode, wanted);
  }
  const right = infer(state, rightNode, undefined);
  if (left?.length === 0) return right ?? wanted;
  if (right?.length === 0) return left;
  if (left !== undefined && right === undefined) {
    const inner = plainName(rightNode);
    if (left.length < 2) return undefined;
    if (inner === undefined) return inferMember(state, left, rightNode);
    const isUnit = find(left[0] as Length) === lengthNamed(state, '1');
    if (!state.guess && !isUnit) return undefined;
    if (isUnit && !state.guess && isCapital(inner)) return undefined;
    note(state, inner, isCapital(inner) ? [left[1] as Length, open()] : [left[1] as Length], rightNode);
    return inferProduct(state, node, left, leftNode, rightNode, wanted);
  }
  if (left === undefined && right !== undefined) {
    const inner = plainName(leftNode);
    if (inner === undefined || !state.guess) return undefined;
    // A small letter before a column is a scalar; before a row it may be a column as well.
    if (!isCapital(inner)) {
      const isIdentity = state.fresh.has(rightNode);
      if (right.length !== 1 && !isIdentity) return undefined;
      note(state, inner, [], leftNode);
      return right;
    }
    note(state, inner, [open(), right[0] as Length], leftNode);
    return inferProduct(state, node, infer(state, leftNode, undefined), leftNode, rightNode, wanted);
  }
  if (left === undefined || right === undefined) return undefined;
  if (isDotted(node) && left.length === 1 && right.length === 1) {
    join(state, left[0] as Length, right[0]);
    return [];
  }
  const columns = left.length === 1 ? lengthNamed(state, '1') : left[1];
  if (!(left.length === 1 && right.length === 1)) {
    join(state, columns, right[0]);
  }
  const rows = left[0] as Length;
  const isUnit = left.length === 2 && find(rows) === lengthNamed(state, '1');
  if (right.length === 1) return isUnit ? [] : [rows];
  return [rows, right[1] as Length];
}

/** A member of a family behind a row, w' x_i, is a vector, so that their product is a scalar. */
function inferMember(state: Inference, left: readonly Length[], node: MathNode): Lengths {
  const isRow = find(left[0] as Length) === lengthNamed(state, '1');
  if (!state.guess || !isRow || view(node).kind !== 'element') return undefined;
  return infer(state, node, [left[1] as Length]) === undefined ? undefined : [];
}

/** `X[i, :]`: before a product it is a row. */
function isRowSlice(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind !== 'element' || seen.indices.length !== 2) return false;
  return !isWholeAxis(seen.indices[0] as MathNode) && isWholeAxis(seen.indices[1] as MathNode);
}

function plainName(node: MathNode): string | undefined {
  let seen = view(node);
  while (seen.kind === 'parenthesis') seen = view(seen.content);
  return seen.kind === 'symbol' ? seen.name : undefined;
}

function isCapital(name: string): boolean {
  const first = name.charAt(0);
  return first !== first.toLowerCase();
}
