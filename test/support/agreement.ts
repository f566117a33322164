/** What every derivation must satisfy, whatever it derives: each check returns what it finds wrong. */

import { createContext } from '../../src/calculus/context.ts';
import { present } from '../../src/calculus/present.ts';
import { type Trace, trace } from '../../src/calculus/trace.ts';
import { resolve } from '../../src/calculus/value.ts';
import type { Derivation } from '../../src/derivation/derivation.ts';
import { foldNames, levelsOf, type NamedModel, nameIntermediates } from '../../src/derivation/naming.ts';
import { saysSoftmax } from '../../src/derivation/printer.ts';
import { describeShapes } from '../../src/derivation/shapes-text.ts';
import { readDeclarations } from '../../src/meaning/declare.ts';
import type { Model } from '../../src/meaning/model.ts';
import { flattenElement, gatherUsage } from '../../src/meaning/usage.ts';
import { readModel } from '../../src/pipeline.ts';
import type { RuleContext } from '../../src/rules/rule.ts';
import { callNode, elementNode, type MathNode, symbolNode, view } from '../../src/syntax/node.ts';
import { printText } from '../../src/syntax/print.ts';
import { readText, scanText } from '../../src/syntax/text.ts';
import { derivative } from '../../src/term/construct.ts';
import { expand } from '../../src/term/substitute.ts';
import { inFreshStore, type Term } from '../../src/term/term.ts';
import { raise } from '../../src/writing/raise.ts';
import { entryIn, evaluateIn, type World } from './independent.ts';
import type { ExpressionCase } from './table.ts';

interface Traced {
  readonly model: Model;
  readonly named: NamedModel;
  readonly context: RuleContext;
  readonly start: Term;
  readonly traced: Trace;
}

/** Runs the trace driver on a source, within the store that the caller has opened. */
function traceSource({ source, wrt, order }: ExpressionCase): Traced {
  const model = readModel(scanText, source, { wrt });
  const named = nameIntermediates(model);
  const [by] = model.variables;
  if (by === undefined) throw new Error('no variable');
  const context = createContext(named.lets, [by], named.target);
  let start: Term = named.target;
  for (let count = 0; count < order; count++) start = derivative(start, by);
  return { model, named, context, start, traced: trace(start, context) };
}

/** The ends of both drivers as texts, if they are not one term. */
export function driverDifference(one: ExpressionCase): string[] {
  return inFreshStore(() => {
    const { start, context, traced } = traceSource(one);
    const shown = present(traced.result);
    const valued = present(resolve(start, context));
    return shown === valued ? [] : [`${printText(raise(shown))} by the trace, ${printText(raise(valued))} by value`];
  });
}

/** Texts of states, parts and results that do not read back, in the light of definitions and shapes, to their term. */
export function unreadTexts(one: ExpressionCase): string[] {
  return inFreshStore(() => {
    const { model, named, context, traced } = traceSource(one);
    const print = (term: Term): string =>
      printText(raise(term, { taken: context.taken, levels: levelsOf(named), softmax: saysSoftmax(model) }));
    const result = present(foldNames(traced.result, named.lets));
    const states = traced.steps.flatMap(({ before, after, state }) => [before, after, state]);
    const terms = new Set([named.target, ...states, result, expand(result, context.definitions)]);
    const shapes = declarationsOf(describeShapes(model, named));
    const lets = named.lets.map(({ symbol, parameters, body }) => {
      const indices = parameters.map(({ name }) => `[${name}]`).join('');
      return `${symbol.name}${indices} = ${print(body)}`;
    });
    return [...terms].flatMap((term) => {
      const text = print(term);
      try {
        const { target: again, tensors } = readModel(scanText, [...lets, text].join('\n'), { wrt: one.wrt, shapes });
        const written = printText(raise(again));
        // By itself u/norm(u) has a matrix for its derivative, and u a length, of which the whole says nothing.
        const isSame = again === term || (tensors && !model.tensors && written === text);
        return isSame ? [] : [`${text} reads back as ${written}`];
      } catch (error) {
        return [`${text}: ${error instanceof Error ? error.message : String(error)}`];
      }
    });
  });
}

