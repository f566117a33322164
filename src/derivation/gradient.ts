/**
 * The backward pass: each adjoint once, from the output to the inputs, shared by all parameters that need it
 * (Linnainmaa 1976; Rumelhart, Hinton, Williams 1986; Griewank and Walther, Evaluating Derivatives, 2008, chapter 3).
 */

import { createContext } from '../calculus/context.ts';
import { present } from '../calculus/present.ts';
import { resolve } from '../calculus/value.ts';
import type { Certificate } from '../oracle/certificate.ts';
import { combineCertificates, unverified } from '../oracle/combine.ts';
import { printText } from '../syntax/print.ts';
import { add, derivative, element, index, multiply, sum, symbol } from '../term/construct.ts';
import { freeIndices, freshIndexOutside } from '../term/inspect.ts';
import type { Model } from '../term/model.ts';
import { adjointSuffix, type RaiseOptions, raise } from '../term/raise.ts';
import { type Definition, expand, mentions, symbolsBelow, variableSymbol } from '../term/substitute.ts';
import type { IndexTerm, SymbolTerm, Term, Variable } from '../term/term.ts';
import { type BuildOptions, describeProblemStatement, printLets, updateRule } from './build.ts';
import { countProducts, type ProductCount, sumCounts } from './count.ts';
import type { Adjoint, Gradient } from './derivation.ts';
import { footprint } from './footprint.ts';
import { foldNames, levelsOf, type NamedModel } from './naming.ts';
import { habitsOf, type Print } from './printer.ts';
import { createWriter, type WrittenOut } from './written-out.ts';

/** The adjoint of one node of the model: the derivative of the output by it. */
interface NodeAdjoint {
  readonly of: Variable;
  readonly adjoint: Variable;
  readonly value: Term;
  readonly wanted: boolean;
}

/** All wanted derivatives by one backward pass over the intermediates. */
export function buildGradient(model: Model, named: NamedModel, options: BuildOptions): Gradient {
  const taken = new Set(model.variables.flatMap((variable) => [...freeIndices(variable)]));
  const raiseOptions: RaiseOptions = { taken, levels: levelsOf(named), ...habitsOf(model) };
  const print: Print = (term) => printText(raise(term, raiseOptions));
  const adjoints = backwardPass(model, named, taken);
  const adjointDefinitions = new Map<SymbolTerm, Definition>(adjoints.map(adjointDefinition));
  const letsBySymbol = new Map(named.lets.map((one) => [one.symbol, one]));
  const certificates = adjoints.map((one) => certifyAdjoint(one, named, adjointDefinitions, options));
  const write = createWriter(named, adjointDefinitions);
  const written = adjoints.map((one) => write(one.of, variableSymbol(one.adjoint), one.value, one.wanted));
  const results = model.variables.map((variable) => {
    const at = adjoints.findIndex((one) => one.of === variable);
    const own = written[at] as WrittenOut;
    // One that is not written out is its adjoint, which has its certificate already.
    const certificate = own.isWhole
      ? (options.oracle?.compare(derivative(named.target, variable), own.result) ?? unverified)
      : (certificates[at] as Certificate);
    return { ...own, variable, certificate };
  });
  const feet = results.every(({ isWhole }) => isWhole)
    ? results.map(({ variable, result }) => footprint(result, named, variable, print))
    : adjoints.map(({ of, value }) => footprint(value, named, of, print));
  const bars = new Set(adjoints.map(({ adjoint }) => print(adjoint)));
  return {
    schema: 'chainrule/gradient/1',
    problem: describeProblemStatement(model, named, model.variables, options, print),
    formula: print(expand(named.target, letsBySymbol)),
    lets: printLets(named, print),
    adjoints: adjoints.map((one, at) => printAdjoint(one, certificates[at] as Certificate, print)),
    results: results.map(({ variable, result, expanded }) => ({
      wrt: print(variable),
      result: print(result),
      expanded: print(expanded),
      resultShape: variable.rank === 0 ? 'scalar' : 'vector',
    })),
    operations: {
      shared: printCount(sumCounts(adjoints.map((one) => countProducts(one.value, one.of)))),
      separate: printCount(sumCounts(results.map(({ products }) => products))),
    },
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

/** Adjoints from the output to the variables, of those nodes on which a variable rests. */
function backwardPass(model: Model, named: NamedModel, taken: ReadonlySet<string>): NodeAdjoint[] {
  const definitions = new Map(named.lets.map((one) => [one.symbol, one]));
  const roots = new Set(model.variables.map(variableSymbol));
  const isOnPath = (one: Definition): boolean =>
    [...symbolsBelow(one.body, definitions)].some((name) => roots.has(name)) && !roots.has(one.symbol);
  const path = named.lets.filter(isOnPath).reverse();
  const done: { definition: Definition; adjoint: NodeAdjoint }[] = [];
  const adjoints: NodeAdjoint[] = [];
  const visit = (of: Variable, wanted: boolean): NodeAdjoint => {
    // y (1 - y) for y = sigmoid(u), as the forward pass has its value already.
    const value = foldNames(adjointValue(of, named.target, done, taken), named.lets);
    const base = variableSymbol(of);
    const bar = symbol(base.name + adjointSuffix, base.axes);
    const adjoint = of.kind === 'element' ? element(bar, of.indices) : bar;
    const node: NodeAdjoint = { of, adjoint, value, wanted };
    adjoints.push(node);
    return node;
  };
  const visitVariables = (after: Definition | undefined): void => {
    for (const variable of model.variables) {
      const users = path.filter((one) => mentions(one.body, variableSymbol(variable)));
      if (users[users.length - 1] === after && !adjoints.some((one) => one.of === variable)) visit(variable, true);
    }
  };
  visitVariables(undefined);
  for (const definition of path) {
    const at = definition.parameters.map((parameter) => memberIndex(parameter, taken));
    const of = at.length === 0 ? definition.symbol : element(definition.symbol, at);
    done.push({ definition, adjoint: visit(of, false) });
    visitVariables(definition);
  }
  return adjoints;
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
  users: readonly { definition: Definition; adjoint: NodeAdjoint }[],
  taken: ReadonlySet<string>,
): Term {
  const local = createContext([], [of]);
  const parts: Term[] = [];
  const base = variableSymbol(of);
  if (mentions(target, base)) parts.push(resolve(derivative(target, of), local));
  for (const { definition, adjoint } of users) {
    if (!mentions(definition.body, base)) continue;
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
    const product = multiply(upstream, derivative(body, of));
    parts.push(
      resolve(
        fresh.reduceRight<Term>((inner, over) => sum(over, inner), product),
        local,
      ),
    );
  }
  return present(add(...parts));
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
    shape: one.of.rank === 0 ? 'scalar' : 'vector',
    certificate,
  };
}

function printCount(count: ProductCount): string {
  const terms = [
    ...(count.once > 0 ? [String(count.once)] : []),
    ...(count.perMember > 0 ? [count.perMember === 1 ? 'n' : `${count.perMember} * n`] : []),
    ...(count.perComponent > 0 ? [count.perComponent === 1 ? 'n * d' : `${count.perComponent} * n * d`] : []),
  ];
  return terms.length === 0 ? '0' : terms.join(' + ');
}
