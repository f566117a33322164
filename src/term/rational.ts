/**
 * Exact rational numbers: a reduced pair of bigints with a positive denominator, and the same pair as doubles where it is
 * small. Most numbers in formulas are: with them arithmetic takes no bigint, which is ten times slower. Small ones are
 * made once, so that 0, 1 and their like may be compared as objects.
 */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** The numerator as a double, 0 where the number is not small. */
  readonly top: number;
  /** The denominator as a double, 0 where the number is not small. */
  readonly bottom: number;
}

/** Small numbers have parts up to this: sums of products of two of them are exact in doubles. */
const largestSmall = 2 ** 25;

/** The reduced fraction `numerator / denominator`; the denominator must not be 0. */
export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  const [top, bottom] = [Number(numerator), Number(denominator)];
  if (bottom === 0) throw new RangeError('a rational number with denominator 0');
  if (Math.abs(top) <= largestExact && Math.abs(bottom) <= largestExact) return quotientOf(top, bottom);
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  const common = gcd(n < 0n ? -n : n, d < 0n ? -d : d) * (d < 0n ? -1n : 1n);
  return makeRational(n / common, d / common);
}

const largestExact = Number.MAX_SAFE_INTEGER;

function makeRational(numerator: bigint, denominator: bigint): Rational {
  const [top, bottom] = [Number(numerator), Number(denominator)];
  if (Math.abs(top) <= largestSmall && bottom <= largestSmall) return smallRational(top, bottom);
  return { numerator, denominator, top: 0, bottom: 0 };
}

/** A quotient of two whole numbers that are exact as doubles. */
function quotientOf(top: number, bottom: number): Rational {
  if (bottom === 1 && Math.abs(top) <= largestSmall) return smallRational(top, 1);
  const common = smallGcd(Math.abs(top), Math.abs(bottom)) * Math.sign(bottom);
  const [n, d] = [top / common, bottom / common];
  if (Math.abs(n) <= largestSmall && d <= largestSmall) return smallRational(n, d);
  return { numerator: BigInt(n), denominator: BigInt(d), top: 0, bottom: 0 };
}

/** Numbers whose parts are below these are made once. */
const [mostKeptTop, mostKeptBottom] = [256, 64];
const kept: (Rational | undefined)[][] = [];

/** A reduced fraction with small parts. */
function smallRational(top: number, bottom: number): Rational {
  if (bottom >= mostKeptBottom || top >= mostKeptTop || top <= -mostKeptTop) return makeSmallRational(top, bottom);
  let row = kept[bottom];
  if (row === undefined) {
    row = new Array(2 * mostKeptTop).fill(undefined) as undefined[];
    kept[bottom] = row;
  }
  const known = row[top + mostKeptTop];
  if (known !== undefined) return known;
  const made = makeSmallRational(top, bottom);
  row[top + mostKeptTop] = made;
  return made;
}

function makeSmallRational(top: number, bottom: number): Rational {
  // -0 is 0.
  return { numerator: BigInt(top), denominator: BigInt(bottom), top: top + 0, bottom };
}

function smallGcd(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y !== 0) [x, y] = [y, x % y];
  return x === 0 ? 1 : x;
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

export const zeroRational = rational(0);
export const oneRational = rational(1);
export const minusOneRational = rational(-1);

export function addRational(a: Rational, b: Rational): Rational {
  if (a === zeroRational) return b;
  if (a.bottom !== 0 && b.bottom !== 0) return quotientOf(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiplyRational(a: Rational, b: Rational): Rational {
  if (a === oneRational) return b;
  if (b === oneRational) return a;
  if (a.bottom !== 0 && b.bottom !== 0) return quotientOf(a.top * b.top, a.bottom * b.bottom);
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

export function negateRational(a: Rational): Rational {
  return a.bottom !== 0 ? smallRational(0 - a.top, a.bottom) : makeRational(-a.numerator, a.denominator);
}

/** `a` to an integer power; `a` must not be 0 when the power is negative. */
export function powerRational(a: Rational, exponent: bigint): Rational {
  if (a === oneRational) return a;
  return exponent >= 0n
    ? rational(a.numerator ** exponent, a.denominator ** exponent)
    : rational(a.denominator ** -exponent, a.numerator ** -exponent);
}

export function isZeroRational(a: Rational): boolean {
  return a === zeroRational;
}

export function isOneRational(a: Rational): boolean {
  return a === oneRational;
}

export function isNegativeRational(a: Rational): boolean {
  return a.bottom !== 0 ? a.top < 0 : a.numerator < 0n;
}

export function isIntegerRational(a: Rational): boolean {
  return a.bottom !== 0 ? a.bottom === 1 : a.denominator === 1n;
}

export function isOddRational(a: Rational): boolean {
  return isIntegerRational(a) && a.numerator % 2n !== 0n;
}

export function equalRational(a: Rational, b: Rational): boolean {
  if (a.bottom !== 0 || b.bottom !== 0) return a.top === b.top && a.bottom === b.bottom;
  return a.numerator === b.numerator && a.denominator === b.denominator;
}

export function compareRational(a: Rational, b: Rational): number {
  const left = a.numerator * b.denominator;
  const right = b.numerator * a.denominator;
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The greatest positive rational that divides both into integers: gcd(a, b) for integers, 1/2 for 1/2 and 3/2. */
export function commonRational(a: Rational, b: Rational): Rational {
  const magnitude = (x: bigint) => (x < 0n ? -x : x);
  const numerator = gcd(magnitude(a.numerator), magnitude(b.numerator));
  const denominator = (a.denominator * b.denominator) / gcd(a.denominator, b.denominator);
  return rational(numerator, denominator);
}

/** The nearest double. */
export function toDouble(a: Rational): number {
  const n = Number(a.numerator);
  const d = Number(a.denominator);
  if (Number.isFinite(n) && Number.isFinite(d)) return n / d;
  const shift = BigInt(Math.max(0, a.denominator.toString(2).length - 1000));
  return Number(a.numerator >> shift) / Number(a.denominator >> shift);
}

/** Reads a decimal literal (`12`, `0.10`, `1.5e-3`) exactly; undefined if the text is not one or is absurdly large. */
export function parseRational(text: string): Rational | undefined {
  const match = /^(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) return undefined;
  const [, whole = '', fraction = '', exponentText = '0'] = match;
  if (whole === '' && fraction === '') return undefined;
  const exponent = Number(exponentText) - fraction.length;
  if (Math.abs(exponent) > 400 || whole.length + fraction.length > 1000) return undefined;
  const digits = BigInt(whole + fraction);
  return exponent >= 0 ? rational(digits * 10n ** BigInt(exponent)) : rational(digits, 10n ** BigInt(-exponent));
}
