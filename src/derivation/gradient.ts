/**
 * The backward pass: each adjoint once, from the output to the inputs, shared by all parameters that need it
 * (Linnainmaa 1976; Rumelhart, Hinton, Williams 1986; Griewank and Walther, Evaluating Derivatives, 2008, chapter 3).
 */

import { createContext } from '../calculus/context.ts';
import { traceMatrix } from '../calculus/matrix-trace.ts';
import { present } from '../calculus/present.ts';
import { presentMatrix, withProperties } from '../calculus/present-matrix.ts';
import { resolve } from '../calculus/value.ts';
import type { Certificate } from '../oracle/certificate.ts';
import { combineCertificates, unverified } from '../oracle/combine.ts';
import type { RuleContext } from '../rules/rule.ts';
import { printText } from '../syntax/print.ts';
import { add, derivative, element, index, mapParts, multiply, sum, symbol } from '../term/construct.ts';
import { setShape, shapeOf } from '../term/dims.ts';
import { freeIndices, freshIndexOutside, settle } from '../term/inspect.ts';
import type { Model } from '../term/model.ts';
import { adjointSuffix, type RaiseOptions, raise } from '../term/raise.ts';
import { type Definition, type Definitions, expand, mentions, symbolsOf, variableSymbol } from '../term/substitute.ts';
import { pullback, together } from '../term/tensor.ts';
import type { IndexTerm, SymbolTerm, Term, Variable } from '../term/term.ts';
import { type BuildOptions, describeProblemStatement, printLets, updateRule } from './build.ts';
import { countProducts, type ProductCount, sumCounts } from './count.ts';
import type { Adjoint, Gradient } from './derivation.ts';
import { footprint } from './footprint.ts';
import { levelsOf, type NamedModel } from './naming.ts';
import { type Print, saysSoftmax } from './printer.ts';

/** The adjoint of one node of the model: the derivative of the output by it. */
interface NodeAdjoint {
  readonly of: Variable;
  readonly adjoint: Variable;
  readonly value: Term;
  readonly wanted: boolean;
}

/** A definition that uses a node, and its own adjoint. */
interface User {
  readonly definition: Definition;
  readonly adjoint: NodeAdjoint;
}

/** All wanted derivatives by one backward pass over the intermediates. */
export function buildGradient(model: Model, named: NamedModel, options: BuildOptions): Gradient {
  const taken = new Set(model.variables.flatMap((variable) => [...freeIndices(variable)]));
  const raiseOptions: RaiseOptions = {
    taken,
    levels: levelsOf(named),
    softmax: saysSoftmax(model),
    rows: model.tensors,
  };
  const calculus = model.tensors ? ofMatrices(model, named) : ofScalars;
  const print: Print = (term) => printText(raise(term, raiseOptions));
  const adjoints = backwardPass(model, named, taken, calculus);
  const adjointDefinitions = new Map<SymbolTerm, Definition>(adjoints.map(adjointDefinition));
  const letsBySymbol = new Map(named.lets.map((one) => [one.symbol, one]));
  const counts = new Map<Term, number>();
  const all: Definitions = new Map([...letsBySymbol, ...adjointDefinitions]);
  const nodes = new Map(adjoints.map((one) => [one.of, one]));
  const results = model.variables.map((variable) => {
    const own = nodes.get(variable) as NodeAdjoint;
    const result = calculus.result(own.value, adjointDefinitions);
    const isShort = calculus.isShort(result, all, counts);
    const whole = isShort || options.oracle !== undefined ? expand(result, adjointDefinitions) : result;
    const certificate = options.oracle?.compare(derivative(named.target, variable), whole) ?? unverified;
    const written = isShort ? expand(whole, without(letsBySymbol, variable)) : result;
    return { variable, result, certificate, expanded: print(written) };
  });
  const certificates = adjoints.map((one) => certifyAdjoint(one, named, adjointDefinitions, options));
  const feet = calculus
    .needs(results, adjoints)
    .map(({ variable, result }) => footprint(result, named, variable, print));
  return {
    schema: 'chainrule/gradient/1',
    problem: describeProblemStatement(model, named, model.variables, options, print),
    formula: print(expand(named.target, letsBySymbol)),
    lets: printLets(named, print),
    adjoints: adjoints.map((one, at) => printAdjoint(one, certificates[at] as Certificate, print)),
    results: results.map(({ variable, result, expanded }) => ({
      wrt: print(variable),
      result: print(result),
      expanded,
      resultShape: shapeName(variable),
    })),
    operations: model.tensors ? notCounted : countOperations(adjoints, results),
    uses: [...new Set(feet.flatMap(({ uses }) => uses))],
    unused: (feet[0]?.unused ?? []).filter((name) => feet.every(({ unused }) => unused.includes(name))),
    ...(options.update === undefined
      ? {}
      : {
          updates: results.map(({ variable, result }) =>
            updateRule(variable, options.update as string, result, (term) => raise(term, raiseOptions)),
          ),
        }),
    certificate: combineCertificates([...certificates, ...results.map((one) => one.certificate)]),
  };
}

