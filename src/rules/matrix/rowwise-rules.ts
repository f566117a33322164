/**
 * Derivatives of what normalises vectors and rows. With y = layernorm(x) and s = sqrt(var(x) + eps) the Jacobian is
 * (I - 1 1'/n - y y'/n) / s (Ba, Kiros, Hinton, "Layer Normalization", 2016; Xu et al., "Understanding and Improving Layer
 * Normalization", 2019, section 3), that of logsoftmax I - p 1' with p = softmax(x).
 */

import { addAll, fraction, isNumber, multiply, negate, number, power, subtract } from '../../term/construct.ts';
import { knownDims } from '../../term/dims.ts';
import { eye, ones, spread } from '../../term/tensor/base.ts';
import { hadamard, softmax, total } from '../../term/tensor/entrywise.ts';
import { diag } from '../../term/tensor/parts.ts';
import { matmul, transpose } from '../../term/tensor/products.ts';
import { rowmean, rowpeak, rowvariance, variance } from '../../term/tensor/rowwise.ts';
import { pair, rowsum } from '../../term/tensor/square.ts';
import type { TensorOperation, TensorTerm, Term } from '../../term/term.ts';
import type { Pullback, Tangent } from './pullback.ts';

const first = (term: TensorTerm): Term => term.args[0] as Term;

/** 1 over the length of a vector, or of the rows of a matrix. */
const share = (like: Term): Term => power(knownDims(like)[like.rank - 1] as Term, number(-1));

/** A number for each row as a matrix of equal columns. */
function overColumns(numbers: Term, like: Term): Term {
  return matmul(numbers, transpose(ones([knownDims(like)[1] as Term])));
}

/** The rows of a matrix, each times a number. */
function timesRows(numbers: Term, matrix: Term): Term {
  return matmul(diag(numbers), matrix);
}

/** 1/sqrt(var + eps), a scalar or one for each row. */
function inverseDeviation(term: TensorTerm): Term {
  const [inside, eps] = term.args as [Term, Term];
  const spreadOf = inside.rank === 1 ? variance(inside) : rowvariance(inside);
  return power(addAll([spreadOf, eps]), fraction(-1, 2));
}

/** What layernorm makes of a weight, and of a change too: its Jacobian is symmetric. */
function throughLayernorm(weight: Term, term: TensorTerm): Term {
  if (isNumber(weight, 0)) return weight;
  const [own, n] = [spread(weight, term.dims), share(term)];
  if (term.rank === 1) {
    const along = multiply(n, pair(term, own), term);
    return multiply(inverseDeviation(term), addAll([own, negate(multiply(n, total(own))), negate(along)]));
  }
  const along = timesRows(rowmean(hadamard(own, term)), term);
  const centred = addAll([own, negate(overColumns(rowmean(own), term)), negate(along)]);
  return timesRows(inverseDeviation(term), centred);
}

/** x - mean(x), of a matrix for each row. */
function centred(inside: Term): Term {
  return subtract(inside, multiply(power(multiply(...knownDims(inside)), number(-1)), total(inside)));
}

function centredRows(inside: Term): Term {
  return subtract(inside, overColumns(rowmean(inside), inside));
}

const slopeOfVariance = (inside: Term): Term =>
  multiply(number(2), power(multiply(...knownDims(inside)), number(-1)), centred(inside));

const slopeOfRows = (inside: Term): Term => multiply(number(2), share(inside), centredRows(inside));

