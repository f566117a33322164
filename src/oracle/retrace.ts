/** Differences: whether one is real, and values at which anyone can see it. */

import type { Certificate } from '../certificate.ts';
import { isObstacle } from '../numbers/arithmetic.ts';
import { drawOperations } from './arithmetics.ts';
import type { Axes } from './axes.ts';
import type { Plan } from './environment.ts';
import { evaluatePoint, type NumericComparison, type Outcome, type Round } from './points.ts';
import { startPreciseRound, startRound, startRoundWith } from './rounds.ts';
import { confirms, recordPoint } from './shown.ts';

/** Where both sides differ, after so many points at which they did not. */
export interface Difference {
  readonly round: number;
  readonly plan: Plan;
  readonly error: number;
  readonly points: number;
  /** Whether only numbers of many digits, or a point of its own, show it. */
  readonly fine?: boolean;
  /** Sizes that the formula points at. */
  readonly given?: ReadonlyMap<string, number>;
}

/** What numbers of many digits say of a point; invalid where there are none. */
export function evaluatePrecisely(comparison: NumericComparison, axes: Axes, round: number, plan: Plan): Outcome {
  // A matrix that has no inverse has one of rounding errors, in many digits as in few.
  if (comparison.survey.inverts.size > 0) return { kind: 'invalid' };
  try {
    return evaluatePoint(comparison, axes, startPreciseRound(comparison, axes, round), plan);
  } catch (error) {
    if (isObstacle(error)) return { kind: 'invalid' };
    throw error;
  }
}

/** A `fails` with the values at which it was found, rounded as far as the difference remains. */
export function showDifference(comparison: NumericComparison, axes: Axes, difference: Difference): Certificate {
  const { plan, error: worst } = difference;
  const points = difference.points + 1;
  const plans: readonly Plan[] = [{ ...plan, digits: 1 }, { ...plan, digits: 2 }, { ...plan, digits: 4 }, plan];
  for (const simple of plans) {
    const round = ownRound(comparison, axes, difference);
    const shown = difference.fine === true ? showFine(comparison, axes, difference, simple) : undefined;
    const outcome = shown ?? evaluatePoint(comparison, axes, round, simple);
    if (outcome.kind !== 'differs') continue;
    if (shown === undefined && simple !== plan) {
      if (outcome.error < 1e-3 || !confirms(comparison, axes, round, simple)) continue;
    }
    const { values } = recordPoint(comparison, axes, round, simple);
    const counterexample = { values, left: outcome.left, right: outcome.right };
    return { verdict: 'fails', method: 'tested', points, worst, counterexample };
  }
  const reason =
    difference.fine === true
      ? 'precision: the sides differ by less than a double shows'
      : 'precision: a difference could not be retraced';
  return { verdict: 'unknown', method: 'unchecked', points, worst, reason };
}

/** Functions of its own, so that those drawn for other comparisons are not shown. */
function ownRound(comparison: NumericComparison, axes: Axes, { round, given }: Difference): Round {
  const started =
    given === undefined ? startRound(comparison, axes, 'real', round) : startRoundWith(comparison, axes, given);
  return { ...started, ...drawOperations('real', comparison.seed, round) };
}

/** The outcome in many digits, if it shows in doubles as well. */
function showFine(comparison: NumericComparison, axes: Axes, { round }: Difference, plan: Plan): Outcome {
  const outcome = evaluatePrecisely(comparison, axes, round, plan);
  return outcome.kind === 'differs' && outcome.left !== outcome.right ? outcome : { kind: 'invalid' };
}
