/**
 * Constructors of the operations on vectors and matrices. Each keeps a canonical form: scalars in front, transposes at
 * the leaves, products flat, inverse next to what it inverts gone. A vector is a column; its transpose is a row.
 */

import { add, addAll, dot, element, isNumber, multiply, multiplyAll, number, one, power, zero } from './construct.ts';
import { dimsOf, hasTrait, knownDims } from './dims.ts';
import { makeTensor } from './make.ts';
import type { MultiplyTerm, TensorOperation, TensorTerm, Term, Variable } from './term.ts';

type Unary = (argument: Term) => Term;

/** Whether `term` is this operation. */
export function isTensor<O extends TensorOperation>(
  term: Term,
  operation: O,
): term is TensorTerm & { readonly operation: O } {
  return term.kind === 'tensor' && term.operation === operation;
}

function unary(operation: TensorOperation, argument: Term, dims: readonly Term[], remake: Unary): TensorTerm {
  return makeTensor(operation, [argument], dims, ([changed]) => remake(refit(changed as Term, argument)));
}

/** A part that has lost its axes on the way, as x ./ x does, stands for all entries: give them back. */
function refit(changed: Term, before: Term): Term {
  if (changed.rank >= before.rank || isNumber(changed, 0)) return changed;
  return spread(changed, knownDims(before));
}

/** `term` with these axes: a scalar stands for all entries. */
export function spread(term: Term, dims: readonly Term[]): Term {
  if (term.rank >= dims.length || isNumber(term, 0)) return term;
  return multiply(term, ones(dims));
}

/** All entries 1. */
export function ones(dims: readonly Term[]): Term {
  return dims.length === 0 ? one() : makeTensor('ones', dims, dims, (changed) => ones(changed));
}

/** The identity matrix. */
export function eye(size: Term): Term {
  return makeTensor('eye', [size], [size, size], ([changed]) => eye(changed as Term));
}

/** A term as its scalar factors and the rest; the rest is 1 for a scalar. */
export function splitScalar(term: Term): readonly [scalar: Term, rest: Term] {
  if (term.rank === 0) return [term, one()];
  if (term.kind !== 'multiply') return [one(), term];
  const scalars = term.factors.filter((factor) => factor.rank === 0);
  if (scalars.length === 0 && term.rest === undefined) return [one(), term];
  const tensors = term.factors.filter((factor) => factor.rank > 0);
  return [multiplyAll([number(term.coefficient), ...scalars]), multiplyAll(tensors)];
}

/** Whether a product multiplies entry by entry. */
export function isElementwise(term: MultiplyTerm): boolean {
  return term.factors.filter((factor) => factor.rank > 0).length > 1;
}

/** `linear` of a term, with scalar factors taken out in front and zero kept. */
function linearly(term: Term, linear: Unary): Term {
  if (isNumber(term, 0)) return term;
  const [scalar, rest] = splitScalar(term);
  return isNumber(scalar, 1) ? linear(term) : multiply(scalar, linear(rest));
}

export function transpose(term: Term): Term {
  if (term.rank === 0) return term;
  return linearly(term, transposeBare);
}

function transposeBare(term: Term): Term {
  const dims = knownDims(term);
  if (term.rank === 1) return unary('transpose', term, [one(), dims[0] as Term], transpose);
  if (hasTrait(term, 'symmetric') || hasTrait(term, 'definite') || hasTrait(term, 'diagonal')) return term;
  if (hasTrait(term, 'antisymmetric')) return multiply(number(-1), term);
  if (term.kind === 'add') return addAll(term.terms.map(transpose));
  if (term.kind === 'multiply') return multiplyAll(term.factors.map(transpose));
  if (term.kind === 'tensor') {
    switch (term.operation) {
      case 'transpose':
        return term.args[0] as Term;
      case 'matmul':
        return matmul(...[...term.args].reverse().map(transpose));
      case 'eye':
      case 'diag':
        return term;
      case 'ones':
        return ones([...term.dims].reverse());
      case 'inverse': {
        const inner = term.args[0] as Term;
        if (transpose(inner) === inner) return term;
        break;
      }
      case 'kron':
        return kron(...(term.args.map(transpose) as [Term, Term]));
      case 'skew':
        return multiply(number(-1), term);
      default:
        break;
    }
  }
  return unary('transpose', term, [...dims].reverse(), transpose);
}

