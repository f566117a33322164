/** The graph of a model as plain data, with what a derivative by its variables has to do with each part. */

import { present } from '../../calculus/present.ts';
import { isNumber, replaceIndex } from '../../term/construct.ts';
import { children } from '../../term/inspect.ts';
import { variableSymbol } from '../../term/substitute.ts';
import type { Term, Variable } from '../../term/term.ts';
import type { NamedExpression } from '../derivation.ts';
import { foldNames, type NamedModel } from '../naming.ts';
import type { Print } from '../printer.ts';
import type { Figure, FigureEdge, FigureNode, Role, Sign } from './figure.ts';
import { buildGraph, type Draft, type Edge, type Graph } from './graph.ts';
import { localDerivative } from './local.ts';

/** What a figure shows beyond the model itself. */
export interface Shown {
  readonly output: string | null;
  /** The adjoint of a quantity, by the quantity's name without indices. */
  readonly adjoints: ReadonlyMap<string, NamedExpression>;
}

/** The picture of `named` for the derivatives by `variables`. Throws a problem where it is too large. */
export function describeFigure(named: NamedModel, variables: readonly Variable[], shown: Shown, print: Print): Figure {
  const graph = buildGraph(named, variables, print);
  const path = findPath(graph.drafts);
  const factors = findFactors(graph, path);
  const needed = findNeeded(graph, path, factors);
  const study: Study = {
    graph,
    named,
    shown,
    print,
    factors,
    members: findMembers(graph.drafts, path),
    places: new Map(graph.drafts.map((draft, at) => [draft, at])),
    roleOf: (draft) => (path.has(draft) ? 'path' : needed.has(draft) ? 'needed' : 'unneeded'),
  };
  const edges = graph.drafts.flatMap((draft) => draft.inputs.map((input) => describeEdge(study, input, draft)));
  return {
    nodes: [...graph.drafts.map((draft) => describeNode(study, draft)), outputNode(study)],
    edges: [...edges, outputEdge(study)],
  };
}

/** A graph with what was found out about it. */
interface Study {
  readonly graph: Graph;
  readonly named: NamedModel;
  readonly shown: Shown;
  readonly print: Print;
  readonly factors: ReadonlyMap<Edge, Term>;
  readonly members: ReadonlySet<Draft>;
  readonly places: ReadonlyMap<Draft, number>;
  readonly roleOf: (draft: Draft) => Role;
}

function describeNode({ shown, roleOf }: Study, draft: Draft): FigureNode {
  const { sign, family = null, wanted } = draft;
  return { sign, family, role: roleOf(draft), wanted, adjoint: shown.adjoints.get(quantityName(draft) ?? '') ?? null };
}

function describeEdge(
  { graph, named, print, factors, members, places, roleOf }: Study,
  edge: Edge,
  to: Draft,
): FigureEdge {
  const found = factors.get(edge);
  // What a condition compares is no way for the derivative.
  const isCut = found !== undefined && isNumber(found, 0);
  const factor = found === undefined || isCut ? undefined : members.has(edge.node) ? memberOf(found, graph) : found;
  return {
    from: places.get(edge.node) as number,
    to: places.get(to) as number,
    value: writtenValue(edge.node, print),
    factor: factor === undefined ? null : print(foldNames(present(factor), named.lets)),
    minus: edge.minus === true,
    role: isCut ? 'needed' : roleOf(edge.node),
  };
}

function outputNode({ graph, shown, roleOf }: Study): FigureNode {
  const sign: Sign = { kind: 'output', expression: shown.output };
  return { sign, family: null, role: roleOf(graph.last), wanted: false, adjoint: null };
}

/** From the last operation; the value stands at its end where the output has a name. */
function outputEdge({ graph, shown, print, places, roleOf }: Study): FigureEdge {
  return {
    from: places.get(graph.last) as number,
    to: graph.drafts.length,
    value: shown.output === null ? writtenValue(graph.last, print) : null,
    factor: null,
    minus: false,
    role: roleOf(graph.last),
  };
}

/** The nodes whose value changes with a wanted quantity, these included. */
function findPath(drafts: readonly Draft[]): ReadonlySet<Draft> {
  const path = new Set<Draft>();
  for (const draft of drafts) if (draft.wanted || draft.inputs.some(({ node }) => path.has(node))) path.add(draft);
  return path;
}

/**
 * Of the families on the path, those whose one member is concerned: until a sum leads to all others, the derivative by
 * x[j] is one of the member j.
 */
function findMembers(drafts: readonly Draft[], path: ReadonlySet<Draft>): ReadonlySet<Draft> {
  const members = new Set<Draft>();
  for (const draft of drafts) {
    if (draft.family === undefined) continue;
    const before = draft.inputs.filter(({ node }) => path.has(node)).map(({ node }) => node);
    const isMember = before.every((node) => members.has(node) && node.family === draft.family);
    if (before.length === 0 ? draft.wanted : isMember) members.add(draft);
  }
  return members;
}

/** The local derivatives on the path. */
function findFactors({ drafts }: Graph, path: ReadonlySet<Draft>): Map<Edge, Term> {
  const factors = new Map<Edge, Term>();
  for (const draft of drafts) {
    for (const input of draft.inputs) {
      if (!path.has(input.node)) continue;
      const factor = localDerivative(draft.term, input.term);
      if (factor !== undefined) factors.set(input, factor);
    }
  }
  return factors;
}

/** The nodes whose values stand in a factor; where a factor is not known, all that goes into its operation. */
function findNeeded(
  { drafts, nodeOf }: Graph,
  path: ReadonlySet<Draft>,
  factors: ReadonlyMap<Edge, Term>,
): ReadonlySet<Draft> {
  const needed = new Set<Draft>();
  const seen = new Set<Term>();
  const visit = (term: Term): void => {
    if (seen.has(term)) return;
    seen.add(term);
    const draft = nodeOf(term);
    if (draft !== undefined) needed.add(draft);
    // What has a name of its own is at hand; other expressions are made of what goes into them.
    const isAtHand = draft !== undefined && (draft.name !== undefined || (term.kind === 'apply' && term.generic));
    if (!isAtHand) children(term).forEach(visit);
  };
  for (const factor of factors.values()) visit(factor);
  for (const { inputs } of drafts) {
    const isUnknown = inputs.some((input) => path.has(input.node) && !factors.has(input));
    if (isUnknown) for (const { term } of inputs) visit(term);
  }
  return needed;
}

/** In the derivative by x[j], the member j stands for the member i of a family. */
function memberOf(factor: Term, { uses }: Graph): Term {
  let result = factor;
  for (const [use, wanted] of uses) {
    use.indices.forEach((from, at) => {
      const to = wanted.indices[at];
      if (from.kind === 'index' && to !== undefined && from !== to) result = replaceIndex(result, from, to);
    });
  }
  return result;
}

/** What is written at an edge; nothing where it stands in the node that the edge comes from. */
function writtenValue(draft: Draft, print: Print): string | null {
  if (draft.name !== undefined) return print(draft.name);
  return draft.sign.kind === 'quantity' ? null : print(draft.term);
}

/** The name of a node's value without indices. */
function quantityName({ name, term }: Draft): string | undefined {
  const quantity = name ?? term;
  return quantity.kind === 'symbol' || quantity.kind === 'element' ? variableSymbol(quantity).name : undefined;
}
