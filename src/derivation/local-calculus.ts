/** What the backward pass needs to know of derivatives of scalars, and of vectors and matrices. */

import type { LocalRules, NodeAdjoint } from '../calculus/backward.ts';
import { gatherShorter } from '../calculus/gather.ts';
import { traceMatrix } from '../calculus/matrix-trace.ts';
import { present } from '../calculus/present.ts';
import { presentMatrix, withProperties } from '../calculus/present-matrix.ts';
import { resolve } from '../calculus/value.ts';
import type { Model } from '../meaning/model.ts';
import { derivative, mapParts, multiply } from '../term/construct.ts';
import { shapeOf } from '../term/dims.ts';
import { settle } from '../term/inspect.ts';
import { type Definition, type Definitions, expand, variableSymbol } from '../term/substitute.ts';
import { together } from '../term/tensor/base.ts';
import { pullback } from '../term/tensor/inert.ts';
import type { SymbolTerm, Term, Variable } from '../term/term.ts';
import { countProducts } from './count.ts';
import { foldNames, type NamedModel } from './naming.ts';
import { createWriter, mostExpanded, type WrittenOut } from './written-out.ts';
import { countWritten } from './written-size.ts';

/** A variable and the derivative by it. */
interface Derived {
  readonly variable: Variable;
  readonly result: Term;
}

/** How local derivatives are weighted, carried out and written. */
interface LocalCalculus extends LocalRules {
  /** What is shown as the derivative by each node that is wanted, given all adjoints by name. */
  readonly writeOut: (
    adjoints: readonly NodeAdjoint[],
    definitions: ReadonlyMap<SymbolTerm, Definition>,
  ) => readonly (WrittenOut | undefined)[];
  /** The terms from which one sees what is needed. */
  readonly needs: (results: readonly Written[], adjoints: readonly NodeAdjoint[]) => readonly Derived[];
}

interface Written extends Derived {
  readonly isWhole: boolean;
}

export function ofScalars(named: NamedModel): LocalCalculus {
  return {
    weighted: (upstream, of, by) => multiply(upstream, derivative(of, by)),
    carryOut: resolve,
    // y (1 - y) for y = sigmoid(u), as the forward pass has its value already.
    present: (term) => foldNames(present(term), named.lets),
    writeOut: (adjoints, definitions) => {
      const write = createWriter(named, definitions);
      return adjoints.map((one) => write(one.of, variableSymbol(one.adjoint), one.value, one.wanted));
    },
    needs: (results, adjoints) =>
      results.every(({ isWhole }) => isWhole)
        ? results
        : adjoints.map(({ of, value }) => ({ variable: of, result: value })),
  };
}

/** Results of matrix calculus stay in the names of the adjoints: that is the delta recursion. */
export function ofMatrices(model: Model, named: NamedModel): LocalCalculus {
  const names = namesByBody(named);
  const structured = model.variables.filter((one) => (shapeOf(variableSymbol(one))?.traits.size ?? 0) > 0);
  return {
    weighted: (upstream, of, by) => {
      if (of === by) return upstream;
      return of.rank === 0 ? multiply(upstream, derivative(of, by)) : pullback(upstream, of, by);
    },
    carryOut: (term, context) => gatherShorter(traceMatrix(term, context).result, context.taken).after,
    present: (term) => presentMatrix(withProperties(nameAgain(term, names), structured)),
    writeOut: (adjoints, definitions) => {
      const lets = new Map(named.lets.map((one) => [one.symbol, one]));
      const all: Definitions = new Map([...lets, ...definitions]);
      const counts = new Map<Term, number>();
      return adjoints.map(({ of, value, wanted }) => {
        if (!wanted) return undefined;
        const isShort = countWritten(value, all, counts) <= mostExpanded;
        const expanded = isShort ? expand(expand(value, definitions), without(lets, of)) : value;
        return { result: value, expanded, isWhole: false, products: countProducts(value, of) };
      });
    },
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

function without(definitions: ReadonlyMap<SymbolTerm, Definition>, variable: Variable): Definitions {
  const base = variableSymbol(variable);
  if (!definitions.has(base)) return definitions;
  return new Map([...definitions].filter(([name]) => name !== base));
}
