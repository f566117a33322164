/**
 * What operations on vectors and matrices mean: written out entry by entry, in any arithmetic, so that dual numbers pass
 * through. Determinants and inverses come from elimination with pivots (Golub and Van Loan, Matrix Computations, 2013,
 * chapter 3), which knows nothing of how they are differentiated.
 */

import { knownDims } from '../term/dims.ts';
import type { DerivativeTerm, TensorTerm, Term } from '../term/term.ts';
import { baseOf, invalid, stop, type Value } from './arithmetic.ts';
import type { Evaluation, Scope } from './evaluation.ts';
import { evaluateInteger, memoKey, noIndices } from './indices.ts';
import { determinant, invert, type Matrix } from './linear-algebra.ts';

/** Evaluates the entry of a term that the indices name. */
export type Evaluate = (term: Term, tail: readonly number[], at: Evaluation) => Value;

/** How terms and their derivatives are evaluated. */
export interface Evaluator {
  readonly evaluate: Evaluate;
  /** The derivative of every entry of `of` by one entry of `by`. */
  readonly tangentsOf: (
    term: Pick<DerivativeTerm, 'of' | 'by'>,
    entry: readonly number[],
    at: Evaluation,
  ) => readonly Value[];
  /** The derivative of every entry of `of` along a change of `by`. */
  readonly tangentsAlong: (term: Pick<DerivativeTerm, 'of' | 'by'>, change: Term, at: Evaluation) => readonly Value[];
}

const arrays = new WeakMap<Scope, Map<number | string, readonly Value[]>>();

/** The entry of an operation that `tail` names. */
export function evaluateTensor(term: TensorTerm, tail: readonly number[], at: Evaluation, evaluator: Evaluator): Value {
  // With sums as unknowns of their own there are no lengths: see `entries.ts` for proofs that have them.
  if (at.opaqueSums) return stop('unsupported: matrices without lengths');
  const sizes = sizesOf(term, at);
  if (term.operation === 'vjp') return pullBack(term, tail, at, evaluator);
  const known = arrays.get(at.scope) ?? new Map<number | string, readonly Value[]>();
  arrays.set(at.scope, known);
  const key = memoKey(term, at);
  let entries = known.get(key);
  if (entries === undefined) {
    entries =
      term.operation === 'jvp'
        ? pushForward(term, at, evaluator)
        : operations[term.operation](term, { at, evaluate: evaluator.evaluate });
    known.set(key, entries);
  }
  return entries[placeOf(tail, sizes)] ?? invalid;
}

function pushForward(term: TensorTerm, at: Evaluation, { tangentsAlong }: Evaluator): readonly Value[] {
  const [of, by, change] = term.args as readonly [Term, DerivativeTerm['by'], Term];
  return tangentsAlong({ of, by }, change, at);
}

function pullBack(term: TensorTerm, tail: readonly number[], at: Evaluation, { evaluate, tangentsOf }: Evaluator) {
  const [weight, of, by] = term.args as readonly [Term, Term, DerivativeTerm['by']];
  const slopes = tangentsOf({ of, by }, tail, at);
  const weights = entriesOf(weight, { at, evaluate }, sizesOf(of, at));
  return sumOf(
    slopes.map((slope, k) => at.operations.multiply(slope, weights[k] as Value)),
    at,
  );
}

/** The lengths of the axes of a term, as numbers. */
export function sizesOf(term: Term, at: Evaluation): readonly number[] {
  return term.rank === 0 ? noIndices : knownDims(term).map((dim) => evaluateInteger(dim, at));
}

function placeOf(tail: readonly number[], sizes: readonly number[]): number {
  return tail.reduce((place, index, k) => place * (sizes[k] ?? 1) + index - 1, 0);
}

/** All tuples of indices, the last running fastest. */
export function tuples(sizes: readonly number[]): readonly (readonly number[])[] {
  let all: readonly (readonly number[])[] = [noIndices];
  for (const size of sizes) {
    all = all.flatMap((tuple) => Array.from({ length: size }, (_, k) => [...tuple, k + 1]));
  }
  return all;
}

interface Inside {
  readonly at: Evaluation;
  readonly evaluate: Evaluate;
}

/** All entries of a term; a scalar stands for all that are wanted. */
function entriesOf(term: Term, { at, evaluate }: Inside, wanted?: readonly number[]): readonly Value[] {
  const sizes = wanted ?? sizesOf(term, at);
  return tuples(sizes).map((tuple) => evaluate(term, tuple, at));
}

/** A term as rows; a vector is one column. */
function matrixOf(term: Term, inside: Inside): Matrix {
  const sizes = sizesOf(term, inside.at);
  const [rows = 1, columns = 1] = sizes;
  const entries = entriesOf(term, inside);
  return Array.from({ length: rows }, (_, row) => entries.slice(row * columns, (row + 1) * columns));
}

