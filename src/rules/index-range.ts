/** Where an index stands: conditions under which a sum meets it, as footnotes or as cases. */

import { add, cases, index, mapParts, number, one, relation, subtract, sum, zero } from '../term/construct.ts';
import { freeIndices } from '../term/inspect.ts';
import { rational } from '../term/rational.ts';
import { symbolsOf } from '../term/substitute.ts';
import type { BinderTerm, Range, Term } from '../term/term.ts';
import { type Bound, boundOf, distance, kronecker } from './index-map.ts';
import type { Condition, Extent, RuleContext } from './rule.ts';

/** Whether all indices in the terms are the reader's own: those that no sum around can bind. */
export function isFree(context: RuleContext, ...terms: readonly Term[]): boolean {
  return terms.every((term) => [...freeIndices(term)].every((name) => context.taken.has(name)));
}

/** What must hold for `value` to stand in `range`, lower bounds first, without what is certain; 'never' where it can't. */
export function boundsWithin(value: Term, { from, to }: Range, context: RuleContext): readonly Bound[] | 'never' {
  const bounds: Bound[] = [];
  for (const [low, high] of [
    [from, value],
    [value, to],
  ] as const) {
    const bound = boundOf(low, high, context.taken);
    if (bound === false) return 'never';
    if (bound !== true) bounds.push(bound);
  }
  return [...bounds.filter(({ side }) => side === 'least'), ...bounds.filter(({ side }) => side === 'most')];
}

/** `term` where all bounds hold, 0 elsewhere. */
export function indicator(bounds: readonly Bound[], term: Term): Term {
  return bounds.reduceRight((inner, { index, side, bound }) => {
    return cases(relation(side === 'least' ? '>=' : '<=', index, bound), inner, zero());
  }, term);
}

/**
 * Whether a bound goes without saying: it holds for all members of the variable's family that are used at all; where
 * these are not known, it speaks of the reader's own indices alone.
 */
export function isNoted(bound: Bound, context: RuleContext): boolean {
  const extent = extentOf(bound.index, context);
  if (extent === undefined) return isFree(context, bound.index, bound.bound);
  const end = bound.side === 'least' ? extent.from : extent.to;
  const gap = end === undefined ? undefined : distance(bound.bound, end);
  return gap !== undefined && (bound.side === 'least' ? gap.numerator >= 0n : gap.numerator <= 0n);
}

/** How far the family is used in which an index stands, if it is an index of the variable. */
export function extentOf(at: Term, { extents }: RuleContext): Extent | undefined {
  return at.kind === 'index' ? extents.get(at.name) : undefined;
}

/**
 * Bounds that go without saying as footnotes to a step at `term`: all that is known of the variable's index where the
 * step speaks of it, and both ends of one index in one.
 */
export function footnotes(bounds: readonly Bound[], term: Term, context: RuleContext): readonly Condition[] {
  const ranges = new Map<Term, { from: Term; to: Term }>();
  const names = new Set<unknown>([...symbolsOf(term), ...freeIndices(term)]);
  const isKnown = (end: Term | undefined): end is Term =>
    end !== undefined && [...symbolsOf(end), ...freeIndices(end)].every((name) => names.has(name));
  for (const { index, side, bound } of bounds) {
    const range = ranges.get(index) ?? { from: index, to: index };
    const extent = extentOf(index, context);
    if (isKnown(extent?.from)) range.from = extent.from;
    if (isKnown(extent?.to)) range.to = extent.to;
    if (side === 'least' && range.from === index) range.from = bound;
    if (side === 'most' && range.to === index) range.to = bound;
    ranges.set(index, range);
  }
  return [...ranges].map(([index, range]) => within(index, range));
}

/** That `index` stands in a range; an end that is the index itself says nothing. */
export function within(at: Term, range: Range): Condition {
  return { kind: 'range', index: at, binder: sum(index('i'), one(), range) as BinderTerm, axis: 'members' };
}

/** How many values an index takes from `from` to `to`. */
export function countOf({ from, to }: Range): Term {
  return add(subtract(to, from), one());
}

/** Whether a range of numbers holds nothing. */
export function isEmpty(range: Range | undefined): boolean {
  const gap = range === undefined ? undefined : distance(range.from, range.to);
  return gap !== undefined && gap.numerator < 0n;
}

/** `term` with deltas and cases that have become certain, and sums that have become empty, carried out. */
export function settle(term: Term, taken: ReadonlySet<string>): Term {
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    const known = memo.get(part);
    if (known !== undefined) return known;
    const result = decide(mapParts(part, taken, visit));
    memo.set(part, result);
    return result;
  };
  return visit(term);
}

function decide(term: Term): Term {
  if (term.kind === 'delta') return kronecker(term.left, term.right);
  // At once: one after the other, 0/0 would stand there as u/0 in between.
  if (term.kind === 'sum' && isEmpty(term.range)) return zero();
  if (term.kind !== 'cases') return term;
  const { operator, left, right } = term.condition;
  const gap = distance(left, right);
  if (gap === undefined) return term;
  const isTrue = { '<': gap.numerator > 0n, '<=': gap.numerator >= 0n, '>': gap.numerator < 0n };
  const others = { '>=': gap.numerator <= 0n, '==': gap.numerator === 0n, '!=': gap.numerator !== 0n };
  return { ...isTrue, ...others }[operator] ? term.then : term.otherwise;
}

/** The integers of a range of numbers, at most `most`. */
export function membersOf(range: Range | undefined, most: number): readonly Term[] | undefined {
  if (range?.from.kind !== 'number' || range.to.kind !== 'number') return undefined;
  const { from, to } = { from: range.from.value, to: range.to.value };
  if (from.denominator !== 1n || to.denominator !== 1n || to.numerator - from.numerator >= BigInt(most))
    return undefined;
  const count = Math.max(0, Number(to.numerator - from.numerator) + 1);
  return Array.from({ length: count }, (_, at) => number(rational(from.numerator + BigInt(at))));
}
