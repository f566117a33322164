/** What `derive` is asked for: each task as an outline and a goal. A further task is one more entry here. */

import type { Model } from '../meaning/model.ts';
import type { Dependence } from '../meaning/reading.ts';
import type { Layout, Method, Task } from '../options.ts';
import { fail } from '../problem.ts';
import { printText } from '../syntax/print.ts';
import { derivative, symbol } from '../term/construct.ts';
import type { Definition } from '../term/substitute.ts';
import type { SymbolTerm, Term, Variable } from '../term/term.ts';
import { raise } from '../writing/raise.ts';
import type { BuildOptions, Goal, Plan } from './build.ts';
import { applyDependences, createDependences } from './dependence.ts';
import { directionalOutline } from './directional.ts';
import { leafNames } from './footprint.ts';
import { implicitOutline } from './implicit.ts';
import { indexOutline } from './index-method.ts';
import { joinOutlines, prepareInner } from './inner-partials.ts';
import { logarithmicOutline } from './logarithmic.ts';
import { planMatrix } from './matrix-task.ts';
import { matrixTaylorPlan } from './matrix-taylor.ts';
import type { NamedModel } from './naming.ts';
import { plainOutline } from './plain.ts';
import { pushforwardPlan } from './pushforward.ts';
import { rewriteOutline } from './rewrite.ts';
import { taylorOutline } from './taylor.ts';
import { planTotal } from './total.ts';
import { weightedPlan } from './weighted.ts';

/** What was asked beyond expression and variables. */
export interface Asked {
  readonly method: Method;
  readonly layout: Layout;
  /** Of an equation, the name that depends on the variable. */
  readonly dependent: string | undefined;
  readonly degree: number;
  readonly point: Term | undefined;
  readonly direction: readonly Term[];
  readonly unit: boolean;
  /** Of a vector-Jacobian product. */
  readonly weight: Term | undefined;
  /** Names that depend on others. */
  readonly depends: readonly Dependence[];
}

interface Request {
  readonly model: Model;
  readonly named: NamedModel;
  readonly asked: Asked;
  readonly build: BuildOptions;
}

/** The plan for a task of `derive`. */
export function planTask(task: Task, request: Request): Plan {
  if (request.model.selection !== undefined && (task !== 'derivative' || request.build.order > 1)) refuseSelection();
  switch (task) {
    case 'implicit':
      return planImplicit(request);
    case 'taylor':
      return planTaylor(request);
    case 'directional':
      return planDirectional(request);
    case 'vjp':
      return planWeighted(request);
    default:
      return planDerivative(request, task === 'mixed');
  }
}

function planDerivative({ model, named, asked, build }: Request, isMixed: boolean): Plan {
  const { variables, output } = model;
  const order = isMixed ? variables.slice(1) : [oneVariable(model)];
  const turns = isMixed ? variables : Array.from({ length: build.order }, () => order[0] as Variable);
  if (isMixed && variables.length < 2) refuseMixed();
  if (model.tensors && asked.depends.length > 0) return planTotal(model, turns, asked.depends, build);
  if (model.tensors) return planMatrix(model, turns, asked, isMixed);
  const { named: applied, outlines } = prepareInner(named, build.dependences, turns);
  const left = turns.reduce<Term>(
    (of, by) => derivative(of, by),
    output !== undefined ? symbol(output) : outlines.length === 0 ? applied.target : named.target,
  );
  const isTotal = build.dependences.all.length > 0;
  const problem = {
    ...(isMixed ? { task: 'mixed' as const, order: turns.length } : {}),
    ...(asked.method === 'chain' ? {} : { method: asked.method }),
  };
  const goal: Goal = {
    variables: isMixed ? [...new Set(turns)] : turns.slice(0, 1),
    left,
    problem: isMixed ? { ...problem, wrt: turns.map((one) => printText(raise(one))) } : problem,
    ...(isTotal ? { ordinary: true } : {}),
  };
  const by = turns[0] as Variable;
  switch (asked.method) {
    case 'chain': {
      const outline = joinOutlines(outlines, plainOutline(applied, turns, output));
      const shown = outlines.length === 0 ? applied : { ...applied, target: named.target };
      return { outline, goal, shown, build: judgedBy(build, applied) };
    }
    case 'logarithmic':
      return planLogarithmic(model, named, by, goal);
    case 'rewrite':
      return { outline: rewriteOutline(model, named, by), goal };
    case 'index': {
      const { outline, left: component } = indexOutline(model, named, by);
      return { outline, goal: component === undefined ? goal : { ...goal, left: component } };
    }
    case 'differential':
      return fail({
        code: 'unknown-option',
        message: 'the method of differentials is for whole vectors and matrices, and here are none',
        hint: 'use --method chain, logarithmic, rewrite or index',
      });
  }
}

