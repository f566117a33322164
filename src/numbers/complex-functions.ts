/**
 * Elementary functions of a complex number on their principal branches, cuts as in Kahan, "Branch cuts for complex
 * elementary functions" (1987). A number on a cut counts as lying on its upper side: there are no signed zeros here.
 */

export interface Complex {
  readonly re: number;
  readonly im: number;
}

export const complex = (re: number, im = 0): Complex => ({ re, im });

export function addComplex(a: Complex, b: Complex): Complex {
  return complex(a.re + b.re, a.im + b.im);
}

export function multiplyComplex(a: Complex, b: Complex): Complex {
  return complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
}

export function reciprocalComplex(a: Complex): Complex {
  if (a.im === 0) return complex(1 / a.re);
  const size = a.re * a.re + a.im * a.im;
  return complex(a.re / size, -a.im / size);
}

export const sizeOf = (a: Complex): number => Math.hypot(a.re, a.im);
const argumentOf = (a: Complex): number => (a.im === 0 ? (a.re < 0 ? Math.PI : 0) : Math.atan2(a.im, a.re));
const timesI = (a: Complex): Complex => complex(-a.im, a.re);
const timesMinusI = (a: Complex): Complex => complex(a.im, -a.re);
const minus = (a: Complex): Complex => complex(-a.re, -a.im);
const scaleBy = (a: Complex, by: number): Complex => complex(a.re * by, a.im * by);
const onePlus = (a: Complex): Complex => complex(1 + a.re, a.im);
const oneMinus = (a: Complex): Complex => complex(1 - a.re, -a.im);
const square = (a: Complex): Complex => multiplyComplex(a, a);

export function expComplex(a: Complex): Complex {
  const size = Math.exp(a.re);
  return a.im === 0 ? complex(size) : complex(size * Math.cos(a.im), size * Math.sin(a.im));
}

export function logComplex(a: Complex): Complex {
  return complex(Math.log(sizeOf(a)), argumentOf(a));
}

/** `a` to a real power; whole quarter turns are exact, so that the square root of -4 is 2 i and nothing else. */
export function realPower(a: Complex, exponent: number): Complex {
  const size = sizeOf(a) ** exponent;
  if (a.im !== 0) {
    const angle = argumentOf(a) * exponent;
    return complex(size * Math.cos(angle), size * Math.sin(angle));
  }
  if (a.re >= 0) return complex(size);
  const quarters = (((2 * exponent) % 4) + 4) % 4;
  if (!Number.isInteger(quarters)) {
    return complex(size * Math.cos(Math.PI * exponent), size * Math.sin(Math.PI * exponent));
  }
  const sign = quarters < 2 ? size : -size;
  return quarters % 2 === 0 ? complex(sign) : complex(0, sign);
}

const sqrt = (a: Complex): Complex => realPower(a, 0.5);

/** `-i log(i a + sqrt(1 - a^2))` */
function asin(a: Complex): Complex {
  return timesMinusI(logComplex(addComplex(timesI(a), sqrt(oneMinus(square(a))))));
}

/** `(log(1 + a) - log(1 - a)) / 2` */
function atanh(a: Complex): Complex {
  return scaleBy(addComplex(logComplex(onePlus(a)), minus(logComplex(oneMinus(a)))), 0.5);
}

/** The functions that have a value for complex numbers. Those that the table writes by others are not among them. */
export const complexFunctions: Readonly<Record<string, (a: Complex) => Complex>> = {
  exp: expComplex,
  log: logComplex,
  sin: (a) => complex(Math.sin(a.re) * Math.cosh(a.im), Math.cos(a.re) * Math.sinh(a.im)),
  cos: (a) => complex(Math.cos(a.re) * Math.cosh(a.im), -Math.sin(a.re) * Math.sinh(a.im)),
  asin,
  acos: (a) => addComplex(complex(Math.PI / 2), minus(asin(a))),
  atan: (a) => timesMinusI(atanh(timesI(a))),
  asinh: (a) => timesMinusI(asin(timesI(a))),
  acosh: (a) => logComplex(addComplex(a, multiplyComplex(sqrt(onePlus(a)), sqrt(complex(a.re - 1, a.im))))),
  atanh,
};

/** Functions whose value jumps across the negative real axis of what this gives. */
export const cutAlong: Readonly<Record<string, (a: Complex) => readonly Complex[]>> = {
  log: (a) => [a],
  asin: (a) => [oneMinus(square(a))],
  acos: (a) => [oneMinus(square(a))],
  atan: (a) => [onePlus(square(a))],
  asinh: (a) => [onePlus(square(a))],
  acosh: (a) => [complex(a.re - 1, a.im), onePlus(a)],
  atanh: (a) => [onePlus(a), oneMinus(a)],
};
