/**
 * What a formula says of signs by having a real value: what stands under an even root is not negative, what stands in a
 * logarithm is positive, and asin(u) needs |u| <= 1.
 */

import {
  add,
  addAll,
  fraction,
  isNumber,
  multiply,
  negate,
  number,
  power,
  splitCoefficient,
} from '../../term/construct.ts';
import { baseOf } from '../../term/inspect.ts';
import {
  isIntegerRational,
  isNegativeRational,
  isOddRational,
  oneRational,
  type Rational,
  rational,
} from '../../term/rational.ts';
import type { MultiplyTerm, Term } from '../../term/term.ts';
import { type Known, type Sign, signOf } from './positive.ts';

/** Larger formulas, and more facts than this, are not looked through. */
const mostParts = 400;
const mostFacts = 24;

/** The terms of which a sign is known wherever `formula` has a value, as {@link signOf} asks for them. */
export function signsIn(formula: Term): Known {
  const facts = new Map<Term, Sign>();
  const parts = partsAlways(formula);
  // Twice, as what is learnt last may tell more of what came first.
  for (let round = 0; round < 2; round++) for (const part of parts) learnFrom(part, facts);
  if (facts.size === 0) return () => undefined;
  return (term) => facts.get(term) ?? follow(term, facts);
}

/** The parts without which the formula has no value: not those of single cases or of sums that may be empty. */
function partsAlways(formula: Term): ReadonlySet<Term> {
  const seen = new Set<Term>([formula]);
  for (const part of seen) {
    if (part.kind === 'cases' || part.kind === 'sum' || part.kind === 'product' || part.kind === 'derivative') continue;
    for (const inner of part.parts) seen.add(inner);
    if (seen.size > mostParts) break;
  }
  return seen;
}

function learnFrom(part: Term, facts: Map<Term, Sign>): void {
  if (part.kind === 'power' && part.exponent.kind === 'number') {
    const { value } = part.exponent;
    if (!isIntegerRational(value)) learn(part.base, isNegativeRational(value) ? 'positive' : 'nonnegative', facts);
  }
  if (part.kind !== 'apply' || part.generic) return;
  const [u] = part.args as [Term];
  switch (part.name) {
    case 'log':
    case 'log2':
    case 'log10':
      learn(u, 'positive', facts);
      break;
    case 'asin':
    case 'acos':
    case 'atanh': {
      const sign = part.name === 'atanh' ? 'positive' : 'nonnegative';
      learn(add(number(1), u), sign, facts);
      learn(add(number(1), negate(u)), sign, facts);
      break;
    }
    case 'acosh':
      learn(add(u, number(-1)), 'nonnegative', facts);
      break;
    default:
      break;
  }
}

function learn(term: Term, sign: Sign, facts: Map<Term, Sign>): void {
  if (facts.size > mostFacts || facts.get(term) === 'positive' || term.kind === 'number') return;
  if (term.kind === 'multiply') learnFactors(term, sign, facts);
  else if (term.kind !== 'power') {
    facts.set(term, sign);
    if (term.kind === 'add') learnDifference(term.terms, sign, facts);
  } else if (isOddPower(term)) learn(term.base, sign, facts);
}

/** 1 - u^2 >= 0 says that neither 1 - u nor 1 + u is negative. */
function learnDifference(terms: readonly Term[], sign: Sign, facts: Map<Term, Sign>): void {
  const [first, second] = terms;
  if (first === undefined || second === undefined || terms.length > 2) return;
  const [constant, square] = first.kind === 'number' ? [first, second] : [second, first];
  const [coefficient, bare] = splitCoefficient(square);
  if (constant.kind !== 'number' || isNegativeRational(constant.value) || !isNegativeRational(coefficient)) return;
  if (bare.kind !== 'power' || !isNumber(bare.exponent, 2)) return;
  const [end, slope] = [constant, negate(number(coefficient))].map((one) => power(one, fraction(1, 2)));
  if (end?.kind !== 'number' || slope?.kind !== 'number') return;
  const side = multiply(slope, bare.base);
  facts.set(add(end, side), sign);
  facts.set(add(end, negate(side)), sign);
}

/** Of a product that is not negative: of its one factor without a known sign, or of two that are not both negative. */
function learnFactors(term: MultiplyTerm, sign: Sign, facts: Map<Term, Sign>): void {
  if (isNegativeRational(term.coefficient)) return;
  const open: Term[] = [];
  for (const factor of term.factors) {
    const own = signOf(factor, (part) => facts.get(part));
    // 0 times anything is 0.
    if (own === 'positive' || (own === 'nonnegative' && sign === 'positive')) continue;
    if (own !== undefined || (factor.kind === 'power' && !isOddPower(factor))) return;
    open.push(factor);
  }
  const [first, second, third] = open;
  if (first === undefined || third !== undefined) return;
  if (second !== undefined && !areNotBothNegative(baseOf(first), baseOf(second))) return;
  for (const factor of open) learn(baseOf(factor), isDivisor(factor) ? 'positive' : sign, facts);
}

function isOddPower(factor: Term): boolean {
  return factor.kind !== 'power' || (factor.exponent.kind === 'number' && isOddRational(factor.exponent.value));
}

function isDivisor(factor: Term): boolean {
  return factor.kind === 'power' && factor.exponent.kind === 'number' && isNegativeRational(factor.exponent.value);
}

/**
 * Whether a + s b is a positive number for some positive number s: then a and b are negative in no point at once, and for
 * complex values their imaginary parts have opposite signs, so that sqrt(a) sqrt(b) is sqrt(a b) there as well.
 */
export function areNotBothNegative(a: Term, b: Term): boolean {
  const [coefficient, rest] = leading(a);
  if (rest === undefined) return false;
  for (const term of b.kind === 'add' ? b.terms : [b]) {
    const [other, same] = splitCoefficient(term);
    if (same !== rest || isNegativeRational(other) === isNegativeRational(coefficient)) continue;
    const total = addAll([a, multiply(ratio(coefficient, other), b)]);
    return total.kind === 'number' && !isNegativeRational(total.value) && !isNumber(total, 0);
  }
  return false;
}

/** The first term that is no number, as its number and the rest. */
function leading(term: Term): readonly [Rational, Term | undefined] {
  const first = term.kind === 'add' ? term.terms.find((part) => part.kind !== 'number') : term;
  return first === undefined || first.kind === 'number' ? [oneRational, undefined] : splitCoefficient(first);
}

/** -a/b. */
function ratio(a: Rational, b: Rational): Term {
  return number(rational(-a.numerator * b.denominator, a.denominator * b.numerator));
}

/** From x - 1 >= 0 follows x > 0: the difference is a positive number. */
function follow(term: Term, facts: ReadonlyMap<Term, Sign>): Sign | undefined {
  if (term.kind !== 'add' && term.kind !== 'symbol') return undefined;
  for (const [fact, sign] of facts) {
    if (fact.kind !== 'add') continue;
    const gap = addAll([term, negate(fact)]);
    if (gap.kind !== 'number' || isNegativeRational(gap.value)) continue;
    return isNumber(gap, 0) ? sign : 'positive';
  }
  return undefined;
}
