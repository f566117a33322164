/**
 * Real numbers with a bound on their rounding error (first order: Higham, Accuracy and Stability of Numerical Algorithms,
 * 2002, chapter 3), so that two ways to one value can be compared without a tolerance that somebody made up. Where the
 * real function has no value there is none; where rounding leaves open whether it has one, nothing is known.
 */

export interface Tracked {
  readonly value: number;
  readonly error: number;
}

export const none: Tracked = { value: Number.NaN, error: 0 };
export const unknown: Tracked = { value: Number.NaN, error: Number.POSITIVE_INFINITY };

export const isNone = (a: Tracked): boolean => Number.isNaN(a.value) && a.error === 0;
export const isUnknown = (a: Tracked): boolean => a.error === Number.POSITIVE_INFINITY;
export const isKnown = (a: Tracked): boolean => !Number.isNaN(a.value);

/** Twice the unit roundoff; functions of `Math` are taken to err by a few units. */
const unit = 2 ** -52;

export function exact(value: number): Tracked {
  return { value, error: 0 };
}

export function quotient(numerator: bigint, denominator: bigint): Tracked {
  const value = Number(numerator) / Number(denominator);
  return { value, error: isShort(value) ? 0 : unit * Math.abs(value) };
}

/** Whether sums and products of such numbers have no rounding error. */
function isShort(value: number): boolean {
  return Math.abs(value) < 2 ** 16 && Number.isInteger(value * 2 ** 20);
}

/** Smaller numbers lose digits, or are 0 though what they stand for is not. */
const smallest = 1e-280;

function rounded(value: number, error: number, isExact: boolean): Tracked {
  if (!Number.isFinite(value) || (value !== 0 && Math.abs(value) < smallest)) return unknown;
  return { value, error: isExact ? 0 : error + unit * Math.abs(value) + Number.MIN_VALUE };
}

/** What is to be returned at once because an argument has no value, or none that is known. */
function without(...args: readonly Tracked[]): Tracked | undefined {
  if (args.some(isUnknown)) return unknown;
  return args.some(isNone) ? none : undefined;
}

const areShort = (a: Tracked, b: Tracked): boolean =>
  a.error === 0 && b.error === 0 && isShort(a.value) && isShort(b.value);

export function plus(a: Tracked, b: Tracked): Tracked {
  return without(a, b) ?? rounded(a.value + b.value, a.error + b.error, areShort(a, b));
}

export function times(a: Tracked, b: Tracked): Tracked {
  const error = Math.abs(a.value) * b.error + Math.abs(b.value) * a.error + a.error * b.error;
  const isZero = [a, b].some((one) => one.value === 0 && one.error === 0);
  const missing = without(a, b);
  if (missing !== undefined || isZero) return missing ?? exact(0);
  const value = a.value * b.value;
  return value === 0 && a.value !== 0 && b.value !== 0 ? unknown : rounded(value, error, areShort(a, b));
}

export const minus = (a: Tracked, b: Tracked): Tracked => plus(a, times(exact(-1), b));
export const over = (a: Tracked, b: Tracked): Tracked => times(a, toPower(b, exact(-1)));

/** The sign of `a`, 0 only if it is exactly 0; undefined where rounding hides it. */
function signOf(a: Tracked): number | undefined {
  if (a.error === 0) return Math.sign(a.value);
  return Math.abs(a.value) <= 2 * a.error ? undefined : Math.sign(a.value);
}

/** The real power: of a negative base for whole exponents only; 0^0 is 1. */
export function toPower(base: Tracked, exponent: Tracked): Tracked {
  const missing = without(base, exponent);
  if (missing !== undefined) return missing;
  const isWhole = Number.isInteger(exponent.value) && exponent.error === 0;
  const sign = signOf(base);
  if (sign === undefined) return isWhole && exponent.value >= 0 ? wholePower(base, exponent.value) : unknown;
  if (sign === 0) return zeroPower(exponent);
  if (sign < 0 && !isWhole) {
    const apart = Math.abs(exponent.value - Math.round(exponent.value));
    return apart <= 2 * exponent.error ? unknown : none;
  }
  if (isWhole && Math.abs(exponent.value) <= 16) return wholePower(base, exponent.value);
  if (base.error === 0 && base.value === 1) return exact(1);
  if (base.error === 0 && exponent.value === 0.5 && Number.isInteger(Math.sqrt(base.value) * 2 ** 10)) {
    const root = Math.sqrt(base.value);
    if (root * root === base.value && isShort(root)) return exact(root);
  }
  const value = base.value ** exponent.value;
  if (value === 0) return unknown;
  const relative =
    (Math.abs(exponent.value) * base.error) / Math.abs(base.value) +
    Math.abs(Math.log(Math.abs(base.value))) * exponent.error;
  return rounded(value, Math.abs(value) * (relative + 4 * unit), false);
}

