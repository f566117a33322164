/** Whether a claim holds, in the light of what the text has defined. A guess is never a verdict. */

import type { Certificate } from '../certificate.ts';
import { type Declarations, noDeclarations } from '../meaning/declare.ts';
import { holdsEvaluation } from '../meaning/evaluations.ts';
import { type DefinitionTable, type WrittenDefinition, writeOut } from '../meaning/known-names.ts';
import { asEntries } from '../meaning/names/entries.ts';
import { refuseStar } from '../meaning/refusals.ts';
import { gatherUsage } from '../meaning/usage.ts';
import { type Allowance, type IndexBounds, wholeBudget } from '../oracle/certify.ts';
import type { Constraint } from '../oracle/constraints.ts';
import { fail, MathError, type Problem, withinStack } from '../problem.ts';
import { constantNode, type MathNode, operatorNode, view } from '../syntax/node.ts';
import { subtract } from '../term/construct.ts';
import { valueTraits } from '../term/dims.ts';
import { freeIndices } from '../term/inspect.ts';
import { expand, symbolsBelow, symbolsOf } from '../term/substitute.ts';
import { inFreshStore } from '../term/term.ts';
import { mostWork, withinWork } from '../work.ts';
import { alongNumbers, coefficientMark } from './along-number.ts';
import { againstWritten } from './as-written.ts';
import { atValues } from './at-values.ts';
import type { Because } from './because.ts';
import type { Claim, Judgement, Layout, LoweredClaim } from './claim.ts';
import { noClaim, refused, unknown } from './claim.ts';
import { isClosed } from './closed.ts';
import {
  clash,
  clashOf,
  compare,
  compareAmongIntegers,
  holdsAmongPositive,
  holdsInPlaces,
  illustrate,
  type JudgeContext,
  lowerSides,
  oracleOver,
} from './compare-claim.ts';
import {
  convention,
  directDefinitions,
  doubtLengths,
  findDoubt,
  findOpenName,
  holdsGenericBelow,
  holdsLimit,
  isIdentity,
} from './doubt.ts';
import {
  alongEquation,
  type ClaimReading,
  holdingOthers,
  throughEquation,
  throughParameter,
  withFacts,
} from './given.ts';
import { type IndexCondition, indexTerm } from './index-conditions.ts';
import { throughDots } from './jets.ts';
import { inNumeratorLayout, withColumns } from './layout.ts';
import { readNames } from './read-names.ts';
import { closeness, isRounded, mayBeOfDegrees } from './rounding.ts';
import { withCounts } from './term-counts.ts';

/** Judges one claim, in a term store and with an allowance of its own. Never throws for what a text holds. */
export function judge(claim: Claim, context: JudgeContext): Judgement {
  const { allowance: whole = { left: wholeBudget } } = context;
  const given = Math.min(wholeBudget, whole.left);
  const allowance: Allowance = { left: given };
  const work = (): Judgement => withNames(judgeIn(claim, { ...context, allowance }), claim, context);
  try {
    if (given <= 0) fail(tooMuchWork);
    return withinStack(tooDeep, () => inFreshStore(() => withinWork(mostWork, work)));
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    // What is put to us as an identity is false where its sides do not fit; a text may have been read amiss.
    if (claim.asserted === true && error.code === 'shape-clash') return { certificate: clash(error.message) };
    return refused(error);
  } finally {
    whole.left -= given - Math.max(0, allowance.left);
  }
}

/** What is said of the claims of a document that has taken all the work that it may. */
export const tooMuchWork: Problem = {
  code: 'too-large',
  message: 'the formulas before this took all the work that one document may',
  hint: 'split the note',
};

const tooDeep: Problem = { code: 'nesting-too-deep', message: 'this is nested too deep' };

