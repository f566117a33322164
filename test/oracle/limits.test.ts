import { describe, expect, it } from 'vitest';
import { baseOf, type Operations, type Value } from '../../src/numbers/arithmetic.ts';
import { createOperations, dual, tangentOf } from '../../src/numbers/dual.ts';
import { drawFunction } from '../../src/numbers/generic.ts';
import { createReal } from '../../src/numbers/real.ts';
import { limitOf, type Side } from '../../src/oracle/limits.ts';
import { type Bound, fullEffort, integrate } from '../../src/oracle/quadrature.ts';
import { sumSeries } from '../../src/oracle/series.ts';

const operations: Operations = createOperations(createReal((name, arity) => drawFunction(1, name, arity)));
const plain = (value: number): Value => ({ level: 0, value, scale: Math.abs(value) });
const bound = (value: number): Bound =>
  Number.isFinite(value) ? { value: plain(value) } : { infinite: Math.sign(value) as 1 | -1 };
const numberOf = (value: Value): number => baseOf(value).value;
/** What a value may be off by, as far as a comparison is told. */
const slackOf = (value: Value): number => baseOf(value).scale * 1e-11;

const ofNumbers =
  (work: (x: number) => number) =>
  (at: Value): Value =>
    Number.isFinite(work(numberOf(at))) ? plain(work(numberOf(at))) : { level: 0, value: Number.NaN, scale: 0 };

const infinite = Number.POSITIVE_INFINITY;

describe('an integral', () => {
  it.each<[string, (x: number) => number, number, number, number]>([
    ['of a polynomial', (x) => 2 * x * (x * x + 1) ** 3, 0, 2, 156],
    ['backwards', (x) => x, 1, 0, -0.5],
    ['that turns often', (x) => Math.cos(20 * x), 0, 1, Math.sin(20) / 20],
    ['with a kink', (x) => Math.abs(x - 1 / 3), -1, 1, 10 / 9],
    ['steep at an end', (x) => 1 / Math.sqrt(x), 0, 1, 2],
    ['steep at an end that is not 0', (x) => 1 / Math.sqrt(1 - x * x), 0, 1, Math.PI / 2],
    ['of a logarithm', Math.log, 0, 1, -1],
    ['over a half line', (x) => Math.exp(-x), 0, infinite, 1],
    ['over the other half line', (x) => Math.exp(x), -infinite, 0, 1],
    ['over the line', (x) => Math.exp(-x * x), -infinite, infinite, Math.sqrt(Math.PI)],
    ['with a long tail', (x) => 1 / (x * x), 1, infinite, 1],
    ['that is 0 by symmetry', (x) => x ** 3, -1, 1, 0],
  ])('%s', (_, work, from, to, expected) => {
    const value = integrate(ofNumbers(work), bound(from), bound(to), operations, fullEffort);
    expect(Math.abs(numberOf(value) - expected)).toBeLessThanOrEqual(slackOf(value) + 1e-15);
    expect(slackOf(value)).toBeLessThan(1e-6);
  });

  it.each<[string, (x: number) => number, number, number]>([
    ['1/x to 0', (x) => 1 / x, 0, 1],
    ['1/x without end', (x) => 1 / x, 1, infinite],
    ['across a pole', (x) => 1 / (x * x), -1, 1],
    ['across a pole off the middle', (x) => 1 / (x - 1), 0, 3],
    ['across a pole of two sides', (x) => Math.tan(x), 0, Math.PI],
    ['sin over a half line', Math.sin, 0, infinite],
    ['a constant over a half line', () => 1, 0, infinite],
  ])('has no value: %s', (_, work, from, to) => {
    expect(integrate(ofNumbers(work), bound(from), bound(to), operations, fullEffort)).toHaveProperty(
      'value',
      Number.NaN,
    );
  });

  it('has the slope of what is integrated at its upper bound', () => {
    const upper: Bound = { value: dual(1, plain(2), plain(1)) };
    const value = integrate((x) => operations.call('cos', x), bound(0), upper, operations, fullEffort);
    expect(numberOf(tangentOf(value, 1, { level: 0, value: 0, scale: 0 }))).toBeCloseTo(Math.cos(2), 12);
  });
});

