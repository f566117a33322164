/** Numbers from measurements: means within a round, medians across rounds, spread, growth. */

import { Bench } from 'tinybench';
import type { Opened } from './engines/engine.ts';

/**
 * The mean milliseconds of carrying out `which`, repeated for at least `slice` milliseconds. It is a mean, so that
 * collecting garbage counts; what the engine does before and after its own clock runs does not.
 */
export function measureMean(opened: Opened, which: readonly number[], slice: number): number {
  const bench = new Bench({ time: slice, iterations: 1, warmup: false, throws: true });
  bench.add('', () => {
    const start = performance.now();
    const { milliseconds } = opened.carryOut(which);
    return { overriddenDuration: milliseconds, overriddenIterationCost: performance.now() - start };
  });
  const [task] = bench.runSync();
  if (task === undefined || !('latency' in task.result)) throw new Error('nothing was measured');
  return task.result.latency.mean;
}

/** The value below which the share `part` of the values lies, interpolated. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Half the distance between the quartiles, as a share of the median. */
export function spread(values: readonly number[]): number {
  return (quantile(values, 0.75) - quantile(values, 0.25)) / 2 / median(values);
}

/** The exponent p of the power law time = c size^p that fits best: least squares on the logarithms of both. */
export function growthExponent(points: readonly (readonly [size: number, time: number])[]): number | undefined {
  if (points.length < 2) return undefined;
  const logs = points.map(([size, time]) => [Math.log(size), Math.log(time)] as const);
  const mean = (part: 0 | 1) => logs.reduce((total, one) => total + one[part], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = logs.reduce((total, [a, b]) => total + (a - x) * (b - y), 0);
  return covariance / logs.reduce((total, [a]) => total + (a - x) ** 2, 0);
}

/** The larger half of the sizes, three at least: small ones show what a call costs, not how it grows. */
export function largerSizes<T>(points: readonly T[]): readonly T[] {
  return points.slice(-Math.max(3, Math.ceil(points.length / 2)));
}

/** A fixed piece of arithmetic and allocation; what its time varies by, everything else's varies by as well. */
export function fixedWork(): number {
  const start = performance.now();
  const words = new Map<string, number>();
  for (let count = 0; count < 20_000; count++) words.set(`${count % 977},${count % 31}`, count);
  if (words.size < 1000) throw new Error('unreachable');
  return performance.now() - start;
}
