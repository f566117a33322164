/** Tests of an equality at random points in doubles. */

import type { BinderTerm, Term } from '../term/term.ts';
import type { Operations } from './arithmetic.ts';
import { baseOf, isObstacle } from './arithmetic.ts';
import type { Certificate, Counterexample } from './certificate.ts';
import { createOperations } from './dual.ts';
import { createRealSample, nearRegionCount, type Plan, regionCount } from './environment.ts';
import { evaluate, evaluateInteger } from './evaluate.ts';
import { createScope, type Evaluation, type Recorder } from './evaluation.ts';
import type { Comparison } from './fingerprint.ts';
import { drawFunction, type SmoothFunction } from './generic.ts';
import { finish, mix } from './hash.ts';
import { createReal } from './real.ts';
import { createRecorder } from './record.ts';
import { type Axes, chooseSizes, findAxes, type Sizes } from './sizes.ts';

export interface NumericComparison extends Comparison {
  readonly points: number;
  readonly positive: ReadonlySet<string>;
  readonly integers: ReadonlySet<string>;
  readonly within: readonly IndexWithin[];
}

/** That an index stands in the range of a sum; other points do not count. */
export interface IndexWithin {
  readonly index: Term;
  readonly binder: BinderTerm;
}

/** Relative to the size of the terms that were added: below the first both sides agree, above the second they differ. */
const agreement = 1e-11;
const difference = 1e-7;

/** Rounds, each with sizes and generic functions of its own. */
const rounds = 8;
const attemptsPerPoint = 40;
/** When so many points in a row are invalid and none has been valid, there is likely none. */
const hopeless = 800;

/** Sizes and generic functions. */
interface Round {
  readonly sizes: Sizes;
  readonly operations: Operations;
  readonly functions: ReadonlyMap<string, SmoothFunction>;
}

type Outcome =
  | { readonly kind: 'invalid' }
  | {
      readonly kind: 'agrees' | 'blurred' | 'differs';
      readonly error: number;
      readonly left: number;
      readonly right: number;
    };

const invalidPoint: Outcome = { kind: 'invalid' };

/** Evaluates both sides until enough points are valid, or a difference is confirmed, or there is no hope. */
export function testEquality(comparison: NumericComparison): Certificate {
  const binders = comparison.within.map((one) => one.binder);
  const axes = findAxes([comparison.left, comparison.right, ...binders], comparison.definitions);
  const names = new Set([...comparison.survey.integers, ...comparison.integers]);
  const working: number[] = [];
  let valid = 0;
  let worst = 0;
  let blurred = 0;
  let outOfBudget: string | undefined;
  let [round, inRound, validInRound] = [0, 0, 0];
  let current = startRound(comparison, axes, names, round);
  const most = attemptsPerPoint * comparison.points;
  try {
    for (let attempt = 0; attempt < most && valid < comparison.points; attempt++) {
      if (valid === 0 && attempt >= hopeless) break;
      if (validInRound >= comparison.points / rounds || inRound >= attemptsPerPoint) {
        current = startRound(comparison, axes, names, ++round);
        inRound = 0;
        validInRound = 0;
      }
      inRound++;
      const plan = choosePlan(comparison, attempt, working);
      const outcome = evaluatePoint(comparison, axes, current, plan);
      if (outcome.kind === 'invalid') continue;
      if (outcome.kind === 'differs') {
        if (!confirms(comparison, axes, current, plan)) continue;
        if (axes.ambiguous) return openAxis;
        return fails(comparison, axes, current, plan, valid + 1, outcome.error);
      }
      if (working.length < 32 && !working.includes(plan.regions)) working.push(plan.regions);
      if (outcome.kind === 'blurred') blurred++;
      worst = Math.max(worst, outcome.error);
      valid++;
      validInRound++;
    }
  } catch (error) {
    if (!isObstacle(error) || valid === 0) throw error;
    outOfBudget = error.obstacle;
  }
  return summarise(comparison.points, valid, worst, blurred, outOfBudget);
}

const openAxis: Certificate = {
  verdict: 'unknown',
  method: 'unchecked',
  points: 0,
  worst: 0,
  reason: 'not-enough-context: the length of a sum can not be told',
};

function summarise(
  wanted: number,
  valid: number,
  worst: number,
  blurred: number,
  obstacle: string | undefined,
): Certificate {
  const open = { verdict: 'unknown', method: 'unchecked', points: valid, worst } as const;
  if (2 * valid < wanted) {
    return { ...open, reason: obstacle ?? `domain: only ${valid} of ${wanted} points were valid on both sides` };
  }
  if (blurred > 0)
    return { ...open, reason: `precision: at ${blurred} of ${valid} points the sides differ by too little to tell` };
  return { verdict: 'holds', method: 'tested', points: valid, worst };
}

