/** From terms to the nodes of a graph: equal terms are one node, names are what they stand for. */

import { fail } from '../../problem.ts';
import { element, index, replaceIndex } from '../../term/construct.ts';
import { freeIndices, partsBelow } from '../../term/inspect.ts';
import { type Definition, type Definitions, variableSymbol } from '../../term/substitute.ts';
import type { ElementTerm, SymbolTerm, Term, Variable } from '../../term/term.ts';
import type { NamedModel } from '../naming.ts';
import type { Print } from '../printer.ts';
import type { Sign } from './figure.ts';
import { type Input, type Operation, operationOf } from './operation.ts';

/** A node while its graph is built. */
export interface Draft {
  readonly term: Term;
  readonly sign: Sign;
  /** The author's name for its value, with the indices of a definition: `y[i]`. */
  name: Term | undefined;
  readonly family: string | undefined;
  readonly inputs: readonly Edge[];
  wanted: boolean;
}

/** What goes into a node, and where it comes from. */
export interface Edge extends Input {
  readonly node: Draft;
}

/** How a member of a family is used, and which one is wanted: x[i] and x[j]. */
export type Use = readonly [used: ElementTerm, wanted: ElementTerm];

export interface Graph {
  /** Each after those that go into it. */
  readonly drafts: readonly Draft[];
  readonly last: Draft;
  /** The node whose value a term is. */
  readonly nodeOf: (term: Term) => Draft | undefined;
  readonly uses: readonly Use[];
}

/** Most nodes that can be drawn so that they can be read. */
const mostNodes = 60;

/** More terms than this are not even looked at. */
const mostTerms = 2000;

/** What is known while a graph is built, and what is collected. */
interface Builder {
  readonly definitions: Definitions;
  readonly wanted: ReadonlyMap<SymbolTerm, Variable>;
  /** Indices that stand for one number: those of the target. All others run through a family. */
  readonly fixed: ReadonlySet<string>;
  /** Names that no sum may show for its own index. */
  readonly taken: ReadonlySet<string>;
  readonly print: Print;
  readonly drafts: Draft[];
  readonly byTerm: Map<Term, Draft>;
  /** The nodes of quantities and of definitions. */
  readonly bySymbol: Map<SymbolTerm, Draft>;
  readonly uses: Use[];
}

/** The graph of a model whose `variables` are wanted. Throws a problem where it is too large to be drawn. */
export function buildGraph(named: NamedModel, variables: readonly Variable[], print: Print): Graph {
  const bodies = [named.target, ...named.lets.map((one) => one.body)];
  if (bodies.reduce((count, body) => count + partsBelow(body).length, 0) > mostTerms) refuseLarge();
  const builder: Builder = {
    definitions: new Map(named.lets.map((one) => [one.symbol, one])),
    wanted: new Map(variables.map((one) => [variableSymbol(one), one])),
    fixed: freeIndices(named.target),
    taken: new Set([named.target, ...variables].flatMap((term) => [...freeIndices(term)])),
    print,
    drafts: [],
    byTerm: new Map(),
    bySymbol: new Map(),
    uses: [],
  };
  const last = visit(builder, named.target);
  const { drafts, byTerm, uses } = builder;
  return { drafts, last, nodeOf: (term) => byTerm.get(term), uses };
}

/** The node of a term; exp(z[k]) and exp(z[l]), both of them all members of one family, have the same. */
function visit(builder: Builder, term: Term): Draft {
  const { byTerm } = builder;
  const member = anyMember(builder, term);
  const draft = byTerm.get(term) ?? byTerm.get(member) ?? makeDraft(builder, term);
  byTerm.set(term, draft);
  byTerm.set(member, draft);
  return draft;
}

function makeDraft(builder: Builder, term: Term): Draft {
  const definition = isQuantity(term) ? builder.definitions.get(variableSymbol(term)) : undefined;
  if (definition !== undefined) return defined(builder, definition);
  const operation = operationOf(term, builder.taken, builder.print);
  return operation === undefined ? quantity(builder, term) : operated(builder, term, operation);
}

function operated(builder: Builder, term: Term, { sign, inputs }: Operation): Draft {
  // What goes in twice, as in f(x, x), has one edge.
  const different = inputs.filter(({ term: one }, at) => inputs.findIndex((other) => other.term === one) === at);
  const edges = different.map((one) => ({ ...one, node: visit(builder, one.term) }));
  return place(builder, { term, sign, name: undefined, family: familyOf(builder, term), inputs: edges, wanted: false });
}

/** All members of a family are one node; single members and other terms are nodes of their own. */
function quantity(builder: Builder, term: Term): Draft {
  const { bySymbol, print, uses } = builder;
  const family = familyOf(builder, term);
  const asked = isQuantity(term) ? builder.wanted.get(variableSymbol(term)) : undefined;
  const wanted = asked !== undefined && mayBe(term, asked) ? asked : undefined;
  if (term.kind === 'element' && wanted?.kind === 'element') uses.push([term, wanted]);
  const base = term.kind === 'element' && family !== undefined ? term.base : undefined;
  const known = base === undefined ? undefined : bySymbol.get(base);
  if (known !== undefined) return known;
  const sign: Sign = { kind: 'quantity', expression: print(term) };
  const draft: Draft = { term, sign, name: undefined, family, inputs: [], wanted: wanted !== undefined };
  if (base !== undefined) bySymbol.set(base, draft);
  return place(builder, draft);
}

/** A definition gives its name to the node of its body. */
function defined(builder: Builder, { symbol, parameters, body }: Definition): Draft {
  const known = builder.bySymbol.get(symbol);
  if (known !== undefined) return known;
  const draft = visit(builder, body);
  draft.name ??= parameters.length === 0 ? symbol : element(symbol, parameters);
  if (builder.wanted.has(symbol)) draft.wanted = true;
  builder.bySymbol.set(symbol, draft);
  return draft;
}

function place({ drafts }: Builder, draft: Draft): Draft {
  if (drafts.push(draft) > mostNodes) refuseLarge();
  return draft;
}

function familyOf({ fixed }: Builder, term: Term): string | undefined {
  return [...freeIndices(term)].find((name) => !fixed.has(name));
}

/** The term with the indices that run through families by their order alone. */
function anyMember({ fixed }: Builder, term: Term): Term {
  const names = [...freeIndices(term)].filter((name) => !fixed.has(name));
  return names.reduce((member, name, at) => replaceIndex(member, index(name), index(`@${at}`)), term);
}

/** Whether a member could be the wanted one: x[2] is not x[1]. */
function mayBe(term: Term, wanted: Variable): boolean {
  if (term.kind !== 'element' || wanted.kind !== 'element') return true;
  return term.indices.every(
    (at, k) => at === wanted.indices[k] || at.kind !== 'number' || wanted.indices[k]?.kind !== 'number',
  );
}

function isQuantity(term: Term): term is Variable {
  return term.kind === 'symbol' || term.kind === 'element';
}

function refuseLarge(): never {
  return fail({
    code: 'too-large',
    message: `a figure of this model would have more than ${mostNodes} nodes`,
    hint: 'differentiate an intermediate, so that the figure shows a part of the model',
  });
}
