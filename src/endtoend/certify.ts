/**
 * The answer's own certificate. The steps of a derivation are certified on terms, and terms are made by constructors that
 * both sides share; so a fault in a constructor, in what brings an answer into its form, or in a printer would leave every
 * check mark in place. Here the tree that was read is evaluated as it stands and differentiated by dual numbers, and compared
 * with the answer as it is printed, read back.
 *
 * This folder imports the syntax and the number functions only, and a test reads its imports. What both sides still share, and
 * what therefore is not checked here: the reader, the roles, lengths and properties of names (`--explain` shows them), and what
 * numbers, functions and operations on arrays mean (`numbers/`, told once for this evaluator and for the oracle).
 *
 * What "answer" means for each kind of question:
 * - derivatives of any order, mixed or not, and every result of a gradient and entry of a Hessian: contracted with one random
 *   direction for each variable they are the nested tangents of the source. The axes of variables come first, the last
 *   variable's before the others', then those of the value; in numerator layout the printed matrix is transposed. Of a matrix
 *   by a matrix the answer is one entry, at the indices that its left side names. Members have free indices, which by turns
 *   are independent, equal, and at the ends of what all sums along their axis reach. The entries of a variable with a
 *   property vary one by one, as everywhere in the product.
 * - a name that depends on one other (`y(x)`) has free derivatives y, dy/dx, d^2y/dx^2, ..., also under the names y_dot and
 *   y_prime: jet coordinates, each of which changes by the next along what it depends on. A name that depends on several is a
 *   random smooth function of them. Both are the same on both sides.
 * - a directional derivative is the tangent along the direction as it was written, over its length if it is to be of length 1;
 *   a vector-Jacobian product contracted with a direction is the weight times the tangent along that.
 * - a Taylor polynomial has the derivatives of the source up to its degree at the point, and none beyond; where the source is
 *   u/v with a zero of v there, the polynomial times v has those of u, as many more as the order of the zero is.
 * - an implicit derivative: at a point of the curve, found by Newton's method, the coefficients of the series that solves the
 *   equation order by order.
 * - stationary points: each equation's left side less its right one is the gradient, and at the solution the gradient is zero.
 *
 * Dual numbers have central differences as their second opinion: where the two disagree nothing is said.
 */

import type { Certificate } from '../certificate.ts';
import { baseOf, isObstacle, type Scalar, stop, type Value } from '../numbers/arithmetic.ts';
import { hashText, mix } from '../numbers/hash.ts';
import type { MathNode } from '../syntax/node.ts';
import { type Axes, findAxes, type Lengths } from './axes.ts';
import type { Claim, Pair, Sides } from './claims.ts';
import { evaluator } from './evaluate.ts';
import { createScope, type Evaluation } from './evaluation.ts';
import { createPoint, type Plan, type Point, type Round, regionCount, startRound } from './points.ts';
import { arrayOf, isArray, type Quantity } from './quantities.ts';
import type { Names, Roles } from './roles.ts';

/** The trees of one side. */
export interface Text {
  readonly names: Names;
  /** Every tree that is evaluated, but those of definitions. */
  readonly nodes: readonly MathNode[];
}

export interface Question {
  readonly roles: Roles;
  readonly source: Text;
  readonly answer: Text;
  readonly claims: readonly Claim[];
  readonly seed: number;
  /** Whether one claim is about very many derivatives. */
  readonly isMany?: boolean;
}

/** Valid points that are wanted: analytic formulas that agree at a few random points agree everywhere. */
const analyticPoints = 4;
const piecewisePoints = 8;
const fewestPoints = 3;
/** Valid points at which an analytic answer is asked in its other words, with all names put back. */
const fewestInOtherWords = 2;
const mostAttempts = 40;
/** Attempts without a single valid point after which there is none. */
const hopeless = 25;
/** Nodes that may be evaluated, and for one claim about very many derivatives, which takes no longer than its size. */
const [mostNodes, mostNodesOfMany] = [200_000, 1_500_000];

/** Relative to the size of the terms that were added: below the first both sides agree, above the second they differ. */
const agreement = 1e-10;
const difference = 1e-7;
/** As far as a central difference may be from a tangent. */
const ofDifferences = 1e-4;
/** Points at which differences are asked. */
const differencePoints = 1;

