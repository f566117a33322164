/**
 * Values of known functions that are rational numbers and hold without any condition, by the name of the function. Only
 * these are taken when a term is made: log(1) is 0, but log(2) stays as it is.
 */

import {
  addRational,
  compareRational,
  isIntegerRational,
  multiplyRational,
  negateRational,
  oneRational,
  type Rational,
  rational,
  zeroRational,
} from './rational.ts';
import type { Term } from './term.ts';

/** The value at these arguments; undefined where it is irrational or not known to exist. */
type ExactValue = (args: readonly Term[]) => Rational | undefined;

/** Numbers by numbers. */
function ofNumbers(value: (...numbers: Rational[]) => Rational | undefined): ExactValue {
  return (args) => {
    const numbers = args.flatMap((arg) => (arg.kind === 'number' ? [arg.value] : []));
    return numbers.length === args.length ? value(...numbers) : undefined;
  };
}

/** The value at 0. */
const atZero = (value: number | Rational): ExactValue =>
  ofNumbers((u) => (u?.numerator === 0n ? asRational(value) : undefined));
const atOne = (value: number): ExactValue =>
  ofNumbers((u) => (u !== undefined && compareRational(u, oneRational) === 0 ? rational(value) : undefined));
const either =
  (...values: readonly ExactValue[]): ExactValue =>
  (args) => {
    for (const value of values) {
      const found = value(args);
      if (found !== undefined) return found;
    }
    return undefined;
  };

/** The value at the constant e. */
const atE =
  (value: number): ExactValue =>
  ([u]) =>
    u?.kind === 'symbol' && u.constant && u.name === 'e' ? rational(value) : undefined;

/** The values at rational multiples of pi that are listed, by how many twelfths of pi; odd or even, with this period. */
function atAngles(values: ReadonlyMap<bigint, Rational>, period: bigint): ExactValue {
  return ([u]) => {
    const turns = u === undefined ? undefined : multipleOfPi(u);
    const twelfths = turns === undefined ? undefined : multiplyRational(turns, rational(12));
    if (twelfths === undefined || !isIntegerRational(twelfths)) return undefined;
    return values.get(((twelfths.numerator % period) + period) % period);
  };
}

/** How many times pi an exact angle is; undefined for anything else. */
export function multipleOfPi(u: Term): Rational | undefined {
  if (u.kind === 'number') return u.value.numerator === 0n ? zeroRational : undefined;
  const factors = u.kind === 'multiply' ? u.factors : [u];
  const [only] = factors;
  if (factors.length !== 1 || only?.kind !== 'symbol' || !only.constant || only.name !== 'pi') return undefined;
  return u.kind === 'multiply' ? u.coefficient : oneRational;
}

/** `6 0 ...` as the value at 6/12 pi and so on. */
function angles(entries: string): ReadonlyMap<bigint, Rational> {
  const words = entries.split(/\s+/);
  return new Map(
    words.flatMap((word) => {
      const [at = '0', top = '0', bottom = '1'] = word.split(/[:/]/);
      return [[BigInt(at), rational(BigInt(top), BigInt(bottom))] as const];
    }),
  );
}

const sine = angles('0:0 2:1/2 6:1 10:1/2 12:0 14:-1/2 18:-1 22:-1/2');
const cosine = angles('0:1 4:1/2 6:0 8:-1/2 12:-1 16:-1/2 18:0 20:1/2');
const tangent = angles('0:0 3:1 9:-1');

const floorOf = (u: Rational): Rational => {
  const quotient = u.numerator / u.denominator;
  return rational(u.numerator < 0n && quotient * u.denominator !== u.numerator ? quotient - 1n : quotient);
};
const signOf = (u: Rational): Rational => rational(u.numerator > 0n ? 1 : u.numerator < 0n ? -1 : 0);

/** Largest whole number whose factorial is written out. */
const largestFactorial = 100n;

function factorialOf(u: Rational): Rational | undefined {
  if (!isIntegerRational(u) || u.numerator < 0n || u.numerator > largestFactorial) return undefined;
  let product = 1n;
  for (let factor = 2n; factor <= u.numerator; factor++) product *= factor;
  return rational(product);
}

const minusOne = rational(-1);
const gammaOf = (u: Rational): Rational | undefined => factorialOf(addRational(u, minusOne));

