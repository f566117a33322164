/** From terms to the nodes of a graph: equal terms are one node, names are what they stand for. */

import { fail } from '../../problem.ts';
import { element, index, replaceIndex } from '../../term/construct.ts';
import { freeIndices, partsBelow } from '../../term/inspect.ts';
import { type Definition, variableSymbol } from '../../term/substitute.ts';
import type { ElementTerm, SymbolTerm, Term, Variable } from '../../term/term.ts';
import type { NamedModel } from '../naming.ts';
import type { Print } from '../printer.ts';
import type { Sign } from './figure.ts';
import { type Input, operationOf } from './operation.ts';

/** A node while its graph is built. */
export interface Draft {
  readonly term: Term;
  sign: Sign;
  /** The author's name for its value, with the indices of a definition: `y[i]`. */
  name: Term | undefined;
  family: string | undefined;
  readonly inputs: readonly (Input & { readonly node: Draft })[];
  wanted: boolean;
}

export interface Graph {
  /** Each after those that go into it. */
  readonly drafts: readonly Draft[];
  readonly last: Draft;
  /** The node whose value a term is. */
  readonly nodeOf: (term: Term) => Draft | undefined;
  /** How the members of a family are used of which one is wanted: x[i] where x[j] is. */
  readonly uses: readonly (readonly [ElementTerm, ElementTerm])[];
}

/** Most nodes that can be drawn so that they can be read. */
const mostNodes = 60;

/** More terms than this are not even looked at. */
const mostTerms = 2000;

/** The graph of a model whose `variables` are wanted. Throws a problem where it is too large to be drawn. */
export function buildGraph(named: NamedModel, variables: readonly Variable[], print: Print): Graph {
  const bodies = [named.target, ...named.lets.map((one) => one.body)];
  if (bodies.reduce((count, body) => count + partsBelow(body).length, 0) > mostTerms) refuseLarge();
  const definitions = new Map(named.lets.map((one) => [one.symbol, one]));
  const wantedSymbols = new Map(variables.map((one) => [variableSymbol(one), one]));
  const outer = new Set([named.target, ...variables].flatMap((term) => [...freeIndices(term)]));
  const free = freeIndices(named.target);
  const drafts: Draft[] = [];
  const byTerm = new Map<Term, Draft>();
  const byBase = new Map<SymbolTerm, Draft>();
  const uses: (readonly [ElementTerm, ElementTerm])[] = [];

  const familyOf = (term: Term): string | undefined => [...freeIndices(term)].find((name) => !free.has(name));
  const place = (draft: Draft): Draft => {
    if (drafts.push(draft) > mostNodes) refuseLarge();
    return draft;
  };
  const quantity = (term: Term): Draft => {
    const base = term.kind === 'element' && familyOf(term) !== undefined ? term.base : term;
    const wanted =
      term.kind === 'symbol' || term.kind === 'element' ? wantedSymbols.get(variableSymbol(term)) : undefined;
    if (term.kind === 'element' && wanted?.kind === 'element') uses.push([term, wanted]);
    const known = base.kind === 'symbol' ? byBase.get(base) : undefined;
    if (known !== undefined) return known;
    const sign: Sign = { kind: 'quantity', expression: print(term) };
    const draft = place({
      term,
      sign,
      name: undefined,
      family: familyOf(term),
      inputs: [],
      wanted: wanted !== undefined,
    });
    if (base.kind === 'symbol') byBase.set(base, draft);
    return draft;
  };
  const defined = (definition: Definition): Draft => {
    const known = byBase.get(definition.symbol);
    if (known !== undefined) return known;
    const draft = visit(definition.body);
    draft.name ??= nameOf(definition);
    if (wantedSymbols.has(definition.symbol)) draft.wanted = true;
    byBase.set(definition.symbol, draft);
    return draft;
  };
  const visit = (term: Term): Draft => {
    const member = anyMember(term, free);
    const known = byTerm.get(term) ?? byTerm.get(member);
    if (known !== undefined) {
      byTerm.set(term, known);
      return known;
    }
    const definition = definitionOf(term, definitions);
    const operation = definition === undefined ? operationOf(term, outer, print) : undefined;
    const draft =
      definition !== undefined
        ? defined(definition)
        : operation === undefined
          ? quantity(term)
          : place({
              inputs: operation.inputs.map((one) => ({ ...one, node: visit(one.term) })),
              term,
              sign: operation.sign,
              name: undefined,
              family: familyOf(term),
              wanted: false,
            });
    byTerm.set(term, draft);
    byTerm.set(member, draft);
    return draft;
  };
  const last = visit(named.target);
  return { drafts, last, nodeOf: (term) => byTerm.get(term), uses };
}

/** The same for exp(z[k]) and exp(z[l]), both of which are all members of one family. */
function anyMember(term: Term, free: ReadonlySet<string>): Term {
  const names = [...freeIndices(term)].filter((name) => !free.has(name));
  return names.reduce((member, name, at) => replaceIndex(member, index(name), index(`@${at}`)), term);
}

function definitionOf(term: Term, definitions: ReadonlyMap<SymbolTerm, Definition>): Definition | undefined {
  return term.kind === 'symbol' || term.kind === 'element' ? definitions.get(variableSymbol(term)) : undefined;
}

function nameOf({ symbol, parameters }: Definition): Term {
  return parameters.length === 0 ? symbol : element(symbol, parameters);
}

function refuseLarge(): never {
  return fail({
    code: 'too-large',
    message: `a figure of this model would have more than ${mostNodes} nodes`,
    hint: 'differentiate an intermediate, so that the figure shows a part of the model',
  });
}
