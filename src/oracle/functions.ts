/**
 * The oracle's own table of elementary functions: value, partial derivatives, and what is known of them in exact
 * arithmetic. Written independently of the rules that it judges.
 */

import type { Operations, Value } from './arithmetic.ts';
import { stop } from './arithmetic.ts';
import { erf, erfc } from './error-function.ts';

/** One partial derivative, written in the operations of whatever arithmetic is in use. */
type Partial = (o: Operations, u: Value, v: Value) => Value;

export interface Elementary {
  /** The value in doubles; NaN outside the domain. */
  readonly real: (...args: readonly number[]) => number;
  readonly partials: readonly Partial[];
  /** How many arguments it takes, at least and at most. */
  readonly arity: readonly [number, number];
  /** The function written by others, undefined where the table's own value and derivatives are to be used. */
  readonly composed?: (o: Operations, args: readonly Value[], modular: boolean) => Value | undefined;
  /** Distance of the arguments from the nearest place where the function jumps. */
  readonly jump?: (...args: readonly number[]) => number;
  /** True for what exists as the slope of a function with a kink: it has no value at the jump itself. */
  readonly slope?: boolean;
  /** False where the function has no algebraic meaning, so that nothing can be proved modulo a prime. */
  readonly algebraic: boolean;
}

const plus = (o: Operations, u: Value, by: number): Value => o.add(u, o.integer(by));
const times = (o: Operations, by: number, u: Value): Value => o.multiply(o.integer(by), u);
const inverse = (o: Operations, u: Value): Value => o.integerPower(u, -1);
const square = (o: Operations, u: Value): Value => o.integerPower(u, 2);
/** 1 - u^2 */
const complement = (o: Operations, u: Value): Value => plus(o, times(o, -1, square(o, u)), 1);
const inverseRoot = (o: Operations, u: Value): Value => o.root(u, -1, 2);

/** A function of one argument; `identity` says how it is written by others where arithmetic is exact. */
function unary(
  real: (u: number) => number,
  partial: Partial,
  identity?: (o: Operations, u: Value) => Value,
): Elementary {
  const base = { real: real as Elementary['real'], partials: [partial], arity: [1, 1] as const, algebraic: true };
  if (identity === undefined) return base;
  return { ...base, composed: (o, args, modular) => (modular ? identity(o, args[0] as Value) : undefined) };
}

/** A function with a kink or a jump at 0 of its argument. */
function broken(real: (u: number) => number, partial: Partial, jumps: boolean): Elementary {
  const base = { real: real as Elementary['real'], partials: [partial], arity: [1, 1] as const, algebraic: false };
  return jumps ? { ...base, jump: Math.abs } : base;
}

const zero: Partial = (o) => o.integer(0);
const sigmoidOf = (u: number): number => (u >= 0 ? 1 / (1 + Math.exp(-u)) : Math.exp(u) / (1 + Math.exp(u)));
const exp = (o: Operations, u: Value): Value => o.call('exp', u);
const expOfMinus = (o: Operations, u: Value): Value => o.call('exp', times(o, -1, u));
const half = (o: Operations, u: Value): Value => o.divide(u, o.integer(2));
/** The distance of `u` from the nearest multiple of 1. */
const distanceToInteger = (u: number): number => Math.abs(u - Math.round(u));

const trigonometric: Readonly<Record<string, Elementary>> = {
  sin: unary(Math.sin, (o, u) => o.call('cos', u)),
  cos: unary(Math.cos, (o, u) => times(o, -1, o.call('sin', u))),
  tan: unary(
    Math.tan,
    (o, u) => plus(o, square(o, o.call('tan', u)), 1),
    (o, u) => o.divide(o.call('sin', u), o.call('cos', u)),
  ),
  sec: unary(
    (u) => 1 / Math.cos(u),
    (o, u) => o.multiply(o.call('sec', u), o.call('tan', u)),
    (o, u) => inverse(o, o.call('cos', u)),
  ),
  csc: unary(
    (u) => 1 / Math.sin(u),
    (o, u) => times(o, -1, o.multiply(o.call('csc', u), o.call('cot', u))),
    (o, u) => inverse(o, o.call('sin', u)),
  ),
  cot: unary(
    (u) => 1 / Math.tan(u),
    (o, u) => times(o, -1, plus(o, square(o, o.call('cot', u)), 1)),
    (o, u) => o.divide(o.call('cos', u), o.call('sin', u)),
  ),
  asin: unary(Math.asin, (o, u) => inverseRoot(o, complement(o, u))),
  acos: unary(Math.acos, (o, u) => times(o, -1, inverseRoot(o, complement(o, u)))),
  atan: unary(Math.atan, (o, u) => inverse(o, plus(o, square(o, u), 1))),
  asec: unary(
    (u) => Math.acos(1 / u),
    (o, u) => o.multiply(o.integerPower(u, -2), inverseRoot(o, complement(o, inverse(o, u)))),
    (o, u) => o.call('acos', inverse(o, u)),
  ),
  acsc: unary(
    (u) => Math.asin(1 / u),
    (o, u) => times(o, -1, o.multiply(o.integerPower(u, -2), inverseRoot(o, complement(o, inverse(o, u))))),
    (o, u) => o.call('asin', inverse(o, u)),
  ),
  // atan(1/u), as mathjs has it: the branch with a jump at 0.
  acot: unary(
    (u) => Math.atan(1 / u),
    (o, u) => times(o, -1, inverse(o, plus(o, square(o, u), 1))),
    (o, u) => o.call('atan', inverse(o, u)),
  ),
  atan2: {
    real: ((y: number, x: number) => Math.atan2(y, x)) as Elementary['real'],
    partials: [
      (o, y, x) => o.divide(x, o.add(square(o, x), square(o, y))),
      (o, y, x) => o.divide(times(o, -1, y), o.add(square(o, x), square(o, y))),
    ],
    arity: [2, 2],
    algebraic: true,
  },
};

