/** Replacing names by what they stand for. */

import { component, mapParts, replaceIndex } from './construct.ts';
import { children, freeIndices, partsBelow, settle } from './inspect.ts';
import { entryOf } from './tensor/selection.ts';
import type { IndexTerm, SymbolTerm, Term, Variable } from './term.ts';

/** A named intermediate: `z = body`, or for a family `y[i] = body` with the index `i` in `parameters`. */
export interface Definition {
  readonly symbol: SymbolTerm;
  readonly parameters: readonly IndexTerm[];
  readonly body: Term;
}

/** Definitions by the symbol that they define. */
export type Definitions = ReadonlyMap<SymbolTerm, Definition>;

/** What a defined symbol or element stands for, one level deep; undefined for anything else. */
export function unfold(term: Term, definitions: Definitions): Term | undefined {
  if (term.kind === 'symbol') {
    const definition = definitions.get(term);
    return definition?.parameters.length === 0 ? definition.body : undefined;
  }
  if (term.kind !== 'element') return undefined;
  const definition = definitions.get(term.base);
  if (definition === undefined || definition.parameters.length > term.indices.length) return undefined;
  // Two passes, so that y[j, i] of a definition y[i, j] does not mix up the names.
  const placeholders = definition.parameters.map((parameter) => parameter.name);
  let body = definition.body;
  const taken = new Set(term.indices.flatMap((at) => [...freeIndices(at)]));
  if (placeholders.length > 1 && placeholders.some((name) => taken.has(name))) {
    return unfoldSimultaneously(definition, term.indices);
  }
  definition.parameters.forEach((parameter, at) => {
    body = replaceIndex(body, parameter, term.indices[at] as Term);
  });
  return partOf(body, term.indices.slice(definition.parameters.length));
}

/** The part of a value that the indices behind its name pick: r[i] for r = X * w is (X * w)[i]. */
function partOf(body: Term, indices: readonly Term[]): Term {
  const isWhole = indices.length > 0 && indices.length === body.rank;
  return isWhole && partsBelow(body).some(isOperation) ? entryOf(body, indices) : indices.reduce(component, body);
}

/** What has no components that could be named one by one. */
function isOperation(term: Term): boolean {
  return term.rank > 0 && (term.kind === 'tensor' || term.kind === 'power' || term.kind === 'apply');
}

function unfoldSimultaneously(definition: Definition, indices: readonly Term[]): Term {
  const replacements = new Map<Term, Term>(definition.parameters.map((name, at) => [name, indices[at] as Term]));
  const taken = new Set([
    ...definition.parameters.map((parameter) => parameter.name),
    ...indices.flatMap((at) => [...freeIndices(at)]),
  ]);
  const visit = (part: Term): Term => replacements.get(part) ?? mapParts(part, taken, visit);
  return partOf(visit(definition.body), indices.slice(definition.parameters.length));
}

/** `term` with all defined names replaced by what they stand for, to the bottom. Definitions must not be circular. */
export function expand(term: Term, definitions: Definitions): Term {
  if (definitions.size === 0) return term;
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    const known = memo.get(part);
    if (known !== undefined) return known;
    // In D(w, z) the defined name z is the variable itself, and w is to be read as a function of it: see the oracle.
    const byDefinedName = part.kind === 'derivative' && definitions.has(variableSymbol(part.by));
    const unfolded = unfold(part, definitions);
    const result = byDefinedName ? part : unfolded === undefined ? mapParts(part, noNames, visit) : visit(unfolded);
    memo.set(part, result);
    return result;
  };
  return settle(term, visit);
}

const noNames: ReadonlySet<string> = new Set();

/**
 * `term` with every occurrence of the subterm `from` replaced by `to`. Binders are opened with names outside `taken`; to
 * find a subterm that stands under a binder, open with the same names with which it was found.
 */
export function replaceTerm(term: Term, from: Term, to: Term, taken: ReadonlySet<string> = freeIndices(to)): Term {
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    if (part === from) return to;
    if (from.inert && !part.inert) return part;
    const known = memo.get(part);
    if (known !== undefined) return known;
    const result = mapParts(part, taken, visit);
    memo.set(part, result);
    return result;
  };
  return settle(term, visit);
}

/** The name that a variable is or belongs to: `beta` for `beta[j]`. */
export function variableSymbol(variable: Variable): SymbolTerm {
  return variable.kind === 'element' ? variable.base : variable;
}

/** Whether `term` holds `symbol` anywhere, definitions not unfolded. */
export function mentions(term: Term, symbol: SymbolTerm): boolean {
  return symbolsOf(term).has(symbol);
}

const symbolMemo = new WeakMap<Term, ReadonlySet<SymbolTerm>>();
const noSymbols: ReadonlySet<SymbolTerm> = new Set();

/** All symbols in `term`, bases of elements included, constants and functions excluded. */
export function symbolsOf(term: Term): ReadonlySet<SymbolTerm> {
  return symbolMemo.get(term) ?? settle(term, symbolsWithin);
}

function symbolsWithin(term: Term): ReadonlySet<SymbolTerm> {
  if (term.kind === 'symbol') return term.constant ? noSymbols : new Set([term]);
  const known = symbolMemo.get(term);
  if (known !== undefined) return known;
  const found = new Set<SymbolTerm>();
  for (const part of children(term)) for (const symbol of symbolsWithin(part)) found.add(symbol);
  symbolMemo.set(term, found);
  return found;
}

/** All symbols that the value of `term` rests on, through definitions. */
export function symbolsBelow(term: Term, definitions: Definitions): ReadonlySet<SymbolTerm> {
  const found = new Set<SymbolTerm>();
  const visit = (part: Term): void => {
    for (const symbol of symbolsOf(part)) {
      if (found.has(symbol)) continue;
      found.add(symbol);
      const definition = definitions.get(symbol);
      if (definition !== undefined) visit(definition.body);
    }
  };
  visit(term);
  return found;
}
