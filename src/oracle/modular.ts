/**
 * Exact arithmetic modulo a prime, for proofs by random evaluation: a rational expression that vanishes at random
 * points modulo a large prime is 0 but for a probability of about degree / prime at each point (Schwartz 1980;
 * Zippel 1979; DeMillo and Lipton 1978). What is not algebraic is an oracle keyed by its arguments: an identity that holds whatever
 * such a function's values are holds for the true function too. Where a true function obeys identities that are cheap
 * to build in (sin^2 + cos^2 = 1, exp(-u) = 1/exp(u), u^(3/2) = u u^(1/2), odd and even functions), they are.
 */

import { type Arithmetic, invalid, type Scalar, scalar } from '../numbers/arithmetic.ts';
import { elementary } from '../numbers/functions.ts';
import { finish, hashText, mix } from '../numbers/hash.ts';
import type { Rational } from '../term/rational.ts';

/** The two largest primes below 2^26: a product of two residues is an exact double. */
export const primes = [67_108_859, 67_108_837] as const;

/** Arithmetic modulo `prime`; `seed` decides the values of all keyed oracles. */
export function createModular(prime: number, seed: number): Arithmetic {
  const residue = (value: number): Scalar => scalar(value, 0);
  const times = (a: number, b: number): number => {
    const full = a * b;
    const rest = full - Math.floor(full / prime) * prime;
    return rest < 0 ? rest + prime : rest >= prime ? rest - prime : rest;
  };
  const integer = (value: number): number => ((value % prime) + prime) % prime;
  const inverse = (value: number): number => inverseModulo(value, prime);
  const powerOf = (base: number, exponent: number): number => {
    let result = 1;
    let square = exponent < 0 ? inverse(base) : base;
    for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) result = times(result, square);
      square = times(square, square);
    }
    return result;
  };
  /** A residue other than 0 that depends on the key alone. */
  const keyed = (hash: number): number => 1 + (finish(mix(hash, prime)) % (prime - 1));
  const oracle = (name: string, args: readonly Scalar[], orders: readonly number[] = []): Scalar => {
    let hash = mix(seed, hashText(name));
    for (const order of orders) hash = mix(hash, order + 1);
    for (const arg of args) {
      if (Number.isNaN(arg.value)) return invalid;
      hash = mix(hash, arg.value);
    }
    return residue(keyed(hash));
  };
  /** A keyed value for `u` up to its sign, and whether the sign was turned. */
  const even = (name: string, u: Scalar): readonly [number, boolean] => {
    const turned = u.value > prime / 2;
    return [oracle(name, [turned ? residue(prime - u.value) : u]).value, turned];
  };
  const exp = (u: Scalar): Scalar => {
    if (u.value === 0) return residue(1);
    const [value, turned] = even('exp', u);
    return residue(turned ? inverse(value) : value);
  };
  /** The rational points of the circle: t stands for tan(u/2). */
  const circle = (u: Scalar, sine: boolean): Scalar => {
    if (u.value === 0) return residue(sine ? 0 : 1);
    const [t, turned] = even('circle', u);
    const below = inverse(integer(1 + times(t, t)));
    if (!sine) return residue(times(integer(1 - times(t, t)), below));
    return residue(times(turned ? integer(-2 * t) : integer(2 * t), below));
  };
  /** u^n is a keyed oracle of u and n up to its sign, so that u^(-n) is 1/u^n. */
  const power = (a: Scalar, exponent: Scalar): Scalar => {
    if (exponent.value === 1 || exponent.value === 0) return exponent.value === 1 ? a : residue(1);
    if (a.value === 1) return a;
    const turned = exponent.value > prime / 2;
    const raised = oracle('power', [a, turned ? residue(prime - exponent.value) : exponent]);
    return turned ? residue(inverse(raised.value)) : raised;
  };
  /** The whole part of the exponent is exact; what is left, between 0 and 1, is a keyed oracle. */
  const rationalPower = (a: Scalar, exponent: Rational): Scalar => {
    if (a.value === 0) return exponent.numerator > 0n ? a : invalid;
    if (a.value === 1) return a;
    const { whole, over, under } = splitExponent(exponent);
    return residue(times(powerOf(a.value, whole), oracle('root', [a], [over, under]).value));
  };
  const rationals = new WeakMap<Rational, Scalar>();
  const rational = (value: Rational): Scalar => {
    let known = rationals.get(value);
    if (known === undefined) {
      known = residue(times(reduce(value.numerator, prime), inverse(reduce(value.denominator, prime))));
      rationals.set(value, known);
    }
    return known;
  };
  const call = (name: string, args: readonly Scalar[]): Scalar => {
    const [u] = args as readonly [Scalar];
    if (Number.isNaN(u.value)) return invalid;
    if (name === 'exp') return exp(u);
    if (name === 'sin' || name === 'cos') return circle(u, name === 'sin');
    if (name === 'log' && u.value === 1) return residue(0);
    const { parity } = elementary(name);
    if (parity === undefined) return oracle(`known ${name}`, args);
    if (parity === 'odd' && u.value === 0) return u;
    const [value, turned] = even(`known ${name}`, u);
    return residue(turned && parity === 'odd' ? prime - value : value);
  };
  return {
    field: 'modular',
    rational,
    integer: (value) => residue(integer(value)),
    constant: (name) => (name === 'e' ? exp(residue(1)) : oracle('constant pi', [])),
    add: (a, b) => {
      const total = a.value + b.value;
      return residue(total >= prime ? total - prime : total);
    },
    multiply: (a, b) => residue(times(a.value, b.value)),
    reciprocal: (a) => residue(inverse(a.value)),
    integerPower: (a, exponent) => residue(powerOf(a.value, exponent)),
    rationalPower,
    power,
    call,
    generic: (name, orders, args) => oracle(`generic ${name}`, args, orders),
  };
}

interface SplitExponent {
  readonly whole: number;
  readonly over: number;
  readonly under: number;
}

const splits = new WeakMap<Rational, SplitExponent>();

/** An exponent as a whole number and a fraction between 0 and 1. */
function splitExponent(exponent: Rational): SplitExponent {
  let known = splits.get(exponent);
  if (known === undefined) {
    const { numerator, denominator } = exponent;
    const rest = ((numerator % denominator) + denominator) % denominator;
    const whole = Number((numerator - rest) / denominator);
    known = { whole, over: Number(rest % 0x7fff_ffffn), under: Number(denominator % 0x7fff_ffffn) };
    splits.set(exponent, known);
  }
  return known;
}

function reduce(value: bigint, prime: number): number {
  const small = Number(value);
  const rest = Number.isSafeInteger(small) ? small % prime : Number(value % BigInt(prime));
  return rest < 0 ? rest + prime : rest;
}

/** The extended Euclidean algorithm; NaN for 0. */
function inverseModulo(value: number, prime: number): number {
  if (!(value > 0)) return Number.NaN;
  let [remainder, next] = [prime, value];
  let [factor, nextFactor] = [0, 1];
  while (next > 0) {
    const quotient = Math.floor(remainder / next);
    [remainder, next] = [next, remainder - quotient * next];
    [factor, nextFactor] = [nextFactor, factor - quotient * nextFactor];
  }
  return factor < 0 ? factor + prime : factor;
}

/** The residue that a sampled quantity has. */
export function sampleResidue(prime: number, hash: number): Scalar {
  return scalar(1 + (finish(mix(hash, prime)) % (prime - 1)), 0);
}
