/**
 * Taylor polynomials: the derivatives, their values at the point, and the sum of f^(k)(a)/k! (x - a)^k (Taylor's theorem in
 * Peano's form: Rudin, Principles of Mathematical Analysis, 1976, theorem 5.15).
 *
 * The oracle differentiates the function itself at the point, with dual numbers, and compares with the derivatives of the
 * polynomial there: they agree up to the degree if and only if the polynomial approximates to that order.
 */

import { isSingular, isViolated, valueAt } from '../calculus/taylor.ts';
import type { Model } from '../meaning/model.ts';
import type { Oracle } from '../oracle/certify.ts';
import { fail } from '../problem.ts';
import { callNode, type MathNode, operatorNode } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { sumNode } from '../syntax/sign.ts';
import {
  add,
  cases,
  derivative,
  genericApply,
  isNumber,
  multiply,
  number,
  power,
  subtract,
} from '../term/construct.ts';
import { rational } from '../term/rational.ts';
import { type Definition, symbolsOf } from '../term/substitute.ts';
import type { RelationTerm, SymbolTerm, Term } from '../term/term.ts';
import { raise } from '../writing/raise.ts';
import type { Plan } from './build.ts';
import { type NamedModel, unfoldAll } from './naming.ts';
import { type Carried, type Claim, carryOut, contextOf, type Move, type Passage, statement } from './outline.ts';

interface TaylorProblem {
  readonly model: Model;
  readonly named: NamedModel;
  readonly by: SymbolTerm;
  readonly degree: number;
  readonly point: Term;
  readonly oracleWith: (given: readonly Definition[]) => Oracle | undefined;
  /** Of the function. */
  readonly name: string;
}

/** Derivatives above this order at the point are certified by the chain alone: dual numbers double with each order. */
const highestDualOrder = 8;

export function taylorOutline(problem: TaylorProblem): Plan {
  const { model, by, degree, point, name } = problem;
  if (point.rank > 0 || symbolsOf(point).has(by)) refusePoint(by);
  // Intermediates are put back: their values at the point would need names of their own.
  const named: NamedModel = { target: unfoldAll(problem.named), lets: [] };
  const { passages, values, claims, last } = valuesAtPoint(problem, named);
  const offset = subtract(by, point);
  const terms = values.map((value, k) => scaled(value, k, offset));
  const result = add(...terms.map(([coefficient, factor]) => multiply(coefficient, factor)));
  const shown = polynomialNode(terms);
  const remainder = remainderNode(problem, named, last, offset);
  const agreements = values.slice(0, highestDualOrder + 1).map((value, k): Claim => {
    const left = Array.from({ length: k }).reduce<Term>((of) => derivative(of, by), result);
    return { left, right: value, given: claims[0]?.given ?? [] };
  });
  const left = genericApply(name, [by], [0]);
  const whole = { shown: printText(operatorNode('+', shown, remainder)) };
  const end = statement('taylor', result, agreements[agreements.length - 1] as Claim, whole);
  return {
    shown: named,
    outline: {
      passages: [...passages, { left, start: result, moves: [end] }],
      result,
      shown: printText(shown),
      unresolved: [],
      exhausted: false,
      claims: [...claims, ...agreements],
    },
    goal: {
      variables: [by],
      left,
      ordinary: true,
      remainder: printText(remainder),
      problem: {
        task: 'taylor',
        degree,
        point: printText(raise(point)),
        output: left === model.target ? null : printText(raise(left)),
      },
    },
  };
}

/** All derivatives up to the degree and their values at the point, with what the oracle is to test of them. */
function valuesAtPoint(problem: TaylorProblem, named: NamedModel) {
  const { by, degree, point, name } = problem;
  const given: readonly Definition[] = [{ symbol: by, parameters: [], body: point }];
  const passages: Passage[] = [];
  const values: Term[] = [];
  const claims: Claim[] = [];
  let last: Term = named.target;
  let whole: Term = named.target;
  for (let order = 0; order <= degree; order++) {
    if (order > 0) {
      const carried = differentiate(last, named, problem, order, point);
      passages.push(derivativePassage(name, by, order, last, carried));
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
  return { passages, values, claims, last };
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

/** Coefficient and power: f''(a)/2 and (x - a)^2. */
function scaled(value: Term, k: number, offset: Term): readonly [Term, Term] {
  let factorial = 1n;
  for (let count = 2; count <= k; count++) factorial *= BigInt(count);
  return [timesNumber(value, number(rational(1n, factorial))), power(offset, number(k))];
}

/** A product with a number, which goes into the branches of a case. */
function timesNumber(value: Term, factor: Term): Term {
  if (value.kind !== 'cases') return multiply(value, factor);
  return cases(value.condition, timesNumber(value.then, factor), timesNumber(value.otherwise, factor));
}

/** In ascending powers, as a textbook writes it. */
function polynomialNode(terms: readonly (readonly [Term, Term])[]): MathNode {
  const kept = terms.filter(([coefficient]) => !isNumber(coefficient, 0));
  const nodes = kept.map(([coefficient, factor]) => {
    if (coefficient.kind === 'number' || isNumber(factor, 1)) return raise(multiply(coefficient, factor));
    return operatorNode('*', raise(coefficient), raise(factor));
  });
  return sumNode(nodes);
}

/** O((x - a)^(n+1)) where one more derivative exists at the point, o((x - a)^n) otherwise. */
function remainderNode(problem: TaylorProblem, named: NamedModel, last: Term, offset: Term): MathNode {
  const { by, degree, point } = problem;
  const carried = carryOut(derivative(last, by), named, contextOf(named, [by]));
  const isBroken =
    carried.unresolved.length > 0 ||
    carried.exhausted ||
    isSingular(valueAt(carried.result, by, point)) ||
    carried.moves.some((move) =>
      move.conditions.some(
        (one) => one.kind === 'relation' && one.relation.kind === 'relation' && isViolated(one.relation, by, point),
      ),
    );
  const order = isBroken ? degree : degree + 1;
  return callNode(isBroken ? 'o' : 'O', [raise(power(offset, number(order)))]);
}

function refusePoint(by: SymbolTerm): never {
  return fail({
    code: 'unknown-option',
    message: `the point of a Taylor polynomial is a scalar without ${by.name}`,
    hint: 'for example --at 0, --at a or --at pi/2',
  });
}

function refuseDerivative({ by, point, name }: TaylorProblem, order: number, condition?: RelationTerm): never {
  const place = `${by.name} = ${printText(raise(point))}`;
  const what = order === 0 ? `${name} has no value` : `no derivative of order ${order} can be shown to exist`;
  return fail({
    code: 'unknown-option',
    message: `${what} at ${place}${condition === undefined ? '' : `, as ${printText(raise(condition))} is needed`}`,
    hint: 'choose another point with --at, or a lower degree',
  });
}
