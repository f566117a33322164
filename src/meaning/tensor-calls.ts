/** The calls that are operations on vectors and matrices: the shape each has, and the term that it becomes. */

import { type MathNode, view } from '../syntax/node.ts';
import { isNumber, multiply, number, power } from '../term/construct.ts';
import { dimsOf } from '../term/dims.ts';
import { eye, ones } from '../term/tensor/base.ts';
import {
  largest,
  logsumexp,
  norm,
  norm1,
  normInf,
  peak,
  rowsoftmax,
  softmax,
  total,
} from '../term/tensor/entrywise.ts';
import { differential, pullback } from '../term/tensor/inert.ts';
import { cross, diag, kron, part, skew, tril, triu, unvec, vec } from '../term/tensor/parts.ts';
import { inverse, matmul, transpose } from '../term/tensor/products.ts';
import { det, diagonal, logdet, pair, pinv, trace } from '../term/tensor/square.ts';
import type { Term } from '../term/term.ts';
import { noteRow } from '../term/written.ts';

import { blockCalls } from './block-calls.ts';
import {
  asMatrix,
  column,
  declareHint,
  demandLengths,
  describe,
  lowerVariable,
  matrixDims,
  sameDims,
  squareOf,
  withAxes,
} from './call-demands.ts';
import {
  argsOf,
  guessedVector,
  reduction,
  sameShape,
  scalarShape,
  sizeShape,
  square,
  squareShape,
  type TensorCall,
} from './call-shapes.ts';
import { einsum, subscriptsOf } from './einsum.ts';
import {
  fixed,
  held,
  join,
  joinAll,
  type Length,
  type Lengths,
  lengthNamed,
  lengthTerm,
  open,
  productOfLengths,
  type Shaper,
  sizeOf,
} from './lengths.ts';
import { guessedAxes } from './matrix-products.ts';
import { rowwiseCalls } from './rowwise-calls.ts';
import { type Context, expectArguments, refuse } from './scope.ts';

/** The shape of an identity or a vector of ones that is written without its size: as long as what it stands beside. */
function ownSize({ state, node, args }: Shaper, axes: number): Lengths {
  if (args.length > 0) return undefined;
  const length = state.fresh.get(node) ?? held(open());
  state.fresh.set(node, length);
  return Array.from({ length: axes }, () => length);
}

/** In a Kronecker sum, I ⊗ A + A ⊗ I, an identity of which nothing tells the size is as large as the matrix beside it. */
function sizeIdentities({ state, args }: Shaper, shapes: readonly Lengths[]): void {
  args.forEach((arg, at) => {
    const own = state.fresh.get(arg);
    const other = shapes[1 - at];
    if (own !== undefined && other?.length === 2) join(state, own, other[0]);
  });
}

/** Rows times rows, columns times columns. */
function kroneckerShape(shaper: Shaper): Lengths {
  const shapes = shaper.args.map((arg) => guessedVector({ ...shaper, args: [arg] }));
  if (shaper.state.guess) sizeIdentities(shaper, shapes);
  const rows = productOfLengths(
    shaper.state,
    shapes.map((shape) => shape?.[0]),
  );
  if (shapes.every((shape) => shape?.length === 1)) return [rows];
  const unit = lengthNamed(shaper.state, '1');
  return [
    rows,
    productOfLengths(
      shaper.state,
      shapes.map((shape) => (shape?.length === 1 ? unit : shape?.[1])),
    ),
  ];
}

function ownLength(node: MathNode): Term {
  const length = sizeOf(node);
  if (length !== undefined) return lengthTerm(length);
  return refuse(node, 'shape-clash', 'nothing tells the size of this', 'write eye(n) or ones(n)');
}

/** The shape of an argument that has to be a vector of length 3: what nothing tells takes it. */
function threeOf(arg: MathNode, { of, state }: Shaper): readonly Length[] {
  const own = [lengthNamed(state, '3')];
  of(arg, own);
  return own;
}

function demandThree(term: Term, node: MathNode, message: string): void {
  const dims = dimsOf(term);
  if (dims?.length !== 1 || dims[0] !== number(3)) refuse(node, 'shape-clash', message, declareHint);
}

/** The plus above a number is its positive part to some, and above a matrix its pseudo-inverse to all. */
function refusePseudoInverse(node: MathNode): never {
  return refuse(
    node,
    'shape-clash',
    'a pseudo-inverse is one of a matrix, but this is a scalar',
    'for the positive part write (x)_+ or max(x, 0); for a matrix declare its shape: --shape "A: matrix(m, n)"',
  );
}

