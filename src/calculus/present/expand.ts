/** Brackets multiplied out. */

import { addAll, multiplyAll, number } from '../../term/construct.ts';
import { oneRational } from '../../term/rational.ts';
import type { Term } from '../../term/term.ts';
import { mergeExponentials } from './exponential.ts';
import { areKin } from './traits.ts';

/** Most terms that multiplying out may make. */
const mostTerms = 40;
const largestPower = 4;

/** Longer sums are not looked through for what might cancel. */
const mostLookedAt = 16;

/**
 * Whether multiplying out may make terms collect: a bracket in one term and another term share a name, a function or a
 * number. (x - m)^2 - s^2 stays; (x - 1)^2 - x^2 may get shorter.
 */
export function mayCancel(sum: Term): boolean {
  if (sum.kind !== 'add' || sum.terms.length > mostLookedAt) return false;
  return sum.terms.some((term, at) => {
    if (!isExpandable(term)) return false;
    return factorsOf(term).some((factor) => {
      const bracket = bracketOf(factor);
      return bracket?.terms.some((inner) => sum.terms.some((other, k) => k !== at && meets(inner, other)));
    });
  });
}

function factorsOf(term: Term): readonly Term[] {
  return term.kind === 'multiply' ? term.factors : [term];
}

function baseOf(factor: Term): Term {
  return factor.kind === 'power' ? factor.base : factor;
}

/** Whether two terms have a base in common, in brackets or not; two numbers meet. */
function meets(inner: Term, other: Term): boolean {
  if (inner.kind === 'number' && other.kind === 'number') return true;
  for (const factor of factorsOf(other)) {
    const base = baseOf(factor);
    if (base.kind === 'add' ? base.terms.some((part) => meets(inner, part)) : standsIn(base, inner)) return true;
  }
  return false;
}

function standsIn(base: Term, term: Term): boolean {
  return factorsOf(term).some((factor) => {
    const own = baseOf(factor);
    return own === base || (own.kind === 'apply' && base.kind === 'apply' && areKin(own, base));
  });
}

function isExpandable(term: Term): boolean {
  if (term.kind === 'multiply') return term.factors.some(isBracket);
  return term.kind === 'power' && isBracket(term);
}

function isBracket(factor: Term): boolean {
  return baseOf(factor).kind === 'add' && bracketOf(factor) !== undefined;
}

/** The sum of which a factor is a small power, and the exponent. */
function bracketOf(factor: Term): { terms: readonly Term[]; times: number } | undefined {
  if (factor.kind === 'add') return { terms: factor.terms, times: 1 };
  if (factor.kind !== 'power' || factor.base.kind !== 'add' || factor.exponent.kind !== 'number') return undefined;
  const times = factor.exponent.integer;
  return times >= 1 && times <= largestPower ? { terms: factor.base.terms, times } : undefined;
}

/** A sum with the brackets of its terms multiplied out; undefined where that makes too many terms. */
export function expandSum(sum: Term): Term | undefined {
  if (sum.kind !== 'add') return expandProduct(sum);
  let count = 0;
  for (const term of sum.terms) {
    count += countExpanded(term);
    if (count > mostTerms) return undefined;
  }
  const parts: Term[] = [];
  for (const term of sum.terms) parts.push(expandProduct(term) ?? term);
  return addAll(parts);
}

function countExpanded(term: Term): number {
  const factors = term.kind === 'multiply' ? term.factors : [term];
  let count = 1;
  for (const factor of factors) {
    const bracket = bracketOf(factor);
    if (bracket !== undefined) count *= bracket.terms.length ** bracket.times;
  }
  return count;
}

/** A product with its brackets multiplied out; undefined where that makes too many terms. */
export function expandProduct(term: Term): Term | undefined {
  if (!isExpandable(term)) return term;
  if (countExpanded(term) > mostTerms) return undefined;
  const factors = term.kind === 'multiply' ? term.factors : [term];
  const plain: Term[] = [number(term.kind === 'multiply' ? term.coefficient : oneRational)];
  const brackets: (readonly Term[])[] = [];
  for (const factor of factors) {
    const bracket = bracketOf(factor);
    if (bracket === undefined) plain.push(factor);
    else for (let k = 0; k < bracket.times; k++) brackets.push(bracket.terms);
  }
  const products: Term[] = [];
  choose(plain, brackets, 0, products);
  return addAll(products);
}

/** Every product of the chosen factors and one term of each bracket from this place on. */
function choose(chosen: Term[], brackets: readonly (readonly Term[])[], at: number, products: Term[]): void {
  const terms = brackets[at];
  if (terms === undefined) {
    products.push(mergeExponentials(multiplyAll(chosen)));
    return;
  }
  for (const term of terms) {
    chosen.push(term);
    choose(chosen, brackets, at + 1, products);
    chosen.pop();
  }
}
