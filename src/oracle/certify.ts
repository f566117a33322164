/**
 * The judge of an equality. Identical terms and algebraic identities are proved; everything else is tested at random
 * points; what cannot be tested is unknown, and says why.
 */

import type { Certificate } from '../certificate.ts';
import { isObstacle, stop } from '../numbers/arithmetic.ts';
import { hashText, mix } from '../numbers/hash.ts';
import { MathError } from '../problem.ts';
import type { Trait } from '../term/dims.ts';
import { partsBelow } from '../term/inspect.ts';
import { toDouble } from '../term/rational.ts';
import type { Definitions } from '../term/substitute.ts';
import type { Term } from '../term/term.ts';
import { stepsForChecks, takeSteps, withinWork } from '../work.ts';
import { besideAll, type ClaimedAdjoint, pushAll, withAdjoints } from './adjoints.ts';
import { type Arithmetics, createArithmetics } from './arithmetics.ts';
import { commonTerms } from './common.ts';
import { findConditions } from './conditions.ts';
import type { Constraint } from './constraints.ts';
import { provesByEntries } from './entries.ts';
import { createOrders } from './evaluation.ts';
import { type Comparison, provesEqual } from './fingerprint.ts';
import {
  agreesInPlaces,
  axesOf,
  findsValues,
  isSingular,
  noValues,
  testAtRandom,
  testComplex,
  testEquality,
} from './numeric.ts';
import { provesOpenSums } from './open-sums.ts';
import type { IndexBounds, IndexWithin, NumericComparison } from './points.ts';
import { showSimply } from './shown.ts';
import { type Survey, surveyTerms } from './survey.ts';

/** What the oracle has to know about names. */
export interface OracleContext {
  /** Named intermediates: a name that is defined has the value of what it stands for. */
  readonly definitions: Definitions;
  readonly seed: number;
  /** Names that take positive values only. */
  readonly positive?: ReadonlySet<string>;
  /** Properties of values by name, whatever the shape: labels of 0 and 1, weights that sum to one. */
  readonly traits?: ReadonlyMap<string, ReadonlySet<Trait>>;
  /** Maps of free indices whose values lie within the range of these: the j - 1 of 1 <= j - 1 <= n. */
  readonly inside?: readonly IndexBounds[];
  /** Equations between scalars that hold: points satisfy them. */
  readonly constraints?: readonly Constraint[];
  /** Names that take small positive integers: ends of ranges. What stands as one is found without being listed. */
  readonly integer?: ReadonlySet<string>;
  /** Whether what is compared is a claim of somebody, and no step of rules that are known to be right: see `NumericComparison`. */
  readonly thorough?: boolean;
  /** Writes a term, if conditions are asked for; without it none are looked for. */
  readonly print?: (term: Term) => string;
  /** How many terms all comparisons may evaluate together; an allowance of this oracle's own unless it is given. */
  readonly allowance?: Allowance;
}

/** How many more terms may be evaluated. Several oracles may share one. */
export interface Allowance {
  left: number;
}

export type { ClaimedAdjoint } from './adjoints.ts';
export type { IndexBounds, IndexWithin } from './points.ts';

interface CompareOptions {
  /** How many valid points a numeric test wants; 16 unless told, 64 where there are kinks or cases. */
  readonly points?: number;
  /** Conditions of the equality: indices that stand in the range of a sum. */
  readonly within?: readonly IndexWithin[];
  /** How many terms may be evaluated in all before the oracle gives up. */
  readonly budget?: number;
}

