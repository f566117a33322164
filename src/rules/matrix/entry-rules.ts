/**
 * Entries of inverses and determinants among scalars: what stays of matrices where everything else is written with
 * indices (Petersen and Pedersen, The Matrix Cookbook, 2012, equations 40, 46 and 60).
 */

import { index, multiply, negate, number, sum } from '../../term/construct.ts';
import { knownDims } from '../../term/dims.ts';
import { entry } from '../../term/entries.ts';
import { freshIndexOutside } from '../../term/inspect.ts';
import { isTensor } from '../../term/tensor/base.ts';
import { inverse } from '../../term/tensor/products.ts';
import { entryOf } from '../../term/tensor/selection.ts';
import type { Term } from '../../term/term.ts';
import type { DerivativeRule } from '../rule.ts';

export const inverseEntryRule: DerivativeRule = {
  id: 'inverse-entry',
  states: 'd(inv(A)[i,j], x) = -sum(sum(inv(A)[i,p] * d(A[p,q], x) * inv(A)[q,j], q), p)',
  kinds: ['tensor'],
  rewrite: (of, by, { taken, inner }) => {
    if (!isTensor(of, 'entry')) return undefined;
    const [inverted, row, column] = of.args as [Term, Term, Term];
    if (!isTensor(inverted, 'inverse')) return undefined;
    const matrix = inverted.args[0] as Term;
    const after = negate(
      overEntries(matrix, taken, [row, column, by], (p, q) =>
        multiply(entryOf(inverted, [row, p]), inner(entry(matrix, [p, q]), by), entryOf(inverted, [q, column])),
      ),
    );
    return { after, facts: { of } };
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
  const names = new Set([...taken, ...around.flatMap((term) => [...term.free])]);
  const [rows, columns] = knownDims(matrix) as [Term, Term];
  const p = index(freshIndexOutside(names));
  const q = index(freshIndexOutside(new Set([...names, p.name])));
  const inside = sum(q, body(p, q), { from: number(1), to: columns });
  return sum(p, inside, { from: number(1), to: rows });
}
