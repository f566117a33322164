/**
 * Special functions: values from `library.ts`, derivatives from the NIST Digital Library of Mathematical Functions
 * (DLMF), as far as possible in another form than the one that tables of derivatives print.
 */

import { baseOf, invalid, type Operations, type Value } from '../arithmetic.ts';
import {
  composition,
  type Elementary,
  exp,
  type FunctionFamily,
  inverse,
  negate,
  type Partial,
  plus,
  square,
  times,
  unary,
  withParity,
} from './entry.ts';
import * as library from './library.ts';

const atPole = (u: number): boolean => u <= 0 && Number.isInteger(u);
/** A function with poles at 0, -1, -2, ... */
const withPoles =
  (value: (u: number) => number) =>
  (u: number): number =>
    atPole(u) ? Number.NaN : value(u);
/** A function of positive numbers. */
const onPositive =
  (value: (u: number) => number) =>
  (u: number): number =>
    u > 0 ? value(u) : Number.NaN;

export const special: FunctionFamily = {
  // DLMF 5.2.2.
  gamma: unary(withPoles(library.gamma), (o, u) => o.multiply(o.call('gamma', u), o.call('digamma', u))),
  factorial: composition([1, 1], (o, u) => o.call('gamma', plus(o, u, 1))),
  lgamma: unary(withPoles(library.lgamma), (o, u) => o.call('digamma', u)),
  digamma: polygammaOfOrder(0, withPoles(library.digamma)),
  trigamma: polygammaOfOrder(1, withPoles(library.trigamma)),
  // DLMF 5.15. There is no derivative by the order.
  polygamma: {
    real: ((n: number, u: number) => polygamma(n, u)) as Elementary['real'],
    partials: [() => invalid, (o, n, u) => o.call('polygamma', plus(o, n, 1), u)],
    arity: [2, 2],
    algebraic: true,
    smooth: true,
    discrete: [0],
  },
  // DLMF 5.12.1.
  beta: {
    real: ((a: number, b: number) => beta(a, b)) as Elementary['real'],
    partials: [(o, a, b) => betaSlope(o, a, b), (o, a, b) => betaSlope(o, b, a)],
    arity: [2, 2],
    algebraic: true,
    smooth: true,
    composed: (o, [a, b]) =>
      a === undefined || b === undefined || o.arithmetic.field !== 'modular'
        ? undefined
        : o.divide(o.multiply(o.call('gamma', a), o.call('gamma', b)), o.call('gamma', o.add(a, b))),
  },
  // DLMF 4.13.4, with W e^W = u put in, so that 0 is no exception.
  lambertw: unary(
    (u) => (u > -1 / Math.E ? library.lambertw(u) : Number.NaN),
    (o, u) => inverse(o, o.add(u, exp(o, o.call('lambertw', u)))),
  ),
  // DLMF 7.2.1 and 7.2.2.
  erf: withParity('odd', unary(library.erf, gaussian(2))),
  erfc: unary(library.erfc, gaussian(-2), (o, u) => o.subtract(o.integer(1), o.call('erf', u))),
  // DLMF 10.6.2 and 10.29.3.
  besselj0: withParity(
    'even',
    unary(library.besselj0, (o, u) => negate(o, o.call('besselj1', u))),
  ),
  besselj1: withParity('odd', unary(library.besselj1, slopeOfFirst('besselj', -1))),
  bessely0: unary(onPositive(library.bessely0), (o, u) => negate(o, o.call('bessely1', u))),
  bessely1: unary(onPositive(library.bessely1), lowered('bessely')),
  besseli0: withParity(
    'even',
    unary(besseli0, (o, u) => o.call('besseli1', u)),
  ),
  besseli1: withParity('odd', unary(besseli1, slopeOfFirst('besseli', 1))),
};

