/** The error function, the Gamma function and its kin, Lambert's W, Bessel functions. */

import { add, apply, divide, multiply, negate, one, relation, subtract } from '../../term/construct.ts';
import type { Term } from '../../term/term.ts';
import { type Elementary, exp, gaussian, inverse, notZero, onePlus, several, unary } from './entry.ts';

/** psi(a) - psi(a + b), the logarithmic derivative of B(a, b) by a. */
const betaSlope = (a: Term, b: Term): Term => subtract(apply('digamma', a), apply('digamma', add(a, b)));

/** The second half of DLMF 10.6.2 and 10.29.2 for order 1: the function over its argument. */
const overArgument = (name: string, u: Term): Term => divide(apply(name, u), u);

export const special = {
  erf: unary('DLMF 7.2.1, AS 7.1.19', (u) => gaussian(u, 2)),
  erfc: unary('DLMF 7.2.2, AS 7.1.19', (u) => gaussian(u, -2)),
  gamma: unary('DLMF 5.2.2, AS 6.3.1', (u) => multiply(apply('gamma', u), apply('digamma', u))),
  lgamma: unary('DLMF 5.2.2, AS 6.3.1', (u) => apply('digamma', u)),
  factorial: unary('DLMF 5.4.1 with 5.2.2', (u) => multiply(apply('factorial', u), apply('digamma', onePlus(u)))),
  digamma: unary('DLMF 5.15.1, AS 6.4.1', (u) => apply('trigamma', u)),
  trigamma: unary('DLMF 5.15, AS 6.4.1', (u) => apply('polygamma', add(one(), one()), u)),
  // psi^(n); it has no derivative by its order.
  polygamma: several('DLMF 5.15, AS 6.4.1', [undefined, (n, u) => apply('polygamma', onePlus(n), u)]),
  beta: several('DLMF 5.12.1 with 5.2.2', [
    (a, b) => multiply(apply('beta', a, b), betaSlope(a, b)),
    (a, b) => multiply(apply('beta', a, b), betaSlope(b, a)),
  ]),
  // The branch W0. From W exp(W) = u: W' (exp(W) + W exp(W)) = 1, and W exp(W) is u again, so that 0 needs no exception.
  lambertw: unary(
    'DLMF 4.13.1 and 4.13.4; Corless et al., On the Lambert W function (1996), (3.2)',
    (u) => inverse(add(u, exp(apply('lambertw', u)))),
    (u) => relation('>', u, negate(exp(negate(one())))),
  ),
  besselj0: unary('DLMF 10.6.3, AS 9.1.28', (u) => negate(apply('besselj1', u))),
  besselj1: unary(
    'DLMF 10.6.2, AS 9.1.27',
    (u) => subtract(apply('besselj0', u), overArgument('besselj1', u)),
    notZero,
  ),
  bessely0: unary('DLMF 10.6.3, AS 9.1.28', (u) => negate(apply('bessely1', u))),
  bessely1: unary('DLMF 10.6.2, AS 9.1.27', (u) => subtract(apply('bessely0', u), overArgument('bessely1', u))),
  besseli0: unary('DLMF 10.29.3, AS 9.6.27', (u) => apply('besseli1', u)),
  besseli1: unary(
    'DLMF 10.29.2, AS 9.6.26',
    (u) => subtract(apply('besseli0', u), overArgument('besseli1', u)),
    notZero,
  ),
} satisfies Readonly<Record<string, Elementary>>;
