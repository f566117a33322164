/**
 * What is picked out of vectors and matrices: entries, columns and rows, and the unit vectors that pick them. A column and a
 * row are both vectors, that is columns, as the samples x_i of a data matrix are: row i of A is A' e_i.
 */

import { add, delta, element, isNumber, multiply, one } from '../construct.ts';
import { knownDims } from '../dims.ts';
import { makeTensor } from '../make.ts';
import type { TensorTerm, Term } from '../term.ts';
import { eye, isRow, isTensor, linearly, ones, refit, splitScalar } from './base.ts';

/** An entry of what is no name; of a name it is an element. */
export function entryOf(whole: Term, indices: readonly Term[]): Term {
  if (isNumber(whole, 0)) return whole;
  const [scalar, rest] = splitScalar(whole);
  if (!isNumber(scalar, 1)) return multiply(scalar, entryOf(rest, indices));
  if (isTensor(whole, 'transpose') && !isRow(whole)) return entryOf(whole.args[0] as Term, [...indices].reverse());
  if (whole.kind === 'symbol') return element(whole, indices);
  if (whole.kind === 'element') return element(whole.base, [...whole.indices, ...indices]);
  if (isTensor(whole, 'ones')) return one();
  if (isSelection(whole)) return entryOfSelection(whole, indices[0] as Term);
  return makeTensor('entry', [whole, ...indices], [], ([part, ...changed]) =>
    entryOf(refit(part as Term, whole), changed),
  );
}

function entryOfSelection(selection: TensorTerm, at: Term): Term {
  const [matrix, fixed] = selection.args as [Term, Term];
  if (isTensor(matrix, 'eye')) return delta(at, fixed);
  return entryOf(matrix, selection.operation === 'column' ? [at, fixed] : [fixed, at]);
}

/** The j-th unit vector of this length: the j-th column of the identity. */
export function unitVector(size: Term, at: Term): Term {
  return column(eye(size), at);
}

/** Where a unit vector is 1; undefined for anything else. */
export function placeOfUnit(term: Term): Term | undefined {
  return isTensor(term, 'column') && isTensor(term.args[0] as Term, 'eye') ? (term.args[1] as Term) : undefined;
}

/** Whether a term is a column or a row of a matrix. */
export function isSelection(term: Term): term is TensorTerm {
  return isTensor(term, 'column') || isTensor(term, 'row');
}

/** The same column or row of another matrix. */
export function selectedAlike(selection: TensorTerm, matrix: Term): Term {
  return selected(selection.operation === 'column' ? 'column' : 'row', matrix, selection.args[1] as Term);
}

/** Column j of a matrix, A e_j. */
export function column(matrix: Term, at: Term): Term {
  return selected('column', matrix, at);
}

/** Row i of a matrix as a vector, A' e_i. */
export function row(matrix: Term, at: Term): Term {
  return selected('row', matrix, at);
}

function selected(operation: 'column' | 'row', matrix: Term, at: Term): Term {
  return linearly(matrix, (bare) => {
    const [rows, columns] = knownDims(bare) as [Term, Term];
    if (isTensor(bare, 'transpose') && !isRow(bare)) {
      return selected(operation === 'column' ? 'row' : 'column', bare.args[0] as Term, at);
    }
    if (isTensor(bare, 'part') && operation === 'row' && [bare.args[1], at].every((one) => one?.kind === 'number')) {
      return selected('row', bare.args[0] as Term, add(bare.args[1] as Term, at));
    }
    if (isTensor(bare, 'ones')) return ones([operation === 'column' ? rows : columns]);
    if (isTensor(bare, 'diag')) return multiply(entryOf(bare.args[0] as Term, [at]), unitVector(rows, at));
    if (isTensor(bare, 'eye') && operation === 'row') return unitVector(rows, at);
    return makeTensor(operation, [bare, at], [operation === 'column' ? rows : columns], ([part, place]) =>
      selected(operation, refit(part as Term, bare), place as Term),
    );
  });
}