function sumOf(values: readonly Value[], { operations }: Evaluation): Value {
  return values.reduce((total, value) => operations.add(total, value), operations.integer(0));
}

function product(left: Matrix, right: Matrix, at: Evaluation): Matrix {
  // What was read from prose and products alone may not fit: a factor of another length has no product.
  if (left.some((row) => row.length !== right.length)) stop('lengths: the factors of a product do not fit');
  return left.map((row) =>
    (right[0] ?? []).map((_, column) =>
      sumOf(
        row.map((value, k) => at.operations.multiply(value, right[k]?.[column] as Value)),
        at,
      ),
    ),
  );
}

function multiplyOut(args: readonly Term[], inside: Inside): readonly Value[] {
  return args
    .map((arg) => matrixOf(arg, inside))
    .reduce((left, right) => product(left, right, inside.at))
    .flat();
}

const turned = (matrix: Matrix): Matrix => (matrix[0] ?? []).map((_, k) => matrix.map((row) => row[k] as Value));

/** The entry with the largest size; invalid where two are too close to tell which of them it is. */
function topOf(values: readonly Value[], size: (value: Value) => number): Value {
  const sorted = [...values].sort((a, b) => size(b) - size(a));
  const [first, second] = sorted;
  if (first === undefined) return invalid;
  const gap = second === undefined ? 1 : size(first) - size(second);
  return gap > 1e-6 * Math.abs(size(first)) ? first : invalid;
}

/** The same for its value alone, which entries of equal size without slopes have in common. */
function largestBy(values: readonly Value[], size: (value: Value) => number): Value {
  const isFlat = values.every(({ level }) => level === 0);
  const largest = Math.max(...values.map(size));
  return isFlat ? (values.find((value) => size(value) === largest) ?? invalid) : topOf(values, size);
}

type Operation = (term: TensorTerm, inside: Inside) => readonly Value[];

const argument = (term: TensorTerm): Term => term.args[0] as Term;

/** A softmax, shifted so that no exponential is out of range. */
function softmaxOf(entries: readonly Value[], at: Evaluation): { readonly shares: Value[]; readonly logarithm: Value } {
  const { operations } = at;
  const top = Math.max(...entries.map((entry) => baseOf(entry).value));
  const shift = { level: 0, value: -top, scale: Math.abs(top) } as const;
  const raised = entries.map((entry) => operations.call('exp', operations.add(entry, shift)));
  const whole = sumOf(raised, at);
  const logarithm = operations.subtract(operations.call('log', whole), shift);
  return { shares: raised.map((one) => operations.divide(one, whole)), logarithm };
}

/** The rows of a matrix; a vector is one row. */
function rowsOf(term: Term, inside: Inside): Matrix {
  return term.rank === 1 ? [entriesOf(term, inside)] : matrixOf(term, inside);
}

/** What is left of entries without their mean, and the mean of its squares. */
function momentsOf(
  entries: readonly Value[],
  at: Evaluation,
): { readonly deviations: readonly Value[]; readonly variance: Value } {
  const { operations } = at;
  const count = operations.integer(entries.length);
  const mean = operations.divide(sumOf(entries, at), count);
  const deviations = entries.map((entry) => operations.subtract(entry, mean));
  const squares = deviations.map((one) => operations.multiply(one, one));
  return { deviations, variance: operations.divide(sumOf(squares, at), count) };
}

/** For each entry of the result the sum over all values of the other letters, of products of entries. */
function einsteinSum(term: TensorTerm, inside: Inside): readonly Value[] {
  const { operations } = inside.at;
  const codes = term.args.flatMap((arg) => (arg.kind === 'number' ? [evaluateInteger(arg, inside.at)] : []));
  const operands = term.args.slice(0, term.args.length - codes.length);
  const sizes = operands.map((operand) => sizesOf(operand, inside.at));
  const values = operands.map((operand) => entriesOf(operand, inside));
  const starts = sizes.map((_, k) => sizes.slice(0, k).reduce((total, own) => total + own.length, 0));
  const letters = sizes.map((own, k) => codes.slice(starts[k], (starts[k] ?? 0) + own.length));
  const output = codes.slice(letters.flat().length);
  const lengths = new Map(letters.flatMap((own, k) => own.map((letter, axis) => [letter, sizes[k]?.[axis] ?? 1])));
  const summed = [...lengths.keys()].filter((letter) => !output.includes(letter));
  const rest = tuples(summed.map((letter) => lengths.get(letter) ?? 1));
  return tuples(output.map((letter) => lengths.get(letter) ?? 1)).map((tuple) => {
    const products = rest.map((others) => {
      const place = new Map([
        ...output.map((letter, k) => [letter, tuple[k] ?? 1] as const),
        ...summed.map((letter, k) => [letter, others[k] ?? 1] as const),
      ]);
      return letters
        .map(
          (own, k) =>
            values[k]?.[
              placeOf(
                own.map((letter) => place.get(letter) ?? 1),
                sizes[k] ?? [],
              )
            ] ?? invalid,
        )
        .reduce((product, value) => operations.multiply(product, value));
    });
    return sumOf(products, inside.at);
  });
}

