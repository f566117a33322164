/**
 * What normalises a vector, or each row of a matrix, and what reduces each row to one number. Rows are samples, as in
 * attention and in batches; what works on columns is the same of the transpose.
 */

import { apply, isNumber, multiply, negate, number, power, zero } from '../construct.ts';
import { knownDims } from '../dims.ts';
import { makeTensor } from '../make.ts';
import type { TensorOperation, Term } from '../term.ts';
import { refit, spread, unary, unaryBeside } from './base.ts';
import { rowsum } from './square.ts';

/** The logarithm of softmax, x - logsumexp(x); of a matrix for each row. */
export function logsoftmax(term: Term): Term {
  const dims = knownDims(term);
  const atZero = (): Term => negate(spread(apply('log', dims[dims.length - 1] as Term), dims));
  return unaryBeside('logsoftmax', term, dims, logsoftmax, atZero);
}

/**
 * (x - mean(x)) / sqrt(var(x) + eps); of a matrix for each row. Ba, Kiros, Hinton, "Layer Normalization", 2016, equation 3,
 * have no eps; implementations add one, so that a constant vector has a value.
 */
export function layernorm(term: Term, eps: Term = zero()): Term {
  return makeTensor('layernorm', [term, eps], knownDims(term), ([part, shift]) =>
    layernorm(refit(part as Term, term), shift as Term),
  );
}

/** The mean square deviation of all entries from their mean. */
export function variance(term: Term): Term {
  return isNumber(term, 0) ? term : unary('variance', term, [], variance);
}

/** The variance of each row. */
export function rowvariance(term: Term): Term {
  return reducedRows('rowvariance', term, rowvariance);
}

/** The largest entry of each row. */
export function rowlargest(term: Term): Term {
  return reducedRows('rowlargest', term, rowlargest);
}

/** The logarithm of the sum of exp of the entries of each row. */
export function rowlogsumexp(term: Term): Term {
  const [rows, columns] = knownDims(term) as [Term, Term];
  return unaryBeside('rowlogsumexp', term, [rows], rowlogsumexp, () => spread(apply('log', columns), [rows]));
}

function reducedRows(operation: TensorOperation, term: Term, remake: (term: Term) => Term): Term {
  return unary(operation, term, knownDims(term).slice(0, 1), remake);
}

/** 1 at the largest entry of each row, 0 elsewhere. */
export function rowpeak(term: Term): Term {
  return unary('rowpeak', term, knownDims(term), rowpeak);
}

/** The mean of each row. */
export function rowmean(term: Term): Term {
  return multiply(power(knownDims(term)[1] as Term, number(-1)), rowsum(term));
}