function choosePlan({ seed, survey }: Comparison, attempt: number, working: readonly number[]): Plan {
  return {
    seed: mix(mix(seed, 31), attempt),
    regions: chooseRegions(attempt, working, survey.algebraic ? nearRegionCount : regionCount),
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

function startRound(comparison: NumericComparison, axes: Axes, names: ReadonlySet<string>, round: number): Round {
  const seed = mix(mix(comparison.seed, 53), round);
  const functions = new Map<string, SmoothFunction>();
  const draw = (name: string, arity: number): SmoothFunction => {
    const key = `${name} ${arity}`;
    let known = functions.get(key);
    if (known === undefined) {
      known = drawFunction(seed, name, arity);
      functions.set(key, known);
    }
    return known;
  };
  return { sizes: chooseSizes(axes, names, seed), operations: createOperations(createReal(draw)), functions };
}

/** Compares all components at one point. */
function evaluatePoint(
  comparison: NumericComparison,
  axes: Axes,
  round: Round,
  plan: Plan,
  record?: Recorder,
): Outcome {
  const at: Evaluation = {
    operations: round.operations,
    sample: createRealSample(plan, axes, round.sizes, comparison.positive),
    definitions: comparison.definitions,
    shared: comparison.survey.shared,
    opaqueSums: false,
    opaqueNames: false,
    budget: comparison.budget,
    indices: new Map(),
    scope: createScope([]),
    ...(record === undefined ? {} : { record }),
  };
  if (!comparison.within.every((one) => isWithin(one, at))) return invalidPoint;
  let worst: Exclude<Outcome, { kind: 'invalid' }> = { kind: 'agrees', error: 0, left: 0, right: 0 };
  for (const tail of tails(axes, round.sizes)) {
    const outcome = compareComponent(comparison, tail, at);
    if (outcome.kind === 'invalid') return outcome;
    if (outcome.error >= worst.error) worst = outcome;
  }
  return worst;
}

function isWithin({ index, binder }: IndexWithin, at: Evaluation): boolean {
  const { range } = binder;
  const [from, to] =
    range === undefined ? at.sample.axis(binder) : [evaluateInteger(range.from, at), evaluateInteger(range.to, at)];
  const value = evaluateInteger(index, at);
  return from <= value && value <= to;
}

function compareComponent({ left, right }: Comparison, tail: readonly number[], at: Evaluation): Outcome {
  const first = baseOf(evaluate(left, tail, at));
  if (!Number.isFinite(first.value)) return invalidPoint;
  const second = baseOf(evaluate(right, tail, at));
  if (!Number.isFinite(second.value)) return invalidPoint;
  const scale = Math.max(first.scale, second.scale);
  const size = Math.max(Math.abs(first.value), Math.abs(second.value));
  if (!hasDigits(scale, size)) return invalidPoint;
  const gap = Math.abs(first.value - second.value);
  const error = gap === 0 ? 0 : gap / scale;
  const kind = error <= agreement ? 'agrees' : error > difference ? 'differs' : 'blurred';
  return { kind, error, left: first.value, right: second.value };
}

/** Whether cancellation has left digits: of the value itself, or of a zero next to terms of ordinary size. */
function hasDigits(scale: number, size: number): boolean {
  return scale <= 1e7 * size || scale <= 1e4;
}

/** All components that the compared terms have. */
function tails(axes: Axes, sizes: Sizes): readonly (readonly number[])[] {
  let all: readonly (readonly number[])[] = [[]];
  for (const axisClass of axes.outer) {
    const [from, to] = sizes.range(axisClass);
    const span = Array.from({ length: to - from + 1 }, (_, at) => from + at);
    all = all.flatMap((tail) => span.map((index) => [...tail, index]));
  }
  return all;
}

/** Whether the difference is still there a little to either side: no artefact of a single point. */
function confirms(comparison: NumericComparison, axes: Axes, round: Round, plan: Plan): boolean {
  return [1e-6, -1e-6].every((shift) => evaluatePoint(comparison, axes, round, { ...plan, shift }).kind === 'differs');
}

/** A `fails` with values rounded as far as the difference remains. */
function fails(
  comparison: NumericComparison,
  axes: Axes,
  round: Round,
  plan: Plan,
  points: number,
  worst: number,
): Certificate {
  const plans: readonly Plan[] = [{ ...plan, digits: 1 }, { ...plan, digits: 2 }, { ...plan, digits: 4 }, plan];
  for (const simple of plans) {
    const outcome = evaluatePoint(comparison, axes, round, simple);
    if (outcome.kind !== 'differs' || (simple !== plan && outcome.error < 1e-3)) continue;
    if (simple !== plan && !confirms(comparison, axes, round, simple)) continue;
    const { recorder, values } = createRecorder(round.functions);
    evaluatePoint(comparison, axes, round, simple, recorder);
    const counterexample: Counterexample = { values: values(), left: outcome.left, right: outcome.right };
    return { verdict: 'fails', method: 'tested', points, worst, counterexample };
  }
  return {
    verdict: 'unknown',
    method: 'unchecked',
    points,
    worst,
    reason: 'precision: a difference could not be retraced',
  };
}
