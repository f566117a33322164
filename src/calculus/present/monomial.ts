/**
 * A product taken apart into small numbers: what the passes compare and divide, so that most of their decisions need no
 * term and no exact arithmetic.
 */

import { apply, fraction, multiply, multiplyAll, power } from '../../term/construct.ts';
import type { Rational } from '../../term/rational.ts';
import type { Term } from '../../term/term.ts';

/** `numerator / denominator` times each base to its exponent, in units of 1 / {@link unit}. */
export interface Monomial {
  readonly numerator: number;
  readonly denominator: number;
  readonly bases: Term[];
  readonly exponents: number[];
}

/** Exponents are whole multiples of 1/120: halves, thirds, quarters, fifths, sixths, eighths and tenths among them. */
export const unit = 120;

/** Larger numerators and denominators stay with exact arithmetic. */
export const largest = 1e6;

/** The parts of a product; undefined where its coefficient is too large for the passes. */
export function monomialOf(term: Term): Monomial | undefined {
  const bases: Term[] = [];
  const exponents: number[] = [];
  if (term.kind === 'multiply') {
    for (const factor of term.factors) pushFactor(factor, bases, exponents);
    return withCoefficient(term.coefficient, bases, exponents);
  }
  if (term.kind === 'number') return withCoefficient(term.value, bases, exponents);
  pushFactor(term, bases, exponents);
  return { numerator: 1, denominator: 1, bases, exponents };
}

function withCoefficient(value: Rational, bases: Term[], exponents: number[]): Monomial | undefined {
  const { top: numerator, bottom: denominator } = value;
  if (denominator === 0 || Math.abs(numerator) > largest || denominator > largest) return undefined;
  return { numerator, denominator, bases, exponents };
}

function pushFactor(factor: Term, bases: Term[], exponents: number[]): void {
  if (factor.kind === 'power') {
    const { base, exponent } = factor;
    if (exponent.kind === 'number') {
      const units = unitsOf(exponent.value);
      if (units !== undefined) {
        bases.push(base);
        exponents.push(units);
        return;
      }
    } else if (exponent.kind === 'multiply' && exponent.rest !== undefined && exponent.coefficient.bottom === 1) {
      // x^(2 n) as (x^n)^2.
      const times = Math.abs(exponent.coefficient.top);
      if (times > 1) {
        bases.push(power(base, multiply(fraction(1, times), exponent)));
        exponents.push(times * unit);
        return;
      }
    } else if (exponent.kind === 'add') {
      // x^(n - 1) as x^n / x, and x^(m + n) as x^m x^n: so it is divided by either, and x^n by it.
      const shift = exponent.terms.find((part) => part.kind === 'number');
      const units = shift?.kind === 'number' ? unitsOf(shift.value) : 0;
      if (units !== undefined && units % unit === 0) {
        for (const part of exponent.terms) {
          if (part !== shift) pushFactor(power(base, part), bases, exponents);
        }
        if (units !== 0) {
          bases.push(base);
          exponents.push(units);
        }
        return;
      }
    }
  } else if (factor.kind === 'apply' && factor.name === 'exp' && !factor.generic) {
    const [argument] = factor.args as [Term];
    const times = argument.kind === 'multiply' ? Math.abs(argument.coefficient.top) : 0;
    if (argument.kind === 'multiply' && times > 1 && argument.coefficient.bottom === 1) {
      // exp(2 x) as exp(x)^2, and exp(-2 x) as exp(-x)^2.
      bases.push(apply('exp', multiply(fraction(1, times), argument)));
      exponents.push(times * unit);
      return;
    }
  }
  bases.push(factor);
  exponents.push(unit);
}

/** The product of two. */
export function times(left: Monomial, right: Monomial): Monomial {
  const bases = left.bases.slice();
  const exponents = left.exponents.slice();
  for (let k = 0; k < right.bases.length; k++) {
    const base = right.bases[k] as Term;
    const units = right.exponents[k] as number;
    const at = bases.indexOf(base);
    if (at >= 0) exponents[at] = (exponents[at] as number) + units;
    else {
      bases.push(base);
      exponents.push(units);
    }
  }
  return reduced(left.numerator * right.numerator, left.denominator * right.denominator, bases, exponents);
}

function reduced(numerator: number, denominator: number, bases: Term[], exponents: number[]): Monomial {
  if (denominator === 1) return { numerator, denominator, bases, exponents };
  const divisor = gcd(numerator, denominator);
  return { numerator: numerator / divisor, denominator: denominator / divisor, bases, exponents };
}

/** Adds a part to the one that differs from it by a number alone; two that cancel are gone. */
export function collect(parts: Monomial[], part: Monomial): void {
  for (let at = 0; at < parts.length; at++) {
    const known = parts[at] as Monomial;
    if (!isWithin(known, part) || !isWithin(part, known)) continue;
    const numerator = known.numerator * part.denominator + part.numerator * known.denominator;
    if (numerator === 0) parts.splice(at, 1);
    else parts[at] = reduced(numerator, known.denominator * part.denominator, known.bases, known.exponents);
    return;
  }
  parts.push(part);
}

/** Whether every power of `inner` stands in `outer`. */
function isWithin(outer: Monomial, inner: Monomial): boolean {
  for (let k = 0; k < inner.bases.length; k++) {
    const units = inner.exponents[k] as number;
    if (units === 0) continue;
    const at = outer.bases.indexOf(inner.bases[k] as Term);
    if (at < 0 || outer.exponents[at] !== units) return false;
  }
  return true;
}

/** An exponent in units, undefined where it is none. */
function unitsOf(value: Rational): number | undefined {
  if (value.bottom === 0) return undefined;
  const units = (value.top * unit) / value.bottom;
  return Number.isSafeInteger(units) ? units : undefined;
}

/** The base to so many units; exp(x)^2 is exp(2 x). */
export function powerOf(base: Term, units: number): Term {
  if (units === unit) return base;
  if (units > unit && units % unit === 0 && base.kind === 'apply' && base.name === 'exp' && !base.generic) {
    return apply('exp', multiply(fraction(units, unit), base.args[0] as Term));
  }
  return power(base, fraction(units, unit));
}

/** The term of a monomial. */
export function productOf({ numerator, denominator, bases, exponents }: Monomial): Term {
  const factors: Term[] = [];
  if (numerator !== 1 || denominator !== 1) factors.push(fraction(numerator, denominator));
  for (let at = 0; at < bases.length; at++) {
    const units = exponents[at] as number;
    if (units !== 0) factors.push(powerOf(bases[at] as Term, units));
  }
  return multiplyAll(factors);
}

export function gcd(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}
