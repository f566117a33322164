/**
 * Taylor polynomials: the derivatives, their values at the point, and the sum of f^(k)(a)/k! (x - a)^k (Taylor's theorem in
 * Peano's form: Rudin, Principles of Mathematical Analysis, 1976, theorem 5.15).
 *
 * The oracle differentiates the function itself at the point, with dual numbers, and compares with the derivatives of the
 * polynomial there: they agree up to the degree if and only if the polynomial approximates to that order. Where the function is
 * a quotient of two that vanish at the point, see `taylor-quotient.ts`.
 */

import { splitVanishing } from '../calculus/vanishing.ts';
import { fail } from '../problem.ts';
import { operatorNode } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { add, derivative, genericApply, multiply, one, subtract } from '../term/construct.ts';
import { symbolsOf } from '../term/substitute.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import { raise } from '../writing/raise.ts';
import type { Plan } from './build.ts';
import { type NamedModel, unfoldAll } from './naming.ts';
import { type Claim, statement } from './outline.ts';
import { polynomialNode, remainderNode, scaled } from './taylor-polynomial.ts';
import { quotientValues } from './taylor-quotient.ts';
import { atPoint, highestDualOrder, type TaylorProblem, valuesAtPoint } from './taylor-values.ts';

export function taylorOutline(problem: TaylorProblem): Plan {
  const { model, by, degree, point, name } = problem;
  if (point.rank > 0 || symbolsOf(point).has(by)) refusePoint(by);
  // Intermediates are put back: their values at the point would need names of their own.
  const named: NamedModel = { target: unfoldAll(problem.named), lets: [] };
  const quotient = splitVanishing(named.target, by, point);
  const { passages, values, claims, hasNext, zeroOrder } =
    quotient === undefined
      ? { ...valuesAtPoint(problem, named.target, degree, ({ length }) => length > degree), zeroOrder: 0 }
      : quotientValues(problem, named.target, quotient);
  const offset = subtract(by, point);
  const terms = values.map((value, k) => scaled(value, k, offset));
  const result = add(...terms.map(([coefficient, factor]) => multiply(coefficient, factor)));
  const shown = polynomialNode(terms);
  const remainder = remainderNode(degree, hasNext(), offset);
  // Of a quotient u/v it is the polynomial times v that agrees with u, as u/v itself can't be evaluated at the point.
  const { numerator, denominator } = quotient ?? { numerator: undefined, denominator: one() };
  const product = multiply(result, denominator);
  const orders = Math.min(degree + zeroOrder, highestDualOrder);
  const agreements = Array.from({ length: orders + 1 }, (_, k): Claim => {
    const nested = (start: Term): Term => Array.from({ length: k }).reduce<Term>((of) => derivative(of, by), start);
    const right = numerator === undefined ? (values[k] as Term) : nested(numerator);
    return { left: nested(product), right, given: atPoint(problem) };
  });
  const left = genericApply(name, [by], [0]);
  const whole = { shown: printText(operatorNode('+', shown, remainder)) };
  const end = statement('taylor', result, agreements[agreements.length - 1] as Claim, whole);
  return {
    shown: named,
    outline: {
      passages: [...passages, { left, start: result, moves: [end] }],
      result,
      shown: printText(shown),
      unresolved: [],
      exhausted: false,
      claims: [...claims, ...agreements],
    },
    goal: {
      variables: [by],
      left,
      ordinary: true,
      remainder: printText(remainder),
      problem: {
        task: 'taylor',
        degree,
        point: printText(raise(point)),
        output: left === model.target ? null : printText(raise(left)),
      },
    },
  };
}

function refusePoint(by: SymbolTerm): never {
  return fail({
    code: 'unknown-option',
    message: `the point of a Taylor polynomial is a scalar without ${by.name}`,
    hint: 'for example --at 0, --at a or --at pi/2',
  });
}
