/** Elimination over any arithmetic: tangents pass through. */

import { baseOf, invalid, type Operations, type Value } from './arithmetic.ts';

export type Matrix = readonly (readonly Value[])[];

const sizeOf = (value: Value | undefined): number => {
  const size = value === undefined ? 0 : Math.hypot(baseOf(value).value, baseOf(value).imaginary ?? 0);
  return Number.isNaN(size) ? 0 : size;
};

/** Reduces the left `size` columns to an upper triangle, or to the identity; returns the determinant. */
function eliminate(rows: Value[][], operations: Operations, whole: boolean): Value {
  const { add, multiply, divide, integer } = operations;
  let determinant: Value = integer(1);
  for (let column = 0; column < rows.length; column++) {
    let pivotAt = column;
    for (let row = column + 1; row < rows.length; row++) {
      if (sizeOf(rows[row]?.[column]) > sizeOf(rows[pivotAt]?.[column])) pivotAt = row;
    }
    const pivotRow = rows[pivotAt] as Value[];
    const pivot = pivotRow[column] as Value;
    if (sizeOf(pivot) === 0) return invalid;
    if (pivotAt !== column) {
      [rows[pivotAt], rows[column]] = [rows[column] as Value[], pivotRow];
      determinant = multiply(integer(-1), determinant);
    }
    determinant = multiply(determinant, pivot);
    if (whole) rows[column] = pivotRow.map((value) => divide(value, pivot));
    const base = rows[column] as Value[];
    for (let row = whole ? 0 : column + 1; row < rows.length; row++) {
      if (row === column) continue;
      const own = rows[row] as Value[];
      const factor = whole ? (own[column] as Value) : divide(own[column] as Value, pivot);
      const minus = multiply(integer(-1), factor);
      rows[row] = own.map((value, k) => (k < column ? value : add(value, multiply(minus, base[k] as Value))));
    }
  }
  return determinant;
}

/** By elimination; where a pivot is 0, by traces of powers, which need none. */
export function determinant(matrix: Matrix, operations: Operations): Value {
  const found = eliminate(
    matrix.map((row) => [...row]),
    operations,
    false,
  );
  return found === invalid ? determinantByTraces(matrix, operations) : found;
}

/** Faddeev and LeVerrier (Gantmacher, The Theory of Matrices, 1959, chapter IV, section 5): divides by whole numbers alone. */
function determinantByTraces(matrix: Matrix, { add, multiply, divide, integer }: Operations): Value {
  const size = matrix.length;
  const sum = (values: readonly Value[]): Value => values.reduce((a, b) => add(a, b), integer(0));
  let power: Matrix = matrix.map((row, i) => row.map((_, j) => integer(i === j ? 1 : 0)));
  let coefficient: Value = integer(1);
  for (let k = 1; k <= size; k++) {
    const product = matrix.map((row) =>
      row.map((_, j) => sum(row.map((value, inner) => multiply(value, power[inner]?.[j] as Value)))),
    );
    coefficient = divide(sum(product.map((row, i) => row[i] as Value)), integer(-k));
    const last = coefficient;
    power = product.map((row, i) => row.map((value, j) => (i === j ? add(value, last) : value)));
  }
  return size % 2 === 0 ? coefficient : multiply(integer(-1), coefficient);
}

export function invert(matrix: Matrix, operations: Operations): Matrix {
  const size = matrix.length;
  const rows = matrix.map((row, i) => [
    ...row,
    ...Array.from({ length: size }, (_, j) => operations.integer(i === j ? 1 : 0)),
  ]);
  const value = eliminate(rows, operations, true);
  if (sizeOf(value) === 0) return matrix.map((row) => row.map(() => invalid));
  return rows.map((row) => row.slice(size));
}
