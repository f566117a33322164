/** What the statements of a document have said so far: definitions, dependences, equations that are taken for granted. */

import { reachedDefinitions } from '../meaning/equation.ts';
import { type DefinitionTable, leavesOf, namesIn, type WrittenDefinition, writeOut } from '../meaning/known-names.ts';
import { expressionPrime } from '../syntax/functions.ts';
import { callNode, type MathNode, symbolNode, view } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { partsOf } from '../syntax/walk.ts';
import type { ValuesAround } from './at-values.ts';
import { isClosed } from './closed.ts';
import type { Equation } from './given.ts';
import { readHead, readSolved } from './head.ts';
import { isDependence, type Link, linksOf } from './links.ts';
import type { ProseEvidence } from './prose-evidence.ts';
import type { ReadFormula } from './read-formulas.ts';

type Head = NonNullable<Link['head']>;

export interface Knowledge {
  readonly table: DefinitionTable;
  readonly define: (link: Link, from: ReadFormula) => void;
  /** The formulas that define what `nodes` rest on, in the order of the document. */
  readonly formulasBelow: (nodes: readonly MathNode[]) => readonly ReadFormula[];
  readonly depend: (link: Link) => void;
  readonly take: (equation: Equation, from: ReadFormula) => void;
  readonly isDefined: (head: Head) => boolean;
  /** Whether a name stands for something that is defined under another: f_x, y', f_x(a, b). */
  readonly isKnownOtherwise: (node: MathNode) => boolean;
  /** Whether the name was defined once, and in this section. What no text defines is a convention, and firm. */
  readonly isFirm: (section: number, kind: WrittenDefinition['kind'], name: string) => boolean;
  /** Whether anything is differentiated by the name, or is a function of it. */
  readonly isVariable: (name: string) => boolean;
  /** Whether a link with a defined name on its left works out what that is, and gives it no other meaning. */
  readonly isEvaluation: (link: Link) => boolean;
  /** Whether a link gives the derivative of a name of which nothing else is known. */
  readonly isFact: (link: Link) => boolean;
  readonly givenIn: (section: number) => readonly Equation[];
  /** Whether nothing is known of a name but that it depends on something. */
  readonly isMoving: (name: string) => boolean;
  /** The values of names and derivatives that are said next to a link. */
  readonly valuesAround: (link: Link, one: ReadFormula) => ValuesAround;
}

/**
 * What nothing has been said for yet; names that are differentiated anywhere in `read`, or said in words to depend on others,
 * are known to depend on something.
 */
