/** Sums: over one stroke, with common factors in front, multiplied out, or as they are, whichever is shortest. */

import { multiply } from '../../term/construct.ts';
import type { AddTerm, Term } from '../../term/term.ts';
import { tidyParts } from './brackets.ts';
import { expandParts, expandSum, mayCancel } from './expand.ts';
import { partsOf, pull, type Reach, sharesNothing, sizeOfParts, sumOf } from './factor.ts';
import { type Monomial, productOf } from './monomial.ts';
import { holdsStroke, sizeOf } from './size.ts';
import { holdsSquare, reducePairs, reduceSquares } from './squares.ts';

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
  const holdsFraction = holdsStroke(flat);
  const isPlain = !holdsFraction && sharesNothing(flat);
  if (isPlain && !mayCancel(flat)) {
    flat.clear = true;
    return flat;
  }
  const parts = isPlain ? undefined : partsOf(flat);
  if (parts !== undefined) {
    const limit = flat.terms.every(isMonomial) ? polynomialGain * sizeOf(flat) + 1e-9 : sizeOf(flat);
    const factored = factor(parts, 'shared', limit);
    if (factored !== undefined && sizeOf(factored) < limit) best = factored;
    if (holdsFraction) consider(factor(parts, 'fractions', sizeOf(best)));
  }
  if (best === flat && mayCancel(flat)) {
    const counted = expandParts(flat.terms);
    if (counted !== undefined && !counted.some(holdsSquare)) {
      if (sizeOfParts(counted) < sizeOf(best)) consider(sumOf(counted));
      consider(factor(counted, 'shared', sizeOf(best)));
    } else {
      const expanded = expandSum(flat);
      const settled = expanded?.kind === 'add' ? reduceSquares(expanded) : expanded;
      consider(settled);
      const terms = settled?.kind === 'add' ? partsOf(settled) : undefined;
      if (terms !== undefined) consider(factor(terms, 'shared', sizeOf(best)));
    }
  }
  return best;
}

function factor(parts: readonly Monomial[], reach: Reach, limit: number): Term | undefined {
  const pulled = pull(parts, reach, limit);
  return pulled === undefined ? undefined : multiply(productOf(pulled.common), tidyParts(pulled.rest));
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
