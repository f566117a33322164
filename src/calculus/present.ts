/**
 * The presentation passes: an answer as a person would write it. Every pass is an identity without conditions on the
 * reals, but for the holes that x/x closes; of several forms the smallest is kept.
 *
 * What stands in a function is the author's own and is left as it is written.
 */

import { addAll, cases, element, multiplyAll, number, power, product, sum } from '../term/construct.ts';
import { settle } from '../term/inspect.ts';
import type { Term } from '../term/term.ts';
import { absorbSignIntoSum, takeConstantsOut } from './present/binders.ts';
import { absorbSign, tidyBrackets } from './present/brackets.ts';
import { clearNegativeExponentials, mergeExponentials } from './present/exponential.ts';
import { shortenRatios } from './present/ratios.ts';
import { collectRoots, mergeRoots, openRoots } from './present/roots.ts';
import { collectSigns, takeNumberOut } from './present/signs.ts';
import { tidySum } from './present/sums.ts';

/** `term` tidied from the inside out. */
export function present(term: Term): Term {
  const tidied = new Map<number, Term>();
  const visit = (part: Term): Term => {
    if (partsOf(part).length === 0) return part;
    const known = tidied.get(part.id);
    if (known !== undefined) return known;
    const result = tidy(rebuild(part, visit));
    tidied.set(part.id, result);
    return result;
  };
  return settle(term, visit);
}

/** The parts that a derivative can have made: those of sums, products, powers, binders and cases, and indices. */
function partsOf(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'add':
      return term.terms;
    case 'multiply':
      // What a power in a product becomes depends on the other factors: its base alone is a part here.
      return term.factors.map((factor) => (factor.kind === 'power' ? factor.base : factor));
    case 'power':
      return [term.base];
    case 'sum':
    case 'product':
      return [term.body];
    case 'cases':
      return [term.then, term.otherwise];
    case 'element':
      return term.indices;
    default:
      return [];
  }
}

/** The term with other parts. A binder keeps its canonical index: nothing that comes in is free in it. */
function rebuild(term: Term, change: (part: Term) => Term): Term {
  let same = true;
  for (const part of partsOf(term)) if (change(part) !== part) same = false;
  if (same) return term;
  switch (term.kind) {
    case 'add':
      return addAll(term.terms.map(change));
    case 'multiply':
      return multiplyAll([
        number(term.coefficient),
        ...term.factors.map((factor) =>
          factor.kind === 'power' ? power(change(factor.base), factor.exponent) : change(factor),
        ),
      ]);
    case 'power':
      return power(change(term.base), term.exponent);
    case 'sum':
      return sum(term.bound, change(term.body), term.range, term.hint);
    case 'product':
      return product(term.bound, change(term.body), term.range, term.hint);
    case 'cases':
      return cases(term.condition, change(term.then), change(term.otherwise));
    case 'element':
      return element(term.base, term.indices.map(change));
    default:
      return term;
  }
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
    case 'apply':
      return takeNumberOut(term);
    default:
      return term;
  }
}

function tidyProduct(term: Term): Term {
  let best = collectSigns(shortenRatios(collectRoots(mergeRoots(mergeExponentials(openRoots(term))))));
  if (best.kind === 'multiply' || best.kind === 'power') best = tidyBrackets(best);
  if (best.kind === 'multiply') best = absorbSign(clearNegativeExponentials(best));
  return best.kind === 'multiply' ? absorbSignIntoSum(best) : best;
}
