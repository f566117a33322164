/**
 * What operations on vectors and matrices mean: written out entry by entry, in any arithmetic, so that dual numbers pass
 * through. Determinants and inverses come from elimination with pivots (Golub and Van Loan, Matrix Computations, 2013,
 * chapter 3), which knows nothing of how they are differentiated.
 *
 * It is told once, for the oracle, which evaluates terms, and for the answer's own certificate, which evaluates what was
 * read: a fault here is common to both.
 */

import { baseOf, invalid, type Operations, stop, type Value } from './arithmetic.ts';
import { determinant, invert, type Matrix } from './linear-algebra.ts';

/** A scalar, vector, matrix or array: its entries, the last index running fastest. */
export interface NumberArray {
  readonly sizes: readonly number[];
  readonly entries: readonly Value[];
}

/** The entries of the value; `sizes` are its own. Whole numbers among the arguments are scalars. */
export type ArrayOperation = (
  args: readonly NumberArray[],
  operations: Operations,
  sizes: readonly number[],
) => readonly Value[];

export function placeOf(tail: readonly number[], sizes: readonly number[]): number {
  return tail.reduce((place, index, k) => place * (sizes[k] ?? 1) + index - 1, 0);
}

/** All tuples of indices, the last running fastest. */
export function tuples(sizes: readonly number[]): readonly (readonly number[])[] {
  let all: readonly (readonly number[])[] = [[]];
  for (const size of sizes) {
    all = all.flatMap((tuple) => Array.from({ length: size }, (_, k) => [...tuple, k + 1]));
  }
  return all;
}

/** An array as rows; a vector is one column. */
export function matrixOf({ sizes, entries }: NumberArray): Matrix {
  const [rows = 1, columns = 1] = sizes;
  return Array.from({ length: rows }, (_, row) => entries.slice(row * columns, (row + 1) * columns));
}

/** The rows of a square matrix. What was read from products alone may not be one in its numbers: then it has no inverse and no trace. */
function squareOf(array: NumberArray): Matrix {
  const matrix = matrixOf(array);
  return matrix.some((row) => row.length !== matrix.length)
    ? stop('lengths: a matrix that is not square has no inverse, trace or determinant')
    : matrix;
}

/** The rows of a matrix; a vector is one row. */
function rowsOf(array: NumberArray): Matrix {
  return array.sizes.length === 1 ? [array.entries] : matrixOf(array);
}

export function sumOf(values: readonly Value[], operations: Operations): Value {
  return values.reduce((total, value) => operations.add(total, value), operations.integer(0));
}

/** The product of matrices. */
export function product(left: Matrix, right: Matrix, operations: Operations): Matrix {
  // What was read from prose and products alone may not fit: a factor of another length has no product.
  if (left.some((row) => row.length !== right.length)) stop('lengths: the factors of a product do not fit');
  return left.map((row) =>
    (right[0] ?? []).map((_, column) =>
      sumOf(
        row.map((value, k) => operations.multiply(value, right[k]?.[column] as Value)),
        operations,
      ),
    ),
  );
}

export const turned = (matrix: Matrix): Matrix => (matrix[0] ?? []).map((_, k) => matrix.map((row) => row[k] as Value));

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

const real = (value: Value): number => baseOf(value).value;

/** Which entry is the largest, as 1 among zeros. */
function peakOf(entries: readonly Value[], operations: Operations): readonly Value[] {
  const top = topOf(entries, real);
  return entries.map((value) => (top === invalid ? invalid : operations.integer(value === top ? 1 : 0)));
}

/** A softmax, shifted so that no exponential is out of range. */
function softmaxOf(
  entries: readonly Value[],
  operations: Operations,
): { readonly shares: Value[]; readonly logarithm: Value } {
  const top = Math.max(...entries.map(real));
  const shift = { level: 0, value: -top, scale: Math.abs(top) } as const;
  const raised = entries.map((entry) => operations.call('exp', operations.add(entry, shift)));
  const whole = sumOf(raised, operations);
  const logarithm = operations.subtract(operations.call('log', whole), shift);
  return { shares: raised.map((one) => operations.divide(one, whole)), logarithm };
}

/** What is left of entries without their mean, and the mean of its squares. */
function momentsOf(
  entries: readonly Value[],
  operations: Operations,
): { readonly deviations: readonly Value[]; readonly variance: Value } {
  const count = operations.integer(entries.length);
  const mean = operations.divide(sumOf(entries, operations), count);
  const deviations = entries.map((entry) => operations.subtract(entry, mean));
  const squares = deviations.map((one) => operations.multiply(one, one));
  return { deviations, variance: operations.divide(sumOf(squares, operations), count) };
}

