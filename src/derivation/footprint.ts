/** What an answer uses and what it does not: the point of backpropagation. */

import { mapParts } from '../term/construct.ts';
import { children } from '../term/inspect.ts';
import { variableSymbol } from '../term/substitute.ts';
import type { Term, Variable } from '../term/term.ts';
import type { NamedModel } from './naming.ts';

const noNames: ReadonlySet<string> = new Set();

/** The quantities that `result` is computed from, and the derivatives and inputs of the model that it does not need. */
export function footprint(
  result: Term,
  named: NamedModel,
  by: Variable,
  print: (term: Term) => string,
): { uses: string[]; unused: string[] } {
  const used = new Map<Term, string>();
  const differentiated = new Set<string>();
  const visit = (term: Term): Term => {
    if (isAtom(term)) {
      if (!(term.kind === 'symbol' && term.constant)) used.set(term, print(term));
      if (term.kind === 'apply' && term.orders.some((order) => order > 0)) differentiated.add(term.name);
      return term;
    }
    return mapParts(term, noNames, visit);
  };
  visit(result);
  // Without intermediates there is no backward path of which anything could be left out.
  if (named.lets.length === 0) return { uses: [...used.values()], unused: [] };
  const symbols = new Set([...used.keys()].map(symbolName));
  const unused: string[] = [];
  for (const name of genericNames(named)) if (!differentiated.has(name)) unused.push(`${name}'`);
  const defined = new Set(named.lets.map((one) => one.symbol.name));
  for (const name of leafNames(named)) {
    if (!symbols.has(name) && !defined.has(name) && name !== variableSymbol(by).name) unused.push(name);
  }
  return { uses: [...used.values()], unused };
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
