/** Entry by entry, and what gathers all entries: products, sums, means, norms, softmax. */

import { addAll, apply, dot, isNumber, multiply, multiplyAll, number, one, power, zero } from '../construct.ts';
import { hasTrait, knownDims } from '../dims.ts';
import type { MultiplyTerm, TensorTerm, Term } from '../term.ts';
import { isTensor, linearly, ones, splitScalar, spread, unary, unaryBeside } from './base.ts';
import { entryOf, placeOfUnit } from './selection.ts';

/** The product entry by entry; ones change nothing. */
export function hadamard(left: Term, right: Term): Term {
  if (left.rank === right.rank && left.rank > 0) {
    const product = hadamardBare(left, right);
    return product.rank === 0 ? spread(product, knownDims(left)) : product;
  }
  return multiply(left, right);
}

function hadamardBare(left: Term, right: Term): Term {
  const [a, u] = splitScalar(left);
  const [b, v] = splitScalar(right);
  if (isTensor(u, 'ones') && v.rank === u.rank) return multiply(a, right);
  if (isTensor(v, 'ones') && v.rank === u.rank) return multiply(left, b);
  const [first, second] = [placeOfUnit(u), placeOfUnit(v)];
  if (first !== undefined) return multiply(a, b, entryOf(v, [first]), u);
  if (second !== undefined) return multiply(a, b, entryOf(u, [second]), v);
  return multiply(left, right);
}

/** The inner product of two vectors; entries that cancel make it a sum. */
export function inner(left: Term, right: Term): Term {
  if (isNumber(left, 0) || isNumber(right, 0)) return zero();
  const [leftScalar, u] = splitScalar(left);
  const [rightScalar, v] = splitScalar(right);
  const scalar = multiply(leftScalar, rightScalar);
  if (u.rank === 0 || v.rank === 0) throw new Error('an inner product of scalars');
  if (isTensor(u, 'ones')) return multiply(scalar, total(v));
  if (isTensor(v, 'ones')) return multiply(scalar, total(u));
  const [first, second] = [placeOfUnit(u), placeOfUnit(v)];
  if (first !== undefined) return multiply(scalar, entryOf(v, [first]));
  if (second !== undefined) return multiply(scalar, entryOf(u, [second]));
  const product = hadamard(u, v);
  if (factorCount(product) < factorCount(u) + factorCount(v) && u !== v) {
    return multiply(scalar, total(spread(product, knownDims(u))));
  }
  return multiply(scalar, dot(u, v));
}

function factorCount(term: Term): number {
  return term.kind === 'multiply' ? term.factors.length : 1;
}

const summingToOne = ['probability', 'onehot', 'sumone'] as const;

/** The sum of all entries. */
export function total(term: Term): Term {
  return linearly(term, totalBare);
}

function totalBare(term: Term): Term {
  if (isTensor(term, 'ones')) return multiplyAll(term.dims);
  if (isTensor(term, 'softmax')) return one();
  if (summingToOne.some((trait) => hasTrait(term, trait))) return one();
  if (isTensor(term, 'eye')) return term.dims[0] as Term;
  if (isTensor(term, 'diag')) return total(term.args[0] as Term);
  if (term.kind === 'add' && term.terms.some((part) => part.rank === 0)) {
    const dims = knownDims(term);
    return addAll(term.terms.map((part) => total(spread(part, dims))));
  }
  if (isTensor(term, 'kron')) return multiply(...term.args.map(total));
  // The sum of the sums of the rows.
  const last = isTensor(term, 'matmul') ? (term.args.at(-1) as Term) : undefined;
  if (last?.rank === 1 && isTensor(last, 'ones')) {
    const [first] = term.parts;
    return total(term.parts.length === 2 ? (first as Term) : (term as TensorTerm).remake(term.parts.slice(0, -1)));
  }
  return unary('total', term, [], total);
}

/** The mean of all entries, as it is printed; everywhere else it is the sum over the number of entries. */
function meanAsWritten(term: Term): Term {
  return unary('mean', term, [], meanAsWritten);
}

/** A product as a mean of entries and the rest; undefined where it holds none. */
export function matchMean(term: MultiplyTerm): { readonly mean: Term; readonly rest: Term } | undefined {
  for (const factor of term.factors) {
    if (!isTensor(factor, 'total')) continue;
    const inside = factor.args[0] as Term;
    const divisors = knownDims(inside).map((dim) => power(dim, number(-1)));
    const isWhole = new Set(divisors).size === divisors.length && divisors.every((one) => term.factors.includes(one));
    if (!isWhole) continue;
    const others = term.factors.filter((one) => one !== factor && !divisors.includes(one));
    return { mean: meanAsWritten(inside), rest: multiplyAll([number(term.coefficient), ...others]) };
  }
  return undefined;
}

/** The Euclidean norm of a vector, the Frobenius norm of a matrix. */
export function norm(term: Term): Term {
  return scaledNorm('norm', term);
}

/** The sum of the absolute values. */
export function norm1(term: Term): Term {
  return scaledNorm('norm1', term);
}

/** The largest absolute value. */
export function normInf(term: Term): Term {
  return scaledNorm('norminf', term);
}

function scaledNorm(operation: 'norm' | 'norm1' | 'norminf', term: Term): Term {
  if (isNumber(term, 0)) return term;
  const bare = isTensor(term, 'transpose') && operation === 'norm' ? (term.args[0] as Term) : term;
  // The absolute values of the entries of a Kronecker product are products of such.
  if (isTensor(bare, 'kron')) return multiply(...bare.args.map((part) => scaledNorm(operation, part)));
  return unary(operation, bare, [], (changed) => scaledNorm(operation, changed));
}

/** exp of the entries over their sum; of a matrix for each row. */
export function softmax(term: Term): Term {
  if (term.rank === 2) return rowsoftmax(term);
  return unaryBeside('softmax', term, knownDims(term), softmax, () => equalShares(term));
}

/** The logarithm of the sum of exp of the entries. */
export function logsumexp(term: Term): Term {
  return unaryBeside('logsumexp', term, [], logsumexp, () => apply('log', multiply(...knownDims(term))));
}

/** The product of all entries. */
export function entryProduct(term: Term): Term {
  return unary('prod', term, [], entryProduct);
}

/** The largest entry. */
export function largest(term: Term): Term {
  return unary('largest', term, [], largest);
}

/** 1 at the largest entry, 0 elsewhere. */
export function peak(term: Term): Term {
  return unary('peak', term, knownDims(term), peak);
}

/** Softmax of each row, as attention has it. */
export function rowsoftmax(term: Term): Term {
  return unaryBeside('rowsoftmax', term, knownDims(term), rowsoftmax, () => equalShares(term));
}

/** Of a row of equal entries, each has as much as the others. */
function equalShares(term: Term): Term {
  const dims = knownDims(term);
  return multiply(power(dims[dims.length - 1] as Term, number(-1)), ones(dims));
}
