/**
 * The value driver, reverse: adjoints from the output to the variables, each once (Linnainmaa 1976; Griewank and
 * Walther, Evaluating Derivatives, 2008, chapter 3). The gradient comes out as a program: definitions, each resting on
 * those before it, and the derivatives in their names. So it has the size of the function, whatever the number of
 * variables (Baur and Strassen, "The complexity of partial derivatives", 1983).
 */

import { derivativeOnce } from '../rules/derivative-rules.ts';
import type { RuleContext } from '../rules/rule.ts';
import { addAll, delta, derivative, multiply, multiplyAll, number, one, symbol, zero } from '../term/construct.ts';
import { partsBelow } from '../term/inspect.ts';
import { type Definition, variableSymbol } from '../term/substitute.ts';
import {
  type ElementTerm,
  type MultiplyTerm,
  type SymbolTerm,
  storeSize,
  type Term,
  type Variable,
} from '../term/term.ts';
import { adjointSuffix } from '../writing/raise.ts';
import { createContext } from './context.ts';
import { resolve } from './value.ts';

/** A gradient as a program. */
export interface ReversePass {
  /** Adjoints and partial products, in the order in which they are computed: each rests on earlier ones only. */
  readonly lets: readonly Definition[];
  /** The derivatives in the order of the variables, in terms of the expression's own names and of the `lets`. */
  readonly results: readonly Term[];
}

/**
 * What the pass knows, and what it collects on its way. Marks and shares are kept by the ids of terms, which count from 1
 * within a store: maps keyed by terms took most of the time.
 */
interface Pass {
  readonly context: RuleContext;
  readonly definitions: readonly Definition[];
  readonly variables: readonly Variable[];
  /** The members of each family that are asked for. */
  readonly members: ReadonlyMap<SymbolTerm, Members>;
  /** 1 for the terms whose value changes with a variable, 2 for the variables themselves. */
  readonly moving: Uint8Array;
  /** Names that are taken. */
  readonly names: Set<string>;
  readonly lets: Definition[];
  /** What each node and each variable has been handed from above: nearly always one term. */
  readonly shares: (Term | Term[] | undefined)[];
  readonly local: Local;
}

/** The derivative of a node by one of its parts: a context in which this part is the variable, made once. */
interface Local {
  node: Term | undefined;
  part: Term | undefined;
  readonly context: RuleContext;
}

function createLocal({ definitions, taken, components, extents }: RuleContext): Local {
  const local: Local = {
    node: undefined,
    part: undefined,
    context: {
      definitions,
      taken,
      components,
      extents,
      depends: (term) => term === local.part || term === local.node,
      inner: (term) => (term === local.part ? one() : zero()),
    },
  };
  return local;
}

/**
 * The derivatives of a scalar `target` by all `variables` in one pass. Sums over an index, inner products and families
 * of intermediates are differentiated forward, each by every variable in it; all else costs a constant for each part of
 * a node. A variable that has a definition of its own, such as an intermediate, stands for itself, and hands on to what
 * it is defined by.
 *
 *     reverse(tanh(v * tanh(w * x)), [v, w])
 *     // lets: v1_bar = 1 - tanh(v * tanh(w * x))^2, ...; results: v1_bar * tanh(w * x), ...
 */
export function reverse(
  target: Term,
  variables: readonly Variable[],
  definitions: readonly Definition[] = [],
): ReversePass {
  const context: RuleContext = { ...createContext(definitions, []), taken: createContext([], variables).taken };
  const order = partsFirst(target, context);
  const pass: Pass = {
    context,
    definitions,
    variables,
    members: groupMembers(variables),
    moving: findMoving(order, variables, context),
    names: new Set(order.flatMap((term) => (term.kind === 'symbol' && isAdjointName(term.name) ? [term.name] : []))),
    lets: [],
    shares: new Array(storeSize() + 1),
    local: createLocal(context),
  };
  handOver(pass, target, one());
  for (let at = order.length - 1; at >= 0; at--) {
    const node = order[at] as Term;
    const received = receivedBy(pass, node);
    if (received !== undefined) propagate(pass, node, received);
  }
  return { lets: pass.lets, results: variables.map((variable) => receivedBy(pass, variable) ?? zero()) };
}

