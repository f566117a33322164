/** Sums: over one stroke, with common factors in front, multiplied out, or as they are, whichever is shortest. */

import { addAll, multiply, one } from '../../term/construct.ts';
import type { AddTerm, Term } from '../../term/term.ts';
import { tidyBrackets, tidyParts } from './brackets.ts';
import { expandParts, expandSum, mayCancel } from './expand.ts';
import { partsOf, pull, type Reach, sharesNothing, sizeOfParts, sumOf } from './factor.ts';
import { groupTerms, isMonomial } from './groups.ts';
import { mergedBinders } from './merged-sums.ts';
import { type Monomial, productOf } from './monomial.ts';
import { bySineAndCosine, shortenRatios } from './ratios.ts';
import { joinSigns } from './signs.ts';
import { holdsStroke, sizeOf } from './size.ts';
import { holdsSquare, reducePairs, reduceSquares } from './squares.ts';
import { hasRatio, traitsOf } from './traits.ts';

/** A polynomial stays multiplied out unless the form with a common factor is shorter by a fifth. */
const polynomialGain = 0.8;

/** And tan and sec stay unless the form in sines and cosines is shorter by a third. */
const sineAndCosineGain = 2 / 3;

/** A sum in the shortest of its forms. */
export function tidySum(sum: AddTerm): Term {
  const reduced = reducePairs(sum);
  if (reduced !== sum) return reduced;
  const joined = joinSigns(sum);
  const signed = joined === sum ? undefined : tidySum(joined);
  if (signed !== undefined && sizeOf(signed) < sizeOf(sum)) return signed;
  const flat = reduceSquares(sum);
  if (flat.kind !== 'add') return flat;
  const holdsFraction = holdsStroke(flat);
  const isPlain = !holdsFraction && sharesNothing(flat);
  let best = isPlain ? flat : factorOut(flat, holdsFraction);
  if (best === flat) best = bySines(flat);
  if (best === flat && mayCancel(flat)) best = multiplyOut(flat);
  if (best.kind === 'add') best = shorterOf(groupTerms(best), best);
  return shorterOf(mergedBinders(flat, tidySum), best);
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

/** Shorter sums would not get shorter by a third. */
const leastBySines = 12;

/** sec cot (cos - 1) + 1 and the like: a person goes back to sine and cosine, and to one stroke. */
function bySines(sum: AddTerm): Term {
  if (sizeOf(sum) < leastBySines || !sum.terms.some((term) => traitsOf(term) & hasRatio)) return sum;
  const together = overSineAndCosine(sum);
  return together !== undefined && sizeOf(together) <= sineAndCosineGain * sizeOf(sum) ? together : sum;
}

function overSineAndCosine(sum: AddTerm): Term | undefined {
  const written = bySineAndCosine(sum);
  const parts = written && partsOf(written);
  const pulled = parts && pull(parts, 'fractions');
  if (pulled === undefined) return undefined;
  const common = productOf(pulled.common);
  const rest = tidyParts(pulled.rest);
  const whole = multiply(common, rest);
  const tidied = whole.kind === 'multiply' || whole.kind === 'power' ? tidyBrackets(whole) : whole;
  const together = tidied.kind === 'add' ? shortenEach(tidied) : shortenRatios(tidied);
  const apart = rest.kind === 'add' ? shortenEach(rest, common) : together;
  return sizeOf(apart) < sizeOf(together) ? apart : together;
}

function shortenEach(sum: AddTerm, common: Term = one()): Term {
  return addAll(sum.terms.map((term) => shortenRatios(multiply(common, term))));
}

function factor(parts: readonly Monomial[], reach: Reach, limit: number): Term | undefined {
  const pulled = pull(parts, reach, limit);
  return pulled === undefined ? undefined : multiply(productOf(pulled.common), tidyParts(pulled.rest));
}
