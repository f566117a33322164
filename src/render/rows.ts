/** The rows of a derivation, the same for every page format. */

import type { Derivation, Gradient, Step } from '../derivation/derivation.ts';
import { explainStep, fill, formula, join, type Phrase, wordsOf } from '../explain/explain.ts';
import type { Language } from '../explain/words.ts';
import type { FormulaOptions } from './formula.ts';

/** One line: `= formula`, why, and under what conditions. */
export interface Row {
  readonly formula: string;
  readonly rule: Phrase;
  /** In brackets; empty where there are none. */
  readonly conditions: Phrase;
  /** Set where the step's certificate does not hold although others were checked. */
  readonly doubt: 'failed' | 'open' | undefined;
}

/** The rows after the left-hand side, one for each step; the result alone where there are none. */
export function rowsOf(derivation: Derivation, language: Language, withExpanded: boolean): Row[] {
  const { detail, steps, result, expanded } = derivation;
  const only: Row = { formula: result, rule: [], conditions: [], doubt: undefined };
  const rows =
    detail === 'answer' || steps.length === 0 ? [only] : steps.map((step) => rowOf(derivation, step, language));
  if (!withExpanded || expanded === result) return rows;
  const text = wordsOf(language).derivation.expanded;
  return [...rows, { ...only, formula: expanded, rule: [{ kind: 'words', text }] }];
}

function rowOf(derivation: Derivation, step: Step, language: Language): Row {
  const { verdict, method } = step.certificate;
  const doubt = verdict === 'fails' ? 'failed' : verdict === 'unknown' && method !== 'unchecked' ? 'open' : undefined;
  const rule = explainStep(step, language, variableOf(derivation));
  return { formula: step.state, rule, conditions: conditionPhrase(step.conditions, language), doubt };
}

function conditionPhrase(conditions: readonly string[], language: Language): Phrase {
  if (conditions.length === 0) return [];
  const said = wordsOf(language);
  return fill(said.conditions, { conditions: join(conditions.map(formula), said.list) });
}

/** The quantity that is differentiated by, without its indices: `beta` of `beta[j]`. */
function variableOf({ problem }: Derivation): string {
  return (problem.wrt[0] ?? '').replace(/\[.*$/s, '');
}

/** `E = E(g(...))`, or the formula alone where it has no name. */
export function problemFormula({ problem, formula: written }: Derivation | Gradient): string {
  return problem.output === null ? written : `${problem.output} = ${written}`;
}

/** The intermediates as equations. */
export function letEquations({ lets }: Derivation | Gradient): string[] {
  return lets.map(({ name, expression }) => `${name} = ${expression}`);
}

/** `E = E(w)`: the target in terms of the intermediates; undefined where there is nothing to say. */
export function targetEquation({ problem, lets }: Derivation | Gradient): string | undefined {
  return problem.output === null || lets.length === 0 ? undefined : `${problem.output} = ${problem.target}`;
}

/** How formulas of `result` look in `language`. */
export function formulaOptions(result: Derivation | Gradient, language: Language): FormulaOptions {
  const ordinary = result.schema === 'chainrule/derivation/1' && result.ordinary;
  return { ordinary, choice: wordsOf(language).choice };
}
