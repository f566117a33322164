/** One step of matrix calculus: which family of rules rewrites a derivative, by the axes of what is differentiated. */

import { one } from '../../term/construct.ts';
import { isTensor } from '../../term/tensor/base.ts';
import { differential } from '../../term/tensor/inert.ts';
import type { Term, Variable } from '../../term/term.ts';
import { differentiateOnce } from '../derivative-rules.ts';
import type { RuleContext } from '../rule.ts';
import { withSteps } from './elementwise.ts';
import { jacobianOnce } from './jacobian-rules.ts';
import { type MatrixRewrite, pullOnce, squaredNorm } from './pullback-rules.ts';
import { tangentOnce } from './tangent-rules.ts';

/** The rewrite of an inert derivative or weighted derivative; undefined where no rule in matrix form covers it. */
export function matrixOnce(redex: Term, context: RuleContext): MatrixRewrite | undefined {
  if (isTensor(redex, 'vjp')) {
    const [weight, of, by] = redex.args as readonly [Term, Term, Variable];
    return pullOnce(weight, of, by, context);
  }
  if (isTensor(redex, 'jvp')) return differentialOnce(redex.args as readonly [Term, Variable, Term], context);
  if (redex.kind !== 'derivative') return undefined;
  const { of, by } = redex;
  if (of.rank > 0 && by.rank > 0) return of.rank === 1 && by.rank === 1 ? jacobianOnce(of, by, context) : undefined;
  if (context.depends(of, by)) {
    const own = by.rank === 0 ? tangentOnce(of, by, context) : scalarByTensor(of, by, context);
    if (own !== undefined) return own;
  }
  return scalarRule(of, by, context);
}

/** A rule for scalars, which holds for each entry: there a choice between cases is a unit step. */
function scalarRule(of: Term, by: Variable, context: RuleContext): MatrixRewrite | undefined {
  const found = differentiateOnce(of, by, context);
  if (found === undefined) return undefined;
  const { rule, rewrite } = found;
  return { ...rewrite, after: of.rank > 0 ? withSteps(rewrite.after) : rewrite.after, rule: rule.id };
}

/** The differential of a term: the same rules, with the change of the variable in the place of its derivative. */
function differentialOnce([of, by, change]: readonly [Term, Variable, Term], context: RuleContext) {
  const own: RuleContext = { ...context, inner: (part) => differential(part, by, change) };
  const tangent = context.depends(of, by) ? tangentOnce(of, by, own) : undefined;
  return tangent ?? scalarRule(of, by, own);
}

function scalarByTensor(of: Term, by: Variable, context: RuleContext): MatrixRewrite | undefined {
  if (of.kind === 'tensor' || of.kind === 'dot' || of.kind === 'element') return pullOnce(one(), of, by, context);
  return squaredNorm(of, by, context);
}
