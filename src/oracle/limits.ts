/**
 * Limits, by values on the way there: at a + h, a + h/2, a + h/4, ... a function with a series in h is extrapolated to h = 0 (Richardson 1911),
 * and at 2, 4, 8, ... one with a series in 1/x. Only what converges visibly has a value.
 */

import { invalid, type Operations, type Value } from '../numbers/arithmetic.ts';
import { approximate, hasNumbers, scaleOf, sizeOf, withoutLosses } from './approximation.ts';
import type { Bound } from './quadrature.ts';

/** From which side a point is come to: 0 for both. */
export type Side = 0 | 1 | -1;

type ValueAt = (at: Value) => Value;

/** The first and the last power of 2 by which a distance is divided, and those of what grows: soon there is no e^(-x). */
const near = [2, 13] as const;
const far = [-2, 13] as const;
/** What distances are multiples of: at whole numbers and their halves much that turns stands still. */
const odd = 1.1447298858494;
/** After fewer steps than these nothing is said. */
const fewest = 5;

/** The limit of `valueAt` at a point; no value where it is not seen, or is another one from the other side. */
export function limitOf(valueAt: ValueAt, point: Bound, side: Side, operations: Operations): Value {
  return withoutLosses(operations, () => {
    if ('infinite' in point) {
      return extrapolated((k) => valueAt(plain(point.infinite * odd * 2 ** k)), far, operations)?.value ?? invalid;
    }
    const size = Math.max(1, sizeOf(point.value));
    const from = (sign: number): Found | undefined =>
      extrapolated((k) => valueAt(operations.add(point.value, plain(sign * odd * size * 2 ** -k))), near, operations);
    if (side !== 0) return from(side)?.value ?? invalid;
    const [above, below] = [from(1), from(-1)];
    if (above === undefined || below === undefined) return invalid;
    const gap = sizeOf(operations.subtract(above.value, below.value));
    return gap <= 10 * (above.error + below.error) ? above.value : invalid;
  });
}

const plain = (value: number): Value => ({ level: 0, value, scale: Math.abs(value) });

interface Found {
  readonly value: Value;
  readonly error: number;
}

/** The values as they come, and what is left of them where h, h^2, ... are taken away: in each column two steps in a row have to be small. */
function extrapolated(
  valueAt: (k: number) => Value,
  [first, last]: readonly [number, number],
  operations: Operations,
): Found | undefined {
  let row: readonly Value[] = [];
  let changes: readonly number[] = [];
  let size = 0;
  let best: Found | undefined;
  for (let k = first; k <= last; k++) {
    const value = valueAt(k);
    if (!hasNumbers(value)) break;
    size = Math.max(size, sizeOf(value));
    const next = [value];
    for (const [order, before] of row.entries()) {
      const own = next[order] as Value;
      const gain = operations.multiply(plain(1 / (2 ** (order + 1) - 1)), operations.subtract(own, before));
      next.push(operations.add(own, gain));
    }
    const moved = row.map((before, column) => sizeOf(operations.subtract(next[column] as Value, before)));
    for (const [column, change] of moved.entries()) {
      const own = next[column] as Value;
      const error = 10 * Math.max(change, changes[column] ?? Number.POSITIVE_INFINITY) + Number.EPSILON * scaleOf(own);
      if (k - first >= fewest && error < (best?.error ?? Number.POSITIVE_INFINITY)) best = { value: own, error };
    }
    [row, changes] = [next, moved];
  }
  const value = best === undefined ? undefined : approximate(best.value, best.error, size);
  return best === undefined || value === undefined ? undefined : { value, error: best.error };
}
