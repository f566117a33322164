import fc from 'fast-check';
import { all, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import type { Derivation } from '../../src/derivation/derivation.ts';
import { derive, safeDerive } from '../../src/derive.ts';
import { parse } from '../../src/parse.ts';
import { type MathNode, spanOf, view } from '../../src/syntax/node.ts';
import { printText } from '../../src/syntax/print.ts';

if (all === undefined) throw new Error('mathjs without its functions');
const math = create(all);

/** Expressions in x and y that are smooth wherever they have a value. */
const expressions = fc.letrec<{ any: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(fc.constantFrom('x', 'y'), fc.integer({ min: 1, max: 9 }).map(String)),
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc.tuple(tie('any'), fc.constantFrom('+', '-', '*', '/'), tie('any')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    fc.tuple(tie('any'), fc.integer({ min: 2, max: 3 })).map(([a, n]) => `(${a})^${n}`),
    fc.tuple(fc.constantFrom('sin', 'cos', 'exp', 'tanh', 'sigmoid'), tie('any')).map(([f, a]) => `${f}(${a})`),
  ),
})).any;

const own = { sigmoid: (x: number) => 1 / (1 + Math.exp(-x)) };

function valueAt(text: string, x: number, y: number): number {
  return Number(math.evaluate(text, { ...own, x, y }));
}

/** Five-point central difference: error of order h^4. */
function slopeAt(text: string, x: number, y: number, h: number): number {
  const f = (at: number): number => valueAt(text, at, y);
  return (f(x - 2 * h) - 8 * f(x - h) + 8 * f(x + h) - f(x + 2 * h)) / (12 * h);
}

/** A literal division by zero is refused as bad input. */
function deriveOrSkip(source: string): Derivation {
  const result = safeDerive(source, { wrt: 'x' });
  fc.pre('schema' in result);
  return result as Derivation;
}

describe('a random expression', () => {
  it('has a derivative that no certificate fails and that agrees with differences', () => {
    let compared = 0;
    fc.assert(
      fc.property(expressions, (source) => {
        const derivation = deriveOrSkip(source);
        expect(derivation.certificate.verdict).not.toBe('fails');
        for (const [x, y] of [
          [0.7, 0.4],
          [-0.6, 1.3],
        ] as const) {
          const difference = slopeAt(source, x, y, 5e-4);
          const found = valueAt(derivation.result, x, y);
          // Where a quotient blows up, a difference says nothing.
          if (!Number.isFinite(difference) || Math.abs(difference) > 1e3) continue;
          if (Math.abs(valueAt(source, x, y)) > 1e3) continue;
          // Two steps that disagree: the expression turns faster than either can follow.
          const coarser = slopeAt(source, x, y, 1e-3);
          if (Math.abs(coarser - difference) > 1e-6 * (1 + Math.abs(difference))) continue;
          compared++;
          expect(Math.abs(found - difference)).toBeLessThan(1e-4 * (1 + Math.abs(difference)));
        }
      }),
      { numRuns: 300 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  it('reads back as it was printed', () => {
    fc.assert(
      fc.property(expressions, (source) => {
        const printed = printText(parse(source));
        const value = valueAt(source, 0.7, 0.4);
        fc.pre(Number.isFinite(value));
        expect(valueAt(printed, 0.7, 0.4)).toBeCloseTo(value, 9);
      }),
    );
  });

  it('has a span for every node, within that of its parent', () => {
    fc.assert(
      fc.property(expressions, (source) => {
        const visit = (node: MathNode, from: number, to: number): void => {
          const span = spanOf(node);
          expect(span).toBeDefined();
          const { start, end } = span as { start: number; end: number };
          expect(start).toBeGreaterThanOrEqual(from);
          expect(end).toBeLessThanOrEqual(to);
          const seen = view(node);
          if (seen.kind === 'operator' || seen.kind === 'call') for (const arg of seen.args) visit(arg, start, end);
          if (seen.kind === 'parenthesis') visit(seen.content, start, end);
          if (seen.kind === 'symbol') expect(source.slice(start, end)).toBe(seen.name);
        };
        visit(parse(source), 0, source.length);
      }),
    );
  });
});

describe('the name of a summation index', () => {
  const letters = ['i', 'j', 'k', 'l', 'm', 'n', 'p'] as const;

  it('never changes the derivative, whatever the variable is called', () => {
    fc.assert(
      fc.property(fc.constantFrom(...letters), fc.constantFrom(...letters), (bound, free) => {
        const source = `sum(c[${bound}] * x[${bound}]^2, ${bound}) * sum(x[${bound}], ${bound})`;
        const { result, certificate } = derive(source, { wrt: `x[${free}]` });
        const fresh = free === 'k' ? 'l' : 'k';
        const plain = derive(source.replace(new RegExp(`\\b${bound}\\b`, 'g'), fresh), { wrt: `x[${free}]` }).result;
        expect(certificate.verdict).toBe('holds');
        const rename = (text: string): string =>
          text.replace(/\b[ijklmnp]\b/g, (name) => (name === free ? 'FREE' : 'BOUND'));
        expect(rename(result)).toBe(rename(plain));
      }),
    );
  });
});

describe('a mathjs node', () => {
  it('of the full mathjs is taken as it is', () => {
    const node = math.parse('x^2 * sin(3x)');
    expect(derive(node, { wrt: 'x' }).result).toBe('x * (2 * sin(3 * x) + 3 * x * cos(3 * x))');
    const theirs = Number(math.derivative(node, 'x').evaluate({ x: 0.3 }));
    expect(Number(math.evaluate(derive(node, { wrt: 'x' }).result, { x: 0.3 }))).toBeCloseTo(theirs, 9);
  });
});
