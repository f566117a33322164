/** Rules that carry a weight from an operation to its arguments: reverse mode in matrix form. */

import { add, addAll, multiply, number, power } from '../../term/construct.ts';
import { knownDims } from '../../term/dims.ts';
import { unfold } from '../../term/substitute.ts';
import { isTensor, spread } from '../../term/tensor/base.ts';
import { hadamard } from '../../term/tensor/entrywise.ts';
import { matmul, transpose } from '../../term/tensor/products.ts';
import { unitVector } from '../../term/tensor/selection.ts';
import type { ElementTerm, TensorTerm, Term, Variable } from '../../term/term.ts';
import type { Rewrite, RuleContext } from '../rule.ts';
import { slopesOf } from './elementwise.ts';
import { gathered, paired, pull } from './pull.ts';
import { pullbacks, shapeMatters } from './pullback-table.ts';

/** A rewrite and the id of its rule. */
export interface MatrixRewrite extends Rewrite {
  readonly rule: string;
}

/** One step of the derivative of a scalar operation by anything, or of a weighted term. */
export function pullOnce(weight: Term, of: Term, by: Variable, context: RuleContext): MatrixRewrite | undefined {
  const body = unfold(of, context.definitions);
  if (body !== undefined && of !== by) {
    return { rule: 'definition', after: pull(weight, body, by, context), facts: { name: of } };
  }
  if (of.kind === 'dot') {
    const after = add(
      pull(multiply(weight, of.right), of.left, by, context),
      pull(multiply(weight, of.left), of.right, by, context),
    );
    return { rule: 'bilinear-form', after, facts: { of } };
  }
  if (of.kind === 'tensor') return pullOperation(weight, of, by, context);
  if (of.kind === 'element') return pullElement(weight, of, by);
  const found = slopesOf(of, by, context);
  if (found === undefined) return undefined;
  const parts = found.slopes.map(({ part, slope }) =>
    part.rank < of.rank
      ? pull(slope.rank === 0 ? multiply(slope, gathered(weight, of)) : paired(weight, slope, of), part, by, context)
      : pull(hadamard(weight, slope), part, by, context),
  );
  return { rule: found.rule, after: addAll(parts), facts: { of } };
}

/** An entry or a row A[i] of the variable itself: the weight in its place. */
function pullElement(weight: Term, of: ElementTerm, by: Variable): MatrixRewrite | undefined {
  const dims = of.base === by ? knownDims(by) : [];
  if (dims.length === 1) {
    const unit = unitVector(dims[0] as Term, of.indices[0] as Term);
    return { rule: 'element-place', after: multiply(weight, unit), facts: { of } };
  }
  if (dims.length !== 2) return undefined;
  const units = of.indices.map((at, axis) => unitVector(dims[axis] as Term, at)) as [Term, Term?];
  const [above, below = spread(weight, dims.slice(1))] = units;
  const after = matmul(above, transpose(below));
  return { rule: 'element-place', after: of.rank === 0 ? multiply(weight, after) : after, facts: { of } };
}

function pullOperation(weight: Term, of: TensorTerm, by: Variable, context: RuleContext): MatrixRewrite | undefined {
  const pullback = pullbacks.get(of.operation);
  if (pullback === undefined) return undefined;
  const needed = shapeMatters.has(of.operation) ? spread(weight, of.dims) : weight;
  const weights = pullback.weights(needed, of);
  if (weights === undefined) return undefined;
  const parts = of.args.map((arg, at) =>
    context.depends(arg, by) ? pull(weights[at] as Term, arg, by, context) : number(0),
  );
  return { rule: pullback.rule, after: addAll(parts), facts: { of, ...pullback.facts?.(of) } };
}

/** The square of a norm needs no root: 2 u' du. */
export function squaredNorm(of: Term, by: Variable, context: RuleContext): MatrixRewrite | undefined {
  if (of.kind !== 'power' || !isTensor(of.base, 'norm') || of.exponent.kind !== 'number' || of.exponent.integer !== 2) {
    return undefined;
  }
  const inside = of.base.args[0] as Term;
  return {
    rule: 'squared-norm',
    after: multiply(number(2), pull(inside, inside, by, context)),
    facts: { of: power(of.base, number(2)) },
  };
}
