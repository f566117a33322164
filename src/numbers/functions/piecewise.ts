/** Functions with kinks and jumps. At a kink there is a value but no slope, at a jump neither. */

import { rational } from '../../term/rational.ts';
import { baseOf, invalid, type Operations, type Value } from '../arithmetic.ts';
import { composition, type Elementary, type FunctionFamily, negate, nothing, type Partial } from './entry.ts';

const rough = { algebraic: true, smooth: false } as const;

/** A function with a kink or a jump at 0 of its argument. */
function broken(real: (u: number) => number, partial: Partial, jumps: boolean): Elementary {
  const base: Elementary = { real: real as Elementary['real'], partials: [partial], arity: [1, 1], ...rough };
  return jumps ? { ...base, jump: Math.abs } : base;
}

/** The slope of a function with a kink: without a value at the kink. Modulo a prime it is `same`, whose values it has. */
function slope(real: (u: number) => number, same: string): Elementary {
  return {
    ...broken(real, nothing, true),
    slope: true,
    composed: (o, [u]) => (u !== undefined && o.arithmetic.field === 'modular' ? o.call(same, u) : undefined),
  };
}

const step = (u: number): number => (u > 0 ? 1 : 0);
/** The distance of `u` from the nearest multiple of 1. */
const distanceToInteger = (u: number): number => Math.abs(u - Math.round(u));

export const piecewise: FunctionFamily = {
  abs: { ...broken(Math.abs, (o, u) => o.call('#side', u), false), parity: 'even' },
  relu: broken(
    (u) => Math.max(u, 0),
    (o, u) => o.call('#step', u),
    false,
  ),
  sign: { ...broken(Math.sign, nothing, true), parity: 'odd' },
  heaviside: { ...broken(step, nothing, true), slope: true },
  floor: { ...broken(Math.floor, nothing, true), jump: distanceToInteger },
  ceil: { ...broken(Math.ceil, nothing, true), jump: distanceToInteger },
  mod: composition(
    [2, 2],
    (o, a, b) => o.subtract(a, o.multiply(b as Value, o.call('floor', o.divide(a, b as Value)))),
    rough,
  ),
  max: extremum('max', Math.max, (o, u, v) => o.call('#step', o.subtract(u, v))),
  min: extremum('min', Math.min, (o, u, v) => o.call('#step', o.subtract(v, u))),
  clamp: composition(
    [3, 3],
    (o, u, low, high) =>
      isBelow(low as Value, high as Value) ? o.call('min', o.call('max', u, low as Value), high as Value) : invalid,
    { algebraic: false, smooth: false },
  ),
  leaky_relu: composition(
    [1, 2],
    (o, u, slopeBelow) => {
      const below = slopeBelow ?? o.divide(o.integer(1), o.integer(100));
      return o.subtract(o.call('relu', u), o.multiply(below, o.call('relu', negate(o, u))));
    },
    rough,
  ),
  elu: composition([1, 2], (o, u, alpha) => exponentialUnit(o, u, alpha ?? o.integer(1)), rough),
  // Klambauer et al. 2017, equation (2) and appendix A.
  selu: composition(
    [1, 1],
    (o, u) => {
      const scale = decimal(o, 10_507_009_873_554_805n);
      const alpha = decimal(o, 16_732_632_423_543_772n);
      return o.multiply(scale, exponentialUnit(o, u, alpha));
    },
    rough,
  ),
  '#side': slope(Math.sign, 'sign'),
  '#step': slope(step, 'heaviside'),
};

/** Between two numbers that are no order there is nothing to clamp to. */
function isBelow(low: Value, high: Value): boolean {
  return baseOf(low).value <= baseOf(high).value;
}

/** relu(u) + alpha (exp(-relu(-u)) - 1): Clevert, Unterthiner, Hochreiter 2016. */
function exponentialUnit(o: Operations, u: Value, alpha: Value): Value {
  const below = negate(o, o.call('relu', negate(o, u)));
  return o.add(o.call('relu', u), o.multiply(alpha, o.call('expm1', below)));
}

function decimal(o: Operations, digits: bigint): Value {
  return o.arithmetic.rational(rational(digits, 10n ** 16n));
}

/** The largest or smallest of any number of arguments, two at a time. */
function extremum(name: string, real: (u: number, v: number) => number, taken: Partial): Elementary {
  return {
    real: real as Elementary['real'],
    partials: [taken, (o, u, v) => taken(o, v, u)],
    arity: [1, 64],
    algebraic: false,
    smooth: false,
    composed: (o, args) => (args.length === 2 ? undefined : args.reduce((u, v) => o.call(name, u, v))),
  };
}
