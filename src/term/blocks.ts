/**
 * Axes that are made of blocks, as those of Kronecker products and of columns below one another are: place (b - 1) s + k is
 * the k-th in the b-th block of s. With both indices, entries are products and entries of the parts.
 */

import { add, divide, isNumber, multiply, negate, subtract } from './construct.ts';
import { knownDims } from './dims.ts';
import { rowsAndColumns } from './tensor/parts.ts';
import type { Term } from './term.ts';

/** How many blocks an axis has and how long each is; undefined where it has none. */
export function blocksOf(term: Term, axis: number): readonly [count: Term, size: Term] | undefined {
  switch (term.kind) {
    case 'add':
    case 'multiply':
    case 'power':
    case 'apply':
    case 'cases': {
      const alike = term.parts.filter((part) => part.rank === term.rank);
      return alike.map((part) => blocksOf(part, axis)).find((blocks) => blocks !== undefined);
    }
    case 'tensor':
      break;
    default:
      return undefined;
  }
  const [first, last] = [term.args[0] as Term, term.args[term.args.length - 1] as Term];
  switch (term.operation) {
    case 'kron': {
      const [count, size] = term.args.map((part) => rowsAndColumns(part)[axis as 0 | 1]) as [Term, Term];
      return isNumber(count, 1) || isNumber(size, 1) ? undefined : [count, size];
    }
    case 'vec': {
      const [rows, columns] = knownDims(first) as [Term, Term];
      return [columns, rows];
    }
    case 'transpose':
      return first.rank === 1 ? (axis === 1 ? blocksOf(first, 0) : undefined) : blocksOf(first, 1 - axis);
    case 'matmul':
      return axis === 0 ? blocksOf(first, 0) : blocksOf(last, last.rank - 1);
    case 'form':
      return blocksOf(first, axis);
    default:
      return undefined;
  }
}

/** The place within an axis of what stands at `within` in a block. */
export function placeIn(block: Term, within: Term, size: Term): Term {
  return add(multiply(block, size), negate(size), within);
}

/** The block and the place in it of a place that was made by {@link placeIn}; undefined for another. */
export function splitPlace(place: Term, size: Term): readonly [block: Term, within: Term] | undefined {
  const whole = add(place, size);
  if (whole.kind !== 'add') return undefined;
  for (const part of whole.terms) {
    const block = divide(part, size);
    const within = subtract(whole, part);
    if (block.kind === 'index' && within.kind === 'index') return [block, within];
  }
  return undefined;
}
