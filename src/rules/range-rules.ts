/** Rules that change the range of a sum, or count what is in it. */

import { add, multiply, number, one, replaceIndex, sum, zero } from '../term/construct.ts';
import { freeIndices } from '../term/inspect.ts';
import { negateRational } from '../term/rational.ts';
import { symbolsOf } from '../term/substitute.ts';
import type { CasesTerm, IndexTerm, Range, Term } from '../term/term.ts';
import { boundOf, distance } from './index-map.ts';
import { countOf, extentOf, footnotes, isEmpty, isFree, isNoted, within } from './index-range.ts';
import { isIndicator, type OpenedSum, openSum } from './opened-sum.ts';
import type { Condition, RuleContext, SumRule } from './rule.ts';

export const emptyRangeRule: SumRule = {
  id: 'empty-range',
  states: 'sum(u, i, 1, 0) = 0',
  rewrite: (term) => (term.kind === 'sum' && isEmpty(term.range) ? { after: zero() } : undefined),
};

/** `k <= i` under a sum over i from 1 to n: the sum begins at k. */
export const narrowRangeRule: SumRule = {
  id: 'narrow-range',
  states: 'sum(i >= k ? u : 0, i, a, b) = sum(u, i, k, b) where a <= k',
  rewrite: (term, context) => {
    const opened = openSum(term, context);
    if (opened?.range === undefined) return undefined;
    const { over, body, range } = opened;
    const factors = body.kind === 'multiply' ? body.factors : [body];
    for (const factor of factors) {
      if (!isIndicator(factor)) continue;
      const narrowed = narrow(factor, opened, range, context);
      if (narrowed === undefined) continue;
      const coefficient = body.kind === 'multiply' ? number(body.coefficient) : one();
      const rest = multiply(coefficient, ...factors.filter((other) => other !== factor), factor.then);
      const facts = { index: over, condition: factor.condition };
      return { after: sum(over, rest, narrowed.range), conditions: narrowed.conditions, facts };
    }
    return undefined;
  },
};

interface Narrowed {
  readonly range: Range;
  readonly conditions: readonly Condition[];
}

/** The part of the range in which the condition holds; undefined where that can't be said without a case. */
function narrow(
  { condition }: CasesTerm,
  { over, term }: OpenedSum,
  range: Range,
  context: RuleContext,
): Narrowed | undefined {
  const { operator, left, right } = condition;
  if (operator === '==' || operator === '!=') return undefined;
  const strict = operator === '<' || operator === '>' ? one() : zero();
  const [low, high] = operator === '<' || operator === '<=' ? [left, right] : [right, left];
  const bound = boundOf(add(low, strict), high, new Set([over.name]));
  if (typeof bound === 'boolean' || bound.index !== over) return undefined;
  // A bound has to be a whole number; of a name that is no end of the range nothing says so.
  const wholes = new Set([...symbolsOf(range.from), ...symbolsOf(range.to)]);
  if ([...symbolsOf(bound.bound)].some((name) => !wholes.has(name))) return undefined;
  const isLeast = bound.side === 'least';
  const cut = isLeast ? { from: bound.bound, to: range.to } : { from: range.from, to: bound.bound };
  // The new end must not lie outside of the old range.
  const inside = isLeast
    ? boundOf(range.from, bound.bound, context.taken)
    : boundOf(bound.bound, range.to, context.taken);
  if (typeof inside === 'boolean') return { range: inside ? cut : range, conditions: [] };
  const isSaid = inside.index.kind === 'number' || extentOf(inside.index, context) !== undefined;
  return isSaid && isNoted(inside, context)
    ? { range: cut, conditions: footnotes([inside], term, context) }
    : undefined;
}

/** sum(i x^(i - 1), i, 0, n) begins at 1. */
export const zeroTermRule: SumRule = {
  id: 'zero-term',
  states: 'sum(i * u, i, 0, n) = sum(i * u, i, 1, n)',
  rewrite: (term, context) => {
    const opened = openSum(term, context);
    const from = opened?.range?.from;
    if (opened?.range === undefined || opened.body.kind !== 'multiply' || from?.kind !== 'number') return undefined;
    const { over, body, range } = opened;
    const vanishing = body.factors.find(
      (factor) => distance(over, factor) !== undefined && isZeroAt(factor, over, from),
    );
    if (vanishing === undefined) return undefined;
    const after = sum(over, body, { from: add(from, one()), to: range.to });
    return { after, facts: { index: over, value: from } };
  },
};

function isZeroAt(factor: Term, over: IndexTerm, value: Term): boolean {
  return replaceIndex(factor, over, value) === zero();
}

/** A sum of equal terms. How long a named range is can't be negative. */
export const countRule: SumRule = {
  id: 'count',
  states: 'sum(c, i, a, b) = (b - a + 1) * c',
  rewrite: (term, context) => {
    const opened = openSum(term, context);
    if (opened?.range === undefined || freeIndices(opened.body).has(opened.over.name)) return undefined;
    const counted = countSurely(opened.range, context) ?? countWithin(opened.range, opened.term, context);
    if (counted === undefined) return undefined;
    const { count, conditions } = counted;
    return { after: multiply(count, opened.body), conditions, facts: { index: opened.over, count } };
  },
};

interface Counted {
  readonly count: Term;
  readonly conditions: readonly Condition[];
}

/** How long a range is, where it is not turned around for any member of the variable's family. */
function countWithin(range: Range, term: Term, context: RuleContext): Counted | undefined {
  const bound = boundOf(range.from, range.to, context.taken);
  if (typeof bound === 'boolean' || extentOf(bound.index, context) === undefined) return undefined;
  return isNoted(bound, context) ? { count: countOf(range), conditions: footnotes([bound], term, context) } : undefined;
}

/** How long a range is, where that is a number, or n with a number that is added or taken away. */
export function countSurely(range: Range, context: RuleContext): Counted | undefined {
  const count = countOf(range);
  if (count.kind === 'number') return { count: isEmpty(range) ? zero() : count, conditions: [] };
  const [name, ...others] = count.kind === 'add' ? count.terms.filter((part) => part.kind !== 'number') : [count];
  if (name === undefined || others.length > 0) return undefined;
  if (name.kind !== 'symbol' && name.kind !== 'index') return undefined;
  if (name.kind === 'index' && (extentOf(name, context) !== undefined || !isFree(context, name))) return undefined;
  const offset = distance(name, count);
  if (offset === undefined) return undefined;
  if (offset.numerator >= 0n) return { count, conditions: [] };
  if (name.kind !== 'symbol') return undefined;
  const least = number(negateRational(offset));
  return { count, conditions: [within(name, { from: least, to: name })] };
}
