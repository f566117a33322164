/** Forward mode: arithmetic on nested dual numbers over any arithmetic (Griewank and Walther 2008, chapter 13). */

import { addRational, isIntegerRational, type Rational, rational } from '../term/rational.ts';
import {
  type Arithmetic,
  baseOf,
  type Dual,
  invalid,
  isDual,
  isZeroScalar,
  type Operations,
  type Scalar,
  type Value,
} from './arithmetic.ts';
import { elementary } from './functions.ts';

export function dual(level: number, primal: Value, tangent: Value): Dual {
  return { level, primal, tangent };
}

/** The tangent of a level; NaN where the value itself does not exist, since then neither does its derivative. */
export function tangentOf(value: Value, level: number, zero: Scalar): Value {
  if (Number.isNaN(baseOf(value).value)) return invalid;
  return isDual(value) && value.level === level ? value.tangent : zero;
}

/** Up to so many levels numbers take less than the walk over what is evaluated. */
const freeLevels = 2;

/** What a node takes that is evaluated with tangents of so many levels: each doubles the numbers that it is reckoned with. */
export const workOfLevels = (levels: number): number => 2 ** Math.max(0, levels - freeLevels);

const primalAt = (value: Value, level: number): Value =>
  isDual(value) && value.level === level ? value.primal : value;

const tangentAt = (value: Value, level: number): Value | undefined =>
  isDual(value) && value.level === level ? value.tangent : undefined;

const minusOne = rational(-1);
const predecessors = new WeakMap<Rational, Rational>();

/** One less than an exponent: remembered, as every point of a test asks for it again. */
function predecessor(exponent: Rational): Rational {
  let known = predecessors.get(exponent);
  if (known === undefined) {
    known = addRational(exponent, minusOne);
    predecessors.set(exponent, known);
  }
  return known;
}

const exponents = new Map<string, Rational>();

function exponentOf(numerator: number, denominator: number): Rational {
  const key = `${numerator}/${denominator}`;
  let known = exponents.get(key);
  if (known === undefined) {
    known = rational(numerator, denominator);
    exponents.set(key, known);
  }
  return known;
}

