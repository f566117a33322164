/** Points that satisfy an equation: one of its names is solved for near the value that was drawn for it. */

import { baseOf, type Scalar, scalar, stop } from '../numbers/arithmetic.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import type { Sample } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { createScope, type Evaluation } from './evaluation.ts';

/** That `residual` is 0, with the scalar name that is solved for. */
export interface Constraint {
  readonly unknown: SymbolTerm;
  readonly residual: Term;
  /** Whether only values in the first quadrant count, where inverse functions and even roots have one branch. */
  readonly isPrincipal?: boolean;
}

const mostSteps = 60;
/** A residual so small beside its own terms is rounding. */
const rounding = 4e-15;

const quadrant = Math.PI / 2;

/** `at` with values that satisfy the constraints, one after the other; where one has no solution nearby, its name has no value. */
export function withConstraints(at: Evaluation, constraints: readonly Constraint[]): Evaluation {
  let { sample } = at;
  for (const constraint of constraints) sample = solved({ ...at, sample }, constraint);
  return { ...at, sample };
}

function solved(at: Evaluation, { unknown, residual, isPrincipal = false }: Constraint): Sample {
  const { sample } = at;
  if (at.operations.arithmetic.field !== 'real') {
    // A root in doubles satisfies an equation in doubles alone.
    return at.operations.arithmetic.field === 'modular'
      ? sample
      : stop('precision: there are no values of more digits for a point of an equation');
  }
  const { record: _, ...silent } = at;
  const residualAt = (value: number): Scalar => {
    const own = withValue(sample, unknown.name, value);
    return baseOf(evaluate(residual, [], { ...silent, sample: own, indices: new Map(), scope: createScope([]) }));
  };
  const drawn = baseOf(sample.leaf(unknown.name, [])).value;
  const root = rootNear(isPrincipal ? Math.abs(drawn) % quadrant : drawn, residualAt);
  const isOut = isPrincipal && !(root > 0 && root < quadrant);
  return withValue(sample, unknown.name, isOut ? Number.NaN : root);
}

function withValue(sample: Sample, name: string, value: number): Sample {
  return {
    ...sample,
    leaf: (own, indices) =>
      own === name && indices.length === 0 ? scalar(value, Math.abs(value)) : sample.leaf(own, indices),
  };
}

/** A root near `start` by the secant method; NaN where it leads to none. */
function rootNear(start: number, residualAt: (value: number) => Scalar): number {
  let [before, at] = [start, start * 1.01 + 0.01];
  let valueBefore = residualAt(before).value;
  for (let step = 0; step < mostSteps; step++) {
    const { value, scale } = residualAt(at);
    if (!Number.isFinite(value)) return Number.NaN;
    if (Math.abs(value) <= rounding * scale) return at;
    const slope = (value - valueBefore) / (at - before);
    if (at === before || slope === 0 || !Number.isFinite(slope)) {
      return Math.abs(value) <= 16 * rounding * scale ? at : Number.NaN;
    }
    [before, valueBefore, at] = [at, value, at - value / slope];
  }
  return Number.NaN;
}
