import { describe, expect, it } from 'vitest';
import { baseOf, type Dual, type Operations, type Value } from '../../src/numbers/arithmetic.ts';
import { createOperations, dual } from '../../src/numbers/dual.ts';
import { oracleFunctions } from '../../src/numbers/functions.ts';
import { derivativeOf, describeFunction, drawFunction } from '../../src/numbers/generic.ts';
import { createReal } from '../../src/numbers/real.ts';
import { differenceCheck, differenceDerivative } from '../support/differences.ts';

const real: Operations = createOperations(createReal((name, arity) => drawFunction(5, name, arity)));
const plain = (value: number): Value => real.add(real.integer(0), { level: 0, value, scale: Math.abs(value) });

/** Value and slope of a function by its `at`-th argument. */
function slope(name: string, args: readonly number[], at: number): { value: number; slope: number } {
  const values = args.map((arg, k) => (k === at ? dual(1, plain(arg), real.integer(1)) : plain(arg)));
  const result = real.call(name, ...values) as Dual;
  return { value: baseOf(result.primal).value, slope: baseOf(result.tangent).value };
}

const valueOfCall = (name: string, args: readonly number[]): number =>
  baseOf(real.call(name, ...args.map(plain))).value;

/** Points for each function: ordinary ones, and awkward ones near the ends of domains, large and small. */
const points: Readonly<Record<string, readonly (readonly number[])[]>> = {
  sin: [[0.3], [-2], [0], [8]],
  cos: [[0.3], [-2], [0], [8]],
  tan: [[0.3], [-1.4], [0]],
  sec: [[0.3], [-1.3], [2]],
  csc: [[0.4], [-1.3], [2]],
  cot: [[0.4], [-1.3], [2]],
  asin: [[0.3], [-0.8], [0], [0.97]],
  acos: [[0.3], [-0.8], [0], [0.97]],
  atan: [[0.3], [-7], [0]],
  asec: [[1.3], [-1.3], [6]],
  acsc: [[1.3], [-1.3], [6]],
  acot: [[1.3], [-1.3], [0.4]],
  atan2: [
    [0.3, 0.7],
    [-0.3, 0.7],
    [2, -1],
    [-2, -1],
  ],
  sinh: [[0.3], [-3], [0]],
  cosh: [[0.3], [-3], [0]],
  tanh: [[0.3], [-3], [0], [12]],
  sech: [[0.3], [-3], [0]],
  csch: [[0.5], [-3]],
  coth: [[0.5], [-3]],
  asinh: [[0.3], [-3], [0]],
  acosh: [[1.3], [8]],
  atanh: [[0.3], [-0.8], [0.97]],
  asech: [[0.3], [0.8]],
  acsch: [[0.5], [-3]],
  acoth: [[1.3], [-3]],
  exp: [[0.3], [-20], [20]],
  expm1: [[0.3], [-3], [0]],
  log: [[0.3], [40], [0.3, 2], [5, 0.4], [3, 7]],
  log2: [[0.3], [40]],
  log10: [[0.3], [40]],
  log1p: [[0.3], [-0.5], [0]],
  sigmoid: [[0.3], [-30], [30]],
  softplus: [[0.3], [-30], [30]],
  silu: [[0.3], [-30], [30]],
  erf: [[0.3], [-2.95], [2.95], [4]],
  erfc: [[0.3], [-2.5], [4]],
  sqrt: [[0.3], [40]],
  cbrt: [[0.3], [-40]],
  nthRoot: [[0.3], [0.3, 3], [-0.7, 3], [2, 4]],
  pow: [
    [0.3, 2.5],
    [-2, 3],
    [7, -0.5],
  ],
  hypot: [[0.3, -2], [3]],
  abs: [[0.3], [-2]],
  relu: [[0.3], [-2]],
  sign: [[0.3], [-2]],
  heaviside: [[0.3], [-2]],
  floor: [[0.3], [-2.5]],
  ceil: [[0.3], [-2.5]],
  mod: [
    [7.3, 2],
    [-7.3, 2],
    [7.3, -0.4],
  ],
  clamp: [
    [0.3, -1, 2],
    [-3, -1, 2],
    [5, -1, 2],
  ],
  leaky_relu: [[0.3], [-2], [0.3, 0.2], [-2, 0.2]],
  elu: [[0.3], [-2], [-30], [-2, 0.7], [3, 0.7]],
  selu: [[0.3], [-2], [-30]],
  gelu: [[0.3], [-2], [0], [-6], [8]],
  gelu_tanh: [[0.3], [-2], [0], [-6], [8]],
  mish: [[0.3], [-2], [0], [-20], [20]],
  gamma: [[0.02], [0.3], [1], [7.5], [30], [-0.5], [-3.7]],
  factorial: [[0.02], [4], [7.5], [-0.5], [-3.7]],
  lgamma: [[0.02], [0.3], [1], [2], [7.5], [300], [-0.5], [-3.7]],
  digamma: [[0.02], [0.3], [1.4616], [7.5], [300], [-0.5], [-3.7]],
  trigamma: [[0.02], [0.3], [7.5], [300], [-0.5], [-3.7]],
  polygamma: [
    [0, 1.3],
    [1, 0.3],
    [2, 7.5],
    [3, -0.5],
    [5, 20],
  ],
  beta: [
    [0.3, 2],
    [4, 7.5],
    [20, 30],
    [-0.5, 0.3],
    [0.02, 1],
  ],
  lambertw: [[0], [1e-3], [0.3], [1], [40], [1e6], [-0.2], [-0.36]],
  besselj0: [[0], [0.3], [-2], [2.4048], [40]],
  besselj1: [[0.3], [-2], [3.8317], [40], [0.01], [0]],
  bessely0: [[0.05], [0.3], [0.8936], [7], [40]],
  bessely1: [[0.05], [0.3], [2.1971], [7], [40]],
  besseli0: [[0], [0.3], [-2], [40], [300]],
  besseli1: [[0.3], [-2], [40], [300], [0.01], [0]],
  max: [[0.3, 2], [2, 0.3], [0.3, 2, -1], [1]],
  min: [[0.3, 2], [2, 0.3], [0.3, 2, -1], [1]],
};