export function createKnowledge(read: readonly ReadFormula[], said: ProseEvidence['dependences'] = []): Knowledge {
  const table = { quantity: new Map<string, WrittenDefinition>(), function: new Map<string, WrittenDefinition>() };
  const sections = { quantity: new Map<string, number[]>(), function: new Map<string, number[]>() };
  const origins = new Map<string, ReadFormula>();
  const given: { readonly equation: Equation; readonly section: number; readonly from: ReadFormula }[] = [];
  const moving = movingNames(read);
  for (const { name, on } of said) {
    const isOpen = name.indices.length === 0 && on.every(({ indices }) => indices.length === 0);
    if (isOpen && !moving.has(name.name))
      moving.set(
        name.name,
        on.map((one) => one.name),
      );
  }
  for (const [name, parameters] of moving) table.quantity.set(name, asFunction(name, parameters));
  const variables = variablesIn(read);
  const values = valuesIn(read);
  const isMoving = (name: string): boolean => moving.has(name) && !sections.quantity.has(name);
  const set = (definition: WrittenDefinition, section: number): void => {
    const { kind, name } = definition;
    table[kind].set(name, definition);
    // u(a, b) = ... says what u is, too, as in du/da.
    if (kind === 'function' && (isMoving(name) || !table.quantity.has(name))) {
      table.quantity.set(name, { ...definition, kind: 'quantity', parameters: [], head: symbolNode(name) });
      moving.set(name, definition.parameters);
    }
    sections[kind].set(name, [...(sections[kind].get(name) ?? []), section]);
  };
  return {
    table,
    define: ({ head, left, right }, from) => {
      const turned = head === undefined ? readHead(right) : undefined;
      const { section } = from.formula;
      const solved = head === undefined && turned === undefined ? readSolved(left) : undefined;
      const inner = solved === undefined ? undefined : readHead(solved.base);
      if (solved !== undefined && inner !== undefined) {
        set({ ...inner, head: solved.base, body: callNode(solved.solvedBy, [right]) }, section);
      }
      if (head !== undefined) set({ ...head, head: left, body: right }, section);
      else if (turned !== undefined) set({ ...turned, head: right, body: left }, section);
      const name = (head ?? turned ?? inner)?.name;
      if (name !== undefined) origins.set(name, from);
    },
    formulasBelow: (nodes) => {
      const { definitions } = reachedDefinitions(nodes, table);
      const names = new Set(nodes.flatMap((node) => [...namesIn(node)]));
      const tied = given.filter(({ equation }) =>
        [equation.left, equation.right].some((side) => [...namesIn(side)].some((name) => names.has(name))),
      );
      const found = new Set([
        ...definitions.flatMap(({ name }) => origins.get(name) ?? []),
        ...tied.map(({ from }) => from),
      ]);
      return [...found].sort((a, b) => a.formula.start - b.formula.start);
    },
    depend: ({ left, right }) => {
      const head = readHead(left);
      if (head === undefined || table.function.has(head.name)) return;
      // What it depends on is said, what it is may follow.
      table[head.kind].set(head.name, { ...head, head: left, body: right });
      moving.set(head.name, []);
    },
    take: (equation, from) => given.push({ equation, section: from.formula.section, from }),
    isDefined: ({ kind, name }) => table[kind].has(name) && !(kind === 'quantity' && isMoving(name)),
    isKnownOtherwise: (node) => {
      const [before, after] = [view(node), view(writeOut(node, table))];
      if (before.kind === 'symbol' || before.kind === 'element') return after.kind !== before.kind;
      // f_x(a, b) is D(f, 1)(a, b).
      return before.kind === 'call' && before.name !== '' && after.kind === 'call' && after.name === '';
    },
    isFirm: (section, kind, name) => {
      const places = sections[kind].get(name) ?? sections.function.get(name) ?? [section];
      return places.length === 1 && places[0] === section;
    },
    isVariable: (name) => variables.has(name),
    isEvaluation: (link) => isEvaluation(link, table),
    isFact: ({ left, first }) => {
      const name = first ? differentiated(left) : undefined;
      return name !== undefined && isMoving(name) && !table.function.has(name);
    },
    isMoving,
    valuesAround: (link, one) => {
      const place = placeOf(link, one);
      const own = values.filter(({ section }) => section === one.formula.section);
      // A slope that is said behind a claim may have been worked out from it.
      const first = own.filter(({ key, at }) => at > place && !key.includes('(')).reverse();
      return {
        before: new Map(own.filter(({ at }) => at < place).map(({ key, value }) => [key, value])),
        after: new Map(first.map(({ key, value }) => [key, value])),
      };
    },
    givenIn: (section) => given.filter((one) => one.section === section).map(({ equation }) => equation),
  };
}

interface SaidValue {
  readonly key: string;
  readonly value: MathNode;
  readonly at: number;
  readonly section: number;
}

/** The numbers that names and derivatives of names are said to be, in the order of the document. */
function valuesIn(read: readonly ReadFormula[]): SaidValue[] {
  return read.flatMap((one) =>
    linksOf(one.statements).flatMap((link): SaidValue[] => {
      const seen = view(link.left);
      const isNamed = seen.kind === 'symbol' || isSlope(link.left);
      if (!link.first || !isNamed || !isClosed(link.right)) return [];
      return [{ key: printText(link.left), value: link.right, at: placeOf(link, one), section: one.formula.section }];
    }),
  );
}

