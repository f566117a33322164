/** The values of a counterexample are those that a reader can count with: here as they are, with both sides. */

import { describe, expect, it } from 'vitest';
import { verify } from '../../src/check.ts';

const shown = (source: string, shapes?: string): string => {
  const { verdict, method, counterexample } = verify(source, shapes === undefined ? {} : { shapes });
  expect([verdict, method]).toEqual(['fails', 'tested']);
  const { values = {}, left, right } = counterexample ?? {};
  const texts = Object.entries(values).map(([name, value]) => `${name} = ${value}`);
  return `${texts.join(', ')}: ${Number(left?.toFixed(4))}, ${Number(right?.toFixed(4))}`;
};

describe('a counterexample', () => {
  it.each([
    ['small whole numbers', 'd(x^2, x) = 3*x', 'x = 2: 4, 6'],
    ['those with exact sides first', 'x*log(y) = x', 'x = 2, y = 1: 0, 2'],
    ['positive ones under a logarithm', 'd(log(x)/x, x) = (1 - log(x))/x', 'x = 2: 0.0767, 0.1534'],
    ['negative ones where there are no others', 'd(log(-x), x) = -1/x', 'x = -1: -1, 1'],
    ['halves within an interval', 'd(sqrt(1 - x^2), x) = x/sqrt(1 - x^2)', 'x = 0.5: -0.5774, 0.5774'],
    [
      'functions that can be evaluated by hand',
      'd(f(x)*g(x), x) = f(x)*g(x)',
      'x = 2, f(t) = t^2, g(t) = t^2 + t: 44, 24',
    ],
    ['two terms of a sum', 'sum(x[i], i, 1, n)^2 = sum(x[i]^2, i, 1, n)', 'i = 1..2, n = 2, x[1] = 2, x[2] = 1: 9, 5'],
    ['negative ones where only these differ', 'sqrt(x^2) = x', 'x = -1: 1, -1'],
  ])('takes %s', (_, source, expected) => {
    expect(shown(source)).toBe(expected);
  });

  it('takes two rows and two columns', () => {
    expect(shown("d(x'*A*x, x) = 2*A*x", 'A: matrix(n, n), x: vector(n)')).toMatch(/^n = 2, x\[1\] = 2, x\[2\] = 1, /);
  });

  it('is random where no simple point tells the sides apart', () => {
    const { verdict, counterexample } = verify('floor(x/50) = 0');
    expect(verdict).toBe('fails');
    expect(counterexample?.left).not.toBe(0);
  });

  it('is the same for every seed', () => {
    const found = [1, 2, 3].map((seed) => verify('d(x^2, x) = 3*x', { seed }).counterexample);
    expect(new Set(found.map((one) => JSON.stringify(one))).size).toBe(1);
  });
});
