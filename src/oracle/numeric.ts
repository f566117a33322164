/** Tests of an equality at random points, real ones and, where it has none, complex ones. */

import { isObstacle } from './arithmetic.ts';
import { drawOperations } from './arithmetics.ts';
import { type Axes, findAxes, noAxes } from './axes.ts';
import type { Certificate } from './certificate.ts';
import { nearRegionCount, type Plan, regionCount } from './environment.ts';
import { finish, mix } from './hash.ts';
import { evaluatePoint, type NumericComparison, type Round } from './points.ts';
import { confirms, recordPoint, showSimply } from './shown.ts';
import { chooseSizes } from './sizes.ts';

/** Rounds, each with sizes and generic functions of its own. */
const rounds = 8;
const attemptsPerPoint = 40;
/** When so many points in a row are invalid and none has been valid, there is likely none. */
const hopeless = 800;

/** What became of the points of a test. */
interface Tally {
  readonly valid: number;
  readonly worst: number;
  readonly blurred: number;
  /** What ended the test early. */
  readonly obstacle?: string;
  /** Where both sides differ. */
  readonly difference?: { readonly round: number; readonly plan: Plan; readonly error: number };
}

/** Evaluates both sides at real points until enough are valid, or a difference is confirmed, or there is no hope. */
export function testEquality(comparison: NumericComparison): Certificate {
  const axes = axesOf(comparison);
  const tally = test(comparison, axes, 'real', false);
  if (tally.difference !== undefined) return axes.ambiguous ? openAxis : fails(comparison, axes, tally);
  return summarise(comparison.points, tally);
}

/**
 * The same for complex values on principal branches: of real variables first, of complex ones if that does not tell.
 * Undefined if that does not tell either: branches differ for many reasons, so that a difference proves nothing.
 */
export function testComplex(comparison: NumericComparison): Certificate | undefined {
  const axes = axesOf(comparison);
  for (const complex of [false, true]) {
    const tally = test(comparison, axes, 'complex', complex);
    if (tally.difference !== undefined) continue;
    const certificate = summarise(comparison.points, tally);
    if (certificate.verdict === 'holds') return { ...certificate, field: 'complex' };
  }
  return undefined;
}

function axesOf({ left, right, within, definitions, survey }: NumericComparison): Axes {
  if (!survey.usesAxes && within.length === 0) return noAxes;
  return findAxes([left, right, ...within.map((one) => one.binder)], definitions, survey);
}

/** `complex` says whether the variables are, and not only the values. */
function test(comparison: NumericComparison, axes: Axes, field: 'real' | 'complex', complex: boolean): Tally {
  const working: number[] = [];
  let [valid, worst, blurred] = [0, 0, 0];
  let [round, inRound, validInRound] = [0, 0, 0];
  let current = startRound(comparison, axes, field, round);
  const most = attemptsPerPoint * comparison.points;
  try {
    for (let attempt = 0; attempt < most && valid < comparison.points; attempt++) {
      if (valid === 0 && attempt >= hopeless) break;
      if (validInRound >= comparison.points / rounds || inRound >= attemptsPerPoint) {
        current = startRound(comparison, axes, field, ++round);
        inRound = 0;
        validInRound = 0;
      }
      inRound++;
      const plan: Plan = { ...choosePlan(comparison, attempt, working), complex };
      const outcome = evaluatePoint(comparison, axes, current, plan);
      if (outcome.kind === 'invalid') continue;
      if (outcome.kind === 'differs') {
        if (!confirms(comparison, axes, current, plan)) continue;
        return { valid, worst, blurred, difference: { round, plan, error: outcome.error } };
      }
      if (working.length < 32 && !working.includes(plan.regions)) working.push(plan.regions);
      if (outcome.kind === 'blurred') blurred++;
      worst = Math.max(worst, outcome.error);
      valid++;
      validInRound++;
    }
  } catch (error) {
    if (!isObstacle(error) || valid === 0) throw error;
    return { valid, worst, blurred, obstacle: error.obstacle };
  }
  return { valid, worst, blurred };
}

const openAxis: Certificate = {
  verdict: 'unknown',
  method: 'unchecked',
  points: 0,
  worst: 0,
  reason: 'not-enough-context: the length of a sum can not be told',
};

function summarise(wanted: number, { valid, worst, blurred, obstacle }: Tally): Certificate {
  const open = { verdict: 'unknown', method: 'unchecked', points: valid, worst } as const;
  if (2 * valid < wanted) {
    return { ...open, reason: obstacle ?? `domain: only ${valid} of ${wanted} points were valid on both sides` };
  }
  if (blurred > 0)
    return { ...open, reason: `precision: at ${blurred} of ${valid} points the sides differ by too little to tell` };
  return { verdict: 'holds', method: 'tested', points: valid, worst };
}

function choosePlan({ seed, survey }: NumericComparison, attempt: number, working: readonly number[]): Plan {
  return {
    seed: mix(mix(seed, 31), attempt),
    regions: chooseRegions(attempt, working, survey.smooth ? nearRegionCount : regionCount),
    // Out of step with the regions, so that each meets each.
    pattern: attempt + Math.floor(attempt / 4),
  };
}

/** All regions first, then those that gave valid points, with mixtures by name tried in between. */
function chooseRegions(attempt: number, working: readonly number[], count: number): number {
  if (attempt < 2 * count) return attempt % count;
  if (working.length > 0 && attempt % 4 !== 0) return working[finish(attempt) % working.length] ?? 0;
  return regionCount + attempt;
}

function startRound(comparison: NumericComparison, axes: Axes, field: 'real' | 'complex', round: number): Round {
  const names = new Set([...comparison.survey.integers, ...comparison.integers]);
  const sizes = chooseSizes(axes, names, mix(mix(comparison.seed, 53), round));
  return { ...comparison.arithmetics.drawn(field, round), sizes };
}

/** A `fails` with values that a reader can count with, or else rounded as far as the difference remains. */
function fails(comparison: NumericComparison, axes: Axes, { valid, difference }: Tally): Certificate {
  const points = valid + 1;
  const worst = difference?.error ?? 0;
  const unclear: Certificate = {
    verdict: 'unknown',
    method: 'unchecked',
    points,
    worst,
    reason: 'precision: a difference could not be retraced',
  };
  if (difference === undefined) return unclear;
  const { plan } = difference;
  // Functions of its own, so that those drawn for other comparisons are not shown.
  const drawn = drawOperations('real', comparison.seed, difference.round);
  const round: Round = { ...startRound(comparison, axes, 'real', difference.round), ...drawn };
  const plans: readonly Plan[] = [{ ...plan, digits: 1 }, { ...plan, digits: 2 }, { ...plan, digits: 4 }, plan];
  for (const simple of plans) {
    const outcome = evaluatePoint(comparison, axes, round, simple);
    if (outcome.kind !== 'differs' || (simple !== plan && outcome.error < 1e-3)) continue;
    if (simple !== plan && !confirms(comparison, axes, round, simple)) continue;
    const counterexample = showSimply(comparison, axes) ?? recordPoint(comparison, axes, round, simple);
    return { verdict: 'fails', method: 'tested', points, worst, counterexample };
  }
  return unclear;
}
