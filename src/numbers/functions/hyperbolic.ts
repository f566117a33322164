/** Hyperbolic functions and their inverses. Abramowitz and Stegun (1964), sections 4.5 and 4.6. */

import {
  complement,
  exp,
  expOfMinus,
  type FunctionFamily,
  half,
  inverse,
  inverseRoot,
  negate,
  plus,
  square,
  unary,
  withParity,
} from './entry.ts';

export const hyperbolic: FunctionFamily = {
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
    (o, u) => negate(o, o.multiply(o.call('sech', u), o.call('tanh', u))),
    (o, u) => inverse(o, o.call('cosh', u)),
  ),
  csch: unary(
    (u) => 1 / Math.sinh(u),
    (o, u) => negate(o, o.multiply(o.call('csch', u), o.call('coth', u))),
    (o, u) => inverse(o, o.call('sinh', u)),
  ),
  coth: unary(
    (u) => 1 / Math.tanh(u),
    (o, u) => complement(o, o.call('coth', u)),
    (o, u) => o.divide(o.call('cosh', u), o.call('sinh', u)),
  ),
  asinh: withParity(
    'odd',
    unary(Math.asinh, (o, u) => inverseRoot(o, plus(o, square(o, u), 1))),
  ),
  acosh: unary(Math.acosh, (o, u) =>
    // The two roots make one only where the argument has a positive real part.
    o.arithmetic.field === 'complex'
      ? o.multiply(inverseRoot(o, plus(o, u, -1)), inverseRoot(o, plus(o, u, 1)))
      : inverseRoot(o, plus(o, square(o, u), -1)),
  ),
  atanh: withParity(
    'odd',
    unary(Math.atanh, (o, u) => inverse(o, complement(o, u))),
  ),
  asech: unary(
    (u) => Math.acosh(1 / u),
    (o, u) => negate(o, o.multiply(inverse(o, u), inverseRoot(o, complement(o, u)))),
    (o, u) => o.call('acosh', inverse(o, u)),
  ),
  acsch: unary(
    (u) => Math.asinh(1 / u),
    (o, u) => negate(o, o.multiply(o.integerPower(u, -2), inverseRoot(o, plus(o, o.integerPower(u, -2), 1)))),
    (o, u) => o.call('asinh', inverse(o, u)),
  ),
  acoth: unary(
    (u) => Math.atanh(1 / u),
    (o, u) => inverse(o, complement(o, u)),
    (o, u) => o.call('atanh', inverse(o, u)),
  ),
};