/** DLMF 5.12.1. */
function betaOf(a: Rational, b: Rational): Rational | undefined {
  const [left, right, both] = [gammaOf(a), gammaOf(b), gammaOf(addRational(a, b))];
  if (left === undefined || right === undefined || both === undefined) return undefined;
  return multiplyRational(multiplyRational(left, right), rational(1n, both.numerator));
}

/** The exponent of `base` that a power of it in a number's numerator or denominator shows. */
function logarithmOf(base: bigint): ExactValue {
  return ofNumbers((u) => {
    if (u.numerator <= 0n || (u.numerator !== 1n && u.denominator !== 1n)) return undefined;
    let rest = u.numerator === 1n ? u.denominator : u.numerator;
    let exponent = 0;
    for (; rest % base === 0n && exponent < 400; exponent++) rest /= base;
    return rest === 1n ? rational(u.numerator === 1n ? -exponent : exponent) : undefined;
  });
}

function modulo(a: Rational, b: Rational): Rational | undefined {
  if (b.numerator === 0n) return undefined;
  const quotient = rational(a.numerator * b.denominator, a.denominator * b.numerator);
  return addRational(a, negateRational(multiplyRational(b, floorOf(quotient))));
}

const extreme = (sign: 1 | -1): ExactValue =>
  ofNumbers((...all) =>
    all.reduce((best, next) => (sign * compareRational(next, best) > 0 ? next : best), all[0] as Rational),
  );

function asRational(value: number | Rational): Rational {
  return typeof value === 'number' ? rational(value) : value;
}

export const exactValues: ReadonlyMap<string, ExactValue> = new Map<string, ExactValue>([
  ['exp', atZero(1)],
  ['expm1', atZero(0)],
  ['log', either(atOne(0), atE(1))],
  ['log1p', atZero(0)],
  ['log2', logarithmOf(2n)],
  ['log10', logarithmOf(10n)],
  ['cbrt', either(atZero(0), atOne(1))],
  [
    'nthRoot',
    ofNumbers((u) => (compareRational(u, zeroRational) === 0 || compareRational(u, oneRational) === 0 ? u : undefined)),
  ],
  ['sin', atAngles(sine, 24n)],
  ['cos', atAngles(cosine, 24n)],
  ['tan', atAngles(tangent, 12n)],
  ['sec', atZero(1)],
  ['asin', atZero(0)],
  ['acos', atOne(0)],
  ['atan', atZero(0)],
  ['sinh', atZero(0)],
  ['cosh', atZero(1)],
  ['tanh', atZero(0)],
  ['sech', atZero(1)],
  ['asinh', atZero(0)],
  ['acosh', atOne(0)],
  ['atanh', atZero(0)],
  ['abs', ofNumbers((u) => (u.numerator < 0n ? negateRational(u) : u))],
  ['sign', ofNumbers(signOf)],
  // Its value at 0 is a matter of convention.
  ['heaviside', ofNumbers((u) => (u.numerator === 0n ? undefined : rational(u.numerator > 0n ? 1 : 0)))],
  ['floor', ofNumbers(floorOf)],
  ['ceil', ofNumbers((u) => negateRational(floorOf(negateRational(u))))],
  ['mod', ofNumbers(modulo)],
  ['max', extreme(1)],
  ['min', extreme(-1)],
  ['erf', atZero(0)],
  ['erfc', atZero(1)],
  ['gamma', ofNumbers(gammaOf)],
  ['factorial', ofNumbers(factorialOf)],
  ['lgamma', ofNumbers((u) => (gammaOf(u)?.numerator === 1n ? zeroRational : undefined))],
  ['beta', ofNumbers(betaOf)],
  ['lambertw', either(atZero(0), atE(1))],
  ['besselj0', atZero(1)],
  ['besselj1', atZero(0)],
  ['besseli0', atZero(1)],
  ['besseli1', atZero(0)],
  ['sigmoid', atZero(rational(1, 2))],
  ['relu', ofNumbers((u) => (u.numerator > 0n ? u : zeroRational))],
  ['silu', atZero(0)],
  ['gelu', atZero(0)],
  ['gelu_tanh', atZero(0)],
  ['mish', atZero(0)],
  ['selu', atZero(0)],
]);
