/** The rows of a derivation, a Hessian or a stationary point, each with what unfolds from it. */

import type { Detail, Gradient, Result, Step } from '../derivation/derivation.ts';
import { type Fold, foldSteps } from '../derivation/fold.ts';
import { certificateNotice } from '../explain/certificates.ts';
import { fill, type Phrase, words, wordsOf } from '../explain/explain.ts';
import { markChain } from './chain.ts';
import { drawMark } from './html-certificate.ts';
import { drawMore } from './html-more.ts';
import { type DrawnRow, drawRows, sizeOf } from './html-row.ts';
import type { Sheet } from './html-sheet.ts';
import { matrixLatex } from './latex-page.ts';
import { withoutMarks } from './marks.ts';
import { element, escapeHtml } from './markup.ts';
import { type Row, rowsOf, stepRows } from './rows.ts';

type Chained = Exclude<Result, Gradient>;

/** Letters of a left side and a formula beside which a reason has room. */
const mostLetters = 58;

/** What is drawn, and how: the rows of one result. */
interface Plan {
  readonly result: Chained;
  readonly sheet: Sheet;
  readonly isExpanded: boolean;
}

/** All rows, as many of them open as `detail` asks. */
export function drawSteps(plan: Plan, detail: Detail): string {
  const { result, sheet, isExpanded } = plan;
  const isFolded = detail === 'answer' && result.detail !== 'answer' && result.steps.length > 0;
  if (!isFolded) return drawAllSteps(plan, detail);
  const answer = rowsOf({ ...result, detail: 'answer' }, sheet.language, isExpanded);
  const rows = [...drawChain(answer, 'answer', plan, new Map()), ...matrixRow(plan)];
  const said = fill(wordsOf(sheet.language).page.steps, { count: String(foldSteps(result).length) });
  const summary = element('summary', {}, escapeHtml(sheet.speak(said)));
  return drawRows(rows, sheet) + element('details', { class: 'cr-fold' }, summary, drawAllSteps(plan, detail));
}

/** `result` with the steps that are rows: what is said of step 2 is said of the second row. */
export function shownResult(result: Chained, detail: Detail): Chained {
  return detail === 'every' ? result : { ...result, steps: foldSteps(result).map(({ step }) => step) };
}

function drawAllSteps(plan: Plan, detail: Detail): string {
  const { result, sheet, isExpanded } = plan;
  const folds = detail === 'every' ? result.steps.map((step): Fold => ({ step, parts: [] })) : foldSteps(result);
  const shown = { ...result, steps: folds.map(({ step }) => step) };
  const rows = rowsOf(shown, sheet.language, isExpanded);
  const drawn = drawChain(rows, '', plan, new Map(folds.map(({ step, parts }) => [step, parts])));
  return drawRows([...drawn, ...matrixRow(plan)], sheet);
}

/** The matrix of second derivatives below the steps that lead to it. */
function matrixRow({ result, sheet }: Plan): DrawnRow[] {
  if (result.schema !== 'chainrule/hessian/1') return [];
  return [{ left: 'H', formula: matrixLatex(result, sheet.show), label: wordsOf(sheet.language).page.answer }];
}

/** Rows with their marks; `infix` tells the ids of one list from those of others. */
function drawChain(
  rows: readonly Row[],
  infix: string,
  plan: Plan,
  parts: ReadonlyMap<Step, readonly Step[]>,
): DrawnRow[] {
  const { sheet } = plan;
  const formulas = markRows(rows, sheet);
  const lefts = rows.map(({ left }) => sheet.widthOf(left)).filter((width) => sizeOf(width) !== 'wide');
  const room = mostLetters - Math.max(0, ...lefts);
  return rows.map((row, at) => {
    const number = at + 1;
    const formula = formulas[at] as string;
    const left = row.left === '' ? '' : sheet.show(row.left);
    const id = [sheet.prefix, infix, number].filter((part) => part !== '').join('-');
    const drawn = {
      left,
      size: sizeOf(sheet.widthOf(row.left)),
      formula,
      isLong: sheet.widthOf(row.formula) > room,
      label: labelOf(row, number, rows.length, sheet),
      reason: drawReason(row, sheet),
      id,
    };
    const { step } = row;
    if (step === undefined) return drawn;
    const smaller = drawParts(row, parts.get(step) ?? [], `${infix}${number}`, plan);
    const source = `${left === '' ? '' : `${left} `}= ${withoutMarks(formula)}`;
    return { ...drawn, more: drawMore({ step, number, id, source, parts: smaller }, sheet) };
  });
}

/** The steps that a row takes together, as rows of their own. */
function drawParts(row: Row, parts: readonly Step[], infix: string, plan: Plan): string {
  if (parts.length === 0) return '';
  const { sheet, result } = plan;
  const [first, ...others] = stepRows(result, parts, sheet.language) as [Row, ...Row[]];
  const rows = [{ ...first, left: row.left }, ...others];
  const said = fill(wordsOf(sheet.language).page.parts, { count: String(parts.length) });
  return (
    element('p', { class: 'cr-parts' }, escapeHtml(sheet.speak(said))) +
    drawRows(drawChain(rows, infix, plan, new Map()), sheet)
  );
}

/** The formulas in LaTeX, marked within each chain of rows. */
function markRows(rows: readonly Row[], sheet: Sheet): string[] {
  const chains: string[][] = [];
  for (const { left, formula } of rows) {
    const chain = chains[chains.length - 1];
    if (left === '' && chain !== undefined) chain.push(formula);
    else chains.push([formula]);
  }
  return chains.flatMap((chain) => markChain(chain, sheet.formulas));
}

function drawReason({ rule, conditions, doubt }: Row, sheet: Sheet): string {
  const isSilent = rule.length > 0 && rule.every(({ kind }) => kind === 'formula');
  const parts = [
    // What opens must have a name in words, and a formula is none.
    isSilent ? element('span', { class: 'cr-spoken' }, escapeHtml(sheet.speak(rule))) : '',
    isSilent ? element('span', { 'aria-hidden': 'true' }, sheet.sayFlat(rule)) : sheet.sayFlat(rule),
    sheet.sayFlat(conditions),
    doubt === undefined ? '' : drawMark(doubt),
  ];
  return parts.filter((part) => part !== '').join(wordsOf(sheet.language).sentenceGap);
}

/** The rule and its conditions as one phrase. */
function reasonOf({ rule, conditions }: Row, { language }: Sheet): Phrase {
  const isBoth = rule.length > 0 && conditions.length > 0;
  return [...rule, ...(isBoth ? words(wordsOf(language).sentenceGap) : []), ...conditions];
}

/** The row in words. */
function labelOf(row: Row, number: number, count: number, sheet: Sheet): string {
  const { step } = row;
  const { page } = wordsOf(sheet.language);
  const said = { step: String(number), count: String(count), rule: reasonOf(row, sheet) };
  if (step === undefined) return sheet.speak(fill(said.rule.length === 0 ? page.answer : page.row, said));
  const certificate = certificateNotice(step.certificate, number, sheet.language).phrase;
  return sheet.speak(fill(page.step, { ...said, certificate }));
}
