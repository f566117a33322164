/** Activation functions of neural networks; each is cited by the paper that defines it. */

import { add, apply, divide, multiply, negate, number, one, subtract, zero } from '../../term/construct.ts';
import { rational } from '../../term/rational.ts';
import type { Term } from '../../term/term.ts';
import {
  decimal,
  type Elementary,
  exp,
  half,
  notZero,
  oneMinus,
  onePlus,
  pi,
  positivePart,
  root,
  several,
  square,
  two,
  unary,
} from './entry.ts';

const sigmoid = (u: Term): Term => apply('sigmoid', u);
const tanh = (u: Term): Term => apply('tanh', u);

/** The scale of SELU, and its scale times its alpha, as the paper's code gives both factors: exactly. */
const seluScale = (): Term => decimal('1.0507009873554805');
const seluProduct = (): Term => decimal('1.7580993408473767818340515842446');

/** What GELU weighs the cube with. */
const cubeWeight = (): Term => number(rational(44715, 1_000_000));

/** The argument of tanh in the approximate GELU, and its derivative. */
const geluInner = (u: Term): Term => multiply(root(divide(two(), pi())), add(u, multiply(cubeWeight(), u, u, u)));
const geluSlope = (u: Term): Term =>
  multiply(root(divide(two(), pi())), onePlus(multiply(number(3), cubeWeight(), square(u))));

/** The slope of a leaky rectifier that is not told one. */
const usualSlope = (): Term => decimal('0.01');

export const activation = {
  sigmoid: unary('Goodfellow, Bengio, Courville, Deep Learning (2016), 3.30', (u) =>
    multiply(sigmoid(u), oneMinus(sigmoid(u))),
  ),
  softplus: unary('Dugas et al. (2001); Goodfellow et al., Deep Learning (2016), 3.31', sigmoid),
  relu: unary('Nair, Hinton (2010)', (u) => positivePart(u, one(), zero()), notZero),
  leaky_relu: several(
    'Maas, Hannun, Ng (2013)',
    [(u, slope = usualSlope()) => positivePart(u, one(), slope), (u) => positivePart(u, zero(), u)],
    [notZero],
    1,
  ),
  // Of order 1 the two sides meet with equal slopes, of any other order they do not.
  elu: several(
    'Clevert, Unterthiner, Hochreiter, arXiv:1511.07289',
    [
      (u, alpha = one()) => positivePart(u, one(), multiply(alpha, exp(u))),
      (u) => positivePart(u, zero(), subtract(exp(u), one())),
    ],
    [(u, alpha = one()) => (alpha === one() ? undefined : notZero(u))],
    1,
  ),
  selu: unary(
    'Klambauer et al., arXiv:1706.02515',
    (u) => positivePart(u, seluScale(), add(apply('selu', u), seluProduct())),
    notZero,
  ),
  silu: unary('Elfwing, Uchibe, Doya, arXiv:1702.03118; Ramachandran et al., arXiv:1710.05941', (u) =>
    multiply(sigmoid(u), onePlus(multiply(u, oneMinus(sigmoid(u))))),
  ),
  // u Phi(u) with the distribution function Phi of the standard normal law.
  gelu: unary('Hendrycks, Gimpel, arXiv:1606.08415', (u) =>
    add(
      multiply(half(), onePlus(apply('erf', divide(u, root(two()))))),
      divide(multiply(u, exp(negate(divide(square(u), two())))), root(multiply(two(), pi()))),
    ),
  ),
  gelu_tanh: unary('Hendrycks, Gimpel, arXiv:1606.08415, section 2', (u) => {
    const t = tanh(geluInner(u));
    return add(multiply(half(), onePlus(t)), multiply(half(), u, oneMinus(square(t)), geluSlope(u)));
  }),
  mish: unary('Misra, arXiv:1908.08681', (u) => {
    const t = tanh(apply('softplus', u));
    return add(t, multiply(u, oneMinus(square(t)), sigmoid(u)));
  }),
} satisfies Readonly<Record<string, Elementary>>;
