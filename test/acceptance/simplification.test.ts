/** Simplifications that are wrong for some numbers, by name: none of them happens. */

import { describe, expect, it } from 'vitest';
import { present } from '../../src/calculus/present.ts';
import { readModel } from '../../src/pipeline.ts';
import { MathError } from '../../src/problem.ts';
import { printText } from '../../src/syntax/print.ts';
import { scanText } from '../../src/syntax/text.ts';
import { inFreshStore, type Term } from '../../src/term/term.ts';
import { raise } from '../../src/writing/raise.ts';
import { compareTexts, evaluateText } from '../support/complex-value.ts';
import { realFunctions } from '../support/real-points.ts';
import { readLines } from '../support/table.ts';

interface Point {
  readonly values: Readonly<Record<string, string>>;
  readonly kind: 'value' | 'none' | 'gains';
}

const cases = readLines('simplification.txt').map((line) => {
  const [source = '', points = '', forbidden = ''] = line.split(' => ');
  return { source, points, forbidden: forbidden.split(' | ') };
});

function readPoint(text: string): Point {
  const kind = /(none|gains)$/.exec(text)?.[1] ?? 'value';
  const values = [...text.matchAll(/(\w+)=([-.\d]+)/g)].map(([, name = '', value = '']) => [name, value]);
  return { values: Object.fromEntries(values), kind: kind as Point['kind'] };
}

const read = (text: string): Term => readModel(scanText, text, { wrt: 'x' }).target;
const simplify = (text: string): string => inFreshStore(() => printText(raise(present(read(text)))));

describe('a simplification', () => {
  it.each(cases)('of $source keeps every value', ({ source, points }) => {
    if (points === 'refused') {
      expect(() => simplify(source)).toThrow(MathError);
      return;
    }
    const simplified = simplify(source);
    for (const { values, kind } of points.split('; ').map(readPoint)) {
      const setting = { values, real: true, call: realFunctions };
      const wanted = evaluateText(source, setting).re;
      expect(Number.isFinite(wanted), `${source} at ${JSON.stringify(values)}`).toBe(kind === 'value');
      if (kind === 'gains') continue;
      const found = evaluateText(simplified, setting).re;
      const where = `${source} became ${simplified}, at ${JSON.stringify(values)}`;
      if (kind === 'none') expect(Number.isFinite(found), where).toBe(false);
      else expect(compareTexts(simplified, source, setting).agree, where).toBe(true);
    }
  });

  it.each(cases.filter(({ points }) => points !== 'refused'))('of $source is none of $forbidden', ({
    source,
    forbidden,
  }) => {
    inFreshStore(() => {
      const found = present(read(source));
      for (const one of forbidden) expect(found, `${source} became ${one}`).not.toBe(present(read(one)));
    });
  });

  it.each([
    ['x*(x^2)^(5/2)/(x^2)^(3/2)', 'x^3'],
    ['x*sqrt(x^2)*sqrt(x^2)', 'x^3'],
    ['(x^a)^(1/2)*(x^a)^(1/2)*x', 'x^(a + 1)'],
  ])('makes one term of %s and %s', (one, other) => {
    inFreshStore(() => expect(read(one)).toBe(read(other)));
  });

  it('is looked at by at least a hundred names', () => {
    expect(cases.length).toBeGreaterThanOrEqual(100);
  });
});
