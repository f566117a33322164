/** Names of indices where vectors and matrices are written out by components. */

import { lengthNames } from '../meaning/declare.ts';
import type { Model } from '../meaning/model.ts';
import type { RuleContext } from '../rules/rule.ts';
import { blocksOf, placeIn } from '../term/blocks.ts';
import { index } from '../term/construct.ts';
import { shapeOf } from '../term/dims.ts';
import { freeIndices, freshIndexOutside } from '../term/inspect.ts';
import { symbolsOf } from '../term/substitute.ts';
import type { Term, Variable } from '../term/term.ts';
import type { NamedModel } from './naming.ts';
import { contextOf } from './outline.ts';

/** What no index may be called where vectors are written out: the names of quantities and lengths, and free indices. */
export function namesBeside(model: Model, named: NamedModel, left: Term | undefined): string[] {
  if (!model.tensors) return [];
  const terms = [named.target, ...named.lets.map((one) => one.body)];
  const symbols = new Set(terms.flatMap((term) => [...symbolsOf(term)]));
  const lengths = [...symbols].flatMap((symbol) => (shapeOf(symbol)?.dims ?? []).flatMap((dim) => [...symbolsOf(dim)]));
  return [...[...symbols, ...lengths].map((symbol) => symbol.name), ...(left === undefined ? [] : freeIndices(left))];
}

/**
 * Gives the axes of terms indices, each by a name of its own that the model does not use: an axis of blocks has two, one for
 * the block and one for the place in it.
 */
export function freshIndices(model: Pick<Model, 'names' | 'declarations'>): (term: Term) => Term[] {
  const taken = new Set([...model.names, ...lengthNames(model.declarations)]);
  const fresh = (): Term => {
    const name = letters.find((letter) => !taken.has(letter)) ?? freshIndexOutside(taken);
    taken.add(name);
    return index(name);
  };
  return (term) =>
    Array.from({ length: term.rank }, (_, axis) => {
      const blocks = blocksOf(term, axis);
      if (blocks === undefined) return fresh();
      const [block, within] = [fresh(), fresh()];
      return placeIn(block, within, blocks[1]);
    });
}

const letters = ['i', 'j', 'k', 'l', 'p', 'q', 'r', 's'];

/** The context for `start`, a derivative of `own` by components, in which the rules open sums by the names that are printed. */
export function contextOfEntries(
  model: Model,
  named: NamedModel,
  own: NamedModel,
  variables: readonly Variable[],
  start: Term,
): RuleContext {
  const context = contextOf(own, variables);
  return { ...context, taken: new Set([...context.taken, ...namesBeside(model, named, start)]) };
}
