/**
 * This project. Every measurement builds its terms in a fresh store, so that no memo of an earlier one helps; building
 * is not timed. This file alone knows the project's own sources.
 */

import { createContext } from '../../../src/calculus/context.ts';
import { present } from '../../../src/calculus/present.ts';
import { reverse } from '../../../src/calculus/reverse.ts';
import { resolve } from '../../../src/calculus/value.ts';
import { derive } from '../../../src/derive.ts';
import { functionTable } from '../../../src/rules/elementary.ts';
import { type MathNode, mathjsParse, view } from '../../../src/syntax/node.ts';
import { readSource } from '../../../src/syntax/read.ts';
import { add, apply, derivative, multiply, number, power, subtract, symbol } from '../../../src/term/construct.ts';
import { noDeclarations } from '../../../src/term/declare.ts';
import { buildModel } from '../../../src/term/model.ts';
import type { Definition } from '../../../src/term/substitute.ts';
import { inFreshStore, type Term, type Variable } from '../../../src/term/term.ts';
import { compileText, evaluateTerms } from '../evaluate.ts';
import { type Engine, type Job, openAlgebra, type Point, type Wanted } from './engine.ts';

/** The value driver with presentation, one derivative at a time; a gradient by reverse mode. */
export const chainrule: Engine = async (job) =>
  job.timing === 'gradient' ? openReverse(job) : job.lets === undefined ? openModels(job) : openForward(job);

type Timed = Readonly<{ milliseconds: number; values: readonly (readonly number[])[] }>;

/** One derivative by the value driver; its values are those of the term itself. */
function deriveTimed(
  target: Term,
  definitions: readonly Definition[],
  by: Variable,
  order: number,
  points: readonly Point[],
): Timed {
  const start = performance.now();
  let wanted = target;
  for (let count = 0; count < order; count++) wanted = derivative(wanted, by);
  const answer = present(resolve(wanted, createContext(definitions, [by])));
  const milliseconds = performance.now() - start;
  return { milliseconds, values: [points.flatMap((point) => evaluateTerms([answer], definitions, point))] };
}

/** Sources read as `derive` reads them. */
function openModels(job: Job) {
  const statements = job.expressions.map((text) => readSource(text));
  const variables = new Map(job.wanted.map(({ by }) => [by, { source: by, node: readExpression(by) }]));
  return {
    carryOut(which: readonly number[], _: readonly number[] = [], points: readonly Point[] = []) {
      const { expression, by, order } = job.wanted[which[0] as number] as Wanted;
      return inFreshStore(() => {
        const wanted = variables.get(by) as { source: string; node: MathNode };
        const model = buildModel(statements[expression] ?? [], [wanted], functionTable, noDeclarations);
        return deriveTimed(model.target, model.definitions, model.variables[0] as Variable, order, points);
      });
    },
  };
}

function readExpression(text: string): MathNode {
  return readSource(text)[0]?.sides[0]?.node as MathNode;
}

/** Expressions over names, too deep to be read as one text. */
function openForward(job: Job) {
  const build = prepareProgram(job);
  return {
    carryOut(which: readonly number[], _: readonly number[] = [], points: readonly Point[] = []) {
      const { expression, by, order } = job.wanted[which[0] as number] as Wanted;
      return inFreshStore(() => deriveTimed(build()[expression] as Term, [], symbol(by), order, points));
    },
  };
}

function openReverse(job: Job) {
  const build = prepareProgram(job);
  return {
    carryOut(which: readonly number[], checked: readonly number[] = [], points: readonly Point[] = []) {
      return inFreshStore(() => {
        const [target] = build();
        const variables = which.map((at) => symbol(job.wanted[at]?.by as string));
        const start = performance.now();
        const program = reverse(target as Term, variables);
        const milliseconds = performance.now() - start;
        const answers = checked.map((at) => program.results[which.indexOf(at)] as Term);
        const values = points.map((point) => evaluateTerms(answers, program.lets, point));
        return { milliseconds, values: answers.map((_, at) => values.map((row) => row[at] as number)) };
      });
    },
  };
}

/** Reads a job's names and expressions; the result builds their terms in the store of the moment. */
function prepareProgram(job: Job): () => Term[] {
  const lets = (job.lets ?? []).map(([name, text]) => [name, mathjsParse(text)] as const);
  const expressions = job.expressions.map((text) => mathjsParse(text));
  return () => {
    const names = new Map<string, Term>();
    for (const [name, node] of lets) names.set(name, toTerm(node, names));
    return expressions.map((node) => toTerm(node, names));
  };
}

function toTerm(node: MathNode, names: ReadonlyMap<string, Term>): Term {
  const seen = view(node);
  switch (seen.kind) {
    case 'constant':
      return number(Number(seen.text));
    case 'symbol':
      return names.get(seen.name) ?? symbol(seen.name);
    case 'parenthesis':
      return toTerm(seen.content, names);
    case 'call':
      return apply(seen.name, ...seen.args.map((part) => toTerm(part, names)));
    case 'operator': {
      if (seen.operator === '+') return add(...chainOf(node, '+').map((part) => toTerm(part, names)));
      if (seen.operator === '*') return multiply(...chainOf(node, '*').map((part) => toTerm(part, names)));
      const [left, right] = seen.args.map((part) => toTerm(part, names)) as [Term, Term];
      if (seen.operator === '-') return subtract(left, right);
      if (seen.operator === '^') return power(left, right);
      throw new Error(`no term for the operator ${seen.operator}`);
    }
    default:
      throw new Error(`no term for a ${seen.kind}`);
  }
}

/** The terms of a + b + c, which the parser nests to the left. */
function chainOf(node: MathNode, operator: '+' | '*'): MathNode[] {
  const parts: MathNode[] = [];
  let rest = node;
  for (let seen = view(rest); seen.kind === 'operator' && seen.operator === operator; seen = view(rest)) {
    parts.push(...seen.args.slice(1).reverse());
    rest = seen.args[0] as MathNode;
  }
  return [...parts, rest].reverse();
}

/** The whole derivation from the text: reading, trace, every step tested, every step printed. */
export const certifiedChainrule: Engine = async (job) =>
  openAlgebra<string, ReturnType<typeof derive>>(
    {
      read: (text) => text,
      derive: (source, by) => {
        const derivation = derive(source, { wrt: by, detail: 'every' });
        const { verdict, reason } = derivation.certificate;
        if (verdict !== 'holds') throw new Error(`${verdict}${reason === undefined ? '' : `, ${reason}`}`);
        return derivation;
      },
      evaluate: (derivation, point) => compileText(derivation.expanded)(point),
    },
    job,
  );