export function unchecked(reason: string, points = 0): Certificate {
  return { verdict: 'unknown', method: 'unchecked', points, worst: 0, reason };
}

/** Whether the printed answer is the answer to the source. Never throws for what a tree holds. */
export function certifyAnswer(question: Question): Certificate {
  try {
    const axes = findAxes([question.source, question.answer], question.roles);
    try {
      return test(question, axes, false);
    } catch (error) {
      // A transpose that is missing lets factors not fit: with all lengths alike its numbers are wrong as well.
      if (!isObstacle(error) || !error.obstacle.startsWith('shape-clash')) throw error;
      const alike = test(question, axes, true);
      return alike.verdict === 'fails' ? alike : unchecked(error.obstacle);
    }
  } catch (error) {
    if (isObstacle(error)) return unchecked(error.obstacle);
    if (error instanceof RangeError)
      return unchecked('too-deep: the formula is nested too deeply to be evaluated again');
    throw error;
  }
}

function test(question: Question, axes: Axes, alike: boolean): Certificate {
  const seed = mix(hashText('from end to end'), question.seed);
  const budget = { left: question.isMany === true ? mostNodesOfMany : mostNodes };
  const rounds = [0, 1].map((round) => startRound(axes, seed, round, alike, endOf(question, budget)));
  const at = (plan: Plan, asksAll: boolean): Outcome =>
    outcomeAt(question, axes, rounds[plan.round] as Round, plan, { budget, asksAll });
  const wantedPoints = axes.isPiecewise ? piecewisePoints : analyticPoints;
  const working: number[] = [];
  let [valid, worst, doubted] = [0, 0, 0];
  try {
    for (let attempt = 0; attempt < mostAttempts && valid < wantedPoints; attempt++) {
      if (valid === 0 && attempt >= hopeless) break;
      const region = regionFor(attempt, working);
      const plan: Plan = { seed: mix(seed, attempt), round: attempt % 2, region };
      const asksAll = axes.isPiecewise || valid < fewestInOtherWords;
      const outcome = at(plan, asksAll);
      if (outcome.kind === 'invalid') continue;
      if (outcome.kind === 'differs') {
        if (at({ ...plan, shift: nudge }, asksAll).kind !== 'differs') continue;
        return failed(outcome, valid);
      }
      const isDoubted = valid < differencePoints && isContradicted(outcome.pairs, outcome.point);
      if (isDoubted && ++doubted > 3) {
        return unchecked('precision: tangents and central differences of the source disagree', valid);
      }
      if (isDoubted) continue;
      worst = Math.max(worst, outcome.error);
      valid++;
      if (!working.includes(region)) working.push(region);
    }
  } catch (error) {
    if (!isObstacle(error) || valid < fewestPoints) throw error;
  }
  if (valid < fewestPoints) {
    return unchecked(`domain: only ${valid} of ${wantedPoints} points were valid on both sides`, valid);
  }
  return { verdict: 'holds', method: 'tested', points: valid, worst };
}

/** Each region once, then those that gave valid points, and in between a mixture by name: of thousands of names one is always far out. */
function regionFor(attempt: number, working: readonly number[]): number {
  if (attempt < regionCount) return attempt;
  const known = attempt % 2 === 0 ? working[(attempt / 2) % working.length] : undefined;
  return known ?? regionCount + attempt;
}

/** A difference that a slight move of all values takes away is none. */
const nudge = 1e-6;

type Outcome =
  | { readonly kind: 'invalid' }
  | {
      readonly kind: 'agrees' | 'differs';
      readonly error: number;
      readonly pairs: readonly Pair[];
      readonly point: Point;
      readonly left: number;
      readonly right: number;
    };

const invalidPoint: Outcome = { kind: 'invalid' };

function failed(outcome: Extract<Outcome, { kind: 'agrees' | 'differs' }>, points: number): Certificate {
  const { left, right, error, point } = outcome;
  return {
    verdict: 'fails',
    method: 'tested',
    points,
    worst: error,
    reason: 'answer: the printed answer is not the answer to the source',
    counterexample: { values: point.shown(), left, right },
  };
}

