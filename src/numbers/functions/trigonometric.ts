/** Trigonometric functions and their inverses. Abramowitz and Stegun (1964), sections 4.3 and 4.4. */

import {
  complement,
  type Elementary,
  type FunctionFamily,
  inverse,
  inverseRoot,
  negate,
  plus,
  square,
  unary,
  withParity,
} from './entry.ts';

export const trigonometric: FunctionFamily = {
  sin: unary(Math.sin, (o, u) => o.call('cos', u)),
  cos: unary(Math.cos, (o, u) => negate(o, o.call('sin', u))),
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
    (o, u) => negate(o, o.multiply(o.call('csc', u), o.call('cot', u))),
    (o, u) => inverse(o, o.call('sin', u)),
  ),
  cot: unary(
    (u) => 1 / Math.tan(u),
    (o, u) => negate(o, plus(o, square(o, o.call('cot', u)), 1)),
    (o, u) => o.divide(o.call('cos', u), o.call('sin', u)),
  ),
  asin: withParity(
    'odd',
    unary(Math.asin, (o, u) => inverseRoot(o, complement(o, u))),
  ),
  acos: unary(Math.acos, (o, u) => negate(o, inverseRoot(o, complement(o, u)))),
  atan: withParity(
    'odd',
    unary(Math.atan, (o, u) => inverse(o, plus(o, square(o, u), 1))),
  ),
  asec: unary(
    (u) => Math.acos(1 / u),
    (o, u) => o.multiply(o.integerPower(u, -2), inverseRoot(o, complement(o, inverse(o, u)))),
    (o, u) => o.call('acos', inverse(o, u)),
  ),
  acsc: unary(
    (u) => Math.asin(1 / u),
    (o, u) => negate(o, o.multiply(o.integerPower(u, -2), inverseRoot(o, complement(o, inverse(o, u))))),
    (o, u) => o.call('asin', inverse(o, u)),
  ),
  // atan(1/u), as mathjs has it: the branch with a jump at 0.
  acot: unary(
    (u) => Math.atan(1 / u),
    (o, u) => negate(o, inverse(o, plus(o, square(o, u), 1))),
    (o, u) => o.call('atan', inverse(o, u)),
  ),
  // At the origin there is no angle.
  atan2: {
    real: ((y: number, x: number) => (y === 0 && x === 0 ? Number.NaN : Math.atan2(y, x))) as Elementary['real'],
    partials: [
      (o, y, x) => o.divide(x, o.add(square(o, x), square(o, y))),
      (o, y, x) => o.divide(negate(o, y), o.add(square(o, x), square(o, y))),
    ],
    arity: [2, 2],
    algebraic: true,
    smooth: true,
  },
};
