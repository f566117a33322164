/**
 * The backward pass: each adjoint once, from the output to the inputs, shared by all variables that need it (Linnainmaa 1976;
 * Rumelhart, Hinton, Williams 1986; Griewank and Walther, Evaluating Derivatives, 2008, chapter 3). So all derivatives together
 * have the size of the function, whatever their number (Baur and Strassen, "The complexity of partial derivatives", 1983).
 */

import type { RuleContext } from '../rules/rule.ts';
import { add, addAll, derivative, element, index, sum, symbol } from '../term/construct.ts';
import { setShape, shapeOf } from '../term/dims.ts';
import { freeIndices, freshIndexOutside } from '../term/inspect.ts';
import { type Definition, expand, symbolsOf, variableSymbol } from '../term/substitute.ts';
import type { IndexTerm, SymbolTerm, Term, Variable } from '../term/term.ts';
import { adjointSuffix } from '../writing/raise.ts';
import { createContext } from './context.ts';

/** What is differentiated, in named intermediates, each resting on earlier ones only. */
export interface Program {
  readonly target: Term;
  readonly lets: readonly Definition[];
  readonly variables: readonly Variable[];
}

/** The adjoint of one node of a program: the derivative of the output by it. */
export interface NodeAdjoint {
  readonly of: Variable;
  readonly adjoint: Variable;
  readonly value: Term;
  readonly wanted: boolean;
}

/** How local derivatives are weighted and carried out. */
export interface LocalRules {
  readonly weighted: (upstream: Term, of: Term, by: Variable) => Term;
  readonly carryOut: (term: Term, context: RuleContext) => Term;
  readonly present: (term: Term) => Term;
}

/** A definition that uses a node, the addends of its body in which the node stands, and the definition's own adjoint. */
interface User {
  readonly definition: Definition;
  readonly within: Term;
  readonly adjoint: NodeAdjoint;
}

/** Adjoints from the output to the variables, of those nodes on which a variable rests. */
export function backwardPass(
  { target, lets, variables }: Program,
  taken: ReadonlySet<string>,
  calculus: LocalRules,
): NodeAdjoint[] {
  const path = findPath(variables, lets);
  const lastUsers = new Map<SymbolTerm, Definition>();
  for (const one of path) for (const name of symbolsOf(one.body)) lastUsers.set(name, one);
  const users = new Map<SymbolTerm, User[]>();
  const adjoints: NodeAdjoint[] = [];
  const ofTarget = addendsByName(target);
  const visit = (of: Variable, wanted: boolean): NodeAdjoint => {
    const base = variableSymbol(of);
    const value = adjointValue(of, ofTarget.get(base), users.get(base) ?? [], taken, calculus);
    const bar = symbol(base.name + adjointSuffix, base.axes);
    const shape = shapeOf(base);
    if (shape !== undefined) setShape(bar, { ...shape, traits: new Set(), varied: false });
    const adjoint = of.kind === 'element' ? element(bar, of.indices) : bar;
    const node: NodeAdjoint = { of, adjoint, value, wanted };
    adjoints.push(node);
    return node;
  };
  // A variable comes right after the last of its users.
  const waiting = new Map<Definition | undefined, Set<Variable>>();
  for (const variable of variables) {
    const after = lastUsers.get(variableSymbol(variable));
    waiting.set(after, (waiting.get(after) ?? new Set()).add(variable));
  }
  const visitVariables = (after: Definition | undefined): void => {
    for (const variable of waiting.get(after) ?? []) visit(variable, true);
  };
  visitVariables(undefined);
  for (const definition of path) {
    const at = definition.parameters.map((parameter) => memberIndex(parameter, taken));
    const of = at.length === 0 ? definition.symbol : element(definition.symbol, at);
    const adjoint = visit(of, false);
    for (const [name, within] of addendsByName(definition.body)) {
      const user = { definition, within, adjoint };
      const known = users.get(name);
      if (known === undefined) users.set(name, [user]);
      else known.push(user);
    }
    visitVariables(definition);
  }
  return adjoints;
}

/** The definitions that rest on a variable, from the output to the inputs; a variable that is defined stands for itself. */
function findPath(variables: readonly Variable[], lets: readonly Definition[]): readonly Definition[] {
  const roots = new Set(variables.map(variableSymbol));
  const moving = new Set<SymbolTerm>(roots);
  const path: Definition[] = [];
  for (const one of lets) {
    if (roots.has(one.symbol) || ![...symbolsOf(one.body)].some((name) => moving.has(name))) continue;
    moving.add(one.symbol);
    path.push(one);
  }
  return path.reverse();
}

/** The member of a family whose adjoint is written down: the variable's own index where there is one. */
function memberIndex(parameter: IndexTerm, taken: ReadonlySet<string>): IndexTerm {
  const [own] = taken;
  return own === undefined ? parameter : index(own);
}

/**
 * By name the part of a sum in which it stands: only that counts in a derivative by it, and a sum may be very long. A number that
 * stands for every entry of a vector does so beside the vector alone.
 */
function addendsByName(term: Term): ReadonlyMap<SymbolTerm, Term> {
  const isWhole = term.kind !== 'add' || term.terms.some(({ rank }) => rank !== term.rank);
  if (isWhole) return new Map([...symbolsOf(term)].map((name) => [name, term]));
  const found = new Map<SymbolTerm, Term[]>();
  for (const one of term.terms) {
    for (const name of symbolsOf(one)) {
      const known = found.get(name);
      if (known === undefined) found.set(name, [one]);
      else known.push(one);
    }
  }
  return new Map([...found].map(([name, terms]) => [name, addAll(terms)]));
}

/** The sum over all users of a node: their adjoint times the local derivative. */
function adjointValue(
  of: Variable,
  target: Term | undefined,
  users: readonly User[],
  taken: ReadonlySet<string>,
  calculus: LocalRules,
): Term {
  const local = createContext([], [of]);
  const parts: Term[] = [];
  if (target !== undefined) parts.push(calculus.carryOut(derivative(target, of), local));
  for (const { definition, within, adjoint } of users) {
    const outside = new Set([...taken, ...freeIndices(of), ...freeIndices(within)]);
    // The sum over the members of the user must not bind an index of the node: p[k] rests on z[i] where k = i.
    const reserved = new Set([...taken, ...freeIndices(of)]);
    const fresh = definition.parameters.map((parameter) => {
      const name = reserved.has(parameter.name) ? freshIndexOutside(outside) : parameter.name;
      outside.add(name);
      return index(name);
    });
    const member = fresh.length === 0 ? definition.symbol : element(definition.symbol, fresh);
    const body = expand(member, new Map([[definition.symbol, { ...definition, body: within }]]));
    const bar = variableSymbol(adjoint.adjoint);
    const upstream = fresh.length === 0 ? bar : element(bar, fresh);
    const product = calculus.weighted(upstream, body, of);
    parts.push(
      calculus.carryOut(
        fresh.reduceRight<Term>((inner, over) => sum(over, inner), product),
        local,
      ),
    );
  }
  return calculus.present(add(...parts));
}