function isSlope(node: MathNode): boolean {
  const seen = view(node);
  return (
    seen.kind === 'call' &&
    seen.name === 'd' &&
    seen.args.length === 2 &&
    seen.args.every((arg) => view(arg).kind === 'symbol')
  );
}

function placeOf({ span }: Link, { formula }: ReadFormula): number {
  return formula.offsetAt(span.start);
}

/** A name as a function of others of which nothing else is known: `y = y(x)`. */
function asFunction(name: string, parameters: readonly string[]): WrittenDefinition {
  const head = symbolNode(name);
  return { kind: 'quantity', name, parameters: [], head, body: callNode(name, parameters.map(symbolNode)) };
}

/** The name y of d(y, x), d(d(y, x), x). */
function differentiated(node: MathNode): string | undefined {
  const seen = view(node);
  if (seen.kind !== 'call' || seen.name !== 'd' || seen.args.length !== 2) return undefined;
  const inner = view(seen.args[0] as MathNode);
  return inner.kind === 'symbol' ? inner.name : differentiated(seen.args[0] as MathNode);
}

/**
 * Names that nothing defines and that are differentiated somewhere by names: each with those that it depends on directly. In
 * dL/dw and dL/dz, with z differentiated by w, L depends on z alone.
 */
function movingNames(read: readonly ReadFormula[]): Map<string, readonly string[]> {
  const links = read.flatMap(({ statements }) => linksOf(statements));
  const defined = new Set(
    links.flatMap((link) =>
      link.head === undefined || link.lead !== undefined || isClosed(link.right) ? [] : [link.head.name],
    ),
  );
  // What is said to have the derivative 0 is a constant.
  for (const { left, right } of links) {
    const zero = view(right);
    const name = zero.kind === 'constant' && Number(zero.text) === 0 ? differentiated(left) : undefined;
    if (name !== undefined) defined.add(name);
  }
  const by = new Map<string, Set<string>>();
  const written: (readonly [name: string, args: readonly string[]])[] = [];
  const waiting = read.flatMap(({ statements }) => statements.flatMap(({ sides }) => sides.map(({ node }) => node)));
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    waiting.push(...partsOf(node));
    const args = seen.kind === 'call' ? seen.args.map(view) : [];
    if (seen.kind === 'call' && args.every((arg) => arg.kind === 'symbol')) {
      written.push([seen.name, args.map((arg) => (arg.kind === 'symbol' ? arg.name : ''))]);
    }
    if (seen.kind !== 'call' || seen.name !== 'd' || seen.args.length !== 2) continue;
    const [name, variable] = [differentiated(node), view(seen.args[1] as MathNode)];
    if (name === undefined || variable.kind !== 'symbol' || variable.name === name || defined.has(name)) continue;
    by.set(name, new Set([...(by.get(name) ?? []), variable.name]));
  }
  for (const [name, variable] of primedNames(links, defined)) {
    by.set(name, new Set([...(by.get(name) ?? []), variable]));
  }
  const definitions = new Map(
    links.flatMap(({ head, right }) => (head === undefined ? [] : [[head.name, right] as const])),
  );
  // Where z = f(x, y) says so, f depends on these in this order, and df/dx is the derivative by the first.
  const inOrder = ([name, on]: readonly [string, readonly string[]]): readonly [string, readonly string[]] => {
    const call = written.find(([callee, args]) => callee === name && on.every((one) => args.includes(one)));
    return [name, call === undefined ? on : call[1]];
  };
  return new Map([...withoutDetours(by, definitions)].map(inOrder));
}

/** What primes on expressions differentiate. */
function primedExpressions(links: readonly Link[]): readonly MathNode[] {
  const found: MathNode[] = [];
  const waiting = links.flatMap(({ left, right }) => [left, right]);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    if (seen.kind === 'call' && seen.name === expressionPrime) found.push(node);
    waiting.push(...partsOf(node));
  }
  return found;
}

