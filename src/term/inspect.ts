/** Looking at terms: their parts and their free indices. */

import type { BinderTerm, Term } from './term.ts';

/** The name under which a binder is opened: its hint, or the next letter that is neither in `taken` nor free in it. */
export function freshIndexName(term: BinderTerm, taken: ReadonlySet<string>): string {
  const free = freeIndices(term.body);
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

const freeIndexMemo = new WeakMap<Term, ReadonlySet<string>>();
const noIndices: ReadonlySet<string> = new Set();

/** The names of the indices that are not bound within `term`. */
export function freeIndices(term: Term): ReadonlySet<string> {
  if (term.kind === 'index') return new Set([term.name]);
  const known = freeIndexMemo.get(term);
  if (known !== undefined) return known;
  const parts = children(term).map(freeIndices);
  let free = parts.length === 0 ? noIndices : (parts[0] as ReadonlySet<string>);
  if (parts.length > 1) free = new Set(parts.flatMap((part) => [...part]));
  if (term.kind === 'sum' || term.kind === 'product') {
    free = new Set([...free].filter((name) => name !== term.bound.name));
  }
  freeIndexMemo.set(term, free);
  return free;
}

/** The direct parts of a term, in a fixed order; what `path` in a derivation step counts. */
export function children(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'number':
    case 'symbol':
    case 'index':
      return [];
    case 'element':
      return [term.base, ...term.indices];
    case 'apply':
      return term.args;
    case 'add':
      return term.terms;
    case 'multiply':
      return term.factors;
    case 'power':
      return [term.base, term.exponent];
    case 'sum':
    case 'product':
      return term.range === undefined ? [term.body] : [term.body, term.range.from, term.range.to];
    case 'delta':
    case 'dot':
    case 'relation':
      return [term.left, term.right];
    case 'derivative':
      return [term.of, term.by];
    case 'cases':
      return [term.condition, term.then, term.otherwise];
  }
}