export const tensorCalls: ReadonlyMap<string, TensorCall> = new Map(
  Object.entries<TensorCall>({
    transpose: {
      arity: [1, 1],
      shape: (shaper) => {
        const [shape] = argsOf(shaper);
        if (shape?.length === 1) return [fixed('1'), shape[0] as Length];
        return shape === undefined ? undefined : [...shape].reverse();
      },
      build: ([term]) => transpose(term as Term),
    },
    trace: square(trace),
    tr: square(trace),
    Tr: square(trace),
    det: square(det),
    logdet: square(logdet),
    inv: { ...square(inverse), shape: squareShape },
    pinv: {
      arity: [1, 1],
      shape: (shaper) => {
        const [shape] = argsOf(shaper);
        return shape === undefined ? undefined : [...shape].reverse();
      },
      build: ([term], node) => {
        if ((term as Term).rank === 0) refusePseudoInverse(node);
        matrixDims(term as Term, node);
        return pinv(term as Term);
      },
    },
    norm: reduction(norm),
    norm1: reduction(norm1),
    norminf: reduction(normInf),
    logsumexp: reduction(logsumexp),
    max: {
      arity: [1, 2],
      shape: (shaper) => (shaper.args.length === 1 ? scalarShape(shaper) : argsOf(shaper).find((one) => one?.length)),
      build: ([term], node) => largest(withAxes(term as Term, node)),
    },
    indmax: { arity: [1, 1], shape: sameShape, build: ([term], node) => peak(withAxes(term as Term, node)) },
    mean: reduction((term) => multiply(total(term), power(multiply(...(dimsOf(term) ?? [])), number(-1)))),
    softmax: { arity: [1, 1], shape: guessedVector, build: ([term], node) => softmax(withAxes(term as Term, node)) },
    rowsoftmax: {
      arity: [1, 1],
      shape: sameShape,
      build: ([term], node) => {
        matrixDims(term as Term, node);
        return rowsoftmax(term as Term);
      },
    },
    ...rowwiseCalls,
    dot: {
      arity: [2, 2],
      shape: (shaper) => {
        const differentiated = differentiatedIn(shaper.args[1] as MathNode);
        if (differentiated !== undefined) {
          const [of, by] = differentiated.map((part) => shaper.of(part));
          const isGradient = of === undefined || of.length === 0;
          shaper.of(shaper.args[0] as MathNode, isGradient ? by : of);
          return isGradient ? [] : by;
        }
        pairShape(shaper);
        return [];
      },
      build: ([left, right], node) => {
        if (right?.kind === 'derivative' && right.of.rank > 0) return pullback(left as Term, right.of, right.by);
        const [u, v] = [column(left as Term), column(right as Term)];
        for (const term of [u, v]) withAxes(term, node);
        sameDims(u, v, node, 'the inner product of two shapes');
        return pair(u, v);
      },
    },
    outer: {
      arity: [2, 2],
      shape: (shaper) => {
        const [left, right] = argsOf(shaper);
        return left === undefined || right === undefined
          ? undefined
          : [left[0] as (typeof left)[0], right[0] as (typeof left)[0]];
      },
      build: ([left, right], node) => {
        const [u, v] = [left as Term, right as Term].map((term) => column(withAxes(term, node))) as [Term, Term];
        if (u.rank > 1 || v.rank > 1) {
          const what = describe(dimsOf(u.rank > 1 ? u : v) ?? []);
          refuse(
            node,
            'shape-clash',
            `an outer product is of two vectors, and this is ${what}`,
            'write kron for matrices',
          );
        }
        return matmul(u, transpose(v));
      },
    },
    diag: {
      arity: [1, 1],
      shape: (shaper) => {
        const shape = guessedVector(shaper);
        if (shape === undefined) return undefined;
        return shape.length === 1 ? [shape[0] as (typeof shape)[0], shape[0] as (typeof shape)[0]] : shape.slice(0, 1);
      },
      build: ([term], node) => {
        const own = withAxes(column(term as Term), node);
        return own.rank === 1 ? diag(own) : diagonal(squareOf(own, node));
      },
    },
    ones: {
      arity: [0, 2],
      shape: (shaper) => ownSize(shaper, 1) ?? sizeShape((given) => given)(shaper),
      build: (dims, node) => {
        demandLengths(dims, node);
        return ones(dims.length === 0 ? [ownLength(node)] : dims);
      },
    },
    zeros: {
      arity: [1, 2],
      shape: sizeShape((given) => given),
      build: (dims, node) => {
        demandLengths(dims, node);
        return number(0);
      },
    },
    eye: {
      arity: [0, 1],
      shape: (shaper) => ownSize(shaper, 2) ?? sizeShape(() => 2)(shaper),
      build: (dims, node) => {
        demandLengths(dims, node);
        return eye(dims[0] ?? ownLength(node));
      },
    },
    cross: {
      arity: [2, 2],
      shape: (shaper) => shaper.args.map((arg) => threeOf(arg, shaper))[0],
      build: ([left, right], node) => {
        for (const term of [left, right])
          demandThree(term as Term, node, 'a cross product is of two vectors of length 3');
        return cross(left as Term, right as Term);
      },
    },
    skew: {
      arity: [1, 1],
      shape: (shaper) => threeOf(shaper.args[0] as MathNode, shaper).flatMap((one) => [one, one]),
      build: ([term], node) => {
        demandThree(term as Term, node, 'a cross product matrix is that of a vector of length 3');
        return skew(term as Term);
      },
    },
    vec: {
      arity: [1, 1],
      shape: (shaper) => {
        const shape = guessedVector(shaper);
        // The columns one below the other: their number counts slowly.
        return shape === undefined ? undefined : [productOfLengths(shaper.state, [...shape].reverse())];
      },
      build: ([term], node) => vec(withAxes(term as Term, node)),
    },
    unvec: {
      arity: [3, 3],
      shape: (shaper) => sizeShape(() => 2)({ ...shaper, args: shaper.args.slice(1) }),
      build: ([term, rows, columns], node) => {
        demandLengths([rows as Term, columns as Term], node);
        return unvec(withAxes(term as Term, node), rows as Term, columns as Term);
      },
    },
    kron: {
      arity: [2, 2],
      shape: kroneckerShape,
      build: ([left, right], node) => kron(withAxes(left as Term, node), withAxes(right as Term, node)),
    },
    // Of vectors the outer product, as physics and machine learning write it; of matrices the Kronecker product.
    otimes: {
      arity: [2, 2],
      shape: (shaper) => {
        const [left, right] = argsOf(shaper);
        const areVectors = left?.length === 1 && right?.length === 1;
        return areVectors ? [left[0] as Length, right[0] as Length] : kroneckerShape(shaper);
      },
      build: ([left, right], node) => {
        const areVectors = left?.rank === 1 && right?.rank === 1;
        if (areVectors) return matmul(left, transpose(right));
        return kron(withAxes(left as Term, node), withAxes(right as Term, node));
      },
    },
    jvp: {
      arity: [3, 3],
      shape: ({ args, of }) => {
        const [inner, by, change] = args as readonly [MathNode, MathNode, MathNode];
        of(change, of(by));
        return of(inner);
      },
      build: ([of, by, change], node, [, name]) =>
        differential(of as Term, lowerVariable(name ?? node, by as Term), change as Term),
    },
    ...blockCalls,
    part: {
      arity: [3, 3],
      shape: (shaper) => sizeShape(() => 1)({ ...shaper, args: shaper.args.slice(2) }),
      build: ([vector, offset, length], node) => {
        if (!isNumber(offset as Term, 0)) demandLengths([offset as Term], node);
        demandLengths([length as Term], node);
        return part(withAxes(vector as Term, node), offset as Term, length as Term);
      },
    },
    tril: { arity: [1, 1], shape: sameShape, build: ([term], node) => tril(asMatrix(term as Term, node)) },
    triu: { arity: [1, 1], shape: sameShape, build: ([term], node) => triu(asMatrix(term as Term, node)) },
    einsum: {
      arity: [2, 8],
      shape: ({ state, args, of }) => {
        const letters = new Map<string, Length>();
        const subscripts = args[0] === undefined ? undefined : subscriptsOf(args[0]);
        const lengthOf = (letter: string): Length => {
          const known = letters.get(letter) ?? open();
          letters.set(letter, known);
          return known;
        };
        subscripts?.inputs.forEach((input, at) => {
          const node = args[at + 1];
          const wanted = [...input].map(lengthOf);
          const own = node === undefined ? undefined : of(node, wanted);
          own?.forEach((length, k) => {
            join(state, wanted[k], length);
          });
        });
        return subscripts === undefined ? undefined : [...subscripts.output].map(lengthOf);
      },
      build: (terms, node, nodes) => einsum(node, nodes, terms.slice(1)),
    },
    vjp: {
      arity: [3, 3],
      shape: (shaper) => argsOf(shaper)[2],
      build: ([weight, of, by], node, [, , name]) =>
        pullback(weight as Term, of as Term, lowerVariable(name ?? node, by as Term)),
    },
  }),
);

