import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import { MathError } from '../../src/problem.ts';
import { parseExpression } from '../../src/render/expression.ts';
import { elementary } from '../../src/rules/elementary.ts';
import { constant, fraction, multiply } from '../../src/term/construct.ts';
import { exactValues } from '../../src/term/exact-values.ts';
import { rational, toDouble } from '../../src/term/rational.ts';
import { inFreshStore } from '../../src/term/term.ts';
import { definitions } from '../support/special-functions.ts';

/** The derivative of `t * u` by t is u itself, as it is kept. */
const kept = (text: string): string => derive(`t * (${text})`, { wrt: 't', verify: false }).result;

describe('values that hold without condition are taken', () => {
  it.each([
    ['gamma(1)', '1'],
    ['gamma(6)', '120'],
    ['factorial(5)', '120'],
    ['5!', '120'],
    ['erf(0)', '0'],
    ['besselj0(0)', '1'],
    ['sin(pi/6)', '1 / 2'],
    ['sin(-pi/2)', '-1'],
    ['cos(5*pi)', '-1'],
    ['tan(pi/4)', '1'],
    ['log2(1/8)', '-3'],
    ['log10(1000)', '3'],
    ['floor(-5/2)', '-3'],
    ['ceil(-5/2)', '-2'],
    ['mod(-7, 3)', '2'],
    ['-7 mod 3', '2'],
    ['max(1, 5, 3)', '5'],
    ['min(1/2, 1/3)', '1 / 3'],
    ['beta(2, 3)', '1 / 12'],
    ['lambertw(e)', '1'],
    ['sigmoid(0)', '1 / 2'],
    ['lgamma(2)', '0'],
    ['sign(-3)', '-1'],
    ['besselj(0, x)', 'besselj0(x)'],
    ['besseli(1, x)', 'besseli1(x)'],
    ['polygamma(0, x)', 'digamma(x)'],
    ['polygamma(1, x)', 'trigamma(x)'],
    ['log(x, b)', 'log(x) / log(b)'],
    ['arsinh(x)', 'asinh(x)'],
    ['arcsinh(x)', 'asinh(x)'],
    ['swish(x)', 'silu(x)'],
    ['Gamma(x)', 'gamma(x)'],
    ['x!', 'factorial(x)'],
  ])('%s is %s', (source, value) => {
    expect(kept(source)).toBe(value);
  });

  it.each(['gamma(1/2)', 'log(2)', 'heaviside(0)', 'factorial(1000)', 'mod(x, 3)'])('%s stays', (source) => {
    expect(kept(source)).toBe(source.replace('1/2', '1 / 2').replace('x^2', 'x ^ 2'));
  });

  it('is right for each function with numbers in the neighbourhood of 0 and 1', () => {
    for (const [name, value] of exactValues) {
      const [least, most] = elementary.get(name)?.arity ?? [1, 1];
      for (const numbers of [[0n], [1n], [-1n], [2n], [8n], [3n, 2n], [1n, 1n]]) {
        if (numbers.length < least || numbers.length > most) continue;
        const args = numbers.map((numerator) => ({ kind: 'number', value: rational(numerator) }) as never);
        const found = value(args);
        if (found === undefined) continue;
        const wanted = definitions[name]?.(...numbers.map(Number)) ?? Number.NaN;
        expect(Math.abs(Number(found.numerator) / Number(found.denominator) - wanted), name).toBeLessThan(1e-8);
      }
    }
  });

  it('is right for every angle that is taken, two turns both ways', () => {
    const taken = (['sin', 'cos', 'tan'] as const).flatMap((name) =>
      Array.from({ length: 97 }, (_, at) => at - 48).flatMap((twelfths) => {
        const found = inFreshStore(() => exactValues.get(name)?.([multiply(fraction(twelfths, 12), constant('pi'))]));
        return found === undefined ? [] : [{ name, angle: (twelfths * Math.PI) / 12, found: toDouble(found) }];
      }),
    );
    expect(taken.length).toBeGreaterThan(80);
    for (const { name, angle, found } of taken) expect(found, `${name} ${angle}`).toBeCloseTo(Math[name](angle), 12);
  });
});

