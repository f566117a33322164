/**
 * What a weight on a Kronecker product means for its factors. In general it is a sum over blocks, which has no matrix form;
 * where the weight is a sum of Kronecker products or of columns times rows, it has one (Van Loan, "The ubiquitous Kronecker
 * product", 2000, section 5).
 */

import { addAll, isNumber, multiply } from '../../term/construct.ts';
import { knownDims } from '../../term/dims.ts';
import { eye, isTensor, ones, splitScalar } from '../../term/tensor/base.ts';
import { total } from '../../term/tensor/entrywise.ts';
import { rowsAndColumns, unvec } from '../../term/tensor/parts.ts';
import { isSquare, matmul, transpose } from '../../term/tensor/products.ts';
import { pair } from '../../term/tensor/square.ts';
import type { TensorTerm, Term } from '../../term/term.ts';

/** The weights of both factors; undefined where they have no matrix form. */
export function throughKronecker(weight: Term, term: TensorTerm): readonly [Term, Term] | undefined {
  const [left, right] = term.args as [Term, Term];
  const parts = weight.kind === 'add' ? weight.terms : [weight];
  const found = parts.map((part) => {
    const [scalar, rest] = splitScalar(part);
    const own = term.rank === 1 ? throughColumns(rest, left, right) : throughBlocks(rest, left, right);
    return own?.map((one) => multiply(scalar, one)) as [Term, Term] | undefined;
  });
  if (found.includes(undefined)) return undefined;
  return [0, 1].map((at) => addAll(found.map((own) => (own as [Term, Term])[at] as Term))) as [Term, Term];
}

/** Of two vectors: the weight is a matrix with a column for each entry of the left one. */
function throughColumns(weight: Term, left: Term, right: Term): [Term, Term] {
  const square = folded(weight, rowsAndColumns(right)[0], rowsAndColumns(left)[0]);
  return [matmul(transpose(square), right), matmul(square, left)];
}

function throughBlocks(weight: Term, left: Term, right: Term): [Term, Term] | undefined {
  if (isTensor(weight, 'ones')) {
    return [multiply(total(right), ones(knownDims(left))), multiply(total(left), ones(knownDims(right)))];
  }
  if (isTensor(weight, 'eye') && isSquare(left) && isSquare(right)) {
    const [one, other] = [left, right].map((part) => eye(knownDims(part)[0] as Term)) as [Term, Term];
    return [multiply(pair(other, right), one), multiply(pair(one, left), other)];
  }
  if (isTensor(weight, 'kron')) {
    const [one, other] = weight.args as [Term, Term];
    const fits = sameDims(one, left) && sameDims(other, right);
    return fits ? [multiply(pair(other, right), one), multiply(pair(one, left), other)] : undefined;
  }
  return throughOuterProduct(weight, left, right);
}

/** u v' is a weight of which each side folds into a matrix: u' (A x B) v = tr(U' B V A'). */
function throughOuterProduct(weight: Term, left: Term, right: Term): [Term, Term] | undefined {
  if (!isTensor(weight, 'matmul')) return undefined;
  const at = weight.args.findIndex((link) => link.rank === 1);
  if (at < 0) return undefined;
  const [column, row] = [weight.args.slice(0, at + 1), weight.args.slice(at + 1)];
  const [[m, n], [p, q]] = [rowsAndColumns(left), rowsAndColumns(right)];
  const U = folded(matmul(...column), p, m);
  const V = folded(transpose(matmul(...row)), q, n);
  return [matmul(transpose(U), right, V), matmul(U, left, transpose(V))];
}

/** A vector as a matrix of so many rows and columns; with one column it is itself, with one row a row. */
function folded(vector: Term, rows: Term, columns: Term): Term {
  if (isNumber(columns, 1)) return vector;
  return isNumber(rows, 1) ? transpose(vector) : unvec(vector, rows, columns);
}

function sameDims(left: Term, right: Term): boolean {
  const [a, b] = [knownDims(left), knownDims(right)];
  return a.length === b.length && a.every((dim, at) => dim === b[at]);
}
