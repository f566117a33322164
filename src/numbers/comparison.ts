/** Comparisons of values: told once, for both evaluators. */

import { baseOf, isDual, type Operations, type Value } from './arithmetic.ts';

type ComparisonSign = '<' | '<=' | '>' | '>=' | '==' | '!=';

const signs: Readonly<Record<ComparisonSign, (difference: number) => boolean>> = {
  '<': (difference) => difference < 0,
  '<=': (difference) => difference <= 0,
  '>': (difference) => difference > 0,
  '>=': (difference) => difference >= 0,
  '==': (difference) => difference === 0,
  '!=': (difference) => difference !== 0,
};

export function isComparisonSign(sign: string): sign is ComparisonSign {
  return Object.hasOwn(signs, sign);
}

/** Closer than this, relative to their size, two sides of a comparison cannot be told apart; in many digits they can. */
const closest = 1e-6;

/** Whether a comparison holds; undefined where that is not certain, or where a derivative is not. */
export function compareValues(
  sign: ComparisonSign,
  first: Value,
  second: Value,
  operations: Operations,
): boolean | undefined {
  const [left, right] = [baseOf(first), baseOf(second)];
  const difference = baseOf(operations.subtract(first, second)).value;
  // There is no order among complex numbers.
  if (Number.isNaN(difference) || left.imaginary !== undefined || right.imaginary !== undefined) return undefined;
  const near = operations.arithmetic.field === 'precise' ? 0 : closest;
  const isClose = Math.abs(difference) <= near * Math.max(left.scale, right.scale, Number.MIN_VALUE);
  // On the border itself the value is certain, but a derivative is not.
  if (isClose && (difference !== 0 || isDual(first) || isDual(second))) return undefined;
  return signs[sign](difference);
}