describe('the table of functions', () => {
  it('has points for every function', () => {
    expect(Object.keys(points).sort()).toEqual([...oracleFunctions].sort());
  });

  const cases = Object.entries(points).flatMap(([name, list]) =>
    list.flatMap((args) => args.map((_, at): [string, readonly number[], number] => [name, args, at])),
  );
  it.each(cases)('%s(%j) by argument %i agrees with differences', (name, args, at) => {
    // A degree of a root of a negative number is an integer: there is no derivative by it.
    if (name === 'nthRoot' && at === 1 && (args[0] ?? 0) < 0) return;
    if (name === 'pow' && at === 1 && (args[0] ?? 0) < 0) return;
    // The order of a polygamma function is a whole number.
    if (name === 'polygamma' && at === 0) return;
    const moved = (x: number): number =>
      valueOfCall(
        name,
        args.map((arg, k) => (k === at ? x : arg)),
      );
    const found = slope(name, args, at);
    expect(found.value).toBe(valueOfCall(name, args));
    const own = args[at] ?? 0;
    expect(differenceCheck(moved, found.slope, own, 0.02 * Math.max(0.5, Math.min(1, Math.abs(own))))).toBe(true);
  });

  it.each([
    ['log', -1],
    ['log', 0],
    ['asin', 1.1],
    ['acosh', 0.9],
    ['sqrt', -1],
    ['heaviside', 0],
    ['csc', 0],
    ['gamma', 0],
    ['gamma', -3],
    ['lgamma', -1],
    ['digamma', 0],
    ['trigamma', -2],
    ['factorial', -1],
    ['lambertw', -0.4],
    ['bessely0', 0],
    ['bessely1', -1],
  ])('%s(%d) has no value', (name, at) => {
    expect(valueOfCall(name, [at])).toBeNaN();
  });

  it.each([
    ['polygamma', [1.5, 2]],
    ['polygamma', [-1, 2]],
    ['polygamma', [2, -1]],
    ['beta', [-1, 2]],
    ['beta', [-1.5, 0.5]],
    ['clamp', [0.5, 2, 1]],
    ['mod', [1, 0]],
  ])('%s(%j) has no value', (name, args) => {
    expect(valueOfCall(name, args)).toBeNaN();
  });

  it.each(['abs', 'relu', 'leaky_relu', 'elu', 'selu'])('%s has a value but no slope at its kink', (name) => {
    expect(slope(name, [0], 0)).toEqual({ value: 0, slope: Number.NaN });
  });

  it('has no value next to a jump', () => {
    const almost = real.subtract(plain(1 + 2 ** -52), plain(1));
    expect(baseOf(real.call('sign', almost)).value).toBeNaN();
  });
});

