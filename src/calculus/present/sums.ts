/** Sums: over one stroke, with common factors in front, multiplied out, or as they are, whichever is shortest. */

import { multiply } from '../../term/construct.ts';
import type { AddTerm, Term } from '../../term/term.ts';
import { tidyRest } from './brackets.ts';
import { expandSum, holdsBrackets } from './expand.ts';
import { pull, type Reach } from './factor.ts';
import { holdsDivisor, sizeOf } from './size.ts';
import { reducePairs, reduceSquares } from './squares.ts';

/** A polynomial stays multiplied out unless the form with a common factor is shorter by a fifth. */
const polynomialGain = 0.8;

/** A sum in the shortest of its forms. */
export function tidySum(sum: AddTerm): Term {
  const reduced = reducePairs(sum);
  if (reduced !== sum) return reduced;
  const flat = reduceSquares(sum);
  if (flat.kind !== 'add') return flat;
  let best: Term = flat;
  const consider = (candidate: Term | undefined): void => {
    if (candidate !== undefined && sizeOf(candidate) < sizeOf(best)) best = candidate;
  };
  const isPolynomial = flat.terms.every(isMonomial);
  const factored = factor(flat, 'shared');
  if (!isPolynomial) consider(factored);
  else if (factored !== undefined && sizeOf(factored) <= polynomialGain * sizeOf(flat)) best = factored;
  if (flat.terms.some(holdsDivisor)) consider(factor(flat, 'fractions'));
  if (holdsBrackets(flat)) {
    const expanded = expandSum(flat);
    const settled = expanded?.kind === 'add' ? reduceSquares(expanded) : expanded;
    consider(settled);
    if (settled?.kind === 'add') consider(factor(settled, 'shared'));
  }
  return best;
}

function factor(sum: AddTerm, reach: Reach): Term | undefined {
  const pulled = pull(sum, reach);
  return pulled === undefined ? undefined : multiply(pulled.common, tidyRest(pulled.rest));
}

/** A number times names to whole powers. */
function isMonomial(term: Term): boolean {
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