function handOver({ shares }: Pass, part: Term, share: Term): void {
  const known = shares[part.id];
  if (known === undefined) shares[part.id] = share;
  else if (Array.isArray(known)) known.push(share);
  else shares[part.id] = [known, share];
}

/** The sum of what a node has been handed. */
function receivedBy({ shares }: Pass, node: Term): Term | undefined {
  const received = shares[node.id];
  return Array.isArray(received) ? addAll(received) : received;
}

/** The terms on which `target` rests, through definitions, each after those on which it rests itself. */
function partsFirst(target: Term, { definitions }: RuleContext): Term[] {
  if (definitions.size === 0) return partsBelow(target);
  const order: Term[] = [];
  const seen = new Set<Term>([target]);
  const open: { readonly term: Term; next: number }[] = [{ term: target, next: 0 }];
  for (let top = open[0]; top !== undefined; top = open[open.length - 1]) {
    const body = top.term.kind === 'symbol' ? definitions.get(top.term)?.body : undefined;
    const part = body === undefined ? top.term.parts[top.next++] : top.next++ === 0 ? body : undefined;
    if (part === undefined) {
      order.push(top.term);
      open.pop();
    } else if (!seen.has(part)) {
      seen.add(part);
      open.push({ term: part, next: 0 });
    }
  }
  return order;
}

const variableMark = 2;

function findMoving(order: readonly Term[], variables: readonly Variable[], { definitions }: RuleContext): Uint8Array {
  const moving = new Uint8Array(storeSize() + 1);
  for (const variable of variables) {
    moving[variableSymbol(variable).id] = 1;
    moving[variable.id] = variableMark;
  }
  for (const term of order) {
    if (moving[term.id] !== 0) continue;
    const body = term.kind === 'symbol' ? definitions.get(term)?.body : undefined;
    if (body === undefined ? someMoves(term.parts, moving) : moving[body.id] !== 0) moving[term.id] = 1;
  }
  return moving;
}

function someMoves(parts: readonly Term[], moving: Uint8Array): boolean {
  for (const part of parts) if (moving[part.id] !== 0) return true;
  return false;
}

/** The wanted members of one family, and those of them whose indices are not numbers. */
interface Members {
  readonly all: ElementTerm[];
  readonly open: ElementTerm[];
}

function groupMembers(variables: readonly Variable[]): Map<SymbolTerm, Members> {
  const groups = new Map<SymbolTerm, Members>();
  for (const variable of variables) {
    if (variable.kind !== 'element') continue;
    const group = groups.get(variable.base) ?? { all: [], open: [] };
    groups.set(variable.base, group);
    group.all.push(variable);
    if (!isLiteral(variable)) group.open.push(variable);
  }
  return groups;
}

function isLiteral(element: ElementTerm): boolean {
  return element.indices.every((at) => at.kind === 'number');
}

/** Hands the adjoint of a node on to its parts. */
function propagate(pass: Pass, node: Term, adjoint: Term): void {
  switch (node.kind) {
    case 'symbol': {
      const definition = pass.context.definitions.get(node);
      if (definition !== undefined && pass.moving[definition.body.id] !== 0)
        handOver(pass, definition.body, define(pass, adjoint, node.name));
      break;
    }
    case 'element':
      if (pass.context.definitions.has(node.base)) differentiateForward(pass, node, adjoint);
      else matchMembers(pass, node, adjoint);
      break;
    case 'add': {
      const own = define(pass, adjoint);
      for (const term of node.terms) if (pass.moving[term.id] !== 0) handOver(pass, term, own);
      break;
    }
    case 'multiply':
      propagateProduct(pass, node, adjoint);
      break;
    case 'power':
    case 'apply':
    case 'cases':
      propagateByRule(pass, node, adjoint);
      break;
    default:
      differentiateForward(pass, node, adjoint);
  }
}

