/**
 * The presentation passes: an answer as a person would write it. Every pass is an identity without conditions; of
 * several forms the smallest is kept.
 */

import {
  add,
  isNumber,
  mapParts,
  multiply,
  negate,
  number,
  open,
  power,
  splitCoefficient,
  sum,
} from '../term/construct.ts';
import { children, freeIndices } from '../term/inspect.ts';
import {
  commonRational,
  compareRational,
  multiplyRational,
  oneRational,
  type Rational,
  rational,
} from '../term/rational.ts';
import type { AddTerm, MultiplyTerm, Term } from '../term/term.ts';

const noNames: ReadonlySet<string> = new Set();

/** `term` tidied from the inside out: common factors in front, constants before sums, brackets that cancel multiplied out. */
export function present(term: Term): Term {
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    const known = memo.get(part);
    if (known !== undefined) return known;
    // The denominator of a power stays as it was written; its parts are tidied all the same.
    const inner = part.kind === 'derivative' ? part : mapParts(part, noNames, visit);
    const result = tidy(inner);
    memo.set(part, result);
    return result;
  };
  return visit(term);
}

function tidy(term: Term): Term {
  switch (term.kind) {
    case 'add':
      return smallest(term, [factorOut(term), expandProducts(term), factorOut(expandProducts(term))]);
    case 'multiply': {
      const expanded = expandProducts(term);
      return absorbSignIntoSum(absorbSign(smallest(term, [factorOut(expanded)])));
    }
    case 'sum':
      return absorbSignIntoSum(takeConstantsOut(term));
    default:
      return term;
  }
}

function smallest(term: Term, candidates: readonly Term[]): Term {
  let best = term;
  for (const candidate of candidates) if (sizeOf(candidate) < sizeOf(best)) best = candidate;
  return best;
}

const sizeMemo = new WeakMap<Term, number>();

/** About how many signs a term takes when it is printed. */
export function sizeOf(term: Term): number {
  const known = sizeMemo.get(term);
  if (known !== undefined) return known;
  let size = children(term).reduce((total, part) => total + sizeOf(part), 1);
  if (term.kind === 'number') size = numberSize(term.value);
  if (term.kind === 'multiply') size += coefficientSize(term.coefficient);
  if (term.kind === 'power' && isNumber(term.exponent, -1)) size -= 1;
  sizeMemo.set(term, size);
  return size;
}

function numberSize(value: Rational): number {
  return 1 + (value.denominator === 1n ? 0 : 2) + (value.numerator < 0n ? 1 : 0);
}

function coefficientSize(value: Rational): number {
  if (value.denominator === 1n && value.numerator === 1n) return 0;
  if (value.denominator === 1n && value.numerator === -1n) return 1;
  return 1 + numberSize(value);
}

/** A product as its rational coefficient and the exponent of each base; other exponents than numbers stay with the base. */
interface Monomial {
  readonly coefficient: Rational;
  readonly exponents: ReadonlyMap<Term, Rational>;
}

function monomial(term: Term): Monomial {
  const [coefficient, rest] = splitCoefficient(term);
  const exponents = new Map<Term, Rational>();
  for (const factor of rest.kind === 'multiply' ? rest.factors : isNumber(rest, 1) ? [] : [rest]) {
    if (factor.kind === 'power' && factor.exponent.kind === 'number') exponents.set(factor.base, factor.exponent.value);
    else exponents.set(factor, oneRational);
  }
  return { coefficient, exponents };
}

/** a x + b x as (a + b) x: the factors that all terms share, and their numbers' common divisor, in front. */
export function factorOut(term: Term): Term {
  if (term.kind !== 'add') return term;
  const common = commonFactor(term);
  if (isNumber(common, 1)) return term;
  return multiply(common, add(...term.terms.map((part) => multiply(part, power(common, number(-1))))));
}

function commonFactor(term: AddTerm): Term {
  const monomials = term.terms.map(monomial);
  const [first, ...others] = monomials as [Monomial, ...Monomial[]];
  const shared: Term[] = [];
  for (const [base, exponent] of first.exponents) {
    let least = exponent;
    const everywhere = others.every((other) => {
      const own = other.exponents.get(base);
      if (own === undefined) return false;
      if (compareRational(own, least) < 0) least = own;
      return true;
    });
    if (everywhere) shared.push(power(base, number(least)));
  }
  let content = magnitude(first.coefficient);
  for (const { coefficient } of others) content = commonRational(content, coefficient);
  const allNegative = monomials.every(({ coefficient }) => coefficient.numerator < 0n);
  return multiply(number(allNegative ? multiplyRational(content, rational(-1)) : content), ...shared);
}

