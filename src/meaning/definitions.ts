/** Definitions of quantities as terms, each after those that it rests on. */

import { fail, type Span } from '../problem.ts';
import { type MathNode, spanOf, view } from '../syntax/node.ts';
import { index, symbol } from '../term/construct.ts';
import { freeIndices } from '../term/inspect.ts';
import { type Definition, symbolsOf } from '../term/substitute.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import { lower, type Scope } from './lower.ts';
import { isQuantity, type Part } from './parts.ts';

/** The definitions among the lines, in the order in which they are computed. Throws on a circle and on a free index. */
export function lowerDefinitions(parts: readonly Part[], scope: Scope): Definition[] {
  return sortDefinitions(parts.filter(isQuantity).map((part) => lowerDefinition(part, scope)));
}

interface PlacedDefinition extends Definition {
  readonly span: Span | undefined;
}

function lowerDefinition(part: Part, scope: Scope): PlacedDefinition {
  const parameters = part.parameters.map((name) => index(name));
  const body = lower(part.body, scope);
  refuseFree(part, body, part.parameters);
  const name = part.name as string;
  return {
    symbol: symbol(name, scope.axes.get(name) ?? parameters.length),
    parameters,
    body,
    span: part.nameNode === undefined ? undefined : spanOf(part.nameNode),
  };
}

/** Refuses an index that is free in what a line defines, but no parameter of it, nor held fixed by its label. */
export function refuseFree(part: Part, body: Term, parameters: readonly string[]): void {
  // Beside a[l - 1] the l of z_l says which of all layers the whole line is about.
  const [, ...labels] = part.name?.split('_') ?? [];
  const free = [...freeIndices(body)].find((name) => !parameters.includes(name) && !labels.includes(name));
  if (free === undefined) return;
  const span = findIndex(part.body, free) ?? spanOf(part.body);
  fail({
    code: 'free-index',
    message: `the index ${free} is free on the right of ${part.name}, but not on the left`,
    ...(span === undefined ? {} : { span }),
    hint: `write ${part.name}[${[...parameters, free].join(', ')}] = ..., or sum over ${free}`,
  });
}

/** Where a subscript by this name stands. */
function findIndex(node: MathNode, name: string): Span | undefined {
  const seen = view(node);
  switch (seen.kind) {
    case 'symbol':
      return seen.name === name ? spanOf(node) : undefined;
    case 'element':
      return firstOf([seen.object, ...seen.indices], name);
    case 'operator':
      return firstOf(seen.args, name);
    case 'call':
      return firstOf(seen.args, name);
    case 'parenthesis':
      return findIndex(seen.content, name);
    case 'conditional':
      return firstOf([seen.condition, seen.then, seen.else], name);
    default:
      return undefined;
  }
}

function firstOf(nodes: readonly MathNode[], name: string): Span | undefined {
  for (const node of nodes) {
    const span = findIndex(node, name);
    if (span !== undefined) return span;
  }
  return undefined;
}

/** Definitions sorted so that each follows what it rests on. Throws on a circle. */
function sortDefinitions(definitions: readonly PlacedDefinition[]): Definition[] {
  const bySymbol = new Map<SymbolTerm, PlacedDefinition>(definitions.map((one) => [one.symbol, one]));
  const sorted: Definition[] = [];
  const state = new Map<SymbolTerm, 'open' | 'done'>();
  const visit = (definition: PlacedDefinition, from: PlacedDefinition | undefined): void => {
    const { symbol: name, span } = definition;
    if (state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      fail({
        code: 'circular-definition',
        message: `${name.name} is defined by itself${from === undefined || from.symbol === name ? '' : `, through ${from.symbol.name}`}`,
        ...(span === undefined ? {} : { span }),
        hint: 'give it another name; a recurrence has steps: h[0] = h0; h[t] = tanh(h[t-1])',
      });
    }
    state.set(name, 'open');
    for (const used of symbolsOf(definition.body)) {
      const next = bySymbol.get(used);
      if (next !== undefined) visit(next, definition);
    }
    state.set(name, 'done');
    const { span: _, ...plain } = definition;
    sorted.push(plain);
  };
  for (const definition of definitions) visit(definition, undefined);
  return sorted;
}