function polygammaOfOrder(order: number, real: (u: number) => number): Elementary {
  return unary(
    real,
    (o, u) => o.call('polygamma', o.integer(order + 1), u),
    (o, u) => o.call('polygamma', o.integer(order), u),
  );
}

/** Of higher orders a value takes milliseconds, and says nothing beyond its first term. */
const highestOrder = 40;

function polygamma(n: number, u: number): number {
  return Number.isInteger(n) && n >= 0 && n <= highestOrder && !atPole(u) ? library.polygamma(n, u) : Number.NaN;
}

/** For arguments of either sign by the gamma function; for positive ones without its overflow. */
function beta(a: number, b: number): number {
  if (a > 0 && b > 0) return library.beta(a, b);
  if (atPole(a) || atPole(b) || atPole(a + b)) return Number.NaN;
  return (library.gamma(a) * library.gamma(b)) / library.gamma(a + b);
}

function betaSlope(o: Operations, a: Value, b: Value): Value {
  return o.multiply(o.call('beta', a, b), o.subtract(o.call('digamma', a), o.call('digamma', o.add(a, b))));
}

/** The function of order 0 less that of order 1 over its argument: the derivative of the one of order 1. */
function lowered(name: string): Partial {
  return (o, u) => o.divide(o.subtract(o.multiply(u, o.call(`${name}0`, u)), o.call(`${name}1`, u)), u);
}

/** From here on the quotient keeps its digits. */
const nearZero = 0.5;
/** As many terms of the series as a double shows of its derivatives of every order that is taken. */
const seriesTerms = 14;

/**
 * The derivative of J1 or I1, which as a quotient is 0/0 at 0: there by its series, the sum of
 * sign^k (2 k + 1) (u/2)^(2 k) / (2 k! (k + 1)!); DLMF 10.2.2 and 10.25.2.
 */
function slopeOfFirst(name: string, sign: 1 | -1): Partial {
  const quotient = lowered(name);
  return (o, u, second) => {
    if (o.arithmetic.field !== 'real' || !(Math.abs(baseOf(u).value) < nearZero)) return quotient(o, u, second);
    const squared = square(o, u);
    // Horner's scheme for the coefficients c_k = sign^k / (2 4^k k! (k + 1)!), each from the one before.
    let total: Value = o.integer(0);
    for (let k = seriesTerms; k >= 0; k--) {
      const next = o.multiply(squared, total);
      const ratio = o.divide(next, o.integer(4 * sign * (k + 1) * (k + 2)));
      total = plus(o, ratio, 2 * k + 1);
    }
    return o.divide(total, o.integer(2));
  };
}

/** `factor` / sqrt(pi) * exp(-u^2) */
function gaussian(factor: number): Partial {
  return (o, u) => {
    const bell = exp(o, negate(o, square(o, u)));
    return times(o, factor, o.multiply(bell, o.root(o.arithmetic.constant('pi'), -1, 2)));
  };
}

/**
 * DLMF 10.32.1 by the trapezoidal rule, which converges faster than any power for periodic integrands (Trefethen and
 * Weideman 2014); all terms are positive. No package has these two functions in doubles but as 250 kB of WebAssembly.
 */
function besseli0(u: number): number {
  return meanOverCircle(u, (cosine) => Math.cosh(u * cosine));
}

function besseli1(u: number): number {
  return meanOverCircle(u, (cosine) => Math.sinh(u * cosine) * cosine);
}

/** The mean over the circle of an even function of the cosine, up to harmonics that I_n(u) with n > 9 sqrt(u) bounds. */
function meanOverCircle(u: number, integrand: (cosine: number) => number): number {
  const quarter = 8 + Math.ceil(2.5 * Math.sqrt(Math.abs(u)));
  let total = integrand(1) / 2;
  for (let k = 1; k < quarter; k++) total += integrand(Math.cos((Math.PI * k) / (2 * quarter)));
  // At the end of the quarter the cosine is 0.
  return (total + integrand(0) / 2) / quarter;
}
