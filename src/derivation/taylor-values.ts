/** The derivatives of a function at a point, one after the other, each with its steps and what the oracle is to test of it. */

import { expandSeries } from '../calculus/power-series.ts';
import { isSingular, isViolated, valueAt } from '../calculus/taylor.ts';
import type { Model } from '../meaning/model.ts';
import type { Oracle } from '../oracle/certify.ts';
import { fail } from '../problem.ts';
import { operatorNode } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { derivative, genericApply, subtract } from '../term/construct.ts';
import type { Definition } from '../term/substitute.ts';
import type { RelationTerm, SymbolTerm, Term } from '../term/term.ts';
import { raise } from '../writing/raise.ts';
import type { NamedModel } from './naming.ts';
import { type Carried, type Claim, carryOut, contextOf, type Move, type Passage, statement } from './outline.ts';
import { remainderNode } from './taylor-polynomial.ts';

export interface TaylorProblem {
  readonly model: Model;
  readonly named: NamedModel;
  readonly by: SymbolTerm;
  readonly degree: number;
  readonly point: Term;
  readonly oracleWith: (given: readonly Definition[]) => Oracle | undefined;
  /** Of the function. */
  readonly name: string;
  /** What the name stands for, where the reader has not been told. */
  readonly shownName?: Term;
  /** The first of these letters that is no name of the source, nor the function's. */
  readonly fresh: (letters: readonly string[]) => string;
}

/** Derivatives above this order at the point are certified by the chain alone: dual numbers double with each order. */
export const highestDualOrder = 8;

export interface ValuesAtPoint {
  readonly passages: readonly Passage[];
  /** By order, the function itself first. */
  readonly values: readonly Term[];
  readonly claims: readonly Claim[];
  /** Whether one more derivative exists at the point. */
  readonly hasNext: () => boolean;
}

/** That the variable is the point. */
export const atPoint = ({ by, point }: TaylorProblem): readonly Definition[] => [
  { symbol: by, parameters: [], body: point },
];

/**
 * The derivatives of `target`, which the problem names, and their values at the point, until there are enough. `highest` is no
 * smaller than the order of the last.
 */
export function valuesAtPoint(
  problem: TaylorProblem,
  target: Term,
  highest: number,
  isEnough: (values: readonly Term[]) => boolean,
): ValuesAtPoint {
  const { by, point, name } = problem;
  const { term, name: derived, passages: opening, known } = expandedPart(problem, target, highest);
  const named: NamedModel = { target: term, lets: [] };
  const given = atPoint(problem);
  const passages: Passage[] = [...opening];
  const values: Term[] = [];
  const claims: Claim[] = [];
  let last = term;
  let whole = target;
  for (let order = 0; !isEnough(values); order++) {
    if (order > known) refuseDerivative(problem, order);
    if (order > 0) {
      const carried = differentiate(last, named, problem, order, point);
      passages.push(derivativePassage(derived, by, order, last, carried));
      last = carried.result;
      whole = derivative(whole, by);
    }
    const value = valueAt(last, by, point);
    const isWhole = order <= highestDualOrder;
    const claim: Claim = { left: isWhole ? whole : last, right: value, given };
    if (isSingular(value) || !exists(claim, problem)) refuseDerivative(problem, order);
    values.push(value);
    claims.push(claim);
    const left = genericApply(name, [point], [order]);
    if (left !== value) passages.push(valuePassage(left, value, claim, by, point));
  }
  return { passages, values, claims, hasNext: () => isSmooth(last, named, problem) };
}

/**
 * Where the target holds functions that are told by their series: a polynomial in its place, with the same derivatives at the
 * point up to the highest, under a name of its own, as beside the point it is another function.
 */
