/** Columns and rows: what `A[:, j]` and `A[i, :]` pick out of a matrix. */

import type { MathNode } from '../syntax/node.ts';
import { element } from '../term/construct.ts';
import { dimsOf } from '../term/dims.ts';
import { isRow } from '../term/tensor/base.ts';
import { column, row } from '../term/tensor/selection.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import { describe } from './call-demands.ts';
import { type Context, refuse } from './scope.ts';
import { isWholeAxis } from './usage.ts';

/** `A[:, j]` and `A[i, :]`; before these, `T[k, :, j]` may pick a matrix of a named tensor. */
export function visitSlice(node: MathNode, base: MathNode, indices: readonly MathNode[], context: Context): Term {
  const whole = context.visit(base, context);
  if (indices.length !== whole.rank) {
    const has = `${indices.length} ${indices.length === 1 ? 'index' : 'indices'} here`;
    return refuse(node, 'shape-clash', `this has ${has}, but it is ${describe(dimsOf(whole) ?? [])}`, sliceHint);
  }
  const places = indices.map((at) => (isWholeAxis(at) ? undefined : context.visitSubscript(at, context)));
  const before = whole.kind === 'symbol' ? places.slice(0, Math.max(0, whole.rank - 2)) : [];
  if (before.includes(undefined)) return refuseSlice(node);
  const matrix = before.length === 0 ? whole : element(whole as SymbolTerm, before as Term[]);
  return selectAxes(node, matrix, places.slice(before.length));
}

const sliceHint = 'A[:, j] is column j of a matrix, A[i, :] row i';

function selectAxes(node: MathNode, whole: Term, places: readonly (Term | undefined)[]): Term {
  if (places.every((at) => at === undefined)) return whole;
  const [above, below] = places;
  if (places.length === 2 && !isRow(whole)) {
    return above === undefined ? column(whole, below as Term) : row(whole, above);
  }
  return refuseSlice(node);
}

function refuseSlice(node: MathNode): never {
  return refuse(node, 'unsupported-notation', 'of a tensor a slice fixes the first indices, and one more', sliceHint);
}
