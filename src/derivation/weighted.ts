/**
 * Vector-Jacobian products, as reverse mode computes them (Griewank and Walther, Evaluating Derivatives, 2008, section
 * 3.2): a weight of the shape of the value is carried back to the variable, and no Jacobian is formed. It is the gradient
 * of the inner product of weight and value, the weight held fixed, and so it has the shape of the variable.
 */

import { presentMatrix } from '../calculus/present-matrix.ts';
import type { Model } from '../meaning/model.ts';
import type { Layout } from '../options.ts';
import { fail } from '../problem.ts';
import { printText } from '../syntax/print.ts';
import { derivative, multiply } from '../term/construct.ts';
import { pullback } from '../term/tensor/inert.ts';
import { transpose } from '../term/tensor/products.ts';
import type { Term, Variable } from '../term/term.ts';
import { raise } from '../writing/raise.ts';
import { demandShape, demandWhole, shapeFree } from './beside.ts';
import type { Plan } from './build.ts';
import { authorsNames } from './matrix.ts';
import { type Passage, statement } from './outline.ts';
import { carryAlong, namedValue } from './pushforward.ts';

/** The plan for the vector-Jacobian product with `weight`; in numerator layout the row u' J. */
export function weightedPlan(model: Model, by: Variable, weight: Term | undefined, layout: Layout): Plan {
  if (!model.tensors || weight === undefined) return refuseScalars();
  const named = authorsNames(model);
  const { target } = named;
  demandWhole([by, target]);
  shapeFree(weight, target, model);
  demandShape(weight, target, 'the weight');
  const weigh = (of: Term): Term => (of.rank === 0 ? multiply(weight, derivative(of, by)) : pullback(weight, of, by));
  const [left, start] = [weigh(namedValue(model, named)), weigh(target)];
  const { moves, result, unresolved, exhausted } = carryAlong(start, named, { variables: [by] });
  const isTurned = layout === 'numerator' && by.rank > 0 && unresolved.length === 0;
  const turned = isTurned ? presentMatrix(transpose(result)) : result;
  const whole = { left: isTurned ? transpose(start) : start, right: turned };
  const end: Passage[] = isTurned
    ? [{ left: transpose(left), start: turned, moves: [statement('numerator-layout', turned, whole)] }]
    : [];
  return {
    outline: {
      passages: [{ left, start, moves }, ...end],
      result: turned,
      unresolved,
      exhausted,
      claims: [whole],
    },
    goal: {
      variables: [by],
      left: isTurned ? transpose(left) : left,
      ordinary: false,
      ...(by.rank > 0 ? { layout } : {}),
      problem: { task: 'vjp', weight: printText(raise(weight)) },
    },
    shown: named,
  };
}

function refuseScalars(): never {
  return fail({
    code: 'unknown-option',
    message: '--vjp weights the entries of a vector or matrix, and here are only scalars',
    hint: 'declare the shapes, such as --shape "x: vector(n)", or ask for the derivative alone',
  });
}
