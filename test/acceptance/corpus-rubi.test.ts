/** Integrals of the Rubi test suite: the derivative of the antiderivative is the integrand, at real and complex points. */

import { expect, it } from 'vitest';
import { compareTexts, evaluateText, type Setting } from '../support/complex-value.ts';
import { type Cells, type CorpusRow, hasCorpora, readCorpus } from '../support/corpora.ts';
import { describeCorpus } from '../support/corpus-suite.ts';

const rows = readCorpus('rubi_public_sample.tsv');

/** The point at which the corpus vouches for a row. `i` is the imaginary unit there, and for us a name like others. */
function witness(row: Cells): Setting {
  const point = JSON.parse(row.witness_point ?? '') as Record<string, number>;
  const values = Object.fromEntries(Object.entries(point).map(([name, value]) => [name, String(value)]));
  return { values, imaginary: true };
}

function toRow(id: string, row: Cells, antiderivative: string): CorpusRow {
  const { integrand = '', variable = '' } = row;
  const judge = (answer: string): string[] => {
    const { agree, error, left, right } = compareTexts(answer, integrand, witness(row));
    return agree ? [] : [`${answer} is ${left.re} + ${left.im} i, not ${right.re} + ${right.im} i (${error})`];
  };
  return { id, source: antiderivative, wrt: variable, order: 1, judge };
}

const derivatives = rows.flatMap((row) => {
  const { id = '', antiderivative = '', alt_antiderivative: other = '' } = row;
  const first = toRow(id, row, antiderivative);
  return other === '' ? [first] : [first, toRow(`${id} second form`, row, other)];
});

describeCorpus('rubi_public_sample.tsv', derivatives, 2006);

it.skipIf(!hasCorpora)('has a witness of each kind, and the value there that the corpus states', () => {
  const kinds = rows.map((row) => row.witness_kind);
  const real = kinds.filter((kind) => kind === 'real').length;
  console.log(`witnesses: ${real} real, ${rows.length - real} complex`);
  expect(new Set(kinds)).toEqual(new Set(['real', 'complex']));
  for (const row of rows) {
    const value = evaluateText(row.integrand ?? '', witness(row), 'decimals');
    const stated = evaluateText((row.integrand_at_witness ?? '').replace(/i$/, ' * i'), {
      values: {},
      imaginary: true,
    });
    // The corpus prints twelve digits.
    const apart = Math.hypot(value.re - stated.re, value.im - stated.im);
    expect(apart, row.id).toBeLessThanOrEqual(5e-11 * Math.hypot(stated.re, stated.im));
  }
});