export const rowwisePullbacks: readonly (readonly [TensorOperation, Pullback])[] = [
  [
    'logsoftmax',
    {
      rule: 'logsoftmax',
      states: 'vjp(w, logsoftmax(u), x) = vjp(w - sum(w)*softmax(u), u, x)',
      weights: (weight, term) => {
        const [own, shares] = [spread(weight, term.dims), softmax(first(term))];
        const taken = term.rank === 1 ? multiply(total(own), shares) : timesRows(rowsum(own), shares);
        return [subtract(own, taken)];
      },
    },
  ],
  [
    'layernorm',
    {
      rule: 'layernorm',
      states:
        'vjp(w, layernorm(u, eps), x) = vjp((w - mean(w) - mean(w .* y)*y) / sqrt(var(u) + eps), u, x) where y = layernorm(u, eps)',
      weights: (weight, term) => [throughLayernorm(weight, term), epsWeight(weight, term)],
    },
  ],
  [
    'variance',
    {
      rule: 'variance',
      states: 'd(var(u), x) = vjp(2*(u - mean(u))/n, u, x)',
      weights: (weight, term) => [multiply(weight, slopeOfVariance(first(term)))],
    },
  ],
  [
    'rowvariance',
    {
      rule: 'variance',
      states: "vjp(w, rowvar(U), X) = vjp(2*diag(w)*(U - rowmean(U)*ones(n)')/n, U, X)",
      weights: (weight, term) => [timesRows(spread(weight, term.dims), slopeOfRows(first(term)))],
    },
  ],
  [
    'rowlargest',
    {
      rule: 'largest',
      states: 'vjp(w, rowmax(U), X) = vjp(diag(w)*rowindmax(U), U, X)',
      weights: (weight, term) => [timesRows(spread(weight, term.dims), rowpeak(first(term)))],
    },
  ],
  [
    'rowlogsumexp',
    {
      rule: 'logsumexp',
      states: 'vjp(w, rowlogsumexp(U), X) = vjp(diag(w)*softmax(U), U, X)',
      weights: (weight, term) => [timesRows(spread(weight, term.dims), softmax(first(term)))],
    },
  ],
];

/** d(y, eps) = -y / (2 (var + eps)). */
function epsWeight(weight: Term, term: TensorTerm): Term {
  const square = power(inverseDeviation(term), number(2));
  const own = spread(weight, term.dims);
  const moved = term.rank === 1 ? multiply(square, pair(own, term)) : pair(own, timesRows(square, term));
  return multiply(fraction(-1, 2), moved);
}

export const rowwiseTangents: readonly (readonly [TensorOperation, readonly [string, Tangent]])[] = [
  [
    'logsoftmax',
    [
      'logsoftmax',
      (term, change) => {
        const [own, shares] = [change(0), softmax(first(term))];
        if (term.rank === 1) return subtract(own, pair(shares, own));
        return subtract(own, overColumns(rowsum(hadamard(shares, own)), term));
      },
    ],
  ],
  ['variance', ['variance', (term, change) => pair(slopeOfVariance(first(term)), change(0))]],
  ['rowvariance', ['variance', (term, change) => rowsum(hadamard(slopeOfRows(first(term)), change(0)))]],
  ['rowlargest', ['largest', (term, change) => rowsum(hadamard(rowpeak(first(term)), change(0)))]],
  ['rowlogsumexp', ['logsumexp', (term, change) => rowsum(hadamard(softmax(first(term)), change(0)))]],
  [
    'layernorm',
    [
      'layernorm',
      (term, change) => {
        const eps = change(1);
        const square = power(inverseDeviation(term), number(2));
        const shifted = multiply(
          fraction(-1, 2),
          eps,
          term.rank === 1 ? multiply(square, term) : timesRows(square, term),
        );
        return addAll([throughLayernorm(change(0), term), shifted]);
      },
    ],
  ],
];

/** Jacobians of vectors, which a Jacobian of what is inside is multiplied by on the right. */
export const rowwiseJacobians: ReadonlyMap<TensorOperation, (term: TensorTerm) => Term> = new Map([
  [
    'logsoftmax',
    (term) => {
      const [size] = term.dims as [Term];
      return subtract(eye(size), matmul(softmax(first(term)), transpose(ones([size]))));
    },
  ],
  [
    'layernorm',
    (term) => {
      const [size] = term.dims as [Term];
      const n = share(term);
      return multiply(
        inverseDeviation(term),
        addAll([
          eye(size),
          negate(multiply(n, ones([size, size]))),
          negate(multiply(n, matmul(term, transpose(term)))),
        ]),
      );
    },
  ],
]);
