/**
 * Total derivatives of formulas in which vectors and matrices depend on a scalar: x(t), dx/dt. The rules are those of a
 * derivative by a scalar, with a name for each dx/dt, d2x/dt2 that they leave behind.
 *
 * The oracle takes x for a polynomial in t of which all derivatives up to the order are free, and differentiates that.
 */

import { traceMatrix } from '../calculus/matrix-trace.ts';
import { presentMatrix, withProperties } from '../calculus/present-matrix.ts';
import type { Model } from '../meaning/model.ts';
import type { Dependence } from '../meaning/reading.ts';
import { fail } from '../problem.ts';
import type { RuleContext } from '../rules/rule.ts';
import { addAll, derivative, element, mapParts, multiply, number, power, subtract, symbol } from '../term/construct.ts';
import { setShape, shapeOf } from '../term/dims.ts';
import { rational } from '../term/rational.ts';
import { type Definition, symbolsOf } from '../term/substitute.ts';
import type { SymbolTerm, Term, Variable } from '../term/term.ts';
import { demandWhole } from './beside.ts';
import type { BuildOptions, Plan } from './build.ts';
import type { Dependences } from './dependence.ts';
import { authorsNames } from './matrix.ts';
import { foldAround, type NamedModel } from './naming.ts';
import { type Claim, change, contextOf, type Move, type Passage, statement } from './outline.ts';
import { namedValue } from './pushforward.ts';

/** A name that depends on the variable with the names of its derivatives, itself first. */
interface Motion {
  readonly symbol: SymbolTerm;
  readonly derivatives: readonly SymbolTerm[];
}

/** The plan for the total derivative by the variable, `turns.length` times. */
export function planTotal(
  model: Model,
  turns: readonly Variable[],
  depends: readonly Dependence[],
  build: BuildOptions,
): Plan {
  const [by] = turns;
  if (by === undefined || by.kind !== 'symbol' || by.rank > 0 || turns.some((one) => one !== by)) return refuseTurns();
  const named = authorsNames(model);
  demandWhole([named.target]);
  const motions = depends.map((one) => motionOf(one, model, named, by, turns.length));
  const given = motions.flatMap((one) => pathOf(one, by, model));
  const context = movingContext(contextOf(named, [by]), motions);
  const { passages, result, left, unresolved, whole } = carryTurns(model, named, turns, motions, context);
  const claim: Claim = { left: whole, right: result };
  const oracleWith = judging(build, given);
  return {
    outline: { passages, result, unresolved, exhausted: false, claims: unresolved.length > 0 ? [] : [claim] },
    goal: { variables: [by], left, ordinary: true, problem: {} },
    shown: named,
    build: { ...build, dependences: shownAs(motions, by), oracleWith, oracle: oracleWith([]) },
  };
}

function carryTurns(
  model: Model,
  named: NamedModel,
  turns: readonly Variable[],
  motions: readonly Motion[],
  context: RuleContext,
) {
  const passages: Passage[] = [];
  const variables = motions.map((one) => one.symbol);
  let left = namedValue(model, named);
  let whole: Term = named.target;
  let current: Term = named.target;
  let unresolved: readonly Term[] = [];
  for (const [at, by] of turns.entries()) {
    [left, whole] = [derivative(left, by), derivative(whole, by)];
    const start = context.inner(current, by);
    const traced = traceMatrix(start, context, foldAround(named.lets));
    unresolved = traced.unresolved;
    const result = unresolved.length > 0 ? traced.result : presentMatrix(withProperties(traced.result, variables));
    const opening: Move[] =
      at === 0
        ? []
        : [statement('higher-order', start, { left: start, right: start }, { facts: { order: String(at + 1) } })];
    const end = result === traced.result ? [] : [change('simplify', traced.result, result)];
    passages.push({ left, start, moves: [...opening, ...traced.steps, ...end] });
    current = result;
    if (unresolved.length > 0) break;
  }
  return { passages, result: current, left, unresolved, whole };
}

function motionOf(
  { symbol: asked, on }: Dependence,
  model: Model,
  { target, lets }: NamedModel,
  by: SymbolTerm,
  order: number,
): Motion {
  if (on.length !== 1 || on[0]?.name !== by.name) refuseDependence(asked.name, by.name);
  if (lets.some((one) => one.symbol.name === asked.name)) refuseDefined(asked.name);
  const names = [target, ...lets.map((one) => one.body)].flatMap((term) => [...symbolsOf(term)]);
  const own = names.find(({ name }) => name === asked.name) ?? asked;
  const shape = shapeOf(own);
  const derivatives = Array.from({ length: order }, (_, at) => {
    const name = symbol(freshName(model, `d${at + 1}_${own.name}`), own.axes);
    if (shape !== undefined) setShape(name, { ...shape, traits: new Set(), varied: false });
    return name;
  });
  return { symbol: own, derivatives: [own, ...derivatives] };
}

