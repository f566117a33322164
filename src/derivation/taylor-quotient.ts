/**
 * The derivatives of a quotient at a point where numerator and denominator vanish, as sin(x)/x does at 0: those of both sides
 * at the point, and by Leibniz' rule for f v = u from these those of f = u/v, which needs no value of f at the point.
 */

import { divideSeries, leibnizTerms, type Quotient } from '../calculus/vanishing.ts';
import { add, divide, genericApply, isNumber, multiply, relation, zero } from '../term/construct.ts';
import type { Term } from '../term/term.ts';
import { type Claim, type Move, type Passage, statement } from './outline.ts';
import { refuseDerivative, type TaylorProblem, type ValuesAtPoint, valuesAtPoint } from './taylor-values.ts';

/** A denominator that has no derivative but 0 up to this order is taken to have none. */
const highestZero = 12;

interface QuotientValues extends ValuesAtPoint {
  /** Of the denominator at the point. */
  readonly zeroOrder: number;
}

export function quotientValues(problem: TaylorProblem, target: Term, quotient: Quotient): QuotientValues {
  const { numerator, denominator } = quotient;
  const { by, degree, fresh } = problem;
  const upper = fresh(['g', 'F', 'G', 'u']);
  const lower = fresh(['h', 'H', 'v', 'w'].filter((letter) => letter !== upper));
  const isZero = zeroTest(problem);
  const orderOf = (values: readonly Term[]): number => values.findIndex((value) => !isZero(value));
  // What stands for a part that is told by its series gets a name that neither side has.
  const sideOf = (name: string, shownName: Term, ...taken: readonly string[]): TaylorProblem => {
    const others = new Set([upper, lower, ...taken]);
    return { ...problem, name, shownName, fresh: (letters) => fresh(letters.filter((letter) => !others.has(letter))) };
  };
  const below = valuesAtPoint(sideOf(lower, denominator, 'p'), denominator, highestZero + degree, (values) => {
    const order = orderOf(values);
    if (order < 0 && values.length > highestZero) refuseDerivative(problem, 0);
    return order >= 0 && values.length > order + degree;
  });
  const zeroOrder = orderOf(below.values);
  const above = valuesAtPoint(sideOf(upper, numerator), numerator, zeroOrder + degree, (values) => {
    const last = values[values.length - 1];
    if (last !== undefined && values.length <= zeroOrder && !isZero(last)) refuseDerivative(problem, 0);
    return values.length > zeroOrder + degree;
  });
  const exactly = (values: readonly Term[]): readonly Term[] =>
    values.map((value, order) => (order < zeroOrder ? zero() : value));
  const sides: Sides = { upper, above: exactly(above.values), lower, below: exactly(below.values), zeroOrder };
  const values = divideSeries(sides.above, sides.below, zeroOrder);
  const shown = divide(genericApply(upper, [by]), genericApply(lower, [by]));
  const ofQuotient: Claim = { left: target, right: divide(numerator, denominator) };
  const side = (name: string, term: Term, rule: string): Passage =>
    stated(genericApply(name, [by]), term, statement(rule, term, { left: term, right: term }));
  return {
    passages: [
      stated(genericApply(problem.name, [by]), shown, statement('vanishing', shown, ofQuotient)),
      side(upper, numerator, 'numerator'),
      ...above.passages,
      side(lower, denominator, 'denominator'),
      ...below.passages,
      ...byLeibniz(problem, values, sides),
    ],
    values,
    claims: [...above.claims, ...below.claims, { left: multiply(target, denominator), right: numerator }],
    zeroOrder,
    hasNext: () => above.hasNext() && below.hasNext(),
  };
}

/** Names and derivatives at the point of both sides. */
interface Sides {
  readonly upper: string;
  readonly above: readonly Term[];
  readonly lower: string;
  readonly below: readonly Term[];
  readonly zeroOrder: number;
}

const stated = (left: Term, start: Term, move: Move): Passage => ({ left, start, moves: [move] });

/** Each derivative with the equation that gives it, in the names of the derivatives but for those that are 0. */
function byLeibniz(
  { point, name }: TaylorProblem,
  values: readonly Term[],
  { upper, above, lower, below, zeroOrder }: Sides,
): readonly Passage[] {
  const leading = below[zeroOrder] as Term;
  const conditions =
    leading.kind === 'number' ? [] : [{ kind: 'relation', relation: relation('!=', leading, zero()) } as const];
  const unlessZero = (value: Term, of: string, order: number): Term =>
    isNumber(value, 0) ? value : genericApply(of, [point], [order]);
  const belowNamed = below.map((value, order) => unlessZero(value, lower, order));
  return values.map((value, k) => {
    const order = k + zeroOrder;
    const left = genericApply(name, [point], [k]);
    const known = values.slice(0, k);
    const claim = { left: add(...leibnizTerms(order, [...known, value], below)), right: above[order] as Term };
    const named = [...known.map((one, j) => unlessZero(one, name, j)), left];
    const facts = {
      left: add(...leibnizTerms(order, named, belowNamed)),
      right: genericApply(upper, [point], [order]),
    };
    return stated(left, value, statement('leibniz', value, claim, { facts, conditions }));
  });
}

/** Whether a value is 0: exactly, or as the oracle finds; each is asked once. */
function zeroTest({ oracleWith }: TaylorProblem): (value: Term) => boolean {
  const known = new Map<Term, boolean>();
  return (value) => {
    let isZero = known.get(value);
    if (isZero === undefined) {
      isZero =
        value.kind === 'number' ? isNumber(value, 0) : oracleWith([])?.compare(value, zero()).verdict === 'holds';
      known.set(value, isZero);
    }
    return isZero;
  };
}
