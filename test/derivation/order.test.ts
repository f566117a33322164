import { describe, expect, it } from 'vitest';
import type { Step } from '../../src/derivation/derivation.ts';
import { derive, gradient } from '../../src/derive.ts';
import { explainStep } from '../../src/explain/explain.ts';

const result = (source: string, wrt: string): string => derive(source, { wrt, verify: false }).result;

describe('the order of factors', () => {
  it.each([
    ['n*R*T/V', 'V', '-n * R * T / V ^ 2'],
    ['m*g*h', 'h', 'm * g'],
    ['V*t/(R*C)', 't', 'V / (R * C)'],
    ['\\frac{n R T}{V}', 'T', 'n * R / V'],
    ['x[i]*w[j]*a', 'a', 'x[i] * w[j]'],
    ['S*exp(-q*T)', 'S', 'exp(-q * T)'],
    ['x^n*(1 - x)^m', 'n', 'x ^ n * (1 - x) ^ m * log(x)'],
    // The alphabet where the source says nothing, or two things.
    ['x^2*y + a*x*y*z', 'z', 'a * x * y'],
    ['(b*a + a*b)*x', 'x', '2 * a * b'],
    ['m*g*h + g*m*x', 'x', 'g * m'],
  ])('in the derivative of %s by %s is the author’s: %s', (source, wrt, wanted) => {
    expect(result(source, wrt)).toBe(wanted);
  });

  it('is the same in a backward pass', () => {
    const { results } = gradient('n*R*T/V', { wrt: 'n,V', verify: false });
    expect(results.map((one) => one.result)).toEqual(['R * T / V', '-n * R * T / V ^ 2']);
  });
});

describe('a step of a function of several arguments', () => {
  const words = (source: string): string =>
    explainStep(derive(source, { wrt: 'x' }).steps[0] as Step, 'en', 'x')
      .map(({ text }) => text)
      .join('');

  it('is no use of the chain rule where the argument is the variable itself', () => {
    expect(words('max(x, a)')).toBe('derivative of max(x, a)');
    expect(words('max(x^2, a)')).toBe('chain rule, derivative of max(x ^ 2, a)');
  });

  it('has conditions as they are written by hand', () => {
    const conditions = (source: string) => derive(source, { wrt: 'x' }).steps[0]?.conditions;
    expect(conditions('max(0, 1 - x)')).toEqual(['1 - x != 0']);
    expect(conditions('cbrt(2*x)')).toEqual(['x != 0']);
  });
});

describe('the order of terms', () => {
  it.each([
    ['x/(1 + x)', 'x', '1 / (1 + x) ^ 2'],
    ['log(1 + exp(x))', 'x', 'exp(x) / (1 + exp(x))'],
    ['(x^2 + 3*x)*(x^3 - 1)', 'x', '5 * x ^ 4 + 12 * x ^ 3 - 2 * x - 3'],
  ])('in the derivative of %s by %s is the author’s, else that of the powers: %s', (source, wrt, wanted) => {
    expect(result(source, wrt)).toBe(wanted);
  });

  it('stays from row to row', () => {
    const { steps } = derive('x^3*exp(-x)*sin(x)', { wrt: 'x' });
    expect(steps.slice(0, -1).map(({ state }) => state)).toEqual([
      'exp(-x) * sin(x) * d(x ^ 3, x) + x ^ 3 * sin(x) * d(exp(-x), x) + x ^ 3 * exp(-x) * d(sin(x), x)',
      '3 * x ^ 2 * exp(-x) * sin(x) + x ^ 3 * sin(x) * d(exp(-x), x) + x ^ 3 * exp(-x) * d(sin(x), x)',
      '3 * x ^ 2 * exp(-x) * sin(x) + x ^ 3 * exp(-x) * sin(x) * d(-x, x) + x ^ 3 * exp(-x) * d(sin(x), x)',
      '3 * x ^ 2 * exp(-x) * sin(x) + x ^ 3 * exp(-x) * sin(x) * d(-x, x) + x ^ 3 * exp(-x) * cos(x)',
    ]);
  });

  it('stays within brackets and quotients', () => {
    const { steps } = derive('(x^2 + 3*x)*(x^3 - 1)', { wrt: 'x' });
    expect(steps[1]?.state).toBe('(x ^ 3 - 1) * (d(x ^ 2, x) + d(3 * x, x)) + (x ^ 2 + 3 * x) * d(x ^ 3 - 1, x)');
  });
});
