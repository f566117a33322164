/**
 * Definitions in which what another definition stands for is written out, folded to its name: E = E(g(z)) with w = g(z) said
 * afterwards is E = E(w), so that dE/dw is known.
 */

import { children } from '../term/inspect.ts';
import { type Definition, type Definitions, expand, replaceTerm, symbolsBelow } from '../term/substitute.ts';
import type { SymbolTerm, Term } from '../term/term.ts';

/** `definitions`, with `names` in the place of what they stand for wherever a definition holds that and does not rest on them. */
export function foldDefinitions(definitions: Definitions, names: ReadonlySet<SymbolTerm>): Definitions {
  const folded = new Map(definitions);
  for (const name of outermostFirst(names, definitions)) {
    const whole = expand(name, definitions);
    for (const [of, definition] of folded) {
      if (of === name || symbolsBelow(name, folded).has(of) || symbolsBelow(of, folded).has(name)) continue;
      const body = foldIn(definition, whole, name, folded);
      if (body !== undefined) folded.set(of, { ...definition, body });
    }
  }
  return folded;
}

function foldIn({ body }: Definition, whole: Term, name: SymbolTerm, definitions: Definitions): Term | undefined {
  const expanded = expand(body, definitions);
  return holds(expanded, whole, new Set()) ? replaceTerm(expanded, whole, name) : undefined;
}

/** Names that rest on others before those. */
function outermostFirst(names: ReadonlySet<SymbolTerm>, definitions: Definitions): SymbolTerm[] {
  const plain = [...names].filter((name) => definitions.get(name)?.parameters.length === 0);
  return plain.sort((a, b) => symbolsBelow(b, definitions).size - symbolsBelow(a, definitions).size);
}

function holds(term: Term, part: Term, seen: Set<Term>): boolean {
  if (term === part) return true;
  if (seen.has(term)) return false;
  seen.add(term);
  return children(term).some((child) => holds(child, part, seen));
}
