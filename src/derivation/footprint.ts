/** What an answer uses and what it does not: the point of backpropagation. */

import { mapParts } from '../term/construct.ts';
import { children } from '../term/inspect.ts';
import { variableSymbol } from '../term/substitute.ts';
import type { Term, Variable } from '../term/term.ts';
import type { NamedModel } from './naming.ts';

const noNames: ReadonlySet<string> = new Set();

/** A derivative and what it is by. */
interface Derived {
  readonly variable: Variable;
  readonly result: Term;
}

/** The quantities that `result` is computed from, and the derivatives and inputs of the model that it does not need. */
export function footprint(
  result: Term,
  named: NamedModel,
  by: Variable,
  print: (term: Term) => string,
): { uses: string[]; unused: string[] } {
  return footprintOfAll([{ variable: by, result }], named, print);
}

/** What any of the results is computed from, and what none of them needs. */
export function footprintOfAll(
  results: readonly Derived[],
  named: NamedModel,
  print: (term: Term) => string,
): { uses: string[]; unused: string[] } {
  const used = new Map<Term, string>();
  const differentiated = new Set<string>();
  const seen = new Set<Term>();
  const visit = (term: Term): Term => {
    if (seen.has(term)) return term;
    seen.add(term);
    if (isAtom(term)) {
      if (!(term.kind === 'symbol' && term.constant)) used.set(term, print(term));
      if (term.kind === 'apply' && term.orders.some((order) => order > 0)) differentiated.add(term.name);
      return term;
    }
    return mapParts(term, noNames, visit);
  };
  for (const { result } of results) visit(result);
  const uses = [...new Set(used.values())];
  // Without intermediates there is no backward path of which anything could be left out.
  if (named.lets.length === 0) return { uses, unused: [] };
  const needed = new Set([...used.keys()].map(symbolName));
  for (const { variable } of results) needed.add(variableSymbol(variable).name);
  for (const one of named.lets) needed.add(one.symbol.name);
  return {
    uses,
    unused: [
      ...[...genericNames(named)].filter((name) => !differentiated.has(name)).map((name) => `${name}'`),
      ...[...leafNames(named)].filter((name) => !needed.has(name)),
    ],
  };
}

function isAtom(term: Term): boolean {
  return (
    term.kind === 'symbol' ||
    term.kind === 'element' ||
    term.kind === 'dot' ||
    term.kind === 'derivative' ||
    (term.kind === 'apply' && term.generic)
  );
}

function symbolName(term: Term): string {
  return term.kind === 'element' ? term.base.name : term.kind === 'symbol' ? term.name : '';
}

function genericNames(named: NamedModel): Set<string> {
  const names = new Set<string>();
  walk(named, (term) => {
    if (term.kind === 'apply' && term.generic) names.add(term.name);
  });
  return names;
}

/** Names of all quantities that have no definition. */
export function leafNames(named: NamedModel): Set<string> {
  const defined = new Set(named.lets.map((one) => one.symbol));
  const names = new Set<string>();
  walk(named, (term) => {
    if (term.kind === 'symbol' && !term.constant && !defined.has(term)) names.add(term.name);
  });
  return names;
}

function walk(named: NamedModel, meet: (term: Term) => void): void {
  const seen = new Set<Term>();
  const visit = (term: Term): void => {
    if (seen.has(term)) return;
    seen.add(term);
    meet(term);
    children(term).forEach(visit);
  };
  for (const term of [named.target, ...named.lets.map((one) => one.body)]) visit(term);
}