describe('the size of what was added', () => {
  it('is kept when a sum cancels', () => {
    const rest = real.subtract(plain(1e10 + 1), plain(1e10));
    expect(rest).toMatchObject({ value: 1, scale: 2e10 + 1 });
  });
  it('passes through products', () => {
    const rest = real.subtract(plain(1e10 + 1), plain(1e10));
    expect(baseOf(real.multiply(rest, plain(3))).scale).toBeCloseTo(3 * (2e10 + 1), 0);
    expect(baseOf(real.multiply(plain(2), plain(3))).scale).toBeCloseTo(6, 12);
  });
  it('passes through functions by their slope', () => {
    const rest = real.subtract(plain(1e10 + 1), plain(1e10));
    const { scale } = baseOf(real.call('sin', rest));
    expect(scale).toBeGreaterThan(1e7);
  });
});

describe('special functions', () => {
  // The nearest doubles to values computed with 40 digits (mpmath 1.3).
  it.each([
    ['erf', [0.5], 0.5204998778130465],
    ['erf', [-1], -0.8427007929497149],
    ['erfc', [3], 2.209049699858544e-5],
    ['erfc', [4], 1.541725790028002e-8],
    ['gamma', [0.3], 2.991568987687591],
    ['gamma', [-3.7], 0.2516439959024227],
    ['factorial', [5], 120],
    ['lgamma', [300], 1409.2020674704117],
    ['digamma', [0.3], -3.502524222200133],
    ['trigamma', [-0.5], 8.934802200544679],
    ['polygamma', [3, 2], 0.49393940226682914],
    ['beta', [0.3, 2], 2.5641025641025643],
    ['beta', [-0.5, 0.3], 1.821777235184869],
    ['lambertw', [1], 0.5671432904097838],
    ['lambertw', [-0.36], -0.8060843159708176],
    ['besselj0', [40], 0.007366890584237375],
    ['besselj1', [0.3], 0.14831881627310417],
    ['bessely0', [0.05], -1.9793110008172097],
    ['bessely1', [7], -0.30266723702418485],
    ['besseli0', [0.3], 1.0226268793515971],
    ['besseli0', [40], 1.48947747934199e16],
    ['besseli1', [0.01], 0.005000062500260417],
    ['besseli1', [-2], -1.590636854637329],
    ['gelu', [-6], -5.9195258702261885e-9],
  ])('%s(%j)', (name, args, value) => {
    expect(Math.abs(valueOfCall(name, args) / value - 1)).toBeLessThan(2e-14);
  });
});

describe('generic functions', () => {
  const smooth = drawFunction(3, 'f', 2);
  it.each([
    [[0, 0], 0],
    [[0, 0], 1],
    [[1, 0], 1],
    [[1, 1], 0],
    [[2, 1], 1],
    [[0, 3], 0],
  ])('of two arguments, order %j, by argument %i', (orders, at) => {
    const point = [0.4, -1.3];
    const next = orders.map((order, k) => (k === at ? order + 1 : order));
    const moved = (x: number): number =>
      derivativeOf(
        smooth,
        orders,
        point.map((value, k) => (k === at ? x : value)),
      ).value;
    expect(differenceCheck(moved, derivativeOf(smooth, next, point).value, point[at] ?? 0)).toBe(true);
  });
  it('have mixed partial derivatives other than 0', () => {
    expect(Math.abs(derivativeOf(smooth, [1, 1], [0.4, -1.3]).value)).toBeGreaterThan(0.01);
  });
  it('can be written down', () => {
    expect(describeFunction(drawFunction(3, 'f', 1), 'f')).toMatchInlineSnapshot(`
      [
        "f(t)",
        "0.8 sin(-1.5 t + 0.3) - 0.6 t^2 + 1.1 t",
      ]
    `);
    expect(describeFunction(smooth, 'f')).toMatchInlineSnapshot(`
      [
        "f(s, t)",
        "sin(1.1 s - 1.2 t - 1.5) + 1.4 sin(1.2 s + 1.2 t - 0.4) + 0.5 s^2 + 0.4 s t - 0.6 t^2 - 0.9 s + t",
      ]
    `);
  });
});

describe('differences', () => {
  it('reach ten digits on a smooth function', () => {
    expect(differenceDerivative(Math.exp, 1).value).toBeCloseTo(Math.E, 10);
  });
  it('notice a wrong derivative', () => {
    expect(differenceCheck(Math.exp, 2.7, 1)).toBe(false);
  });
});