const hyperbolic: Readonly<Record<string, Elementary>> = {
  sinh: unary(
    Math.sinh,
    (o, u) => o.call('cosh', u),
    (o, u) => half(o, o.subtract(exp(o, u), expOfMinus(o, u))),
  ),
  cosh: unary(
    Math.cosh,
    (o, u) => o.call('sinh', u),
    (o, u) => half(o, o.add(exp(o, u), expOfMinus(o, u))),
  ),
  tanh: unary(
    Math.tanh,
    (o, u) => complement(o, o.call('tanh', u)),
    (o, u) => o.divide(o.call('sinh', u), o.call('cosh', u)),
  ),
  sech: unary(
    (u) => 1 / Math.cosh(u),
    (o, u) => times(o, -1, o.multiply(o.call('sech', u), o.call('tanh', u))),
    (o, u) => inverse(o, o.call('cosh', u)),
  ),
  csch: unary(
    (u) => 1 / Math.sinh(u),
    (o, u) => times(o, -1, o.multiply(o.call('csch', u), o.call('coth', u))),
    (o, u) => inverse(o, o.call('sinh', u)),
  ),
  coth: unary(
    (u) => 1 / Math.tanh(u),
    (o, u) => complement(o, o.call('coth', u)),
    (o, u) => o.divide(o.call('cosh', u), o.call('sinh', u)),
  ),
  asinh: unary(Math.asinh, (o, u) => inverseRoot(o, plus(o, square(o, u), 1))),
  acosh: unary(Math.acosh, (o, u) => inverseRoot(o, plus(o, square(o, u), -1))),
  atanh: unary(Math.atanh, (o, u) => inverse(o, complement(o, u))),
  asech: unary(
    (u) => Math.acosh(1 / u),
    (o, u) => times(o, -1, o.multiply(inverse(o, u), inverseRoot(o, complement(o, u)))),
    (o, u) => o.call('acosh', inverse(o, u)),
  ),
  acsch: unary(
    (u) => Math.asinh(1 / u),
    (o, u) => times(o, -1, o.multiply(o.integerPower(u, -2), inverseRoot(o, plus(o, o.integerPower(u, -2), 1)))),
    (o, u) => o.call('asinh', inverse(o, u)),
  ),
  acoth: unary(
    (u) => Math.atanh(1 / u),
    (o, u) => inverse(o, complement(o, u)),
    (o, u) => o.call('atanh', inverse(o, u)),
  ),
};

const logOf =
  (base: number): Partial =>
  (o, u) =>
    inverse(o, o.multiply(u, o.call('log', o.integer(base))));
const logBy = (base: number) => (o: Operations, u: Value) => o.divide(o.call('log', u), o.call('log', o.integer(base)));

const exponential: Readonly<Record<string, Elementary>> = {
  exp: unary(Math.exp, exp),
  expm1: unary(Math.expm1, exp, (o, u) => plus(o, exp(o, u), -1)),
  log: {
    ...unary(positiveLog, (o, u) => inverse(o, u)),
    arity: [1, 2],
    composed: (o, [u, base]) =>
      u === undefined || base === undefined ? undefined : o.divide(o.call('log', u), o.call('log', base)),
  },
  log2: unary(Math.log2, logOf(2), logBy(2)),
  log10: unary(Math.log10, logOf(10), logBy(10)),
  log1p: unary(
    Math.log1p,
    (o, u) => inverse(o, plus(o, u, 1)),
    (o, u) => o.call('log', plus(o, u, 1)),
  ),
  sigmoid: unary(
    sigmoidOf,
    // Not s (1 - s), which loses all digits of 1 - s for large arguments.
    (o, u) => o.multiply(o.call('sigmoid', u), o.call('sigmoid', times(o, -1, u))),
    (o, u) => inverse(o, plus(o, expOfMinus(o, u), 1)),
  ),
  softplus: unary(
    (u) => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u))),
    (o, u) => o.call('sigmoid', u),
    (o, u) => o.call('log', plus(o, exp(o, u), 1)),
  ),
  silu: {
    ...unary((u) => u * sigmoidOf(u), zero),
    composed: (o, [u]) => (u === undefined ? undefined : o.multiply(u, o.call('sigmoid', u))),
  },
  erf: unary(erf, gaussian(2)),
  erfc: unary(erfc, gaussian(-2), (o, u) => o.subtract(o.integer(1), o.call('erf', u))),
};