/** A claim that fails with how its names were read. */
function withNames(judgement: Judgement, { left, right }: Claim, context: JudgeContext): Judgement {
  if (judgement.certificate.verdict !== 'fails' || context.isShown === false) return judgement;
  for (const declarations of [context.declarations ?? noDeclarations, noDeclarations]) {
    try {
      const names = readNames(lowerSides(left, right, { ...context, declarations }));
      return names.length === 0 ? judgement : { ...judgement, names };
    } catch (error) {
      if (!(error instanceof MathError)) throw error;
    }
  }
  return judgement;
}

function judgeIn(claim: Claim, context: JudgeContext): Judgement {
  if (claim.asserted === true) return judgeStanding(claim, context);
  let judged: Judgement;
  try {
    judged = judgeStanding(claim, context);
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    judged = refused(error);
  }
  const { verdict, reason = '' } = judged.certificate;
  const isClash = verdict === 'fails' && reason.startsWith('shape-clash');
  if (verdict === 'holds' || (verdict === 'fails' && !isClash)) return judged;
  const along = alongNumbers(claim, context);
  if (along === undefined) return judged;
  const certificate = attempt([claim.left, claim.right], along);
  const isSaid = certificate?.conditions?.some((one) => one.includes(coefficientMark)) !== true;
  if (certificate?.verdict === 'holds' && isSaid) return { certificate };
  return isClash ? unknown('not-enough-context', { code: 'open-function' }) : judged;
}

function judgeStanding(claim: Claim, context: JudgeContext): Judgement {
  const { declarations = noDeclarations, table } = context;
  refuseStar([claim.left, claim.right], (name) => declarations.axes.has(name) || table.quantity.has(name));
  if (claim.asserted === true || declarations.axes.size === 0) return judgeDeclared(claim, context);
  try {
    return judgeDeclared(claim, context);
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    // What prose declares need not be meant here; but a claim that holds only where it is not so is not shown to hold.
    const judgement = judgeDeclared(claim, { ...context, declarations: withoutShapes(declarations) });
    const isOpen = judgement.certificate.verdict === 'holds' && error.code === 'shape-clash';
    return isOpen ? unknown('not-enough-context', { code: 'shape' }) : judgement;
  }
}

function boundsOf({ map, most }: IndexCondition): IndexBounds {
  return { map: indexTerm(map), most: indexTerm(most) };
}

/** What is said of values alone, whatever shape they have. */
function withoutShapes({ traits }: Declarations): Declarations {
  const ofValues = [...traits].map(
    ([name, own]) => [name, new Set([...own].filter((one) => valueTraits.has(one)))] as const,
  );
  return { ...noDeclarations, traits: new Map(ofValues.filter(([, own]) => own.size > 0)) };
}

function judgeDeclared(claim: Claim, context: JudgeContext): Judgement {
  if (![claim.left, claim.right].some(holdsEvaluation)) return judgeTaken(claim, context);
  // At a bound there may be no value, but a limit: [x ln x]_0^1.
  const atLimits = (): Judgement => judgeTaken(claim, { ...context, taking: 'limits' });
  try {
    const judged = judgeTaken(claim, context);
    const isOpen = judged.certificate.verdict === 'unknown' && judged.certificate.reason?.startsWith('domain') === true;
    return isOpen ? atLimits() : judged;
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    return atLimits();
  }
}

