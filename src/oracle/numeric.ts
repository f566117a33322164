/** Tests of an equality at random points, real ones and, where it has none, complex ones. */

import type { Certificate } from '../certificate.ts';
import { isObstacle } from '../numbers/arithmetic.ts';
import { finish, mix } from '../numbers/hash.ts';
import { inverse } from '../term/tensor/products.ts';
import type { Term } from '../term/term.ts';
import { aimedPlans } from './aimed.ts';
import { type Axes, findAxes, noAxes } from './axes.ts';
import { nearRegionCount, type Plan, regionCount } from './environment.ts';
import { evaluatePoint, type NumericComparison, type Round } from './points.ts';
import { type Difference, evaluatePrecisely, showDifference } from './retrace.ts';
import { startRound, startRoundWith } from './rounds.ts';
import { confirms } from './shown.ts';
import { searchUnreached, type Visit } from './unreached.ts';

/** Rounds, each with sizes and generic functions of its own. */
export const rounds = 8;
const attemptsPerPoint = 40;
/** When so many points in a row are invalid and none has been valid, there is likely none. */
const hopeless = 800;
/** The same where each takes an integral or a series. */
const hopelessApproximate = 40;

function patienceWith({ survey }: NumericComparison): number {
  return survey.approximate ? hopelessApproximate : hopeless;
}

/** What became of the points of a test. */
interface Tally {
  readonly valid: number;
  readonly worst: number;
  readonly blurred: number;
  /** Points that say little, since something was swallowed there. */
  readonly lost: number;
  /** What ended the test early. */
  readonly obstacle?: string;
  readonly difference?: Difference;
}

/** Evaluates both sides at real points until enough are valid, or a difference is confirmed, or there is no hope. */
export function testEquality(comparison: NumericComparison): Certificate {
  const axes = axesOf(comparison);
  const tally = test(comparison, axes, 'real', false);
  const difference =
    tally.difference ??
    (tally.valid + tally.lost > 0
      ? (testAimed(comparison, axes, tally) ??
        testSizes(comparison, axes, tally) ??
        testFinely(comparison, axes, tally))
      : undefined);
  if (difference === 'agrees')
    return summarise(comparison.points, { ...tally, valid: tally.valid + tally.lost, blurred: 0 });
  if (difference === 'unseen') return { ...summarise(comparison.points, tally), ...unseen };
  if (difference !== undefined) return axes.ambiguous ? openAxis : showDifference(comparison, axes, difference);
  return summarise(comparison.points, tally);
}

/** The same at random points alone: of what has thousands of names no point is more telling than another. */
export function testAtRandom(comparison: NumericComparison): Certificate {
  const tally = test(comparison, axesOf(comparison), 'real', false);
  if (tally.difference === undefined) return summarise(comparison.points, tally);
  const { error, points } = tally.difference;
  return { verdict: 'fails', method: 'tested', points, worst: error };
}

const unseen = {
  verdict: 'unknown',
  method: 'unchecked',
  reason: 'precision: on one side of a kink or a case of the formula values are too large or too small to tell',
} as const;

/** Whether both sides have real values anywhere: at a random point, where the formula points, or beyond what doubles hold. */
export function findsValues(comparison: NumericComparison): boolean {
  const axes = axesOf(comparison);
  let round = startRound(comparison, axes, 'real', 0);
  // Where something was swallowed a value may be one of rounding: sqrt(-exp(-1000)) is none.
  const isValid = (plan: Plan): boolean =>
    ['agrees', 'blurred', 'differs'].includes(evaluatePoint(comparison, axes, round, plan).kind);
  for (let attempt = 0; attempt < patienceWith(comparison); attempt++) {
    if (attempt > 0 && attempt % attemptsPerPoint === 0) {
      round = startRound(comparison, axes, 'real', attempt / attemptsPerPoint);
    }
    if (isValid(choosePlan(comparison, attempt, []))) return true;
  }
  round = startRound(comparison, axes, 'real', 0);
  if (aimedPlans(comparison, axes, round).some(isValid)) return true;
  // In many digits nothing lies on a kink that is not written as one number, atan(1) - pi/4.
  if (!comparison.thorough) return false;
  const fine = Array.from({ length: 2 * nearRegionCount }, (_, attempt) => choosePlan(comparison, attempt, []));
  return fine.some((plan) => evaluatePrecisely(comparison, axes, 0, plan).kind !== 'invalid');
}

