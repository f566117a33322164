import fc from 'fast-check';
import { all, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';

if (all === undefined) throw new Error('mathjs without its functions');
const math = create(all);

/** Expressions in x and y, the unknown functions f(u) and g(u, v) included. */
const { any: expressions } = fc.letrec<{ any: string; leaf: string }>((tie) => ({
  leaf: fc.oneof(fc.constantFrom('x', 'y'), fc.constantFrom('2', '3', '1/2')),
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc.tuple(tie('any'), fc.constantFrom('+', '-', '*'), tie('any')).map(([a, sign, b]) => `(${a} ${sign} ${b})`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `(${a} / (2 + cos(${b})))`),
    fc.tuple(tie('any'), fc.integer({ min: 2, max: 4 })).map(([a, n]) => `(${a})^${n}`),
    fc.tuple(fc.constantFrom('sin', 'cos', 'tanh', 'sigmoid', 'f'), tie('any')).map(([f, a]) => `${f}(${a})`),
    tie('any').map((a) => `exp(sin(${a}))`),
    tie('any').map((a) => `log(abs(${a}) + 1)`),
    tie('any').map((a) => `sqrt((${a})^2 + 1)`),
    fc.tuple(tie('any'), tie('any')).map(([a, b]) => `g(${a}, ${b})`),
  ),
}));

/** f(t) = sin(t) + t^2/3 and g(s, t) = sin(s + 2 t) + s t, with the derivatives that a result may hold. */
const functions = {
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  f: (t: number) => Math.sin(t) + t ** 2 / 3,
  f_1: (t: number) => Math.cos(t) + (2 * t) / 3,
  f_2: (t: number) => -Math.sin(t) + 2 / 3,
  g: (s: number, t: number) => Math.sin(s + 2 * t) + s * t,
  g_1: (s: number, t: number) => Math.cos(s + 2 * t) + t,
  g_2: (s: number, t: number) => 2 * Math.cos(s + 2 * t) + s,
  g_11: (s: number, t: number) => -Math.sin(s + 2 * t),
  g_12: (s: number, t: number) => -2 * Math.sin(s + 2 * t) + 1,
  g_22: (s: number, t: number) => -4 * Math.sin(s + 2 * t),
};

/** The value by the full mathjs, which does not know primes: f'' is f_2, D(g, 1, 2) is g_12. */
function valueAt(text: string, x: number, y: number): number {
  const plain = text
    .replace(/f('+)\(/g, (_, primes: string) => `f_${primes.length}(`)
    .replace(/D\(g, (\d)(?:, (\d))?\)/g, (_, first: string, second?: string) => `g_${first}${second ?? ''}`);
  return Number(math.evaluate(plain, { ...functions, x, y }));
}

const points = [
  [0.7, 0.4],
  [-0.6, 1.3],
  [1.9, -0.8],
] as const;

/** Central differences with Richardson's extrapolation, and how far two step sizes disagree. */
function differenceAt(text: string, x: number, y: number): { slope: number; error: number } {
  const central = (h: number): number => (valueAt(text, x + h, y) - valueAt(text, x - h, y)) / (2 * h);
  const richardson = (h: number): number => (4 * central(h / 2) - central(h)) / 3;
  const slope = richardson(1e-3);
  return { slope, error: Math.abs(slope - richardson(5e-4)) };
}

describe('a random expression with unknown functions', () => {
  it('has a certified derivative that agrees with differences', () => {
    let compared = 0;
    let held = 0;
    fc.assert(
      fc.property(expressions, (source) => {
        const { certificate, expanded, unresolved, steps } = derive(source, { wrt: 'x', detail: 'every' });
        expect(unresolved).toEqual([]);
        expect(certificate.verdict).not.toBe('fails');
        expect(steps.filter((step) => step.certificate.verdict === 'fails')).toEqual([]);
        if (certificate.verdict === 'holds') held++;
        for (const [x, y] of points) {
          const { slope, error } = differenceAt(source, x, y);
          // Where differences do not agree with one another they say nothing: a kink of abs, or a steep power.
          if (!Number.isFinite(slope) || error > 1e-6 * (1 + Math.abs(slope))) continue;
          compared++;
          const found = valueAt(expanded, x, y);
          // Where the differences are rough, so is what they can tell.
          expect(Math.abs(found - slope)).toBeLessThanOrEqual(1e-5 * (1 + Math.abs(slope)) + 100 * error);
        }
      }),
      { numRuns: 250 },
    );
    console.log(`random expressions: ${held} of 250 certified, ${compared} of 750 points compared`);
    expect(compared).toBeGreaterThan(400);
    expect(held).toBeGreaterThan(225);
  });

  it('has a second derivative that agrees with differences of the first', () => {
    let compared = 0;
    fc.assert(
      fc.property(expressions, (source) => {
        fc.pre(source.length < 60);
        const first = derive(source, { wrt: 'x', verify: false }).expanded;
        const { certificate, expanded } = derive(source, { wrt: 'x', order: 2, detail: 'every' });
        expect(certificate.verdict).not.toBe('fails');
        for (const [x, y] of points) {
          const { slope, error } = differenceAt(first, x, y);
          if (!Number.isFinite(slope) || error > 1e-6 * (1 + Math.abs(slope))) continue;
          compared++;
          expect(Math.abs(valueAt(expanded, x, y) - slope)).toBeLessThanOrEqual(
            1e-5 * (1 + Math.abs(slope)) + 100 * error,
          );
        }
      }),
      { numRuns: 80 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('has the same derivative by another name of the variable', () => {
    fc.assert(
      fc.property(expressions, fc.constantFrom('t', 'w', 'theta', 'x_1', 'X'), (source, name) => {
        const renamed = source.replace(/\bx\b/g, name);
        const { expanded } = derive(renamed, { wrt: name, verify: false });
        const plain = derive(source, { wrt: 'x', verify: false }).expanded;
        for (const [x, y] of points) {
          const wanted = valueAt(plain, x, y);
          const found = valueAt(expanded.replace(new RegExp(`\\b${name}\\b`, 'g'), 'x'), x, y);
          if (Number.isFinite(wanted))
            expect(Math.abs(found - wanted)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(wanted)));
        }
      }),
      { numRuns: 80 },
    );
  });
});
