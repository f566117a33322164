/**
 * Derivatives of vectors by vectors in denominator layout: entry (i, j) is the derivative of the j-th component by the
 * i-th of the variable, so that the chain rule reads d(f(u), x) = d(u, x) * d(f(u), u).
 */

import { addAll, isNumber, multiply, negate, number, subtract } from '../../term/construct.ts';
import { knownDims } from '../../term/dims.ts';
import { unfold } from '../../term/substitute.ts';
import { eye, isTensor, spread } from '../../term/tensor/base.ts';
import { hadamard } from '../../term/tensor/entrywise.ts';
import { diag, kron, skew, stack, vec } from '../../term/tensor/parts.ts';
import { matmul, transpose } from '../../term/tensor/products.ts';
import type { BinderTerm, TensorTerm, Term, Variable } from '../../term/term.ts';
import { sumRule } from '../binder-rules.ts';
import type { RuleContext } from '../rule.ts';
import { slopesOf } from './elementwise.ts';
import { jacobian, jacobianOfScalar } from './pull.ts';
import type { MatrixRewrite } from './pullback-rules.ts';
import { rowwiseJacobians } from './rowwise-rules.ts';

/** One step of the derivative of a vector by a vector; undefined where it takes more axes than a matrix has. */
export function jacobianOnce(of: Term, by: Variable, context: RuleContext): MatrixRewrite | undefined {
  if (!context.depends(of, by)) return { rule: 'constant', after: number(0), facts: { of } };
  if (of === by) return { rule: 'jacobian-identity', after: jacobian(of, by, context), facts: { of } };
  const body = unfold(of, context.definitions);
  if (body !== undefined) return { rule: 'definition', after: jacobian(body, by, context), facts: { name: of } };
  if (of.kind === 'tensor') return throughOperation(of, by, context);
  if (of.kind === 'sum') return throughSum(of, by, context);
  const found = slopesOf(of, by, context);
  if (found === undefined) return undefined;
  const parts = found.slopes.map(({ part, slope }) => {
    if (part.rank > 0) {
      const inside = jacobian(part, by, context);
      return slope.rank === 0 ? multiply(slope, inside) : matmul(inside, diag(slope));
    }
    if (slope.rank === 0) return multiply(slope, jacobianOfScalar(part, of, by, context));
    return matmul(inertScalar(part, by, context), transpose(slope));
  });
  return {
    rule: found.rule === 'elementwise' ? 'elementwise-jacobian' : found.rule,
    after: addAll(parts),
    facts: { of },
  };
}

/** A sum over an index, as of the samples of a batch, is differentiated term by term. */
function throughSum(of: BinderTerm, by: Variable, context: RuleContext): MatrixRewrite | undefined {
  const found = sumRule.rewrite(of, by, context);
  return found === undefined ? undefined : { ...found, rule: sumRule.id };
}

function inertScalar(of: Term, by: Variable, context: RuleContext): Term {
  return context.inner(of, by);
}

/**
 * A product in which a matrix depends on the variable as well: multiplied out where that is a sum, and entry by entry where
 * it is diagonal.
 */
function openedProduct(of: TensorTerm, by: Variable, context: RuleContext): MatrixRewrite | undefined {
  const at = of.args.findIndex((link) => context.depends(link, by));
  const [link, before, after] = [of.args[at] as Term, of.args.slice(0, at), of.args.slice(at + 1)];
  if (link.kind === 'add') {
    const terms = link.terms.map((term) => matmul(...before, spread(term, knownDims(link)), ...after));
    return { rule: 'multiply-out', after: context.inner(addAll(terms), by), facts: { of } };
  }
  if (!isTensor(link, 'diag')) return undefined;
  const scaled = matmul(...before, hadamard(link.args[0] as Term, matmul(...after)));
  return { rule: 'simplify', after: context.inner(scaled, by), facts: { of } };
}

function throughOperation(of: TensorTerm, by: Variable, context: RuleContext): MatrixRewrite | undefined {
  const last = of.args[of.args.length - 1] as Term;
  const others = of.args.slice(0, -1);
  switch (of.operation) {
    case 'matmul': {
      if (last.rank !== 1) return undefined;
      if (others.some((link) => context.depends(link, by))) return openedProduct(of, by, context);
      const after = matmul(jacobian(last, by, context), ...[...others].reverse().map(transpose));
      return { rule: 'jacobian-product', after, facts: { of } };
    }
    case 'softmax': {
      const local = subtract(diag(of), matmul(of, transpose(of)));
      return { rule: 'softmax', after: matmul(jacobian(last, by, context), local), facts: { of } };
    }
    case 'cross': {
      const [left, right] = of.args as readonly [Term, Term];
      const after = addAll([
        matmul(jacobian(left, by, context), skew(right)),
        negate(matmul(jacobian(right, by, context), skew(left))),
      ]);
      return { rule: 'cross', after, facts: { of } };
    }
    case 'kron':
      return of.rank === 1 ? throughKronecker(of, by, context) : undefined;
    case 'vec':
      return throughColumns(last, of, by, context);
    case 'stack': {
      const parts = of.args.map((part) => transpose(jacobian(part, by, context)));
      // Zeros beside the derivative of the other block would have no width.
      if (parts.some((part) => isNumber(part, 0))) return undefined;
      return { rule: 'stack', after: transpose(stack(parts[0] as Term, parts[1] as Term)), facts: { of } };
    }
    default: {
      const local = rowwiseJacobians.get(of.operation);
      if (local === undefined || of.args.slice(1).some((arg) => context.depends(arg, by))) return undefined;
      const inside = jacobian(of.args[0] as Term, by, context);
      return { rule: of.operation, after: matmul(inside, local(of)), facts: { of } };
    }
  }
}

function throughKronecker(of: TensorTerm, by: Variable, context: RuleContext): MatrixRewrite {
  const [left, right] = of.args as readonly [Term, Term];
  const [m, p] = [left, right].map((part) => eye(knownDims(part)[0] as Term)) as [Term, Term];
  const after = addAll([
    matmul(jacobian(left, by, context), kron(m, transpose(right))),
    matmul(jacobian(right, by, context), kron(transpose(left), p)),
  ]);
  return { rule: 'kron', after, facts: { of } };
}

/** vec(u v') is the Kronecker product of v and u. */
function throughColumns(inside: Term, of: Term, by: Variable, context: RuleContext): MatrixRewrite | undefined {
  if (inside.kind === 'add') {
    const parts = inside.terms.map((part) => jacobian(vec(spread(part, knownDims(inside))), by, context));
    return { rule: 'linearity', after: addAll(parts), facts: { of } };
  }
  if (!isTensor(inside, 'matmul')) return undefined;
  const at = inside.args.findIndex((link) => link.rank === 1);
  if (at < 0) return undefined;
  const [column, row] = [matmul(...inside.args.slice(0, at + 1)), matmul(...inside.args.slice(at + 1))];
  return { rule: 'vec', after: jacobian(kron(transpose(row), column), by, context), facts: { of } };
}
