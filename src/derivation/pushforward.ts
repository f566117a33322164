/**
 * Derivatives along a direction, of formulas with whole vectors and matrices: Jacobian-vector products, as forward mode
 * computes them (Griewank and Walther, Evaluating Derivatives, 2008, section 3.1). Of a scalar it is the inner product of
 * gradient and direction, tr(V' G) for matrices; of anything else the direction is carried through operation by operation,
 * and no Jacobian is formed.
 */

import { traceMatrix } from '../calculus/matrix-trace.ts';
import { lengthOf, presentMatrix, withProperties } from '../calculus/present-matrix.ts';
import type { Model } from '../meaning/model.ts';
import { fail } from '../problem.ts';
import { printText } from '../syntax/print.ts';
import { add, addAll, derivative, divide, mapParts, multiply, number, power, symbol } from '../term/construct.ts';
import { knownDims, setShape } from '../term/dims.ts';
import { rational } from '../term/rational.ts';
import { replaceTerm } from '../term/substitute.ts';
import { isTensor } from '../term/tensor/base.ts';
import { norm } from '../term/tensor/entrywise.ts';
import { differential } from '../term/tensor/inert.ts';
import { matmul, transpose } from '../term/tensor/products.ts';
import { trace } from '../term/tensor/square.ts';
import type { Term, Variable } from '../term/term.ts';
import { raise } from '../writing/raise.ts';
import { demandShape, demandWhole, shapeFree } from './beside.ts';
import type { Plan } from './build.ts';
import { authorsNames } from './matrix.ts';
import { foldAround, type NamedModel, unfoldAll } from './naming.ts';
import { type Carried, type Claim, change, contextOf, type Move, type Outline, statement } from './outline.ts';

/** Variables, each with its change. */
export interface Course {
  readonly variables: readonly Variable[];
  readonly changes: readonly Term[];
}

/** The plan for the derivative of the target along `direction`, one component for each variable and of its shape. */
export function pushforwardPlan(model: Model, direction: readonly Term[], isUnit: boolean): Plan {
  const { variables } = model;
  if (direction.length !== variables.length) refuseComponents(direction.length, variables.length);
  demandWhole([...variables, model.target]);
  direction.forEach((one, at) => {
    shapeFree(one, variables[at] as Term, model);
    demandShape(one, variables[at] as Term, 'the direction');
  });
  const changes = isUnit ? normalised(direction) : direction;
  const named = authorsNames(model);
  const course: Course = { variables, changes };
  const left = along(namedValue(model, named), course);
  const outline = courseOutline(model, named, course, left);
  const texts = changes.map((one) => printText(raise(one)));
  const problem = { task: 'directional' as const, direction: texts, unit: isUnit };
  return { outline, goal: { variables, left, ordinary: false, problem }, shown: named };
}

/** The name of the target's value where it has one, else the target. */
export function namedValue({ output }: Model, { target }: NamedModel): Term {
  if (output === undefined) return target;
  const value = symbol(output, target.rank);
  if (target.rank > 0) setShape(value, { dims: knownDims(target), traits: new Set(), varied: false });
  return value;
}

/** The derivative of a term along a course, left standing. */
function along(of: Term, { variables, changes }: Course): Term {
  return addAll(variables.map((by, at) => differential(of, by, changes[at] as Term)));
}

/** Gradient times direction for a scalar; where no gradient can be written down, and for all else, forward mode. */
function courseOutline(model: Model, named: NamedModel, course: Course, left: Term): Outline {
  const claim = alongLine(model, named, course);
  const shortTraces = (term: Term): Term => withShortTraces(presentMatrix(withProperties(term, course.variables)));
  const { target } = named;
  const start = addAll(course.variables.map((by, at) => paired(course.changes[at] as Term, derivative(target, by))));
  const byGradient = target.rank === 0 ? carryAlong(start, named, course, shortTraces) : undefined;
  if (byGradient !== undefined && byGradient.unresolved.length === 0) {
    const opening = statement('along-gradient', start, { ...claim, right: start });
    return outlineOf(left, start, [opening, ...byGradient.moves], byGradient, claim);
  }
  const pushed = along(target, course);
  const carried = carryAlong(pushed, named, course);
  return outlineOf(left, pushed, carried.moves, carried, claim);
}

/** The inner product of a change with a gradient that is left standing: of matrices the trace tr(V' G). */
function paired(change: Term, gradient: Term): Term {
  if (change.rank === 0) return multiply(change, gradient);
  return change.rank === 1 ? matmul(transpose(change), gradient) : trace(matmul(transpose(change), gradient));
}

function outlineOf(left: Term, start: Term, moves: readonly Move[], carried: Carried, claim: Claim): Outline {
  const { result, unresolved, exhausted } = carried;
  return { passages: [{ left, start, moves }], result, unresolved, exhausted, claims: [{ ...claim, right: result }] };
}

/** Every derivative in `start` carried out, and what comes of it in its short form, or as `finish` makes it. */
export function carryAlong(
  start: Term,
  named: NamedModel,
  { variables }: Pick<Course, 'variables'>,
  finish: (term: Term) => Term = (term) => presentMatrix(withProperties(term, variables)),
): Carried {
  const traced = traceMatrix(start, contextOf(named, variables), foldAround(named.lets));
  const { steps, unresolved, exhausted } = traced;
  if (unresolved.length > 0 || exhausted) return { moves: steps, result: traced.result, unresolved, exhausted };
  const result = finish(traced.result);
  const end = result === traced.result ? [] : [change('simplify', traced.result, result)];
  return { moves: [...steps, ...end], result, unresolved, exhausted };
}

/** tr(A V) for tr(V' A'): a trace is that of the transpose, which may be shorter. */
function withShortTraces(term: Term): Term {
  const inner = mapParts(term, noNames, withShortTraces);
  if (!isTensor(inner, 'trace')) return inner;
  const turned = trace(transpose(inner.args[0] as Term));
  return lengthOf(turned) < lengthOf(inner) ? turned : inner;
}

const noNames: ReadonlySet<string> = new Set();

/** The derivative by s of the target at x + s v, at s = 0: what "along v" means, without any gradient. */
function alongLine(model: Model, named: NamedModel, course: Course): Claim {
  const { variables, changes } = course;
  const whole = unfoldAll(named);
  // Within a derivative by a variable, that can't be moved.
  if (whole.inert) return { left: along(whole, course), right: whole };
  const step = symbol(freshStep(model));
  const moved = variables.reduce<Term>(
    (term, by, at) => replaceTerm(term, by, add(by, multiply(step, changes[at] as Term))),
    whole,
  );
  return { left: derivative(moved, step), right: whole, given: [{ symbol: step, parameters: [], body: number(0) }] };
}

function freshStep({ names }: Model): string {
  for (let count = 0; ; count++) if (!names.has(`step_${count}`)) return `step_${count}`;
}

/** Divided by the length of the whole. */
function normalised(direction: readonly Term[]): readonly Term[] {
  const [only, ...others] = direction as [Term, ...Term[]];
  const square = (one: Term): Term => power(one.rank === 0 ? one : norm(one), number(2));
  const length =
    others.length === 0 && only.rank > 0 ? norm(only) : power(addAll(direction.map(square)), number(rational(1, 2)));
  return direction.map((one) => divide(one, length));
}

function refuseComponents(found: number, wanted: number): never {
  return fail({
    code: 'wrong-arguments',
    message: `the direction has ${found} component${found === 1 ? '' : 's'}, but there ${wanted === 1 ? 'is 1 variable' : `are ${wanted} variables`}`,
    hint: 'one component for each variable: --wrt W,b --direction "V, u"',
  });
}
