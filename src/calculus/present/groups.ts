/** Terms of a sum that share a factor which not all of them have: 2 sin(x) - x sin(x) + x cos(x) is (2 - x) sin(x) + x cos(x). */

import { addAll, multiply } from '../../term/construct.ts';
import { factorsOf } from '../../term/inspect.ts';
import type { AddTerm, Term } from '../../term/term.ts';
import { partsOf, pull, sumOf } from './factor.ts';
import { productOf } from './monomial.ts';
import { sizeOf } from './size.ts';

/** Longer sums are left as they are, and so are polynomials. */
const mostTerms = 8;

/** The sum with one group of its terms taken together, then perhaps another; the sum itself where that is no shorter. */
export function groupTerms(sum: AddTerm): Term {
  if (sum.terms.length < 3 || sum.terms.length > mostTerms || sum.terms.every(isMonomial)) return sum;
  let best: Term = sum;
  for (const shared of sharedFactors(sum.terms)) {
    const inside = sum.terms.filter((term) => factorsOf(term).includes(shared));
    const group = addAll(inside);
    const parts = group.kind === 'add' ? partsOf(group) : undefined;
    const pulled = parts && pull(parts, 'shared');
    if (pulled === undefined) continue;
    const others = sum.terms.filter((term) => !inside.includes(term));
    const candidate = addAll([...others, multiply(productOf(pulled.common), sumOf(pulled.rest))]);
    if (sizeOf(candidate) < sizeOf(best)) best = candidate;
  }
  return best !== sum && best.kind === 'add' ? groupTerms(best) : best;
}

/** Factors that stand in some terms, at least two, and not in all; of cos^2 + 2 cos + 1 that is none. */
function sharedFactors(terms: readonly Term[]): Term[] {
  const counts = new Map<Term, number>();
  for (const term of terms) for (const factor of factorsOf(term)) counts.set(factor, (counts.get(factor) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1 && count < terms.length).map(([factor]) => factor);
}

/** A number times names to whole powers. */
export function isMonomial(term: Term): boolean {
  switch (term.kind) {
    case 'number':
    case 'symbol':
    case 'element':
    case 'index':
      return true;
    case 'multiply':
      return term.factors.every(isMonomial);
    case 'power':
      return term.exponent.kind === 'number' && term.exponent.value.numerator > 0n && isMonomial(term.base);
    default:
      return false;
  }
}
