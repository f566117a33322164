/** Sums: over one stroke, with common factors in front, multiplied out, or as they are, whichever is shortest. */

import { addAll, multiply, number, open, replaceIndex, sum } from '../../term/construct.ts';
import type { AddTerm, BinderTerm, IndexTerm, Term } from '../../term/term.ts';
import { takeConstantsOut } from './binders.ts';
import { tidyRest } from './brackets.ts';
import { expandSum, mayCancel } from './expand.ts';
import { partsOf, pull, type Reach, sharesNothing } from './factor.ts';
import type { Monomial } from './monomial.ts';
import { holdsDivisor, sizeOf } from './size.ts';
import { reducePairs, reduceSquares } from './squares.ts';

/** A polynomial stays multiplied out unless the form with a common factor is shorter by a fifth. */
const polynomialGain = 0.8;

/** A sum in the shortest of its forms. */
export function tidySum(whole: AddTerm): Term {
  const reduced = reducePairs(whole);
  if (reduced !== whole) return reduced;
  const flat = reduceSquares(whole);
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
  if (best === flat && mayCancel(flat)) {
    const expanded = expandSum(flat);
    const settled = expanded?.kind === 'add' ? reduceSquares(expanded) : expanded;
    consider(settled);
    const terms = settled?.kind === 'add' ? partsOf(settled) : undefined;
    if (terms !== undefined) consider(factor(terms, 'shared', sizeOf(best)));
  }
  consider(mergedBinders(flat));
  return best;
}

/** sum(a[i] b[i], i) + sum(c[k] b[k], k) as sum((a[i] + c[i]) b[i], i): only where both bodies share a factor. */
function mergedBinders(flat: AddTerm): Term | undefined {
  const sums = flat.terms.flatMap((term) => {
    const [scalar, binder] = splitBinder(term);
    return binder === undefined ? [] : [{ term, scalar, binder }];
  });
  for (const [at, one] of sums.entries()) {
    const other = sums.slice(at + 1).find(({ binder }) => sameRange(binder, one.binder));
    if (other === undefined) continue;
    const taken = new Set([...one.term.free, ...other.term.free]);
    const opened = open(one.binder, taken);
    const body = addAll([
      multiply(one.scalar, opened.body),
      multiply(other.scalar, replaceBound(other.binder, opened.index, taken)),
    ]);
    const tidied = body.kind === 'add' ? tidySum(body) : body;
    if (tidied.kind === 'add') continue;
    const others = flat.terms.filter((term) => term !== one.term && term !== other.term);
    const merged = sum(opened.index, tidied, one.binder.range, one.binder.hint);
    return addAll([...others, merged.kind === 'sum' ? takeConstantsOut(merged) : merged]);
  }
  return undefined;
}

function splitBinder(term: Term): readonly [scalar: Term, binder: BinderTerm | undefined] {
  if (term.kind === 'sum') return [number(1), term];
  if (term.kind !== 'multiply') return [term, undefined];
  const binder = term.factors.find((factor) => factor.kind === 'sum') as BinderTerm | undefined;
  const others = term.factors.filter((factor) => factor !== binder);
  return [multiply(number(term.coefficient), ...others), binder];
}

function sameRange(left: BinderTerm, right: BinderTerm): boolean {
  return left.range?.from === right.range?.from && left.range?.to === right.range?.to && left.range !== undefined;
}

/** The body of a binder with this index. */
function replaceBound(binder: BinderTerm, at: IndexTerm, taken: ReadonlySet<string>): Term {
  const opened = open(binder, new Set([...taken, at.name]));
  return replaceIndex(opened.body, opened.index, at);
}

function factor(parts: readonly Monomial[], reach: Reach, limit: number): Term | undefined {
  const pulled = pull(parts, reach, limit);
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
