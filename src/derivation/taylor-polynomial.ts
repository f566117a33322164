/** Taylor polynomials as they are printed: in ascending powers, as a textbook writes them. */

import { callNode, type MathNode, operatorNode } from '../syntax/node.ts';
import { sumNode } from '../syntax/sign.ts';
import { cases, isNumber, multiply, number, power } from '../term/construct.ts';
import { rational } from '../term/rational.ts';
import type { Term } from '../term/term.ts';
import { raise } from '../writing/raise.ts';

/** Coefficient and power: f''(a)/2 and (x - a)^2. */
export function scaled(value: Term, k: number, offset: Term): readonly [Term, Term] {
  let factorial = 1n;
  for (let count = 2; count <= k; count++) factorial *= BigInt(count);
  return [timesNumber(value, number(rational(1n, factorial))), power(offset, number(k))];
}

/** A product with a number, which goes into the branches of a case. */
function timesNumber(value: Term, factor: Term): Term {
  if (value.kind !== 'cases') return multiply(value, factor);
  return cases(value.condition, timesNumber(value.then, factor), timesNumber(value.otherwise, factor));
}

/** In ascending powers, as a textbook writes it. */
export function polynomialNode(terms: readonly (readonly [Term, Term])[]): MathNode {
  const kept = terms.filter(([coefficient]) => !isNumber(coefficient, 0));
  const nodes = kept.map(([coefficient, factor]) => {
    if (coefficient.kind === 'number' || isNumber(factor, 1)) return raise(multiply(coefficient, factor));
    return operatorNode('*', raise(coefficient), raise(factor));
  });
  return sumNode(nodes);
}

/** O((x - a)^(n+1)) where one more derivative exists at the point, o((x - a)^n) otherwise. */
export function remainderNode(degree: number, hasNext: boolean, offset: Term): MathNode {
  const order = hasNext ? degree + 1 : degree;
  return callNode(hasNext ? 'O' : 'o', [raise(power(offset, number(order)))]);
}
