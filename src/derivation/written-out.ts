/**
 * The wanted derivatives without adjoints in them. Where one would be too long to be read it stays in the names of the
 * adjoints before it, so that the pass as a whole has the size of the function (Baur and Strassen 1983).
 */

import { createContext } from '../calculus/context.ts';
import { present } from '../calculus/present.ts';
import { type Definition, type Definitions, expand, symbolsOf } from '../term/substitute.ts';
import type { SymbolTerm, Term, Variable } from '../term/term.ts';
import { countProducts, type ProductCount, sumCounts } from './count.ts';
import type { NamedModel } from './naming.ts';
import { widthOf } from './sharing.ts';
import { countWritten } from './written-size.ts';

/** Longer derivatives, in characters, are left in the names of adjoints. */
const widestWritten = 600;

/** Derivatives of more parts than this are left in the names of the intermediates. */
export const mostExpanded = 300;

/** One wanted derivative. */
export interface WrittenOut {
  readonly result: Term;
  /** With the intermediates put back as well, where it is written out. */
  readonly expanded: Term;
  /** False where it rests on adjoints. */
  readonly isWhole: boolean;
  /** The products of its own derivation. */
  readonly products: ProductCount;
}

/** Writes derivatives out, given the adjoints by name, each resting on earlier ones only. */
export function createWriter(named: NamedModel, adjoints: ReadonlyMap<SymbolTerm, Definition>) {
  const widths = new Map<SymbolTerm, number>();
  const counts = new Map<SymbolTerm, ProductCount>();
  const lets: Definitions = new Map(named.lets.map((one) => [one.symbol, one]));
  const parts = new Map<Term, number>();
  const below = (value: Term): SymbolTerm[] => [...symbolsOf(value)].filter((name) => widths.has(name));
  const widthOfAll = (value: Term): number =>
    below(value).reduce((total, name) => total + (widths.get(name) as number), widthOf(value));
  const productsOfAll = (value: Term, of: Variable): ProductCount =>
    sumCounts([countProducts(value, of), ...below(value).map((name) => counts.get(name) as ProductCount)]);
  return (of: Variable, adjoint: SymbolTerm, value: Term, wanted: boolean): WrittenOut | undefined => {
    const width = widthOfAll(value);
    const products = productsOfAll(value, of);
    widths.set(adjoint, width);
    counts.set(adjoint, products);
    if (!wanted) return undefined;
    if (width > widestWritten && below(value).length > 0) {
      return { result: value, expanded: value, isWhole: false, products };
    }
    const result = present(expand(value, adjoints));
    const isShort = countWritten(result, lets, parts) <= mostExpanded;
    const expanded = isShort ? expand(result, createContext(named.lets, [of], named.target).definitions) : result;
    return { result, expanded, isWhole: true, products: countProducts(result, of) };
  };
}
