/** Calls of what works on each row or column of a matrix, and of what normalises vectors and rows. */

import type { MathNode } from '../syntax/node.ts';
import { add, isNumber } from '../term/construct.ts';
import { dimsOf } from '../term/dims.ts';
import { ones } from '../term/tensor/base.ts';
import { hadamard } from '../term/tensor/entrywise.ts';
import { diag } from '../term/tensor/parts.ts';
import { matmul, transpose } from '../term/tensor/products.ts';
import {
  layernorm,
  logsoftmax,
  rowlargest,
  rowlogsumexp,
  rowmean,
  rowpeak,
  rowvariance,
  variance,
} from '../term/tensor/rowwise.ts';
import { rowsum } from '../term/tensor/square.ts';
import type { Term } from '../term/term.ts';
import { column, matrixDims, sameDims, withAxes } from './call-demands.ts';
import { argsOf, guessedVector, reduction, type TensorCall } from './call-shapes.ts';
import type { Length } from './lengths.ts';
import { refuse } from './scope.ts';

/** One number for each row of a matrix. */
function ofRows(build: (matrix: Term) => Term): TensorCall {
  return {
    arity: [1, 1],
    shape: (shaper) => argsOf(shaper)[0]?.slice(0, 1),
    build: ([term], node) => {
      matrixDims(term as Term, node);
      return build(term as Term);
    },
  };
}

function withRows(term: Term, node: MathNode): Term {
  if (term.rank > 1) return term;
  return refuse(node, 'unsupported-notation', 'a matrix is needed here, but this is a row', 'leave the transpose out');
}

/** One number for each column: for each row of the transpose. */
function ofColumns(build: (matrix: Term) => Term): TensorCall {
  return {
    arity: [1, 1],
    shape: (shaper) => argsOf(shaper)[0]?.slice(1),
    build: ([term], node) => {
      matrixDims(term as Term, node);
      // The columns of a row are its entries: what is turned is a vector, which has no rows to be taken.
      return build(withRows(transpose(term as Term), node));
    },
  };
}

const ofVectorOrRows = (build: (term: Term) => Term): TensorCall => ({
  arity: [1, 1],
  shape: guessedVector,
  build: ([term], node) => build(withAxes(column(term as Term), node)),
});

/** `layernorm(x)`, `layernorm(x, eps)`, `layernorm(x, gamma, beta)` and `layernorm(x, gamma, beta, eps)`. */
const layernormCall: TensorCall = {
  arity: [1, 4],
  shape: (shaper) => {
    const shape = guessedVector(shaper);
    const last = shape?.[shape.length - 1] as Length | undefined;
    const { args, of } = shaper;
    const vectors = args.length > 2 ? args.slice(1, 3) : [];
    for (const arg of vectors) of(arg, last === undefined ? undefined : [last]);
    const eps = args.length % 2 === 0 ? args[args.length - 1] : undefined;
    if (eps !== undefined) of(eps, []);
    return shape;
  },
  build: (terms, node, nodes) => {
    const normal = layernorm(withAxes(column(terms[0] as Term), node), epsOf(terms, nodes));
    return terms.length < 3 ? normal : scaledRows(normal, terms as readonly [Term, Term, Term], node);
  },
};

function epsOf(terms: readonly Term[], nodes: readonly MathNode[]): Term | undefined {
  const at = terms.length - 1;
  const eps = terms.length % 2 === 0 ? terms[at] : undefined;
  if (eps === undefined || eps.rank === 0) return eps;
  return refuse(nodes[at] as MathNode, 'shape-clash', 'the eps of layernorm is a scalar', layernormHint);
}

const layernormHint = 'write layernorm(x), layernorm(x, eps) or layernorm(x, gamma, beta, eps)';

/** gamma .* y + beta; of a matrix for each row. */
function scaledRows(normal: Term, [, gain, bias]: readonly [Term, Term, Term], node: MathNode): Term {
  const last = (dimsOf(normal) ?? []).slice(-1);
  for (const term of [gain, bias])
    if (!isNumber(term, 0)) sameDims(term, ones(last), node, 'gain and bias of layernorm');
  if (normal.rank === 1) return add(hadamard(gain, normal), bias);
  const rows = dimsOf(normal)?.[0] as Term;
  return add(matmul(normal, diag(gain)), matmul(ones([rows]), transpose(bias)));
}

export const rowwiseCalls: Readonly<Record<string, TensorCall>> = {
  logsoftmax: ofVectorOrRows(logsoftmax),
  log_softmax: ofVectorOrRows(logsoftmax),
  layernorm: layernormCall,
  layer_norm: layernormCall,
  var: reduction(variance),
  rowsum: ofRows(rowsum),
  colsum: ofColumns(rowsum),
  rowmean: ofRows(rowmean),
  colmean: ofColumns(rowmean),
  rowmax: ofRows(rowlargest),
  colmax: ofColumns(rowlargest),
  rowvar: ofRows(rowvariance),
  colvar: ofColumns(rowvariance),
  rowlogsumexp: ofRows(rowlogsumexp),
  collogsumexp: ofColumns(rowlogsumexp),
  rowindmax: {
    arity: [1, 1],
    shape: (shaper) => argsOf(shaper)[0],
    build: ([term], node) => {
      matrixDims(term as Term, node);
      return rowpeak(term as Term);
    },
  },
};
