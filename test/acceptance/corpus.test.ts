/** Derivatives that the tests of mathjs and SymPy and a list of rules state, one function each, at points of both signs. */

import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import { evaluateText } from '../support/complex-value.ts';
import { type Cells, type CorpusRow, hasCorpora, readCorpus } from '../support/corpora.ts';
import { describeCorpus } from '../support/corpus-suite.ts';
import { foreignFunctions } from '../support/promised.ts';
import { isReal, judgeAtPoints, type Point, usualPoints } from '../support/real-points.ts';

/** What a definition f(x) = ... defines. */
const bodyOf = (text: string): string => text.replace(/^\w+\(\w+\) *=/, '');

/** SymPy's Sum(u, (k, 1, n)) in our syntax. */
const ourSums = (text: string): string =>
  text.replace(
    /Sum\((.+?), \((\w+), (\w+), (\w+)\)\)/g,
    (_, body, index, from, to) => `sum(${body}, ${index}, ${from}, ${to})`,
  );

interface Statement {
  readonly source: string;
  readonly wrt: string;
  /** Undefined where the corpus knows its answer to be wrong. */
  readonly expected: string | undefined;
  readonly points: readonly Point[];
  readonly order?: number;
  readonly leftOut?: string | undefined;
}

function toRow({ source, wrt, expected, points, order = 1, leftOut }: Statement): CorpusRow {
  const judge = (answer: string) => judgeAtPoints({ source: bodyOf(source), wrt, expected }, answer, points);
  return { id: `d/d${wrt} ${source}`, source, wrt, order, judge, leftOut: leftOut ?? foreign(source) };
}

function foreign(source: string): string | undefined {
  const names = foreignFunctions(bodyOf(source));
  return names.length === 0 ? undefined : `${names.join(', ')}: not among the functions of a scalar expression`;
}

function ownPoint(text: string): Point {
  const point = JSON.parse(text) as Record<string, number>;
  return Object.fromEntries(Object.entries(point).map(([name, value]) => [name, String(value)]));
}

const ofMathjs = readCorpus('mathjs_derivative_cases.tsv').map((row) =>
  toRow({
    source: row.expr ?? '',
    wrt: row.variable ?? '',
    expected: row.status === 'WRONG' ? undefined : row.expected,
    points: usualPoints,
  }),
);

const ofRules = readCorpus('scalar_rules.tsv').map((row) =>
  toRow({
    source: row.expr ?? '',
    wrt: row.variable ?? '',
    expected: row.derivative,
    points: [ownPoint(row.real_point ?? ''), ...usualPoints],
  }),
);

const ofSympy = readCorpus('sympy_diff_cases.tsv').map((row) =>
  toRow({
    source: ourSums(row.expr ?? ''),
    wrt: row.variable ?? '',
    expected: ourSums(row.expected ?? ''),
    points: usualPoints,
    order: Number(row.order),
    leftOut: row.status === 'ok' ? undefined : `${row.status}: the corpus does not vouch for ${row.expected}`,
  }),
);

describeCorpus('mathjs_derivative_cases.tsv', ofMathjs, 86);
describeCorpus('scalar_rules.tsv', ofRules, 72);
describeCorpus('sympy_diff_cases.tsv', ofSympy, 38);

describe.skipIf(!hasCorpora)('an answer that the corpus knows to be wrong', () => {
  const wrong = readCorpus('mathjs_derivative_cases.tsv').filter((row) => row.status === 'WRONG');

  it.each(wrong)('$expr by $variable is not ours', ({ expr = '', variable = '', expected = '' }: Cells) => {
    const answer = derive(expr, { wrt: variable }).expanded;
    const points = usualPoints.filter((one) => isReal(expr, one) && isReal(expected, one));
    expect(points.length).toBeGreaterThan(0);
    for (const values of points) {
      expect(Math.abs(evaluateText(answer, { values }).re - evaluateText(expected, { values }).re)).toBeGreaterThan(
        1e-3,
      );
    }
  });
});
