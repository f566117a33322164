/**
 * Random smooth functions that stand for functions about which nothing is known. Each is a sum of sines of linear
 * forms and a quadratic polynomial with all cross terms, so that partial derivatives of every order are at hand in
 * closed form and none of low order vanishes. Coefficients have one decimal, so that a reader can write them down.
 */

import { type Scalar, scalar } from './arithmetic.ts';
import { addComplex, type Complex, complex, complexFunctions, multiplyComplex, sizeOf } from './complex-functions.ts';
import { hashText, mix, uniform } from './hash.ts';

interface Wave {
  readonly amplitude: number;
  readonly frequencies: readonly number[];
  readonly phase: number;
}

export interface SmoothFunction {
  readonly waves: readonly Wave[];
  readonly linear: readonly number[];
  /** `quadratic[k][l]` with l <= k multiplies t_k t_l. */
  readonly quadratic: readonly (readonly number[])[];
}

/** The function of this name in the draw that `seed` stands for. */
export function drawFunction(seed: number, name: string, arity: number): SmoothFunction {
  let hash = mix(mix(seed, hashText(name)), arity);
  /** One decimal, of either sign, never 0. */
  const draw = (least: number, most: number): number => {
    hash = mix(hash, 1);
    const u = 2 * uniform(hash) - 1;
    const size = Math.round(10 * (least + Math.abs(u) * (most - least))) / 10;
    return u < 0 ? -size : size;
  };
  const every = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
  return {
    waves: every(arity === 1 ? 1 : 2, () => ({
      amplitude: draw(0.6, 1.6),
      frequencies: every(arity, () => draw(0.5, 1.6)),
      phase: draw(0.1, 1.5),
    })),
    linear: every(arity, () => draw(0.2, 1.2)),
    quadratic: every(arity, (k) => every(k + 1, () => draw(0.2, 0.9))),
  };
}

/** How the functions look that a reader is shown: `t^2`, `t^2 + t`, or `sin(t) + t^2`, which has derivatives of every order. */
export type SimpleForm = 'polynomial' | 'wave';

/** A function that can be evaluated by hand; `at` makes different ones. */
export function simpleFunction(form: SimpleForm, arity: number, at: number): SmoothFunction {
  const every = <T>(count: number, make: (k: number) => T): T[] => Array.from({ length: count }, (_, k) => make(k));
  const isWave = form === 'wave';
  return {
    waves: isWave ? [{ amplitude: at + 1, frequencies: every(arity, (k) => k + 1), phase: 0 }] : [],
    linear: every(arity, (k) => (isWave ? 0 : (at + 2 * k) % 3)),
    quadratic: every(arity, (k) => every(k + 1, (l) => (k === l ? 1 + Math.floor(at / 3) + k : 1))),
  };
}

/** The value of the partial derivative with these orders. */
export function derivativeOf(smooth: SmoothFunction, orders: readonly number[], at: readonly number[]): Scalar {
  let value = 0;
  let scale = 0;
  const include = (term: number): void => {
    value += term;
    scale += Math.abs(term);
  };
  let total = 0;
  for (const order of orders) total += order;
  for (const wave of smooth.waves) include(waveDerivative(wave, orders, total, at));
  if (total <= 2) polynomialDerivative(smooth, orders, total, at, include);
  return scalar(value, scale);
}

function waveDerivative(wave: Wave, orders: readonly number[], total: number, at: readonly number[]): number {
  let angle = wave.phase;
  let factor = wave.amplitude;
  wave.frequencies.forEach((frequency, k) => {
    angle += frequency * (at[k] ?? 0);
    factor *= frequency ** (orders[k] ?? 0);
  });
  const quarter = total % 4;
  const turned = quarter % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
  return quarter < 2 ? factor * turned : -factor * turned;
}

function polynomialDerivative(
  smooth: SmoothFunction,
  orders: readonly number[],
  total: number,
  at: readonly number[],
  include: (term: number) => void,
): void {
  smooth.linear.forEach((slope, k) => {
    if (total === 0) include(slope * (at[k] ?? 0));
    else if (total === 1 && orders[k] === 1) include(slope);
  });
  smooth.quadratic.forEach((row, k) => {
    row.forEach((coefficient, l) => {
      include(coefficient * monomialDerivative(k, l, orders, total, at));
    });
  });
}