/** Whether a term is the row that belongs to a vector. */
export function isRow(term: Term): boolean {
  return isTensor(term, 'transpose') && (term.args[0] as Term).rank === 1;
}

/** The product of matrices, columns and rows, in this order; scalars may stand anywhere. */
export function matmul(...factors: readonly Term[]): Term {
  const scalars: Term[] = [];
  const links: Term[] = [];
  for (const factor of factors) if (!flatten(factor, scalars, links)) return zero();
  const product = chain(links, scalars);
  return multiplyAll([...scalars, product]);
}

/** Puts the links of a factor into `links`; false where it is zero. */
function flatten(factor: Term, scalars: Term[], links: Term[]): boolean {
  if (isNumber(factor, 0)) return false;
  const [scalar, rest] = splitScalar(factor);
  if (!isNumber(scalar, 1)) scalars.push(scalar);
  if (rest.rank === 0) return true;
  if (isTensor(rest, 'matmul')) {
    for (const link of rest.args) append(link, links);
    return true;
  }
  const within = isTensor(rest, 'transpose') && isRow(rest) ? rest.args[0] : undefined;
  if (within !== undefined && isTensor(within, 'matmul')) {
    for (const link of [...within.args].reverse()) append(transpose(link), links);
    return true;
  }
  append(rest, links);
  return true;
}

/** Adds a link; next to its inverse both are gone. An identity is kept only where nothing else is there. */
function append(link: Term, links: Term[]): void {
  const last = links[links.length - 1];
  if (last === undefined) links.push(link);
  else if (isTensor(last, 'eye')) links[links.length - 1] = link;
  else if (isTensor(link, 'eye')) return;
  else if (cancels(last, link)) {
    links.pop();
    if (links.length === 0) links.push(eye(knownDims(link)[1] as Term));
  } else {
    const joined = join(last, link);
    if (joined === undefined) links.push(link);
    else {
      links.pop();
      append(joined, links);
    }
  }
}

/** Two neighbours as one: a diagonal matrix scales, a column of ones before a row of ones is a matrix of ones. */
function join(last: Term, link: Term): Term | undefined {
  if (isTensor(last, 'diag') && link.rank === 1) return hadamard(last.args[0] as Term, link);
  if (isTensor(last, 'kron')) return joinKronecker(last, link);
  if (isTensor(link, 'diag') && isTensor(last, 'transpose') && (last.args[0] as Term).rank === 1) {
    return transpose(hadamard(link.args[0] as Term, last.args[0] as Term));
  }
  if (isTensor(last, 'diag') && isTensor(link, 'diag'))
    return diag(hadamard(last.args[0] as Term, link.args[0] as Term));
  if (
    isTensor(last, 'ones') &&
    last.rank === 1 &&
    isTensor(link, 'transpose') &&
    isTensor(link.args[0] as Term, 'ones')
  ) {
    return ones([last.dims[0] as Term, link.dims[1] as Term]);
  }
  if (isTensor(last, 'ones') && last.rank === 2 && link.rank === 1) {
    return multiply(total(link), ones([last.dims[0] as Term]));
  }
  const isOpen = last.kind === 'add' && (link.rank === 1 || isTensor(link, 'diag')) && last.terms.every(isLight);
  return isOpen ? addAll(last.terms.map((term) => matmul(term, link))) : undefined;
}

/** (A x B)(C x D) = AC x BD where both fit, and (A x B) vec(X) = vec(B X A'). */
function joinKronecker(last: TensorTerm, link: Term): Term | undefined {
  const [a, b] = last.args as [Term, Term];
  if (isTensor(link, 'vec')) {
    const inside = link.args[0] as Term;
    const [rows, columns] = knownDims(inside);
    return knownDims(b)[1] === rows && knownDims(a)[1] === columns ? vec(matmul(b, inside, transpose(a))) : undefined;
  }
  if (!isTensor(link, 'kron')) return undefined;
  const [c, d] = link.args as [Term, Term];
  return knownDims(a)[1] === knownDims(c)[0] && knownDims(b)[1] === knownDims(d)[0]
    ? kron(matmul(a, c), matmul(b, d))
    : undefined;
}