export interface Oracle {
  /**
   * Whether both terms have the same value wherever both have one. Never throws for what terms hold: what cannot be
   * evaluated is `unknown`.
   *
   * ```ts
   * createOracle({ definitions: new Map(), seed: 1 }).compare(derivative(power(x, number(2)), x), multiply(number(2), x));
   * // { verdict: 'holds', method: 'proved', points: 0, worst: 0 }
   * ```
   */
  compare(left: Term, right: Term, options?: CompareOptions): Certificate;
  /**
   * Whether these are the derivatives of a scalar by all that they belong to: see `adjoints.ts`. They come from the output on, each
   * in terms of earlier ones; the certificates come in their order, and the first that is not `holds` is that of the culprit.
   */
  testAdjoints(target: Term, adjoints: readonly ClaimedAdjoint[]): readonly Certificate[];
  /**
   * A `fails` of both terms with values that a reader can count with, where such are found. It takes many times as long as to
   * find that they differ.
   */
  illustrate(left: Term, right: Term, certificate: Certificate): Certificate;
  /** Whether both terms, which differ, agree at several random points: what holds under a condition. False where that can't be told. */
  agreeInPlaces(left: Term, right: Term): boolean;
  /** Whether the term has a real value for any values of its names; true where that can't be told. */
  hasValue(term: Term): boolean;
}

const proved: Certificate = { verdict: 'holds', method: 'proved', points: 0, worst: 0 };
/** Exact numbers that are one double: nothing else can be shown of them. */
const differentNumbers: Certificate = {
  ...proved,
  verdict: 'fails',
  reason: 'exact: these are two numbers, which differ by less than a double shows',
};
/**
 * Where both sides are analytic, an equality that holds on any open set holds everywhere, and one that fails does so at
 * almost every point: a few random points tell. Terms with kinks, jumps or cases are sampled more densely.
 */
export const analyticPoints = 16;
export const piecewisePoints = 64;
/** Integrals and series take as much as many points. */
const approximatePoints = 6;
const usualBudget = 500_000;
/** What all comparisons of one oracle may take together, so that no derivation hangs over its certificates. */
export const wholeBudget = 1_500_000;
/** A proof that takes longer than this is worth less than a test. */
const proofBudget = 200_000;
/** Sides with more terms than this are first compared with what they have in common as unknowns. */
const largeSides = 100;

export function unchecked(reason: string): Certificate {
  return { verdict: 'unknown', method: 'unchecked', points: 0, worst: 0, reason };
}

/** What the comparisons of one oracle share. */
interface Court {
  readonly context: OracleContext;
  readonly seed: number;
  readonly arithmetics: Arithmetics;
  readonly remaining: Allowance;
  /** Matrices of which an inverse has been asked for, and whether they never have one. */
  readonly singular: Map<Term, boolean>;
}

/** An oracle for terms over these definitions. Equal seeds give equal certificates. */
export function createOracle(context: OracleContext): Oracle {
  const seed = mix(hashText('oracle'), context.seed);
  const remaining = context.allowance ?? { left: wholeBudget };
  const court: Court = { context, seed, arithmetics: createArithmetics(seed), remaining, singular: new Map() };
  return {
    compare: (left, right, options = {}) => {
      if (left === right) return guard(() => judgeIdentical(left, court));
      if (left.kind === 'number' && right.kind === 'number' && toDouble(left.value) === toDouble(right.value)) {
        return differentNumbers;
      }
      if (left.rank !== right.rank && !isZero(left) && !isZero(right)) {
        return unchecked('shape-clash: one side is a vector or matrix and the other is not of the same shape');
      }
      return guard(() => judge(left, right, options, court));
    },
    testAdjoints: (target, adjoints) => findCulprit(adjoints, (some) => guard(() => pushed(target, some, court))),
    illustrate: (left, right, certificate) => {
      if (certificate.counterexample === undefined) return certificate;
      const shown = guard(() => illustrate(left, right, certificate, court));
      return shown.verdict === 'fails' ? shown : certificate;
    },
    agreeInPlaces: (left, right) => succeeds(() => agreeInPlaces(left, right, court)),
    hasValue: (term) => seekValue(term, court) === undefined,
  };
}

