/**
 * What is printed is read back: every result and step of the tables, in LaTeX and in Unicode, has its value again. A tenth of the
 * rows in `npm test`; all of them with `READ_BACK=all`, which takes minutes.
 */

import { create, all as everything, type FactoryFunctionMap } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import { parse } from '../../src/parse.ts';
import { latexOf } from '../../src/render/formula-text.ts';
import { formulaOptions } from '../../src/render/rows.ts';
import type { MathNode } from '../../src/syntax/node.ts';
import { readText } from '../../src/syntax/text.ts';
import { comparePrinted, differenceOf, textsOf } from '../support/read-back.ts';
import { resultTables } from '../support/result-tables.ts';

/** Every row where all are wanted, else each so many. */
const step = process.env.READ_BACK === 'all' ? 1 : 17;
const sampled = Object.entries(resultTables('every')).map(([table, rows]) => ({
  table,
  results: rows.filter((_, at) => at % step === 0).map(({ run }) => run()),
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