/** Whether a matrix times a vector is simpler than both: a multiple of the identity, a diagonal, an outer product. */
function isLight(term: Term): boolean {
  const [, rest] = splitScalar(term);
  if (rest.kind === 'add') return rest.rank === 2 && rest.terms.every(isLight);
  if (isTensor(rest, 'eye') || isTensor(rest, 'diag')) return true;
  if (isTensor(rest, 'ones')) return rest.rank === 2;
  return isTensor(rest, 'matmul') && rest.args.length === 2 && (rest.args[0] as Term).rank === 1;
}

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
  return multiply(left, right);
}

function cancels(left: Term, right: Term): boolean {
  if (left.rank !== 2 || right.rank !== 2) return false;
  if (holdsInverse(left) || holdsInverse(right)) return inverse(left) === right;
  return isOrthogonal(left) && transpose(left) === right;
}

function holdsInverse(term: Term): boolean {
  const inside = isTensor(term, 'transpose') ? (term.args[0] as Term) : term;
  return isTensor(inside, 'inverse');
}

function isOrthogonal(term: Term): boolean {
  return hasTrait(term, 'orthogonal') || (isTensor(term, 'transpose') && hasTrait(term.args[0] as Term, 'orthogonal'));
}

/** The product of flat links. What stands between a row and a column is a scalar, and goes to `scalars`. */
function chain(links: readonly Term[], scalars: Term[]): Term {
  const out: Term[] = [];
  let rowAt = -1;
  for (const link of links) {
    if (link.rank === 1 && rowAt >= 0) {
      const [row, ...between] = out.splice(rowAt) as [TensorTerm, ...Term[]];
      scalars.push(form(row.args[0] as Term, between, link));
      rowAt = -1;
    } else {
      if (isRow(link)) rowAt = out.length;
      out.push(link);
    }
  }
  const [first] = out;
  if (first === undefined) return one();
  if (out.length === 1) return first;
  if (rowAt === 0) return transpose(matmul(...[...out].reverse().map(transpose)));
  const last = out[out.length - 1] as Term;
  if (isTensor(first, 'diag') && last.rank === 1) return hadamard(first.args[0] as Term, matmul(...out.slice(1)));
  const rows = knownDims(first)[0] as Term;
  const dims = last.rank === 1 ? [rows] : [rows, knownDims(last)[1] as Term];
  return makeTensor('matmul', out, dims, (changed) =>
    matmul(...changed.map((part, at) => refit(part, out[at] as Term))),
  );
}

/** The scalar u' M ... v: of the two ways to read it, that which came up first. */
export function form(left: Term, between: readonly Term[], right: Term): Term {
  if (between.length === 0) return inner(left, right);
  const args = [left, ...between, right];
  const turned = [...args].reverse().map((part) => (part.rank === 1 ? part : transpose(part)));
  const args2 = precedes(args, turned) ? args : turned;
  return makeTensor('form', args2, [], (changed) => {
    const [first, ...rest] = changed.map((part, at) => refit(part, args2[at] as Term));
    return matmul(transpose(first as Term), ...rest);
  });
}

/** Without transposes first, then as the parts came up. */
function precedes(left: readonly Term[], right: readonly Term[]): boolean {
  const turns = (parts: readonly Term[]): number => parts.filter((part) => isTensor(part, 'transpose')).length;
  if (turns(left) !== turns(right)) return turns(left) < turns(right);
  for (let at = 0; at < left.length; at++) {
    const [a, b] = [(left[at] as Term).id, (right[at] as Term).id];
    if (a !== b) return a < b;
  }
  return true;
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
  const product = hadamard(u, v);
  if (factorCount(product) < factorCount(u) + factorCount(v) && u !== v) {
    return multiply(scalar, total(spread(product, knownDims(u))));
  }
  return multiply(scalar, dot(u, v));
}

function factorCount(term: Term): number {
  return term.kind === 'multiply' ? term.factors.length : 1;
}

/** The sum of all entries. */
export function total(term: Term): Term {
  return linearly(term, totalBare);
}

function totalBare(term: Term): Term {
  if (isTensor(term, 'ones')) return multiplyAll(term.dims);
  if (isTensor(term, 'softmax')) return one();
  if (hasTrait(term, 'probability') || hasTrait(term, 'onehot')) return one();
  if (isTensor(term, 'eye')) return term.dims[0] as Term;
  if (isTensor(term, 'diag')) return total(term.args[0] as Term);
  if (term.kind === 'add' && term.terms.some((part) => part.rank === 0)) {
    const dims = knownDims(term);
    return addAll(term.terms.map((part) => total(spread(part, dims))));
  }
  if (isTensor(term, 'kron')) return multiply(...term.args.map(total));
  return unary('total', term, [], total);
}