/** Of d x[i] / d x[j] is left delta(i, j). The member that a node is itself has its share already. */
function matchMembers(pass: Pass, node: ElementTerm, adjoint: Term): void {
  const members = pass.members.get(node.base);
  if (members === undefined) return;
  const own = define(pass, adjoint);
  for (const member of isLiteral(node) ? members.open : members.all) {
    if (member === node || member.indices.length !== node.indices.length) continue;
    const deltas = node.indices.map((at, k) => delta(at, member.indices[k] as Term));
    handOver(pass, member, multiply(own, ...deltas));
  }
}

/** Products of up to so many factors are written out for each of them; longer ones share their beginnings and ends. */
const mostWrittenOut = 4;

/** Each factor is handed the adjoint times all others: what stands before it times what stands after it. */
function propagateProduct(pass: Pass, node: MultiplyTerm, adjoint: Term): void {
  const factors: Term[] = [];
  const fixed: Term[] = node.rest === undefined ? [adjoint] : [adjoint, number(node.coefficient)];
  for (const factor of node.factors) (pass.moving[factor.id] === 0 ? fixed : factors).push(factor);
  const outer = multiplyAll(fixed);
  const whole = factors.length > 1 ? define(pass, outer) : shorten(pass, outer);
  if (factors.length <= mostWrittenOut) {
    for (const factor of factors)
      handOver(pass, factor, multiplyAll([whole, ...factors.filter((one) => one !== factor)]));
    return;
  }
  const after: Term[] = [whole];
  for (let at = factors.length - 1; at > 0; at--) {
    after.push(define(pass, multiply(after[after.length - 1] as Term, factors[at] as Term)));
  }
  let before: Term = one();
  factors.forEach((factor, at) => {
    handOver(pass, factor, multiply(before, after[factors.length - 1 - at] as Term));
    before = define(pass, multiply(before, factor));
  });
}

/** The share of one part comes from the rule itself: with the inner derivative 1 for this part and 0 for all others. */
function propagateByRule(pass: Pass, node: Term, adjoint: Term): void {
  const parts: Term[] = [];
  for (const part of node.parts) {
    if (pass.moving[part.id] !== 0 && part.kind !== 'relation' && !parts.includes(part)) parts.push(part);
  }
  const own = parts.length > 1 ? define(pass, adjoint) : shorten(pass, adjoint);
  const slopes: Term[] = [];
  for (const part of parts) {
    const slope = slopeBy(pass, node, part);
    if (slope === undefined || slope.inert) {
      differentiateForward(pass, node, own);
      return;
    }
    slopes.push(slope);
  }
  for (let at = 0; at < parts.length; at++) handOver(pass, parts[at] as Term, multiply(own, slopes[at] as Term));
}

function slopeBy({ local, variables }: Pass, node: Term, part: Term): Term | undefined {
  local.node = node;
  local.part = part;
  return derivativeOnce(node, variables[0] as Variable, local.context);
}

/** What has no parts of its own to hand on to is differentiated forward, by each variable in it. */
function differentiateForward(pass: Pass, node: Term, adjoint: Term): void {
  const own = define(pass, adjoint);
  for (const variable of pass.variables) {
    if (variable === node || !pass.context.depends(node, variable)) continue;
    const context = createContext(pass.definitions, [variable]);
    handOver(pass, variable, multiply(own, resolve(derivative(node, variable), context)));
  }
}

/** Longer sums and products than this get a name even where they are used once, lest they grow from node to node. */
const mostUnnamed = 6;

function shorten(pass: Pass, value: Term): Term {
  return value.parts.length > mostUnnamed ? define(pass, value) : value;
}

function isAdjointName(name: string): boolean {
  return name.endsWith(adjointSuffix);
}

const noParameters: Definition['parameters'] = [];

/** A name for `value`, unless it is as short as one. */
function define(pass: Pass, value: Term, of?: string): Term {
  if (value.parts.length === 0 || value.kind === 'element') return value;
  let name = of === undefined ? `v${pass.lets.length + 1}${adjointSuffix}` : `${of}${adjointSuffix}`;
  while (pass.names.has(name)) name = `${name.slice(0, -adjointSuffix.length)}_${adjointSuffix}`;
  // Those that are counted are all different, but a definition may have the name of one.
  if (pass.definitions.length > 0) pass.names.add(name);
  const defined = symbol(name);
  pass.lets.push({ symbol: defined, parameters: noParameters, body: value });
  return defined;
}