/** Names with a prime that an equation joins to one other name: the y' of x^2 + y^2 = 25 is dy/dx. */
function primedNames(links: readonly Link[], defined: ReadonlySet<string>): (readonly [string, string])[] {
  const all = links.flatMap(({ left, right }) => [...namesIn(left), ...namesIn(right)]);
  const primed = new Set(all.flatMap((name) => /^(.+?)(?:_prime)+$/.exec(name)?.[1] ?? []));
  const within = primedExpressions(links).map((node) => namesIn(node));
  return [...primed].flatMap((name) => {
    if (defined.has(name)) return [];
    // (f g)' = f' g + f g': f and g are functions of one variable, whatever it is.
    const beside = within.find((names) => names.has(name));
    if (beside !== undefined) return primed.has('x') ? [] : [[name, 'x'] as const];
    for (const { left, right, head } of links) {
      const names = new Set([...namesIn(left), ...namesIn(right)].filter((one) => one !== 'e' && one !== 'pi'));
      if (!names.has(name) || head !== undefined || [...names].some((one) => one.endsWith('_prime'))) continue;
      const others = [...names].filter((one) => one !== name);
      const variable = others.length === 1 ? others[0] : others.find((one) => one === 'x' || one === 't');
      if (variable !== undefined) return [[name, variable] as const];
    }
    return [];
  });
}

/** Leaves out what a name depends on through another; a circle of names says nothing about any of them. */
function withoutDetours(
  by: ReadonlyMap<string, ReadonlySet<string>>,
  definitions: ReadonlyMap<string, MathNode>,
): Map<string, readonly string[]> {
  const below = (name: string): readonly string[] => {
    const body = definitions.get(name);
    return [...(by.get(name) ?? []), ...(body === undefined ? [] : namesIn(body))];
  };
  const reach = (from: string): Set<string> => {
    const reached = new Set(below(from));
    for (const one of reached) for (const next of below(one)) reached.add(next);
    return reached;
  };
  const found = new Map<string, readonly string[]>();
  for (const [name, variables] of by) {
    if (reach(name).has(name)) continue;
    const direct = [...variables].filter(
      (one) => ![...variables].some((other) => other !== one && reach(other).has(one)),
    );
    found.set(name, direct);
  }
  return found;
}

/** The names by which something is differentiated, and the parameters of functions. */
function variablesIn(read: readonly ReadFormula[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { statements } of read) {
    for (const { head } of linksOf(statements)) {
      if (head?.kind === 'function') for (const name of head.parameters) names.add(name);
    }
    const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
    for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
      const seen = view(node);
      waiting.push(...partsOf(node));
      const by =
        seen.kind === 'call' && seen.name === 'd' && seen.args[1] !== undefined ? view(seen.args[1]) : undefined;
      if (by?.kind === 'symbol') names.add(by.name);
    }
  }
  return names;
}

/**
 * `v(t) = r'(t)`, then `v(t) = 2t`: the second works out the first, as what was said first rests on other definitions or holds a
 * derivative, and the second has no names but those.
 */
function isEvaluation({ head, right }: Link, table: DefinitionTable): boolean {
  const before = head === undefined ? undefined : table[head.kind].get(head.name);
  if (
    before === undefined ||
    head === undefined ||
    isDependence({ left: before.head, right: before.body, first: true })
  )
    return false;
  const rests = restsOnOthers(writeOut(before.body, table), table);
  const names = new Set([...before.parameters, ...leavesBelow(before, table), 'e', 'pi']);
  return rests && [...namesIn(writeOut(right, table))].every((name) => names.has(name) || table.quantity.has(name));
}

function restsOnOthers(node: MathNode, table: DefinitionTable): boolean {
  const seen = view(node);
  if (seen.kind === 'symbol') return table.quantity.has(seen.name);
  if (seen.kind === 'call' && (seen.name === 'd' || table.function.has(seen.name.replace(/'+$/, '')))) return true;
  return partsOf(node).some((part) => restsOnOthers(part, table));
}

function leavesBelow({ body }: WrittenDefinition, table: DefinitionTable): readonly string[] {
  return [...namesIn(writeOut(body, table))].flatMap((name) => [name, ...leavesOf(name, table)]);
}
