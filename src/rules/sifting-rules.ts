/** Rules that carry out Kronecker deltas under a sum. */

import { multiply, number, one, replaceIndex, zero } from '../term/construct.ts';
import { children, freeIndices } from '../term/inspect.ts';
import type { IndexTerm, Term } from '../term/term.ts';
import { type Bound, isPlain, solveDelta } from './index-map.ts';
import { boundsWithin, footnotes, indicator, isFree, isNoted, settle, within } from './index-range.ts';
import { type OpenedSum, openSum } from './opened-sum.ts';
import type { Axis, Condition, RuleContext, SumRule } from './rule.ts';

/** What is left exists where the value stands in the range: where that does not go without saying, it is a case. */
export const siftingRule: SumRule = {
  id: 'sifting',
  states: 'sum(delta(i, j) * u[i], i) = u[j]',
  rewrite: (term, context) => {
    const opened = openSum(term, context);
    const sifted = opened === undefined ? undefined : siftTerm(opened, opened.body);
    if (opened === undefined || sifted === undefined) return undefined;
    const { value, rest } = sifted;
    const facts = { index: opened.over, value };
    const admitted = admit(opened, value, context);
    if (admitted === undefined) return undefined;
    if (admitted === 'never') return { after: zero(), facts };
    const { conditions, bounds } = admitted;
    return { after: indicator(bounds, settle(rest, context.taken)), conditions, facts };
  },
};

/** The value to which a delta in a product sets the index, and the product at it without the delta. */
function siftTerm({ over }: OpenedSum, body: Term): { readonly value: Term; readonly rest: Term } | undefined {
  const factors = body.kind === 'multiply' ? body.factors : [body];
  for (const factor of factors) {
    const value = factor.kind === 'delta' ? solveDelta(factor, over) : undefined;
    if (value === undefined) continue;
    const coefficient = body.kind === 'multiply' ? number(body.coefficient) : one();
    const rest = multiply(coefficient, ...factors.filter((other) => other !== factor));
    return { value, rest: replaceIndex(rest, over, value) };
  }
  return undefined;
}

/** What of the range becomes a footnote and what a case; undefined where neither can be said. */
function admit(
  { range, body, over, term }: OpenedSum,
  value: Term,
  context: RuleContext,
): { conditions: readonly Condition[]; bounds: readonly Bound[] } | 'never' | undefined {
  if (range === undefined) {
    // A plain index runs over the same axis; one that is shifted may leave it.
    if (!isFree(context, value)) return isPlain(value) ? { conditions: [], bounds: [] } : undefined;
    const axis = axisOf(value, body, over, context);
    return { conditions: [{ kind: 'range', index: value, binder: term, axis }], bounds: [] };
  }
  const bounds = boundsWithin(value, range, context);
  if (bounds === 'never') return 'never';
  const noted = bounds.filter((bound) => isNoted(bound, context));
  const cut = bounds.filter((bound) => !noted.includes(bound));
  // 1 <= i - j <= n says more than two bounds of j with i in them.
  const ends = [range.from, range.to].map(freeIndices);
  const own = [...freeIndices(value)].filter((name) => !ends.some((names) => names.has(name)));
  const isWhole = cut.length === 0 && noted.length === 2 && own.length > 1;
  return { conditions: isWhole ? [within(value, range)] : footnotes(noted, term, context), bounds: cut };
}

/** What an index without a range counts: components where it stands behind another index of the same name. */
function axisOf(value: Term, body: Term, over: IndexTerm, context: RuleContext): Axis {
  const behind = (term: Term): boolean =>
    term.kind === 'element' ? term.indices.indexOf(over) > 0 : children(term).some(behind);
  const isComponent = [...freeIndices(value)].some((name) => context.components.has(name));
  return isComponent || behind(body) ? 'components' : 'members';
}
