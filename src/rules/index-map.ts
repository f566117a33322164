/** Arithmetic of what stands as an index: integers, indices, and sums of integer multiples of them. */

import { add, delta, multiply, number, one, subtract, zero } from '../term/construct.ts';
import { freeIndices } from '../term/inspect.ts';
import { multiplyRational, oneRational, type Rational, rational } from '../term/rational.ts';
import type { DeltaTerm, IndexTerm, SymbolTerm, Term } from '../term/term.ts';

/** `coefficient` times an index or the name of an integer, or a number of its own. */
export interface Part {
  readonly coefficient: Rational;
  readonly unknown: IndexTerm | SymbolTerm | undefined;
}

/** A linear map in parts; undefined for anything else. */
export function partsOf(term: Term): readonly Part[] | undefined {
  const parts: Part[] = [];
  for (const one of term.kind === 'add' ? term.terms : [term]) {
    if (one.kind === 'number') parts.push({ coefficient: one.value, unknown: undefined });
    else if (isUnknown(one)) parts.push({ coefficient: oneRational, unknown: one });
    else {
      const only = one.kind === 'multiply' && one.factors.length === 1 ? one.factors[0] : undefined;
      if (one.kind !== 'multiply' || only === undefined || !isUnknown(only)) return undefined;
      parts.push({ coefficient: one.coefficient, unknown: only });
    }
    if (parts.at(-1)?.coefficient.denominator !== 1n) return undefined;
  }
  return parts;
}

function isUnknown(term: Term): term is IndexTerm | SymbolTerm {
  return term.kind === 'index' || (term.kind === 'symbol' && !term.constant && term.axes === 0);
}

/** How much `right` is above `left`, if that is one number whatever the indices are. */
export function distance(left: Term, right: Term): Rational | undefined {
  const difference = subtract(right, left);
  return difference.kind === 'number' ? difference.value : undefined;
}

/** Whether a term is an index or a number, not shifted or scaled. */
export function isPlain(term: Term): boolean {
  return term.kind === 'index' || term.kind === 'number';
}

/** The Kronecker delta, 0 or 1 at once where that is certain: i + 1 is never i, and 2 i is never 2 k + 1. */
export function kronecker(left: Term, right: Term): Term {
  const difference = subtract(left, right);
  if (difference.kind === 'number') return difference.value.numerator === 0n ? one() : zero();
  const parts = partsOf(difference);
  if (parts === undefined) return delta(left, right);
  const common = commonDivisor(parts.filter(({ unknown }) => unknown !== undefined));
  const rest = parts.find(({ unknown }) => unknown === undefined)?.coefficient.numerator ?? 0n;
  if (rest % common !== 0n) return zero();
  const [first, second] = parts;
  const isPair = parts.length === 2 && first?.unknown?.kind === 'index' && second?.unknown?.kind === 'index';
  const opposite = isPair && first.coefficient.numerator === -second.coefficient.numerator;
  return opposite ? delta(first.unknown as Term, second.unknown as Term) : delta(left, right);
}

function commonDivisor(parts: readonly Part[]): bigint {
  let common = 0n;
  for (const { coefficient } of parts) {
    let [a, b] = [common, coefficient.numerator < 0n ? -coefficient.numerator : coefficient.numerator];
    while (b !== 0n) [a, b] = [b, a % b];
    common = a;
  }
  return common === 0n ? 1n : common;
}

/**
 * The value of `over` at which the delta is 1, if it is one value for certain: i = j for delta(i, j), j - 1 for
 * delta(i + 1, j). There is none for delta(2 i, j), as j may be odd.
 */
export function solveDelta({ left, right }: DeltaTerm, over: IndexTerm): Term | undefined {
  const parts = partsOf(subtract(left, right));
  const own = parts?.find(({ unknown }) => unknown === over)?.coefficient.numerator;
  if (parts === undefined || own === undefined) return undefined;
  const others = parts.filter(({ unknown }) => unknown !== over);
  if (others.some(({ coefficient }) => coefficient.numerator % own !== 0n)) return undefined;
  return add(...others.map((part) => scaled(part, rational(-1n, own))));
}

function scaled({ coefficient, unknown }: Part, factor: Rational): Term {
  return multiply(number(multiplyRational(coefficient, factor)), unknown ?? one());
}

/** `index >= bound` or `index <= bound`. */
export interface Bound {
  readonly index: Term;
  readonly side: 'least' | 'most';
  readonly bound: Term;
}

/**
 * `low <= high` as a bound of one index, preferably the first of `wanted` in it: true or false where it is certain. Where no index
 * stands alone, as in 2 i <= n, the left side as a whole is bounded.
 */
export function boundOf(low: Term, high: Term, wanted: ReadonlySet<string>): Bound | boolean {
  const gap = distance(low, high);
  if (gap !== undefined) return gap.numerator >= 0n;
  const parts = partsOf(subtract(high, low)) ?? [];
  const alone = parts.filter(({ unknown, coefficient }) => unknown?.kind === 'index' && isUnit(coefficient));
  const preferred = [...wanted].map((name) => alone.find(({ unknown }) => unknown?.name === name));
  const chosen = preferred.find((part) => part !== undefined) ?? alone[0];
  if (chosen?.unknown === undefined) return { index: low, side: 'most', bound: high };
  const isLeast = chosen.coefficient.numerator > 0n;
  const others = parts.filter((part) => part !== chosen);
  const bound = add(...others.map((part) => scaled(part, rational(isLeast ? -1 : 1))));
  return { index: chosen.unknown, side: isLeast ? 'least' : 'most', bound };
}

function isUnit({ numerator }: Rational): boolean {
  return numerator === 1n || numerator === -1n;
}

/** Whether a term is a linear map with an index in it. */
export function isIndexMap(term: Term): boolean {
  return partsOf(term) !== undefined && freeIndices(term).size > 0;
}
