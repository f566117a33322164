/** Names of indices where vectors and matrices are written out by components. */

import type { RuleContext } from '../rules/rule.ts';
import { shapeOf } from '../term/dims.ts';
import { freeIndices } from '../term/inspect.ts';
import type { Model } from '../term/model.ts';
import { symbolsOf } from '../term/substitute.ts';
import type { Term } from '../term/term.ts';
import type { NamedModel } from './naming.ts';

/** What no index may be called where vectors are written out: the names of quantities and lengths, and free indices. */
export function namesBeside(model: Model, named: NamedModel, left: Term | undefined): string[] {
  if (model.declarations.dims.size === 0) return [];
  const terms = [named.target, ...named.lets.map((one) => one.body)];
  const symbols = new Set(terms.flatMap((term) => [...symbolsOf(term)]));
  const lengths = [...symbols].flatMap((symbol) => (shapeOf(symbol)?.dims ?? []).flatMap((dim) => [...symbolsOf(dim)]));
  return [...[...symbols, ...lengths].map((symbol) => symbol.name), ...(left === undefined ? [] : freeIndices(left))];
}

/** `context` with these names taken too, so that the rules open sums by the names that are printed. */
export function besideNames(context: RuleContext, names: readonly string[]): RuleContext {
  return { ...context, taken: new Set([...context.taken, ...names]) };
}
