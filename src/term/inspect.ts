/** Looking at terms: their parts and their free indices. */

import type { BinderTerm, Term } from './term.ts';

/** The name under which a binder is opened: its hint, or the next letter that is neither in `taken` nor free in it. */
export function freshIndexName(term: BinderTerm, taken: ReadonlySet<string>): string {
  const { free } = term.body;
  if (!taken.has(term.hint) && !free.has(term.hint)) return term.hint;
  return freshIndexOutside(new Set([...free, ...taken]));
}

/** The first usual index letter that is not in `taken`. */
export function freshIndexOutside(taken: ReadonlySet<string>): string {
  const letter = indexLetters.find((name) => !taken.has(name));
  if (letter !== undefined) return letter;
  for (let count = 1; ; count++) if (!taken.has(`i${count}`)) return `i${count}`;
}

/** Names for summation indices, in the order in which textbooks reach for them. */
const indexLetters = ['k', 'l', 'm', 'i', 'j', 'p', 'q', 'r', 's'] as const;

/** The names of the indices that are not bound within `term`. */
export function freeIndices(term: Term): ReadonlySet<string> {
  return term.free;
}

/** The direct parts of a term, in a fixed order; what `path` in a derivation step counts. */
export function children(term: Term): readonly Term[] {
  return term.parts;
}

/** The factors of a product; any other term is its own. */
export function factorsOf(term: Term): readonly Term[] {
  return term.kind === 'multiply' ? term.factors : [term];
}

/** What a power is a power of; any other term is its own. */
export function baseOf(factor: Term): Term {
  return factor.kind === 'power' ? factor.base : factor;
}

/** Deeper terms are walked from the bottom up, for the stack's sake. */
export const deep = 500;

/**
 * `visit(root)`, for a `visit` that goes into parts and remembers what it has seen. In a deep term the parts are visited
 * first, from the bottom up, so that no visit has far to go.
 */
export function settle<T>(root: Term, visit: (term: Term) => T): T {
  if (root.depth > deep) for (const part of partsBelow(root)) visit(part);
  return visit(root);
}

/** Terms by their ids; `seen` marks the ids that they have. Where those lie close, they are counted off and not compared. */
function inOrder(terms: Term[], seen: Uint8Array): Term[] {
  if (terms.length * 8 < seen.length) return terms.sort((left, right) => left.id - right.id);
  const places = new Int32Array(seen.length);
  for (let id = 0, next = 0; id < seen.length; id++) {
    places[id] = next;
    next += seen[id] as number;
  }
  const sorted = terms.slice();
  for (const term of terms) sorted[places[term.id] as number] = term;
  return sorted;
}

/** All terms that stand in `root`, itself included, parts before wholes. */
export function partsBelow(root: Term): Term[] {
  // Ids count from 1 within a store, and parts have smaller ids than wholes.
  const seen = new Uint8Array(root.id + 1);
  seen[root.id] = 1;
  const found: Term[] = [root];
  for (let at = 0; at < found.length; at++) {
    for (const part of (found[at] as Term).parts) {
      if (seen[part.id] !== 0) continue;
      seen[part.id] = 1;
      found.push(part);
    }
  }
  return inOrder(found, seen);
}
