/** Values of matrices and vectors with a declared property: made from free values, so that every point has it. */

import { baseOf, type Scalar, scalar, stop } from '../numbers/arithmetic.ts';
import { type Free, type Structure, structuredEntry, structures } from '../numbers/structured.ts';
import { type Shape, shapeOf, type Trait, valueTraits } from '../term/dims.ts';
import type { SymbolTerm } from '../term/term.ts';
import type { Evaluation } from './evaluation.ts';
import { evaluateInteger } from './indices.ts';

/** The entry of a name with a property; undefined where it has none that decides values. */
export function structuredLeaf(symbol: SymbolTerm, indices: readonly number[], at: Evaluation): Scalar | undefined {
  const shape = shapeOf(symbol);
  const known = at.sample.traitsOf(symbol.name);
  const trait = traitAmong(known ?? shape?.traits);
  if (trait === undefined) return undefined;
  const isOfValues = valueTraits.has(trait);
  if (!isOfValues && (shape === undefined || indices.length !== shape.dims.length)) return undefined;
  // Each member of a family has the property for itself.
  const families = isOfValues ? indices.length - (alongAxis.has(trait) ? 1 : 0) : (shape?.families ?? 0);
  if (families < 0) return undefined;
  const member = indices.slice(0, families);
  const free: Free = (...place) => {
    const { value } = baseOf(at.sample.leaf(symbol.name, [...member, ...place]));
    return value / (1 + Math.abs(value));
  };
  if (at.operations.arithmetic.field === 'modular') {
    return residueOf(trait, indices.slice(families), (...place) => at.sample.leaf(symbol.name, [...member, ...place]));
  }
  const span = isOfValues ? at.sample.along(symbol, families) : undefined;
  const [first, last] = span ?? [1, shape === undefined ? 1 : sizeOf(shape, families, at)];
  const size = last - first + 1;
  if (alongAxis.has(trait)) takeAxis(size, at);
  if (onlyRounded.has(trait) && at.operations.arithmetic.field === 'precise') return stop(roundedOnly);
  const place = indices.slice(families).map((index) => index - first + 1);
  const value = structuredEntry(trait, place, free, size);
  return scalar(value, Math.abs(value));
}

/** What decides the values of a name: labels that are 0 or 1 and sum to one are one-hot. */
function traitAmong(traits: ReadonlySet<Trait> | undefined): Structure | undefined {
  if (traits === undefined) return undefined;
  if (traits.has('binary') && (traits.has('sumone') || traits.has('probability'))) return 'onehot';
  return structures.find((one) => traits.has(one));
}

function sizeOf({ dims }: Shape, families: number, at: Evaluation): number {
  const length = dims[families];
  return length === undefined ? 1 : evaluateInteger(length, at);
}

/** Properties for which an entry is made of free values all along an axis. */
const alongAxis: ReadonlySet<Trait> = new Set<Trait>(['definite', 'orthogonal', 'onehot', 'probability', 'sumone']);

/**
 * The same modulo a prime, where only equalities between entries are kept: what holds without the other properties, holds
 * with them.
 */
function residueOf(
  trait: Trait,
  [i = 1, j = 1]: readonly number[],
  leaf: (...place: number[]) => Scalar,
): Scalar | undefined {
  switch (trait) {
    case 'definite':
    case 'symmetric':
      return leaf(Math.min(i, j), Math.max(i, j));
    case 'diagonal':
      return i === j ? leaf(i, i) : scalar(0, 0);
    default:
      return undefined;
  }
}

/** Properties that values in doubles have up to rounding. */
const onlyRounded: ReadonlySet<Trait> = new Set<Trait>(['orthogonal', 'probability', 'sumone']);
const roundedOnly = 'precision: there are no values of more digits for a matrix or vector in it';

/** In a proof a length is any number, into the millions, and no axis can be gone along. */
function takeAxis(size: number, { budget }: Evaluation): void {
  if (size > budget.left) stop('budget: the terms are too large to be tested');
  budget.left -= size;
}
