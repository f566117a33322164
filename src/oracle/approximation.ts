/** Values that are found as limits: what is said of how far they may be off travels with them as the size of what was added. */

import { type Dual, isDual, type Operations, type Scalar, type Value } from '../numbers/arithmetic.ts';

/** Relative to the size of the terms that were added: below the first both sides agree, above the second they differ. */
export const agreement = 1e-11;
export const difference = 1e-7;

/** An error larger than this, relative to the size of what was added, leaves no value. */
const roughest = 1e-6;

/** The largest of a value and its tangents. */
export function sizeOf(value: Value): number {
  return isDual(value) ? Math.max(sizeOf(value.primal), sizeOf(value.tangent)) : Math.abs(value.value);
}

/** The largest scale of a value and its tangents. */
export function scaleOf(value: Value): number {
  return isDual(value) ? Math.max(scaleOf(value.primal), scaleOf(value.tangent)) : value.scale;
}

/** The same numbers as if nothing had been added to get them. */
export function bare(value: Value): Value {
  if (isDual(value)) return { ...value, primal: bare(value.primal), tangent: bare(value.tangent) } satisfies Dual;
  return { ...value, scale: Math.abs(value.value) } satisfies Scalar;
}

/** Whether a value and all its tangents are numbers. */
export function hasNumbers(value: Value): boolean {
  return isDual(value) ? hasNumbers(value.primal) && hasNumbers(value.tangent) : Number.isFinite(value.value);
}

/**
 * A value that may be off by `error`, where `size` was added to get it: two that differ by no more agree, and differ only where it is
 * {@link difference} / {@link agreement} times as much. Undefined where the error is too large to tell anything.
 */
export function approximate(value: Value, error: number, size: number): Value | undefined {
  if (!hasNumbers(value) || !(error <= roughest * size)) return undefined;
  return widened(value, error / agreement);
}

function widened(value: Value, by: number): Value {
  if (!isDual(value)) return { ...value, scale: value.scale + by } satisfies Scalar;
  return { ...value, primal: widened(value.primal, by), tangent: widened(value.tangent, by) } satisfies Dual;
}

/** Does `work` without a note of addends that are swallowed: in what converges the last ones always are. */
export function withoutLosses<T>({ arithmetic: { losses } }: Operations, work: () => T): T {
  const seen = losses?.seen === true;
  const result = work();
  if (losses !== undefined) losses.seen = seen;
  return result;
}
