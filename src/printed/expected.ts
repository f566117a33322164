/** The formulas that a page has to show, in the text that was certified. */

import type { Gradient, NamedExpression, Result, Stationary } from '../derivation/derivation.ts';
import { singleBlock, targetEquation, updatesOf } from '../render/rows.ts';

/** What a line has to show: its last side, and sides before that. */
export interface Expected {
  readonly left: readonly string[];
  /** Undefined where only the left side is asked for. */
  readonly right?: string;
  /** Of an answer at the end of a chain, its line, counted from the end. */
  readonly fromEnd?: number;
}

interface ExpectedOptions {
  /** Whether the page shows the result with all names put back. */
  readonly expand: boolean;
  /** Whether what each step leads to is asked for too, or the answer alone. */
  readonly steps: boolean;
}

/** The answer with all that it is told in, in the order of a page; then its steps. */
export function expectedOf(result: Result, options: ExpectedOptions): Expected[] {
  const isAnswer = result.schema !== 'chainrule/gradient/1' && result.detail === 'answer';
  const sharing = 'sharing' in result ? (result.sharing ?? []) : [];
  return [
    ...answerOf(result, options),
    ...[...sharing, ...updatesOf(result)].map(named),
    ...(isAnswer ? [] : letsOf(result)),
    ...(options.steps && !isAnswer ? stepsOf(result) : []),
  ];
}

const named = ({ name, expression }: NamedExpression): Expected => ({ left: [name], right: expression });

function letsOf(result: Result): Expected[] {
  const isGradient = result.schema === 'chainrule/gradient/1';
  const { output, target } = result.problem;
  const isSaid = result.lets.length > 0 && output !== null && (isGradient || targetEquation(result) !== undefined);
  return [...result.lets.map(named), ...(isSaid ? [{ left: [output], right: target }] : [])];
}

function answerOf(result: Result, { expand }: ExpectedOptions): Expected[] {
  switch (result.schema) {
    case 'chainrule/derivation/1': {
      const { steps, detail, wanted, remainder, expanded } = result;
      const end = remainder === undefined ? result.result : `${result.result} + ${remainder}`;
      const rows = detail === 'answer' ? 0 : steps.length;
      const first = rows === 0 ? wanted : (steps[0]?.left ?? wanted);
      const isExpanded = expand && expanded !== result.result;
      const answer: Expected[] =
        rows < 2
          ? [{ left: [first], right: end }]
          : [{ left: [first] }, { left: [], right: end, fromEnd: isExpanded ? 1 : 0 }];
      return isExpanded ? [...answer, { left: [], right: expanded, fromEnd: 0 }] : answer;
    }
    case 'chainrule/gradient/1':
      return gradientOf(result);
    case 'chainrule/hessian/1': {
      const single = singleBlock(result);
      const rows = result.matrix.map((entries) => (entries.length === 1 ? entries[0] : `hcat(${entries.join(', ')})`));
      const matrix = rows.length === 1 ? (rows[0] as string) : `vcat(${rows.join(', ')})`;
      return [{ left: ['H'], right: single ?? matrix }];
    }
    case 'chainrule/stationary/1':
      return stationaryOf(result);
  }
}

/** Where steps solve the equations, they do so with a name for the determinant. */
function stationaryOf({ system, equations, solution, steps, detail }: Stationary): Expected[] {
  if (system === null) return equations.map(({ left, right }) => ({ left: [left], right }));
  const rows = detail === 'answer' ? [] : steps;
  const defined = rows.flatMap(({ rule, left, state }) =>
    rule === 'determinant' && left !== undefined ? [{ left: [left], right: state }] : [],
  );
  const solved = solution.map(({ name, expression }): Expected => {
    const last = rows.findLast(({ left }) => left === name);
    return { left: [name], right: last?.state ?? expression };
  });
  return [...defined, ...solved];
}

function gradientOf({ problem, adjoints, results }: Gradient): Expected[] {
  const { output, target } = problem;
  return [
    ...adjoints.map(({ name, of, expression }) => ({
      left: output === null ? [name] : [name, `d(${output}, ${of})`],
      right: expression,
    })),
    ...results.map(({ wrt, result }) => ({ left: [`d(${output ?? target}, ${wrt})`], right: result })),
  ];
}

function stepsOf(result: Result): Expected[] {
  if (result.schema === 'chainrule/gradient/1') return [];
  const lefts = new Set(result.steps.flatMap(({ left }) => left ?? []));
  return [
    ...result.steps.map(({ state }) => ({ left: [], right: state })),
    ...[...lefts].map((left) => ({ left: [left] })),
  ];
}
