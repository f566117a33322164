/**
 * The numbers that the oracle counts with.
 *
 * A {@link Scalar} is a plain number: a double together with the size of what was added to get it, a complex number, or a
 * residue modulo a prime. A {@link Dual} adds one tangent to a value (Clifford 1873); its level says for which derivative, so that
 * nested derivatives never confuse their tangents (Siskind and Pearlmutter, "Perturbation confusion", 2005).
 */

import type { Rational } from '../term/rational.ts';

/** A number without tangents. NaN as `value` means that there is none: outside a domain, on a pole, at a kink. */
export interface Scalar {
  readonly level: 0;
  readonly value: number;
  /** At least |value|; rounding errors are a small multiple of the machine precision times this. */
  readonly scale: number;
  /** Of a complex number; left out where it is 0, so that real numbers stay real. */
  readonly imaginary?: number;
  /** The same number with many digits, where they are kept: see `precise.ts`. */
  readonly digits?: object;
}

/** `primal + tangent * epsilon`, with the square of epsilon 0. Levels of both parts are below `level`. */
export interface Dual {
  readonly level: number;
  readonly primal: Value;
  readonly tangent: Value;
}

export type Value = Scalar | Dual;

export function isDual(value: Value): value is Dual {
  return value.level > 0;
}

export function scalar(value: number, scale: number): Scalar {
  return isOutOfRange(value) ? invalid : { level: 0, value, scale };
}

/** A complex number. */
export function complexScalar(value: number, imaginary: number, scale: number): Scalar {
  if (imaginary === 0) return scalar(value, scale);
  return isOutOfRange(value) || isOutOfRange(imaginary) ? invalid : { level: 0, value, scale, imaginary };
}

/** The square of anything larger, or the inverse of it, is no double: x/y^2 would be 0 beside x/y/y, which is not. */
const largest = 1e150;

function isOutOfRange(value: number): boolean {
  const size = Math.abs(value);
  return size > largest || (size < 1 / largest && size !== 0);
}

export function isZeroScalar(a: Scalar): boolean {
  return a.value === 0 && a.imaginary === undefined;
}

/** No value: poisons everything that is computed from it. */
export const invalid: Scalar = { level: 0, value: Number.NaN, scale: 0 };

/** The value without any tangent. */
export function baseOf(value: Value): Scalar {
  let inner = value;
  while (isDual(inner)) inner = inner.primal;
  return inner as Scalar;
}

/** Whether an addend was swallowed by another, or a function was flat where it is not constant: then a point says little. */
export interface Losses {
  seen: boolean;
}

/** Arithmetic on scalars, the ground on which dual numbers stand: see `real.ts`, `complex.ts` and `modular.ts`. */
export interface Arithmetic {
  readonly field: 'real' | 'complex' | 'modular' | 'precise';
  /** Noted on the way, where that can happen. */
  readonly losses?: Losses;
  rational(value: Rational): Scalar;
  integer(value: number): Scalar;
  constant(name: string): Scalar;
  add(a: Scalar, b: Scalar): Scalar;
  multiply(a: Scalar, b: Scalar): Scalar;
  reciprocal(a: Scalar): Scalar;
  /** `a` to an integer power. */
  integerPower(a: Scalar, exponent: number): Scalar;
  /** `a` to an exact power that is no integer. */
  rationalPower(a: Scalar, exponent: Rational): Scalar;
  /** `a` to any power. */
  power(a: Scalar, exponent: Scalar): Scalar;
  /** A function of the elementary table. */
  call(name: string, args: readonly Scalar[]): Scalar;
  /** A generic smooth function, differentiated `orders[k]` times by its k-th argument. */
  generic(name: string, orders: readonly number[], args: readonly Scalar[]): Scalar;
}

/** The same with tangents carried along: what terms are evaluated with, and what the table of functions is written in. */
export interface Operations {
  readonly arithmetic: Arithmetic;
  integer(value: number): Value;
  add(a: Value, b: Value): Value;
  subtract(a: Value, b: Value): Value;
  multiply(a: Value, b: Value): Value;
  divide(a: Value, b: Value): Value;
  /** `a` to an exact rational power `numerator / denominator`. */
  root(a: Value, numerator: number, denominator: number): Value;
  integerPower(a: Value, exponent: number): Value;
  rationalPower(a: Value, exponent: Rational): Value;
  power(a: Value, exponent: Value): Value;
  call(name: string, ...args: readonly Value[]): Value;
  generic(name: string, orders: readonly number[], args: readonly Value[]): Value;
}

/** Why an evaluation cannot be done at any point. */
interface Obstacle {
  readonly obstacle: string;
}

/** Ends an evaluation that is meaningless at every point; an invalid point alone is NaN instead. */
export function stop(obstacle: string): never {
  throw Object.assign(new Error(obstacle), { obstacle } satisfies Obstacle);
}

export function isObstacle(error: unknown): error is Error & Obstacle {
  return error instanceof Error && 'obstacle' in error;
}
