/**
 * The counterexample that is shown for a difference that was found: halves and small whole numbers, positive ones first, sums of
 * two terms, functions such as t^2 + t, in a fixed order, so that anybody can retrace it.
 */

import type { Counterexample } from '../certificate.ts';
import { isObstacle } from '../numbers/arithmetic.ts';
import { type SimpleForm, simpleFunction } from '../numbers/generic.ts';
import { operationsWith } from './arithmetics.ts';
import type { Axes } from './axes.ts';
import type { Plan } from './environment.ts';
import { evaluatePoint, type NumericComparison, type Outcome, type Round } from './points.ts';
import { createRecorder } from './record.ts';
import { smallSizes } from './sizes.ts';

/** Values that are dealt out: positive for logarithms and roots, within 1 for probabilities, then of both signs. */
const hands: readonly (readonly number[])[] = [
  [2, 1, 3, 4, 5],
  [1, 2, 3, 4, 5],
  [3, 2, 1, 5, 4],
  [1, 2, -1, 1, -2],
  [1, 0, 1, 2, -1],
  [1 / 2, 1, 2, 3 / 2, 3],
  [1 / 2, 1 / 4, 3 / 4, 1 / 3, 2 / 3],
  [-1, 2, 1, -2, 3],
  [-2, -1, -3, -4, -5],
  [-1 / 2, 1 / 2, 1 / 4, -1 / 4, 3 / 4],
];
/** First different indices, then equal ones: see the patterns of a plan. */
const patterns = [3, 1, 0] as const;
const forms: readonly SimpleForm[] = ['polynomial', 'wave'];

/** Terms that may be evaluated for it. They are counted apart, so that no verdict rests on what is shown. */
const budgetForIt = 40_000;
/** Sides that are shown differ by this much at least, by itself and beside their size. */
const clear = 0.01;
/** The size up to which sides are easily written down, and the largest that are shown. */
const [handy, largest] = [1000, 1_000_000];

interface Candidate {
  readonly round: Round;
  readonly plan: Plan;
}

/**
 * The first point of the order at which both sides clearly differ and are short fractions of handy size; if there is none, the
 * first at which they are short fractions, or at which they are numbers at all.
 */
export function showSimply(comparison: NumericComparison, axes: Axes): Counterexample | undefined {
  const own = { ...comparison, budget: { left: budgetForIt } };
  let best: (Candidate & { readonly rank: number }) | undefined;
  try {
    for (const candidate of candidatesFor(own, axes)) {
      const outcome = evaluatePoint(own, axes, candidate.round, candidate.plan);
      const rank = rankOf(outcome);
      if (rank >= (best?.rank ?? unfit) || !confirms(own, axes, candidate.round, candidate.plan)) continue;
      best = { ...candidate, rank };
      if (rank === 0) break;
    }
  } catch (error) {
    if (!isObstacle(error) && !(error instanceof RangeError)) throw error;
  }
  const recorded = { ...comparison, budget: { left: budgetForIt } };
  return best === undefined ? undefined : recordPoint(recorded, axes, best.round, best.plan);
}

function* candidatesFor(comparison: NumericComparison, axes: Axes): Generator<Candidate> {
  const names = new Set([...comparison.survey.integers, ...comparison.integers]);
  const { survey } = comparison;
  for (const areEqual of names.size + axes.classes.length > 0 ? [true, false] : [true]) {
    const sizes = smallSizes(axes, names, areEqual);
    for (const form of forms) {
      const round: Round = { ...operationsWith('real', (_, arity, at) => simpleFunction(form, arity, at)), sizes };
      for (const pattern of survey.freeIndices.size > 0 ? patterns : patterns.slice(0, 1)) {
        for (const dealt of hands) yield { round, plan: { seed: 1, regions: 0, pattern, dealt } };
      }
      if (round.functions.size === 0) break;
    }
  }
}

/** The rank of what is not shown. */
const unfit = 4;

function rankOf(outcome: Outcome): number {
  if (outcome.kind !== 'differs' || outcome.error < 1e-3) return unfit;
  const { left, right } = outcome;
  const size = Math.max(Math.abs(left), Math.abs(right));
  if (size > largest || Math.abs(left - right) < clear * Math.max(1, size)) return unfit;
  return (isShort(left) && isShort(right) ? 0 : 2) + (size > handy ? 1 : 0);
}

/** A whole number, or a fraction with a small denominator. */
function isShort(value: number): boolean {
  return [1, 2, 3, 4, 6, 8, 9, 12].some((times) => Math.abs(value * times - Math.round(value * times)) < 1e-9);
}

/** Whether the difference is still there a little to either side: no artefact of a single point. */
export function confirms(comparison: NumericComparison, axes: Axes, round: Round, plan: Plan): boolean {
  return [1e-6, -1e-6].every((shift) => evaluatePoint(comparison, axes, round, { ...plan, shift }).kind === 'differs');
}

/** The values at a point at which both sides have one, and both sides there. */
export function recordPoint(comparison: NumericComparison, axes: Axes, round: Round, plan: Plan): Counterexample {
  const { recorder, values } = createRecorder(round.functions);
  const { left, right } = evaluatePoint(comparison, axes, round, plan, recorder) as Exclude<
    Outcome,
    { kind: 'invalid' }
  >;
  return { values: values(), left, right };
}
