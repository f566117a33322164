/** The rows of a derivation, a Hessian or a stationary point, each with what unfolds from it. */

import type { Gradient, Result, Step } from '../derivation/derivation.ts';
import { certificateNotice } from '../explain/certificates.ts';
import { fill, wordsOf } from '../explain/explain.ts';
import { unicodeOf } from './formula-text.ts';
import { drawRow, drawSource } from './html-row.ts';
import type { Sheet } from './html-sheet.ts';
import { widthOf } from './layout.ts';
import { element, escapeHtml } from './markup.ts';
import { type Row, rowsOf } from './rows.ts';

/** A left side with more letters than this stands on a line of its own. */
const widestLeftSide = 16;

/** The list of all rows. */
export function drawSteps(result: Exclude<Result, Gradient>, sheet: Sheet, isExpanded: boolean): string {
  const rows = rowsOf(result, sheet.language, isExpanded);
  if (rows.length === 0) return '';
  return element('ol', { class: 'cr-rows', role: 'list' }, ...rows.map((row, at) => drawStep(row, at, rows, sheet)));
}

function drawStep(row: Row, at: number, rows: readonly Row[], sheet: Sheet): string {
  const { left, formula, rule, conditions, doubt, step } = row;
  const number = at + 1;
  const id = `${sheet.prefix}-${number}`;
  return drawRow(
    {
      left: left === '' ? '' : sheet.show(left),
      wide: widthOf(unicodeOf(left)) > widestLeftSide,
      relation: '=',
      formula: sheet.show(formula),
      label: labelOf(row, number, rows.length, sheet),
      reason: rule,
      conditions,
      doubt,
      more: step === undefined ? '' : drawMore(row, step, id, number, sheet),
      id,
    },
    sheet,
  );
}

function labelOf({ rule, conditions, step }: Row, number: number, count: number, sheet: Sheet): string {
  const { page } = wordsOf(sheet.language);
  const said = { step: String(number), count: String(count), rule: [...rule, ...conditions] };
  if (step === undefined) return sheet.speak(fill(page.row, said));
  const certificate = certificateNotice(step.certificate, number, sheet.language).phrase;
  return sheet.speak(fill(page.step, { ...said, certificate }));
}

function drawMore(row: Row, step: Step, id: string, number: number, sheet: Sheet): string {
  const { page } = wordsOf(sheet.language);
  const certificate = certificateNotice(step.certificate, number, sheet.language);
  const left = row.left === '' ? '' : `${sheet.show(row.left)} `;
  const entries: readonly (readonly [string, string])[] = [
    [page.here, step.before === step.after ? '' : sheet.set(sheet.show(`${step.before} = ${step.after}`))],
    [marks[certificate.mark], sheet.say(certificate.phrase)],
    [page.source, drawSource(`${left}= ${sheet.show(row.formula)}`)],
  ];
  const lines = entries
    .filter(([, content]) => content !== '')
    .map(([name, content]) => element('div', {}, element('dt', {}, escapeHtml(name)), element('dd', {}, content)));
  return element('dl', {}, ...lines) + element('a', { class: 'cr-link', href: `#${id}` }, escapeHtml(page.link));
}

const marks = { verified: '✓', failed: '✗', open: '?' } as const;
