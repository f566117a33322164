/** Sums over an index: what does not depend on it stands in front, and a minus goes inside where it turns a bracket. */

import { isNumber, multiply, multiplyAll, number, sum } from '../../term/construct.ts';
import { freeIndices } from '../../term/inspect.ts';
import { isNegativeRational, negateRational } from '../../term/rational.ts';
import type { BinderTerm, MultiplyTerm, Term } from '../../term/term.ts';
import { absorbSign, negateSum } from './minus.ts';
import { isNegative, sizeOf } from './size.ts';

/** The body holds the canonical index, which no pass can capture: none of them puts a term into a sum. */
function withBody(binder: BinderTerm, body: Term): Term {
  return sum(binder.bound, body, binder.range, binder.hint);
}

/** sum(c x_i) as c sum(x_i). */
export function takeConstantsOut(binder: BinderTerm): Term {
  const { body, bound } = binder;
  if (body.kind === 'number' && !isNumber(body, 1)) return multiply(body, withBody(binder, number(1)));
  if (body.kind !== 'multiply') return binder;
  const isInside = (factor: Term): boolean => freeIndices(factor).has(bound.name);
  const inside = body.factors.filter(isInside);
  if (inside.length === 0) return binder;
  const outside = body.factors.filter((factor) => !isInside(factor));
  const unit = body.coefficient.numerator === 1n && body.coefficient.denominator === 1n;
  if (outside.length === 0 && unit) return binder;
  return multiplyAll([number(body.coefficient), ...outside, withBody(binder, multiplyAll(inside))]);
}

/** -sum((a - b) x) as sum((b - a) x). */
export function absorbSignIntoSum(term: MultiplyTerm): Term {
  if (!isNegativeRational(term.coefficient)) return term;
  const binder = term.factors.find((factor) => factor.kind === 'sum');
  if (binder?.kind !== 'sum') return term;
  const turned = turnAround(binder.body);
  if (sizeOf(turned) > sizeOf(binder.body)) return term;
  const coefficient = number(negateRational(term.coefficient));
  return multiplyAll([coefficient, ...term.factors.filter((factor) => factor !== binder), withBody(binder, turned)]);
}

function turnAround(body: Term): Term {
  if (body.kind === 'add' && body.terms.some(isNegative)) return negateSum(body);
  return absorbSign(multiply(number(-1), body));
}
