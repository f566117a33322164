/** Both sides of an equality at one point. */

import { baseOf, invalid, type Scalar, type Value } from '../numbers/arithmetic.ts';
import type { Trait } from '../term/dims.ts';
import type { BinderTerm, Term } from '../term/term.ts';
import { agreement, difference } from './approximation.ts';
import type { Drawn } from './arithmetics.ts';
import type { Axes } from './axes.ts';
import { type Constraint, withConstraints } from './constraints.ts';
import { createSample, type Plan } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { createScope, type DeepOrders, type Evaluation, type Recorder } from './evaluation.ts';
import type { Comparison } from './fingerprint.ts';
import { evaluateInteger } from './indices.ts';
import { digitsOf, preciseAgreement, preciseDifference } from './precise.ts';
import type { Sizes } from './sizes.ts';

export interface NumericComparison extends Comparison {
  readonly points: number;
  /** For deep terms: see `Evaluation`. */
  readonly orders: DeepOrders | undefined;
  readonly positive: ReadonlySet<string>;
  readonly traits: ReadonlyMap<string, ReadonlySet<Trait>>;
  /** Equations that the points satisfy. */
  readonly constraints: readonly Constraint[];
  /** Maps of free indices that have to lie within the range of these. */
  readonly inside: readonly IndexBounds[];
  readonly integers: ReadonlySet<string>;
  readonly within: readonly IndexWithin[];
  /** Whether many digits are asked wherever doubles may have lost some, and not only where they leave something open. */
  readonly thorough: boolean;
  /** What is compared in place of the values of both terms, where these are no values of terms. */
  readonly pairs?: (at: Evaluation) => readonly (readonly [left: Value, right: Value])[];
}

/** That the value of a map of free indices is at most that of another, and in its range; lengths stand as indices, too. */
export interface IndexBounds {
  readonly map: Term;
  readonly most: Term;
}

/** That an index stands in the range of a sum; other points do not count. */
export interface IndexWithin {
  readonly index: Term;
  readonly binder: BinderTerm;
}

/** Sizes and generic functions. */
export interface Round extends Drawn {
  readonly sizes: Sizes;
}

/** `lost`: both sides agree, but something was swallowed on the way that may be all that they differ by. */
export type Outcome =
  | {
      readonly kind: 'invalid';
      /** Whether it has values that are too large, too small or too far cancelled to be held, and none is outside its domain. */
      readonly overflow?: boolean;
    }
  | {
      readonly kind: 'agrees' | 'lost' | 'blurred' | 'differs';
      readonly error: number;
      readonly left: number;
      readonly right: number;
    };

const invalidPoint: Outcome = { kind: 'invalid' };
const overflow: Outcome = { kind: 'invalid', overflow: true };

/** What terms are evaluated under at a point. */
export function evaluationAt(
  comparison: NumericComparison,
  axes: Axes,
  round: Round,
  plan: Plan,
  record?: Recorder,
): Evaluation {
  const { survey } = comparison;
  const free: Evaluation = {
    operations: round.operations,
    sample: createSample(plan, axes, round.sizes, comparison),
    definitions: comparison.definitions,
    shared: survey.shared,
    opaque: survey.opaque,
    orders: comparison.orders,
    opaqueSums: false,
    opaqueNames: false,
    budget: comparison.budget,
    indices: new Map(),
    scope: createScope([]),
    ...(record === undefined ? {} : { record }),
  };
  const { constraints } = comparison;
  return constraints.length === 0 ? free : withConstraints(free, constraints);
}

/** The value of a part: its first entry, where bound indices are 1. */
export function valueOfPart(term: Term, at: Evaluation): number {
  const indices = new Map([...term.free].filter((name) => name.startsWith('#')).map((name) => [name, 1]));
  const tail = Array.from({ length: term.rank }, () => 1);
  return baseOf(evaluate(term, tail, { ...at, indices, scope: createScope([]) })).value;
}

/** Compares all components at one point. */
export function evaluatePoint(
  comparison: NumericComparison,
  axes: Axes,
  round: Round,
  plan: Plan,
  record?: Recorder,
): Outcome {
  const at = evaluationAt(comparison, axes, round, plan, record);
  const { losses } = round.operations.arithmetic;
  if (losses !== undefined) losses.seen = false;
  if (!comparison.within.every((one) => isWithin(one, at))) return invalidPoint;
  if (!comparison.inside.every((one) => isInside(one, comparison, axes, at, round.sizes))) return invalidPoint;
  let worst: Exclude<Outcome, { kind: 'invalid' }> = { kind: 'agrees', error: 0, left: 0, right: 0 };
  for (const pair of comparison.pairs?.(at) ?? componentsOf(comparison, axes, round.sizes, at)) {
    const outcome = compareValues(pair, at);
    if (outcome.kind === 'invalid') return losses?.seen === true ? overflow : outcome;
    if (outcome.error >= worst.error) worst = outcome;
  }
  return losses?.seen === true && worst.kind === 'agrees' ? { ...worst, kind: 'lost' } : worst;
}

