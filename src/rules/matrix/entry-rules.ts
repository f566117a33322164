/**
 * Entries of inverses and determinants among scalars: what stays of matrices where everything else is written with
 * indices (Petersen and Pedersen, The Matrix Cookbook, 2012, equations 40, 46 and 60).
 */

import { addAll, index, multiply, negate, subtract } from '../../term/construct.ts';
import { knownDims } from '../../term/dims.ts';
import { entry, summedOverEntries } from '../../term/entries.ts';
import { eye, isTensor } from '../../term/tensor/base.ts';
import { inverse, matmul, transpose } from '../../term/tensor/products.ts';
import { entryOf } from '../../term/tensor/selection.ts';
import type { Term } from '../../term/term.ts';
import type { DerivativeRule } from '../rule.ts';

export const inverseEntryRule: DerivativeRule = {
  id: 'inverse-entry',
  states: 'd(inv(A)[i,j], x) = -sum(sum(inv(A)[i,p] * d(A[p,q], x) * inv(A)[q,j], q), p)',
  kinds: ['tensor'],
  rewrite: (of, by, { taken, inner }) => {
    if (!isTensor(of, 'entry')) return undefined;
    const [inverted, row, column] = of.args as [Term, Term?, Term?];
    // Of one row and one column an entry needs no two indices.
    if (!isTensor(inverted, 'inverse') || row === undefined || column === undefined) return undefined;
    const matrix = inverted.args[0] as Term;
    const after = negate(
      overEntries(matrix, taken, [row, column, by], (p, q) =>
        multiply(entryOf(inverted, [row, p]), inner(entry(matrix, [p, q]), by), entryOf(inverted, [q, column])),
      ),
    );
    return { after, facts: { of } };
  },
};

export const pseudoInverseEntryRule: DerivativeRule = {
  // Golub and Pereyra, "The differentiation of pseudo-inverses", 1973, equation 4.12.
  id: 'pseudo-inverse',
  states:
    "d(P[i,j], x) = sum(sum(d(A[p,q], x) * ((P*P')[i,q]*(I - A*P)[p,j] + (I - P*A)[i,q]*(P'*P)[p,j] - P[i,p]*P[q,j]), q), p) where P = pinv(A)",
  kinds: ['tensor'],
  rewrite: (of, by, { taken, inner }) => {
    if (!isTensor(of, 'entry')) return undefined;
    const [inverted, row, column] = of.args as [Term, Term?, Term?];
    if (!isTensor(inverted, 'pinv') || row === undefined || column === undefined) return undefined;
    const matrix = inverted.args[0] as Term;
    const [rows, columns] = knownDims(matrix) as [Term, Term];
    const flat = transpose(inverted);
    const left = subtract(eye(rows), matmul(matrix, inverted));
    const right = subtract(eye(columns), matmul(inverted, matrix));
    const after = overEntries(matrix, taken, [row, column, by], (p, q) =>
      multiply(
        inner(entry(matrix, [p, q]), by),
        addAll([
          multiply(entryOf(matmul(inverted, flat), [row, q]), entryOf(left, [p, column])),
          multiply(entryOf(right, [row, q]), entryOf(matmul(flat, inverted), [p, column])),
          negate(multiply(entryOf(inverted, [row, p]), entryOf(inverted, [q, column]))),
        ]),
      ),
    );
    return { after, facts: { of: inverted } };
  },
};

export const determinantEntryRule: DerivativeRule = {
  id: 'det',
  states: 'd(det(A), x) = det(A) * sum(sum(inv(A)[q,p] * d(A[p,q], x), q), p)',
  kinds: ['tensor'],
  rewrite: (of, by, { taken, inner }) => {
    if (!isTensor(of, 'det') && !isTensor(of, 'logdet')) return undefined;
    const matrix = of.args[0] as Term;
    const slope = overEntries(matrix, taken, [by], (p, q) =>
      multiply(entryOf(inverse(matrix), [q, p]), inner(entry(matrix, [p, q]), by)),
    );
    return { after: isTensor(of, 'det') ? multiply(of, slope) : slope, facts: { of } };
  },
};

/** A sum over all entries of a matrix, its indices named apart from what stands around. */
function overEntries(
  matrix: Term,
  taken: ReadonlySet<string>,
  around: readonly Term[],
  body: (row: Term, column: Term) => Term,
): Term {
  return summedOverEntries(matrix, [...around, ...[...taken].map(index)], body);
}
