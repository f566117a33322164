/** Rules for derivatives of sums and products over an index. A range that moves with the variable is not covered. */

import {
  divide,
  isNumber,
  multiply,
  multiplyAll,
  number,
  open,
  power,
  relation,
  replaceIndex,
  sum,
  zero,
} from '../term/construct.ts';
import { freeIndices } from '../term/inspect.ts';
import type { BinderTerm, IndexTerm, Term, Variable } from '../term/term.ts';
import { isEmpty, membersOf, settle } from './index-range.ts';
import { countSurely } from './range-rules.ts';
import type { Condition, DerivativeRule, RuleContext } from './rule.ts';

export const sumRule: DerivativeRule = {
  id: 'sum',
  states: 'D(sum(u, i), x) = sum(D(u, x), i)',
  kinds: ['sum'],
  rewrite: (of, by, context) => {
    if (of.kind !== 'sum' || rangeMoves(of, by, context)) return undefined;
    if (isEmpty(of.range)) return { after: zero() };
    const opened = openOutside(of, by, context);
    return { after: sum(opened.index, context.inner(opened.body, by), of.range), facts: { index: opened.index } };
  },
};

/** Longest product that is written out. */
const longestWritten = 8;

/** A product of a few numbered factors is one like any other, and needs no quotient. */
export const writtenOutRule: DerivativeRule = {
  id: 'written-out',
  states: 'prod(u, i, 1, 3) = u[1] * u[2] * u[3]',
  kinds: ['product'],
  rewrite: (of, by, context) => {
    if (of.kind !== 'product' || freeIndices(by).size > 0) return undefined;
    const members = membersOf(of.range, longestWritten);
    if (members === undefined) return undefined;
    const opened = openOutside(of, by, context);
    const factors = members.map((at) => settle(replaceIndex(opened.body, opened.index, at), context.taken));
    return { after: context.inner(multiplyAll(factors), by), facts: { of } };
  },
};

export const constantProductRule: DerivativeRule = {
  id: 'constant-product',
  states: 'prod(c, i, a, b) = c^(b - a + 1)',
  kinds: ['product'],
  rewrite: (of, by, context) => {
    if (of.kind !== 'product' || of.range === undefined || rangeMoves(of, by, context)) return undefined;
    const opened = openOutside(of, by, context);
    if (freeIndices(opened.body).has(opened.index.name)) return undefined;
    const counted = countSurely(of.range, context);
    if (counted === undefined) return undefined;
    return {
      after: context.inner(power(opened.body, counted.count), by),
      conditions: counted.conditions,
      facts: { of },
    };
  },
};

/** The logarithmic derivative of the product times the product: as it is printed, and linear in its length. */
export const indexedProductRule: DerivativeRule = {
  id: 'indexed-product',
  states: 'D(prod(u, i), x) = prod(u, i) * sum(D(u, x) / u, i)',
  kinds: ['product'],
  rewrite: (of, by, context) => {
    if (of.kind !== 'product' || rangeMoves(of, by, context)) return undefined;
    const { index, body } = openOutside(of, by, context);
    const quotients = sum(index, divide(context.inner(body, by), body), of.range);
    return { after: multiply(of, quotients), conditions: nonZero(body, by, context), facts: { index } };
  },
};

function rangeMoves({ range }: BinderTerm, by: Variable, { depends }: RuleContext): boolean {
  return range !== undefined && (depends(range.from, by) || depends(range.to, by));
}

function openOutside(
  term: BinderTerm,
  by: Variable,
  { taken }: RuleContext,
): { readonly index: IndexTerm; readonly body: Term } {
  const ends = term.range === undefined ? [] : [term.range.from, term.range.to];
  return open(term, new Set([...taken, ...[by, ...ends].flatMap((part) => [...freeIndices(part)])]));
}

/** That no factor that moves is 0; of an exponential that needs no words. */
function nonZero(term: Term, by: Variable, context: RuleContext): readonly Condition[] {
  if (!context.depends(term, by)) return [];
  if (term.kind === 'multiply') return term.factors.flatMap((factor) => nonZero(factor, by, context));
  if (term.kind === 'power' && !isNumber(term.base, 0)) return nonZero(term.base, by, context);
  if (term.kind === 'apply' && neverZero.has(term.name) && !term.generic) return [];
  return [{ kind: 'relation', relation: relation('!=', term, number(0)) }];
}

const neverZero: ReadonlySet<string> = new Set(['exp', 'sigmoid', 'cosh', 'sech', 'softplus']);
