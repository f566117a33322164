/**
 * Unknowns of their own: a sum of unknown length, an inner product, a defined name. Two that are the same term with the
 * same values of its indices have the same value and the same derivatives, and nothing else is assumed, so that what
 * is proved with them holds whatever they stand for.
 */

import { freeIndices } from '../term/inspect.ts';
import { symbolsBelow } from '../term/substitute.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import type { Value } from './arithmetic.ts';
import { dual } from './dual.ts';
import type { Evaluation, Seed } from './evaluation.ts';
import { hashText, mix } from './hash.ts';

const below = new WeakMap<object, WeakMap<Term, ReadonlySet<SymbolTerm>>>();

/** The component `tail` of an unknown, with a tangent for each derivative that is being taken by what it rests on. */
export function opaqueValue(term: Term, tail: readonly number[], at: Evaluation): Value {
  let key = mix(hashText('opaque'), term.id);
  for (const name of freeIndices(term)) key = mix(key, at.indices.get(name) ?? at.sample.freeIndex(name));
  for (const index of tail) key = mix(key, index);
  const symbols = symbolsUnder(term, at);
  const seeds = at.scope.seeds.filter((seed) => symbols.has(seed.symbol));
  return partial(key, 0, seeds, at);
}

/** The partial derivative by the variables whose keys add up to `by`, with tangents for `seeds`. */
function partial(key: number, by: number, seeds: readonly Seed[], at: Evaluation): Value {
  const last = seeds.at(-1);
  if (last === undefined) return at.sample.keyed(mix(key, by));
  const rest = seeds.slice(0, -1);
  let variable = mix(hashText('by'), last.symbol.id);
  for (const index of last.indices) variable = mix(variable, index);
  return dual(last.level, partial(key, by, rest, at), partial(key, (by + variable) | 0, rest, at));
}

function symbolsUnder(term: Term, at: Evaluation): ReadonlySet<SymbolTerm> {
  let memo = below.get(at.definitions);
  if (memo === undefined) {
    memo = new WeakMap();
    below.set(at.definitions, memo);
  }
  let symbols = memo.get(term);
  if (symbols === undefined) {
    symbols = symbolsBelow(term, at.definitions);
    memo.set(term, symbols);
  }
  return symbols;
}
