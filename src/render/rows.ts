/** The rows of a derivation, the same for every page format. */

import type {
  Derivation,
  Gradient,
  Hessian,
  NamedExpression,
  Result,
  Stationary,
  Step,
} from '../derivation/derivation.ts';
import { explainStep, fill, formula, join, type Phrase, wordsOf } from '../explain/explain.ts';
import type { Language } from '../explain/words.ts';
import { dots } from '../syntax/names.ts';
import type { FormulaOptions } from './formula.ts';

/** One line: `= formula`, why, and under what conditions. */
export interface Row {
  /** The left side where the row begins another chain of equalities; empty where it continues the one before. */
  readonly left: string;
  readonly formula: string;
  readonly rule: Phrase;
  /** In brackets; empty where there are none. */
  readonly conditions: Phrase;
  /** Set where the step's certificate does not hold although others were checked. */
  readonly doubt: 'failed' | 'open' | undefined;
  /** The step that the row shows; undefined where it shows an answer or an equation to solve. */
  readonly step: Step | undefined;
}

/** All rows, one for each step; the answer alone where there are none. */
export function rowsOf(result: Exclude<Result, Gradient>, language: Language, withExpanded: boolean): Row[] {
  const rows = result.detail === 'answer' ? [] : stepRows(result, result.steps, language);
  switch (result.schema) {
    case 'chainrule/derivation/1':
      return derivationEnd(result, rows, language, withExpanded);
    case 'chainrule/stationary/1':
      return [...rows, ...stationaryEnd(result, language, rows.length === 0)];
    case 'chainrule/hessian/1':
      return rows;
  }
}

/** A row for each of some steps of `result`. */
export function stepRows(result: Exclude<Result, Gradient>, steps: readonly Step[], language: Language): Row[] {
  const wanted = 'wanted' in result ? result.wanted : '';
  let current = '';
  return steps.map((step): Row => {
    const left = step.left ?? wanted;
    const isNew = left !== current || opensEquation.has(step.rule);
    current = left;
    return rowOf(step, language, variableOf(result), isNew ? left : '');
  });
}

/** Steps that state an equation of their own, whatever stands on its left. */
const opensEquation: ReadonlySet<string> = new Set(['normal-equation', 'both-sides']);

const plainRow: Row = { left: '', formula: '', rule: [], conditions: [], doubt: undefined, step: undefined };

function derivationEnd(derivation: Derivation, rows: readonly Row[], language: Language, withExpanded: boolean): Row[] {
  const { wanted, result, remainder, expanded } = derivation;
  const end = remainder === undefined ? result : `${result} + ${remainder}`;
  const all = rows.length === 0 ? [{ ...plainRow, left: wanted, formula: end }] : [...rows];
  if (!withExpanded || expanded === result) return all;
  const text = wordsOf(language).derivation.expanded;
  return [...all, { ...plainRow, formula: expanded, rule: [{ kind: 'words', text }] }];
}

/** The equations that are not solved; the solution where no steps have shown it. */
function stationaryEnd(result: Stationary, language: Language, isAlone: boolean): Row[] {
  const { equations, solution, conditions, system } = result;
  const text = wordsOf(language).stationary.setToZero;
  if (system === null) {
    return equations.map(({ left, right }) => ({ ...plainRow, left, formula: right, rule: [{ kind: 'words', text }] }));
  }
  if (!isAlone) return [];
  return solution.map(({ name, expression }, at) => ({
    ...plainRow,
    left: name,
    formula: expression,
    conditions: at === 0 ? conditionPhrase(conditions, language) : [],
  }));
}

function rowOf(step: Step, language: Language, variable: string, left: string): Row {
  const { verdict, method } = step.certificate;
  const doubt = verdict === 'fails' ? 'failed' : verdict === 'unknown' && method !== 'unchecked' ? 'open' : undefined;
  const rule = explainStep(step, language, variable);
  return { left, formula: step.state, rule, conditions: conditionPhrase(step.conditions, language), doubt, step };
}

function conditionPhrase(conditions: readonly string[], language: Language): Phrase {
  if (conditions.length === 0) return [];
  const said = wordsOf(language);
  return fill(said.conditions, { conditions: join(conditions.map(formula), said.list) });
}

/** The quantity that is differentiated by, without its indices: `beta` of `beta[j]`. */
function variableOf({ problem }: Result): string {
  return (problem.wrt[0] ?? '').replace(/\[.*$/s, '');
}

/** The Hessian by one vector, which is a matrix without brackets of its own; undefined where there are several entries. */
export function singleBlock({ blocks, matrix }: Hessian): string | undefined {
  return blocks !== undefined && matrix.length === 1 ? matrix[0]?.[0] : undefined;
}

/** `E = E(g(...))`, or the formula alone where it has no name. */
export function problemFormula({ problem, formula: written }: Result): string {
  return problem.output === null ? written : `${problem.output} = ${written}`;
}

/** The intermediates as equations. */
export function letEquations({ lets }: Result): string[] {
  return lets.map(({ name, expression }) => `${name} = ${expression}`);
}

/** `E = E(w)`: the target in terms of the intermediates; undefined where there is nothing to say. */
export function targetEquation({ problem, lets }: Result): string | undefined {
  return problem.output === null || problem.task !== undefined || lets.length === 0
    ? undefined
    : `${problem.output} = ${problem.target}`;
}

/** The update rules that were asked for. */
export function updatesOf(result: Result): readonly NamedExpression[] {
  if (result.schema === 'chainrule/gradient/1') return result.updates ?? [];
  return result.schema === 'chainrule/derivation/1' && result.update !== undefined ? [result.update] : [];
}

/** The wanted derivatives without adjoints in them, where that is another formula. */
export function writtenOut({ adjoints, results }: Gradient): Gradient['results'] {
  const known = new Set(adjoints.map(({ expression }) => expression));
  return results.filter(({ result }) => !known.has(result));
}

/** Nobody writes more primes than these. */
const mostPrimes = 4;

/** Of q(t) the name, and those of its derivatives. */
function movingNames(dependence: string): string[] {
  const name = dependence.replace(/\(.*$/, '');
  const primed = Array.from({ length: mostPrimes }, (_, at) => name + '_prime'.repeat(at + 1));
  return [name, ...dots.map((mark) => `${name}_${mark}`), ...primed];
}

/** How formulas of `result` look in `language`. */
export function formulaOptions(result: Result, language: Language): FormulaOptions {
  const ordinary = result.schema === 'chainrule/derivation/1' && result.ordinary;
  const shapes = Object.entries(result.problem.shapes);
  const tensors = new Set(shapes.flatMap(([name, shape]) => (/^(vector|matrix)\(/.test(shape) ? [name] : [])));
  const moving = new Set((result.problem.depends ?? []).flatMap(movingNames));
  return { ordinary, choice: wordsOf(language).choice, tensors, moving };
}
