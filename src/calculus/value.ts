/** The value driver, forward: the same rules as the trace, memoised over the graph, nothing recorded. */

import { differentiateOnce } from '../rules/derivative-rules.ts';
import type { RuleContext } from '../rules/rule.ts';
import { collapseOnce } from '../rules/sum-rules.ts';
import { mapParts } from '../term/construct.ts';
import type { Term } from '../term/term.ts';
import { holdsDerivative } from './trace.ts';

/** `term` with every derivative carried out and every delta collapsed; what no rule covers stays standing. */
export function resolve(term: Term, context: RuleContext): Term {
  const memo = new Map<Term, Term>();
  const carryOut = (part: Term): Term => {
    if (!holdsDerivative(part)) return part;
    const known = memo.get(part);
    if (known !== undefined) return known;
    const settled = mapParts(part, context.taken, carryOut);
    const result = settled.kind === 'derivative' ? differentiate(settled) : settled;
    memo.set(part, result);
    return result;
  };
  const differentiate = (part: Term): Term => {
    if (part.kind !== 'derivative' || holdsDerivative(part.of)) return part;
    const rewrite = differentiateOnce(part.of, part.by, context);
    return rewrite === undefined ? part : carryOut(rewrite.after);
  };
  return collapse(carryOut(term), context);
}

/** `term` with every sum over a delta reduced to the one index that is left. */
export function collapse(term: Term, context: RuleContext): Term {
  if (term.height === 0) return term;
  const inner = mapParts(term, context.taken, (part) => collapse(part, context));
  const rewrite = inner.kind === 'sum' && !holdsDerivative(inner) ? collapseOnce(inner, context) : undefined;
  return rewrite === undefined ? inner : collapse(rewrite.after, context);
}
