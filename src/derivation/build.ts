/** From an outline to the plain data of a derivation: certificates, levels of detail, names, footprint. */

import type { Model } from '../meaning/model.ts';
import type { Layout } from '../options.ts';
import { type Oracle, unchecked } from '../oracle/certify.ts';
import { type MathNode, operatorNode, symbolNode } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { children, freeIndices } from '../term/inspect.ts';
import { type Definition, expand } from '../term/substitute.ts';
import type { BinderTerm, Term, Variable } from '../term/term.ts';
import { certifyClaim, certifyPassages, certifyWhole, type Desk, printPassages } from './assemble.ts';
import type { Dependences } from './dependence.ts';
import type { Derivation, Detail, NamedExpression, ProblemStatement } from './derivation.ts';
import { footprint, leafNames } from './footprint.ts';
import { namesBeside } from './index-names.ts';
import type { NamedModel } from './naming.ts';
import type { Claim, Move, Outline, Passage } from './outline.ts';
import { createPrinters, type Print } from './printer.ts';
import { describeShapes } from './shapes-text.ts';
import { shareLarge } from './sharing.ts';
import { countWritten, expandShort, mostWritten } from './written-size.ts';

export interface BuildOptions {
  readonly source: string;
  readonly order: number;
  readonly detail: Detail;
  /** The name of the step size, where the update rule is wanted. */
  readonly update: string | undefined;
  /** Undefined with `--no-verify`. */
  readonly oracle: Oracle | undefined;
  readonly oracleWith: (given: readonly Definition[]) => Oracle | undefined;
  readonly dependences: Dependences;
}

/** What an outline leads to, and what the problem says beyond its expression and variables. */
export interface Goal {
  readonly variables: readonly Variable[];
  /** The left side of the result. */
  readonly left: Term;
  /** The formula that is differentiated, where the target alone does not tell. */
  readonly formula?: string;
  readonly ordinary?: boolean;
  readonly problem?: Partial<ProblemStatement>;
  readonly remainder?: string;
  readonly layout?: Layout;
  readonly structured?: {
    readonly variable: Term;
    readonly property: string;
    readonly gradient: Term;
    /** What the oracle tests of it; undefined where it can't be said. */
    readonly claim: Claim | undefined;
  };
}

/** An outline and its goal; `shown` and `build` where they are other than the model's own. */
export interface Plan {
  readonly outline: Outline;
  readonly goal: Goal;
  readonly shown?: NamedModel;
  readonly build?: BuildOptions;
}

/** Everything on which certifying and printing depend. */
export function createDesk(
  model: Model,
  named: NamedModel,
  variables: readonly Variable[],
  options: BuildOptions,
  left?: Term,
): Desk {
  const taken = new Set([
    ...variables.flatMap((variable) => [...freeIndices(variable)]),
    ...namesBeside(model, named, left),
  ]);
  return {
    ...createPrinters(named, taken, options.dependences, model),
    detail: options.detail,
    taken,
    names: model.names,
    sums: model.written.sums,
    oracle: options.oracle,
    oracleWith: options.oracleWith,
  };
}

/** The plain data of an outline. */
export function buildDerivation(
  model: Model,
  named: NamedModel,
  outline: Outline,
  goal: Goal,
  options: BuildOptions,
): Derivation {
  const { variables } = goal;
  const [by] = variables as [Variable];
  const plain = createDesk(model, named, variables, options, goal.left);
  const { print, printAsWritten } = plain;
  const passages = certifyPassages(withRename(outline.passages, named, plain.taken), plain);
  const sharing = shareLarge(outline, plain, model.names, named);
  const desk: Desk = { ...plain, shared: sharing.share };
  const wanted = printAsWritten(goal.left);
  const result = outline.shown ?? print(sharing.share(outline.result));
  const definitions = new Map(named.lets.map((one) => [one.symbol, one]));
  const axes = goal.left.rank;
  const isShort = countWritten(outline.result, definitions) <= mostWritten;
  const expanded = isShort ? expand(outline.result, definitions) : outline.result;
  const structured = goal.structured && printStructured(goal.structured, plain);
  const whole = certifyWhole(outline, passages, plain);
  return {
    schema: 'chainrule/derivation/1',
    detail: options.detail,
    problem: { ...describeProblemStatement(model, named, variables, options, printAsWritten), ...goal.problem },
    formula: goal.formula ?? printAsWritten(expandShort(named.target, definitions)),
    wanted,
    ordinary: goal.ordinary ?? isOrdinary(model.target, variables, model),
    lets: printLets(named, printAsWritten),
    steps: options.detail === 'answer' ? [] : printPassages(passages, wanted, desk),
    result,
    ...(sharing.lets.length === 0 ? {} : { sharing: sharing.lets }),
    ...(goal.remainder === undefined ? {} : { remainder: goal.remainder }),
    ...(goal.layout === undefined ? {} : { layout: goal.layout }),
    ...(structured === undefined ? {} : { structured }),
    expanded: !isShort || (outline.shown !== undefined && expanded === outline.result) ? result : print(expanded),
    resultShape: (['scalar', 'vector', 'matrix'] as const)[axes] ?? 'tensor',
    ...usage(outline.result, named, by, plain, options),
    unresolved: outline.unresolved.map(print),
    ...(options.update === undefined ? {} : { update: updateRule(by, options.update, outline.result, plain.raise) }),
    certificate: structured?.certificate.verdict === 'fails' ? structured.certificate : whole,
  };
}

