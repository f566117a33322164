/** What the arguments of an operation have to be; each demand refuses in words that name both shapes. */

import type { MathNode } from '../syntax/node.ts';
import { dimsOf } from '../term/dims.ts';
import type { Term, Variable } from '../term/term.ts';
import { refuse } from './scope.ts';

export function withAxes(term: Term, node: MathNode): Term {
  if (term.rank > 0) return term;
  return refuse(node, 'shape-clash', 'a vector or a matrix is needed here, but this is a scalar', declareHint);
}

export const declareHint = 'declare its shape: --shape "x: vector(n), A: matrix(m, n)"';

/** The rows and columns of a matrix; refuses what is none. */
export function matrixDims(term: Term, node: MathNode): readonly [Term, Term] {
  const dims = dimsOf(term) ?? [];
  if (dims.length === 2) return dims as [Term, Term];
  const what = dims.length === 0 ? 'a scalar' : 'a vector';
  return refuse(node, 'shape-clash', `a matrix is needed here, but this is ${what}`, declareHint);
}

export function asMatrix(term: Term, node: MathNode): Term {
  matrixDims(term, node);
  return term;
}

export function squareOf(term: Term, node: MathNode): Term {
  const [rows, columns] = matrixDims(term, node);
  if (rows === columns) return term;
  return refuse(
    node,
    'shape-clash',
    `a square matrix is needed here, but this has ${show(rows)} rows and ${show(columns)} columns`,
    'only square matrices have a trace, a determinant or an inverse',
  );
}

/** Refuses what is no length of an axis. */
export function demandLengths(terms: readonly Term[], node: MathNode): void {
  for (const term of terms) {
    if (isLength(term)) continue;
    const what = term.rank > 0 ? describe(dimsOf(term) ?? []) : term.kind === 'number' ? 'this number' : 'this';
    refuse(node, 'wrong-arguments', `a length is a whole number or a name, not ${what}`, 'for example n, 3 or 2*n');
  }
}

/** Whole numbers from 1 on, names, and their sums and products. */
function isLength(term: Term): boolean {
  switch (term.kind) {
    case 'number':
      return term.integer >= 1;
    case 'symbol':
      return term.rank === 0 && !term.constant;
    case 'add':
      return term.terms.every((part) => (part.kind === 'number' ? Number.isInteger(part.integer) : isLength(part)));
    case 'multiply':
      return term.coefficient.denominator === 1n && term.factors.every(isLength);
    case 'power':
      return isLength(term.base) && isLength(term.exponent);
    default:
      return false;
  }
}

/** A length as it is written. */
export function show(dim: Term): string {
  if (dim.kind === 'number') return String(dim.integer);
  if (dim.kind === 'symbol') return dim.name;
  if (dim.kind === 'add') return dim.terms.map(show).join('+');
  return dim.kind === 'multiply' ? dim.factors.map(show).join('*') : 'a computed length';
}

export function sameDims(left: Term, right: Term, node: MathNode, what: string): void {
  const [a, b] = [dimsOf(left) ?? [], dimsOf(right) ?? []];
  if (a.length === b.length && a.every((dim, k) => dim === b[k])) return;
  refuse(node, 'shape-clash', `${what}: ${describe(a)} and ${describe(b)}`, 'both need the same shape');
}

/** A shape in words: a scalar, a vector of length n, a matrix of m × n. */
export function describe(dims: readonly Term[]): string {
  const [first, second] = dims;
  if (first === undefined) return 'a scalar';
  if (second === undefined) return `a vector of length ${show(first)}`;
  if (dims.length === 2 && show(first) === '1') return `a row of length ${show(second)}`;
  return dims.length === 2
    ? `a matrix of ${show(first)} × ${show(second)}`
    : `a tensor of ${dims.map(show).join(' × ')}`;
}

export function column(term: Term): Term {
  return term.kind === 'tensor' && term.operation === 'transpose' && (term.args[0] as Term).rank === 1
    ? (term.args[0] as Term)
    : term;
}

/** Accepts what a derivative can be taken by: a name or an element. */
export function lowerVariable(node: MathNode, term: Term): Variable {
  if (term.kind === 'element' || (term.kind === 'symbol' && !term.constant)) return term;
  return refuse(node, 'unknown-variable', 'a derivative is taken by a name or an element', 'for example x, or beta[j]');
}