function wholePower(base: Tracked, count: number): Tracked {
  const positive = Array.from({ length: Math.abs(count) }, () => base).reduce(times, exact(1));
  if (count >= 0) return positive;
  const value = 1 / positive.value;
  if (value === 0) return unknown;
  const relative = positive.error / Math.abs(positive.value);
  const isExact = positive.error === 0 && isShort(value) && isShort(positive.value);
  return rounded(value, (Math.abs(value) * relative) / (1 - Math.min(0.5, relative)), isExact);
}

function zeroPower(exponent: Tracked): Tracked {
  const sign = signOf(exponent);
  if (sign === undefined) return unknown;
  return sign > 0 ? exact(0) : sign === 0 ? exact(1) : none;
}

/** A function of one argument with the size of its slope, inside its domain; `edge` is negative outside. */
interface Smooth {
  readonly of: (x: number) => number;
  readonly slope: (x: number) => number;
  readonly edge?: (x: number) => number;
  /** Whether the edge belongs to the domain. */
  readonly closed?: boolean;
  /** Whether it is above 0 everywhere, so that a double of 0 is an underflow. */
  readonly isPositive?: boolean;
}

const withinOne = (x: number): number => 1 - Math.abs(x);
const smooth: Readonly<Record<string, Smooth>> = {
  exp: { of: Math.exp, slope: Math.exp, isPositive: true },
  expm1: { of: Math.expm1, slope: Math.exp },
  log: { of: Math.log, slope: (x) => 1 / x, edge: (x) => x },
  log2: { of: Math.log2, slope: (x) => 1 / (x * Math.LN2), edge: (x) => x },
  log10: { of: Math.log10, slope: (x) => 1 / (x * Math.LN10), edge: (x) => x },
  log1p: { of: Math.log1p, slope: (x) => 1 / (1 + x), edge: (x) => 1 + x },
  sin: { of: Math.sin, slope: Math.cos },
  cos: { of: Math.cos, slope: Math.sin },
  tan: { of: Math.tan, slope: (x) => 1 + Math.tan(x) ** 2 },
  sinh: { of: Math.sinh, slope: Math.cosh },
  cosh: { of: Math.cosh, slope: Math.sinh },
  tanh: { of: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2 },
  asin: { of: Math.asin, slope: (x) => 1 / Math.sqrt(1 - x * x), edge: withinOne, closed: true },
  acos: { of: Math.acos, slope: (x) => 1 / Math.sqrt(1 - x * x), edge: withinOne, closed: true },
  atan: { of: Math.atan, slope: (x) => 1 / (1 + x * x) },
  asinh: { of: Math.asinh, slope: (x) => 1 / Math.sqrt(1 + x * x) },
  acosh: { of: Math.acosh, slope: (x) => 1 / Math.sqrt(x * x - 1), edge: (x) => x - 1, closed: true },
  atanh: { of: Math.atanh, slope: (x) => 1 / (1 - x * x), edge: withinOne },
  sigmoid: { of: (x) => 1 / (1 + Math.exp(-x)), slope: (x) => 1 / (2 + Math.exp(x) + Math.exp(-x)), isPositive: true },
  softplus: { of: (x) => Math.log1p(Math.exp(x)), slope: (x) => 1 / (1 + Math.exp(-x)), isPositive: true },
  abs: { of: Math.abs, slope: () => 1 },
  relu: { of: (x) => Math.max(0, x), slope: () => 1 },
};

/** What the formulas do not hold, but what they may be written with: 1/tan(x) as cot(x). */
const reciprocal: Readonly<Record<string, Smooth>> = {
  sec: { of: (x) => 1 / Math.cos(x), slope: (x) => Math.sin(x) / Math.cos(x) ** 2 },
  csc: { of: (x) => 1 / Math.sin(x), slope: (x) => Math.cos(x) / Math.sin(x) ** 2, edge: Math.abs },
  cot: { of: (x) => 1 / Math.tan(x), slope: (x) => 1 / Math.sin(x) ** 2, edge: Math.abs },
  sech: { of: (x) => 1 / Math.cosh(x), slope: (x) => Math.sinh(x) / Math.cosh(x) ** 2 },
  csch: { of: (x) => 1 / Math.sinh(x), slope: (x) => Math.cosh(x) / Math.sinh(x) ** 2, edge: Math.abs },
  coth: { of: (x) => 1 / Math.tanh(x), slope: (x) => 1 / Math.sinh(x) ** 2, edge: Math.abs },
};