function judgeTaken(claim: Claim, asked: JudgeContext): Judgement {
  const context = claim.within === undefined ? asked : { ...asked, inside: claim.within.map(boundsOf) };
  const lowered = lowerSides(claim.left, claim.right, context);
  const { left, right, definitions } = lowered;
  if (claim.isApproximate === true) return judgeApproximate(claim, lowered, context);
  const open = findOpenName(lowered);
  if (open !== undefined && claim.asserted !== true) return tryGiven(claim, context) ?? open;
  if (open !== undefined) return open;
  const compared = againstWritten([claim.left, claim.right], compare(lowered, context), context.functions);
  const certificate = compareAmongIntegers(lowered, compared, context);
  const isLaidOut = lowered.usesTensors && claim.asserted !== true;
  const other = isLaidOut ? compareInNumeratorLayout(claim, context) : undefined;
  const layouts = layoutsOf(certificate, other);
  if (certificate.verdict !== 'fails') {
    return certificate.verdict === 'unknown' && other?.verdict === 'holds'
      ? { certificate: other, ...layouts }
      : { certificate, ...layouts };
  }
  if (claim.asserted === true) return { certificate: illustrate(lowered, certificate, context) };
  if (other?.verdict === 'holds') return { certificate: other, ...layouts };
  const columns = clashOf(left, right) === undefined ? undefined : attempt(withColumns(claim), context);
  if (columns?.verdict === 'holds') return { certificate: columns };
  const granted = tryGiven(claim, context);
  if (granted !== undefined) return granted;
  const rounded = isRounded(claim, certificate);
  if (rounded === 'within') return judgeRounded(rounded);
  const isMeant =
    isIdentity(claim, left, right, definitions) || isConstant(claim.left, claim.right, certificate, context);
  if (!isMeant) return noClaim('equation');
  if (rounded === 'near') return judgeRounded(rounded);
  const doubt = findDoubt(claim, left, right, definitions) ?? doubtLengths(lowered);
  const summed = doubt === undefined ? undefined : bySummation(lowered, doubt, context);
  if (summed?.verdict === 'holds') return { certificate: summed };
  if (summed !== undefined) return { certificate: summed };
  if (doubt !== undefined) return unknown('not-enough-context', doubt);
  if (holdsAmongPositive(lowered, context)) return unknown('not-enough-context', { code: 'positive-only' });
  if (holdsInPlaces(lowered, context)) return unknown('not-enough-context', { code: 'in-places' });
  const held = claim.partial === true ? holdingFixed(lowered, context) : undefined;
  if (held?.verdict === 'holds') return { certificate: held };
  const loose = looseName(claim, context);
  if (loose !== undefined) {
    // In another section the name may stand for nothing in particular.
    const free = attempt([claim.left, claim.right], { ...context, table: withoutLoose(context) });
    if (free?.verdict === 'holds') return { certificate: free };
    return unknown('not-enough-context', { code: 'defined-twice', name: loose });
  }
  return { certificate: illustrate(lowered, certificate, context) };
}

/** What is said of a number that is about a value: where it is rounded from it, and where it is another one. Else it is no claim. */
function judgeApproximate(claim: Claim, lowered: LoweredClaim, context: JudgeContext): Judgement {
  const { left, right, definitions } = lowered;
  const isOpen = [...symbolsBelow(left, definitions)].some((name) => !definitions.has(name));
  const certificate = isOpen || !isClosed(claim.right) ? undefined : compare(lowered, context);
  if (certificate?.verdict === 'holds') return { certificate };
  const value = certificate?.verdict === 'fails' ? certificate.counterexample?.left : undefined;
  const near = value === undefined ? undefined : closeness(claim, value, isValueOf(claim.left, context.table));
  if (near === 'rounded') return judgeRounded('within');
  // Sums that stand for an integral, and the first terms of a series, may be far off.
  const isRough = holdsLimit(left) || holdsGenericBelow(left, definitions);
  if (near !== 'far' || isRough || certificate === undefined || value === undefined) return noClaim('approximation');
  const doubt = findDoubt(claim, left, right, definitions);
  if (doubt !== undefined) return unknown('not-enough-context', doubt);
  if (mayBeOfDegrees(claim, value)) return unknown('not-enough-context', { code: 'degrees' });
  return looseName(claim, context) === undefined ? { certificate } : noClaim('approximation');
}

