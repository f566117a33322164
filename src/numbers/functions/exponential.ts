/** Exponentials, logarithms, roots and powers. */

import type { Operations, Value } from '../arithmetic.ts';
import {
  composition,
  type Elementary,
  exp,
  expOfMinus,
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

const logOf =
  (base: number): Partial =>
  (o, u) =>
    inverse(o, o.multiply(u, o.call('log', o.integer(base))));
const logBy = (base: number) => (o: Operations, u: Value) => o.divide(o.call('log', u), o.call('log', o.integer(base)));

const sigmoidOf = (u: number): number => (u >= 0 ? 1 / (1 + Math.exp(-u)) : Math.exp(u) / (1 + Math.exp(u)));

export const exponential: FunctionFamily = {
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
    (o, u) => o.multiply(o.call('sigmoid', u), o.call('sigmoid', negate(o, u))),
    (o, u) => inverse(o, plus(o, expOfMinus(o, u), 1)),
  ),
  softplus: unary(
    (u) => Math.max(u, 0) + Math.log1p(Math.exp(-Math.abs(u))),
    (o, u) => o.call('sigmoid', u),
    (o, u) => o.call('log', plus(o, exp(o, u), 1)),
  ),
};

function positiveLog(u: number): number {
  return u > 0 ? Math.log(u) : Number.NaN;
}

export const roots: FunctionFamily = {
  sqrt: composition([1, 1], (o, u) => o.root(u, 1, 2)),
  cbrt: withParity('odd', {
    ...unary(Math.cbrt, (o, u) => o.divide(o.call('cbrt', u), times(o, 3, u))),
    composed: (o, [u]) => (u !== undefined && o.arithmetic.field === 'modular' ? o.root(u, 1, 3) : undefined),
  }),
  nthRoot: {
    real: nthRoot as Elementary['real'],
    partials: [
      (o, u, n) => o.divide(o.call('nthRoot', u, n), o.multiply(n, u)),
      (o, u, n) => negate(o, o.divide(o.multiply(o.call('nthRoot', u, n), o.call('log', u)), square(o, n))),
    ],
    arity: [1, 2],
    algebraic: true,
    smooth: true,
    composed: (o, [u, n]) => {
      if (u === undefined) return undefined;
      if (n === undefined) return o.root(u, 1, 2);
      return o.arithmetic.field === 'modular' ? o.power(u, inverse(o, n)) : undefined;
    },
  },
  pow: composition([2, 2], (o, u, v) => o.power(u, v as Value)),
  hypot: composition([1, 64], (o, ...args) => o.root(args.map((u) => square(o, u)).reduce(o.add), 1, 2)),
};

function nthRoot(u: number, n: number): number {
  if (u < 0) return Number.isInteger(n) && Math.abs(n % 2) === 1 ? -((-u) ** (1 / n)) : Number.NaN;
  return u ** (1 / n);
}
