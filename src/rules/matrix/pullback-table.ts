/**
 * What a weight W on the value of an operation means for each of its arguments (Giles, "An extended collection of matrix
 * derivative results for forward and reverse mode algorithmic differentiation", 2008).
 */

import { addAll, apply, divide, multiply, negate, number, power, subtract } from '../../term/construct.ts';
import { knownDims } from '../../term/dims.ts';
import { eye, isTensor, ones, splitScalar, spread } from '../../term/tensor/base.ts';
import { hadamard, peak, softmax } from '../../term/tensor/entrywise.ts';
import { cross, diag, part, tril, triu, unvec, vec } from '../../term/tensor/parts.ts';
import { inverse, matmul, transpose } from '../../term/tensor/products.ts';
import { column, row, unitVector } from '../../term/tensor/selection.ts';
import { det, diagonal, pair } from '../../term/tensor/square.ts';
import type { TensorOperation, TensorTerm, Term } from '../../term/term.ts';
import { einsumPullback } from './einsum-rules.ts';
import { throughKronecker } from './kronecker.ts';
import type { Pullback } from './pullback.ts';
import { rowwisePullbacks } from './rowwise-rules.ts';

const first = (term: TensorTerm): Term => term.args[0] as Term;

/** What reaches each link of a product: the transposes of what stands around it, about the weight. */
function throughProduct(weight: Term, links: readonly Term[]): readonly Term[] {
  return links.map((_, at) => {
    const before = links.slice(0, at).reverse().map(transpose);
    const after = links
      .slice(at + 1)
      .reverse()
      .map(transpose);
    return matmul(...before, weight, ...after);
  });
}

/** The unit vector that picks a column or, from the transpose, a row. */
function unitOf({ operation, args }: TensorTerm): Term {
  const [matrix, at] = args as [Term, Term];
  return unitVector(knownDims(matrix)[operation === 'column' ? 1 : 0] as Term, at);
}

