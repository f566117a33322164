/** Exact rational numbers: a reduced pair of bigints with a positive denominator. */
export interface Rational {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** The reduced fraction `numerator / denominator`; the denominator must not be 0. */
export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  const n = BigInt(numerator);
  const d = BigInt(denominator);
  if (d === 0n) throw new RangeError('a rational number with denominator 0');
  if (d === 1n) return { numerator: n, denominator: 1n };
  const common = gcd(n < 0n ? -n : n, d < 0n ? -d : d) * (d < 0n ? -1n : 1n);
  return { numerator: n / common, denominator: d / common };
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a === 0n ? 1n : a;
}

export const zeroRational = rational(0);
export const oneRational = rational(1);
export const minusOneRational = rational(-1);

// Most numbers in formulas are whole, and most coefficients are 1: these cases need no greatest common divisor.

export function addRational(a: Rational, b: Rational): Rational {
  if (a === zeroRational) return b;
  if (a.denominator === 1n && b.denominator === 1n) return { numerator: a.numerator + b.numerator, denominator: 1n };
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiplyRational(a: Rational, b: Rational): Rational {
  if (a === oneRational) return b;
  if (b === oneRational) return a;
  if (a.denominator === 1n && b.denominator === 1n) return { numerator: a.numerator * b.numerator, denominator: 1n };
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** `a` to an integer power; `a` must not be 0 when the power is negative. */
export function powerRational(a: Rational, exponent: bigint): Rational {
  return exponent >= 0n
    ? rational(a.numerator ** exponent, a.denominator ** exponent)
    : rational(a.denominator ** -exponent, a.numerator ** -exponent);
}

export function isZeroRational(a: Rational): boolean {
  return a.numerator === 0n;
}

export function isOneRational(a: Rational): boolean {
  return a === oneRational || (a.numerator === 1n && a.denominator === 1n);
}

export function isIntegerRational(a: Rational): boolean {
  return a.denominator === 1n;
}

export function isOddRational(a: Rational): boolean {
  return isIntegerRational(a) && a.numerator % 2n !== 0n;
}

export function equalRational(a: Rational, b: Rational): boolean {
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