/** Whether it is the value of a function that the text defines, f(2.1). */
function isValueOf(node: MathNode, table: DefinitionTable): boolean {
  const seen = view(node);
  return seen.kind === 'call' && table.function.has(seen.name.replace(/'+$/, ''));
}

/** The claim by Einstein's convention, where that is what speaks against a verdict and its sides then count by the same indices. */
function bySummation(
  { left, right, definitions }: LoweredClaim,
  { code }: Because,
  context: JudgeContext,
): Certificate | undefined {
  const sides = code === 'repeated-index' || code === 'free-on-one-side' ? convention([left, right]) : undefined;
  if (sides === undefined) return undefined;
  const [onLeft, onRight] = sides.map(freeIndices) as [ReadonlySet<string>, ReadonlySet<string>];
  if (onLeft.size !== onRight.size || ![...onLeft].every((name) => onRight.has(name))) return undefined;
  const certificate = oracleOver(definitions, context).compare(...sides);
  if (certificate.verdict === 'unknown') return undefined;
  // The numbers beside it are those of the sums that are meant.
  const [summedLeft, summedRight] = sides;
  const summed = { left: summedLeft, right: summedRight, definitions };
  return certificate.verdict === 'fails' ? illustrate(summed, certificate, context) : certificate;
}

/** The claim by what the text takes for granted; undefined where it does not hold so. */
function tryGiven(claim: Claim, context: JudgeContext): Judgement | undefined {
  const chained = [...throughEquation(claim, context), ...throughParameter(claim, context)];
  const asWritten: ClaimReading = {
    sides: [writeOut(claim.left, context.table), writeOut(claim.right, context.table)],
    table: context.table,
  };
  const readings = [
    ...chained,
    ...(context.values === undefined ? [] : atValues(claim, [asWritten, ...chained], context.values)),
    ...throughDots(claim, context),
    ...holdingOthers(claim, context),
    ...withFacts(claim, context),
    ...withEntries(claim, context),
    ...alongEquation(claim, context),
    ...withCounts(claim, context.table),
  ];
  let refuted: Judgement | undefined;
  for (const {
    sides,
    table,
    along,
    isImplicit = false,
    isOfNumbers = false,
    isEquation = false,
    isAtPlace = false,
  } of readings) {
    const own = { ...context, table };
    const certificate = attempt(sides, own, along);
    if (certificate?.verdict === 'holds') return { certificate };
    if (certificate?.verdict !== 'fails') continue;
    const rounded = isRounded(claim, certificate);
    if (rounded !== undefined) return judgeRounded(rounded);
    // What y is as a function of x, the equation before it says; of any other name it says less.
    if (isEquation) return noClaim('equation');
    if (!isImplicit) {
      if (isAtPlace && isConstant(...sides, certificate, own))
        refuted ??= { certificate, kind: 'claim', isOfNumbers: true };
      continue;
    }
    const principal = along === undefined ? undefined : attempt(sides, own, { ...along, isPrincipal: true });
    if (principal?.verdict === 'holds') return unknown('not-enough-context', { code: 'positive-only' });
    refuted ??= { certificate, kind: 'claim', ...(isOfNumbers ? { isOfNumbers } : {}) };
  }
  return refuted;
}

/** Whether the left side has the same value everywhere, and the right one is a number: then it is no equation to solve. */
function isConstant(left: MathNode, right: MathNode, { counterexample }: Certificate, context: JudgeContext): boolean {
  if (counterexample === undefined || !isClosed(right) || isClosed(left)) return false;
  const size = constantNode(String(Math.abs(counterexample.left)));
  const value = counterexample.left < 0 ? operatorNode('-', size) : size;
  // Said of positive values, |x|' = 1 is no more than one case.
  const { declarations = noDeclarations } = context;
  const anywhere = { ...context, declarations: { ...declarations, positive: new Set<string>() } };
  return Number.isFinite(counterexample.left) && attempt([left, value], anywhere)?.verdict === 'holds';
}

function judgeRounded(rounded: 'within' | 'near'): Judgement {
  return rounded === 'within'
    ? { certificate: { verdict: 'holds', method: 'tested', points: 1, worst: 0 } }
    : unknown('not-enough-context', { code: 'rounded' });
}

/** The claim with a_{ij} as the entries of A; none where nothing in it is such. */
function withEntries(
  { left, right }: Claim,
  { table, evidence, declarations = noDeclarations }: JudgeContext,
): ClaimReading[] {
  const sides = [left, right].map((side) => asEntries(side, evidence, declarations.axes)) as [MathNode, MathNode];
  return sides[0] === left && sides[1] === right ? [] : [{ sides, table }];
}

function compareInNumeratorLayout(claim: Claim, context: JudgeContext): Certificate | undefined {
  const sides = inNumeratorLayout(claim);
  return sides === undefined ? undefined : attempt(sides, context);
}

type Along = NonNullable<ClaimReading['along']> & { readonly isPrincipal?: boolean };

/** What another reading of the two sides gives; undefined where it can't be read. */
function attempt(
  [left, right]: readonly [MathNode, MathNode],
  context: JudgeContext,
  along?: Along,
): Certificate | undefined {
  try {
    const lowered = lowerSides(left, right, context);
    if (findOpenName(lowered) !== undefined) return undefined;
    const constraint = along === undefined ? undefined : constraintOf(along, context);
    if (constraint === undefined) return along === undefined ? compare(lowered, context) : undefined;
    const { declarations = noDeclarations } = context;
    const names = [
      ...symbolsBelow(lowered.left, lowered.definitions),
      ...symbolsBelow(lowered.right, lowered.definitions),
    ];
    const positive = along?.isPrincipal === true ? new Set(names.map(({ name }) => name)) : declarations.positive;
    return compare(lowered, { ...context, declarations: { ...declarations, positive }, constraints: [constraint] });
  } catch (error) {
    if (error instanceof MathError) return undefined;
    throw error;
  }
}

/** The equation as one that points satisfy; undefined where it is no equation between scalars. */
function constraintOf(
  { equation, unknown, isPrincipal = false }: Along,
  context: JudgeContext,
): Constraint | undefined {
  const { left, right, definitions } = lowerSides(equation.left, equation.right, context);
  const residual = expand(subtract(left, right), definitions);
  const symbol = [...symbolsOf(residual)].find(({ name }) => name === unknown);
  const isPlain = residual.rank === 0 && freeIndices(residual).size === 0 && symbol?.rank === 0;
  return isPlain && symbol !== undefined ? { unknown: symbol, residual, isPrincipal } : undefined;
}

function layoutsOf(denominator: Certificate, numerator: Certificate | undefined): Pick<Judgement, 'layouts'> {
  if (numerator === undefined) return {};
  const layouts: Layout[] = [];
  if (denominator.verdict === 'holds') layouts.push('denominator');
  if (numerator.verdict === 'holds') layouts.push('numerator');
  return layouts.length === 1 ? { layouts } : {};
}

/** The partial derivative by x of z = x^2 + y with y = x^3 may hold y fixed, as x itself stands in z. */
function holdingFixed({ left, right, definitions }: LoweredClaim, context: JudgeContext): Certificate | undefined {
  const fixed = directDefinitions([left, right], definitions);
  return fixed === undefined ? undefined : oracleOver(fixed, context).compare(left, right);
}

/** The definitions that can only be meant as they are. */
function withoutLoose({ table, firm }: JudgeContext): DefinitionTable {
  const kept = <Kind extends WrittenDefinition['kind']>(kind: Kind): DefinitionTable[Kind] =>
    new Map([...table[kind]].filter(([name]) => firm(kind, name)));
  return { quantity: kept('quantity'), function: kept('function') };
}

/** A name in the claim, or below it, that is defined in a way that need not be meant here. */
function looseName(claim: Claim, { table, firm }: JudgeContext): string | undefined {
  const seen = new Set<string>();
  const visit = (nodes: readonly MathNode[]): string | undefined => {
    for (const [name, use] of gatherUsage(nodes.map((node) => writeOut(node, table)))) {
      for (const kind of ['quantity', 'function'] as const) {
        const key = `${kind} ${name}`;
        const definition = table[kind].get(name);
        if (definition === undefined || seen.has(key) || (kind === 'function' && !use.applied)) continue;
        seen.add(key);
        const loose = firm(kind, name) ? visit([definition.body]) : name;
        if (loose !== undefined) return loose;
      }
    }
    return undefined;
  };
  return visit([claim.left, claim.right]);
}