/** Whether the value of a map lies within its bounds; where the upper one has no value, within the shortest range. */
function isInside(
  { map, most }: IndexBounds,
  { survey }: NumericComparison,
  axes: Axes,
  at: Evaluation,
  sizes: Sizes,
): boolean {
  // The name of a length, or of an end of a range, is no index, and has a value of its own.
  const named = [...map.free, ...most.free].filter((one) => !survey.freeIndices.has(one));
  const known = named.flatMap((one) => {
    const value = at.sample.integer(one);
    return value === undefined ? [] : [[one, value] as const];
  });
  const within: Evaluation = { ...at, indices: new Map([...at.indices, ...known]) };
  const index = [...map.free].find((one) => survey.freeIndices.has(one));
  const from = index === undefined ? 1 : sizes.range(axes.ofIndex(index))[0];
  const value = evaluateInteger(map, within);
  const isKnown = [...most.free].every((one) => survey.freeIndices.has(one) || within.indices.has(one));
  const last = isKnown ? evaluateInteger(most, within) : Math.min(...axes.classes.map((one) => sizes.range(one)[1]));
  return from <= value && value <= last;
}

function isWithin({ index, binder }: IndexWithin, at: Evaluation): boolean {
  const { range } = binder;
  const [from, to] =
    range === undefined ? at.sample.axis(binder) : [evaluateInteger(range.from, at), evaluateInteger(range.to, at)];
  const value = evaluateInteger(index, at);
  return from <= value && value <= to;
}

type PairOfValues = readonly [left: Value, right: Value];

/** Both sides' components one after the other; the second side of one is not evaluated where the first has no value. */
function* componentsOf({ left, right }: Comparison, axes: Axes, sizes: Sizes, at: Evaluation): Generator<PairOfValues> {
  for (const tail of tails(axes, sizes)) {
    const first = evaluate(left, tail, at);
    yield [first, isFiniteScalar(baseOf(first)) ? evaluate(right, tail, at) : invalid];
  }
}

function compareValues([left, right]: PairOfValues, at: Evaluation): Outcome {
  const [first, second] = [baseOf(left), baseOf(right)];
  if (!isFiniteScalar(first) || !isFiniteScalar(second)) return invalidPoint;
  const scale = Math.max(first.scale, second.scale);
  const size = Math.max(sizeOfScalar(first), sizeOfScalar(second));
  if (!hasDigits(scale, size)) return overflow;
  if (at.operations.arithmetic.field === 'precise') return comparePrecisely(first, second, scale);
  const gap = Math.hypot(first.value - second.value, (first.imaginary ?? 0) - (second.imaginary ?? 0));
  const error = gap === 0 ? 0 : gap / scale;
  const kind = error <= agreement ? 'agrees' : error > difference ? 'differs' : 'blurred';
  return { kind, error, left: first.value, right: second.value };
}

function comparePrecisely(first: Scalar, second: Scalar, scale: number): Outcome {
  const gap = digitsOf(first).minus(digitsOf(second)).abs();
  const error = gap.isZero() ? 0 : gap.div(scale).toNumber();
  const kind = error <= preciseAgreement ? 'agrees' : error > preciseDifference ? 'differs' : 'blurred';
  return { kind, error, left: first.value, right: second.value };
}

const isFiniteScalar = (a: Scalar): boolean => Number.isFinite(a.value) && Number.isFinite(a.imaginary ?? 0);
const sizeOfScalar = (a: Scalar): number => Math.hypot(a.value, a.imaginary ?? 0);

/** Whether cancellation has left digits: of the value itself, or of a zero next to terms of ordinary size. */
function hasDigits(scale: number, size: number): boolean {
  return scale <= 1e7 * size || scale <= 1e4;
}

const scalarTails: readonly (readonly number[])[] = [[]];

/** All components that the compared terms have. */
export function tails(axes: Axes, sizes: Sizes): readonly (readonly number[])[] {
  let all = scalarTails;
  for (const axisClass of axes.outer) {
    const [from, to] = sizes.range(axisClass);
    const span = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    all = all.flatMap((tail) => span.map((index) => [...tail, index]));
  }
  return all;
}