describe('a limit', () => {
  it.each<[string, (x: number) => number, number, Side, number]>([
    ['of what is smooth', (x) => x * x + 1, 2, 0, 5],
    ['where there is no value', (x) => Math.sin(x) / x, 0, 0, 1],
    ['of a difference quotient', (x) => (x ** 3 - 8) / (x - 2), 2, 0, 12],
    ['from above', (x) => Math.abs(x) / x, 0, 1, 1],
    ['from below', (x) => Math.abs(x) / x, 0, -1, -1],
    ['of a quotient at infinity', (x) => (3 * x * x + 1) / (2 * x * x - x), infinite, 0, 1.5],
    ['of a power at infinity', (x) => (1 + 1 / x) ** x, infinite, 0, Math.E],
    ['of what vanishes fast', (x) => x * x * Math.exp(-x), infinite, 0, 0],
    ['at the other infinity', Math.atan, -infinite, 0, -Math.PI / 2],
  ])('%s', (_, work, point, side, expected) => {
    const value = limitOf(ofNumbers(work), bound(point), side, operations);
    expect(Math.abs(numberOf(value) - expected)).toBeLessThanOrEqual(slackOf(value) + 1e-15);
    expect(slackOf(value)).toBeLessThan(1e-6);
  });

  it.each<[string, (x: number) => number, number, Side]>([
    ['different from both sides', (x) => Math.abs(x) / x, 0, 0],
    ['at a pole', (x) => 1 / (x - 1) ** 2, 1, 0],
    ['of what turns without end', (x) => Math.sin(1 / x), 0, 0],
    ['of what turns at whole numbers', (x) => Math.cos(2 * Math.PI * x), infinite, 0],
    ['of what grows', Math.log, infinite, 0],
    ['of what vanishes slowly', (x) => 1 / Math.log(x), infinite, 0],
  ])('has no value: %s', (_, work, point, side) => {
    expect(limitOf(ofNumbers(work), bound(point), side, operations)).toHaveProperty('value', Number.NaN);
  });
});

describe('a series', () => {
  const sign = (n: number): number => (n % 2 === 0 ? 1 : -1);
  it.each<[string, (n: number) => number, number, number]>([
    ['geometric', (n) => 0.5 ** n, 0, 2],
    ['geometric and slow', (n) => 0.95 ** n, 0, 20],
    ['with zeros between', (n) => (n % 2 === 0 ? 0 : 0.5 ** n), 0, 2 / 3],
    ['with a hump', (n) => 5 ** n / factorial(n), 0, Math.exp(5)],
    ['of 1/n^2', (n) => 1 / (n * n), 1, Math.PI ** 2 / 6],
    ['of 1/n^6', (n) => 1 / n ** 6, 1, Math.PI ** 6 / 945],
    ['telescoping', (n) => 1 / (n * (n + 1)), 1, 1],
    ['alternating', (n) => -sign(n) / n, 1, Math.LN2],
    ['alternating and slower', (n) => sign(n) / (2 * n + 1), 0, Math.PI / 4],
  ])('%s', (_, term, from, expected) => {
    const value = sumSeries((n) => plain(term(n)), from, operations);
    expect(Math.abs(numberOf(value) - expected)).toBeLessThanOrEqual(slackOf(value) + 1e-15);
    expect(slackOf(value)).toBeLessThan(1e-6);
  });

  it.each<[string, (n: number) => number]>([
    ['1/n', (n) => 1 / n],
    ['1/(n log n)', (n) => 1 / ((n + 1) * Math.log(n + 1))],
    ['1/(n log^2 n)', (n) => 1 / ((n + 1) * Math.log(n + 1) ** 2)],
    ['a power above 1', (n) => 1.1 ** n],
    ['1 and -1 in turns', sign],
    ['what alternates and tends to 1', (n) => (sign(n) * n) / (n + 1)],
    ['what alternates and tends to 1 from above', (n) => sign(n) * (1 + 5 / n)],
    ['constant terms', () => 1],
  ])('has no value: %s', (_, term) => {
    expect(sumSeries((n) => plain(term(n)), 1, operations)).toHaveProperty('value', Number.NaN);
  });

  function factorial(n: number): number {
    return n < 2 ? 1 : n * factorial(n - 1);
  }
});
