/**
 * The figure of a result. It is made from the result's own texts, which read back to the terms that they came from: so
 * every derivation has one, also one that was stored, and none pays for it that is not drawn.
 */

import { createContext } from '../../calculus/context.ts';
import { resolve } from '../../calculus/value.ts';
import { readDeclarations } from '../../meaning/declare.ts';
import { buildModel } from '../../meaning/model.ts';
import type { WantedVariable } from '../../meaning/wanted.ts';
import { fail } from '../../problem.ts';
import { functionTable } from '../../rules/elementary.ts';
import type { MathNode } from '../../syntax/node.ts';
import { printText } from '../../syntax/print.ts';
import { readText } from '../../syntax/text.ts';
import { inFreshStore } from '../../term/term.ts';
import { raise } from '../../writing/raise.ts';
import type { NamedExpression, ProblemStatement, Result } from '../derivation.ts';
import { levelsOf } from '../naming.ts';
import { describeFigure } from './describe.ts';
import type { Figure } from './figure.ts';

/** The model of `result` as a graph. Throws a problem for an equation, and where it is too large to be drawn. */
export function figureOf(result: Result): Figure {
  return inFreshStore(() => {
    const { problem } = result;
    if (problem.task === 'implicit') refuseEquation();
    const lines = [...result.lets.map(({ name, expression }) => `${name} = ${expression}`), problem.target];
    const model = buildModel(
      readText(lines.join(';\n')),
      variablesOf(problem).map(wanted),
      functionTable,
      readDeclarations(declarations(problem.shapes)),
    );
    const context = createContext(model.definitions, model.variables, model.target);
    const lets = model.definitions.map((one) => ({ ...one, body: resolve(one.body, context) }));
    const named = { target: resolve(model.target, context), lets };
    const options = { taken: new Set<string>(), levels: levelsOf(named) };
    const shown = { output: problem.output, adjoints: adjointsOf(result) };
    return describeFigure(named, model.variables, shown, (term) => printText(raise(term, options)));
  });
}

/** What a quantity depends on reaches the target through it. */
function variablesOf({ wrt, depends = [] }: ProblemStatement): readonly string[] {
  return [...wrt, ...depends.map((one) => one.replace(/\(.*$/s, ''))];
}

function refuseEquation(): never {
  return fail({
    code: 'unknown-option',
    message: 'an equation has no figure',
    hint: 'ask for the derivative of an expression, without --implicit',
  });
}

function wanted(source: string): WantedVariable {
  const node: MathNode | undefined = readText(source)[0]?.sides[0]?.node;
  return node === undefined
    ? fail({ code: 'unknown-variable', message: 'a variable is a name or an element' })
    : { source, node };
}

function declarations(shapes: Readonly<Record<string, string>>): string {
  return Object.entries(shapes)
    .map(([name, shape]) => `${name}: ${shape}`)
    .join(', ');
}

/** The adjoints of a backward pass; of a derivation, what is wanted. */
function adjointsOf(result: Result): Map<string, NamedExpression> {
  const base = (name: string): string => name.replace(/\[.*$/s, '');
  switch (result.schema) {
    case 'chainrule/gradient/1':
      return new Map(result.adjoints.map(({ of, name, expression }) => [base(of), { name, expression }]));
    case 'chainrule/derivation/1': {
      const { problem, wanted: name, result: expression } = result;
      const isPlain =
        problem.output !== null && problem.order === 1 && problem.task === undefined && problem.depends === undefined;
      return new Map(isPlain ? [[base(problem.wrt[0] ?? ''), { name, expression }]] : []);
    }
    default:
      return new Map();
  }
}
