/**
 * Complex numbers on principal branches, each with the size of what was added to get it. With them an identity between
 * analytic expressions can be tested that has no real points, such as one that holds sqrt(-1 - x^2).
 */

import { type Arithmetic, complexScalar, invalid, isZeroScalar, type Scalar } from '../numbers/arithmetic.ts';
import {
  addComplex,
  type Complex,
  complex,
  complexFunctions,
  cutAlong,
  expComplex,
  logComplex,
  multiplyComplex,
  realPower,
  reciprocalComplex,
  sizeOf,
} from '../numbers/complex-functions.ts';
import { elementary } from '../numbers/functions.ts';
import { derivativeOfComplex, type SmoothFunction } from '../numbers/generic.ts';
import { createReal, exactIntegers, fromRational } from '../numbers/real.ts';
import type { Rational } from '../term/rational.ts';

/** A relative change with which the sensitivity of a function is measured. */
const nudge = 1e-8;

/** Closer to a branch cut than this, relative to the size of the argument, its side is not to be trusted. */
const cutDistance = 1e-9;

const numberOf = (a: Scalar): Complex => complex(a.value, a.imaginary ?? 0);
const withScale = (a: Complex, scale: number): Scalar =>
  Number.isFinite(a.re) && Number.isFinite(a.im) ? complexScalar(a.re, a.im, scale) : invalid;
const isReal = (a: Scalar): boolean => a.imaginary === undefined;
/** How much larger the terms of a sum were than the sum. */
const lostBy = (a: Scalar): number => a.scale - sizeOf(numberOf(a));

/** Arithmetic in complex doubles; `draw` gives the generic functions. */
export function createComplex(draw: (name: string, arity: number) => SmoothFunction): Arithmetic {
  const real = createReal(draw);
  return {
    ...real,
    field: 'complex',
    add: (a, b) => withScale(addComplex(numberOf(a), numberOf(b)), a.scale + b.scale),
    multiply,
    reciprocal: (a) => integerPower(a, -1),
    integerPower,
    rationalPower,
    power,
    call: (name, args) => {
      if (!args.every(isReal)) return callComplex(name, args);
      const value = real.call(name, args);
      return Number.isNaN(value.value) ? callComplex(name, args) : value;
    },
    generic: (name, orders, args) => {
      if (args.every(isReal)) return real.generic(name, orders, args);
      const smooth = draw(name, args.length);
      const at = args.map(numberOf);
      const { value, scale } = derivativeOfComplex(smooth, orders, at);
      const lost = args.map((arg, k) => {
        const next = orders.map((order, l) => (k === l ? order + 1 : order));
        return sizeOf(derivativeOfComplex(smooth, next, at).value) * arg.scale;
      });
      return withScale(value, scale + lost.reduce((total, one) => total + one, 0));
    },
  };
}

function multiply(a: Scalar, b: Scalar): Scalar {
  const x = sizeOf(numberOf(a));
  const y = sizeOf(numberOf(b));
  return withScale(multiplyComplex(numberOf(a), numberOf(b)), x * b.scale + y * a.scale - x * y);
}

function integerPower(a: Scalar, exponent: number): Scalar {
  if (exponent === 0) return Number.isNaN(a.value) ? invalid : complexScalar(1, 0, 1);
  if (isZeroScalar(a) && exponent < 0) return invalid;
  const base = numberOf(a);
  const value = a.imaginary === undefined ? complex(a.value ** exponent) : repeatedProduct(base, exponent);
  const size = sizeOf(value);
  return withScale(value, size * (1 + Math.abs(exponent) * relativeLoss(a)));
}

function relativeLoss(a: Scalar): number {
  const size = sizeOf(numberOf(a));
  return size === 0 ? 0 : lostBy(a) / size;
}

function repeatedProduct(base: Complex, exponent: number): Complex {
  if (Math.abs(exponent) > 64) return realPower(base, exponent);
  let result = complex(1);
  for (let count = 0; count < Math.abs(exponent); count++) result = multiplyComplex(result, base);
  return exponent < 0 ? reciprocalComplex(result) : result;
}

/** Whether a number is so close to the negative real axis that rounding may have put it on the wrong side. */
function isNearCut(a: Complex, scale: number): boolean {
  return a.im !== 0 && a.re < 0 && Math.abs(a.im) < cutDistance * scale;
}

function rationalPower(a: Scalar, exponent: Rational): Scalar {
  return realExponent(a, fromRational(exponent).value);
}

function realExponent(a: Scalar, exponent: number): Scalar {
  if (isZeroScalar(a)) return exponent > 0 ? complexScalar(0, 0, a.scale ** exponent) : invalid;
  if (isNearCut(numberOf(a), a.scale)) return invalid;
  const value = realPower(numberOf(a), exponent);
  return withScale(value, sizeOf(value) * (1 + Math.abs(exponent) * relativeLoss(a)));
}

function power(a: Scalar, exponent: Scalar): Scalar {
  if (isReal(exponent)) {
    if (Number.isInteger(exponent.value) && exponent.scale < exactIntegers) return integerPower(a, exponent.value);
    if (exponent.scale === Math.abs(exponent.value)) return realExponent(a, exponent.value);
  }
  if (isZeroScalar(a) || isNearCut(numberOf(a), a.scale)) return invalid;
  const log = logComplex(numberOf(a));
  const value = expComplex(multiplyComplex(numberOf(exponent), log));
  const lost = relativeLoss(a) * sizeOf(numberOf(exponent)) + exponent.scale * sizeOf(log);
  return withScale(value, sizeOf(value) * (1 + lost));
}

function callComplex(name: string, args: readonly Scalar[]): Scalar {
  const [argument] = args;
  const evaluate = complexFunctions[name];
  if (argument === undefined || args.length > 1 || evaluate === undefined) return invalid;
  // A value on the other side of a jump is none at all: only functions without jumps stand in the table.
  if (!elementary(name).smooth) return invalid;
  const at = numberOf(argument);
  if (cutAlong[name]?.(at).some((along) => isNearCut(along, Math.max(1, argument.scale))) === true) return invalid;
  const value = evaluate(at);
  const step = nudge * argument.scale;
  const moved = evaluate(complex(at.re + step, at.im + step));
  const change = sizeOf(addComplex(moved, complex(-value.re, -value.im)));
  const moves = Number.isFinite(change) && change < 1 ? change / nudge : argument.scale;
  return withScale(value, sizeOf(value) + moves);
}