/** The mean of all entries, as it is printed; everywhere else it is the sum over the number of entries. */
export function meanAsWritten(term: Term): Term {
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
  if (isTensor(term, 'kron')) return multiply(...term.args.map(trace));
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
  if (isTensor(term, 'eye')) return one();
  return unary('det', term, [], det);
}

/** The logarithm of the determinant. */
export function logdet(term: Term): Term {
  if (isTensor(term, 'transpose')) return logdet(term.args[0] as Term);
  if (isTensor(term, 'eye')) return zero();
  return unary('logdet', term, [], logdet);
}

export function inverse(term: Term): Term {
  if (term.rank === 0) return power(term, number(-1));
  const [scalar, rest] = splitScalar(term);
  if (!isNumber(scalar, 1)) return multiply(power(scalar, number(-1)), inverse(rest));
  if (isOrthogonal(term)) return transpose(term);
  if (term.kind === 'tensor') {
    const [first] = term.args as readonly [Term];
    if (term.operation === 'inverse' || term.operation === 'eye') return term.operation === 'eye' ? term : first;
    if (term.operation === 'transpose') return transpose(inverse(first));
    if (term.operation === 'diag') return diag(power(first, number(-1)));
    if (term.operation === 'kron' && term.args.every(isSquare))
      return kron(...(term.args.map(inverse) as [Term, Term]));
    if (term.operation === 'matmul' && term.args.every(isSquare))
      return matmul(...[...term.args].reverse().map(inverse));
  }
  return unary('inverse', term, knownDims(term), inverse);
}

function isSquare(term: Term): boolean {
  const [rows, columns] = knownDims(term);
  return rows === columns;
}

/** The Moore-Penrose inverse. */
export function pinv(term: Term): Term {
  if (isTensor(term, 'pinv')) return term.args[0] as Term;
  return unary('pinv', term, [...knownDims(term)].reverse(), pinv);
}

/** A vector on the diagonal of a matrix. */
export function diag(term: Term): Term {
  return linearly(term, (bare) => {
    const [size] = knownDims(bare) as [Term];
    return isTensor(bare, 'ones') ? eye(size) : unary('diag', bare, [size, size], diag);
  });
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
  return unary('softmax', term, knownDims(term), softmax);
}

