/**
 * What the constructors of operations on vectors and matrices share. Each keeps a canonical form: scalars in front,
 * transposes at the leaves, products flat, inverse next to what it inverts gone. A vector is a column; its transpose is a row.
 */

import { isNumber, multiply, multiplyAll, number, one } from '../construct.ts';
import { knownDims } from '../dims.ts';
import { makeTensor } from '../make.ts';
import type { MultiplyTerm, TensorOperation, TensorTerm, Term } from '../term.ts';

/** Builds a term from one argument. */
export type Unary = (argument: Term) => Term;

/** Whether `term` is this operation. */
export function isTensor<O extends TensorOperation>(
  term: Term,
  operation: O,
): term is TensorTerm & { readonly operation: O } {
  return term.kind === 'tensor' && term.operation === operation;
}

export function unary(operation: TensorOperation, argument: Term, dims: readonly Term[], remake: Unary): TensorTerm {
  return makeTensor(operation, [argument], dims, ([changed]) => remake(refit(changed as Term, argument)));
}

/** The same for what does not vanish where its argument does; a zero that was put in has no axes any more. */
export function unaryBeside(
  operation: TensorOperation,
  argument: Term,
  dims: readonly Term[],
  remake: Unary,
  atZero: () => Term,
): TensorTerm {
  return makeTensor(operation, [argument], dims, ([changed]) =>
    isNumber(changed as Term, 0) ? atZero() : remake(refit(changed as Term, argument)),
  );
}

/** A part that has lost its axes on the way, as x ./ x does, stands for all entries: give them back. */
export function refit(changed: Term, before: Term): Term {
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

/** Beside a multiple of the identity or a diagonal matrix, a matrix of ones stays one. */
export function isDiagonal(term: Term): boolean {
  const [, rest] = splitScalar(term);
  return isTensor(rest, 'eye') || isTensor(rest, 'diag');
}

/** Whether a product multiplies entry by entry. */
export function isElementwise(term: MultiplyTerm): boolean {
  return term.factors.filter((factor) => factor.rank > 0).length > 1;
}

/** `linear` of a term, with scalar factors taken out in front and zero kept. */
export function linearly(term: Term, linear: Unary): Term {
  if (isNumber(term, 0)) return term;
  const [scalar, rest] = splitScalar(term);
  return isNumber(scalar, 1) ? linear(term) : multiply(scalar, linear(rest));
}

/** Whether a term is the row that belongs to a vector. */
export function isRow(term: Term): boolean {
  return isTensor(term, 'transpose') && (term.args[0] as Term).rank === 1;
}

/** Terms side by side, of any shapes: what all of them need is what this needs. */
export function together(terms: readonly Term[]): Term {
  return makeTensor('block', terms, [], (changed) => together(changed));
}
