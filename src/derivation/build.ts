/** From a model to the plain data of a derivation: trace, presentation, certificates, levels of detail, footprint. */

import { createContext } from '../calculus/context.ts';
import { present } from '../calculus/present.ts';
import { holdsDerivative, type Trace, type TraceStep, trace } from '../calculus/trace.ts';
import type { IndexWithin, Oracle } from '../oracle/certify.ts';
import { combineCertificates, unverified } from '../oracle/combine.ts';
import { fail } from '../problem.ts';
import type { Axis, Condition, Facts } from '../rules/rule.ts';
import { type MathNode, operatorNode, symbolNode } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { derivative, number, symbol } from '../term/construct.ts';
import { children, freeIndices } from '../term/inspect.ts';
import type { Model } from '../term/model.ts';
import { type RaiseOptions, raise } from '../term/raise.ts';
import { expand } from '../term/substitute.ts';
import type { BinderTerm, Term, Variable } from '../term/term.ts';
import type { Certificate, Derivation, Detail, NamedExpression, ProblemStatement, Step } from './derivation.ts';
import { footprint, leafNames } from './footprint.ts';
import { type CertifiedStep, groupSteps } from './group.ts';
import { foldNames, levelsOf, type NamedModel } from './naming.ts';
import { describeShapes } from './shapes-text.ts';

export interface BuildOptions {
  readonly source: string;
  readonly order: number;
  readonly detail: Detail;
  /** The name of the step size, where the update rule is wanted. */
  readonly update: string | undefined;
  /** Undefined with `--no-verify`. */
  readonly oracle: Oracle | undefined;
}

/** Prints terms of one derivation as text. */
export type Print = (term: Term) => string;

const unresolved: Certificate = { ...unverified, reason: 'unresolved' };

/** Most characters that the formulas of one derivation may have together. */
const mostText = 1_500_000;

/** A printer that refuses once it has printed more than anyone can read. */
function limited(print: Print): Print {
  let printed = 0;
  return (term) => {
    const text = print(term);
    printed += text.length;
    if (printed <= mostText) return text;
    return fail({
      code: 'too-large',
      message: `the formulas of this derivation have more than ${mostText} characters`,
      hint: 'name intermediates: y = ..., then use y; or ask for --detail answer',
    });
  };
}

/** Whether the author writes softmax or logsumexp, which are then written in the derivation too. */
export function saysSoftmax(model: Model): boolean {
  return model.names.has('softmax') || model.names.has('logsumexp');
}

/** The derivation of the target by one variable. */
export function buildDerivation(model: Model, named: NamedModel, by: Variable, options: BuildOptions): Derivation {
  const context = createContext(named.lets, [by], named.target);
  const raiseOptions: RaiseOptions = { taken: context.taken, levels: levelsOf(named), softmax: saysSoftmax(model) };
  const print = limited((term) => printText(raise(term, raiseOptions)));
  const printAsWritten: Print = (term) => printText(raise(term, { ...raiseOptions, taken: new Set() }));
  let start: Term = named.target;
  for (let count = 0; count < options.order; count++) start = derivative(start, by);
  const traced = trace(start, context);
  const result = holdsDerivative(traced.result) ? traced.result : present(foldNames(traced.result, named.lets));
  const micro = [...renameSteps(named, context.taken, start), ...withPresentation(traced, result)];
  const certify = (step: TraceStep): Certificate =>
    options.oracle?.compare(step.before, step.after, { within: indexConditions([step]) }) ?? unverified;
  const certified = micro.map((step) => ({ ...step, certificate: certify(step) }));
  const shown = options.detail === 'every' ? certified : groupSteps(start, certified, context.taken);
  const output = model.output;
  const expanded = expand(result, context.definitions);
  return {
    schema: 'chainrule/derivation/1',
    detail: options.detail,
    problem: describeProblemStatement(model, named, [by], options, printAsWritten),
    formula: printAsWritten(expand(named.target, new Map(named.lets.map((one) => [one.symbol, one])))),
    wanted: wantedText(output, start, by, options.order, printAsWritten),
    ordinary: isOrdinary(model.target, by, model),
    lets: printLets(named, printAsWritten),
    steps: options.detail === 'answer' ? [] : shown.map((step) => printStep(step, print, named, model.names)),
    result: print(result),
    expanded: print(expanded),
    resultShape:
      result.rank === 0 && by.rank === 0 ? 'scalar' : by.rank === 1 && named.target.rank === 0 ? 'vector' : 'matrix',
    ...footprint(result, named, by, print),
    unresolved: traced.unresolved.map(print),
    ...(options.update === undefined
      ? {}
      : { update: updateRule(by, options.update, result, (term) => raise(term, raiseOptions)) }),
    certificate:
      traced.unresolved.length > 0 || traced.exhausted ? unresolved : certifyWhole(options, start, result, certified),
  };
}

