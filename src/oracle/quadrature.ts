/**
 * Integrals of one variable. Between finite bounds Gauss-Kronrod rules of 15 points (Piessens et al., QUADPACK, 1983: qk15) on
 * intervals that are halved; where that does not settle, as at an end where the integrand has no bound or no slope, and
 * where a bound is infinite, double exponential rules (Takahasi and Mori 1974). Only what converges visibly has a value.
 */

import { invalid, type Operations, type Scalar, type Value } from '../numbers/arithmetic.ts';
import { approximate, bare, hasNumbers, scaleOf, sizeOf, withoutLosses } from './approximation.ts';

/** A bound: a value, or an infinity of a sign. */
export type Bound = { readonly value: Value } | { readonly infinite: 1 | -1 };

/** How much an integral may take: one within another has to do with less. */
interface Effort {
  /** Intervals to begin with, and at most. */
  readonly first: number;
  readonly most: number;
  /** How often the step of a double exponential rule is halved. */
  readonly halvings: number;
}

export const fullEffort: Effort = { first: 2, most: 60, halvings: 6 };
export const innerEffort: Effort = { first: 1, most: 6, halvings: 4 };

type Integrand = (at: Value) => Value;

/** A sum with the size of what was added, and how far it may be off. */
interface Estimate {
  readonly value: Value;
  readonly size: number;
  readonly error: number;
}

/** Relative to the size of what is added, below this an estimate is complete. */
const complete = 1e-13;

/** The integral of `integrand`; no value where it is not seen to converge. */
export function integrate(integrand: Integrand, from: Bound, to: Bound, operations: Operations, effort: Effort): Value {
  return withoutLosses(operations, () => {
    const best = estimate(integrand, from, to, operations, effort);
    // Where all that was seen is 0, a narrow peak may lie between.
    if (best === undefined || best.size === 0) return invalid;
    return approximate(best.value, best.error, best.size) ?? invalid;
  });
}

function estimate(
  integrand: Integrand,
  from: Bound,
  to: Bound,
  operations: Operations,
  effort: Effort,
): Estimate | undefined {
  if ('infinite' in from || 'infinite' in to) return byDoubleExponential(integrand, from, to, operations, effort);
  const few = byIntervals(integrand, from.value, to.value, operations, { ...effort, most: Math.min(6, effort.most) });
  if (isComplete(few)) return few;
  const fine = byDoubleExponential(integrand, from, to, operations, effort);
  if (isComplete(fine)) return fine;
  // A kink inside takes many intervals.
  const many = effort.most > 6 ? byIntervals(integrand, from.value, to.value, operations, effort) : few;
  return [fine, many].filter((one) => one !== undefined).sort((a, b) => a.error / a.size - b.error / b.size)[0];
}

const isComplete = (one: Estimate | undefined): one is Estimate =>
  one !== undefined && one.error <= 10 * complete * one.size;

const plain = (value: number): Scalar => ({ level: 0, value, scale: Math.abs(value) });

/** Distances from the middle, weights of Kronrod, and of Gauss at every other point: qk15. */
const kronrod: readonly (readonly [at: number, weight: number, gauss: number])[] = [
  [0.9914553711208126, 0.022935322010529224, 0],
  [0.9491079123427585, 0.06309209262997856, 0.1294849661688697],
  [0.8648644233597691, 0.10479001032225019, 0],
  [0.7415311855993945, 0.14065325971552592, 0.27970539148927664],
  [0.5860872354676911, 0.1690047266392679, 0],
  [0.4058451513773972, 0.19035057806478542, 0.3818300505051189],
  [0.20778495500789848, 0.20443294007529889, 0],
  [0, 0.20948214108472782, 0.4179591836734694],
];

/** One interval, as parts of the whole one: from 0 to 1. */
interface Interval extends Estimate {
  readonly start: number;
  readonly end: number;
}

/** Off the middle, so that what is symmetric is not seen at symmetric points alone. */
const cut = 0.4382;

function byIntervals(
  integrand: Integrand,
  from: Value,
  to: Value,
  operations: Operations,
  { first, most }: Effort,
): Estimate | undefined {
  const width = operations.subtract(to, from);
  const over = (start: number, end: number): Interval => {
    const half = (end - start) / 2;
    let [fine, rough]: [Value, Value] = [operations.integer(0), operations.integer(0)];
    let size = 0;
    for (const [at, weight, gauss] of kronrod) {
      for (const sign of at === 0 ? [1] : [1, -1]) {
        const place = start + half * (1 + sign * at);
        const value = operations.multiply(
          width,
          integrand(operations.add(from, operations.multiply(width, plain(place)))),
        );
        if (!hasNumbers(value)) return { start, end, value: invalid, size: 0, error: Number.POSITIVE_INFINITY };
        fine = operations.add(fine, operations.multiply(plain(half * weight), value));
        if (gauss !== 0) rough = operations.add(rough, operations.multiply(plain(half * gauss), value));
        size += half * weight * sizeOf(value);
      }
    }
    const gap = sizeOf(operations.subtract(fine, rough));
    // The error of the finer rule by that of the rougher one: QUADPACK, qk15.
    const error = size === 0 ? 0 : size * Math.min(1, ((200 * gap) / size) ** 1.5);
    return { start, end, value: fine, size, error };
  };
  const parts = first === 1 ? [over(0, 1)] : [over(0, cut), over(cut, 1)];
  for (;;) {
    const size = parts.reduce((total, part) => total + part.size, 0);
    const error = parts.reduce((total, part) => total + part.error, 0);
    if (error <= complete * size || parts.length >= most) {
      const value = parts.reduce<Value>((total, part) => operations.add(total, part.value), operations.integer(0));
      return hasNumbers(value) ? { value, size, error: Math.max(error, 1e-15 * size) } : undefined;
    }
    const worst = parts.reduce((a, b) => (b.error > a.error ? b : a));
    const middle = (worst.start + worst.end) / 2;
    parts.splice(parts.indexOf(worst), 1, over(worst.start, middle), over(middle, worst.end));
  }
}

