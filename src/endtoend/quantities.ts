/** Scalars and arrays, and what operators make of them: a scalar beside an array stands for each of its entries. */

import { type Operations, stop, type Value } from '../numbers/arithmetic.ts';
import {
  type ArrayOperation,
  arrayOperations,
  matrixOf,
  type NumberArray,
  product,
  turned,
} from '../numbers/arrays.ts';

export type Quantity = Value | NumberArray;

export const isArray = (quantity: Quantity): quantity is NumberArray => 'sizes' in quantity;

export function arrayOf(quantity: Quantity): NumberArray {
  return isArray(quantity) ? quantity : { sizes: [], entries: [quantity] };
}

export function scalarOf(quantity: Quantity): Value {
  if (!isArray(quantity)) return quantity;
  return quantity.entries.length === 1 && quantity.entries[0] !== undefined
    ? quantity.entries[0]
    : stop('shape-clash: an array stands where a scalar is meant');
}

/** An array with these sizes; a scalar where there are none, and where a matrix is 1 by 1. */
export function quantityOf(sizes: readonly number[], entries: readonly Value[]): Quantity {
  const isScalar = sizes.length === 0 || (sizes.length === 2 && entries.length === 1);
  return isScalar ? (entries[0] as Value) : { sizes, entries };
}

/** Entry by entry. */
export function combine(quantities: readonly Quantity[], of: (...values: readonly Value[]) => Value): Quantity {
  const [first, second] = quantities;
  if (quantities.length === 2 && first !== undefined && second !== undefined && !isArray(first) && !isArray(second)) {
    return of(first, second);
  }
  const shaped = quantities.find(isArray);
  if (shaped === undefined) return of(...(quantities as readonly Value[]));
  for (const one of quantities) {
    const fits =
      !isArray(one) ||
      (one.sizes.length === shaped.sizes.length && one.sizes.every((size, at) => size === shaped.sizes[at]));
    if (!fits) stop('shape-clash: the parts of a sum or an entrywise product differ in shape');
  }
  const entries = shaped.entries.map((_, at) =>
    of(...quantities.map((one) => (isArray(one) ? (one.entries[at] as Value) : one))),
  );
  return { sizes: shaped.sizes, entries };
}

export function transpose(quantity: Quantity): Quantity {
  if (!isArray(quantity)) return quantity;
  const { sizes, entries } = quantity;
  if (sizes.length === 1) return { sizes: [1, sizes[0] as number], entries };
  if (sizes.length !== 2) return stop('shape-clash: the transpose of an array');
  const back = turned(matrixOf(quantity)).flat();
  // The transpose of a row is a vector.
  return sizes[0] === 1
    ? { sizes: [sizes[1] as number], entries: back }
    : { sizes: [sizes[1] as number, sizes[0] as number], entries: back };
}

/** The product of matrices; a vector is one column. */
export function multiply(left: Quantity, right: Quantity, operations: Operations): Quantity {
  if (!isArray(left) || !isArray(right)) return combine([left, right], operations.multiply);
  if (left.sizes.length > 2 || right.sizes.length > 2) return stop('shape-clash: a product of arrays');
  const [rows = 1, inner = 1] = left.sizes;
  const [height = 1, columns = 1] = right.sizes;
  if (inner !== height) {
    // X[i, :] w: as a column the row fits nowhere on the left, and as a row it says what is meant.
    if (left.sizes.length === 1 && rows === height) return multiply(transpose(left), right, operations);
    return stop('shape-clash: the factors of a product do not fit');
  }
  const entries = product(matrixOf(left), matrixOf(right), operations).flat();
  return right.sizes.length === 1 && rows > 1 ? { sizes: [rows], entries } : quantityOf([rows, columns], entries);
}

export function identity(size: number, operations: Operations): NumberArray {
  const entries = Array.from({ length: size * size }, (_, at) =>
    operations.integer(Math.floor(at / size) === at % size ? 1 : 0),
  );
  return { sizes: [size, size], entries };
}

export type ArrayName = keyof typeof arrayOperations;

/** An operation on arrays; `sizes` are those of its value. */
export function operate(
  name: ArrayName,
  args: readonly Quantity[],
  sizes: readonly number[],
  operations: Operations,
): Quantity {
  const operation: ArrayOperation = arrayOperations[name];
  return quantityOf(sizes, operation(args.map(arrayOf), operations, sizes));
}
