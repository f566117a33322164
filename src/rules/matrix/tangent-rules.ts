/**
 * Derivatives of operations by a scalar: the product rule with the factors in their places, and the differentials of
 * inverse and determinant (Magnus and Neudecker, Matrix Differential Calculus, 2019, chapter 8).
 */

import { add, addAll, apply, divide, multiply, negate, number, power, subtract } from '../../term/construct.ts';
import { knownDims } from '../../term/dims.ts';
import { eye, ones, spread } from '../../term/tensor/base.ts';
import { peak, softmax, total } from '../../term/tensor/entrywise.ts';
import { cross, diag, kron, part, skew, stack, tril, triu, unvec, vec } from '../../term/tensor/parts.ts';
import { inverse, matmul, transpose } from '../../term/tensor/products.ts';
import { column, entryOf, row } from '../../term/tensor/selection.ts';
import { diagonal, pair, trace } from '../../term/tensor/square.ts';
import type { TensorOperation, TensorTerm, Term, Variable } from '../../term/term.ts';
import type { RuleContext } from '../rule.ts';
import { einsumTangent } from './einsum-rules.ts';
import type { Tangent } from './pullback.ts';
import type { MatrixRewrite } from './pullback-rules.ts';
import { rowwiseTangents } from './rowwise-rules.ts';

const first = (term: TensorTerm): Term => term.args[0] as Term;

function throughProduct(links: readonly Term[], change: (at: number) => Term): Term {
  return addAll(links.map((_, at) => matmul(...links.slice(0, at), change(at), ...links.slice(at + 1))));
}

const linear =
  (build: (term: Term) => Term): Tangent =>
  (_, change) =>
    build(change(0));

/** By operation, its rule and its differential. */
export const tangents: ReadonlyMap<TensorOperation, readonly [rule: string, tangent: Tangent]> = new Map<
  TensorOperation,
  readonly [string, Tangent]
>([
  ...rowwiseTangents,
  ['einsum', ['einsum', einsumTangent]],
  ['matmul', ['matrix-product', (term, change) => throughProduct(term.args, change)]],
  [
    'form',
    [
      'bilinear-form',
      (term, change) => {
        const [row, ...rest] = term.args as [Term, ...Term[]];
        return throughProduct([transpose(row), ...rest], (at) => (at === 0 ? transpose(change(0)) : change(at)));
      },
    ],
  ],
  ['transpose', ['transpose', linear(transpose)]],
  ['trace', ['trace', linear(trace)]],
  ['total', ['entry-sum', linear(total)]],
  ['diag', ['diagonal', linear(diag)]],
  ['diagonal', ['diagonal', linear(diagonal)]],
  ['vec', ['vec', linear(vec)]],
  ['unvec', ['vec', (term, change) => unvec(change(0), term.args[1] as Term, term.args[2] as Term)]],
  ['inverse', ['inverse', (term, change) => negate(matmul(term, change(0), term))]],
  ['det', ['det', (term, change) => multiply(term, trace(matmul(inverse(first(term)), change(0))))]],
  ['logdet', ['logdet', (term, change) => trace(matmul(inverse(first(term)), change(0)))]],
  ['norm', ['norm', (term, change) => divide(pair(first(term), change(0)), term)]],
  ['norm1', ['norm', (term, change) => pair(apply('sign', first(term)), change(0))]],
  ['entry', ['element-place', (term, change) => entryOf(change(0), term.args.slice(1))]],
  ['column', ['column', (term, change) => column(change(0), term.args[1] as Term)]],
  ['row', ['row', (term, change) => row(change(0), term.args[1] as Term)]],
  ['tril', ['triangle', linear(tril)]],
  ['triu', ['triangle', linear(triu)]],
  ['stack', ['stack', (_, change) => stack(change(0), change(1))]],
  ['prod', ['entry-product', (term, change) => multiply(term, pair(power(first(term), number(-1)), change(0)))]],
  ['largest', ['largest', (term, change) => pair(peak(first(term)), change(0))]],
  [
    'norminf',
    [
      'largest',
      (term, change) => pair(multiply(apply('sign', first(term)), peak(apply('abs', first(term)))), change(0)),
    ],
  ],
  ['softmax', ['softmax', (term, change) => multiply(term, subtract(change(0), pair(term, change(0))))]],
  [
    'rowsoftmax',
    [
      'softmax',
      (term, change) => {
        const row = ones([term.dims[1] as Term]);
        const shares = matmul(multiply(term, change(0)), row, transpose(row));
        return multiply(term, subtract(change(0), shares));
      },
    ],
  ],
  [
    'pinv',
    [
      'pseudo-inverse',
      // Golub and Pereyra, "The differentiation of pseudo-inverses", 1973, where the rank stays what it is.
      (term, change) => {
        const matrix = first(term);
        const [rows, columns] = knownDims(matrix) as [Term, Term];
        const [turned, flat] = [transpose(change(0)), transpose(term)];
        return addAll([
          negate(matmul(term, change(0), term)),
          matmul(term, flat, turned, subtract(eye(rows), matmul(matrix, term))),
          matmul(subtract(eye(columns), matmul(term, matrix)), turned, flat, term),
        ]);
      },
    ],
  ],
  ['part', ['stack', (term, change) => part(change(0), term.args[1] as Term, term.args[2] as Term)]],
  ['skew', ['cross', linear(skew)]],
  ['logsumexp', ['logsumexp', (term, change) => pair(softmax(first(term)), change(0))]],
  ['cross', ['cross', (term, change) => add(cross(change(0), term.args[1] as Term), cross(first(term), change(1)))]],
  ['kron', ['kron', (term, change) => add(kron(change(0), term.args[1] as Term), kron(first(term), change(1)))]],
]);

/** One step of the derivative of an operation by a scalar. */
export function tangentOnce(of: Term, by: Variable, { depends, inner }: RuleContext): MatrixRewrite | undefined {
  const changeOf = (arg: Term): Term => (depends(arg, by) ? spread(inner(arg, by), knownDims(arg)) : number(0));
  if (of.kind === 'dot') {
    const after = add(pair(changeOf(of.left), of.right), pair(of.left, changeOf(of.right)));
    return { rule: 'bilinear-form', after, facts: { of } };
  }
  if (of.kind !== 'tensor') return undefined;
  // A zero beside the change of the other block would have no length.
  if (of.operation === 'stack' && !of.args.every((arg) => depends(arg, by))) return undefined;
  const [rule, tangent] = tangents.get(of.operation) ?? [];
  if (rule === undefined || tangent === undefined) return undefined;
  const moving = of.args.filter((arg) => depends(arg, by));
  const facts = of.operation === 'matmul' && moving.length === 1 ? { of, kept: of } : { of };
  return { rule, after: tangent(of, (at) => changeOf(of.args[at] as Term)), facts };
}