function freshName({ names }: Model, base: string): string {
  let name = base;
  while (names.has(name)) name += '_';
  return name;
}

/** What depends on t changes with it, and the derivative of each name is the next one. */
function movingContext(context: RuleContext, motions: readonly Motion[]): RuleContext {
  const next = new Map<Term, Term>(
    motions.flatMap(({ derivatives }) => derivatives.slice(0, -1).map((one, at) => [one, derivatives[at + 1] as Term])),
  );
  const moving = [...next.keys()] as SymbolTerm[];
  const inner = (of: Term, by: Variable): Term => {
    const own = next.get(of.kind === 'element' ? of.base : of);
    if (own === undefined) return context.inner(of, by);
    return of.kind === 'element' ? element(own as SymbolTerm, of.indices) : own;
  };
  const depends = (term: Term, by: Variable): boolean =>
    context.depends(term, by) || moving.some((one) => context.depends(term, one));
  return { ...context, inner, depends };
}

/** x as a polynomial in t with free coefficients, and its derivatives as those of the polynomial. */
function pathOf({ derivatives }: Motion, by: SymbolTerm, model: Model): Definition[] {
  const start = symbol(freshName(model, `${by.name}_0`));
  const step = subtract(by, start);
  const coefficients = derivatives.map((one, at) => {
    const name = symbol(freshName(model, `path${at}_${one.name}`), one.axes);
    const shape = shapeOf(one);
    if (shape !== undefined) setShape(name, { ...shape, varied: false });
    return name;
  });
  return derivatives.map((one, k): Definition => {
    const terms = coefficients
      .slice(k)
      .map((coefficient, at) => multiply(power(step, number(at)), factor(at), coefficient));
    return { symbol: one, parameters: [], body: addAll(terms) };
  });
}

/** 1 over k!. */
function factor(k: number): Term {
  let factorial = 1n;
  for (let count = 2; count <= k; count++) factorial *= BigInt(count);
  return number(rational(1n, factorial));
}

function judging({ oracleWith }: BuildOptions, path: readonly Definition[]): BuildOptions['oracleWith'] {
  const merged = new Map<readonly Definition[], readonly Definition[]>();
  return (given) => {
    const all = merged.get(given) ?? [...path, ...given];
    merged.set(given, all);
    return oracleWith(all);
  };
}

/** On paper, the names of derivatives are dx/dt, d2x/dt2, and their entries dx_i/dt. */
function shownAs(motions: readonly Motion[], by: SymbolTerm): Dependences {
  const shown = new Map<SymbolTerm, readonly [own: SymbolTerm, order: number]>(
    motions.flatMap(({ symbol: own, derivatives }) =>
      derivatives.slice(1).map((name, at) => [name, [own, at + 1]] as const),
    ),
  );
  const show = (term: Term): Term => {
    const name = term.kind === 'element' ? term.base : term;
    const found = name.kind === 'symbol' ? shown.get(name) : undefined;
    if (found === undefined) {
      return term.kind === 'derivative' ? derivative(show(term.of), term.by) : mapParts(term, noNames, show);
    }
    const [own, order] = found;
    const start: Term = term.kind === 'element' ? element(own, term.indices) : own;
    return Array.from({ length: order }).reduce<Term>((of) => derivative(of, by), start);
  };
  return {
    all: motions.map(({ symbol: own }) => ({ symbol: own, on: [by] })),
    moves: (name) => motions.some((one) => one.derivatives.includes(name)),
    apply: (term) => term,
    show,
  };
}

const noNames: ReadonlySet<string> = new Set();

function refuseTurns(): never {
  return fail({
    code: 'unknown-option',
    message: 'a total derivative with vectors and matrices is by one scalar',
    hint: 'for example --wrt t --depends "x(t)"',
  });
}

function refuseDependence(name: string, by: string): never {
  return fail({
    code: 'unknown-option',
    message: `among vectors and matrices, ${name} can depend on ${by} alone`,
    hint: `write ${name}(${by}), or put in what stands between: ${name} = ... in a line of its own`,
  });
}

function refuseDefined(name: string): never {
  return fail({
    code: 'duplicate-definition',
    message: `${name} has a definition, so what it depends on is known`,
    hint: `leave ${name} out of --depends`,
  });
}
