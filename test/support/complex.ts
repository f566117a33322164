/**
 * Complex functions over either field of `field.ts`, on their principal branches (Abramowitz and Stegun, 4.1 to 4.6;
 * Kahan, "Branch cuts for complex elementary functions", 1987). A cut belongs to the side above it: an imaginary part
 * of zero has no sign here.
 */

import type { Field } from './field.ts';

export interface Complex<T> {
  readonly re: T;
  readonly im: T;
}

export type Unary<T> = (z: Complex<T>) => Complex<T>;

export interface ComplexArithmetic<T> {
  readonly field: Field<T>;
  readonly real: (text: string) => Complex<T>;
  readonly pi: Complex<T>;
  readonly i: Complex<T>;
  readonly add: (a: Complex<T>, b: Complex<T>) => Complex<T>;
  readonly subtract: (a: Complex<T>, b: Complex<T>) => Complex<T>;
  readonly multiply: (a: Complex<T>, b: Complex<T>) => Complex<T>;
  readonly divide: (a: Complex<T>, b: Complex<T>) => Complex<T>;
  readonly power: (a: Complex<T>, b: Complex<T>) => Complex<T>;
  readonly functions: Readonly<Record<string, Unary<T>>>;
}

/** Largest exponent that is multiplied out instead of going through a logarithm. */
const largestWholeExponent = 64;