/** Both factors of an inner product have one shape: that of either, or else what it looks like. */
function pairShape(shaper: Shaper): void {
  const { state, args, of } = shaper;
  const guessed = (): Lengths =>
    args.map((arg) => guessedAxes(state, arg)).find((axes) => axes !== undefined) ?? [open()];
  const known = argsOf(shaper).find((shape) => shape !== undefined) ?? (state.guess ? guessed() : undefined);
  if (known !== undefined) for (const arg of args) joinAll(state, of(arg, known), known);
}

/** What is differentiated and by what, where a node is a derivative. */
function differentiatedIn(node: MathNode): readonly [of: MathNode, by: MathNode] | undefined {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return differentiatedIn(seen.content);
  const isDerivative = seen.kind === 'call' && (seen.name === 'd' || seen.name === 'D') && seen.args.length === 2;
  return isDerivative ? (seen.args as readonly [MathNode, MathNode]) : undefined;
}

/** Lowers `sum(v)`, the sum over all entries. */
export function visitTotal(term: Term, node: MathNode): Term {
  return total(withAxes(term, node));
}

/** Lowers an operation by name. */
export function visitTensorCall(
  call: TensorCall,
  name: string,
  node: MathNode,
  args: readonly MathNode[],
  context: Context,
): Term {
  expectArguments(node, name, args, call.arity);
  const lowered = args.map((arg) => context.visit(arg, context));
  const term = call.build(lowered, node, args);
  if (name === 'dot' && context.wholes === true) noteRow(context.written, term, lowered[0] as Term);
  return term;
}
