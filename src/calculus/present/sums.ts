/** Sums: over one stroke, with common factors in front, multiplied out, or as they are, whichever is shortest. */

import { addAll, multiply, one } from '../../term/construct.ts';
import type { AddTerm, Term } from '../../term/term.ts';
import { tidyBrackets, tidyRest } from './brackets.ts';
import { expandSum, mayCancel } from './expand.ts';
import { partsOf, pull, type Reach, sharesNothing } from './factor.ts';
import { groupTerms, isMonomial } from './groups.ts';
import type { Monomial } from './monomial.ts';
import { bySineAndCosine, shortenRatios } from './ratios.ts';
import { joinSigns } from './signs.ts';
import { holdsDivisor, sizeOf } from './size.ts';
import { reducePairs, reduceSquares } from './squares.ts';
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
  const signed = joined === sum ? sum : tidySum(joined);
  if (sizeOf(signed) < sizeOf(sum)) return signed;
  const flat = reduceSquares(sum);
  if (flat.kind !== 'add') return flat;
  let best: Term = flat;
  const consider = (candidate: Term | undefined): void => {
    if (candidate !== undefined && sizeOf(candidate) < sizeOf(best)) best = candidate;
  };
  const holdsFraction = flat.terms.some(holdsDivisor);
  const parts = !holdsFraction && sharesNothing(flat) ? undefined : partsOf(flat);
  if (parts !== undefined) {
    const limit = flat.terms.every(isMonomial) ? polynomialGain * sizeOf(flat) + 1e-9 : sizeOf(flat);
    const factored = factor(parts, 'shared', limit);
    if (factored !== undefined && sizeOf(factored) < limit) best = factored;
    if (holdsFraction) consider(factor(parts, 'fractions', sizeOf(best)));
  }
  // sec cot (cos - 1) + 1 and the like: a person goes back to sine and cosine, and to one stroke.
  if (best === flat && flat.terms.some((term) => traitsOf(term) & hasRatio)) {
    const together = overSineAndCosine(flat);
    if (together !== undefined && sizeOf(together) <= sineAndCosineGain * sizeOf(flat)) best = together;
  }
  if (best === flat && mayCancel(flat)) {
    const expanded = expandSum(flat);
    const settled = expanded?.kind === 'add' ? reduceSquares(expanded) : expanded;
    consider(settled);
    const terms = settled?.kind === 'add' ? partsOf(settled) : undefined;
    if (terms !== undefined) consider(factor(terms, 'shared', sizeOf(best)));
  }
  if (best.kind === 'add') consider(groupTerms(best));
  return best;
}

function overSineAndCosine(sum: AddTerm): Term | undefined {
  const written = bySineAndCosine(sum);
  const parts = written && partsOf(written);
  const pulled = parts && pull(parts, 'fractions');
  if (pulled === undefined) return undefined;
  const { common } = pulled;
  const rest = tidyRest(pulled.rest);
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
  return pulled === undefined ? undefined : multiply(pulled.common, tidyRest(pulled.rest));
}
