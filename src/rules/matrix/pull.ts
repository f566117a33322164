/** How the derivative of a part is left behind in matrix calculus, with the weight that stands before it. */

import { derivative, isNumber, multiply, zero } from '../../term/construct.ts';
import { knownDims } from '../../term/dims.ts';
import { unfold } from '../../term/substitute.ts';
import { eye, ones, spread } from '../../term/tensor/base.ts';
import { total } from '../../term/tensor/entrywise.ts';
import { pullback } from '../../term/tensor/inert.ts';
import { matmul, transpose } from '../../term/tensor/products.ts';
import { pair } from '../../term/tensor/square.ts';
import type { Term, Variable } from '../../term/term.ts';
import type { RuleContext } from '../rule.ts';

/**
 * The gradient of the inner product of `weight` and `of` with the weight held fixed, left standing: what `of` contributes
 * to the derivative by `by`. Of a vector by a vector it is the Jacobian times the weight.
 */
export function pull(weight: Term, of: Term, by: Variable, context: RuleContext): Term {
  const { depends } = context;
  if (isNumber(weight, 0) || !depends(of, by)) return zero();
  if (of === by) return spread(weight, knownDims(by));
  if (of.rank === 0) return multiply(weight, derivative(of, by));
  if (of.rank === 1 && by.rank === 1 && hasJacobian(of, by, context))
    return matmul(derivative(of, by), spread(weight, knownDims(of)));
  return pullback(weight, of, by);
}

/** Whether the derivative of a vector by a vector can be written with matrices, without one that depends on the variable. */
function hasJacobian(of: Term, by: Variable, { depends, definitions }: RuleContext): boolean {
  const memo = new Map<Term, boolean>();
  const visit = (term: Term): boolean => {
    if (term === by || !depends(term, by) || term.rank === 0) return true;
    const known = memo.get(term);
    if (known !== undefined) return known;
    const body = unfold(term, definitions);
    const parts = body === undefined ? term.parts : [body];
    const isCovered = term.rank === 1 && (term.kind !== 'tensor' || withJacobian.has(term.operation));
    const result = isCovered && parts.every(visit);
    memo.set(term, result);
    return result;
  };
  return visit(of);
}

const withJacobian: ReadonlySet<string> = new Set(['matmul', 'softmax', 'cross', 'logsoftmax', 'layernorm']);

/** The weight of a scalar that stands for all entries of a term: the sum of all weights. */
export function gathered(weight: Term, like: Term): Term {
  return total(spread(weight, knownDims(like)));
}

/** The weight of a scalar factor before `rest`. */
export function paired(weight: Term, rest: Term, like: Term): Term {
  if (weight.rank < like.rank) return multiply(weight, gathered(rest, like));
  return rest.rank < like.rank ? multiply(rest, gathered(weight, like)) : pair(weight, rest);
}

/** The derivative of a vector by a vector, left standing; by itself it is the identity. */
export function jacobian(of: Term, by: Variable, { depends }: RuleContext): Term {
  if (!depends(of, by)) return zero();
  return of === by ? eye(knownDims(by)[0] as Term) : derivative(of, by);
}

/** The derivative of a scalar that stands for all entries of `like`, by a vector. */
export function jacobianOfScalar(of: Term, like: Term, by: Variable, context: RuleContext): Term {
  if (!context.depends(of, by)) return zero();
  return matmul(derivative(of, by), transpose(ones(knownDims(like))));
}
