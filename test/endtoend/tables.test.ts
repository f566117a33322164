import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/derivation/derivation.ts';
import { derive, gradient, hessian, stationary } from '../../src/derive.ts';
import { readPrinted } from '../../src/endtoend/read.ts';
import { printText } from '../../src/syntax/print.ts';
import { readText } from '../../src/syntax/text.ts';
import { textsOf } from '../support/read-back.ts';
import { readExpressions, readLines } from '../support/table.ts';
import { readTextbook } from '../support/textbook.ts';

interface Row {
  readonly asked: string;
  readonly run: () => Result;
}

/** A tenth of the rows, all of them with ALL=1, and each fortieth in `npm run quick`. */
const every = process.env.ALL === '1' ? 1 : process.env.QUICK === '1' ? 40 : 10;
const sample = <T>(rows: readonly T[]): readonly T[] =>
  rows.filter((_, at) => at % every === 3 % every || rows.length < 20);

const detail = 'answer';

const scalars: readonly Row[] = [
  ...readLines('derivatives.txt').map((line) => {
    const [source = '', wrt = ''] = line.split(' => ');
    return { asked: line, run: () => derive(source, { wrt, detail }) };
  }),
  ...readExpressions().map(({ source, wrt, order }) => ({
    asked: `${source} by ${wrt}`,
    run: () => derive(source, { wrt, order, detail }),
  })),
];

const tables: Readonly<Record<string, readonly Row[]>> = {
  scalars,
  gradients: readLines('gradients.txt').map((line) => {
    const [source = '', wrt = ''] = line.split(' => ');
    return { asked: line, run: () => gradient(source, { wrt }) };
  }),
  matrix: readLines('matrix.txt').map((line) => {
    const [shapes = '', source = '', wrt = ''] = line.split(' | ');
    return { asked: line, run: () => derive(source, { wrt, shapes, detail }) };
  }),
  tasks: readLines('tasks.txt').map((line) => {
    const [task = '', source = '', asked = '{}'] = line.split(' => ');
    const verb = { derive, hessian, stationary }[task] ?? derive;
    return { asked: line, run: () => verb(source, { wrt: 'x', ...JSON.parse(asked), detail }) };
  }),
  textbook: readTextbook().map(({ source, wrt }) => ({
    asked: `${source} by ${wrt}`,
    run: () => derive(source, { wrt, detail }),
  })),
};

/** Rows of a sample of which the answer may be unknown; over all rows of each table it is fewer than one in twenty. */
const mostUnknown = 0.05;

describe('answers of the tables', () => {
  it.each(Object.entries(tables))('%s', (_, rows) => {
    const own = sample(rows);
    const verdicts = own.map(({ asked, run }) => {
      const result = run();
      for (const text of textsOf(result)) {
        const printed = readPrinted(text);
        if (printed !== undefined)
          expect(printText(printed)).toBe(printText(readText(text)[0]?.sides[0]?.node ?? printed));
      }
      return [asked, result.answer?.verdict, result.answer?.reason] as const;
    });
    expect(verdicts.filter(([, verdict]) => verdict === 'fails')).toEqual([]);
    const unknown = verdicts.filter(([, verdict]) => verdict === 'unknown');
    expect([unknown.length <= Math.max(1, mostUnknown * own.length), unknown]).toEqual([true, unknown]);
  });
});