/** By operation, the weights of the arguments. */
export const pullbacks: ReadonlyMap<TensorOperation, Pullback> = new Map<TensorOperation, Pullback>([
  ...rowwisePullbacks,
  ['einsum', einsumPullback],
  [
    'matmul',
    {
      rule: 'matrix-product',
      states: "vjp(W, A*B, X) = vjp(W*B', A, X) + vjp(A'*W, B, X)",
      weights: (weight, term) => throughProduct(weight, term.args),
    },
  ],
  [
    'form',
    {
      rule: 'bilinear-form',
      states: "d(u'*A*v, x) = d(u, x)*A*v + d(v, x)*A'*u",
      weights: (weight, term) => {
        const [row, ...rest] = term.args as [Term, ...Term[]];
        const [top, ...others] = throughProduct(weight, [transpose(row), ...rest]);
        return [transpose(top as Term), ...others];
      },
    },
  ],
  [
    'transpose',
    {
      rule: 'transpose',
      states: "vjp(W, A', X) = vjp(W', A, X)",
      weights: (weight, term) => {
        const turned = transpose(weight);
        // Of a vector: the one row of the weight.
        return [turned.rank > first(term).rank ? row(weight, number(1)) : turned];
      },
    },
  ],
  [
    'trace',
    {
      rule: 'trace',
      states: 'd(trace(A), X) = vjp(eye(n), A, X)',
      weights: (weight, term) => [multiply(weight, eye(knownDims(first(term))[0] as Term))],
    },
  ],
  [
    'total',
    {
      rule: 'entry-sum',
      states: 'd(sum(U), X) = vjp(ones(m, n), U, X)',
      weights: (weight) => [weight],
    },
  ],
  [
    'det',
    {
      rule: 'det',
      states: "d(det(A), X) = vjp(det(A)*inv(A)', A, X)",
      weights: (weight, term) => [multiply(weight, det(first(term)), transpose(inverse(first(term))))],
    },
  ],
  [
    'logdet',
    {
      rule: 'logdet',
      states: "d(logdet(A), X) = vjp(inv(A)', A, X)",
      weights: (weight, term) => [multiply(weight, transpose(inverse(first(term))))],
    },
  ],
  [
    'inverse',
    {
      rule: 'inverse',
      states: "vjp(W, inv(A), X) = -vjp(inv(A)'*W*inv(A)', A, X)",
      weights: (weight, term) => [negate(matmul(transpose(term), weight, transpose(term)))],
    },
  ],
  [
    'pinv',
    {
      // Golub and Pereyra, "The differentiation of pseudo-inverses", 1973, where the rank stays what it is.
      rule: 'pseudo-inverse',
      states: "vjp(W, P, X) = vjp(-P'*W*P' + (I - A*P)*W'*P*P' + P'*P*W'*(I - P*A), A, X) where P = pinv(A)",
      weights: (weight, term) => {
        const matrix = first(term);
        const [rows, columns] = knownDims(matrix) as [Term, Term];
        const flat = transpose(term);
        const left = subtract(eye(rows), matmul(matrix, term));
        const right = subtract(eye(columns), matmul(term, matrix));
        return [
          addAll([
            negate(matmul(flat, weight, flat)),
            matmul(left, transpose(weight), term, flat),
            matmul(flat, term, transpose(weight), right),
          ]),
        ];
      },
    },
  ],
  [
    'norm',
    {
      rule: 'norm',
      states: 'd(norm(U), X) = vjp(U/norm(U), U, X)',
      weights: (weight, term) => [multiply(weight, divide(first(term), term))],
    },
  ],
  [
    'norm1',
    {
      rule: 'norm',
      states: 'd(norm1(U), X) = vjp(sign(U), U, X)',
      weights: (weight, term) => [multiply(weight, apply('sign', first(term)))],
    },
  ],
  [
    'prod',
    {
      rule: 'entry-product',
      states: 'd(prod(u), x) = vjp(prod(u) ./ u, u, x)',
      weights: (weight, term) => [multiply(weight, term, power(first(term), number(-1)))],
    },
  ],
  [
    'largest',
    {
      rule: 'largest',
      states: 'd(max(u), x) = vjp(indmax(u), u, x)',
      weights: (weight, term) => [multiply(weight, peak(first(term)))],
    },
  ],
  [
    'norminf',
    {
      rule: 'largest',
      states: 'd(norminf(u), x) = vjp(sign(u) .* indmax(abs(u)), u, x)',
      weights: (weight, term) => [multiply(weight, apply('sign', first(term)), peak(apply('abs', first(term))))],
    },
  ],
  [
    'softmax',
    {
      rule: 'softmax',
      states: "vjp(W, softmax(u), x) = vjp(p .* (W - p'*W), u, x) where p = softmax(u)",
      weights: (weight, term) => {
        const spreaded = spread(weight, term.dims);
        return [subtract(hadamard(term, spreaded), multiply(pair(term, spreaded), term))];
      },
    },
  ],
  [
    'logsumexp',
    {
      rule: 'logsumexp',
      states: 'd(logsumexp(u), x) = vjp(softmax(u), u, x)',
      weights: (weight, term) => [multiply(weight, softmax(first(term)))],
    },
  ],
  [
    'rowsoftmax',
    {
      rule: 'softmax',
      states: "vjp(W, rowsoftmax(U), X) = vjp(P .* (W - rowsum(P .* W)*ones(n)'), U, X) where P = rowsoftmax(U)",
      weights: (weight, term) => {
        const columns = ones([term.dims[1] as Term]);
        const spreaded = spread(weight, term.dims);
        const shares = matmul(multiply(term, spreaded), columns, transpose(columns));
        return [multiply(term, subtract(spreaded, shares))];
      },
    },
  ],
  [
    'diag',
    { rule: 'diagonal', states: 'vjp(W, diag(u), x) = vjp(diag(W), u, x)', weights: (weight) => [diagonal(weight)] },
  ],
  [
    'diagonal',
    { rule: 'diagonal', states: 'vjp(w, diag(A), X) = vjp(diag(w), A, X)', weights: (weight) => [diag(weight)] },
  ],
  [
    'entry',
    {
      rule: 'element-place',
      states: "d(A[i, j], X) = vjp(eye(m)[:, i]*eye(n)[:, j]', A, X)",
      weights: (weight, term) => {
        const [whole, ...indices] = term.args as [Term, ...Term[]];
        const dims = knownDims(whole);
        const [above, below] = indices.map((at, axis) => unitVector(dims[axis] as Term, at)) as [Term, Term?];
        return [multiply(weight, below === undefined ? above : matmul(above, transpose(below)))];
      },
    },
  ],
  [
    'column',
    {
      rule: 'column',
      states: "vjp(w, A[:, j], X) = vjp(w*eye(n)[:, j]', A, X)",
      weights: (weight, term) => [matmul(weight, transpose(unitOf(term)))],
      facts: (term) => ({ matrix: first(term), unit: unitOf(term) }),
    },
  ],
  [
    'row',
    {
      rule: 'row',
      states: "vjp(w, A[i, :], X) = vjp(eye(m)[:, i]*w', A, X)",
      weights: (weight, term) => [matmul(unitOf(term), transpose(weight))],
      facts: (term) => ({ matrix: transpose(first(term)), unit: unitOf(term) }),
    },
  ],
  [
    'vec',
    {
      rule: 'vec',
      states: 'vjp(w, vec(A), X) = vjp(unvec(w, m, n), A, X)',
      weights: (weight, term) => {
        const [rows, columns] = knownDims(first(term)) as [Term, Term];
        return [unvec(weight, rows, columns)];
      },
    },
  ],
  [
    'unvec',
    {
      rule: 'vec',
      states: 'vjp(W, unvec(v, m, n), x) = vjp(vec(W), v, x)',
      weights: (weight, term) => [vec(weight), ...term.args.slice(1)],
    },
  ],
  [
    'tril',
    { rule: 'triangle', states: 'vjp(W, tril(A), X) = vjp(tril(W), A, X)', weights: (weight) => [tril(weight)] },
  ],
  [
    'triu',
    { rule: 'triangle', states: 'vjp(W, triu(A), X) = vjp(triu(W), A, X)', weights: (weight) => [triu(weight)] },
  ],
  [
    'stack',
    {
      rule: 'stack',
      states: 'vjp(w, vcat(u, v), x) = vjp(part(w, 0, n), u, x) + vjp(part(w, n, m), v, x)',
      weights: (weight, term) => {
        const [upper, lower] = term.args.map((arg) => knownDims(arg)[0]) as [Term, Term];
        return [part(weight, number(0), upper), part(weight, upper, lower)];
      },
    },
  ],
  [
    'kron',
    {
      rule: 'kron',
      states: "vjp(kron(C, D), kron(A, B), X) = vjp(trace(D'*B)*C, A, X) + vjp(trace(C'*A)*D, B, X)",
      weights: throughKronecker,
    },
  ],
  [
    'cross',
    {
      rule: 'cross',
      states: 'vjp(w, cross(u, v), x) = vjp(cross(v, w), u, x) + vjp(cross(w, u), v, x)',
      weights: (weight, term) => [cross(term.args[1] as Term, weight), cross(weight, first(term))],
    },
  ],
  [
    'skew',
    {
      // The inner product with skew(u) is the sum over i of W e_i . (u x e_i) = u . (e_i x W e_i).
      rule: 'cross',
      states:
        'vjp(W, skew(u), x) = vjp(cross(eye(3)[:, 1], W[:, 1]) + cross(eye(3)[:, 2], W[:, 2]) + cross(eye(3)[:, 3], W[:, 3]), u, x)',
      weights: (weight) => {
        const [scalar, matrix] = splitScalar(weight);
        if (isTensor(matrix, 'skew')) return [multiply(number(2), scalar, matrix.args[0] as Term)];
        const places = [1, 2, 3].map((at) => number(at));
        return [addAll(places.map((at) => cross(unitVector(number(3), at), column(weight, at))))];
      },
    },
  ],
]);

export const shapeMatters: ReadonlySet<TensorOperation> = new Set([
  'column',
  'row',
  'pinv',
  'tril',
  'triu',
  'stack',
  'kron',
  'matmul',
  'transpose',
  'inverse',
  'diag',
  'diagonal',
  'vec',
  'unvec',
  'cross',
  'skew',
]);