const notCounted = { shared: '', separate: '' };

function countOperations(
  adjoints: readonly NodeAdjoint[],
  results: readonly { readonly variable: Variable; readonly result: Term }[],
): Gradient['operations'] {
  return {
    shared: printCount(sumCounts(adjoints.map((one) => countProducts(one.value, one.of)))),
    separate: printCount(sumCounts(results.map(({ variable, result }) => countProducts(result, variable)))),
  };
}

/** Adjoints from the output to the variables, of those nodes on which a variable rests. */
function backwardPass(
  model: Model,
  named: NamedModel,
  taken: ReadonlySet<string>,
  calculus: LocalCalculus,
): NodeAdjoint[] {
  const path = findPath(model, named);
  const lastUsers = new Map<SymbolTerm, Definition>();
  for (const one of path) for (const name of symbolsOf(one.body)) lastUsers.set(name, one);
  const users = new Map<SymbolTerm, User[]>();
  const adjoints: NodeAdjoint[] = [];
  const visit = (of: Variable, wanted: boolean): NodeAdjoint => {
    const value = adjointValue(of, named.target, users.get(variableSymbol(of)) ?? [], taken, calculus);
    const base = variableSymbol(of);
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
  for (const variable of model.variables) {
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
    const user = { definition, adjoint: visit(of, false) };
    for (const name of symbolsOf(definition.body)) {
      const known = users.get(name);
      if (known === undefined) users.set(name, [user]);
      else known.push(user);
    }
    visitVariables(definition);
  }
  return adjoints;
}

/** The definitions that rest on a variable, from the output to the inputs; a variable that is defined stands for itself. */
function findPath(model: Model, named: NamedModel): readonly Definition[] {
  const roots = new Set(model.variables.map(variableSymbol));
  const moving = new Set<SymbolTerm>(roots);
  const path: Definition[] = [];
  for (const one of named.lets) {
    if (roots.has(one.symbol) || ![...symbolsOf(one.body)].some((name) => moving.has(name))) continue;
    moving.add(one.symbol);
    path.push(one);
  }
  return path.reverse();
}

function without(definitions: ReadonlyMap<SymbolTerm, Definition>, variable: Variable): Definitions {
  const base = variableSymbol(variable);
  if (!definitions.has(base)) return definitions;
  return new Map([...definitions].filter(([name]) => name !== base));
}

/** The member of a family whose adjoint is written down: the variable's own index where there is one. */
function memberIndex(parameter: IndexTerm, taken: ReadonlySet<string>): IndexTerm {
  const [own] = taken;
  return own === undefined ? parameter : index(own);
}

/** A variable and the derivative by it. */
interface Derived {
  readonly variable: Variable;
  readonly result: Term;
}

/** How local derivatives are weighted, carried out and written. */
interface LocalCalculus {
  readonly weighted: (upstream: Term, of: Term, by: Variable) => Term;
  readonly carryOut: (term: Term, context: RuleContext) => Term;
  readonly present: (term: Term) => Term;
  /** What is shown as the derivative by a variable. */
  readonly result: (value: Term, adjoints: ReadonlyMap<SymbolTerm, Definition>) => Term;
  /** Whether the derivative with all names put back can be read. */
  readonly isShort: (term: Term, definitions: Definitions, counts: Map<Term, number>) => boolean;
  /** The terms from which one sees what is needed. */
  readonly needs: (results: readonly Derived[], adjoints: readonly NodeAdjoint[]) => readonly Derived[];
}

const ofScalars: LocalCalculus = {
  weighted: (upstream, of, by) => multiply(upstream, derivative(of, by)),
  carryOut: resolve,
  present,
  result: (value, adjoints) => present(expand(value, adjoints)),
  isShort: () => true,
  needs: (results) => results,
};

/** Results of matrix calculus stay in the names of the adjoints: that is the delta recursion. */
function ofMatrices(model: Model, named: NamedModel): LocalCalculus {
  const names = namesByBody(named);
  const structured = model.variables.filter((one) => (shapeOf(variableSymbol(one))?.traits.size ?? 0) > 0);
  return {
    weighted: (upstream, of, by) =>
      of.rank === 0 ? multiply(upstream, derivative(of, by)) : pullback(upstream, of, by),
    carryOut: (term, context) => traceMatrix(term, context).result,
    present: (term) => presentMatrix(withProperties(nameAgain(term, names), structured)),
    result: (value) => value,
    isShort: (term, definitions, counts) => countWritten(term, definitions, counts) <= mostWritten,
    needs: (results, adjoints) => {
      const bars = new Set<Term>(adjoints.map((one) => variableSymbol(one.adjoint)));
      const parts = adjoints.flatMap((one) => atomsOf(one.value)).filter((part) => !bars.has(part));
      const [first] = results;
      return first === undefined ? [] : [{ variable: first.variable, result: together([...new Set(parts)]) }];
    },
  };
}

/** The names of intermediates for what they stand for: 1 - tanh(W h + b)^2 is 1 - a^2. */
function namesByBody({ lets }: NamedModel): ReadonlyMap<Term, Term> {
  return new Map<Term, Term>(
    lets.flatMap(({ symbol: name, parameters, body }) =>
      parameters.length === 0 && body.parts.length > 0 ? [[body, name] as const] : [],
    ),
  );
}

function nameAgain(term: Term, names: ReadonlyMap<Term, Term>): Term {
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    const known = memo.get(part) ?? names.get(part);
    if (known !== undefined) return known;
    const result = mapParts(part, noIndices, visit);
    memo.set(part, result);
    return result;
  };
  return names.size === 0 ? term : settle(term, visit);
}