function printStructured({ variable, property, gradient, claim }: NonNullable<Goal['structured']>, desk: Desk) {
  const certificate =
    claim === undefined ? unchecked('entries of the variable stand apart') : certifyClaim(claim, desk);
  return { name: desk.print(variable), property, expression: desk.print(gradient), certificate };
}

/** What the result uses; a dependent name that looks like a function is none that could be left undifferentiated. */
function usage(result: Term, named: NamedModel, by: Variable, { print }: Desk, { dependences }: BuildOptions) {
  const { uses, unused } = footprint(dependences.show(result), named, by, print);
  return { uses: [...new Set(uses)], unused: dependences.all.length === 0 ? unused : [] };
}

/** The problem as it was read, for the head of every derivation. */
export function describeProblemStatement(
  model: Model,
  named: NamedModel,
  variables: readonly Variable[],
  options: Pick<BuildOptions, 'source' | 'order' | 'dependences'>,
  print: Print,
): ProblemStatement {
  const depends = options.dependences.all.map(
    ({ symbol, on }) => `${symbol.name}(${on.map((one) => one.name).join(', ')})`,
  );
  return {
    source: options.source,
    target: print(named.target),
    output: model.output ?? null,
    wrt: variables.map(print),
    order: options.order,
    definitions: model.definitions.map((one) => printDefinition(one, print)),
    shapes: describeShapes(model, named),
    ...(depends.length === 0 ? {} : { depends }),
  };
}

function printDefinition(one: NamedModel['lets'][number], print: Print): NamedExpression {
  const parameters = one.parameters.map((parameter) => `[${parameter.name}]`).join('');
  return { name: one.symbol.name + parameters, expression: print(one.body) };
}

export function printLets(named: NamedModel, print: Print): NamedExpression[] {
  return named.lets.map((one) => printDefinition(one, print));
}

function isOrdinary(target: Term, variables: readonly Variable[], model: Model): boolean {
  const names = leafNames({ target, lets: model.definitions });
  return variables.every((by) => by.kind === 'symbol') && names.size <= 1;
}

/** One step of gradient descent: the variable less the rate times its derivative. */
export function updateRule(
  variable: Term,
  rate: string,
  result: Term,
  raiseTerm: (term: Term) => MathNode,
): NamedExpression {
  const step = operatorNode('*', symbolNode(rate), raiseTerm(result));
  const tree = operatorNode('-', raiseTerm(variable), step);
  return { name: printText(raiseTerm(variable)), expression: printText(tree) };
}

/** A sum over i in a derivative by x[i] first gets another index; the term stays what it is, its name changes. */
export function withRename(
  passages: readonly Passage[],
  named: NamedModel,
  taken: ReadonlySet<string>,
): readonly Passage[] {
  const [first, ...others] = passages;
  const clashing = findClash(named, taken);
  if (first === undefined || clashing === undefined) return passages;
  const { start } = first;
  const facts = { from: clashing.hint, binder: clashing };
  const rename: Move = { rule: 'rename', path: [], before: start, after: start, state: start, conditions: [], facts };
  return [{ ...first, moves: [rename, ...first.moves] }, ...others];
}

function findClash(named: NamedModel, taken: ReadonlySet<string>): BinderTerm | undefined {
  const seen = new Set<Term>();
  const visit = (term: Term): BinderTerm | undefined => {
    if (seen.has(term)) return undefined;
    seen.add(term);
    if ((term.kind === 'sum' || term.kind === 'product') && taken.has(term.hint)) return term;
    for (const part of children(term)) {
      const found = visit(part);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (const term of [named.target, ...named.lets.map((one) => one.body)]) {
    const found = visit(term);
    if (found !== undefined) return found;
  }
  return undefined;
}
