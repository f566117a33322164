/** Hyperbolic functions and their inverses. */

import { apply, multiply, negate, one, relation } from '../../term/construct.ts';
import {
  absolute,
  type Elementary,
  inverse,
  minusOne,
  notZero,
  oneMinus,
  onePlus,
  root,
  square,
  unary,
} from './entry.ts';

export const hyperbolic = {
  sinh: unary('DLMF 4.34.1, AS 4.5.71', (u) => apply('cosh', u)),
  cosh: unary('DLMF 4.34.2, AS 4.5.72', (u) => apply('sinh', u)),
  tanh: unary('DLMF 4.34.3, AS 4.5.73', (u) => oneMinus(square(apply('tanh', u)))),
  csch: unary('DLMF 4.34.4, AS 4.5.74', (u) => negate(multiply(apply('csch', u), apply('coth', u)))),
  sech: unary('DLMF 4.34.5, AS 4.5.75', (u) => negate(multiply(apply('sech', u), apply('tanh', u)))),
  coth: unary('DLMF 4.34.6, AS 4.5.76', (u) => negate(square(apply('csch', u)))),
  asinh: unary('DLMF 4.38.9, AS 4.6.37', (u) => inverse(root(onePlus(square(u))))),
  acosh: unary(
    'DLMF 4.38.10, AS 4.6.38',
    (u) => inverse(root(minusOne(square(u)))),
    (u) => relation('>', u, one()),
  ),
  atanh: unary('DLMF 4.38.11, AS 4.6.39', (u) => inverse(oneMinus(square(u)))),
  acsch: unary(
    'DLMF 4.38.12, AS 4.6.40',
    (u) => negate(inverse(multiply(absolute(u), root(onePlus(square(u)))))),
    notZero,
  ),
  asech: unary(
    'DLMF 4.38.13, AS 4.6.41',
    (u) => negate(inverse(multiply(u, root(oneMinus(square(u)))))),
    (u) => relation('<', u, one()),
  ),
  acoth: unary('DLMF 4.38.14, AS 4.6.42', (u) => inverse(oneMinus(square(u)))),
} satisfies Readonly<Record<string, Elementary>>;
