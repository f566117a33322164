/** Trigonometric functions and their inverses, with their principal values. */

import { add, apply, divide, multiply, negate, one, relation } from '../../term/construct.ts';
import {
  absolute,
  type Elementary,
  inverse,
  minusOne,
  notZero,
  oneMinus,
  onePlus,
  root,
  several,
  square,
  unary,
} from './entry.ts';

export const trigonometric = {
  sin: unary('DLMF 4.20.1, AS 4.3.105', (u) => apply('cos', u)),
  cos: unary('DLMF 4.20.2, AS 4.3.106', (u) => negate(apply('sin', u))),
  tan: unary('DLMF 4.20.3, AS 4.3.107', (u) => square(apply('sec', u))),
  csc: unary('DLMF 4.20.4, AS 4.3.108', (u) => negate(multiply(apply('csc', u), apply('cot', u)))),
  sec: unary('DLMF 4.20.5, AS 4.3.109', (u) => multiply(apply('sec', u), apply('tan', u))),
  cot: unary('DLMF 4.20.6, AS 4.3.110', (u) => negate(square(apply('csc', u)))),
  asin: unary(
    'DLMF 4.24.7, AS 4.4.52',
    (u) => inverse(root(oneMinus(square(u)))),
    (u) => relation('<', absolute(u), one()),
  ),
  acos: unary(
    'DLMF 4.24.8, AS 4.4.53',
    (u) => negate(inverse(root(oneMinus(square(u))))),
    (u) => relation('<', absolute(u), one()),
  ),
  atan: unary('DLMF 4.24.9, AS 4.4.54', (u) => inverse(onePlus(square(u)))),
  acsc: unary(
    'DLMF 4.24.10, AS 4.4.57',
    (u) => negate(inverse(multiply(absolute(u), root(minusOne(square(u)))))),
    (u) => relation('>', absolute(u), one()),
  ),
  asec: unary(
    'DLMF 4.24.11, AS 4.4.56',
    (u) => inverse(multiply(absolute(u), root(minusOne(square(u))))),
    (u) => relation('>', absolute(u), one()),
  ),
  // acot(u) is atan(1/u) here, with a jump at 0.
  acot: unary('DLMF 4.24.12, AS 4.4.55', (u) => negate(inverse(onePlus(square(u)))), notZero),
  // The angle of the point (x, y): tan of it is y/x.
  atan2: several('DLMF 1.9.2', [
    (y, x) => divide(x, add(square(x), square(y))),
    (y, x) => negate(divide(y, add(square(x), square(y)))),
  ]),
} satisfies Readonly<Record<string, Elementary>>;