function judge(left: Term, right: Term, options: CompareOptions, court: Court): Certificate {
  const { definitions } = court.context;
  const small = surveyTerms([left, right], definitions, undefined, largeSides);
  if (small !== undefined) return judgeSurveyed(left, right, small, options, court);
  const local = guard(() => judgeLocally(left, right, options, court));
  if (local.verdict === 'holds') return local;
  const survey = surveyTerms([left, right], definitions);
  return survey === undefined ? unchecked('too-large') : judgeSurveyed(left, right, survey, options, court);
}

/** The same with all that both sides have in common taken for unknowns: what holds so, holds. */
function judgeLocally(left: Term, right: Term, options: CompareOptions, court: Court): Certificate {
  const opaque = commonTerms(left, right);
  const survey =
    opaque.size === 0 ? undefined : surveyTerms([left, right], court.context.definitions, opaque, largeSides);
  if (survey === undefined) return unchecked('too-large');
  return judgeSurveyed(left, right, survey, { ...options, budget: usualBudget / 10 }, court);
}

function judgeSurveyed(left: Term, right: Term, survey: Survey, options: CompareOptions, court: Court): Certificate {
  if (survey.obstacle !== undefined) return unchecked(survey.obstacle);
  const { context, seed, arithmetics } = court;
  const comparison = { left, right, definitions: context.definitions, survey, seed, arithmetics };
  const numeric = numericComparison(comparison, options, context);
  if (invertsSingular(numeric, court)) return noValues(numeric);
  const most = options.budget ?? usualBudget;
  const prove = (proof: (of: Comparison) => boolean): boolean =>
    spend(court, proofBudget, (budget) => succeeds(() => proof({ ...comparison, budget })));
  const certificate = decide({
    prove,
    test: () => testNumerically(numeric, most, court),
    // Where there are lengths points are dear: that none has a real value has been seen at those that a test would take.
    testValueless: () =>
      survey.usesAxes ? (testBeyond(numeric, most, court) ?? noValues(numeric)) : testNumerically(numeric, most, court),
    lacksValues: () => lacksValues(numeric, survey.inverts.size > 0, court),
    usesAxes: survey.usesAxes,
    isClaim: context.thorough === true,
  });
  if (context.print === undefined || certificate.verdict !== 'holds') return certificate;
  const { print } = context;
  const conditions = spend(court, most, (budget) =>
    findConditions({ ...numeric, budget }, axesOf({ ...numeric, budget })),
  );
  return conditions.length === 0 ? certificate : { ...certificate, conditions: conditions.map(print) };
}

/** Points at which all names are pushed: what is analytic and right at a few random points is right everywhere. */
const [pushedPoints, pushedPiecewise] = [6, 12];

function pushed(target: Term, adjoints: readonly ClaimedAdjoint[], court: Court): Certificate {
  const { context, seed, arithmetics } = court;
  const definitions = withAdjoints(context.definitions, adjoints);
  const right = besideAll(adjoints);
  const survey = surveyTerms([target, right], definitions) as Survey;
  if (survey.obstacle !== undefined) return unchecked(survey.obstacle);
  const comparison = { left: target, right, definitions, survey, seed, arithmetics };
  const numeric = {
    ...numericComparison(comparison, { points: survey.smooth ? pushedPoints : pushedPiecewise }, context),
    pairs: pushAll(target, adjoints, seed),
  };
  return spend(court, court.remaining.left, (budget) => testAtRandom({ ...numeric, budget }));
}

/**
 * The certificates of adjoints of which all hold if all together do. Else the first that does not is found by halving, as those
 * before it rest on none behind it, and nothing is said of those behind it, which may rest on it.
 */
function findCulprit<T>(all: readonly T[], judgeSome: (some: readonly T[]) => Certificate): readonly Certificate[] {
  const whole = judgeSome(all);
  if (whole.verdict !== 'fails') return all.map(() => whole);
  let [holding, failing] = [0, all.length];
  let found = whole;
  let kept: Certificate = proved;
  while (failing - holding > 1) {
    const middle = (holding + failing) >> 1;
    const certificate = judgeSome(all.slice(0, middle));
    if (certificate.verdict === 'holds') [holding, kept] = [middle, certificate];
    else [failing, found] = [middle, certificate.verdict === 'fails' ? certificate : found];
  }
  return all.map((_, at) =>
    at < holding ? kept : at < failing ? found : unchecked('unresolved: it rests on a wrong one'),
  );
}