/** The value of an argument that is a whole number. */
function wholeNumber(array: NumberArray | undefined): number {
  const value = array === undefined ? Number.NaN : real(array.entries[0] ?? invalid);
  return Number.isInteger(value) ? value : stop('unsupported: a place or length that is no whole number');
}

/**
 * For each entry of the result the sum over all values of the other letters, of products of entries. `letters` holds one for
 * each axis, as numbers: those of the operands, then those of the result.
 */
export function einsteinSum(
  operands: readonly NumberArray[],
  codes: readonly number[],
  operations: Operations,
): readonly Value[] {
  const sizes = operands.map((operand) => operand.sizes);
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
      const entryOf = (own: readonly number[], k: number): Value =>
        operands[k]?.entries[
          placeOf(
            own.map((letter) => place.get(letter) ?? 1),
            sizes[k] ?? [],
          )
        ] ?? invalid;
      return letters.map(entryOf).reduce((total, value) => operations.multiply(total, value));
    });
    return sumOf(products, operations);
  });
}

function triangleOf(
  array: NumberArray,
  operations: Operations,
  holds: (row: number, column: number) => boolean,
): readonly Value[] {
  const zero = operations.integer(0);
  return matrixOf(array).flatMap((row, i) => row.map((value, j) => (holds(i, j) ? value : zero)));
}

const byRow =
  (of: (row: readonly Value[], operations: Operations) => readonly Value[]): ArrayOperation =>
  ([array], operations) =>
    rowsOf(array as NumberArray).flatMap((row) => of(row, operations));

const byMatrixRow =
  (of: (row: readonly Value[], operations: Operations) => Value): ArrayOperation =>
  ([array], operations) =>
    matrixOf(array as NumberArray).map((row) => of(row, operations));

const ofEntries =
  (of: (entries: readonly Value[], operations: Operations) => Value): ArrayOperation =>
  ([array], operations) => [of((array as NumberArray).entries, operations)];

const absolute = (value: Value, operations: Operations): Value => operations.call('abs', value);

