/**
 * The backward pass: each adjoint once, from the output to the inputs, shared by all parameters that need it
 * (Linnainmaa 1976; Rumelhart, Hinton, Williams 1986; Griewank and Walther, Evaluating Derivatives, 2008, chapter 3).
 */

import { createContext } from '../calculus/context.ts';
import type { Certificate } from '../certificate.ts';
import type { Model } from '../meaning/model.ts';
import { combineCertificates, unresolvedCertificate, unverified } from '../oracle/combine.ts';
import { printText } from '../syntax/print.ts';
import { add, derivative, element, index, sum, symbol } from '../term/construct.ts';
import { setShape, shapeOf } from '../term/dims.ts';
import { freeIndices, freshIndexOutside, partsBelow } from '../term/inspect.ts';
import { type Definition, expand, mentions, symbolsOf, variableSymbol } from '../term/substitute.ts';
import { isTensor } from '../term/tensor/base.ts';
import type { IndexTerm, SymbolTerm, Term, Variable } from '../term/term.ts';
import { adjointSuffix, type RaiseOptions, raise } from '../writing/raise.ts';
import { type BuildOptions, describeProblemStatement, printLets, updateRule } from './build.ts';
import { countProducts, type ProductCount, sumCounts } from './count.ts';
import type { Adjoint, Gradient } from './derivation.ts';
import { footprint } from './footprint.ts';
import { type LocalCalculus, type NodeAdjoint, ofMatrices, ofScalars } from './local-calculus.ts';
import { levelsOf, type NamedModel } from './naming.ts';
import { habitsOf, type Print } from './printer.ts';
import type { WrittenOut } from './written-out.ts';
import { expandShort } from './written-size.ts';

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
    ...habitsOf(model),
  };
  const calculus = model.tensors ? ofMatrices(model, named) : ofScalars(named);
  const print: Print = (term) => printText(raise(term, raiseOptions));
  const adjoints = backwardPass(model, named, taken, calculus);
  const adjointDefinitions = new Map<SymbolTerm, Definition>(adjoints.map(adjointDefinition));
  const letsBySymbol = new Map(named.lets.map((one) => [one.symbol, one]));
  const certificates = adjoints.map((one) => certifyAdjoint(one, named, adjointDefinitions, options));
  const written = calculus.writeOut(adjoints, adjointDefinitions);
  const places = new Map(adjoints.map((one, at) => [one.of, at]));
  const results = model.variables.map((variable) => {
    const at = places.get(variable) as number;
    const own = written[at] as WrittenOut;
    // One that is not written out is its adjoint, which has its certificate already.
    const isWhole = own.isWhole && standing(own.result).length === 0;
    const certificate = isWhole
      ? (options.oracle?.compare(derivative(named.target, variable), own.result) ?? unverified)
      : (certificates[at] as Certificate);
    return { ...own, variable, certificate };
  });
  const feet = calculus
    .needs(results, adjoints)
    .map(({ variable, result }) => footprint(result, named, variable, print));
  const bars = new Set(adjoints.map(({ adjoint }) => print(adjoint)));
  return {
    schema: 'chainrule/gradient/1',
    problem: describeProblemStatement(model, named, model.variables, options, print),
    formula: print(expandShort(named.target, letsBySymbol)),
    lets: printLets(named, print),
    adjoints: adjoints.map((one, at) => printAdjoint(one, certificates[at] as Certificate, print)),
    results: results.map(({ variable, result, expanded }) => ({
      wrt: print(variable),
      result: print(result),
      expanded: print(expanded),
      resultShape: shapeName(variable),
    })),
    operations: model.tensors ? notCounted : countOperations(adjoints, results),
    unresolved: [...new Set(adjoints.flatMap(({ value }) => standing(value)))].map(print),
    uses: [...new Set(feet.flatMap(({ uses }) => uses))].filter((name) => !bars.has(name)),
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
  results: readonly { readonly products: ProductCount }[],
): Gradient['operations'] {
  return {
    shared: printCount(sumCounts(adjoints.map((one) => countProducts(one.value, one.of)))),
    separate: printCount(sumCounts(results.map(({ products }) => products))),
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

/** The member of a family whose adjoint is written down: the variable's own index where there is one. */
function memberIndex(parameter: IndexTerm, taken: ReadonlySet<string>): IndexTerm {
  const [own] = taken;
  return own === undefined ? parameter : index(own);
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
    // The sum over the members of the user must not bind an index of the node: p[k] rests on z[i] where k = i.
    const reserved = new Set([...taken, ...freeIndices(of)]);
    const fresh = definition.parameters.map((parameter) => {
      const name = reserved.has(parameter.name) ? freshIndexOutside(outside) : parameter.name;
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

/** The derivatives that no rule covers and that still stand in `term`; those that hold others are what these have become. */
function standing(term: Term): Term[] {
  if (!term.inert) return [];
  const parts: readonly Term[] = partsBelow(term).filter(
    (part) => part.kind === 'derivative' || isTensor(part, 'vjp') || isTensor(part, 'jvp'),
  );
  return parts.filter((part) => !partsBelow(part).some((inner) => inner !== part && parts.includes(inner)));
}

/** An adjoint is right if it is the derivative of the output by its node, all other adjoints put in. */
function certifyAdjoint(
  one: NodeAdjoint,
  named: NamedModel,
  definitions: ReadonlyMap<SymbolTerm, Definition>,
  options: BuildOptions,
): Certificate {
  const value = expand(one.value, definitions);
  if (standing(value).length > 0) return unresolvedCertificate;
  return options.oracle?.compare(derivative(named.target, one.of), value) ?? unverified;
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
