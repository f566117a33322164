/** Brackets multiplied out. */

import { addAll, multiplyAll, number } from '../../term/construct.ts';
import { oneRational } from '../../term/rational.ts';
import type { Term } from '../../term/term.ts';
import { mergeExponentials } from './exponential.ts';

/** Most terms that multiplying out may make. */
const mostTerms = 40;
const largestPower = 4n;

/** Whether a sum holds a product of brackets, or a small power of one. */
export function holdsBrackets(sum: Term): boolean {
  return sum.kind === 'add' && sum.terms.some(isExpandable);
}

function isExpandable(term: Term): boolean {
  if (term.kind === 'multiply') return term.factors.some((factor) => bracketOf(factor) !== undefined);
  return term.kind === 'power' && bracketOf(term) !== undefined;
}

/** The sum of which a factor is a small power, and the exponent. */
function bracketOf(factor: Term): { terms: readonly Term[]; times: number } | undefined {
  if (factor.kind === 'add') return { terms: factor.terms, times: 1 };
  if (factor.kind !== 'power' || factor.base.kind !== 'add' || factor.exponent.kind !== 'number') return undefined;
  const { numerator, denominator } = factor.exponent.value;
  if (denominator !== 1n || numerator < 1n || numerator > largestPower) return undefined;
  return { terms: factor.base.terms, times: Number(numerator) };
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
  let sums: Term[][] = [[]];
  for (const factor of factors) {
    const bracket = bracketOf(factor);
    if (bracket === undefined) plain.push(factor);
    else
      for (let k = 0; k < bracket.times; k++) sums = sums.flatMap((one) => bracket.terms.map((part) => [...one, part]));
  }
  return addAll(sums.map((one) => mergeExponentials(multiplyAll([...plain, ...one]))));
}
