/**
 * Sides of kinks and cases on which no point tells: exp(9 x) + relu(x - 5000) is as large as exp(9 x) for every double and for
 * every number of some hundred digits, so that what stands behind the kink is not seen. There "holds" would be a guess.
 */

import { isObstacle } from '../numbers/arithmetic.ts';
import type { Axes } from './axes.ts';
import type { Plan } from './environment.ts';
import { evaluationAt, type NumericComparison, type Outcome, type Round, valueOfPart } from './points.ts';
import { evaluatePrecisely } from './retrace.ts';
import { findBends } from './targets.ts';

/** A point with what was found there. */
export interface Visit {
  readonly plan: Plan;
  readonly outcome: Outcome;
}

/** So many points of a side are asked again in many digits; it is slow. */
const mostAsked = 3;

/** Whether both sides of an equality overflow or lose digits there, so that nothing is known. */
const isOpen = ({ outcome }: Visit): boolean =>
  outcome.kind === 'lost' || (outcome.kind === 'invalid' && outcome.overflow === true);
const tells = ({ outcome }: Visit): boolean => outcome.kind !== 'invalid' && outcome.kind !== 'lost';

/** What many digits say of the sides that no visit tells of: a plan at which they differ, or that one stays unseen. */
export function searchUnreached(
  comparison: NumericComparison,
  axes: Axes,
  round: Round,
  visits: readonly Visit[],
): { readonly differs: Visit } | 'unseen' | undefined {
  const open = visits.filter(isOpen);
  if (open.length === 0) return undefined;
  const told = visits.filter(tells);
  for (const { of, single } of findBends([comparison.left, comparison.right], comparison.definitions)) {
    const sideAt = ({ plan }: Visit): number => {
      try {
        return Math.sign(valueOfPart(of, evaluationAt(comparison, axes, round, plan)));
      } catch (error) {
        if (isObstacle(error)) return Number.NaN;
        throw error;
      }
    };
    const seen = new Set(told.map(sideAt));
    const unseen = new Map<number, Visit[]>();
    for (const visit of open) {
      const side = sideAt(visit);
      if (Number.isNaN(side) || seen.has(side) || (side === 0 && !single)) continue;
      unseen.set(side, [...(unseen.get(side) ?? []), visit]);
    }
    for (const all of unseen.values()) {
      let isSeen = false;
      for (const { plan } of all.slice(0, mostAsked)) {
        const outcome = evaluatePrecisely(comparison, axes, 0, plan);
        if (outcome.kind === 'differs') return { differs: { plan, outcome } };
        isSeen ||= outcome.kind === 'agrees';
      }
      if (!isSeen) return 'unseen';
    }
  }
  return undefined;
}