/** The derivative of t_k t_l. */
function monomialDerivative(
  k: number,
  l: number,
  orders: readonly number[],
  total: number,
  at: readonly number[],
): number {
  const first = at[k] ?? 0;
  const second = at[l] ?? 0;
  if (total === 0) return first * second;
  if (total === 1) return (orders[k] === 1 ? second : 0) + (orders[l] === 1 ? first : 0);
  if (k === l) return orders[k] === 2 ? 2 : 0;
  return orders[k] === 1 && orders[l] === 1 ? 1 : 0;
}

/** The same at a complex point: the sum of sines and the polynomial are what they are for real numbers. */
export function derivativeOfComplex(
  smooth: SmoothFunction,
  orders: readonly number[],
  at: readonly Complex[],
): { readonly value: Complex; readonly scale: number } {
  let value = complex(0);
  let scale = 0;
  const include = (factor: number, term: Complex): void => {
    const product = complex(factor * term.re, factor * term.im);
    value = addComplex(value, product);
    scale += sizeOf(product);
  };
  let total = 0;
  for (const order of orders) total += order;
  for (const wave of smooth.waves) {
    let angle = complex(wave.phase + (total * Math.PI) / 2);
    let factor = wave.amplitude;
    wave.frequencies.forEach((frequency, k) => {
      const own = at[k] ?? complex(0);
      angle = addComplex(angle, complex(frequency * own.re, frequency * own.im));
      factor *= frequency ** (orders[k] ?? 0);
    });
    include(factor, complexFunctions.sin?.(angle) ?? complex(Number.NaN));
  }
  // A quadratic polynomial is its value, slopes and curvatures at 0.
  const origin = at.map(() => 0);
  const polynomial = (more: readonly number[]): number => {
    let constant = 0;
    const by = orders.map((order, k) => order + (more[k] ?? 0));
    const degree = by.reduce((sum, order) => sum + order, 0);
    if (degree <= 2)
      polynomialDerivative(smooth, by, degree, origin, (term) => {
        constant += term;
      });
    return constant;
  };
  const unit = (k: number): number[] => at.map((_, l) => (l === k ? 1 : 0));
  include(polynomial(origin), complex(1));
  at.forEach((first, k) => {
    include(polynomial(unit(k)), first);
    at.forEach((second, l) => {
      const both = unit(k).map((order, m) => order + (m === l ? 1 : 0));
      include(polynomial(both) / 2, multiplyComplex(first, second));
    });
  });
  return { value, scale };
}

/** The function as text, `f(t)` and `1.2 sin(0.7 t + 0.3) + 0.4 t^2 - 0.5 t`. */
export function describeFunction(smooth: SmoothFunction, name: string): readonly [string, string] {
  const arity = smooth.linear.length;
  const letters = arity === 1 ? ['t'] : arity === 2 ? ['s', 't'] : smooth.linear.map((_, at) => `t${at + 1}`);
  const terms: [number, string][] = [];
  for (const wave of smooth.waves) {
    const angle = joinTerms([
      ...wave.frequencies.map((f, k): [number, string] => [f, letters[k] ?? '']),
      [wave.phase, ''],
    ]);
    terms.push([wave.amplitude, `sin(${angle})`]);
  }
  smooth.quadratic.forEach((row, k) => {
    row.forEach((coefficient, l) => {
      terms.push([coefficient, k === l ? `${letters[k]}^2` : `${letters[l]} ${letters[k]}`]);
    });
  });
  smooth.linear.forEach((slope, k) => {
    terms.push([slope, letters[k] ?? '']);
  });
  return [`${name}(${letters.join(', ')})`, joinTerms(terms)];
}

function joinTerms(terms: readonly (readonly [number, string])[]): string {
  const present = terms.filter(([coefficient]) => coefficient !== 0);
  return present
    .map(([coefficient, factor], at) => {
      const sign = coefficient < 0 ? (at === 0 ? '-' : ' - ') : at === 0 ? '' : ' + ';
      const size = Math.abs(coefficient);
      const text = factor === '' ? String(size) : size === 1 ? factor : `${size} ${factor}`;
      return sign + text;
    })
    .join('');
}
