/**
 * Names for elementary functions that stand inside one another, as a backward pass needs them: with y = tanh(w1 x) and
 * z = tanh(w2 y) each adjoint is handed on once, where it was written out anew for every weight.
 */

import type { Model } from '../meaning/model.ts';
import { mapParts, symbol } from '../term/construct.ts';
import { freeIndices, partsBelow, settle } from '../term/inspect.ts';
import { type Definition, symbolsBelow, variableSymbol } from '../term/substitute.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import { chainLetters, freshName, type NamedModel } from './naming.ts';

/**
 * The model with a name for every application of an elementary function that changes with a variable and stands inside
 * another one on which at least two variables rest: there the paths of their adjoints meet. That one is named as well.
 * Nothing is named under a sum over an index, whose parts are families.
 */
export function nameNested(model: Model, named: NamedModel): NamedModel {
  const roots = new Set(model.variables.map(variableSymbol));
  if (roots.size < 2) return named;
  const lets: Definition[] = [];
  const bodies = new Map(named.lets.map((one) => [one.symbol, one]));
  const count = createCount(roots, bodies);
  const taken = new Set([...model.names, ...named.lets.map((one) => one.symbol.name)]);
  const names = new Map<Term, SymbolTerm>();
  const nameWithin = (root: Term): Term => {
    const wanted = nestedIn(root, count);
    if (wanted.size === 0) return root;
    const memo = new Map<Term, Term>();
    const visit = (part: Term): Term => {
      const known = memo.get(part);
      if (known !== undefined) return known;
      const inner = isOpen(part) ? mapParts(part, noNames, visit) : part;
      const result = wanted.has(part) && part !== root ? introduce(inner) : inner;
      memo.set(part, result);
      return result;
    };
    return settle(root, visit);
  };
  const introduce = (body: Term): Term => {
    const known = names.get(body);
    if (known !== undefined) return known;
    const name = symbol(freshName(chainLetters, taken));
    taken.add(name.name);
    names.set(body, name);
    lets.push({ symbol: name, parameters: [], body });
    return name;
  };
  for (const one of named.lets) {
    const body = one.parameters.length > 0 ? one.body : nameWithin(one.body);
    lets.push({ ...one, body });
  }
  return { ...named, target: nameWithin(named.target), lets };
}

const noNames: ReadonlySet<string> = new Set();

/** What stands under a sum, a product over an index or an unresolved derivative is left alone. */
function isOpen(part: Term): boolean {
  return part.height === 0 && part.kind !== 'derivative' && part.kind !== 'element';
}

function isElementary(part: Term): boolean {
  return part.kind === 'apply' && !part.generic && part.rank === 0 && freeIndices(part).size === 0;
}

/** Applications that change with a variable and stand inside one that several variables meet in. */
function nestedIn(root: Term, count: (term: Term) => number): ReadonlySet<Term> {
  const found = new Set<Term>();
  if (root.height > 0) return found;
  const covered = new Set<Term>();
  const partsFirst = partsBelow(root);
  // Wholes before their parts, so that a part knows what it stands in.
  for (const part of [...partsFirst].reverse()) {
    const isMeeting = isElementary(part) && count(part) >= 2;
    if (covered.has(part) && isElementary(part) && count(part) >= 1) found.add(part);
    if (!isOpen(part)) continue;
    if (isMeeting || covered.has(part)) for (const inner of part.parts) covered.add(inner);
  }
  // The outermost one of a chain: its adjoint is the first that is handed on.
  const holding = new Set<Term>();
  for (const part of partsFirst) {
    if (part.parts.some((inner) => holding.has(inner) || found.has(inner))) holding.add(part);
    if (part !== root && holding.has(part) && isElementary(part) && count(part) >= 2) found.add(part);
  }
  return found;
}

/** How many of the variables a term rests on, up to two. */
function createCount(
  roots: ReadonlySet<SymbolTerm>,
  definitions: ReadonlyMap<SymbolTerm, Definition>,
): (term: Term) => number {
  const none: ReadonlySet<SymbolTerm> = new Set();
  const memo = new Map<Term, ReadonlySet<SymbolTerm>>();
  /** The first two variables below: more make no difference. */
  const visit = (term: Term): ReadonlySet<SymbolTerm> => {
    const known = memo.get(term);
    if (known !== undefined) return known;
    const found = new Set<SymbolTerm>();
    if (term.kind === 'symbol') {
      for (const one of roots.has(term) ? [term] : symbolsBelow(term, definitions)) if (roots.has(one)) found.add(one);
    }
    for (const part of term.parts) for (const one of visit(part)) if (found.size < 2) found.add(one);
    const result = found.size === 0 ? none : found;
    memo.set(term, result);
    return result;
  };
  return (term) => settle(term, visit).size;
}
