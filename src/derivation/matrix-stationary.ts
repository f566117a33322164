/**
 * Stationary points in whole vectors and matrices: the gradient set to zero, and solved where it is linear. For least
 * squares these are the normal equations X'X w = X'y (Strang, Introduction to Linear Algebra, 2016, section 4.3), for ridge
 * regression (X'X + l I) w = X'y (Hoerl and Kennard 1970).
 *
 * A solution is tested by putting it in: the oracle differentiates the target itself there and must find zero.
 */

import type { Model } from '../meaning/model.ts';
import { fail } from '../problem.ts';
import { derivative } from '../term/construct.ts';
import { shapeOf } from '../term/dims.ts';
import type { Term, Variable } from '../term/term.ts';
import { certifyPassages, certifyWhole, printPassages } from './assemble.ts';
import { demandWhole } from './beside.ts';
import { type BuildOptions, createDesk, describeProblemStatement } from './build.ts';
import type { Stationary } from './derivation.ts';
import { authorsNames } from './matrix.ts';
import { open, solve } from './matrix-system.ts';
import { type NamedModel, unfoldAll } from './naming.ts';
import type { Carried, Passage } from './outline.ts';
import { carryAlong, namedValue } from './pushforward.ts';

export function buildMatrixStationary(model: Model, options: BuildOptions): Stationary {
  const { variables } = model;
  // Intermediates hide whether the equations are linear, so they are put back.
  const named: NamedModel = { target: unfoldAll(authorsNames(model)), lets: [] };
  demandScalar(named.target);
  demandWhole(variables);
  for (const one of variables) demandFree(one);
  const desk = createDesk(model, named, variables, options);
  const gradients = variables.map((by) => carryAlong(derivative(named.target, by), named, { variables: [by] }));
  const passages: Passage[] = variables.map((by, at) => ({
    left: derivative(namedValue(model, named), by),
    start: derivative(named.target, by),
    moves: (gradients[at] as Carried).moves,
  }));
  const unresolved = gradients.flatMap((one) => one.unresolved);
  const ends = gradients.map((one) => one.result);
  const system = unresolved.length > 0 ? open('unresolved') : solve(variables, named, ends, desk);
  const all = [...passages, ...system.passages];
  const certified = certifyPassages(all, desk);
  const claims = [
    ...variables.map((by, at) => ({ left: derivative(named.target, by), right: ends[at] as Term })),
    ...system.claims,
  ];
  const exhausted = gradients.some((one) => one.exhausted);
  const outline = { passages: all, result: named.target, unresolved, exhausted, claims };
  const { print, printAsWritten } = desk;
  const { matrix, right, unknowns } = system;
  return {
    schema: 'chainrule/stationary/1',
    detail: options.detail,
    problem: { ...describeProblemStatement(model, named, variables, options, printAsWritten), task: 'stationary' },
    formula: printAsWritten(named.target),
    lets: [],
    steps: options.detail === 'answer' ? [] : printPassages(certified, '', desk),
    equations: ends.map((one) => ({ left: print(one), right: '0' })),
    system:
      matrix === undefined || right === undefined
        ? null
        : {
            matrix: matrix.map((row) => row.map(print)),
            right: right.map(print),
            ...(unknowns === undefined ? {} : { unknowns: unknowns.map(print) }),
          },
    determinant: system.determinant === undefined ? null : print(system.determinant),
    solution: system.solution.map(([name, value]) => ({ name: print(name), expression: print(value) })),
    conditions: system.conditions.map(print),
    reason: system.reason,
    unresolved: unresolved.map(print),
    certificate: certifyWhole(outline, certified, desk),
  };
}

function demandScalar(target: Term): void {
  if (target.rank === 0) return;
  fail({
    code: 'shape-clash',
    message: `only a scalar has stationary points, and this is a ${target.rank === 1 ? 'vector' : 'matrix'}`,
    hint: 'take a component or its norm',
  });
}

/** Where the entries of a variable depend on one another, its gradient need not be zero. */
function demandFree(variable: Variable): void {
  const traits = variable.kind === 'symbol' ? (shapeOf(variable)?.traits ?? new Set()) : new Set();
  const bound = [...traits].find((trait) => trait !== 'invertible');
  if (bound === undefined || variable.kind !== 'symbol') return;
  fail({
    code: 'unsupported-notation',
    message: `the entries of ${variable.name} are not free, as it is declared ${bound}`,
    hint: `leave the property of ${variable.name} out, or write the formula by its free entries`,
  });
}
