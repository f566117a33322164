/** What a text has defined so far, and what the names in a claim mean in its light. */

import { type InlineFunction, lower, type Scope } from '../meaning/lower.ts';
import type { Evidence } from '../meaning/names/evidence.ts';
import { inferAxes } from '../meaning/shapes.ts';
import { flattenElement, gatherUsage, letterQuantities } from '../meaning/usage.ts';
import { MathError } from '../problem.ts';
import type { FunctionTable } from '../rules/elementary.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { index, symbol } from '../term/construct.ts';
import { freeIndices } from '../term/inspect.ts';
import { type Definition, type Definitions, symbolsBelow } from '../term/substitute.ts';
import type { Term, Variable } from '../term/term.ts';
import { nothingWritten } from '../term/written.ts';

/** A definition as it was written: `z = ...`, `y_i = ...`, or `f(x) = ...`. */
export interface WrittenDefinition {
  readonly kind: 'quantity' | 'function';
  readonly name: string;
  readonly parameters: readonly string[];
  readonly head: MathNode;
  readonly body: MathNode;
  /** Whether a claim may be said to fail by it: not if the text defines the name twice, or in another section. */
  readonly firm: boolean;
}

/** Definitions by kind and name; a later one replaces an earlier one of the same name. */
export type DefinitionTable = ReadonlyMap<string, WrittenDefinition>;

export function definitionKey(kind: WrittenDefinition['kind'], name: string): string {
  return `${kind} ${name}`;
}

/** The left side of a definition, if `head` has the form of one. */
export function readHead(head: MathNode): Pick<WrittenDefinition, 'kind' | 'name' | 'parameters'> | undefined {
  const seen = view(head);
  if (seen.kind === 'symbol') return { kind: 'quantity', name: seen.name, parameters: [] };
  if (seen.kind === 'element') {
    const { base, indices } = flattenElement(head);
    const name = view(base);
    const parameters = namesOf(indices);
    return name.kind === 'symbol' && parameters !== undefined
      ? { kind: 'quantity', name: name.name, parameters }
      : undefined;
  }
  if (seen.kind === 'call' && seen.name !== '' && !seen.name.endsWith("'") && !notHeads.has(seen.name)) {
    const parameters = namesOf(seen.args);
    return parameters === undefined ? undefined : { kind: 'function', name: seen.name, parameters };
  }
  return undefined;
}

/** Calls that are mathematics of their own, never the name of a defined function. */
const notHeads: ReadonlySet<string> = new Set([
  'd',
  'D',
  'sum',
  'prod',
  'dot',
  'norm',
  'delta',
  'abs',
  'sqrt',
  'transpose',
]);

function namesOf(nodes: readonly MathNode[]): string[] | undefined {
  const names = nodes.map((node) => {
    const seen = view(node);
    return seen.kind === 'symbol' ? seen.name : undefined;
  });
  if (names.some((name) => name === undefined) || new Set(names).size !== names.length) return undefined;
  return names as string[];
}

/** A claim's sides and all definitions, lowered in one scope. */
export interface Lowered {
  readonly scope: Scope;
  readonly definitions: Definitions;
  /** Names given to arguments while terms were lowered; to be read after the last is. */
  readonly introduced: Definitions;
  /** Definitions that could not be used, with the reason. */
  readonly refused: ReadonlyMap<string, string>;
}

/** The scope in which `nodes` are read: shapes by unification over them and the definitions. Throws on a clash. */
export function buildNotesScope(
  nodes: readonly MathNode[],
  table: DefinitionTable,
  functions: FunctionTable,
  evidence: Evidence,
): Lowered {
  const written = [...table.values()];
  const quantities = written.filter((one) => one.kind === 'quantity');
  const inlined = new Map<string, InlineFunction>();
  for (const one of written) {
    if (one.kind === 'function') inlined.set(one.name, { parameters: one.parameters, body: one.body });
  }
  const usage = gatherUsage([...nodes, ...quantities.flatMap((one) => [one.head, one.body])]);
  const pairs = quantities.map((one) => [one.head, one.body] as const);
  const vectors = new Map([...evidence.vectors].map((name) => [name, (usage.get(name)?.subscripts ?? 0) + 1]));
  const axes = inferAxes([...nodes, ...quantities.map((one) => one.body)], pairs, usage, vectorAxes(vectors, usage));
  const defined = new Set(quantities.map((one) => one.name));
  const indices = new Set<string>();
  for (const [name, use] of usage) {
    if (use.subscript && !defined.has(name) && use.subscripts === 0) indices.add(name);
  }
  const shadowed = new Set(['e', 'pi'].filter((name) => defined.has(name) || (usage.get(name)?.subscripts ?? 0) > 0));
  const introduced = new Map<Definition['symbol'], Definition>();
  const introduce = (argument: Term): Variable | undefined => {
    if (argument.rank > 0 || freeIndices(argument).size > 0) return undefined;
    // A name that no text can hold.
    const name = symbol(`argument ${introduced.size + 1}`);
    introduced.set(name, { symbol: name, parameters: [], body: argument });
    return name;
  };
  const scope: Scope = {
    functions,
    axes,
    indices,
    quantities: new Set(letterQuantities(usage)),
    inlined,
    shadowed,
    introduce,
    lengths: new Set<string>(),
    written: nothingWritten(),
  };
  const { definitions, refused } = lowerDefinitions(quantities, scope);
  return { scope, definitions, introduced, refused };
}

/** Bold names are vectors where nothing else is known of them: one axis more than their most subscripts. */
function vectorAxes(vectors: ReadonlyMap<string, number>, usage: ReturnType<typeof gatherUsage>): Map<string, number> {
  const axes = new Map<string, number>();
  for (const [name, count] of vectors) if (usage.has(name)) axes.set(name, count);
  return axes;
}

function lowerDefinitions(
  written: readonly WrittenDefinition[],
  scope: Scope,
): Pick<Lowered, 'definitions' | 'refused'> {
  const definitions = new Map<Definition['symbol'], Definition>();
  const refused = new Map<string, string>();
  for (const one of written) {
    try {
      const body = lower(one.body, scope);
      const parameters = one.parameters.map((name) => index(name));
      const name = symbol(one.name, scope.axes.get(one.name) ?? parameters.length);
      const free = [...freeIndices(body)].some((at) => !one.parameters.includes(at));
      const trial = new Map(definitions).set(name, { symbol: name, parameters, body });
      if (free) refused.set(one.name, 'a free index');
      else if (symbolsBelow(body, trial).has(name)) refused.set(one.name, 'a recurrence');
      else definitions.set(name, { symbol: name, parameters, body });
    } catch (error) {
      if (!(error instanceof MathError)) throw error;
      refused.set(one.name, error.message);
    }
  }
  return { definitions, refused };
}