describe('gamma and beta', () => {
  it.each([
    ['gamma(x)', 'gamma(x) * digamma(x)'],
    ['gamma * x', 'gamma'],
    ['gamma * gamma(x)', 'gamma ^ 2'],
    ['gamma = 3*x; gamma(x + 1)', '2 * gamma + 3'],
    ['gamma[i] * x', 'gamma[i]'],
    ['gamma(t) = t^2; gamma(3*x)', '18 * x'],
    ['beta(x, 2)', 'beta(x, 2) * (digamma(x) - digamma(x + 2))'],
    ['beta(x)', "beta'(x)"],
    ['beta[j] * x', 'beta[j]'],
    ['\\Gamma(x)', 'gamma(x) * digamma(x)'],
    ['\\gamma(x)', "gamma_fn'(x)"],
    ['\\beta(x, 2)', 'D(beta_fn, 1)(x, 2)'],
    ['\\gamma x', 'gamma'],
  ])('%s', (source, result) => {
    expect(derive(source, { wrt: 'x', verify: false }).result).toBe(result);
  });

  it('of a quantity with two arguments is refused', () => {
    expect(() => derive('beta * beta(x, y)', { wrt: 'x' })).toThrow('beta is a quantity here, it takes no arguments');
  });
});

describe('an order that is not covered', () => {
  it.each(['besselj(2, x)', 'bessely(n, x)'])('is refused: %s', (source) => {
    expect(() => derive(source, { wrt: 'x' })).toThrow(MathError);
  });

  it('of a polygamma function has no derivative, and is left standing', () => {
    expect(derive('polygamma(x, 2)', { wrt: 'x' }).unresolved).toEqual(['d(polygamma(x, 2), x)']);
  });
});

describe('conditions', () => {
  it.each([
    ['floor(x)', 'x', ['x != floor(x)']],
    ['mod(x, y)', 'y', ['mod(x, y) != 0']],
    ['max(x, y)', 'x', ['x != y']],
    ['max(x, 1, y)', 'x', ['x != max(1, y)', '1 != max(x, y)', 'y != max(x, 1)']],
    ['elu(x)', 'x', []],
    ['elu(x, a)', 'x', ['x != 0']],
    ['elu(x, a)', 'a', []],
    ['clamp(x, a, b)', 'x', ['x != a', 'x != b']],
    ['x^x', 'x', ['x > 0']],
    ['log(abs(x))', 'x', []],
    ['abs(x)', 'x', ['x != 0']],
    ['asin(x)', 'x', ['abs(x) < 1']],
  ])('%s by %s: %j', (source, wrt, conditions) => {
    const { steps } = derive(source, { wrt, detail: 'every', verify: false });
    expect(steps.flatMap((step) => step.conditions)).toEqual(conditions);
    for (const text of conditions) expect(() => parseExpression(text)).not.toThrow();
  });
});

describe('functions of the author', () => {
  const chain = (count: number, link: (at: number) => string): string =>
    [
      'f1(x) = x^2',
      ...Array.from({ length: count - 1 }, (_, at) => `f${at + 2}(x) = ${link(at + 1)}`),
      `f${count}(x)`,
    ].join('; ');

  it('that call each other twice are lowered once for each argument', () => {
    const before = performance.now();
    const source = chain(25, (at) => `f${at}(x) + f${at}(x + 1)`);
    expect(derive(source, { wrt: 'x', detail: 'answer', verify: false }).unresolved).toEqual([]);
    expect(performance.now() - before).toBeLessThan(5000);
  });

  it('may be chained as often as there is need', () => {
    const source = chain(100, (at) => `f${at}(x) + 1`);
    expect(derive(source, { wrt: 'x', detail: 'answer', verify: false }).result).toBe('2 * x');
  });
});
