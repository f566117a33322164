/** Columns and rows of sums and products: (A B)[:, j] = A B[:, j], (u v')[:, j] = v[j] u, (A B)[i, :] = B' A[i, :]. */

import { addAll, apply, genericApply, multiply, multiplyAll, number, power } from '../term/construct.ts';
import { isRow, isTensor, splitScalar } from '../term/tensor/base.ts';
import { matmul, transpose } from '../term/tensor/products.ts';
import { entryOf, selectedAlike } from '../term/tensor/selection.ts';
import type { TensorTerm, Term } from '../term/term.ts';

/** The column or row of `matrix` that `selection` is of its own, as far inside as products and sums let it. */
export function pick(selection: TensorTerm, matrix: Term): Term {
  if (matrix.rank < 2) return matrix;
  const part = (inner: Term): Term => pick(selection, inner);
  switch (matrix.kind) {
    case 'add':
      return addAll(matrix.terms.map(part));
    case 'multiply':
      return multiplyAll([number(matrix.coefficient), ...matrix.factors.map(part)]);
    case 'power':
      return power(part(matrix.base), part(matrix.exponent));
    case 'apply':
      return matrix.generic
        ? genericApply(matrix.name, matrix.args.map(part), matrix.orders)
        : apply(matrix.name, ...matrix.args.map(part));
    default:
      return isTensor(matrix, 'matmul') ? pickFromProduct(selection, matrix.args) : selectedAlike(selection, matrix);
  }
}

function pickFromProduct(selection: TensorTerm, links: readonly Term[]): Term {
  // Row i of a product is column i of its transpose.
  const own = selection.operation === 'column' ? links : [...links].reverse().map(transpose);
  const [last, before] = [own[own.length - 1] as Term, own.slice(0, -1)];
  const [scalar, rest] = splitScalar(last);
  if (isRow(rest)) {
    const vector = (rest as TensorTerm).args[0] as Term;
    return multiply(scalar, entryOf(vector, [selection.args[1] as Term]), matmul(...before));
  }
  const whole = selection.operation === 'column' ? last : transpose(last);
  return matmul(...before, pick(selection, whole));
}