function planLogarithmic(model: Model, named: NamedModel, by: Variable, goal: Goal): Plan {
  const name = model.output ?? freshName(model, ['y', 'z', 'w', 'u']);
  const outline = logarithmicOutline(model, named, by, name);
  const problem = { ...goal.problem, output: name };
  return { outline, goal: { ...goal, left: derivative(symbol(name), by), ordinary: isOrdinary(model), problem } };
}

function isOrdinary(model: Model): boolean {
  return leafNames({ target: model.target, lets: model.definitions }).size <= 1;
}

function planImplicit({ model, named, asked, build }: Request): Plan {
  if (model.tensors) refuseWholeEquation();
  const by = scalarVariable(model, 'an equation is differentiated by a name');
  const dependent = dependentOf(model, named, by, asked.dependent);
  const dependences = createDependences([{ symbol: dependent, on: [by] }]);
  const outline = implicitOutline({
    named,
    dependent,
    by,
    order: build.order,
    dependences,
    fresh: freshName(model, ['s', 'q', 'r']),
  });
  let left: Term = dependent;
  for (let count = 0; count < build.order; count++) left = derivative(left, by);
  const print = (term: Term): string => printText(raise(term));
  const formula = `${print(named.target)} = ${print(named.right as Term)}`;
  const goal: Goal = {
    variables: [by],
    left,
    formula,
    ordinary: true,
    problem: { task: 'implicit', dependent: dependent.name, target: formula, output: null },
  };
  const shown = applyDependences(named, dependences);
  return { outline, goal, shown, build: judgedBy({ ...build, dependences }, shown) };
}

/** The oracle has to know that an intermediate changes with what depends on the variable. */
function judgedBy(build: BuildOptions, { lets }: NamedModel): BuildOptions {
  if (lets.length === 0 || build.dependences.all.length === 0) return build;
  const merged = new Map<readonly Definition[], readonly Definition[]>();
  const oracleWith: BuildOptions['oracleWith'] = (given) => {
    let all = merged.get(given);
    if (all === undefined) {
      all = [...lets, ...given];
      merged.set(given, all);
    }
    return build.oracleWith(all);
  };
  return { ...build, oracle: oracleWith([]), oracleWith };
}

/** The name that the equation makes a function of `by`: the one that was asked for, or the only other one. */
function dependentOf(model: Model, named: NamedModel, by: SymbolTerm, asked: string | undefined): SymbolTerm {
  const right = named.right as Term;
  const names = new Set([
    ...leafNames({ ...named, target: named.target }),
    ...leafNames({ target: right, lets: named.lets }),
  ]);
  for (const { symbol: defined } of named.lets) names.delete(defined.name);
  names.delete(by.name);
  const others = [...names];
  const [only] = others;
  // Of several, textbooks call it y.
  const likely = names.has('y') ? 'y' : only;
  if (asked === undefined && others.length === 1) return scalarSymbol(model, only as string);
  if (asked !== undefined && names.has(asked)) return scalarSymbol(model, asked);
  const listed = others.join(', ');
  if (asked !== undefined) {
    return fail({
      code: 'unknown-variable',
      message: `the equation holds no ${asked} that could depend on ${by.name}`,
      hint: others.length === 0 ? `an equation in ${by.name} and another name is expected` : `it holds ${listed}`,
    });
  }
  return fail({
    code: 'unknown-variable',
    message:
      others.length === 0
        ? `the equation holds no name that could depend on ${by.name}`
        : `it is not said which of ${listed} depends on ${by.name}`,
    hint:
      others.length === 0
        ? 'for example --implicit "x^2 + y^2 = 1"'
        : `name it: chainrule derive ${likely} --implicit "..." --wrt ${by.name}`,
  });
}

