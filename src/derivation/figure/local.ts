/** The derivative of one operation by one thing that goes into it. */

import { createContext } from '../../calculus/context.ts';
import { differentiateOnce } from '../../rules/derivative-rules.ts';
import type { RuleContext } from '../../rules/rule.ts';
import { multiply, number, one, zero } from '../../term/construct.ts';
import type { Term, Variable } from '../../term/term.ts';

/** The factor by which the derivative goes back from `whole` to `part`; undefined where no rule tells it. */
export function localDerivative(whole: Term, part: Term, by: Variable): Term | undefined {
  switch (whole.kind) {
    case 'add':
      return whole.terms.includes(part) ? one() : number(-1);
    case 'multiply':
      if (whole.rest === part) return number(whole.coefficient);
      return multiply(...whole.factors.filter((factor) => factor !== part));
    case 'sum':
      return one();
    case 'product':
      return undefined;
    case 'dot':
      return whole.left === part ? whole.right : whole.left;
    default:
      return byRule(whole, part, by);
  }
}

/** A rule asks for the inner derivatives; that of `part` is 1, all others are 0. */
function byRule(whole: Term, part: Term, by: Variable): Term | undefined {
  const context: RuleContext = {
    ...createContext([], []),
    depends: (term) => term === part || term === whole,
    inner: (term) => (term === part ? one() : zero()),
  };
  const after = differentiateOnce(whole, by, context)?.rewrite.after;
  return after === undefined || after.inert ? undefined : after;
}