const noIndices: ReadonlySet<string> = new Set();

/** Names, elements and applied functions in a term. */
function atomsOf(term: Term): Term[] {
  if (term.kind === 'symbol' || term.kind === 'element' || (term.kind === 'apply' && term.generic)) return [term];
  return term.parts.flatMap(atomsOf);
}

/** Most parts of an expanded derivative that are written out. */
const mostWritten = 300;

/** The number of parts of a term as text, with all names put back. */
function countWritten(term: Term, definitions: Definitions, counts: Map<Term, number>): number {
  const visit = (part: Term): number => {
    const known = counts.get(part);
    if (known !== undefined) return known;
    counts.set(part, 1);
    const body = part.kind === 'symbol' ? definitions.get(part)?.body : undefined;
    const count = body === undefined ? part.parts.reduce((sum, one) => sum + visit(one), 1) : visit(body);
    counts.set(part, count);
    return count;
  };
  return settle(term, visit);
}

/** The sum over all users of a node: their adjoint times the local derivative. */
function adjointValue(
  of: Variable,
  target: Term,
  users: readonly User[],
  taken: ReadonlySet<string>,
  calculus: LocalCalculus,
): Term {
  const local = createContext([], [of]);
  const parts: Term[] = [];
  const base = variableSymbol(of);
  if (mentions(target, base)) parts.push(calculus.carryOut(derivative(target, of), local));
  for (const { definition, adjoint } of users) {
    const outside = new Set([...taken, ...freeIndices(of), ...freeIndices(definition.body)]);
    const fresh = definition.parameters.map((parameter) => {
      const name =
        outside.has(parameter.name) && taken.has(parameter.name) ? freshIndexOutside(outside) : parameter.name;
      outside.add(name);
      return index(name);
    });
    const member = fresh.length === 0 ? definition.symbol : element(definition.symbol, fresh);
    const body = expand(member, new Map([[definition.symbol, definition]]));
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

function adjointDefinition(one: NodeAdjoint): [SymbolTerm, Definition] {
  const base = variableSymbol(one.adjoint);
  const parameters =
    one.of.kind === 'element' ? (one.of.indices.filter((at) => at.kind === 'index') as IndexTerm[]) : [];
  return [base, { symbol: base, parameters, body: one.value }];
}

/** An adjoint is right if it is the derivative of the output by its node, all other adjoints put in. */
function certifyAdjoint(
  one: NodeAdjoint,
  named: NamedModel,
  definitions: ReadonlyMap<SymbolTerm, Definition>,
  options: BuildOptions,
): Certificate {
  return options.oracle?.compare(derivative(named.target, one.of), expand(one.value, definitions)) ?? unverified;
}

function printAdjoint(one: NodeAdjoint, certificate: Certificate, print: Print): Adjoint {
  return {
    of: print(one.of),
    name: print(one.adjoint),
    expression: print(one.value),
    wanted: one.wanted,
    shape: shapeName(one.of),
    certificate,
  };
}

function shapeName({ rank }: Term): string {
  return ['scalar', 'vector', 'matrix'][rank] ?? 'tensor';
}

function printCount(count: ProductCount): string {
  const terms = [
    ...(count.once > 0 ? [String(count.once)] : []),
    ...(count.perMember > 0 ? [count.perMember === 1 ? 'n' : `${count.perMember} * n`] : []),
    ...(count.perComponent > 0 ? [count.perComponent === 1 ? 'n * d' : `${count.perComponent} * n * d`] : []),
  ];
  return terms.length === 0 ? '0' : terms.join(' + ');
}
