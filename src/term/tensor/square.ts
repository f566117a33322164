/** What belongs to a matrix as a whole: trace, determinant, pseudo-inverse, diagonal, sums of rows. */

import { addAll, multiply, multiplyAll, one, power, zero } from '../construct.ts';
import { dimsOf, hasTrait, knownDims } from '../dims.ts';
import type { Term } from '../term.ts';
import { isTensor, linearly, ones, splitScalar, spread, unary } from './base.ts';
import { total } from './entrywise.ts';
import { isSquare, matmul, transpose } from './products.ts';

/** The inner product of two terms of one shape: the sum of the products of their entries. */
export function pair(left: Term, right: Term): Term {
  if (left.rank === 1 && right.rank === 1) return matmul(transpose(left), right);
  if (left.rank === 2 && right.rank === 2) {
    const [first, second] = [isFlat(left), isFlat(right)];
    if (first && second) return trace(matmul(transpose(left), right));
  }
  const dims = (left.rank >= right.rank ? dimsOf(left) : dimsOf(right)) ?? [];
  return total(spread(multiply(left, right), dims));
}

/** Whether a trace of products says more than a sum over entries. */
function isFlat(term: Term): boolean {
  const [, rest] = splitScalar(term);
  return rest.kind === 'symbol' || rest.kind === 'add' || rest.kind === 'tensor';
}

export function trace(term: Term): Term {
  return linearly(term, traceBare);
}

function traceBare(term: Term): Term {
  if (isTensor(term, 'eye')) return term.dims[0] as Term;
  if (isTensor(term, 'diag')) return total(term.args[0] as Term);
  if (isTensor(term, 'kron') && term.args.every(isSquare)) return multiply(...term.args.map(trace));
  if (isTensor(term, 'transpose')) return trace(term.args[0] as Term);
  if (hasTrait(term, 'antisymmetric')) return zero();
  if (isTensor(term, 'matmul')) {
    const at = term.args.findIndex((link) => link.rank === 1);
    if (at >= 0) return matmul(...term.args.slice(at + 1), ...term.args.slice(0, at + 1));
  }
  return unary('trace', term, [], trace);
}

export function det(term: Term): Term {
  if (isTensor(term, 'transpose')) return det(term.args[0] as Term);
  const blocks = squareBlocks(term);
  if (blocks !== undefined) return multiply(...blocks.map(([block, times]) => power(det(block), times)));
  if (isTensor(term, 'eye')) return one();
  return unary('det', term, [], det);
}

/** The logarithm of the determinant. */
export function logdet(term: Term): Term {
  if (isTensor(term, 'transpose')) return logdet(term.args[0] as Term);
  const blocks = squareBlocks(term);
  if (blocks !== undefined) return addAll(blocks.map(([block, times]) => multiply(times, logdet(block))));
  if (isTensor(term, 'eye')) return zero();
  return unary('logdet', term, [], logdet);
}

/** The factors of a Kronecker product of square matrices, each with the size of the other: det(A x B) = det(A)^q det(B)^n. */
function squareBlocks(term: Term): readonly (readonly [block: Term, times: Term])[] | undefined {
  if (!isTensor(term, 'kron') || !term.args.every(isSquare)) return undefined;
  const [left, right] = term.args as [Term, Term];
  const [size, other] = [knownDims(left)[0], knownDims(right)[0]] as [Term, Term];
  return [
    [left, other],
    [right, size],
  ];
}

/** The Moore-Penrose inverse. */
export function pinv(term: Term): Term {
  if (isTensor(term, 'pinv')) return term.args[0] as Term;
  return unary('pinv', term, [...knownDims(term)].reverse(), pinv);
}

/** The diagonal of a matrix, a vector. */
export function diagonal(term: Term): Term {
  return linearly(term, (bare) => {
    const dims = knownDims(bare).slice(0, 1);
    if (isTensor(bare, 'eye') || isTensor(bare, 'ones')) return ones(dims);
    if (isTensor(bare, 'diag')) return bare.args[0] as Term;
    if (isTensor(bare, 'transpose')) return diagonal(bare.args[0] as Term);
    if (bare.kind === 'add') return addAll(bare.terms.map((part) => (part.rank === 0 ? part : diagonal(part))));
    if (bare.kind === 'multiply')
      return multiplyAll(bare.factors.map((part) => (part.rank === 0 ? part : diagonal(part))));
    if (isTensor(bare, 'matmul')) {
      const at = bare.args.findIndex((link) => link.rank === 1);
      const [left, right] = [bare.args.slice(0, at + 1), bare.args.slice(at + 1)];
      if (at >= 0) return multiply(matmul(...left), transpose(matmul(...right)));
    }
    return unary('diagonal', bare, dims, diagonal);
  });
}

/** The sums of the rows, a vector. */
export function rowsum(term: Term): Term {
  return linearly(term, (bare) => {
    const dims = knownDims(bare).slice(0, 1);
    return matmul(bare, ones([knownDims(bare)[1] ?? (dims[0] as Term)]));
  });
}