/** Shapes in the words of the option. */
export function declarationsOf(shapes: Readonly<Record<string, string>>): string {
  return Object.entries(shapes)
    .map(([name, shape]) => `${name}: ${shape}`)
    .join(', ');
}

const familySize = 5;

/**
 * Where result and expanded result differ from differences of the target, by an evaluation that shares nothing with the
 * project's own. Throws where nothing could be compared.
 */
export function valueDifferences(derivation: Derivation): string[] {
  const { problem, result, expanded, resultShape } = derivation;
  const by = parse(problem.wrt[0] as string);
  const target = parse(problem.target);
  const definitions = definitionsOf(derivation);
  const bodies = [...definitions.values()].map(({ body }) => body);
  const letters = [...gatherUsage([target, by, ...bodies])]
    .filter(([name, use]) => use.behindName && use.subscripts === 0 && name !== 'n')
    .map(([name]) => name);
  const axes = readDeclarations(declarationsOf(problem.shapes)).axes;
  const wrong: string[] = [];
  let compared = 0;
  for (const seed of [1, 2, 3]) {
    const world: World = { seed, size: familySize, definitions, indices: new Set(letters), axes };
    const isVector = resultShape !== 'scalar';
    for (let component = 1; component <= (isVector ? familySize : 1); component++) {
      // Free indices stay away from the ends, so that shifted ones are in range; two of them may be equal.
      const values = letters.map((name, at) => [name, 3 + ((at + seed) % 2)] as const);
      const free = new Map<string, number>([...values, [componentName, component]]);
      if (!isWithin(derivation, world, free)) continue;
      const wanted = evaluateIn(differentiated(target, by, problem.order, isVector), world, free);
      for (const text of [result, expanded]) {
        const found = isVector ? entryIn(parse(text), component, world, free) : evaluateIn(parse(text), world, free);
        if (!Number.isFinite(wanted) || !Number.isFinite(found)) continue;
        compared++;
        if (Math.abs(found - wanted) > 1e-4 * (1 + Math.abs(wanted))) {
          wrong.push(`${text} is ${found}, differences give ${wanted}`);
        }
      }
    }
  }
  if (compared === 0) throw new Error('nothing could be compared');
  return wrong;
}

/** Whether the free indices stand in the ranges that the steps ask for. */
function isWithin(derivation: Derivation, world: World, free: ReadonlyMap<string, number>): boolean {
  const endValue = (text: string): number | undefined => {
    const names = [...gatherUsage([parse(text)]).keys()];
    // Lengths that the source leaves open have names that stand for nothing in it.
    if (names.some((name) => /^[nNmMdDpP]$/.test(name) && !(name in derivation.problem.shapes))) return world.size;
    return names.every((name) => free.has(name) || name === 'n' || name === 'm')
      ? evaluateIn(parse(text), world, free)
      : undefined;
  };
  const ranges = derivation.steps.flatMap((step) => step.conditions).filter((text) => text.includes(' <= '));
  return ranges.every((text) => {
    const values = text.split(' <= ').map(endValue);
    return values.every((value, at) => {
      const next = values[at + 1];
      return value === undefined || next === undefined || value <= next;
    });
  });
}

const componentName = 'COMPONENT';

function differentiated(target: MathNode, by: MathNode, order: number, isVector: boolean): MathNode {
  const { base, indices } = flattenElement(by);
  const variable = isVector ? elementNode(base, [...indices, symbolNode(componentName)]) : by;
  let node = target;
  for (let count = 0; count < order; count++) node = callNode('d', [node, variable]);
  return node;
}

function definitionsOf({ lets }: Derivation): World['definitions'] {
  return new Map(
    lets.map(({ name, expression }) => {
      const { base, indices } = flattenElement(parse(name));
      const head = view(base);
      const parameters = indices.map((at) => printText(at));
      return [head.kind === 'symbol' ? head.name : '', { parameters, body: parse(expression) }] as const;
    }),
  );
}

function parse(text: string): MathNode {
  return (readText(text)[0]?.sides[0] as { node: MathNode }).node;
}