export function complexOver<T>(field: Field<T>): ComplexArithmetic<T> {
  const zero = field.of('0');
  const two = field.of('2');
  const isZero = (a: T): boolean => field.toNumber(a) === 0;
  const negative = (a: T): T => field.subtract(zero, a);
  const real = (text: string): Complex<T> => ({ re: field.of(text), im: zero });
  const one = real('1');
  const i: Complex<T> = { re: zero, im: one.re };
  const half = real('0.5');
  const pi: Complex<T> = { re: field.pi, im: zero };

  const add = (a: Complex<T>, b: Complex<T>) => ({ re: field.add(a.re, b.re), im: field.add(a.im, b.im) });
  const subtract = (a: Complex<T>, b: Complex<T>) => ({
    re: field.subtract(a.re, b.re),
    im: field.subtract(a.im, b.im),
  });
  const multiply = (a: Complex<T>, b: Complex<T>) => ({
    re: field.subtract(field.multiply(a.re, b.re), field.multiply(a.im, b.im)),
    im: field.add(field.multiply(a.re, b.im), field.multiply(a.im, b.re)),
  });
  const divide = (a: Complex<T>, b: Complex<T>): Complex<T> => {
    if (isZero(b.im)) return { re: field.divide(a.re, b.re), im: field.divide(a.im, b.re) };
    const size = field.add(field.multiply(b.re, b.re), field.multiply(b.im, b.im));
    const top = multiply(a, { re: b.re, im: negative(b.im) });
    return { re: field.divide(top.re, size), im: field.divide(top.im, size) };
  };
  const modulus = (z: Complex<T>): T => {
    if (isZero(z.im)) return field.toNumber(z.re) < 0 ? negative(z.re) : z.re;
    return field.sqrt(field.add(field.multiply(z.re, z.re), field.multiply(z.im, z.im)));
  };
  const sqrt: Unary<T> = (z) => {
    const size = modulus(z);
    if (isZero(size)) return { re: zero, im: zero };
    if (field.toNumber(z.re) >= 0) {
      const re = field.sqrt(field.divide(field.add(size, z.re), two));
      return { re, im: field.divide(z.im, field.multiply(two, re)) };
    }
    const im = field.sqrt(field.divide(field.subtract(size, z.re), two));
    const re = field.divide(z.im, field.multiply(two, im));
    return field.toNumber(z.im) < 0 ? { re: negative(re), im: negative(im) } : { re, im };
  };
  const exp: Unary<T> = (z) => {
    const size = field.exp(z.re);
    if (isZero(z.im)) return { re: size, im: zero };
    return { re: field.multiply(size, field.cos(z.im)), im: field.multiply(size, field.sin(z.im)) };
  };
  const log: Unary<T> = (z) => ({
    re: field.log(modulus(z)),
    im: isZero(z.im) ? (field.toNumber(z.re) < 0 ? field.pi : zero) : field.atan2(z.im, z.re),
  });
  const sin: Unary<T> = (z) => {
    if (isZero(z.im)) return { re: field.sin(z.re), im: zero };
    return {
      re: field.multiply(field.sin(z.re), field.cosh(z.im)),
      im: field.multiply(field.cos(z.re), field.sinh(z.im)),
    };
  };
  const cos: Unary<T> = (z) => {
    if (isZero(z.im)) return { re: field.cos(z.re), im: zero };
    return {
      re: field.multiply(field.cos(z.re), field.cosh(z.im)),
      im: negative(field.multiply(field.sin(z.re), field.sinh(z.im))),
    };
  };
  const turned: Unary<T> = (z) => ({ re: negative(z.im), im: z.re });
  const turnedBack: Unary<T> = (z) => ({ re: z.im, im: negative(z.re) });
  const sinh: Unary<T> = (z) => turnedBack(sin(turned(z)));
  const cosh: Unary<T> = (z) => cos(turned(z));
  const inverse: Unary<T> = (z) => divide(one, z);
  const square: Unary<T> = (z) => multiply(z, z);

  const wholePower = (base: Complex<T>, count: number): Complex<T> => {
    if (count < 0) return inverse(wholePower(base, -count));
    let result = one;
    let factor = base;
    for (let left = count; left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) result = multiply(result, factor);
      factor = square(factor);
    }
    return result;
  };
  const power = (base: Complex<T>, exponent: Complex<T>): Complex<T> => {
    const twice = 2 * field.toNumber(exponent.re);
    // exp(n/2 log z) is exp(1/2 log z)^n.
    if (isZero(exponent.im) && Number.isInteger(twice) && Math.abs(twice) <= 2 * largestWholeExponent) {
      return twice % 2 === 0 ? wholePower(base, twice / 2) : wholePower(sqrt(base), twice);
    }
    if (isZero(base.re) && isZero(base.im) && field.toNumber(exponent.re) > 0) return { re: zero, im: zero };
    return exp(multiply(exponent, log(base)));
  };

  const asinh: Unary<T> = (z) => log(add(z, sqrt(add(square(z), one))));
  const acosh: Unary<T> = (z) => log(add(z, multiply(sqrt(add(z, one)), sqrt(subtract(z, one)))));
  const atanh: Unary<T> = (z) => multiply(half, subtract(log(add(one, z)), log(subtract(one, z))));
  const isWithinOne = (z: Complex<T>): boolean => isZero(z.im) && Math.abs(field.toNumber(z.re)) <= 1;
  const realAsin: Unary<T> = (z) => ({ re: field.atan2(z.re, sqrt(subtract(one, square(z))).re), im: zero });
  const asin: Unary<T> = (z) =>
    isWithinOne(z) ? realAsin(z) : turnedBack(log(add(turned(z), multiply(sqrt(subtract(one, z)), sqrt(add(one, z))))));
  const acos: Unary<T> = (z) => subtract(multiply(half, pi), asin(z));
  const atan: Unary<T> = (z) =>
    isZero(z.im) ? { re: field.atan2(z.re, one.re), im: zero } : turnedBack(atanh(turned(z)));
  /** |x| of real numbers, continued along every path that does not meet the imaginary axis. */
  const abs: Unary<T> = (z) => sqrt(square(z));
  const realCbrt: Unary<T> = (z) => ({ re: isZero(z.im) ? field.cbrt(z.re) : field.of('NaN'), im: zero });
  const sigmoid: Unary<T> = (z) => inverse(add(one, exp({ re: negative(z.re), im: negative(z.im) })));

  return {
    field,
    real,
    pi,
    i,
    add,
    subtract,
    multiply,
    divide,
    power,
    functions: {
      sqrt,
      exp,
      log,
      ln: log,
      log1p: (z) => log(add(one, z)),
      expm1: (z) => subtract(exp(z), one),
      log2: (z) => divide(log(z), log(real('2'))),
      log10: (z) => divide(log(z), log(real('10'))),
      sin,
      cos,
      tan: (z) => divide(sin(z), cos(z)),
      cot: (z) => divide(cos(z), sin(z)),
      sec: (z) => inverse(cos(z)),
      csc: (z) => inverse(sin(z)),
      sinh,
      cosh,
      tanh: (z) => divide(sinh(z), cosh(z)),
      coth: (z) => divide(cosh(z), sinh(z)),
      sech: (z) => inverse(cosh(z)),
      csch: (z) => inverse(sinh(z)),
      asin,
      acos,
      atan,
      acot: (z) => atan(inverse(z)),
      asec: (z) => acos(inverse(z)),
      acsc: (z) => asin(inverse(z)),
      asinh,
      acosh,
      atanh,
      acoth: (z) => atanh(inverse(z)),
      asech: (z) => acosh(inverse(z)),
      acsch: (z) => asinh(inverse(z)),
      abs,
      sign: (z) => divide(z, abs(z)),
      cbrt: realCbrt,
      sigmoid,
      softplus: (z) => log(add(one, exp(z))),
    },
  };
}