/** The logarithm of the sum of exp of the entries. */
export function logsumexp(term: Term): Term {
  return unary('logsumexp', term, [], logsumexp);
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

/** The sums of the rows, a vector. */
export function rowsum(term: Term): Term {
  return linearly(term, (bare) => {
    const dims = knownDims(bare).slice(0, 1);
    return matmul(bare, ones([knownDims(bare)[1] ?? (dims[0] as Term)]));
  });
}

/** Softmax of each row, as attention has it. */
export function rowsoftmax(term: Term): Term {
  return unary('rowsoftmax', term, knownDims(term), rowsoftmax);
}

/** The cross product of two vectors of length 3. */
export function cross(left: Term, right: Term): Term {
  if (isNumber(left, 0) || isNumber(right, 0)) return zero();
  const [a, u] = splitScalar(left);
  const [b, v] = splitScalar(right);
  if (u === v) return zero();
  const product = makeTensor('cross', [u, v], [number(3)], (changed) =>
    cross(...(changed.map((part, at) => refit(part, [u, v][at] as Term)) as [Term, Term])),
  );
  return multiply(a, b, product);
}

/** The matrix of the cross product with a vector: skew(a) * x = cross(a, x). */
export function skew(term: Term): Term {
  return linearly(term, (bare) => unary('skew', bare, [number(3), number(3)], skew));
}

/** The columns of a matrix, one below the other. */
export function vec(term: Term): Term {
  return linearly(term, (bare) => {
    if (bare.rank === 1) return bare;
    if (isTensor(bare, 'unvec')) return bare.args[0] as Term;
    const [rows, columns] = knownDims(bare) as [Term, Term];
    return unary('vec', bare, [multiply(rows, columns)], vec);
  });
}

/** An entry of what is no name; of a name it is an element. */
export function entryOf(whole: Term, indices: readonly Term[]): Term {
  if (isNumber(whole, 0)) return whole;
  const [scalar, rest] = splitScalar(whole);
  if (!isNumber(scalar, 1)) return multiply(scalar, entryOf(rest, indices));
  if (isTensor(whole, 'transpose') && !isRow(whole)) return entryOf(whole.args[0] as Term, [...indices].reverse());
  if (whole.kind === 'symbol') return element(whole, indices);
  if (whole.kind === 'element') return element(whole.base, [...whole.indices, ...indices]);
  return makeTensor('entry', [whole, ...indices], [], ([part, ...changed]) =>
    entryOf(refit(part as Term, whole), changed),
  );
}

/** The lower triangle of a matrix, zeros above. */
export function tril(term: Term): Term {
  return triangle('tril', term);
}

/** The upper triangle of a matrix, zeros below. */
export function triu(term: Term): Term {
  return triangle('triu', term);
}

function triangle(operation: 'tril' | 'triu', term: Term): Term {
  return linearly(term, (bare) => {
    if (isTensor(bare, operation) || isTensor(bare, 'eye') || isTensor(bare, 'diag')) return bare;
    return unary(operation, bare, knownDims(bare), (changed) => triangle(operation, changed));
  });
}

/** Vectors one below the other. */
export function stack(upper: Term, lower: Term): Term {
  const dims = [add(knownDims(upper)[0] as Term, knownDims(lower)[0] as Term)];
  return makeTensor('stack', [upper, lower], dims, (changed) =>
    stack(...(changed.map((part, at) => spread(part as Term, knownDims([upper, lower][at] as Term))) as [Term, Term])),
  );
}

/** `length` components of a vector, from that after `offset` on. */
export function part(vector: Term, offset: Term, length: Term): Term {
  return linearly(vector, (bare) => {
    if (isTensor(bare, 'stack')) {
      const [upper, lower] = bare.args as [Term, Term];
      const [first, second] = [knownDims(upper)[0], knownDims(lower)[0]];
      if (isNumber(offset, 0) && length === first) return upper;
      if (offset === first && length === second) return lower;
    }
    return makeTensor('part', [bare, offset, length], [length], ([changed]) =>
      part(refit(changed as Term, bare), offset, length),
    );
  });
}

/** Terms side by side, of any shapes: what all of them need is what this needs. */
export function together(terms: readonly Term[]): Term {
  return makeTensor('block', terms, [], (changed) => together(changed));
}

/** The matrix with these columns below one another; the opposite of {@link vec}. */
export function unvec(term: Term, rows: Term, columns: Term): Term {
  return linearly(term, (bare) =>
    isTensor(bare, 'vec')
      ? (bare.args[0] as Term)
      : makeTensor('unvec', [bare, rows, columns], [rows, columns], ([part]) =>
          unvec(refit(part as Term, bare), rows, columns),
        ),
  );
}

/** The Kronecker product of two matrices. */
export function kron(left: Term, right: Term): Term {
  if (isNumber(left, 0) || isNumber(right, 0)) return zero();
  const [a, A] = splitScalar(left);
  const [b, B] = splitScalar(right);
  const [[m, n], [p, q]] = [knownDims(A), knownDims(B)] as [[Term, Term], [Term, Term]];
  const product = makeTensor('kron', [A, B], [multiply(m, p), multiply(n, q)], (changed) =>
    kron(...(changed.map((part, at) => refit(part, [A, B][at] as Term)) as [Term, Term])),
  );
  return multiply(a, b, product);
}

/**
 * What a change of `of`, weighted entry by entry with `weight`, means for `by`: the gradient of their inner product with
 * the weight held fixed. Not carried out; the rules take it apart.
 */
export function pullback(weight: Term, of: Term, by: Variable): Term {
  if (isNumber(weight, 0)) return zero();
  return makeTensor('vjp', [weight, of, by], dimsOf(by) ?? [], ([w, u, x]) =>
    pullback(w as Term, u as Term, x as Variable),
  );
}

/** The differential of `of` where `by` changes by `change`: not carried out; the rules take it apart. */
export function differential(of: Term, by: Variable, change: Term): Term {
  if (of === by) return change;
  return makeTensor('jvp', [of, by, change], dimsOf(of) ?? [], ([u, x, dx]) =>
    differential(u as Term, x as Variable, dx as Term),
  );
}
