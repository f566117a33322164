import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import { readModel } from '../../src/pipeline.ts';
import { MathError } from '../../src/problem.ts';
import { toLatexFormula } from '../../src/render/formula-latex.ts';
import { toUnicode } from '../../src/render/formula-unicode.ts';
import { spanOf } from '../../src/syntax/node.ts';
import { printText } from '../../src/syntax/print.ts';
import { scanSource } from '../../src/syntax/read.ts';
import { readText } from '../../src/syntax/text.ts';
import { inFreshStore } from '../../src/term/term.ts';
import { raise } from '../../src/writing/raise.ts';

const nested = (open: string, close: string, levels: number): string =>
  `${open.repeat(levels)}x${close.repeat(levels)}`;
const listed = (count: number, sign: string, part: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => part(at)).join(sign);

const levels = 10_000;
const terms = 100_000;
const sources: readonly (readonly [string, string])[] = [
  ['sin(sin(...))', nested('sin(', ')', levels)],
  ['brackets', nested('(', ')', levels)],
  ["Horner's form", nested('(1 + x*', ')', levels)],
  ['continued fractions', nested('1/(2 + ', ')', levels)],
  ['powers of sums', nested('(1 + ', ')^2', levels)],
  ['exponentials', nested('exp(1 + ', ')', levels)],
  ['several arguments', nested('f(y, ', ', z)', levels)],
  ['brackets of twice that depth', nested('max(y, 2*(', '))', levels - 1)],
  ['a sum', listed(terms, ' + ', (at) => `x${at}`)],
  ['a sum with differences', listed(terms / 4, ' - ', (at) => `2*sin(x${at})`)],
  ['a product', listed(terms / 2, '*', (at) => `x${at}`)],
  ['many lines', `${listed(3000, '\n', (at) => `y${at} = x + ${at}`)}\ny7`],
];

describe('a long or deep text', () => {
  it.each(sources)('is read, lowered and printed, and reads back: %s', (_, source) => {
    const before = performance.now();
    inFreshStore(() => {
      const { target } = readModel(scanSource, source, { wrt: 'x' });
      const tree = raise(target);
      const again = readModel(scanSource, printText(tree), { wrt: 'x' }).target;
      // Not toBe: where it fails, it would print both.
      expect(again === target || source.includes('\n')).toBe(true);
      expect(toUnicode(tree).length).toBeGreaterThan(0);
      expect(toLatexFormula(tree).length).toBeGreaterThan(0);
    });
    // Each takes about a second; what grows with the square of the length takes minutes.
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  it('has the places of its parts', () => {
    const source = nested('sin( ', ' )', 1000);
    const [side] = readText(source)[0]?.sides ?? [];
    expect(side === undefined ? undefined : spanOf(side.node)).toEqual({ start: 0, end: source.length });
  });

  it.each([
    ['a missing factor', nested('(1 + x*', ')', 500).replace('x*x)', 'x*)'), 'a value is expected here'],
    ['a comma', nested('(', ')', 500).replace('x', 'x,'), undefined],
    ['a bracket that is never closed', nested('(', ')', 500).slice(0, -1), 'this parenthesis is never closed'],
    ['more levels than are read', '('.repeat(30_000), 'brackets are nested deeper than 20000 levels'],
  ])('tells of %s at its place', (_, source, message) => {
    try {
      readText(source);
    } catch (error) {
      if (!(error instanceof MathError)) throw error;
      if (message !== undefined) expect(error.message).toBe(message);
      expect(error.span?.start).toBeGreaterThanOrEqual(0);
      expect(error.span?.end).toBeLessThanOrEqual(source.length + 1);
      if (message === 'a value is expected here') expect(source.charAt(error.span?.start ?? 0)).toBe(')');
      return;
    }
    throw new Error('nothing was refused');
  });

  it.each([
    ['quotients', 'x/'.repeat(500_000).concat('x')],
    ['powers', 'x^'.repeat(500_000).concat('x')],
    ['minus signs', '-'.repeat(1_900_000).concat('x')],
    ['cases', 'x>0?x:'.repeat(300_000).concat('x')],
    ['calls without end', 'f('.repeat(19_000)],
    ['a text of more than 2 MB', 'x+'.repeat(1_100_000)],
  ])('of a hostile kind is refused soon: %s', (_, source) => {
    const before = performance.now();
    expect(() => readText(source)).toThrow(MathError);
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  it('that can be read, but not differentiated, is refused with a sentence', () => {
    try {
      derive(nested('sin(', ')', levels), { wrt: 'x', verify: false });
    } catch (error) {
      expect(error).toBeInstanceOf(MathError);
    }
  });
});

describe('signs of print without end', () => {
  it.each([
    ['sums', `${'Σᵢ '.repeat(20_000)}xᵢ`],
    ['derivatives', `${'d/dx ('.repeat(20_000)}x${')'.repeat(20_000)}`],
    ['outer products', `${'x ⊗ '.repeat(20_000)}x`],
    ['braces', `${'{'.repeat(20_000)}x${'}'.repeat(20_000)}`],
    ['bars', `${'|'.repeat(20_001)}x`],
  ])('are refused: %s', (_, source) => {
    expect(() => readText(source)).toThrow(MathError);
  });

  it.each([
    ['products by brackets', 'x (a+b) '.repeat(5000)],
    ['bars', `${'|'.repeat(5000)}x${'|'.repeat(5000)}`],
    ['powers', 'x²'.repeat(5000)],
  ])('are read: %s', (_, source) => {
    expect(readText(source)).toHaveLength(1);
  });

  it('keeps the signs of a long sum', () => {
    const long = `2*x${' - x'.repeat(120)}${' + x'.repeat(61)}`;
    expect(derive(long, { wrt: 'x' }).result).toBe('-57');
  });
});
