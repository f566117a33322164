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
  const holdsFraction = holdsStroke(flat);
  const isPlain = !holdsFraction && sharesNothing(flat);
  if (isPlain && !mayCancel(flat)) {
    flat.clear = true;
    return flat;
  }
  const factored = isPlain ? flat : factorOut(flat, holdsFraction);
  return factored === flat && mayCancel(flat) ? multiplyOut(flat) : factored;
}

/** What the terms share in front, and fractions over one stroke, where that is shorter. */
function factorOut(sum: AddTerm, holdsFraction: boolean): Term {
  const parts = partsOf(sum);
  if (parts === undefined) return sum;
  const limit = sum.terms.every(isMonomial) ? polynomialGain * sizeOf(sum) + 1e-9 : sizeOf(sum);
  const shared = factor(parts, 'shared', limit);
  const best = shared !== undefined && sizeOf(shared) < limit ? shared : sum;
  return holdsFraction ? shorterOf(factor(parts, 'fractions', sizeOf(best)), best) : best;
}

/** The brackets multiplied out, and what is then shared in front, where that is shorter. */
function multiplyOut(sum: AddTerm): Term {
  const counted = expandParts(sum.terms);
  if (counted !== undefined && !counted.some(holdsSquare)) {
    const best = sizeOfParts(counted) < sizeOf(sum) ? shorterOf(sumOf(counted), sum) : sum;
    return shorterOf(factor(counted, 'shared', sizeOf(best)), best);
  }
  const expanded = expandSum(sum);
  const settled = expanded?.kind === 'add' ? reduceSquares(expanded) : expanded;
  const best = shorterOf(settled, sum);
  const terms = settled?.kind === 'add' ? partsOf(settled) : undefined;
  return terms === undefined ? best : shorterOf(factor(terms, 'shared', sizeOf(best)), best);
}

function shorterOf(candidate: Term | undefined, term: Term): Term {
  return candidate !== undefined && sizeOf(candidate) < sizeOf(term) ? candidate : term;
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
