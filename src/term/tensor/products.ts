/** The matrix product with what it is simplified by: transposes, inverses, scalar forms u' M v. */

import {
  addAll,
  apply,
  genericApply,
  isNumber,
  multiply,
  multiplyAll,
  number,
  one,
  power,
  zero,
} from '../construct.ts';
import { hasTrait, knownDims } from '../dims.ts';
import { makeTensor } from '../make.ts';
import type { ApplyTerm, PowerTerm, TensorTerm, Term } from '../term.ts';
import { eye, isRow, isTensor, linearly, ones, refit, splitScalar, unary } from './base.ts';
import { hadamard, inner, total } from './entrywise.ts';
import { cross, diag, kron, vec } from './parts.ts';
import { column, placeOfUnit, row } from './selection.ts';

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
  const isElementwise = term.kind === 'apply' || term.kind === 'power';
  if (isElementwise && term.parts.every((part) => transpose(part) === part)) return term;
  if (isOfTransposes(term)) {
    return term.kind === 'power'
      ? power(transpose(term.base), transpose(term.exponent))
      : term.generic
        ? genericApply(term.name, term.args.map(transpose), term.orders)
        : apply(term.name, ...term.args.map(transpose));
  }
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

/** Whether a function of entries is of transposed matrices: then it is the transpose of that of the matrices. */
function isOfTransposes(term: Term): term is ApplyTerm | PowerTerm {
  if (term.kind !== 'apply' && term.kind !== 'power') return false;
  return term.parts.every((part) => part.rank === 0 || (isTensor(part, 'transpose') && !isRow(part)));
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
  const selected = select(last, link);
  if (selected !== undefined) return selected;
  if (isTensor(last, 'skew') && link.rank === 1) return cross(last.args[0] as Term, link);
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

/** M e_j is a column of M, and e_i' M a row. */
function select(last: Term, link: Term): Term | undefined {
  const [above, below] = [isRow(last) ? (last as TensorTerm).args[0] : undefined, placeOfUnit(link)];
  if (below !== undefined) return last.rank === 2 && above === undefined ? column(last, below) : undefined;
  const at = above !== undefined && link.rank === 2 && !isRow(link) ? placeOfUnit(above) : undefined;
  return at === undefined ? undefined : transpose(row(link, at));
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

/** Whether a matrix has as many rows as columns. */
export function isSquare(term: Term): boolean {
  const [rows, columns] = knownDims(term);
  return rows === columns;
}
