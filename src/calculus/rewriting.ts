/** Rewriting before differentiating: what makes a derivative easy without changing the function. Each rule is an identity. */

import { add, apply, isNumber, mapParts, multiply, number } from '../term/construct.ts';
import { children } from '../term/inspect.ts';
import { oneRational } from '../term/rational.ts';
import type { Term } from '../term/term.ts';

/** A rewrite of a whole expression, named for its step; `term` itself where it has nothing to do. */
export interface Rewriting {
  readonly id: 'log-rules' | 'split-quotient' | 'multiply-out';
  readonly states: string;
  readonly rewrite: (term: Term, positive: ReadonlySet<string>) => Term;
}

const noNames: ReadonlySet<string> = new Set();

/** Most terms that multiplying out may make. */
const mostTerms = 6;

export const rewritings: readonly Rewriting[] = [
  {
    id: 'log-rules',
    states: 'log(u^n) = n * log(u) for odd n, log(c * u) = log(c) + log(u) for c > 0, log(exp(u)) = u',
    rewrite: (term, positive) => deep(term, (part) => splitLog(part, positive)),
  },
  {
    id: 'split-quotient',
    states: '(u + v) / w = u / w + v / w',
    rewrite: (term) => eachTerm(term, splitQuotient),
  },
  {
    id: 'multiply-out',
    states: 'u * (v + w) = u * v + u * w',
    rewrite: (term) => eachTerm(term, multiplyOut),
  },
];

/** Whether a term holds roots or negative powers, which are then printed as powers. */
export function holdsPowers(term: Term): boolean {
  const seen = new Set<Term>();
  const visit = (part: Term): boolean => {
    if (seen.has(part)) return false;
    seen.add(part);
    if (part.kind === 'power' && part.exponent.kind === 'number') {
      const { numerator, denominator } = part.exponent.value;
      if (denominator !== 1n || numerator < 0n) return true;
    }
    return children(part).some(visit);
  };
  return visit(term);
}

function deep(term: Term, change: (part: Term) => Term): Term {
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    const known = memo.get(part);
    if (known !== undefined) return known;
    const result = change(mapParts(part, noNames, visit));
    memo.set(part, result);
    return result;
  };
  return visit(term);
}

function eachTerm(term: Term, change: (part: Term) => Term): Term {
  return term.kind === 'add' ? add(...term.terms.map(change)) : change(term);
}

function splitLog(term: Term, positive: ReadonlySet<string>): Term {
  if (term.kind !== 'apply' || term.generic || term.name !== 'log') return term;
  const [u] = term.args as [Term];
  if (u.kind === 'apply' && u.name === 'exp' && !u.generic) return u.args[0] as Term;
  if (u.kind === 'power') {
    return isPositive(u.base, positive) || needsPositiveBase(u.exponent)
      ? multiply(u.exponent, splitLog(apply('log', u.base), positive))
      : term;
  }
  if (u.kind !== 'multiply' || u.coefficient.numerator < 0n) return term;
  const certain = u.factors.filter((factor) => isPositive(factor, positive));
  const open = u.factors.filter((factor) => !isPositive(factor, positive));
  const scale = number(u.coefficient);
  const parts = [...(isNumber(scale, 1) ? [] : [scale]), ...certain, ...(open.length === 0 ? [] : [multiply(...open)])];
  return parts.length < 2 ? term : add(...parts.map((part) => splitLog(apply('log', part), positive)));
}

/** An odd power or a root is positive for positive u alone; an even one also where log(u) has no value. */
function needsPositiveBase(exponent: Term): boolean {
  if (exponent.kind !== 'number') return false;
  return exponent.value.denominator !== 1n || exponent.value.numerator % 2n !== 0n;
}

function isPositive(term: Term, positive: ReadonlySet<string>): boolean {
  switch (term.kind) {
    case 'number':
      return term.value.numerator > 0n;
    case 'symbol':
      return term.constant || positive.has(term.name);
    case 'apply':
      return !term.generic && (term.name === 'exp' || term.name === 'sigmoid' || term.name === 'cosh');
    case 'power':
      return isPositive(term.base, positive);
    case 'multiply':
      return term.coefficient.numerator > 0n && term.factors.every((factor) => isPositive(factor, positive));
    default:
      return false;
  }
}

/** A sum over something that is no sum, term by term. */
function splitQuotient(term: Term): Term {
  if (term.kind !== 'multiply') return term;
  const below = term.factors.filter(isDivisor);
  const above = term.factors.filter((factor) => !isDivisor(factor));
  const [sum] = above;
  if (below.length === 0 || above.length !== 1 || sum?.kind !== 'add' || sum.terms.length > mostTerms) return term;
  if (below.some((factor) => factor.kind === 'power' && factor.base.kind === 'add')) return term;
  return add(...sum.terms.map((part) => multiply(number(term.coefficient), part, ...below)));
}

function isDivisor(factor: Term): boolean {
  return factor.kind === 'power' && factor.exponent.kind === 'number' && factor.exponent.value.numerator < 0n;
}

/** A product of brackets and powers, multiplied out where few terms come of it. */
function multiplyOut(term: Term): Term {
  if (term.kind !== 'multiply' && term.kind !== 'power') return term;
  const factors = term.kind === 'multiply' ? term.factors : [term];
  if (!factors.every(isPolynomial)) return term;
  let products: Term[][] = [[number(term.kind === 'multiply' ? term.coefficient : oneRational)]];
  for (const factor of factors.flatMap(repeated)) {
    const parts = factor.kind === 'add' ? factor.terms : [factor];
    products = products.flatMap((product) => parts.map((part) => [...product, part]));
    if (products.length > 2 * mostTerms) return term;
  }
  const result = add(...products.map((product) => multiply(...product)));
  return result.kind === 'add' && result.terms.length > mostTerms ? term : result;
}

function isPolynomial(term: Term): boolean {
  if (term.kind === 'symbol' || term.kind === 'number' || term.kind === 'element') return true;
  if (term.kind === 'power') return isPolynomial(term.base) && term.exponent.kind === 'number' && !isDivisor(term);
  if (term.kind === 'add') return term.terms.every(isPolynomial);
  return term.kind === 'multiply' && term.factors.every(isPolynomial);
}

function repeated(factor: Term): Term[] {
  if (factor.kind !== 'power' || factor.base.kind !== 'add' || factor.exponent.kind !== 'number') return [factor];
  const { numerator, denominator } = factor.exponent.value;
  if (denominator !== 1n || numerator > 3n || numerator < 1n) return [factor];
  return Array.from({ length: Number(numerator) }, () => factor.base);
}
