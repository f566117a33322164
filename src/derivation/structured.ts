/**
 * The derivative of a scalar by the free entries of a matrix with a property: each free entry stands in one or two places,
 * and collects the derivatives by both (Petersen and Pedersen 2012, section 2.8).
 */

import { presentMatrix, withProperties } from '../calculus/present-matrix.ts';
import { add, derivative, subtract, symbol } from '../term/construct.ts';
import { knownDims, setShape, shapeOf, type Trait } from '../term/dims.ts';
import { partsBelow } from '../term/inspect.ts';
import { expand, replaceTerm, symbolsOf } from '../term/substitute.ts';
import { diag, tril, triu } from '../term/tensor/parts.ts';
import { transpose } from '../term/tensor/products.ts';
import { diagonal } from '../term/tensor/square.ts';
import type { SymbolTerm, Term, Variable } from '../term/term.ts';
import type { Goal } from './build.ts';
import type { MatrixOutline } from './matrix-outline.ts';
import type { NamedModel } from './naming.ts';
import type { Claim } from './outline.ts';

/** How a matrix with a property is made of free entries, and what that makes of a derivative by all entries. */
interface Structure {
  readonly trait: Trait;
  readonly property: string;
  /** The matrix whose free entries are those of any matrix `free`; the others do not matter. */
  readonly made: (free: Term) => Term;
  readonly gradient: (whole: Term) => Term;
  /** The entries of the gradient that stand at free ones, zeros elsewhere. */
  readonly free: (gradient: Term) => Term;
}

const mirrored = (free: Term): Term => subtract(add(triu(free), transpose(triu(free))), diag(diagonal(free)));
const folded = (whole: Term): Term => subtract(add(whole, transpose(whole)), diag(diagonal(whole)));
const onDiagonal = (term: Term): Term => diag(diagonal(term));

const structures: readonly Structure[] = [
  { trait: 'diagonal', property: 'diagonal', made: onDiagonal, gradient: onDiagonal, free: onDiagonal },
  { trait: 'lower', property: 'lower', made: tril, gradient: tril, free: tril },
  { trait: 'upper', property: 'upper', made: triu, gradient: triu, free: triu },
  {
    trait: 'antisymmetric',
    property: 'antisymmetric',
    made: (free) => subtract(triu(free), transpose(triu(free))),
    gradient: (whole) => subtract(whole, transpose(whole)),
    free: triu,
  },
  { trait: 'symmetric', property: 'symmetric', made: mirrored, gradient: folded, free: triu },
  { trait: 'definite', property: 'symmetric', made: mirrored, gradient: folded, free: triu },
];

/** The derivative by free entries beside that by all, and what the oracle tests of it. */
export function structuredGradient(
  { outline }: MatrixOutline,
  turns: readonly Variable[],
  { target, lets }: NamedModel,
): Pick<Goal, 'structured'> {
  const [by, other] = turns;
  if (by?.kind !== 'symbol' || by.rank !== 2 || other !== undefined || outline.result.rank !== 2) return {};
  const traits = shapeOf(by)?.traits;
  const found = structures.find(({ trait }) => traits?.has(trait));
  if (found === undefined || outline.unresolved.length > 0) return {};
  const gradient = presentMatrix(withProperties(outline.result, turns, found.gradient));
  const definitions = new Map(lets.map((one) => [one.symbol, one]));
  const claim = claimOf(found, expand(target, definitions), expand(gradient, definitions), by);
  return { structured: { variable: by, property: found.property, gradient, claim } };
}

/**
 * That the derivative of the target, in which the variable is made of the entries of a matrix without any property, by that
 * matrix is the gradient at the free entries and zero elsewhere: a derivative along the directions that keep the property.
 */
function claimOf(structure: Structure, target: Term, gradient: Term, by: SymbolTerm): Claim | undefined {
  if ([target, gradient].some((term) => holdsEntryOf(term, by))) return undefined;
  const free = symbol(`${by.name}_free`, by.axes);
  setShape(free, { dims: knownDims(by), traits: new Set(), varied: false });
  const instead = structure.made(free);
  const left = derivative(replaceTerm(target, by, instead), free);
  const right = structure.free(replaceTerm(gradient, by, instead));
  const isWhole = ![left, right].some((side) => symbolsOf(side).has(by));
  return isWhole ? { left, right } : undefined;
}

/** Whether entries of a matrix stand apart in a term; they would have to be replaced one by one. */
function holdsEntryOf(term: Term, matrix: SymbolTerm): boolean {
  return [term, ...partsBelow(term)].some((part) => part.kind === 'element' && part.base === matrix);
}
