/** Exponentials, logarithms and roots. `sqrt` and the other powers are read as powers. */

import { apply, divide, multiply, number, power } from '../../term/construct.ts';
import {
  type Elementary,
  exp,
  inverse,
  minusOne,
  notZero,
  onePlus,
  several,
  square,
  symmetric,
  two,
  unary,
} from './entry.ts';

export const exponential = {
  exp: unary('DLMF 4.7.7, AS 4.2.46', exp),
  expm1: unary('DLMF 4.7.7, AS 4.2.46', exp),
  log: unary('DLMF 4.7.1, AS 4.1.46', inverse),
  log2: unary('DLMF 4.7.1, AS 4.1.46', (u) => inverse(multiply(u, apply('log', two())))),
  log10: unary('DLMF 4.7.1, AS 4.1.46', (u) => inverse(multiply(u, apply('log', number(10))))),
  log1p: unary('DLMF 4.7.1, AS 4.1.46', (u) => inverse(onePlus(u))),
  cbrt: unary('DLMF 4.7.11', (u) => inverse(multiply(number(3), square(apply('cbrt', u)))), notZero),
  // Of an odd degree, of which it has a real value everywhere; those of other degrees are read as powers.
  nthRoot: several(
    'DLMF 4.7.11',
    [(u, n) => inverse(multiply(n, power(apply('nthRoot', u, n), minusOne(n)))), undefined],
    [notZero],
  ),
  hypot: symmetric(
    'DLMF 4.7.11',
    (own, _before, _after, all) => divide(own, apply('hypot', ...all)),
    (all) => [notZero(apply('hypot', ...all))],
  ),
} satisfies Readonly<Record<string, Elementary>>;