function illustrate(left: Term, right: Term, certificate: Certificate, court: Court): Certificate {
  const { context, seed, arithmetics } = court;
  const survey = surveyTerms([left, right], context.definitions);
  if (survey === undefined) return certificate;
  const comparison = { left, right, definitions: context.definitions, survey, seed, arithmetics };
  const numeric = { ...numericComparison(comparison, {}, context), budget: { left: 0 } };
  const counterexample = showSimply(numeric, axesOf(numeric));
  return counterexample === undefined ? certificate : { ...certificate, counterexample };
}

function agreeInPlaces(left: Term, right: Term, court: Court): boolean {
  const { context, seed, arithmetics } = court;
  const survey = surveyTerms([left, right], context.definitions);
  if (survey === undefined || survey.obstacle !== undefined) return false;
  const comparison = { left, right, definitions: context.definitions, survey, seed, arithmetics };
  const numeric = numericComparison(comparison, {}, context);
  return spend(court, usualBudget, (budget) => agreesInPlaces({ ...numeric, budget }));
}

interface Trial {
  readonly prove: (proof: (of: Comparison) => boolean) => boolean;
  readonly test: () => Certificate;
  /** The test of what has no real value. */
  readonly testValueless: () => Certificate;
  readonly lacksValues: () => boolean;
  readonly usesAxes: boolean;
  readonly isClaim: boolean;
}

/** Proofs first; but a claim may well be false, which points show sooner than a proof for all lengths fails. */
function decide({ prove, test, testValueless, lacksValues, usesAxes, isClaim }: Trial): Certificate {
  let tested: Certificate | undefined;
  if (!prove(provesEqual)) {
    if (isClaim) tested = test();
    if (tested?.verdict === 'fails' || !usesAxes || !prove(provesForAllLengths)) return tested ?? test();
  }
  return lacksValues() ? (tested ?? testValueless()) : proved;
}

function pointsFor({ approximate, smooth }: Survey): number {
  return approximate ? approximatePoints : smooth ? analyticPoints : piecewisePoints;
}

function numericComparison(
  comparison: Omit<Comparison, 'budget'>,
  options: CompareOptions,
  context: OracleContext,
): Omit<NumericComparison, 'budget'> {
  const { survey } = comparison;
  return {
    ...comparison,
    orders: createOrders(survey.deep),
    points: options.points ?? pointsFor(survey),
    within: options.within ?? [],
    positive: context.positive ?? noNames,
    traits: context.traits ?? noTraits,
    constraints: context.constraints ?? [],
    inside: (context.inside ?? []).filter(({ map }) =>
      [...map.free].every((name) => survey.freeIndices.has(name) || survey.integers.has(name)),
    ),
    thorough: context.thorough === true,
    integers: context.integer ?? noNames,
  };
}

/** A term is itself; that a claim says anything takes a value of it. */
function judgeIdentical(term: Term, court: Court): Certificate {
  return court.context.thorough === true && term.kind !== 'number' ? (seekValue(term, court) ?? proved) : proved;
}

/** What is said of a term that has no real value; undefined where it has one, or that can't be told. */
function seekValue(term: Term, court: Court): Certificate | undefined {
  const { context, seed, arithmetics } = court;
  const survey = surveyTerms([term], context.definitions, undefined, largeSides);
  if (survey === undefined || survey.obstacle !== undefined) return undefined;
  const comparison = { left: term, right: term, definitions: context.definitions, survey, seed, arithmetics };
  const numeric = numericComparison(comparison, {}, context);
  return haveValues(numeric, court) ? undefined : noValues(numeric);
}

/**
 * Whether what is proved says nothing, as the sides never have a value. It is asked of claims; of steps of rules only where
 * an inverse was taken for an unknown, which is one of singular matrices too.
 */