function positiveLog(u: number): number {
  return u > 0 ? Math.log(u) : Number.NaN;
}

/** `factor` / sqrt(pi) * exp(-u^2) */
function gaussian(factor: number): Partial {
  return (o, u) => {
    const bell = exp(o, times(o, -1, square(o, u)));
    return times(o, factor, o.multiply(bell, o.root(o.arithmetic.constant('pi'), -1, 2)));
  };
}

const algebraic: Readonly<Record<string, Elementary>> = {
  sqrt: {
    ...unary(Math.sqrt, zero),
    composed: (o, [u]) => (u === undefined ? undefined : o.root(u, 1, 2)),
  },
  cbrt: unary(
    Math.cbrt,
    (o, u) => o.divide(o.call('cbrt', u), times(o, 3, u)),
    (o, u) => o.root(u, 1, 3),
  ),
  nthRoot: {
    real: nthRoot as Elementary['real'],
    partials: [
      (o, u, n) => o.divide(o.call('nthRoot', u, n), o.multiply(n, u)),
      (o, u, n) => times(o, -1, o.divide(o.multiply(o.call('nthRoot', u, n), o.call('log', u)), square(o, n))),
    ],
    arity: [1, 2],
    algebraic: true,
    composed: (o, [u, n], modular) => {
      if (u === undefined) return undefined;
      if (n === undefined) return o.root(u, 1, 2);
      return modular ? o.power(u, inverse(o, n)) : undefined;
    },
  },
  pow: {
    real: (() => Number.NaN) as Elementary['real'],
    partials: [],
    arity: [2, 2],
    algebraic: true,
    composed: (o, [u, v]) => (u === undefined || v === undefined ? undefined : o.power(u, v)),
  },
  hypot: {
    real: Math.hypot as Elementary['real'],
    partials: [],
    arity: [1, 16],
    algebraic: true,
    composed: (o, args) => o.root(args.map((u) => square(o, u)).reduce(o.add), 1, 2),
  },
};

function nthRoot(u: number, n: number): number {
  if (u < 0) return Number.isInteger(n) && Math.abs(n % 2) === 1 ? -((-u) ** (1 / n)) : Number.NaN;
  return u ** (1 / n);
}

const withKinks: Readonly<Record<string, Elementary>> = {
  abs: broken(Math.abs, (o, u) => o.call('#side', u), false),
  relu: broken(
    (u) => Math.max(u, 0),
    (o, u) => o.call('#step', u),
    false,
  ),
  sign: broken(Math.sign, zero, true),
  heaviside: { ...broken((u) => (u > 0 ? 1 : 0), zero, true), slope: true },
  floor: { ...broken(Math.floor, zero, true), jump: distanceToInteger },
  ceil: { ...broken(Math.ceil, zero, true), jump: distanceToInteger },
  max: extremum('max', Math.max, (o, u, v) => o.call('#step', o.subtract(u, v))),
  min: extremum('min', Math.min, (o, u, v) => o.call('#step', o.subtract(v, u))),
  // The slopes of functions with a kink: without a value at the kink.
  '#side': { ...broken(Math.sign, zero, true), slope: true },
  '#step': { ...broken((u) => (u > 0 ? 1 : 0), zero, true), slope: true },
};

/** The largest or smallest of any number of arguments, two at a time. */
function extremum(name: string, real: (u: number, v: number) => number, taken: Partial): Elementary {
  return {
    real: real as Elementary['real'],
    partials: [taken, (o, u, v) => taken(o, v, u)],
    arity: [1, 64],
    algebraic: false,
    composed: (o, args) => (args.length === 2 ? undefined : args.reduce((u, v) => o.call(name, u, v))),
  };
}

const table: ReadonlyMap<string, Elementary> = new Map(
  Object.entries({ ...trigonometric, ...hyperbolic, ...exponential, ...algebraic, ...withKinks }),
);

/** The functions that the oracle can evaluate and differentiate. */
export const oracleFunctions: ReadonlySet<string> = new Set([...table.keys()].filter((name) => !name.startsWith('#')));

/** The table's entry for a name; ends the evaluation where there is none. */
export function elementary(name: string): Elementary {
  return table.get(name) ?? stop(`unknown-function: the oracle does not know ${name}`);
}