/** So many points at which a matrix has a value and no inverse are enough: where its determinant is not 0 everywhere, it almost nowhere is. */
const singularPoints = 24;

/** Whether a matrix has no inverse at any point and of any size, as x u' has none. */
export function isSingular(matrix: Term, comparison: NumericComparison): boolean {
  const [own, turned] = [matrix, inverse(matrix)].map((term) => ({ ...comparison, left: term, right: term })) as [
    NumericComparison,
    NumericComparison,
  ];
  const axes = axesOf(turned);
  const drawn = Array.from({ length: rounds }, (_, round) => startRound(comparison, axes, 'real', round));
  let met = 0;
  for (let attempt = 0; attempt < 4 * singularPoints && met < singularPoints; attempt++) {
    const [round, plan] = [drawn[attempt % rounds] as Round, choosePlan(comparison, attempt, [])];
    if (evaluatePoint(own, axes, round, plan).kind === 'invalid') continue;
    if (evaluatePoint(turned, axes, round, plan).kind !== 'invalid') return false;
    met++;
  }
  return met === singularPoints;
}

/** So many points are tried for what holds in places, and so many have to agree. */
const [triedPlaces, agreeingPlaces] = [24, 2];

/** Whether sides that differ agree at several random points: what is analytic does so nowhere but by chance. */
export function agreesInPlaces(comparison: NumericComparison): boolean {
  const axes = axesOf(comparison);
  let agreed = 0;
  for (let attempt = 0; attempt < triedPlaces && agreed < agreeingPlaces; attempt++) {
    const round = startRound(comparison, axes, 'real', attempt % rounds);
    if (evaluatePoint(comparison, axes, round, choosePlan(comparison, attempt, [])).kind === 'agrees') agreed++;
  }
  return agreed === agreeingPlaces;
}

/** The certificate where there are none. */
export function noValues({ points }: Pick<NumericComparison, 'points'>): Certificate {
  return summarise(points, { valid: 0, worst: 0, blurred: 0, lost: 0 });
}

/** What rounding makes of equal sides; beyond it, at a place where the formula points, many digits are asked. */
const rounding = 1e-14;
/** So often they are asked; it is slow. */
const mostDoubts = 16;

/** A difference at the points that the formula itself points at; `unseen` where they leave one of its cases open. */
function testAimed(comparison: NumericComparison, axes: Axes, { valid }: Tally): Difference | 'unseen' | undefined {
  const { survey, thorough } = comparison;
  // What is analytic is equal everywhere or almost nowhere: only where doubles lose digits do points of their own tell more.
  if (!survey.pointed || (survey.smooth && !thorough)) return undefined;
  const round = startRound(comparison, axes, 'real', 0);
  const visits: Visit[] = [];
  let doubts = 0;
  try {
    for (const plan of aimedPlans(comparison, axes, round)) {
      const outcome = evaluatePoint(comparison, axes, round, plan);
      visits.push({ plan, outcome });
      if (outcome.kind === 'invalid') continue;
      const found: Difference = { round: 0, plan, error: outcome.error, points: valid };
      if (outcome.kind === 'differs' && confirms(comparison, axes, round, plan)) return found;
      if (outcome.kind === 'agrees' && outcome.error < rounding) continue;
      if (outcome.kind !== 'differs' && (!thorough || ++doubts > mostDoubts)) continue;
      if (thorough && evaluatePrecisely(comparison, axes, 0, plan).kind === 'differs') return { ...found, fine: true };
    }
    if (!thorough) return undefined;
    for (let attempt = 0; attempt < regionCount; attempt++) {
      const plan = choosePlan(comparison, attempt, []);
      visits.push({ plan, outcome: evaluatePoint(comparison, axes, round, plan) });
    }
    const rest = searchUnreached(comparison, axes, round, visits);
    if (rest === 'unseen') return rest;
    if (rest !== undefined) return { round: 0, plan: rest.differs.plan, error: 1, points: valid, fine: true };
  } catch (error) {
    if (!isObstacle(error)) throw error;
  }
  return undefined;
}

/** Rounds for sizes that the formula compares with something: at such a size alone a case may hold. */
const mostSizes = 12;

