/** One look at the terms that are compared: what decides how they can be evaluated. */

import { children, freeIndices } from '../term/inspect.ts';
import type { Definitions } from '../term/substitute.ts';
import type { Term } from '../term/term.ts';
import { elementary, oracleFunctions } from './functions.ts';

export interface Survey {
  /** Terms that occur more than once: worth remembering while evaluating. */
  readonly shared: ReadonlySet<Term>;
  /** Indices that nothing binds, to be sampled. */
  readonly freeIndices: ReadonlySet<string>;
  /** Names of scalars that have to be integers: ends of ranges, and what stands as an index. */
  readonly integers: ReadonlySet<string>;
  /** Integers that stand as an index or as an end of a range. */
  readonly literals: ReadonlySet<number>;
  /** Why no evaluation is possible, where one is not. */
  readonly obstacle: string | undefined;
  /** Whether everything has a meaning modulo a prime. */
  readonly algebraic: boolean;
  /** Whether equality of indices decides a value: Kronecker deltas, and derivatives by elements. */
  readonly comparesIndices: boolean;
  /** Whether something other than a plain index or number stands as an index. */
  readonly computesIndices: boolean;
  /** Whether a name with a definition occurs. */
  readonly usesDefinitions: boolean;
}

type Draft = { -readonly [K in keyof Survey]: Survey[K] extends ReadonlySet<infer T> ? Set<T> : Survey[K] };

/** Everything below `roots`, definitions included. */
export function surveyTerms(roots: readonly Term[], definitions: Definitions): Survey {
  const draft: Draft = {
    shared: new Set(),
    freeIndices: new Set(),
    integers: new Set(),
    literals: new Set(),
    obstacle: undefined,
    algebraic: true,
    comparesIndices: false,
    computesIndices: false,
    usesDefinitions: false,
  };
  const seen = new Set<Term>();
  const visit = (term: Term): void => {
    if (seen.has(term)) {
      draft.shared.add(term);
      return;
    }
    seen.add(term);
    notice(term, draft);
    if (term.kind === 'symbol') {
      const definition = definitions.get(term);
      if (definition === undefined) return;
      draft.usesDefinitions = true;
      visit(definition.body);
      const bound = new Set(definition.parameters.map((parameter) => parameter.name));
      for (const name of freeIndices(definition.body)) if (!bound.has(name)) draft.freeIndices.add(name);
      return;
    }
    for (const part of children(term)) visit(part);
  };
  for (const root of roots) {
    visit(root);
    for (const name of freeIndices(root)) draft.freeIndices.add(name);
  }
  return draft;
}

function notice(term: Term, draft: Draft): void {
  switch (term.kind) {
    case 'apply':
      noticeFunction(term.name, term.generic, term.args.length, draft);
      if (!term.generic && term.orders.some((order) => order > 0))
        draft.obstacle ??= `derivative of ${term.name} by order`;
      if (term.args.some((arg) => arg.rank > 0)) draft.obstacle ??= `${term.name} of a vector`;
      return;
    case 'element':
      for (const at of term.indices) noticeIndex(at, draft);
      return;
    case 'sum':
    case 'product':
      if (term.range === undefined) return;
      noticeInteger(term.range.from, draft);
      noticeInteger(term.range.to, draft);
      return;
    case 'delta':
      draft.comparesIndices = true;
      noticeIndex(term.left, draft);
      noticeIndex(term.right, draft);
      return;
    case 'derivative':
      if (term.by.kind === 'element' || term.by.axes > 0) draft.comparesIndices = true;
      return;
    case 'cases':
    case 'relation':
      draft.algebraic = false;
      return;
    default:
      return;
  }
}

function noticeFunction(name: string, generic: boolean, arity: number, draft: Draft): void {
  if (generic) return;
  if (!oracleFunctions.has(name)) {
    draft.obstacle ??= `the oracle does not know the function ${name}`;
    return;
  }
  const entry = elementary(name);
  if (arity < entry.arity[0] || arity > entry.arity[1]) {
    draft.obstacle ??= `the oracle does not know ${name} of ${arity} arguments`;
  }
  if (!entry.algebraic) draft.algebraic = false;
}

function noticeIndex(at: Term, draft: Draft): void {
  if (at.kind !== 'index' && at.kind !== 'number') draft.computesIndices = true;
  noticeInteger(at, draft);
}

/** All symbols and numbers in a term that has to be an integer. */
function noticeInteger(term: Term, draft: Draft): void {
  if (term.kind === 'symbol') draft.integers.add(term.name);
  else if (term.kind === 'number') draft.literals.add(Number(term.value.numerator));
  else for (const part of children(term)) noticeInteger(part, draft);
}
