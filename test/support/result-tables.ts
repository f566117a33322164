/** The tables of `test/cases` that ask for derivations, as runs: each row gives the result that its verb makes of it. */

import { readFileSync } from 'node:fs';
import type { Result } from '../../src/derivation/derivation.ts';
import { derive, gradient, hessian, stationary } from '../../src/derive.ts';
import type { Detail } from '../../src/options.ts';
import { shapesOf } from './matrix-corpus.ts';
import { readExpressions, readLines } from './table.ts';
import { readTextbook } from './textbook.ts';

/** One row: what is asked for, as one reads it in a message, and the run. */
export interface ResultRow {
  readonly asked: string;
  readonly run: () => Result;
}

/** The rows of each table, derived at one level of detail and not verified. */
export function resultTables(detail: Detail): Readonly<Record<string, readonly ResultRow[]>> {
  const options = { detail, verify: false } as const;
  return {
    'derivatives.txt': readLines('derivatives.txt').map((line) => {
      const [source = '', wrt = ''] = line.split(' => ');
      return { asked: `${source} by ${wrt}`, run: () => derive(source, { ...options, wrt }) };
    }),
    'gradients.txt': readLines('gradients.txt').map((line) => {
      const [source = '', wrt = ''] = line.split(' => ');
      return { asked: `${source} by ${wrt}`, run: () => gradient(source, { wrt, verify: false }) };
    }),
    'expressions.txt': readExpressions().map(({ source, wrt, order }) => ({
      asked: `${source} by ${wrt}, order ${order}`,
      run: () => derive(source, { ...options, wrt, order }),
    })),
    'textbook.txt': readTextbook().map(({ source, wrt }) => ({
      asked: `${source} by ${wrt}`,
      run: () => derive(source, { ...options, wrt }),
    })),
    'tasks.txt': readLines('tasks.txt').map((line) => {
      const [task = '', source = '', asked = '{}'] = line.split(' => ');
      const verb = { derive, hessian, stationary }[task] ?? derive;
      return {
        asked: `${task} ${source} ${asked}`,
        run: () => verb(source, { wrt: 'x', ...JSON.parse(asked), ...options }),
      };
    }),
    'matrix.txt': readLines('matrix.txt').map((line) => {
      const [shapes = '', source = '', wrt = ''] = line.split(' | ');
      return { asked: `${source} by ${wrt}, ${shapes}`, run: () => derive(source, { ...options, wrt, shapes }) };
    }),
    'matrix-identities.tsv': readFileSync(new URL('../cases/matrix-identities.tsv', import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !/^(?:#|id\t)/.test(line))
      .map((line) => {
        const [, , declaration = '', source = '', wrt = ''] = line.split('\t');
        const shapes = shapesOf(declaration);
        return { asked: `${source} by ${wrt}, ${shapes}`, run: () => derive(source, { ...options, wrt, shapes }) };
      }),
  };
}
