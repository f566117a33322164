/**
 * Unknowns of their own: a sum of unknown length, an inner product, a defined name, and what both sides of a comparison
 * have in common. Two that are the same term with the same values of its indices have the same value and the same
 * derivatives, and nothing else is assumed, so that what is shown with them holds whatever they stand for.
 */

import type { Value } from '../numbers/arithmetic.ts';
import { dual } from '../numbers/dual.ts';
import { hashText, mix } from '../numbers/hash.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import type { Evaluation, Seed } from './evaluation.ts';
import { indexValue } from './indices.ts';
import { partsThrough } from './order.ts';

/** The component `tail` of an unknown, with a tangent for each derivative that is being taken by what it rests on. */
export function opaqueValue(term: Term, tail: readonly number[], at: Evaluation): Value {
  let key = mix(hashText('opaque'), term.id);
  for (const name of term.free) key = mix(key, indexValue(name, at));
  for (const index of tail) key = mix(key, index);
  const { seeds } = at.scope;
  return partial(key, 0, seeds.length === 0 ? seeds : seeds.filter((seed) => restsOn(term, seed.symbol, at)), at);
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

const memos = new WeakMap<object, Map<SymbolTerm, WeakMap<Term, boolean>>>();
const nothing: ReadonlySet<Term> = new Set();

/** Whether the value of `term` can change with the name, through definitions. */
function restsOn(term: Term, symbol: SymbolTerm, { definitions }: Evaluation): boolean {
  let bySymbol = memos.get(definitions);
  if (bySymbol === undefined) {
    bySymbol = new Map();
    memos.set(definitions, bySymbol);
  }
  let memo = bySymbol.get(symbol);
  if (memo === undefined) {
    memo = new WeakMap();
    bySymbol.set(symbol, memo);
  }
  const walk = { definitions, opaque: nothing };
  const stack = [term];
  /** On the way to the top: names that rest on one another lead back here. */
  const opened = new Set<Term>();
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const parts = partsThrough(top, walk);
    const open = memo.has(top) ? [] : parts.filter((part) => memo.get(part) === undefined && !opened.has(part));
    if (open.length > 0) {
      opened.add(top);
      for (const part of open) stack.push(part);
      continue;
    }
    stack.pop();
    if (!memo.has(top)) memo.set(top, top === symbol || parts.some((part) => memo.get(part) === true));
  }
  return memo.get(term) === true;
}