function magnitude(value: Rational): Rational {
  return value.numerator < 0n ? { ...value, numerator: -value.numerator } : value;
}

/** Most terms that multiplying out may make. */
const mostExpandedTerms = 64;
const largestExpandedPower = 4n;

/** Products of brackets multiplied out, and small powers of them; the term itself where that makes too many terms. */
export function expandProducts(term: Term): Term {
  if (term.kind === 'add') {
    const parts = term.terms.map(expandProducts);
    return add(...parts);
  }
  if (term.kind !== 'multiply' && term.kind !== 'power') return term;
  const factors = term.kind === 'multiply' ? term.factors : [term];
  let sums: Term[][] = [[number(term.kind === 'multiply' ? term.coefficient : oneRational)]];
  for (const factor of factors.flatMap(repeatedFactor)) {
    const parts = factor.kind === 'add' ? factor.terms : [factor];
    if (sums.length * parts.length > mostExpandedTerms) return term;
    sums = sums.flatMap((product) => parts.map((part) => [...product, part]));
  }
  return add(...sums.map((product) => multiply(...product)));
}

function repeatedFactor(factor: Term): Term[] {
  if (factor.kind !== 'power' || factor.base.kind !== 'add' || factor.exponent.kind !== 'number') return [factor];
  const { numerator, denominator } = factor.exponent.value;
  if (denominator !== 1n || numerator < 1n || numerator > largestExpandedPower) return [factor];
  return Array.from({ length: Number(numerator) }, () => factor.base);
}

/** -(a - b) as b - a. */
function absorbSign(term: Term): Term {
  if (term.kind !== 'multiply' || !isMinusOne(term.coefficient)) return term;
  const bracket = term.factors.find((factor) => factor.kind === 'add' && factor.terms.some(isNegative));
  if (bracket === undefined) return term;
  return multiply(...term.factors.filter((factor) => factor !== bracket), negateAdd(bracket));
}

function isMinusOne(value: Rational): boolean {
  return value.numerator === -1n && value.denominator === 1n;
}

function isNegative(term: Term): boolean {
  const [coefficient] = splitCoefficient(term);
  return coefficient.numerator < 0n;
}

function negateAdd(term: Term): Term {
  return term.kind === 'add' ? add(...term.terms.map(negate)) : negate(term);
}

/** What does not depend on the index goes in front of the sum; a minus goes into a bracket that it turns around. */
function takeConstantsOut(term: Term): Term {
  if (term.kind !== 'sum') return term;
  const opened = open(term, noNames);
  if (opened.body.kind === 'number' && !isNumber(opened.body, 1)) {
    return multiply(opened.body, sum(opened.index, number(1), term.range));
  }
  if (opened.body.kind !== 'multiply') return term;
  const body: MultiplyTerm = opened.body;
  const isInside = (factor: Term) => freeIndices(factor).has(opened.index.name);
  const outside = body.factors.filter((factor) => !isInside(factor));
  const inside = body.factors.filter(isInside);
  if (inside.length === 0) return term;
  return multiply(number(body.coefficient), ...outside, sum(opened.index, multiply(...inside), term.range));
}

/** -sum((a - b) x) as sum((b - a) x). */
function absorbSignIntoSum(term: Term): Term {
  if (term.kind !== 'multiply' || !isMinusOne(term.coefficient)) return term;
  const binder = term.factors.find((factor) => factor.kind === 'sum');
  if (binder?.kind !== 'sum') return term;
  const opened = open(binder, noNames);
  const turned =
    opened.body.kind === 'add' && opened.body.terms.some(isNegative)
      ? negateAdd(opened.body)
      : absorbSign(multiply(number(-1), opened.body));
  if (sizeOf(turned) > sizeOf(opened.body)) return term;
  return multiply(...term.factors.filter((factor) => factor !== binder), sum(opened.index, turned, binder.range));
}