/** Where a parameter of a double exponential rule leads, and by how much it moves there; undefined beyond the ends of doubles. */
type Path = (parameter: number) => { readonly at: Value; readonly speed: Value } | undefined;

/** Beyond this every path has reached its end. */
const farthest = 6.1;

function byDoubleExponential(
  integrand: Integrand,
  from: Bound,
  to: Bound,
  operations: Operations,
  { halvings }: Effort,
): Estimate | undefined {
  const path = pathBetween(from, to, operations);
  let [value, size, lost, step]: [Value, number, number, number] = [operations.integer(0), 0, 0, 1];
  let last: Estimate | undefined;
  const take = (parameter: number): number | undefined => {
    const place = path(parameter);
    if (place === undefined) return undefined;
    const own = operations.multiply(place.speed, integrand(place.at));
    if (!hasNumbers(own)) return undefined;
    // Next to an end nearly all digits may be lost of what has next to no weight: what that makes of the sum is an error like others.
    value = operations.add(value, bare(own));
    lost += Number.EPSILON * scaleOf(own);
    size += sizeOf(own);
    return sizeOf(own);
  };
  // Where the integrand has no value, or the numbers end, what is left out is about as much as what came last before it.
  const edges = { far: [0, 0], near: [0, 0] } as { far: [at: number, size: number]; near: [at: number, size: number] };
  const walk = (start: number, by: number): void => {
    const side = by > 0 ? 'far' : 'near';
    let faint = 0;
    for (let parameter = start; Math.abs(parameter) <= farthest; parameter += by) {
      const own = take(parameter);
      if (own === undefined) return;
      if (Math.abs(parameter) > edges[side][0]) edges[side] = [Math.abs(parameter), own];
      faint = own <= 1e-18 * size ? faint + 1 : 0;
      if (faint > 3 && Math.abs(parameter) > 2) return;
    }
  };
  if (take(0) === undefined) return undefined;
  for (let level = 0; level <= halvings; level++) {
    const stride = level === 0 ? step : 2 * step;
    walk(step, stride);
    walk(-step, -stride);
    const whole = operations.multiply(plain(step), value);
    const change = last === undefined ? Number.POSITIVE_INFINITY : sizeOf(operations.subtract(whole, last.value));
    last = {
      value: whole,
      size: step * size,
      error: Math.max(change, edges.far[1], edges.near[1], step * lost, 1e-15 * step * size),
    };
    if (level > 2 && isComplete(last)) break;
    step /= 2;
  }
  return last;
}

/** x = sinh(pi/2 sinh t), and what goes with it for a half line and for an interval: Takahasi and Mori (1974), (3.2) to (3.6). */
function pathBetween(from: Bound, to: Bound, operations: Operations): Path {
  const rate = (parameter: number): number => (Math.PI / 2) * Math.cosh(parameter);
  const inner = (parameter: number): number => (Math.PI / 2) * Math.sinh(parameter);
  const isSmall = (value: number): boolean => Math.abs(value) < 1e-140 || Math.abs(value) > 1e140;
  if ('infinite' in from && 'infinite' in to) {
    const sign = to.infinite === from.infinite ? 0 : to.infinite;
    return (t) => {
      const [at, speed] = [sign * Math.sinh(inner(t)), sign * rate(t) * Math.cosh(inner(t))];
      return sign === 0 || Math.abs(at) > 1e140 ? undefined : { at: plain(at), speed: plain(speed) };
    };
  }
  if ('infinite' in from || 'infinite' in to) {
    const [start, end] = 'infinite' in from ? [to, from] : [from, to];
    const away = (end as { readonly infinite: 1 | -1 }).infinite;
    const turned = 'infinite' in from ? -1 : 1;
    return (t) => {
      const distance = Math.exp(inner(t));
      if (isSmall(distance)) return undefined;
      const at = operations.add((start as { readonly value: Value }).value, plain(away * distance));
      return { at, speed: plain(turned * away * rate(t) * distance) };
    };
  }
  const width = operations.subtract(to.value, from.value);
  return (t) => {
    const distance = 1 / (1 + Math.exp(2 * Math.abs(inner(t))));
    if (isSmall(distance)) return undefined;
    const share = operations.multiply(width, plain(t < 0 ? distance : -distance));
    const at = operations.add(t < 0 ? from.value : to.value, share);
    return { at, speed: operations.multiply(width, plain(2 * rate(t) * distance * (1 - distance))) };
  };
}