const jumping: Readonly<Record<string, (x: number) => number>> = {
  sign: Math.sign,
  heaviside: (x) => (x > 0 ? 1 : 0),
};

/** Names of functions of one argument that have a value here. */
export const unaryNames: readonly string[] = [...Object.keys(smooth), ...Object.keys(jumping), 'sqrt', 'cbrt', 'floor'];

export function callTracked(name: string, args: readonly Tracked[]): Tracked {
  const [a, b] = args as [Tracked, Tracked | undefined];
  const missing = without(...args);
  if (missing !== undefined) return missing;
  if (b !== undefined) return callTwo(name, a, b);
  if (name === 'sqrt') return toPower(a, exact(0.5));
  if (name === 'cbrt') return cubeRoot(a);
  if (name === 'floor') return floorOf(a);
  const known = smooth[name] ?? reciprocal[name];
  if (known !== undefined) return callSmooth(known, a);
  const jump = jumping[name];
  if (jump === undefined) throw new Error(`no value for the function ${name}`);
  return signOf(a) === undefined ? unknown : exact(jump(a.value));
}

function callSmooth({ of, slope, edge, closed = false, isPositive = false }: Smooth, a: Tracked): Tracked {
  if (edge !== undefined) {
    const room = edge(a.value);
    if (a.error > 0 && Math.abs(room) <= 4 * a.error) return unknown;
    if (room < 0 || (room === 0 && !closed)) return none;
  }
  const value = of(a.value);
  if (value === 0 && isPositive) return unknown;
  // sin(0), log(1): the doubles of a function are 0 only where it is.
  if (value === 0 && a.error === 0) return exact(0);
  const steepest = a.error === 0 ? 0 : a.error * Math.abs(slope(a.value));
  return rounded(value, steepest + 4 * unit * Math.abs(value), false);
}

function cubeRoot(a: Tracked): Tracked {
  const value = Math.cbrt(a.value);
  if (a.error > 0 && signOf(a) === undefined) return unknown;
  const steepest = a.error === 0 ? 0 : a.error / (3 * value * value);
  return rounded(
    value,
    steepest + 2 * unit * Math.abs(value),
    isShort(value) && value ** 3 === a.value && a.error === 0,
  );
}

function floorOf(a: Tracked): Tracked {
  const isHidden = a.error > 0 && Math.abs(a.value - Math.round(a.value)) <= 2 * a.error;
  return isHidden ? unknown : exact(Math.floor(a.value));
}

function callTwo(name: string, a: Tracked, b: Tracked): Tracked {
  switch (name) {
    case 'max':
      return larger(a, b);
    case 'min':
      return times(exact(-1), larger(times(exact(-1), a), times(exact(-1), b)));
    case 'hypot':
      return rounded(Math.hypot(a.value, b.value), a.error + b.error, false);
    default:
      throw new Error(`no value for the function ${name} of 2`);
  }
}

function larger(a: Tracked, b: Tracked): Tracked {
  if (Math.abs(a.value - b.value) > 2 * (a.error + b.error)) return a.value > b.value ? a : b;
  return { value: Math.max(a.value, b.value), error: Math.max(a.error, b.error) };
}

/** Whether `a` is less than, equal to or greater than `b`: -1, 0, 1; undefined where rounding hides it. */
export function compareTracked(a: Tracked, b: Tracked): number | undefined {
  // One number with one error is one number computed in one way: e > e.
  if (isKnown(a) && a.value === b.value && a.error === b.error) return 0;
  const difference = minus(a, b);
  return isKnown(difference) ? signOf(difference) : undefined;
}

/** Whether both are one number as far as rounding lets see; undefined where it leaves too few digits to tell. */
export function sameValue(a: Tracked, b: Tracked): boolean | undefined {
  const bound = 8 * (a.error + b.error);
  const size = Math.max(Math.abs(a.value), Math.abs(b.value));
  const apart = Math.abs(a.value - b.value);
  if (apart <= bound) return bound <= 1e-6 * size || apart === 0 ? true : undefined;
  return apart > 1e-6 * size || bound <= 1e-8 * size ? false : undefined;
}
