/** The directional derivative: each partial derivative times the component of the direction, added up. */

import type { Model } from '../meaning/model.ts';
import { fail } from '../problem.ts';
import { printText } from '../syntax/print.ts';
import { add, derivative, divide, multiply, number, power, symbol } from '../term/construct.ts';
import { rational } from '../term/rational.ts';
import { replaceTerm } from '../term/substitute.ts';
import type { Term, Variable } from '../term/term.ts';
import { raise } from '../writing/raise.ts';
import type { Plan } from './build.ts';
import { type NamedModel, unfoldAll } from './naming.ts';
import { type Claim, carryOut, contextOf, statement } from './outline.ts';

/** The derivative of the target along `direction`, whose length counts unless `unit` is true; `name` stands for it. */
export function directionalOutline(
  model: Model,
  named: NamedModel,
  direction: readonly Term[],
  unit: boolean,
  name: string,
): Plan {
  const { variables } = model;
  if (direction.length !== variables.length) refuseComponents(direction.length, variables.length);
  if (direction.some((one) => one.rank > 0) || variables.some((one) => one.rank > 0)) refuseVectors();
  const components = unit ? normalised(direction) : direction;
  const target = model.output === undefined ? named.target : symbol(model.output);
  const left = derivative(target, symbol(name));
  const start = add(...variables.map((by, at) => multiply(components[at] as Term, derivative(named.target, by))));
  const carried = carryOut(start, named, contextOf(named, variables));
  const claim = alongLine(model, named, components, start);
  const opening = statement('directional', start, claim, { facts: { direction: symbol(name) } });
  const texts = components.map((one) => printText(raise(one)));
  return {
    outline: {
      passages: [{ left, start, moves: [opening, ...carried.moves] }],
      result: carried.result,
      unresolved: carried.unresolved,
      exhausted: carried.exhausted,
      claims: [{ ...claim, right: carried.result }],
    },
    goal: { variables, left, ordinary: false, problem: { task: 'directional', direction: texts, unit } },
  };
}

/** Divided by its length. Numbers with a rational length stay rational. */
function normalised(direction: readonly Term[]): readonly Term[] {
  const square = add(...direction.map((one) => power(one, number(2))));
  if (square.kind === 'number' && square.value.numerator === 0n) {
    fail({ code: 'unknown-option', message: 'the direction has length 0', hint: 'for example --direction "3, 4"' });
  }
  const length = power(square, number(rational(1, 2)));
  return direction.map((one) => divide(one, length));
}

/** The derivative by s of the target at x + s v, at s = 0: what "along v" means, without any gradient. */
function alongLine(model: Model, named: NamedModel, components: readonly Term[], start: Term): Claim {
  const along = symbol(freshIn(model));
  const whole = unfoldAll(named);
  const moved = model.variables.reduce<Term>(
    (term, by, at) => replaceTerm(term, by, add(by, multiply(along, components[at] as Term))),
    whole,
  );
  const isPlain = model.variables.every((by: Variable) => by.kind === 'symbol');
  // A member of a family stands under sums, where it can't be moved on its own: then the definition is the claim.
  if (!isPlain) return { left: start, right: start };
  return { left: derivative(moved, along), right: start, given: [{ symbol: along, parameters: [], body: number(0) }] };
}

function freshIn(model: Model): string {
  for (let count = 0; ; count++) if (!model.names.has(`step_${count}`)) return `step_${count}`;
}

function refuseComponents(found: number, wanted: number): never {
  return fail({
    code: 'wrong-arguments',
    message: `the direction has ${found} component${found === 1 ? '' : 's'}, but there ${wanted === 1 ? 'is 1 variable' : `are ${wanted} variables`}`,
    hint: 'for example --wrt x,y --direction "3, 4"',
  });
}

function refuseVectors(): never {
  return fail({
    code: 'shape-clash',
    message: 'a direction is given by scalars, one for each scalar variable',
    hint: 'name the components: --wrt "x[1],x[2]" --direction "3, 4"',
  });
}