function testSizes(comparison: NumericComparison, axes: Axes, { valid }: Tally): Difference | undefined {
  const { survey, integers, thorough } = comparison;
  if (!thorough) return undefined;
  const names = [...new Set([...survey.integers, ...integers])];
  const sizes = [...new Set([...survey.sizes].flatMap((size) => [size, size + 1, size - 1]))].filter(
    (size) => size > 0,
  );
  const all = names.flatMap((name) => sizes.map((size) => new Map([[name, size]]))).slice(0, mostSizes);
  try {
    for (const given of all) {
      const round = startRoundWith(comparison, axes, given);
      for (let attempt = 0; attempt < nearRegionCount; attempt++) {
        const plan = choosePlan(comparison, attempt, []);
        const outcome = evaluatePoint(comparison, axes, round, plan);
        if (outcome.kind === 'invalid') continue;
        if (outcome.kind !== 'differs' || !confirms(comparison, axes, round, plan)) break;
        return { round: 0, plan, error: outcome.error, points: valid, given };
      }
    }
  } catch (error) {
    if (!isObstacle(error)) throw error;
  }
  return undefined;
}

/** Points at which numbers of many digits are asked. */
const finePoints = 6;

/** Where doubles leave something open, the same in many digits; undefined where these can't tell either. */
function testFinely(comparison: NumericComparison, axes: Axes, tally: Tally): Difference | 'agrees' | undefined {
  const { survey, points, seed } = comparison;
  const isAsked = survey.fine && comparison.thorough;
  if (!isAsked && tally.blurred === 0 && 2 * tally.valid >= points) return undefined;
  let agreed = 0;
  for (let attempt = 0; attempt < 4 * finePoints && agreed < finePoints; attempt++) {
    const plan: Plan = { ...choosePlan(comparison, attempt, []), seed: mix(mix(seed, 37), attempt) };
    const outcome = evaluatePrecisely(comparison, axes, attempt % 2, plan);
    if (outcome.kind === 'differs') {
      return { round: attempt % 2, plan, error: outcome.error, points: tally.valid, fine: true };
    }
    if (outcome.kind === 'agrees') agreed++;
  }
  return agreed > finePoints / 2 ? 'agrees' : undefined;
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

export function axesOf({ left, right, within, definitions, survey }: NumericComparison): Axes {
  if (!survey.usesAxes && within.length === 0) return noAxes;
  return findAxes([left, right, ...within.map((one) => one.binder)], definitions, survey);
}

/** `complex` says whether the variables are, and not only the values. */
function test(comparison: NumericComparison, axes: Axes, field: 'real' | 'complex', complex: boolean): Tally {
  const working: number[] = [];
  let [valid, worst, blurred, lost] = [0, 0, 0, 0];
  let [round, inRound, validInRound] = [0, 0, 0];
  let current = startRound(comparison, axes, field, round);
  const most = attemptsPerPoint * comparison.points;
  try {
    for (let attempt = 0; attempt < most && valid < comparison.points; attempt++) {
      if (valid === 0 && attempt >= patienceWith(comparison)) break;
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
        return { valid, worst, blurred, lost, difference: { round, plan, error: outcome.error, points: valid } };
      }
      if (outcome.kind === 'lost') {
        if (++lost >= 2 * comparison.points) break;
        continue;
      }
      if (working.length < 32 && !working.includes(plan.regions)) working.push(plan.regions);
      if (outcome.kind === 'blurred') blurred++;
      worst = Math.max(worst, outcome.error);
      valid++;
      validInRound++;
    }
  } catch (error) {
    if (!isObstacle(error) || valid === 0) throw error;
    return { valid, worst, blurred, lost, obstacle: error.obstacle };
  }
  return { valid, worst, blurred, lost };
}

const openAxis: Certificate = {
  verdict: 'unknown',
  method: 'unchecked',
  points: 0,
  worst: 0,
  reason: 'not-enough-context: the length of a sum can not be told',
};

function summarise(wanted: number, { valid, worst, blurred, lost, obstacle }: Tally): Certificate {
  const open = { verdict: 'unknown', method: 'unchecked', points: valid, worst } as const;
  if (2 * valid < wanted && valid < lost) {
    return { ...open, reason: `precision: at ${lost} of ${valid + lost} points something is too small to tell` };
  }
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
