/** One row of a display: left side, relation, formula, the reason at the right, and what unfolds from it. */

import type { Phrase } from '../explain/explain.ts';
import type { Sheet } from './html-sheet.ts';
import { element, elementOf, escapeHtml } from './markup.ts';
import type { Row } from './rows.ts';

/** A row as it is drawn; formulas are LaTeX already. */
export interface DrawnRow {
  readonly left: string;
  /** The left side is too wide for a column: the rest of the row goes below it. */
  readonly wide: boolean;
  readonly relation: string;
  readonly formula: string;
  /** What the row says aloud. */
  readonly label: string;
  readonly reason: Phrase;
  readonly conditions: Phrase;
  readonly doubt: Row['doubt'];
  /** What unfolds; empty where there is nothing. */
  readonly more: string;
  readonly id: string | undefined;
}

const marks: Readonly<Record<'failed' | 'open', string>> = { failed: '✗', open: '?' };

/** The row as an item of a list. */
export function drawRow(row: DrawnRow, sheet: Sheet): string {
  const { left, wide, relation, formula, label, more, id } = row;
  const reason = drawReason(row, sheet);
  return element(
    'li',
    { class: wide ? 'cr-row cr-wide' : 'cr-row', id },
    elementOf('div', { class: 'cr-left' }, left === '' ? '' : sheet.setLarge(left)),
    element('div', { class: 'cr-relation' }, sheet.set(relation)),
    element('div', { class: 'cr-formula', role: 'group', tabindex: 0, 'aria-label': label }, sheet.setLarge(formula)),
    more === ''
      ? elementOf('div', { class: 'cr-why cr-plain' }, elementOf('div', { class: 'cr-reason' }, reason))
      : element(
          'details',
          { class: 'cr-why' },
          element('summary', { class: 'cr-reason' }, reason),
          element('div', { class: 'cr-more' }, more),
        ),
  );
}

function drawReason({ reason, conditions, doubt }: DrawnRow, sheet: Sheet): string {
  const parts = [
    sheet.say(reason),
    elementOf('span', { class: 'cr-conditions' }, sheet.say(conditions)),
    doubt === undefined ? '' : element('span', { class: `cr-mark cr-${doubt}`, 'aria-hidden': 'true' }, marks[doubt]),
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** A line of LaTeX that can be selected as a whole. */
export function drawSource(latex: string): string {
  return element('code', { class: 'cr-latex' }, escapeHtml(latex));
}
