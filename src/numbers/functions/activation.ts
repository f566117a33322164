/** Smooth activations of neural networks, written by functions that the table knows. */

import { rational } from '../../term/rational.ts';
import type { Operations, Value } from '../arithmetic.ts';
import { composition, type FunctionFamily, half, negate, plus } from './entry.ts';

export const activation: FunctionFamily = {
  silu: composition([1, 1], (o, u) => o.multiply(u, o.call('sigmoid', u))),
  // u Phi(u), Hendrycks and Gimpel 2016; by erfc, which keeps its digits far below 0 where 1 + erf has none.
  gelu: composition([1, 1], (o, u) => {
    const tail = o.call('erfc', negate(o, o.multiply(u, o.root(o.integer(2), -1, 2))));
    return half(o, o.multiply(u, tail));
  }),
  gelu_tanh: composition([1, 1], (o, u) => {
    const cubic = o.multiply(decimal(o, 44_715n, 1_000_000n), o.integerPower(u, 3));
    const inner = o.multiply(rootOfTwoOverPi(o), o.add(u, cubic));
    return half(o, o.multiply(u, plus(o, o.call('tanh', inner), 1)));
  }),
  // Misra 2019.
  mish: composition([1, 1], (o, u) => o.multiply(u, o.call('tanh', o.call('softplus', u)))),
};

function rootOfTwoOverPi(o: Operations): Value {
  return o.root(o.divide(o.integer(2), o.arithmetic.constant('pi')), 1, 2);
}

function decimal(o: Operations, numerator: bigint, denominator: bigint): Value {
  return o.arithmetic.rational(rational(numerator, denominator));
}
