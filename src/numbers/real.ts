/**
 * Doubles, each with the size of what was added to get it: a running error analysis (Wilkinson 1963; Higham 2002,
 * section 3.3). A sum that cancels keeps the size of its terms, and a function passes on what its argument has lost.
 */

import { type Rational, toDouble } from '../term/rational.ts';
import { type Arithmetic, invalid, type Losses, type Scalar, scalar, stop } from './arithmetic.ts';
import { type Elementary, elementary } from './functions.ts';
import { derivativeOf, type SmoothFunction } from './generic.ts';

/** A relative change with which the sensitivity of a function is measured. */
const nudge = 1e-8;

/** Closer to a jump than this, relative to the size of the argument, a value on either side is not to be trusted. */
const jumpDistance = 1e-9;

/** Closer to a kink than this, the slope is not to be trusted. */
const kinkDistance = 1e-6;

/** A whole number that is the sum of terms below this is taken to be exact: `n - 1` is as good an exponent as `2`. */
export const exactIntegers = 1e6;

const fromDouble = (value: number): Scalar => scalar(value, Math.abs(value));

const doubles = new WeakMap<Rational, Scalar>();

/** The nearest double, remembered: conversion from whole numbers of any length takes longer than all else here. */
export function fromRational(value: Rational): Scalar {
  let known = doubles.get(value);
  if (known === undefined) {
    known = fromDouble(toDouble(value));
    doubles.set(value, known);
  }
  return known;
}

/** Arithmetic in doubles; `draw` gives the generic functions. */
export function createReal(draw: (name: string, arity: number) => SmoothFunction): Arithmetic {
  const losses: Losses = { seen: false };
  /** The value, noted as lost where numbers have one that no double holds. */
  const held = (value: Scalar, ...of: readonly Scalar[]): Scalar => {
    if (Number.isNaN(value.value) && of.every((one) => !Number.isNaN(one.value))) losses.seen = true;
    return value;
  };
  return {
    field: 'real',
    losses,
    rational: fromRational,
    integer: fromDouble,
    constant: (name) => fromDouble(name === 'pi' ? Math.PI : Math.E),
    add: (a, b) => {
      if (swallows(a, b)) losses.seen = true;
      return scalar(a.value + b.value, a.scale + b.scale);
    },
    multiply: (a, b) => held(multiply(a, b), a, b),
    reciprocal: (a) => integerPower(a, -1),
    integerPower: (a, exponent) => (a.value === 0 ? integerPower(a, exponent) : held(integerPower(a, exponent), a)),
    rationalPower: (a, exponent) => power(a, fromRational(exponent)),
    power,
    call: (name, args) => call(name, args, losses),
    generic: (name, orders, args) => callGeneric(draw(name, args.length), orders, args),
  };
}

/** Below this, relative to the other, an addend is lost within what counts as agreement. */
const faint = 1e-11;

/** Whether one of two addends is too small beside the other to tell, and no rounding error of a larger one itself. */
function swallows(a: Scalar, b: Scalar): boolean {
  const x = Math.abs(a.value);
  const y = Math.abs(b.value);
  if (x < faint * y) return x !== 0 && a.scale <= mostCancelled * x;
  return y < faint * x && y !== 0 && b.scale <= mostCancelled * y;
}

const mostCancelled = 1e3;

function multiply(a: Scalar, b: Scalar): Scalar {
  const x = Math.abs(a.value);
  const y = Math.abs(b.value);
  // Two factors of which nothing is left but rounding errors have a product of about their size.
  const lost = Number.EPSILON * a.scale * b.scale;
  return scalar(a.value * b.value, Math.max(x * b.scale + y * a.scale - x * y, lost));
}

function integerPower(a: Scalar, exponent: number): Scalar {
  if (exponent === 0) return Number.isNaN(a.value) ? invalid : fromDouble(1);
  if (a.value === 0 && exponent < 0) return invalid;
  const value = a.value ** exponent;
  if (value === 0 && a.value !== 0) return invalid;
  const slope = exponent * a.value ** (exponent - 1);
  return scalar(value, Math.abs(value) + Math.abs(slope) * (a.scale - Math.abs(a.value)));
}

function power(a: Scalar, exponent: Scalar): Scalar {
  if (Number.isInteger(exponent.value) && exponent.scale < exactIntegers) {
    return integerPower(a, exponent.value);
  }
  if (a.value < 0 || (a.value === 0 && exponent.value <= 0)) return invalid;
  const value = a.value ** exponent.value;
  if (value === 0 && a.value !== 0) return invalid;
  if (a.value === 0) return scalar(value, a.scale ** exponent.value);
  const lost = (a.scale - a.value) * Math.abs(exponent.value / a.value) + exponent.scale * Math.abs(Math.log(a.value));
  return scalar(value, value * (1 + lost));
}

function call(name: string, args: readonly Scalar[], losses: Losses): Scalar {
  const entry = elementary(name);
  if (args.length < entry.arity[0] || args.length > entry.arity[1]) {
    stop(`unknown-function: the oracle does not know ${name} of ${args.length} arguments`);
  }
  const [first, second] = args as readonly [Scalar, Scalar | undefined];
  if (entry.jump !== undefined && nearJump(entry, first)) return invalid;
  const value = second === undefined ? entry.real(first.value) : entry.real(first.value, second.value);
  if (!Number.isFinite(value)) {
    if (!Number.isNaN(value) && first.value !== 0) losses.seen = true;
    return invalid;
  }
  let scale = Math.abs(value);
  if (entry.discrete?.includes(0) !== true) {
    const moved = (by: number): number => entry.real(first.value + by, second?.value ?? 0);
    const moves = sensitivity(moved, value, first);
    if (moves === 0 && entry.smooth && isFlat(moved, value, first)) losses.seen = true;
    scale += moves;
  }
  if (second !== undefined) scale += sensitivity((by) => entry.real(first.value, second.value + by), value, second);
  return scalar(value, scale);
}

function nearJump(entry: Elementary, argument: Scalar): boolean {
  const distance = entry.jump?.(argument.value) ?? 1;
  if (entry.slope === true) return !(distance > Math.max(kinkDistance, jumpDistance * argument.scale));
  return distance !== 0 && distance < jumpDistance * argument.scale;
}

/** How much the value moves, in units of the relative error of the argument. */
function sensitivity(moved: (by: number) => number, value: number, argument: Scalar): number {
  const step = nudge * argument.scale;
  if (step === 0) return 0;
  const change = moved(step) - value;
  const moves = Number.isFinite(change) ? change : moved(-step) - value;
  return Number.isFinite(moves) ? Math.abs(moves) / nudge : argument.scale;
}

/** Whether a function that is nowhere constant does not move at all: it has reached its asymptote. */
function isFlat(moved: (by: number) => number, value: number, { scale }: Scalar): boolean {
  return scale > 0 && moved(10 * nudge * scale) === value;
}

function callGeneric(smooth: SmoothFunction, orders: readonly number[], args: readonly Scalar[]): Scalar {
  const values = args.map((arg) => arg.value);
  const value = derivativeOf(smooth, orders, values);
  let { scale } = value;
  args.forEach((arg, at) => {
    const lost = arg.scale - Math.abs(arg.value);
    // The rounding of the argument itself counts as well: hence the whole of its size.
    const slope = derivativeOf(
      smooth,
      orders.map((order, k) => (k === at ? order + 1 : order)),
      values,
    );
    scale += Math.abs(slope.value) * (lost + Math.abs(arg.value));
  });
  return scalar(value.value, scale);
}