function fill(term: TensorTerm, inside: Inside, entry: (tuple: readonly number[]) => Value): readonly Value[] {
  return tuples(sizesOf(term, inside.at)).map(entry);
}

function triangleOf(
  term: TensorTerm,
  inside: Inside,
  holds: (row: number, column: number) => boolean,
): readonly Value[] {
  const zero = inside.at.operations.integer(0);
  return matrixOf(argument(term), inside).flatMap((row, i) => row.map((value, j) => (holds(i, j) ? value : zero)));
}

const operations: Readonly<Record<Exclude<TensorTerm['operation'], 'vjp' | 'jvp'>, Operation>> = {
  matmul: (term, inside) => multiplyOut(term.args, inside),
  form: (term, inside) => {
    const [first, ...rest] = term.args.map((arg) => matrixOf(arg, inside));
    return [turned(first as Matrix), ...rest].reduce((left, right) => product(left, right, inside.at)).flat();
  },
  transpose: (term, inside) => turned(matrixOf(argument(term), inside)).flat(),
  inverse: (term, inside) => invert(matrixOf(argument(term), inside), inside.at.operations).flat(),
  pinv: (term, inside) => {
    const matrix = matrixOf(argument(term), inside);
    const flat = turned(matrix);
    const tall = matrix.length >= flat.length;
    const gram = tall ? product(flat, matrix, inside.at) : product(matrix, flat, inside.at);
    const inverted = invert(gram, inside.at.operations);
    return (tall ? product(inverted, flat, inside.at) : product(flat, inverted, inside.at)).flat();
  },
  trace: (term, inside) => [
    sumOf(
      matrixOf(argument(term), inside).map((row, k) => row[k] as Value),
      inside.at,
    ),
  ],
  det: (term, inside) => [determinant(matrixOf(argument(term), inside), inside.at.operations)],
  logdet: (term, inside) => {
    const { operations } = inside.at;
    const value = determinant(matrixOf(argument(term), inside), operations);
    return [operations.call('log', operations.call('abs', value))];
  },
  norm: (term, inside) => {
    const { operations } = inside.at;
    const squares = entriesOf(argument(term), inside).map((value) => operations.multiply(value, value));
    return [operations.root(sumOf(squares, inside.at), 1, 2)];
  },
  norm1: (term, inside) => [
    sumOf(
      entriesOf(argument(term), inside).map((value) => inside.at.operations.call('abs', value)),
      inside.at,
    ),
  ],
  norminf: (term, inside) => {
    const largest = largestBy(entriesOf(argument(term), inside), (value) => Math.abs(baseOf(value).value));
    return [inside.at.operations.call('abs', largest)];
  },
  largest: (term, inside) => [largestBy(entriesOf(argument(term), inside), (value) => baseOf(value).value)],
  peak: (term, inside) => {
    const entries = entriesOf(argument(term), inside);
    const top = topOf(entries, (value) => baseOf(value).value);
    return entries.map((value) => (top === invalid ? invalid : inside.at.operations.integer(value === top ? 1 : 0)));
  },
  prod: (term, inside) => [
    entriesOf(argument(term), inside).reduce(
      (product, value) => inside.at.operations.multiply(product, value),
      inside.at.operations.integer(1),
    ),
  ],
  mean: (term, inside) => {
    const entries = entriesOf(argument(term), inside);
    return [inside.at.operations.divide(sumOf(entries, inside.at), inside.at.operations.integer(entries.length))];
  },
  total: (term, inside) => [sumOf(entriesOf(argument(term), inside), inside.at)],
  softmax: (term, inside) => softmaxOf(entriesOf(argument(term), inside), inside.at).shares,
  logsumexp: (term, inside) => [softmaxOf(entriesOf(argument(term), inside), inside.at).logarithm],
  rowsoftmax: (term, inside) => matrixOf(argument(term), inside).flatMap((row) => softmaxOf(row, inside.at).shares),
  rowsum: (term, inside) => matrixOf(argument(term), inside).map((row) => sumOf(row, inside.at)),
  logsoftmax: (term, inside) =>
    rowsOf(argument(term), inside).flatMap((row) => {
      const { logarithm } = softmaxOf(row, inside.at);
      return row.map((value) => inside.at.operations.subtract(value, logarithm));
    }),
  rowlogsumexp: (term, inside) => matrixOf(argument(term), inside).map((row) => softmaxOf(row, inside.at).logarithm),
  layernorm: (term, inside) => {
    const { at, evaluate } = inside;
    const { operations } = at;
    const eps = evaluate(term.args[1] as Term, noIndices, at);
    return rowsOf(argument(term), inside).flatMap((row) => {
      const { deviations, variance } = momentsOf(row, inside.at);
      const scale = operations.root(operations.add(variance, eps), 1, 2);
      return deviations.map((deviation) => operations.divide(deviation, scale));
    });
  },
  variance: (term, inside) => [momentsOf(entriesOf(argument(term), inside), inside.at).variance],
  rowvariance: (term, inside) => matrixOf(argument(term), inside).map((row) => momentsOf(row, inside.at).variance),
  rowlargest: (term, inside) =>
    matrixOf(argument(term), inside).map((row) => largestBy(row, (value) => baseOf(value).value)),
  rowpeak: (term, inside) =>
    matrixOf(argument(term), inside).flatMap((row) => {
      const top = topOf(row, (value) => baseOf(value).value);
      return row.map((value) => (top === invalid ? invalid : inside.at.operations.integer(value === top ? 1 : 0)));
    }),
  diag: (term, inside) => {
    const entries = entriesOf(argument(term), inside);
    const zero = inside.at.operations.integer(0);
    return fill(term, inside, ([i = 0, j = 0]) => (i === j ? (entries[i - 1] as Value) : zero));
  },
  diagonal: (term, inside) => matrixOf(argument(term), inside).map((row, k) => row[k] as Value),
  ones: (term, inside) => fill(term, inside, () => inside.at.operations.integer(1)),
  eye: (term, inside) => fill(term, inside, ([i, j]) => inside.at.operations.integer(i === j ? 1 : 0)),
  cross: (term, inside) => {
    const [a, b] = term.args.map((arg) => entriesOf(arg, inside)) as [readonly Value[], readonly Value[]];
    const { operations } = inside.at;
    return [0, 1, 2].map((k) => {
      const [i, j] = [(k + 1) % 3, (k + 2) % 3];
      return operations.subtract(
        operations.multiply(a[i] as Value, b[j] as Value),
        operations.multiply(a[j] as Value, b[i] as Value),
      );
    });
  },
  skew: (term, inside) => {
    const [a, b, c] = entriesOf(argument(term), inside) as [Value, Value, Value];
    const { operations } = inside.at;
    const zero = operations.integer(0);
    const minus = (value: Value): Value => operations.subtract(zero, value);
    return [zero, minus(c), b, c, zero, minus(a), minus(b), a, zero];
  },
  vec: (term, inside) => turned(matrixOf(argument(term), inside)).flat(),
  unvec: (term, inside) => {
    const entries = entriesOf(argument(term), inside);
    const [rows = 1] = sizesOf(term, inside.at);
    return fill(term, inside, ([i = 1, j = 1]) => entries[(j - 1) * rows + i - 1] as Value);
  },
  kron: (term, inside) => {
    const [left, right] = term.args.map((arg) => matrixOf(arg, inside)) as [Matrix, Matrix];
    return left.flatMap((row) =>
      right.flatMap((other) => row.flatMap((a) => other.map((b) => inside.at.operations.multiply(a, b)))),
    );
  },
  block: (term, inside) => term.args.flatMap((arg) => entriesOf(arg, inside)),
  tril: (term, inside) => triangleOf(term, inside, (row, column) => row >= column),
  triu: (term, inside) => triangleOf(term, inside, (row, column) => row <= column),
  stack: (term, inside) => term.args.flatMap((arg) => entriesOf(arg, inside)),
  part: (term, inside) => {
    const [offset, length] = term.args.slice(1).map((one) => evaluateInteger(one, inside.at)) as [number, number];
    const [, columns = 1] = sizesOf(argument(term), inside.at);
    return entriesOf(argument(term), inside).slice(offset * columns, (offset + length) * columns);
  },
  einsum: (term, inside) => einsteinSum(term, inside),
  column: (term, inside) => {
    const at = evaluateInteger(term.args[1] as Term, inside.at);
    return matrixOf(argument(term), inside).map((row) => row[at - 1] ?? invalid);
  },
  row: (term, inside) => matrixOf(argument(term), inside)[evaluateInteger(term.args[1] as Term, inside.at) - 1] ?? [],
  entry: (term, { at, evaluate }) => {
    const [whole, ...indices] = term.args as [Term, ...Term[]];
    return [
      evaluate(
        whole,
        indices.map((index) => evaluateInteger(index, at)),
        at,
      ),
    ];
  },
};
