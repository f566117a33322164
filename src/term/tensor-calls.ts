/** The calls that are operations on vectors and matrices: the shape each has, and the term that it becomes. */

import { type MathNode, view } from '../syntax/node.ts';
import { multiply, number, power } from './construct.ts';
import { dimsOf } from './dims.ts';
import { einsum, subscriptsOf } from './einsum.ts';
import { find, join, type Length, type Lengths, lengthNamed, open, type Shaper, sumOfLengths } from './lengths.ts';
import { type Context, expectArguments, refuse } from './scope.ts';
import {
  cross,
  det,
  diag,
  diagonal,
  differential,
  eye,
  inverse,
  kron,
  largest,
  logdet,
  logsumexp,
  matmul,
  norm,
  norm1,
  normInf,
  ones,
  pair,
  part,
  peak,
  pinv,
  pullback,
  rowsoftmax,
  rowsum,
  skew,
  softmax,
  stack,
  total,
  trace,
  transpose,
  tril,
  triu,
  unvec,
  vec,
} from './tensor.ts';
import type { Term, Variable } from './term.ts';

export interface TensorCall {
  readonly arity: readonly [number, number];
  readonly shape: (shaper: Shaper) => Lengths;
  readonly build: (args: readonly Term[], node: MathNode, nodes: readonly MathNode[]) => Term;
}

const argsOf = ({ args, of }: Shaper): Lengths[] => args.map((arg) => of(arg));

const scalarShape = (shaper: Shaper): Lengths => {
  argsOf(shaper);
  return [];
};

/** The shape of the argument; a vector where nothing tells. */
const guessedVector = ({ args: [arg], of, state }: Shaper): Lengths => {
  if (arg === undefined) return undefined;
  return of(arg) ?? (state.guess ? of(arg, [open()]) : undefined);
};

const sameShape = (shaper: Shaper): Lengths => argsOf(shaper)[0];

/** A scalar of one argument with axes. */
function reduction(build: (term: Term) => Term): TensorCall {
  return {
    arity: [1, 1],
    shape: ({ args, of, state }) => {
      const [arg] = args;
      if (arg !== undefined && of(arg) === undefined && state.guess) of(arg, [open()]);
      return [];
    },
    build: ([term], node) => build(withAxes(term as Term, node)),
  };
}

function withAxes(term: Term, node: MathNode): Term {
  if (term.rank > 0) return term;
  return refuse(node, 'shape-clash', 'a vector or a matrix is needed here, but this is a scalar', declareHint);
}

export const declareHint = 'declare its shape: --shape "x: vector(n), A: matrix(m, n)"';

/** The rows and columns of a matrix; refuses what is none. */
export function matrixDims(term: Term, node: MathNode): readonly [Term, Term] {
  const dims = dimsOf(term) ?? [];
  if (dims.length === 2) return dims as [Term, Term];
  const what = dims.length === 0 ? 'a scalar' : 'a vector';
  return refuse(node, 'shape-clash', `a matrix is needed here, but this is ${what}`, declareHint);
}

function asMatrix(term: Term, node: MathNode): Term {
  matrixDims(term, node);
  return term;
}

function squareOf(term: Term, node: MathNode): Term {
  const [rows, columns] = matrixDims(term, node);
  if (rows === columns) return term;
  return refuse(
    node,
    'shape-clash',
    `a square matrix is needed here, but this has ${show(rows)} rows and ${show(columns)} columns`,
    'only square matrices have a trace, a determinant or an inverse',
  );
}

/** A length as it is written. */
export function show(dim: Term): string {
  if (dim.kind === 'number') return String(dim.integer);
  if (dim.kind === 'symbol') return dim.name;
  if (dim.kind === 'add') return dim.terms.map(show).join('+');
  return dim.kind === 'multiply' ? dim.factors.map(show).join('*') : 'a computed length';
}

