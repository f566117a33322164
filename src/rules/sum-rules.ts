/** Rules for sums with Kronecker deltas in them. */

import { add, divide, index, multiply, number, open, replaceIndex, subtract, sum, zero } from '../term/construct.ts';
import { children, freeIndices } from '../term/inspect.ts';
import { compareRational } from '../term/rational.ts';
import type { BinderTerm, DeltaTerm, IndexTerm, Term } from '../term/term.ts';
import type { Axis, Rewrite, RuleContext, SumRule } from './rule.ts';

const siftingRule: SumRule = {
  id: 'sifting',
  states: 'sum(delta(i, j) * u[i], i) = u[j]',
  rewrite: (term, context) => {
    const opened = openSum(term, context);
    if (opened === undefined) return undefined;
    const { over, body } = opened;
    const factors = body.kind === 'multiply' ? body.factors : [body];
    for (const factor of factors) {
      const value = factor.kind === 'delta' ? solveDelta(factor, over) : undefined;
      if (value === undefined) continue;
      const range = literalRange(opened.range, value);
      if (range === 'outside') return { after: zero(), facts: { index: over, value } };
      if (range === 'open') return undefined;
      const coefficient = body.kind === 'multiply' ? number(body.coefficient) : number(1);
      const rest = multiply(coefficient, ...factors.filter((other) => other !== factor));
      return {
        after: replaceIndex(rest, over, value),
        conditions: [{ kind: 'range', index: value, binder: term as BinderTerm, axis: axisOf(body, over) }],
        facts: { index: over, value },
      };
    }
    return undefined;
  },
};

/**
 * Where the value of the index stands: outside of a range of numbers, for certain; or in a range whose ends move with
 * another index, so that the delta can't go. Anything else becomes a condition.
 */
function literalRange(range: BinderTerm['range'], value: Term): 'outside' | 'open' | undefined {
  if (range === undefined) return undefined;
  const { from, to } = range;
  if (freeIndices(from).size > 0 || freeIndices(to).size > 0) return 'open';
  if (value.kind !== 'number') return undefined;
  const below = from.kind === 'number' && compareRational(value.value, from.value) < 0;
  const above = to.kind === 'number' && compareRational(value.value, to.value) > 0;
  return below || above ? 'outside' : undefined;
}

/** What an index without a range counts: components where it stands behind another index of the same name. */
function axisOf(body: Term, over: IndexTerm): Axis {
  const behind = (term: Term): boolean =>
    term.kind === 'element' ? term.indices.indexOf(over) > 0 : children(term).some(behind);
  return behind(body) ? 'components' : 'members';
}

/** The value of `over` at which the delta is 1, if it is one value: i = j for delta(i, j), j - 1 for delta(i + 1, j). */
function solveDelta(delta: DeltaTerm, over: IndexTerm): Term | undefined {
  const difference = subtract(delta.left, delta.right);
  const terms = difference.kind === 'add' ? difference.terms : [difference];
  const own = terms.filter((term) => freeIndices(term).has(over.name));
  const [only] = own;
  if (own.length !== 1 || only === undefined) return undefined;
  const factor = only === over ? 1 : isNegated(only, over) ? -1 : 0;
  if (factor === 0) return undefined;
  const rest = add(...terms.filter((term) => term !== only));
  return divide(rest, number(-factor));
}

function isNegated(term: Term, over: IndexTerm): boolean {
  return (
    term.kind === 'multiply' &&
    term.factors.length === 1 &&
    term.factors[0] === over &&
    term.coefficient.numerator === -1n &&
    term.coefficient.denominator === 1n
  );
}

const splitRule: SumRule = {
  id: 'split-sum',
  states: 'sum(u + v, i) = sum(u, i) + sum(v, i)',
  rewrite: (term, context) => {
    const opened = openSum(term, context);
    if (opened === undefined) return undefined;
    const { over, range } = opened;
    const body = distributeDeltas(opened.body);
    if (body.kind !== 'add') return undefined;
    const [sifted, kept] = partition(body.terms, (part) => holdsDelta(part, over) || body !== opened.body);
    if (sifted.length === 0) return undefined;
    const sums = [...sifted, ...(kept.length === 0 ? [] : [add(...kept)])].map((part) => sum(over, part, range));
    return { after: add(...sums), facts: { index: over } };
  },
};

/** A product with a bracket that holds deltas, multiplied out; anything else as it is. */
function distributeDeltas(body: Term): Term {
  if (body.kind !== 'multiply') return body;
  const bracket = body.factors.find((factor) => factor.kind === 'add' && factor.terms.some(hasDelta));
  if (bracket?.kind !== 'add') return body;
  const others = body.factors.filter((factor) => factor !== bracket);
  return add(...bracket.terms.map((part) => multiply(number(body.coefficient), ...others, part)));
}

function hasDelta(term: Term): boolean {
  return term.kind === 'delta' || (term.kind === 'multiply' && term.factors.some(hasDelta));
}

function holdsDelta(term: Term, over: IndexTerm): boolean {
  const factors = term.kind === 'multiply' ? term.factors : [term];
  return factors.some((factor) => factor.kind === 'delta' && solveDelta(factor, over) !== undefined);
}

const constantOutRule: SumRule = {
  id: 'constant-out-of-sum',
  states: 'sum(c * u, i) = c * sum(u, i)',
  rewrite: (term, context) => {
    const opened = openSum(term, context);
    if (opened?.body.kind !== 'multiply') return undefined;
    const { over, body, range } = opened;
    const [outside, inside] = partition(body.factors, (factor) => !freeIndices(factor).has(over.name));
    if (!outside.some((factor) => factor.kind === 'delta')) return undefined;
    const rest = sum(over, multiply(number(body.coefficient), ...inside), range);
    return { after: multiply(...outside, rest), facts: { factor: multiply(...outside), index: over } };
  },
};

function openSum(
  term: Term,
  context: RuleContext,
): { over: IndexTerm; body: Term; range: BinderTerm['range'] } | undefined {
  if (term.kind !== 'sum') return undefined;
  const opened = open(term, context.taken);
  return { over: index(opened.index.name), body: opened.body, range: term.range };
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

export const sumRules: readonly SumRule[] = [siftingRule, splitRule, constantOutRule];

/** One rewrite of a sum that holds deltas, or undefined where there is nothing to collapse. */
export function collapseOnce(term: Term, context: RuleContext): (Rewrite & { readonly rule: string }) | undefined {
  if (term.kind !== 'sum') return undefined;
  for (const rule of sumRules) {
    const rewrite = rule.rewrite(term, context);
    if (rewrite !== undefined) return { ...rewrite, rule: rule.id };
  }
  return undefined;
}