function evaluationAt({ roles }: Question, names: Names, point: Point, budget: { left: number }): Evaluation {
  return {
    evaluator,
    roles,
    names,
    point,
    operations: point.operations,
    budget,
    scope: createScope([]),
    bound: new Map(),
    parameters: new Map(),
  };
}

/** The value of an end of a range. */
function endOf(question: Question, budget: { left: number }): (node: MathNode, lengths: Lengths) => number {
  return (node, lengths) => {
    const point = { lengths, freeIndex: () => 1 } as unknown as Point;
    return evaluator.evaluateIndex(node, evaluationAt(question, question.source.names, point, budget));
  };
}

function outcomeAt(
  question: Question,
  axes: Axes,
  round: Round,
  plan: Plan,
  { budget, asksAll }: { readonly budget: { left: number }; readonly asksAll: boolean },
): Outcome {
  const point = createPoint(question.roles, axes, round, plan);
  const { losses } = round.operations.arithmetic;
  if (losses !== undefined) losses.seen = false;
  const sides: Sides = {
    source: evaluationAt(question, question.source.names, point, budget),
    answer: evaluationAt(question, question.answer.names, point, budget),
    seed: mix(plan.seed, 43),
    asksAll,
  };
  const pairs = question.claims.flatMap((claim) => claim(sides));
  if (pairs.length < question.claims.length) return invalidPoint;
  let found: Outcome = { kind: 'agrees', error: 0, pairs, point, left: 0, right: 0 };
  for (const pair of pairs) {
    for (const [first, second] of entriesOf(pair)) {
      const outcome = compare(first, second, { pairs, point });
      if (outcome.kind === 'invalid') return outcome;
      if (outcome.error >= found.error) found = outcome;
    }
  }
  return losses?.seen === true && found.kind === 'agrees' ? invalidPoint : found;
}

/** The entries of both sides. */
function entriesOf({ left, right }: Pick<Pair, 'left' | 'right'>): readonly (readonly [Value, Value])[] {
  const [first, second] = [arrayOf(left), arrayOf(right)];
  const fits = first.sizes.length === second.sizes.length && first.sizes.every((size, k) => size === second.sizes[k]);
  if (!fits) return stop('shape-clash: the answer has another shape than the derivative');
  return first.entries.map((one, k) => [one, second.entries[k] as Value]);
}

function compare(
  left: Value,
  right: Value,
  context: { readonly pairs: readonly Pair[]; readonly point: Point },
): Outcome {
  const [first, second] = [baseOf(left), baseOf(right)];
  if (!Number.isFinite(first.value) || !Number.isFinite(second.value)) return invalidPoint;
  const scale = Math.max(first.scale, second.scale);
  if (!hasDigits(first, second)) return invalidPoint;
  const gap = Math.abs(first.value - second.value);
  const error = gap === 0 ? 0 : gap / scale;
  if (error > agreement && error <= difference) return invalidPoint;
  return { kind: error > difference ? 'differs' : 'agrees', error, left: first.value, right: second.value, ...context };
}

/** Whether cancellation has left digits: of the value itself, or of a zero next to terms of ordinary size. */
function hasDigits(first: Scalar, second: Scalar): boolean {
  const scale = Math.max(first.scale, second.scale);
  return scale <= 1e7 * Math.max(Math.abs(first.value), Math.abs(second.value)) || scale <= 1e4;
}

/** Whether central differences say otherwise than tangents. */
function isContradicted(pairs: readonly Pair[], { operations }: Point): boolean {
  return pairs.some(({ left, byDifferences }) => {
    if (byDifferences === undefined) return false;
    const second = byDifferences();
    if (operations.arithmetic.losses !== undefined) operations.arithmetic.losses.seen = false;
    return entriesOf({ left: bare(left), right: second }).some(([one, other]) => {
      const [a, b] = [baseOf(one), baseOf(other)];
      return !(Math.abs(a.value - b.value) <= ofDifferences * Math.max(a.scale, 1));
    });
  });
}

const bare = (quantity: Quantity): Quantity =>
  isArray(quantity) ? { sizes: quantity.sizes, entries: quantity.entries.map(baseOf) } : baseOf(quantity);