function square(build: (term: Term) => Term): TensorCall {
  return {
    arity: [1, 1],
    shape: ({ args, of, state }) => {
      const [arg] = args;
      const size = open();
      if (arg !== undefined && of(arg) === undefined && state.guess) of(arg, [size, size]);
      return [];
    },
    build: ([term], node) => build(squareOf(term as Term, node)),
  };
}

const sizeShape =
  (count: (given: number) => number) =>
  ({ args, state }: Shaper): Lengths => {
    const lengths = args.map((arg) => {
      const seen = view(arg);
      const name = seen.kind === 'symbol' ? seen.name : seen.kind === 'constant' ? seen.text : undefined;
      const length = name === undefined ? undefined : (state.named.get(name) ?? { up: undefined, name });
      if (name !== undefined && length !== undefined) state.named.set(name, length);
      return length ?? { up: undefined, name: undefined };
    });
    const wanted = count(args.length);
    return Array.from({ length: wanted }, (_, k) => lengths[k] ?? (lengths[0] as NonNullable<(typeof lengths)[0]>));
  };

function sameDims(left: Term, right: Term, node: MathNode, what: string): void {
  const [a, b] = [dimsOf(left) ?? [], dimsOf(right) ?? []];
  if (a.length === b.length && a.every((dim, k) => dim === b[k])) return;
  refuse(node, 'shape-clash', `${what}: ${describe(a)} and ${describe(b)}`, 'both need the same shape');
}

/** A shape in words: a scalar, a vector of length n, a matrix of m × n. */
export function describe(dims: readonly Term[]): string {
  const [first, second] = dims;
  if (first === undefined) return 'a scalar';
  if (second === undefined) return `a vector of length ${show(first)}`;
  if (dims.length === 2 && show(first) === '1') return `a row of length ${show(second)}`;
  return dims.length === 2
    ? `a matrix of ${show(first)} × ${show(second)}`
    : `a tensor of ${dims.map(show).join(' × ')}`;
}

function column(term: Term): Term {
  return term.kind === 'tensor' && term.operation === 'transpose' && (term.args[0] as Term).rank === 1
    ? (term.args[0] as Term)
    : term;
}