export const arrayOperations = {
  matmul: (args, operations) =>
    args
      .map(matrixOf)
      .reduce((left, right) => product(left, right, operations))
      .flat(),
  form: (args, operations) => {
    const [first, ...rest] = args.map(matrixOf);
    return [turned(first as Matrix), ...rest].reduce((left, right) => product(left, right, operations)).flat();
  },
  transpose: ([array]) => turned(matrixOf(array as NumberArray)).flat(),
  inverse: ([array], operations) => invert(squareOf(array as NumberArray), operations).flat(),
  pinv: ([array], operations) => {
    const matrix = matrixOf(array as NumberArray);
    const flat = turned(matrix);
    const tall = matrix.length >= flat.length;
    const gram = tall ? product(flat, matrix, operations) : product(matrix, flat, operations);
    const inverted = invert(gram, operations);
    return (tall ? product(inverted, flat, operations) : product(flat, inverted, operations)).flat();
  },
  trace: ([array], operations) => {
    const matrix = squareOf(array as NumberArray);
    return [
      sumOf(
        matrix.map((row, k) => row[k] as Value),
        operations,
      ),
    ];
  },
  det: ([array], operations) => [determinant(squareOf(array as NumberArray), operations)],
  logdet: ([array], operations) => {
    const value = determinant(squareOf(array as NumberArray), operations);
    return [operations.call('log', absolute(value, operations))];
  },
  norm: ofEntries((entries, operations) => {
    const squares = entries.map((value) => operations.multiply(value, value));
    return operations.root(sumOf(squares, operations), 1, 2);
  }),
  norm1: ofEntries((entries, operations) =>
    sumOf(
      entries.map((value) => absolute(value, operations)),
      operations,
    ),
  ),
  norminf: ofEntries((entries, operations) =>
    absolute(
      largestBy(entries, (value) => Math.abs(real(value))),
      operations,
    ),
  ),
  largest: ofEntries((entries) => largestBy(entries, real)),
  peak: ([array], operations) => peakOf((array as NumberArray).entries, operations),
  prod: ofEntries((entries, operations) =>
    entries.reduce((total, value) => operations.multiply(total, value), operations.integer(1)),
  ),
  mean: ofEntries((entries, operations) =>
    operations.divide(sumOf(entries, operations), operations.integer(entries.length)),
  ),
  total: ofEntries(sumOf),
  softmax: ([array], operations) => softmaxOf((array as NumberArray).entries, operations).shares,
  logsumexp: ofEntries((entries, operations) => softmaxOf(entries, operations).logarithm),
  rowsoftmax: ([array], operations) =>
    matrixOf(array as NumberArray).flatMap((row) => softmaxOf(row, operations).shares),
  rowsum: byMatrixRow(sumOf),
  logsoftmax: byRow((row, operations) => {
    const { logarithm } = softmaxOf(row, operations);
    return row.map((value) => operations.subtract(value, logarithm));
  }),
  rowlogsumexp: byMatrixRow((row, operations) => softmaxOf(row, operations).logarithm),
  layernorm: ([array, eps], operations) =>
    rowsOf(array as NumberArray).flatMap((row) => {
      const { deviations, variance } = momentsOf(row, operations);
      const shifted = operations.add(variance, eps?.entries[0] ?? operations.integer(0));
      const scale = operations.root(shifted, 1, 2);
      return deviations.map((deviation) => operations.divide(deviation, scale));
    }),
  variance: ofEntries((entries, operations) => momentsOf(entries, operations).variance),
  rowvariance: byMatrixRow((row, operations) => momentsOf(row, operations).variance),
  rowlargest: byMatrixRow((row) => largestBy(row, real)),
  rowpeak: ([array], operations) => matrixOf(array as NumberArray).flatMap((row) => peakOf(row, operations)),
  diag: ([array], operations, sizes) => {
    const { entries } = array as NumberArray;
    const zero = operations.integer(0);
    return tuples(sizes).map(([i = 0, j = 0]) => (i === j ? (entries[i - 1] as Value) : zero));
  },
  diagonal: ([array]) => matrixOf(array as NumberArray).map((row, k) => row[k] as Value),
  ones: (_, operations, sizes) => tuples(sizes).map(() => operations.integer(1)),
  eye: (_, operations, sizes) => tuples(sizes).map(([i, j]) => operations.integer(i === j ? 1 : 0)),
  cross: ([left, right], operations) => {
    const [a, b] = [(left as NumberArray).entries, (right as NumberArray).entries];
    return [0, 1, 2].map((k) => {
      const [i, j] = [(k + 1) % 3, (k + 2) % 3];
      return operations.subtract(
        operations.multiply(a[i] as Value, b[j] as Value),
        operations.multiply(a[j] as Value, b[i] as Value),
      );
    });
  },
  skew: ([array], operations) => {
    const [a, b, c] = (array as NumberArray).entries as readonly [Value, Value, Value];
    const zero = operations.integer(0);
    const minus = (value: Value): Value => operations.subtract(zero, value);
    return [zero, minus(c), b, c, zero, minus(a), minus(b), a, zero];
  },
  vec: ([array]) => turned(matrixOf(array as NumberArray)).flat(),
  unvec: ([array], _, sizes) => {
    const [rows = 1] = sizes;
    return tuples(sizes).map(([i = 1, j = 1]) => (array as NumberArray).entries[(j - 1) * rows + i - 1] ?? invalid);
  },
  kron: ([first, second], operations) => {
    const [left, right] = [matrixOf(first as NumberArray), matrixOf(second as NumberArray)];
    return left.flatMap((row) =>
      right.flatMap((other) => row.flatMap((a) => other.map((b) => operations.multiply(a, b)))),
    );
  },
  block: (args) => args.flatMap(({ entries }) => entries),
  tril: ([array], operations) => triangleOf(array as NumberArray, operations, (row, column) => row >= column),
  triu: ([array], operations) => triangleOf(array as NumberArray, operations, (row, column) => row <= column),
  stack: (args) => args.flatMap(({ entries }) => entries),
  part: ([array, from, count]) => {
    const { sizes, entries } = array as NumberArray;
    const [offset, length] = [wholeNumber(from), wholeNumber(count)];
    const [, columns = 1] = sizes;
    return entries.slice(offset * columns, (offset + length) * columns);
  },
  einsum: (args, operations) => {
    // Scalars behind the operands are the letters.
    const operands = args.filter(({ sizes }) => sizes.length > 0);
    return einsteinSum(operands, args.slice(operands.length).map(wholeNumber), operations);
  },
  column: ([array, index]) => {
    const at = wholeNumber(index);
    return matrixOf(array as NumberArray).map((row) => row[at - 1] ?? invalid);
  },
  row: ([array, index]) => matrixOf(array as NumberArray)[wholeNumber(index) - 1] ?? [],
  entry: ([array, ...indices]) => {
    const { sizes, entries } = array as NumberArray;
    return [entries[placeOf(indices.map(wholeNumber), sizes)] ?? invalid];
  },
} as const satisfies Readonly<Record<string, ArrayOperation>>;
