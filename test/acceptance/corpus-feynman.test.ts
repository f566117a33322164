/** Formulas of physics: every partial derivative, with its value at a point. */

import { evaluateText } from '../support/complex-value.ts';
import { type CorpusRow, readCorpus } from '../support/corpora.ts';
import { describeCorpus } from '../support/corpus-suite.ts';
import { foreignFunctions } from '../support/promised.ts';

/** Values are stated to fifteen digits. */
const lastDigit = 1e-14;

const rows = readCorpus('feynman_partials.tsv').map((row): CorpusRow => {
  const { name = '', expr = '', variable = '', point = '', value_of_partial: stated = '' } = row;
  const values = Object.fromEntries(point.split(' ').map((one) => one.split('=') as [string, string]));
  const judge = (answer: string): string[] => {
    const { re, im } = evaluateText(answer, { values }, 'decimals');
    const close = Math.abs(re - Number(stated)) <= lastDigit * Math.abs(Number(stated));
    return close && im === 0 ? [] : [`${answer} is ${re} + ${im} i, not ${stated}`];
  };
  const foreign = foreignFunctions(expr);
  const leftOut = foreign.length === 0 ? undefined : `${foreign.join(', ')}: not among the functions`;
  return { id: `${name} by ${variable}`, source: expr, wrt: variable, order: 1, judge, leftOut };
});

describeCorpus('feynman_partials.tsv', rows, 365);
