/** Derivatives that wait for the rules: pull-backs and differentials. */

import { isNumber, zero } from '../construct.ts';
import { dimsOf } from '../dims.ts';
import { makeTensor } from '../make.ts';
import type { Term, Variable } from '../term.ts';

/**
 * What a change of `of`, weighted entry by entry with `weight`, means for `by`: the gradient of their inner product with
 * the weight held fixed. Not carried out; the rules take it apart.
 */
export function pullback(weight: Term, of: Term, by: Variable): Term {
  if (isNumber(weight, 0)) return zero();
  return makeTensor('vjp', [weight, of, by], dimsOf(by) ?? [], ([w, u, x]) =>
    pullback(w as Term, u as Term, x as Variable),
  );
}

/** The differential of `of` where `by` changes by `change`: not carried out; the rules take it apart. */
export function differential(of: Term, by: Variable, change: Term): Term {
  if (of === by) return change;
  return makeTensor('jvp', [of, by, change], dimsOf(of) ?? [], ([u, x, dx]) =>
    differential(u as Term, x as Variable, dx as Term),
  );
}