function lacksValues(numeric: Omit<NumericComparison, 'budget'>, inverts: boolean, court: Court): boolean {
  return (inverts || court.context.thorough === true) && !haveValues(numeric, court);
}

/** Whether a side holds the inverse of a matrix that never has one, so that no point can tell anything; in a case it may not count. */
function invertsSingular(numeric: Omit<NumericComparison, 'budget'>, court: Court): boolean {
  const { inverts, freeIndices, smooth } = numeric.survey;
  if (inverts.size === 0) return false;
  if (!smooth && [numeric.left, numeric.right].flatMap(partsBelow).some((part) => part.kind === 'cases')) return false;
  return [...inverts].some(({ args: [matrix] }) => {
    if (matrix === undefined || [...matrix.free].some((name) => !freeIndices.has(name))) return false;
    const known = court.singular.get(matrix);
    if (known !== undefined) return known;
    const isSmooth = surveyTerms([matrix], numeric.definitions, undefined, largeSides)?.smooth === true;
    const found =
      isSmooth && succeeds(() => spend(court, usualBudget, (budget) => isSingular(matrix, { ...numeric, budget })));
    court.singular.set(matrix, found);
    return found;
  });
}

/** True where that can't be told. */
function haveValues(numeric: Omit<NumericComparison, 'budget'>, court: Court): boolean {
  try {
    return spend(court, usualBudget, (budget) => findsValues({ ...numeric, budget }));
  } catch (error) {
    if (isObstacle(error) || error instanceof RangeError) return true;
    throw error;
  }
}

function testNumerically(numeric: Omit<NumericComparison, 'budget'>, most: number, court: Court): Certificate {
  const real = spend(court, most, (budget) => testEquality({ ...numeric, budget }));
  if (real.verdict !== 'unknown' || real.reason?.startsWith('domain') !== true) return real;
  return testBeyond(numeric, most, court) ?? real;
}

/** The test at complex values; none for a claim, which is one about real numbers. */
function testBeyond(numeric: Omit<NumericComparison, 'budget'>, most: number, court: Court): Certificate | undefined {
  if (court.context.thorough === true || numeric.constraints.length > 0) return undefined;
  return spend(court, most, (budget) => testComplex({ ...numeric, budget }));
}

const tooLarge = 'budget: the terms are too large to be tested';

/** Does `work` with at most `most` of what the oracle has left, and of what the formula may still take. */
function spend<T>({ remaining }: Court, most: number, work: (budget: { left: number }) => T): T {
  const given = Math.min(most, remaining.left, stepsForChecks());
  const budget = { left: given };
  try {
    return withinWork(given, () => work(budget));
  } catch (error) {
    if (error instanceof MathError && error.code === 'too-large') return stop(tooLarge);
    throw error;
  } finally {
    const spent = given - Math.max(0, budget.left);
    remaining.left -= spent;
    takeSteps(Math.min(spent, stepsForChecks()));
  }
}

const noNames: ReadonlySet<string> = new Set();
const noTraits: ReadonlyMap<string, ReadonlySet<Trait>> = new Map();

function isZero(term: Term): boolean {
  return term.kind === 'number' && term.value.numerator === 0n;
}

/** Turns what makes evaluation impossible into a certificate that says so. */
function guard(work: () => Certificate): Certificate {
  try {
    return work();
  } catch (error) {
    if (isObstacle(error)) return unchecked(error.obstacle);
    if (error instanceof RangeError) return unchecked('too-deep: the terms are nested too deeply to be tested');
    throw error;
  }
}

const provesForAllLengths = (comparison: Comparison): boolean =>
  provesOpenSums(comparison) || provesByEntries(comparison);

/** Whether a proof was found; one that can't be evaluated, or is nested too deeply, is none. */
function succeeds(proof: () => boolean): boolean {
  try {
    return proof();
  } catch (error) {
    if (isObstacle(error) || error instanceof RangeError) return false;
    throw error;
  }
}