/** The operations on dual numbers over `arithmetic`. */
export function createOperations(arithmetic: Arithmetic): Operations {
  const integers = new Map<number, Scalar>();
  const integer = (value: number): Scalar => {
    let known = integers.get(value);
    if (known === undefined) {
      known = arithmetic.integer(value);
      integers.set(value, known);
    }
    return known;
  };
  const add = (a: Value, b: Value): Value => {
    if (!isDual(a) && !isDual(b)) return arithmetic.add(a, b);
    if (a.level > b.level) return dual(a.level, add((a as Dual).primal, b), (a as Dual).tangent);
    if (a.level < b.level) return dual(b.level, add(a, (b as Dual).primal), (b as Dual).tangent);
    return dual(a.level, add((a as Dual).primal, (b as Dual).primal), add((a as Dual).tangent, (b as Dual).tangent));
  };
  const multiply = (a: Value, b: Value): Value => {
    if (!isDual(a) && !isDual(b)) return arithmetic.multiply(a, b);
    if (a.level < b.level) return multiply(b, a);
    const { level, primal, tangent } = a as Dual;
    if (level > b.level) return dual(level, multiply(primal, b), multiply(tangent, b));
    const other = b as Dual;
    const cross = add(multiply(tangent, other.primal), multiply(primal, other.tangent));
    return dual(level, multiply(primal, other.primal), cross);
  };
  const integerPower = (a: Value, exponent: number): Value => {
    if (!isDual(a)) return arithmetic.integerPower(a, exponent);
    if (exponent === 0) return dual(a.level, integerPower(a.primal, 0), integer(0));
    const slope = multiply(integer(exponent), integerPower(a.primal, exponent - 1));
    return dual(a.level, integerPower(a.primal, exponent), multiply(slope, a.tangent));
  };
  const rationalPower = (a: Value, exponent: Rational): Value => {
    if (isIntegerRational(exponent)) return integerPower(a, Number(exponent.numerator));
    if (!isDual(a)) return arithmetic.rationalPower(a, exponent);
    const slope = multiply(arithmetic.rational(exponent), rationalPower(a.primal, predecessor(exponent)));
    return dual(a.level, rationalPower(a.primal, exponent), multiply(slope, a.tangent));
  };
  const power = (a: Value, exponent: Value): Value => {
    if (!isDual(a) && !isDual(exponent)) return arithmetic.power(a, exponent);
    const level = Math.max(a.level, exponent.level);
    const base = primalAt(a, level);
    const to = primalAt(exponent, level);
    const value = power(base, to);
    let tangent: Value = integer(0);
    const byBase = tangentAt(a, level);
    // u^0 is 1 wherever u is, so that it has no slope at 0 either.
    const isConstant = !isDual(to) && isZeroScalar(to) && arithmetic.field !== 'modular';
    if (byBase !== undefined && !isConstant) {
      // Modulo a prime u^(n - 1) has to be what u^n / u is; in doubles 0^n / 0 would be lost.
      const lower =
        arithmetic.field === 'modular' ? multiply(value, integerPower(base, -1)) : power(base, add(to, integer(-1)));
      tangent = multiply(multiply(to, lower), byBase);
    }
    const byExponent = tangentAt(exponent, level);
    // 0^u is 0 wherever u > 0, and so is its derivative by u, although log 0 has no value.
    const vanishes = arithmetic.field !== 'modular' && isZeroScalar(baseOf(base)) && baseOf(to).value > 0;
    if (byExponent !== undefined && !vanishes) {
      tangent = add(tangent, multiply(multiply(value, call('log', base)), byExponent));
    }
    return dual(level, value, tangent);
  };
  /** Value and tangent of any function whose partial derivatives are at hand: the chain rule, once and for all. */
  const chain = (
    args: readonly Value[],
    valueAt: (args: readonly Value[]) => Value,
    partialAt: (at: number, args: readonly Value[]) => Value,
  ): Value => {
    let level = 0;
    for (const arg of args) if (arg.level > level) level = arg.level;
    const primals = args.map((arg) => primalAt(arg, level));
    let tangent: Value = integer(0);
    args.forEach((arg, at) => {
      const own = tangentAt(arg, level);
      if (own !== undefined) tangent = add(tangent, multiply(partialAt(at, primals), own));
    });
    return dual(level, valueAt(primals), tangent);
  };
  const call = (name: string, ...args: readonly Value[]): Value => {
    const entry = elementary(name);
    const composed = entry.composed?.(operations, args);
    if (composed !== undefined) return composed;
    if (args.every((arg) => !isDual(arg))) return arithmetic.call(name, args as readonly Scalar[]);
    return chain(
      args,
      (primals) => call(name, ...primals),
      (at, primals) => entry.partials[at]?.(operations, primals[0] ?? invalid, primals[1] ?? invalid) ?? invalid,
    );
  };
  const generic = (name: string, orders: readonly number[], args: readonly Value[]): Value => {
    if (args.every((arg) => !isDual(arg))) return arithmetic.generic(name, orders, args as readonly Scalar[]);
    return chain(
      args,
      (primals) => generic(name, orders, primals),
      (at, primals) =>
        generic(
          name,
          orders.map((order, k) => (k === at ? order + 1 : order)),
          primals,
        ),
    );
  };
  const operations: Operations = {
    arithmetic,
    integer,
    add,
    subtract: (a, b) => add(a, multiply(integer(-1), b)),
    multiply,
    divide: (a, b) => multiply(a, integerPower(b, -1)),
    integerPower,
    rationalPower,
    root: (a, numerator, denominator) => rationalPower(a, exponentOf(numerator, denominator)),
    power,
    call,
    generic,
  };
  return operations;
}
