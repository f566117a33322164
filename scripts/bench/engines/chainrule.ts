/**
 * This project. Every measurement builds its terms in a fresh store, so that no memo of an earlier one helps; building
 * is not timed, nor for any of the peers. This file alone knows the project's own sources.
 */

import { createContext } from '../../../src/calculus/context.ts';
import { present } from '../../../src/calculus/present.ts';
import { resolve } from '../../../src/calculus/value.ts';
import { derive, gradient } from '../../../src/derive.ts';
import { noDeclarations } from '../../../src/meaning/declare.ts';
import { buildModel } from '../../../src/meaning/model.ts';
import { readSource } from '../../../src/meaning/read-source.ts';
import { functionTable } from '../../../src/rules/elementary.ts';
import { type MathNode, mathjsParse, view } from '../../../src/syntax/node.ts';
import { add, apply, derivative, multiply, number, power, subtract, symbol } from '../../../src/term/construct.ts';
import type { Definition } from '../../../src/term/substitute.ts';
import { freshStore, type Term, type Variable } from '../../../src/term/term.ts';
import { createCopies, millisecondsSince, readClock, readClockBefore } from '../clock.ts';
import { compileText, evaluateInTurn, evaluateTerms } from '../evaluate.ts';
import { type Engine, type Job, type Opened, openAlgebra, type Point, type Wanted } from './engine.ts';

/** The value driver with presentation, one derivative at a time; a gradient by the verb. */
export const chainrule: Engine = async (job) =>
  job.timing === 'gradient' ? openGradient(job) : job.lets === undefined ? openModels(job) : openForward(job);

/** A derivative to be taken, with the store in which its terms stand. */
interface Prepared {
  readonly run: ReturnType<typeof freshStore>;
  readonly target: Term;
  readonly definitions: readonly Definition[];
  readonly by: Variable;
}

/** One derivative by the value driver, in copies with a store each; its values are those of the term itself. */
function openValueDriver(job: Job, prepare: (wanted: Wanted) => Omit<Prepared, 'run'>): Opened {
  const copies = createCopies();
  return {
    carryOut(which, checked = [], points = []) {
      const [place] = which as [number];
      const wanted = job.wanted[place] as Wanted;
      const prepared = Array.from({ length: checked.length > 0 ? 1 : copies.of(place) }, (): Prepared => {
        const run = freshStore();
        return { run, ...run(() => prepare(wanted)) };
      });
      const start = readClock();
      const answers = prepared.map((one) => one.run(() => deriveOnce(one, wanted.order)));
      const milliseconds = millisecondsSince(start) / prepared.length;
      copies.note(place, milliseconds);
      const { run, definitions } = prepared[0] as Prepared;
      const value = (point: Point) => run(() => evaluateTerms([answers[0] as Term], definitions, point));
      return { milliseconds, values: [points.flatMap(value)] };
    },
  };
}

function deriveOnce({ target, definitions, by }: Prepared, order: number): Term {
  let wanted = target;
  for (let count = 0; count < order; count++) wanted = derivative(wanted, by);
  return present(resolve(wanted, createContext(definitions, [by])));
}

/** Sources read as `derive` reads them. */
function openModels(job: Job): Opened {
  const statements = job.expressions.map((text) => readSource(text));
  const variables = new Map(job.wanted.map(({ by }) => [by, { source: by, node: readExpression(by) }]));
  return openValueDriver(job, ({ expression, by }) => {
    const wanted = variables.get(by) as { source: string; node: MathNode };
    const model = buildModel(statements[expression] ?? [], [wanted], functionTable, noDeclarations);
    return { target: model.target, definitions: model.definitions, by: model.variables[0] as Variable };
  });
}

function readExpression(text: string): MathNode {
  return readSource(text)[0]?.sides[0]?.node as MathNode;
}

/** Expressions over names, too deep to be read as one text. */
function openForward(job: Job): Opened {
  const build = prepareProgram(job);
  return openValueDriver(job, ({ expression, by }) => ({
    target: build()[expression] as Term,
    definitions: [],
    by: symbol(by),
  }));
}

/** The verb `gradient` from the text: reading, names, the backward pass, its certificates, every line printed. */
function openGradient(job: Job): Opened {
  const [source = ''] = job.expressions;
  const define = (job.lets ?? []).map(([name, text]) => `${name} = ${text}`);
  return {
    carryOut(which, checked = [], points = []) {
      const wrt = which.map((at) => job.wanted[at]?.by as string);
      const start = readClockBefore('gradient');
      const answer = gradient(source, { wrt, define });
      const milliseconds = millisecondsSince(start);
      for (const certificate of [answer.certificate, answer.answer]) {
        const { verdict, reason } = certificate ?? { verdict: 'no certificate' };
        if (verdict !== 'holds') throw new Error(`${verdict}${reason === undefined ? '' : `, ${reason}`}`);
      }
      if (checked.length === 0) return { milliseconds, values: [] };
      const names = [...answer.lets, ...answer.adjoints].map(({ name, expression }) => [name, expression] as const);
      const results = checked.map((at) => answer.results[which.indexOf(at)]?.result as string);
      const values = points.map((point) => evaluateInTurn(names, results, point));
      return { milliseconds, values: checked.map((_, at) => values.map((row) => row[at] as number)) };
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