export const tensorCalls: ReadonlyMap<string, TensorCall> = new Map(
  Object.entries<TensorCall>({
    transpose: {
      arity: [1, 1],
      shape: (shaper) => {
        const [shape] = argsOf(shaper);
        const unit = sizeShape(() => 1)({ ...shaper, args: [] })?.[0] ?? { up: undefined, name: '1' };
        if (shape?.length === 1) return [unit, shape[0] as typeof unit];
        return shape === undefined ? undefined : [...shape].reverse();
      },
      build: ([term]) => transpose(term as Term),
    },
    trace: square(trace),
    tr: square(trace),
    det: square(det),
    logdet: square(logdet),
    inv: { ...square(inverse), shape: sameShape },
    pinv: {
      arity: [1, 1],
      shape: (shaper) => {
        const [shape] = argsOf(shaper);
        return shape === undefined ? undefined : [...shape].reverse();
      },
      build: ([term], node) => {
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
    rowsum: {
      arity: [1, 1],
      shape: (shaper) => argsOf(shaper)[0]?.slice(0, 1),
      build: ([term], node) => {
        matrixDims(term as Term, node);
        return rowsum(term as Term);
      },
    },
    colsum: {
      arity: [1, 1],
      shape: (shaper) => argsOf(shaper)[0]?.slice(1),
      build: ([term], node) => {
        matrixDims(term as Term, node);
        return rowsum(transpose(term as Term));
      },
    },
    dot: {
      arity: [2, 2],
      shape: (shaper) => {
        const [left] = argsOf(shaper);
        if (left !== undefined) shaper.of(shaper.args[1] as MathNode, left);
        else {
          const right = shaper.of(shaper.args[1] as MathNode);
          shaper.of(shaper.args[0] as MathNode, right);
        }
        return [];
      },
      build: ([left, right], node) => {
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
        for (const term of [left, right]) withAxes(term as Term, node);
        return matmul(left as Term, transpose(right as Term));
      },
    },
    diag: {
      arity: [1, 1],
      shape: (shaper) => {
        const [shape] = argsOf(shaper);
        if (shape === undefined) return undefined;
        return shape.length === 1 ? [shape[0] as (typeof shape)[0], shape[0] as (typeof shape)[0]] : shape.slice(0, 1);
      },
      build: ([term], node) => {
        const own = withAxes(column(term as Term), node);
        return own.rank === 1 ? diag(own) : diagonal(squareOf(own, node));
      },
    },
    ones: { arity: [1, 2], shape: sizeShape((given) => given), build: (dims) => ones(dims) },
    zeros: { arity: [1, 2], shape: sizeShape((given) => given), build: () => number(0) },
    eye: { arity: [1, 1], shape: sizeShape(() => 2), build: ([size]) => eye(size as Term) },
    cross: {
      arity: [2, 2],
      shape: sameShape,
      build: ([left, right], node) => {
        for (const term of [left, right]) {
          const [size] = dimsOf(term as Term) ?? [];
          if (size !== number(3))
            refuse(node, 'shape-clash', 'a cross product is of two vectors of length 3', declareHint);
        }
        return cross(left as Term, right as Term);
      },
    },
    skew: {
      arity: [1, 1],
      shape: ({ args, of }) => of(args[0] as MathNode)?.flatMap((one) => [one, one]),
      build: ([term]) => skew(term as Term),
    },
    vec: {
      arity: [1, 1],
      shape: (shaper) => (argsOf(shaper)[0] === undefined ? undefined : [{ up: undefined, name: undefined }]),
      build: ([term], node) => vec(withAxes(term as Term, node)),
    },
    unvec: {
      arity: [3, 3],
      shape: (shaper) => sizeShape(() => 2)({ ...shaper, args: shaper.args.slice(1) }),
      build: ([term, rows, columns]) => unvec(term as Term, rows as Term, columns as Term),
    },
    kron: {
      arity: [2, 2],
      shape: (shaper) => {
        argsOf(shaper);
        return [
          { up: undefined, name: undefined },
          { up: undefined, name: undefined },
        ];
      },
      build: ([left, right], node) => {
        for (const term of [left, right]) matrixDims(term as Term, node);
        return kron(left as Term, right as Term);
      },
    },
    jvp: {
      arity: [3, 3],
      shape: ({ args, of }) => {
        const [inner, by, change] = args as readonly [MathNode, MathNode, MathNode];
        of(change, of(by));
        return of(inner);
      },
      build: ([of, by, change]) => differential(of as Term, by as Variable, change as Term),
    },
    vcat: {
      arity: [2, 2],
      shape: (shaper) => {
        const names = argsOf(shaper).map((shape) => (shape?.[0] === undefined ? undefined : find(shape[0]).name));
        const isKnown = names.every((name) => name !== undefined);
        return [isKnown ? lengthNamed(shaper.state, sumOfLengths(names.join('+'))) : open()];
      },
      build: ([upper, lower], node) => {
        for (const term of [upper, lower]) {
          if ((term as Term).rank !== 1) refuse(node, 'shape-clash', 'vcat takes vectors', declareHint);
        }
        return stack(upper as Term, lower as Term);
      },
    },
    part: {
      arity: [3, 3],
      shape: (shaper) => sizeShape(() => 1)({ ...shaper, args: shaper.args.slice(2) }),
      build: ([vector, offset, length]) => part(vector as Term, offset as Term, length as Term),
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
      build: ([weight, of, by]) => pullback(weight as Term, of as Term, by as Variable),
    },
  }),
);

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
  return call.build(
    args.map((arg) => context.visit(arg, context)),
    node,
    args,
  );
}