function scalarSymbol(model: Model, name: string): SymbolTerm {
  const isScalar = (model.declarations.axes.get(name) ?? 0) === 0;
  if (isScalar) return symbol(name);
  return fail({
    code: 'shape-clash',
    message: `${name} is no scalar, and an equation is solved for the derivative of a scalar`,
    hint: 'ask for a scalar',
  });
}

function planTaylor({ model, named, asked, build }: Request): Plan {
  if (model.tensors) return planMatrixTaylor(model, asked, build);
  const by = scalarVariable(model, 'a Taylor polynomial is in a name');
  const name = functionName(model);
  return taylorOutline({
    model,
    named,
    by,
    degree: asked.degree,
    point: asked.point as Term,
    oracleWith: build.oracleWith,
    name,
    fresh: freshBeside(model, name),
  });
}

function planMatrixTaylor(model: Model, { degree, point }: Asked, { oracleWith }: BuildOptions): Plan {
  const by = oneVariable(model, 'for example --wrt x');
  const name = functionName(model);
  const fresh = freshBeside(model, name);
  return matrixTaylorPlan({ model, by, degree, point: point as Term, name, fresh, oracleWith });
}

/** Finds letters that neither the model nor the function under `name` takes. */
function freshBeside(model: Model, name: string): (letters: readonly string[]) => string {
  return (letters) =>
    freshName(
      model,
      letters.filter((letter) => letter !== name),
    );
}

/** The name under which the function is written: that of the target, or the first that is free. */
function functionName(model: Model): string {
  const { target, variables, output } = model;
  const isBare =
    target.kind === 'apply' && target.generic && target.args.length === 1 && target.args[0] === variables[0];
  if (isBare && target.orders[0] === 0) return target.name;
  if (output !== undefined && !(target.kind === 'apply' && target.generic)) return output;
  return freshName(model, ['f', 'g', 'h', 'p', 'q']);
}

function planDirectional({ model, named, asked }: Request): Plan {
  if (model.tensors) return pushforwardPlan(model, asked.direction, asked.unit);
  return directionalOutline(model, named, asked.direction, asked.unit, freshName(model, ['v', 'u', 'w', 's']));
}

function planWeighted({ model, asked }: Request): Plan {
  const by = oneVariable(model, "for several ask for the derivatives of the inner product: u' * (...)");
  return weightedPlan(model, by, asked.weight, asked.layout);
}

/** The first of `letters` that no name of the model is. */
export function freshName(model: Model, letters: readonly string[]): string {
  const letter = letters.find((one) => !model.names.has(one));
  if (letter !== undefined) return letter;
  for (let count = 1; ; count++) if (!model.names.has(`${letters[0]}_${count}`)) return `${letters[0]}_${count}`;
}

function oneVariable(model: Model, hint = 'use gradient for several'): Variable {
  const [variable, other] = model.variables;
  if (variable !== undefined && other === undefined) return variable;
  return fail({ code: 'unknown-variable', message: 'derive takes one variable at a time', hint });
}

function scalarVariable(model: Model, message: string): SymbolTerm {
  const variable = oneVariable(model, 'for example --wrt x');
  if (variable.kind === 'symbol' && variable.rank === 0) return variable;
  return fail({ code: 'unknown-variable', message, hint: 'for example --wrt x' });
}

function refuseWholeEquation(): never {
  return fail({
    code: 'unknown-option',
    message: '--implicit is for scalars, and here are whole vectors and matrices',
    hint: 'write the equation by components, or differentiate each side with --depends "x(t)"',
  });
}

function refuseSelection(): never {
  return fail({
    code: 'unknown-option',
    message: 'by a column or row the first derivative alone is covered',
    hint: 'ask for the derivative by the whole matrix, or by an entry such as A[i, j]',
  });
}

function refuseMixed(): never {
  return fail({
    code: 'unknown-variable',
    message: 'a mixed derivative is by two variables or more',
    hint: 'for example --wrt x,y --mixed; a variable may be named twice',
  });
}
