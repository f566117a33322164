/** The derivatives by several parameters as one backward pass, printed: names, adjoints, results, each with its certificate. */

import { backwardPass, type NodeAdjoint } from '../calculus/backward.ts';
import type { Certificate } from '../certificate.ts';
import type { Model } from '../meaning/model.ts';
import type { ClaimedAdjoint } from '../oracle/certify.ts';
import { combineCertificates, unresolvedCertificate, unverified } from '../oracle/combine.ts';
import { printText } from '../syntax/print.ts';
import { derivative } from '../term/construct.ts';
import { freeIndices, partsBelow } from '../term/inspect.ts';
import { type Definition, expand, symbolsOf, variableSymbol } from '../term/substitute.ts';
import { isTensor } from '../term/tensor/base.ts';
import type { IndexTerm, SymbolTerm, Term } from '../term/term.ts';
import { type RaiseOptions, raise } from '../writing/raise.ts';
import { type BuildOptions, describeProblemStatement, printLets, updateRule } from './build.ts';
import { countProducts, type ProductCount, sumCounts } from './count.ts';
import type { Adjoint, Gradient } from './derivation.ts';
import { footprintOfAll } from './footprint.ts';
import { ofMatrices, ofScalars } from './local-calculus.ts';
import { levelsOf, type NamedModel } from './naming.ts';
import { habitsOf, type Print } from './printer.ts';
import type { WrittenOut } from './written-out.ts';
import { expandShort } from './written-size.ts';

/** All wanted derivatives by one backward pass over the intermediates. */
export function buildGradient(model: Model, named: NamedModel, options: BuildOptions): Gradient {
  const taken = new Set(model.variables.flatMap((variable) => [...freeIndices(variable)]));
  const raiseOptions: RaiseOptions = {
    taken,
    levels: levelsOf(named),
    ...habitsOf(model),
  };
  const calculus = model.tensors ? ofMatrices(model, named) : ofScalars(named);
  const print = remembered((term) => printText(raise(term, raiseOptions)));
  const adjoints = backwardPass({ ...named, variables: model.variables }, taken, calculus);
  const adjointDefinitions = new Map<SymbolTerm, Definition>(adjoints.map(adjointDefinition));
  const letsBySymbol = new Map(named.lets.map((one) => [one.symbol, one]));
  const isLong = adjoints.length > mostCompared;
  const certificates = isLong
    ? certifyAll(adjoints, named, adjointDefinitions, options)
    : adjoints.map((one) => certifyAdjoint(one, named, adjointDefinitions, options));
  const written = calculus.writeOut(adjoints, adjointDefinitions);
  const places = new Map(adjoints.map((one, at) => [one.of, at]));
  const results = model.variables.map((variable) => {
    const at = places.get(variable) as number;
    const own = written[at] as WrittenOut;
    // One that is not written out is its adjoint, which has its certificate already; so has one of very many.
    const isWhole = !isLong && own.isWhole && standing(own.result).length === 0;
    const certificate = isWhole
      ? (options.oracle?.compare(derivative(named.target, variable), own.result) ?? unverified)
      : (certificates[at] as Certificate);
    return { ...own, variable, certificate };
  });
  const { uses, unused } = footprintOfAll(calculus.needs(results, adjoints), named, print);
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
    uses: uses.filter((name) => !bars.has(name)),
    unused,
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

/** The same, each term once: an adjoint is often the result, and that the expanded one. */
function remembered(print: Print): Print {
  const texts = new Map<Term, string>();
  return (term) => {
    const text = texts.get(term) ?? print(term);
    texts.set(term, text);
    return text;
  };
}

/** More adjoints than these are not compared one by one with the derivative of the output, but all of them at once. */
const mostCompared = 24;

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

/** The certificates of all adjoints by one test; one that is left standing has none, nor has what rests on it. */
function certifyAll(
  adjoints: readonly NodeAdjoint[],
  named: NamedModel,
  definitions: ReadonlyMap<SymbolTerm, Definition>,
  options: BuildOptions,
): readonly Certificate[] {
  if (options.oracle === undefined) return adjoints.map(() => unverified);
  const open = new Set<SymbolTerm>();
  const claimed: ClaimedAdjoint[] = [];
  for (const { of, adjoint, value } of adjoints) {
    const symbol = variableSymbol(adjoint);
    if (value.inert || [...symbolsOf(value)].some((one) => open.has(one))) open.add(symbol);
    else claimed.push({ of, definition: definitions.get(symbol) as Definition });
  }
  const found = options.oracle.testAdjoints(named.target, claimed).values();
  return adjoints.map(({ adjoint }) =>
    open.has(variableSymbol(adjoint)) ? unresolvedCertificate : (found.next().value as Certificate),
  );
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
