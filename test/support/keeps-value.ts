/** Whether a term has the value of the formula that it was made from. */

import type { Term } from '../../src/term/term.ts';
import { complexValue, type Formula, formulaValue, toTerm } from './formula.ts';
import { type Place, termValue } from './term-value.ts';
import { isKnown, isNone, isUnknown, sameValue, type Tracked } from './tracked.ts';

export interface Verdict {
  /**
   * `same` value; both `none`; `blurred` where rounding hides it; and where the formula has no value but the term has
   * one: `hole`, a single place such as 0 in x/x; `cancelled`, when the formula does not depend on what has no value, as
   * in log(x) - log(x); `complex`, when it is the principal value by complex numbers, as in sqrt(x)^2.
   */
  readonly kind: 'same' | 'none' | 'blurred' | 'hole' | 'cancelled' | 'complex' | 'wrong';
  readonly reason?: string;
}

export function judgeValue(formula: Formula, term: Term, place: Place, fillsHoles = true): Verdict {
  const wanted = formulaValue(formula, place);
  const found = termValue(term, place);
  if (isUnknown(wanted) || isUnknown(found)) return { kind: 'blurred' };
  if (isNone(wanted)) return isNone(found) ? { kind: 'none' } : judgeGain(formula, term, place, found, fillsHoles);
  if (isNone(found)) {
    if (fillsHoles && isIsolated(formula, term, place)) return { kind: 'hole' };
    return { kind: 'wrong', reason: `the value ${wanted.value} is lost` };
  }
  const same = sameValue(wanted, found);
  if (same === undefined) return { kind: 'blurred' };
  return same ? { kind: 'same' } : { kind: 'wrong', reason: `${wanted.value} becomes ${found.value}` };
}

function judgeGain(formula: Formula, term: Term, place: Place, found: Tracked, fillsHoles: boolean): Verdict {
  if (standsIn(formula, place, found)) return { kind: 'cancelled' };
  const principal = complexValue(formula, place);
  if (principal !== undefined) {
    const apart = Math.hypot(principal.re - found.value, principal.im);
    if (apart <= 1e-6 * (1 + Math.abs(found.value))) return { kind: 'complex' };
  }
  if (fillsHoles && isIsolated(formula, term, place)) return { kind: 'hole' };
  return { kind: 'wrong', reason: `the value ${found.value} comes from nowhere` };
}

/**
 * Whether the formula has the value that was found whatever stands for its parts without a value, and for what it divides
 * by where that is 0: then these cancel, as in log(x) - log(x), log(x)/log(x), 0 log(x), log(x)^0.
 */
function standsIn(formula: Formula, place: Place, found: Tracked): boolean {
  const divisors = new Set<Term>();
  for (;;) {
    const known = divisors.size;
    const values = starts.map((start) => valueWith(start, formula, place, divisors));
    if (values.every(({ value }) => isKnown(value) && sameValue(value, found) === true)) return true;
    // 1/(1/u) is 0 where u is: the limit, even where u is 0 on a whole interval.
    const limits = tiny.map((start) => valueWith(start, formula, place, divisors).value);
    if (limits.some(({ value }) => Math.abs(value - found.value) <= 1e-4 * (1 + Math.abs(found.value)))) return true;
    const next = values.flatMap(({ divisor }) => (divisor === undefined ? [] : [divisor]))[0];
    if (next !== undefined) divisors.add(next);
    if (divisors.size === known || known > mostDivisors) return false;
  }
}

const starts = [0.7, 1.9, -1.3];
const mostDivisors = 6;

/** The value with numbers near `start` for `replaced` and for what has no value; the innermost divisor that is 0. */
function valueWith(
  start: number,
  formula: Formula,
  place: Place,
  replaced: ReadonlySet<Term>,
): { readonly value: Tracked; readonly divisor: Term | undefined } {
  const given = new Map<Term, Tracked>();
  let divisor: Term | undefined;
  const valueFor = (term: Term): Tracked => {
    const known = given.get(term) ?? { value: start * (1 + 0.31 * given.size), error: 0 };
    given.set(term, known);
    return known;
  };
  const instead = (part: Formula): Tracked | undefined => {
    const term = replaced.size === 0 ? undefined : toTerm(part);
    return term !== undefined && replaced.has(term) ? valueFor(term) : undefined;
  };
  const missing = (part: Formula, here: Place): Tracked => {
    if (divisor === undefined && part.kind === 'operator') {
      const isZero = (one: Formula) => formulaValue(one, here, { instead, missing }).value === 0;
      let [base] = part.parts;
      // x/z is 0 where x is.
      while (base.kind === 'operator' && '*/'.includes(base.sign)) {
        const factor: Formula | undefined = base.parts.find(isZero);
        if (factor === undefined) break;
        base = factor;
      }
      if (isZero(base)) divisor ??= toTerm(base);
    }
    return valueFor(toTerm(part));
  };
  const value = formulaValue(formula, place, { instead, missing });
  return { value, divisor };
}

/** Slow powers need the smallest, steep ones have no room for them. */
const tiny = [2 ** -3, 2 ** -8, 2 ** -40, -(2 ** -40), 2 ** -200, 2 ** -900];

/** Whether nothing is wrong next to the place in a direction that leaves every surface: then it is a hole, as 0 in x/x. */
function isIsolated(formula: Formula, term: Term, place: Place): boolean {
  // Powers of two, whose quotients have no rounding error that could hide on which side of a border they are.
  return [2 ** -12, -(2 ** -12)].every((shift) => {
    const near = new Map([...place].map(([name, value], at) => [name, value + shift * 2 ** -at]));
    return judgeValue(formula, term, near, false).kind !== 'wrong';
  });
}