function certifyWhole(options: BuildOptions, start: Term, result: Term, steps: readonly CertifiedStep[]): Certificate {
  if (options.oracle === undefined) return unverified;
  const free = freeIndices(start);
  const within = indexConditions(steps).filter(({ index }) => [...freeIndices(index)].every((name) => free.has(name)));
  const whole = options.oracle.compare(start, result, { within });
  return combineCertificates([whole, ...steps.map((step) => step.certificate)]);
}

/** That indices stand in their ranges, as the steps demand. */
function indexConditions(steps: readonly TraceStep[]): IndexWithin[] {
  return steps.flatMap((step) => step.conditions.flatMap((one) => (one.kind === 'range' ? [one] : [])));
}

/** The problem as it was read, for the head of every derivation. */
export function describeProblemStatement(
  model: Model,
  named: NamedModel,
  variables: readonly Variable[],
  options: Pick<BuildOptions, 'source' | 'order'>,
  print: Print,
): ProblemStatement {
  return {
    source: options.source,
    target: print(named.target),
    output: model.output ?? null,
    wrt: variables.map(print),
    order: options.order,
    definitions: model.definitions.map((one) => printDefinition(one, print)),
    shapes: describeShapes(model, named),
  };
}

function printDefinition(one: NamedModel['lets'][number], print: Print): NamedExpression {
  const parameters = one.parameters.map((parameter) => `[${parameter.name}]`).join('');
  return { name: one.symbol.name + parameters, expression: print(one.body) };
}

export function printLets(named: NamedModel, print: Print): NamedExpression[] {
  return named.lets.map((one) => printDefinition(one, print));
}

function wantedText(output: string | undefined, start: Term, by: Variable, order: number, print: Print): string {
  if (output === undefined) return print(start);
  let text = print(symbol(output));
  for (let count = 0; count < order; count++) text = `d(${text}, ${print(by)})`;
  return text;
}

function isOrdinary(target: Term, by: Variable, model: Model): boolean {
  const names = leafNames({ target, lets: model.definitions });
  return by.kind === 'symbol' && names.size <= 1;
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
function renameSteps(named: NamedModel, taken: ReadonlySet<string>, start: Term): TraceStep[] {
  const clashing = findClash(named, taken);
  if (clashing === undefined) return [];
  const facts = { from: clashing.hint, binder: clashing };
  return [{ rule: 'rename', path: [], before: start, after: start, state: start, conditions: [], facts }];
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

function withPresentation(traced: Trace, result: Term): readonly TraceStep[] {
  if (result === traced.result) return traced.steps;
  const before = traced.result;
  const tidy: TraceStep = {
    rule: 'simplify',
    path: [],
    before,
    after: result,
    state: result,
    conditions: [],
    facts: {},
  };
  return [...traced.steps, tidy];
}

function printStep(step: CertifiedStep, print: Print, named: NamedModel, names: ReadonlySet<string>): Step {
  const shown = step.rule === 'rename' ? renameFacts(step, print) : step;
  return {
    rule: step.rule,
    rules: step.rules ?? [step.rule],
    path: step.path,
    before:
      step.rule === 'rename'
        ? printText(raise(step.before, { taken: new Set(), levels: levelsOf(named) }))
        : print(step.before),
    after: print(step.after),
    state: print(step.state),
    conditions: step.conditions.map((condition) => printCondition(condition, print, names)),
    facts: printFacts(shown.facts, print),
    certificate: step.certificate,
  };
}

function renameFacts(step: TraceStep, print: Print): { facts: Facts } {
  const binder = step.facts.binder as BinderTerm;
  const shown = /,\s*([A-Za-z]\w*)(?:,[^,]*,[^,]*)?\)$/.exec(print(binder));
  return { facts: { from: step.facts.from as string, to: shown?.[1] ?? '' } };
}

function printFacts(facts: Facts, print: Print): Record<string, string> {
  const printed: Record<string, string> = {};
  for (const [name, fact] of Object.entries(facts)) printed[name] = typeof fact === 'string' ? fact : print(fact);
  return printed;
}

/** Names for the ends of ranges that the source leaves open; the first that the source does not use. */
const sizeNames: Readonly<Record<Axis, readonly string[]>> = {
  members: ['n', 'N', 'm', 'M'],
  components: ['d', 'D', 'p', 'P'],
};

function printCondition(condition: Condition, print: Print, names: ReadonlySet<string>): string {
  if (condition.kind === 'relation') return print(condition.relation);
  const { index, binder, axis } = condition;
  const { range } = binder;
  const open = sizeNames[axis].find((name) => !names.has(name)) ?? (sizeNames[axis][0] as string);
  // An end that is the index itself, or a number that a number meets, says nothing.
  const isSaid = (end: Term): boolean => end !== index && !(end.kind === 'number' && index.kind === 'number');
  const said = (end: Term): string[] => (isSaid(end) ? [print(end)] : []);
  const from = said(range?.from ?? number(1));
  const to = range === undefined ? [open] : said(range.to);
  return [...from, print(index), ...to].join(' <= ');
}