function expandedPart(problem: TaylorProblem, target: Term, highest: number) {
  const { by, point, name, fresh } = problem;
  // Terms of a series that no dual number tests are not taken.
  const tested = Math.min(highest, highestDualOrder);
  const { term, functions } = expandSeries(target, by, point, tested);
  if (functions.length === 0) return { term, name, passages: [], known: highest };
  const part = fresh(['p', 'q', 'P', 'Q']);
  const [left, state] = [genericApply(name, [by]), genericApply(part, [by])];
  const remainder = remainderNode(tested, true, subtract(by, point));
  const shown = printText(operatorNode('+', raise(state), remainder));
  const nested = (start: Term): Term => Array.from({ length: tested }).reduce<Term>((of) => derivative(of, by), start);
  const claim: Claim = { left: nested(target), right: nested(term), given: atPoint(problem) };
  const [only, ...more] = functions;
  const facts = only === undefined || more.length > 0 ? {} : { of: only };
  const passages: readonly Passage[] = [
    { left, start: state, moves: [statement('power-series', state, claim, { facts, shown })] },
    { left: state, start: term, moves: [statement('series-terms', term, claim)] },
  ];
  return { term, name: part, passages, known: tested };
}

function differentiate(current: Term, named: NamedModel, problem: TaylorProblem, order: number, point: Term): Carried {
  const { by } = problem;
  const carried = carryOut(derivative(current, by), named, contextOf(named, [by]));
  if (carried.unresolved.length > 0 || carried.exhausted) refuseDerivative(problem, order);
  for (const move of carried.moves) {
    for (const condition of move.conditions) {
      if (condition.kind !== 'relation' || condition.relation.kind !== 'relation') continue;
      if (isViolated(condition.relation, by, point)) refuseDerivative(problem, order, condition.relation);
    }
  }
  return carried;
}

function derivativePassage(name: string, by: SymbolTerm, order: number, before: Term, carried: Carried): Passage {
  const left = genericApply(name, [by], [order]);
  const start = derivative(before, by);
  const opening: Move = statement(
    order === 1 ? 'first-derivative' : 'higher-order',
    start,
    { left: start, right: start },
    { facts: { order: String(order) } },
  );
  const moves = left === carried.result ? [] : [opening, ...carried.moves];
  return { left, start, moves, brief: true };
}

function valuePassage(left: Term, value: Term, claim: Claim, by: SymbolTerm, point: Term): Passage {
  return { left, start: value, moves: [statement('at-point', value, claim, { facts: { left: by, right: point } })] };
}

/** Whether the oracle finds a value; without one, what the terms say must do. */
function exists(claim: Claim, { oracleWith }: TaylorProblem): boolean {
  const oracle = oracleWith(claim.given ?? []);
  if (oracle === undefined) return true;
  const found = oracle.compare(claim.left, claim.right);
  if (found.reason?.startsWith('domain') === true) return false;
  // A proof says that both sides are one, not that they have a value: gamma(0) = gamma(0).
  return found.method !== 'proved' || oracle.hasValue(claim.left);
}

/** Whether the derivative exists at the point. */
function isSmooth(last: Term, named: NamedModel, { by, point }: TaylorProblem): boolean {
  const carried = carryOut(derivative(last, by), named, contextOf(named, [by]));
  return (
    carried.unresolved.length === 0 &&
    !carried.exhausted &&
    !isSingular(valueAt(carried.result, by, point)) &&
    !carried.moves.some((move) =>
      move.conditions.some(
        (one) => one.kind === 'relation' && one.relation.kind === 'relation' && isViolated(one.relation, by, point),
      ),
    )
  );
}

export function refuseDerivative(
  { by, point, name, shownName }: TaylorProblem,
  order: number,
  condition?: RelationTerm,
): never {
  const place = `${by.name} = ${printText(raise(point))}`;
  const shown = shownName === undefined ? undefined : printText(raise(shownName));
  const of = shown === undefined ? '' : ` of ${shown}`;
  const what =
    order === 0 ? `${shown ?? name} has no value` : `no derivative of order ${order}${of} can be shown to exist`;
  return fail({
    code: 'unknown-option',
    message: `${what} at ${place}${condition === undefined ? '' : `, as ${printText(raise(condition))} is needed`}`,
    hint: 'choose another point with --at, or a lower degree',
  });
}
