/**
 * The presentation passes: an answer as a person would write it. Every pass is an identity without conditions on the
 * reals, but for the holes that x/x closes; of several forms the smallest is kept.
 *
 * What stands in a function is the author's own and is left as it is written.
 */

import { addAll, cases, element, multiplyAll, number, power, product, sum } from '../term/construct.ts';
import { settle } from '../term/inspect.ts';
import { isNegativeRational } from '../term/rational.ts';
import type { Term } from '../term/term.ts';
import { absorbSignIntoSum, takeConstantsOut } from './present/binders.ts';
import { tidyBrackets } from './present/brackets.ts';
import { useDomain } from './present/domain.ts';
import { clearNegativeExponentials, mergeExponentials, splitByExponential } from './present/exponential.ts';
import { dropIndicators } from './present/indicators.ts';
import { absorbSign } from './present/minus.ts';
import { takeInverse, writeExponents } from './present/powers.ts';
import { shortenRatios } from './present/ratios.ts';
import { collectRoots, mergeRoots, openRoots } from './present/roots.ts';
import { collectSigns, dropSteps, takeNumberOut } from './present/signs.ts';
import { tidySum } from './present/sums.ts';
import { hasBracket, hasCases, hasExponential, hasRatio, hasRoot, hasSign, traitsOf } from './present/traits.ts';

/**
 * `term` tidied from the inside out, and then by the signs that it tells of by having a value. What was needed of these is
 * added to `conditions`: relations that hold wherever the formula has a real value.
 */
export function present(term: Term, conditions: Term[] = []): Term {
  const settled = settle(term, presentPart);
  const signed = useDomain(settled, conditions);
  return writeExponents(signed === settled ? settled : settle(signed, presentPart));
}

function presentPart(part: Term): Term {
  if (part.kind === 'apply') return takeInverse(takeNumberOut(part));
  if (part.parts.length === 0) return part;
  if (part.presented !== undefined) return part.presented;
  const result = tidy(rebuild(part));
  part.presented = result;
  return result;
}

/**
 * The parts that a derivative can have made: those of sums, products, binders and cases, and indices. What a power in a
 * product becomes depends on the other factors, and what stands under a root or below a stroke is the author's own.
 */
function partOfFactor(factor: Term): Term | undefined {
  if (factor.kind !== 'power') return factor;
  const isWhole = factor.exponent.kind === 'number' && factor.exponent.integer > 0;
  return factor.base.kind === 'apply' || (isWhole && factor.base.kind === 'add') ? factor.base : undefined;
}

/** The term with its parts presented. A binder keeps its canonical index: nothing that comes in is free in it. */
function rebuild(term: Term): Term {
  switch (term.kind) {
    case 'add': {
      const terms = presentAll(term.terms);
      return terms === undefined ? term : addAll(terms);
    }
    case 'multiply': {
      const factors = presentFactors(term.factors);
      return factors === undefined ? term : multiplyAll([number(term.coefficient), ...factors]);
    }
    case 'power':
      return presentFactor(term);
    case 'sum':
    case 'product': {
      const body = presentPart(term.body);
      if (body === term.body) return term;
      return (term.kind === 'sum' ? sum : product)(term.bound, body, term.range, term.hint);
    }
    case 'cases':
      return cases(term.condition, presentPart(term.then), presentPart(term.otherwise));
    case 'element': {
      const indices = presentAll(term.indices);
      return indices === undefined ? term : element(term.base, indices);
    }
    default:
      return term;
  }
}

/** The parts presented; undefined where all stay as they are. */
function presentAll(parts: readonly Term[]): Term[] | undefined {
  let result: Term[] | undefined;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as Term;
    const after = presentPart(part);
    if (after === part) continue;
    result ??= parts.slice();
    result[at] = after;
  }
  return result;
}

/** The same for factors. */
function presentFactors(factors: readonly Term[]): Term[] | undefined {
  let result: Term[] | undefined;
  for (let at = 0; at < factors.length; at++) {
    const factor = factors[at] as Term;
    const after = presentFactor(factor);
    if (after === factor) continue;
    result ??= factors.slice();
    result[at] = after;
  }
  return result;
}

function presentFactor(factor: Term): Term {
  const part = partOfFactor(factor);
  if (part === undefined) return factor;
  const result = presentPart(part);
  if (factor.kind !== 'power') return result;
  return result === part ? factor : power(result, factor.exponent);
}

function tidy(term: Term): Term {
  switch (term.kind) {
    case 'add':
      return tidyProduct(tidySum(term));
    case 'multiply':
    case 'power':
      return tidyProduct(term);
    case 'sum':
      return tidyProduct(takeConstantsOut(term));
    default:
      return term;
  }
}

/** Only the passes that have something to look at are run. */
function tidyProduct(term: Term): Term {
  const traits = traitsOf(term);
  if (traits === 0) return term;
  let best = term;
  if (traits & hasCases) best = dropIndicators(best);
  if (traits & hasRoot) best = collectRoots(mergeRoots(openRoots(best)));
  if (traits & hasExponential) best = mergeExponentials(best);
  if (traits & hasRatio) best = shortenRatios(best);
  // A root may have become an absolute value.
  if (traits & (hasSign | hasRoot)) best = dropSteps(collectSigns(best));
  if (traits & hasBracket && (best.kind === 'multiply' || best.kind === 'power')) {
    const settled = tidyBrackets(best);
    // 1/(1 + sinh^2) is 1/cosh^2 by now.
    // And sec^2 / sqrt(1 + tan^2) is sec^2 / sqrt(sec^2).
    const opened = settled !== best && traitsOf(settled) & hasRoot ? collectSigns(openRoots(settled)) : settled;
    best = opened !== best && traitsOf(opened) & hasRatio ? shortenRatios(opened) : opened;
  }
  if (best.kind === 'add' && term.kind !== 'add' && traits & hasRatio) best = addAll(best.terms.map(shortenRatios));
  if (traits & hasBracket && traits & hasExponential && best.kind === 'multiply') {
    const turned = clearNegativeExponentials(best);
    const cleared = turned.kind === 'multiply' ? splitByExponential(turned) : turned;
    best =
      cleared !== best && (cleared.kind === 'multiply' || cleared.kind === 'power') ? tidyBrackets(cleared) : cleared;
  }
  if (best.kind !== 'multiply') return best;
  const turned = absorbSign(best);
  return turned.kind === 'multiply' && isNegativeRational(turned.coefficient) ? absorbSignIntoSum(turned) : turned;
}
