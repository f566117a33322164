/**
 * What is printed is read back: every result and step of the tables, in LaTeX and in Unicode, has its value again. A tenth of the
 * rows in `npm test`; all of them with `READ_BACK=all`, which takes minutes.
 */

import { readFileSync } from 'node:fs';
import { create, all as everything, type FactoryFunctionMap } from 'mathjs';
import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/derivation/derivation.ts';
import { derive, gradient, hessian, stationary } from '../../src/derive.ts';
import { parse } from '../../src/parse.ts';
import { latexOf } from '../../src/render/formula-text.ts';
import { formulaOptions } from '../../src/render/rows.ts';
import type { MathNode } from '../../src/syntax/node.ts';
import { readText } from '../../src/syntax/text.ts';
import { shapesOf } from '../support/matrix-corpus.ts';
import { comparePrinted, differenceOf, textsOf } from '../support/read-back.ts';
import { readExpressions, readLines } from '../support/table.ts';
import { readTextbook } from '../support/textbook.ts';

const options = { detail: 'every', verify: false } as const;

const tables: Readonly<Record<string, readonly (() => Result)[]>> = {
  'derivatives.txt': readLines('derivatives.txt').map((line) => {
    const [source = '', wrt = ''] = line.split(' => ');
    return () => derive(source, { ...options, wrt });
  }),
  'gradients.txt': readLines('gradients.txt').map((line) => {
    const [source = '', wrt = ''] = line.split(' => ');
    return () => gradient(source, { wrt, verify: false });
  }),
  'expressions.txt': readExpressions().map(
    ({ source, wrt, order }) =>
      () =>
        derive(source, { ...options, wrt, order }),
  ),
  'textbook.txt': readTextbook().map(
    ({ source, wrt }) =>
      () =>
        derive(source, { ...options, wrt }),
  ),
  'tasks.txt': readLines('tasks.txt').map((line) => {
    const [task = '', source = '', asked = '{}'] = line.split(' => ');
    const verb = { derive, hessian, stationary }[task] ?? derive;
    return () => verb(source, { wrt: 'x', ...JSON.parse(asked), ...options });
  }),
  'matrix.txt': readLines('matrix.txt').map((line) => {
    const [shapes = '', source = '', wrt = ''] = line.split(' | ');
    return () => derive(source, { ...options, wrt, shapes });
  }),
  'matrix-identities.tsv': readFileSync(new URL('../cases/matrix-identities.tsv', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !/^(?:#|id\t)/.test(line))
    .map((line) => {
      const [, , declaration = '', source = '', wrt = ''] = line.split('\t');
      return () => derive(source, { ...options, wrt, shapes: shapesOf(declaration) });
    }),
};

/** Every row where all are wanted, else each so many. */
const step = process.env.READ_BACK === 'all' ? 1 : 17;
const sampled = Object.entries(tables).map(([table, rows]) => ({
  table,
  results: rows.filter((_, at) => at % step === 0).map((run) => run()),
}));

describe.each(sampled)('what is printed over $table', ({ results }) => {
  it.each(['unicode', 'latex'] as const)('has its value again when it is read: %s', (notation) => {
    const wrong = results.flatMap((result) =>
      textsOf(result).flatMap((text) => {
        const difference = differenceOf(text, result, notation);
        return difference === undefined ? [] : [`${text}: ${difference}`];
      }),
    );
    expect(wrong).toEqual([]);
  }, 900_000);

  it('is the same tree for mathjs, as text and as what `parse` makes of LaTeX', () => {
    const texts = results.flatMap((result) => textsOf(result).map((text) => ({ text, result })));
    const plain = texts.filter(({ text }) => !/['"=<>:]|\bD\(/.test(text));
    expect(plain.length).toBeGreaterThan(results.length);
    for (const { text, result } of plain) {
      expect(treeOf(text)).toBe(wholly(readText(text)[0]?.sides[0]?.node as MathNode));
      const written = parse(latexOf(text, formulaOptions(result, 'en')), { syntax: 'latex' }).toString();
      expect([written, treeOf(written)]).toEqual([written, wholly(readText(written)[0]?.sides[0]?.node as MathNode)]);
    }
  }, 900_000);
});

const mathjs = create(everything as FactoryFunctionMap);

function treeOf(text: string): string {
  return mathjs.parse(text).toString({ parenthesis: 'all', implicit: 'show' });
}

function wholly(node: MathNode): string {
  return node.toString({ parenthesis: 'all', implicit: 'show' });
}

describe('the comparison', () => {
  const result = derive('a*x/(b*y)', { wrt: 'x', verify: false });
  const statement = readText('3 / (2 * y * x)')[0];

  it.each([
    ['3 / 2 y x', false],
    ['3/(2 x y)', true],
    ['3/(2 y + x)', false],
    ['3/(2 y z)', false],
    ['3/(2 y x', false],
  ])('of 3/(2 y x) with %s is %s', (printed, isSame) => {
    if (statement === undefined) throw new Error('nothing is read');
    expect(comparePrinted(statement, printed, readText, result) === undefined).toBe(isSame);
  });

  it('reads a fraction as mathjs would evaluate it', () => {
    expect(mathjs.evaluate(parse('\\frac{3}{2 y x}').toString(), { x: 4, y: 5 })).toBe(3 / 40);
  });
});
