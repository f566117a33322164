/**
 * Decimal numbers of many digits beside the doubles: what decides where doubles can't, since one addend swallows another
 * or a function is flat at its asymptote. Slow, so that it is asked at few points and only where there is a reason.
 */

import type { Decimal } from 'decimal.js';
import { type Arithmetic, invalid, type Losses, type Scalar, stop } from '../numbers/arithmetic.ts';
import { elementary } from '../numbers/functions.ts';
import { createReal } from '../numbers/real.ts';
import type { Rational } from '../term/rational.ts';

/** Decimals that a number is kept to. */
export const digits = 120;

/** Relative to the size of what was added: below the first two numbers agree, above the second they differ. */
export const preciseAgreement = 1e-105;
export const preciseDifference = 1e-95;

/** Addends further apart than this leave too few digits of the smaller one. */
const farthest = 90;

type Decimals = typeof Decimal;

let loaded: Decimals | undefined;

/** The library, started by the first comparison that needs it. */
function decimals(): Decimals {
  loaded ??= (require('decimal.js') as { Decimal: Decimals }).Decimal.clone({ precision: digits, defaults: true });
  return loaded;
}

/** All digits of a number; one that comes from outside this arithmetic is the double that it is. */
export function digitsOf(a: Scalar): Decimal {
  return (a.digits as Decimal | undefined) ?? new (decimals())(a.value);
}

/** Arithmetic in doubles with all digits carried along; generic functions have no such values. */
export function createPrecise(): Arithmetic {
  const losses: Losses = { seen: false };
  const rough = createReal(() => stop(unsupported));
  const D = decimals();
  const pi = D.acos(-1);
  return {
    field: 'precise',
    losses,
    rational: (value) => attach(rough.rational(value), ratio(value)),
    integer: (value) => attach(rough.integer(value), new D(value)),
    constant: (name) => attach(rough.constant(name), name === 'pi' ? pi : D.exp(1)),
    add: (a, b) => {
      const [first, second] = [digitsOf(a), digitsOf(b)];
      if (!first.isZero() && !second.isZero() && Math.abs(first.e - second.e) > farthest) losses.seen = true;
      return attach(rough.add(a, b), first.plus(second));
    },
    multiply: (a, b) => attach(rough.multiply(a, b), digitsOf(a).times(digitsOf(b))),
    reciprocal: (a) => attach(rough.reciprocal(a), new D(1).div(digitsOf(a))),
    integerPower: (a, exponent) => attach(rough.integerPower(a, exponent), digitsOf(a).pow(exponent)),
    rationalPower: (a, exponent) => attach(rough.rationalPower(a, exponent), digitsOf(a).pow(ratio(exponent))),
    power: (a, exponent) => attach(rough.power(a, exponent), digitsOf(a).pow(digitsOf(exponent))),
    call: (name, args) => callPrecise(name, args, rough),
    generic: () => stop(unsupported),
  };
}

const unsupported = 'precision: there are no values of more digits for a function in it';

function ratio({ numerator, denominator }: Rational): Decimal {
  const D = decimals();
  return new D(numerator.toString()).div(denominator.toString());
}

/** A number with the size that doubles have found for it. */
function attach(rough: Scalar, exact: Decimal): Scalar {
  if (Number.isNaN(rough.value) || !exact.isFinite()) return invalid;
  const value = exact.toNumber();
  // Below all doubles it has a size of 0, beside which any rounding error is a difference.
  if (value === 0 && !exact.isZero()) return invalid;
  return { level: 0, value, scale: rough.scale, digits: exact };
}

function callPrecise(name: string, args: readonly Scalar[], rough: Arithmetic): Scalar {
  const values = args.map(digitsOf);
  const exact = (exactFunctions[name] ?? stop(unsupported))(...(values as [Decimal, Decimal]));
  if (!exact.isFinite()) return invalid;
  // At a jump doubles have no value, but these do.
  const estimate = elementary(name).jump === undefined ? rough.call(name, args) : undefined;
  const value = exact.toNumber();
  return attach(estimate ?? { level: 0, value, scale: Math.abs(value) }, exact);
}

type Exact = (u: Decimal, v: Decimal) => Decimal;

const signOf = (u: Decimal): number => (u.isZero() ? 0 : u.isNegative() ? -1 : 1);
const nothing = (): Decimal => new (decimals())(Number.NaN);

/** What no entry of the table writes by others; see `functions`. */
const exactFunctions: Readonly<Partial<Record<string, Exact>>> = {
  exp: (u) => u.exp(),
  log: (u) => (u.greaterThan(0) ? u.ln() : nothing()),
  sin: (u) => u.sin(),
  cos: (u) => u.cos(),
  asin: (u) => u.asin(),
  acos: (u) => u.acos(),
  atan: (u) => u.atan(),
  atan2: (u, v) => decimals().atan2(u, v),
  asinh: (u) => u.asinh(),
  acosh: (u) => u.acosh(),
  atanh: (u) => u.atanh(),
  cbrt: (u) => u.cbrt(),
  nthRoot: (u, n) => {
    if (!u.isNegative()) return u.pow(new (decimals())(1).div(n));
    return n.mod(2).abs().equals(1) ? u.neg().pow(new (decimals())(1).div(n)).neg() : nothing();
  },
  abs: (u) => u.abs(),
  relu: (u) => (u.isNegative() ? new (decimals())(0) : u),
  sign: (u) => new (decimals())(signOf(u)),
  heaviside: (u) => (u.isZero() ? nothing() : new (decimals())(u.isNegative() ? 0 : 1)),
  floor: (u) => u.floor(),
  ceil: (u) => u.ceil(),
  max: (u, v) => (u.greaterThan(v) ? u : v),
  min: (u, v) => (u.lessThan(v) ? u : v),
  '#side': (u) => (u.isZero() ? nothing() : new (decimals())(signOf(u))),
  '#step': (u) => (u.isZero() ? nothing() : new (decimals())(u.isNegative() ? 0 : 1)),
  gamma: (u) => (u.isInteger() && u.greaterThan(0) && u.lessThan(80) ? factorial(u.toNumber() - 1) : stop(unsupported)),
};

function factorial(n: number): Decimal {
  let total = new (decimals())(1);
  for (let k = 2; k <= n; k++) total = total.times(k);
  return total;
}
