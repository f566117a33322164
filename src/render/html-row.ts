/** Rows of a display: left side, relation, formula, the reason at the right, and what unfolds from it. */

import type { Sheet } from './html-sheet.ts';
import { element, elementOf, escapeHtml } from './markup.ts';

/** A row as it is drawn. Formulas are LaTeX, with marks or without; the other parts are markup. */
export interface DrawnRow {
  /** Empty where the row continues the one above it. */
  readonly left?: string;
  /** The left side is too wide for a column, or so on a narrow page: the rest of the row goes below it. */
  readonly size?: 'small' | 'middling' | 'wide';
  readonly relation?: string;
  /** The reason stands below the formula, which needs the room. */
  readonly isLong?: boolean;
  readonly formula: string;
  /** What the row is, in words. */
  readonly label: string;
  readonly reason?: string;
  /** What unfolds from the reason. */
  readonly more?: string;
  readonly id?: string;
}

/** The size of a left side by its width in letters. */
export function sizeOf(width: number): NonNullable<DrawnRow['size']> {
  return width > 26 ? 'wide' : width > 9 ? 'middling' : 'small';
}

/** A list of rows with common columns; nothing for none. */
export function drawRows(rows: readonly DrawnRow[], sheet: Sheet): string {
  if (rows.length === 0) return '';
  return element('ol', { class: 'cr-rows', role: 'list' }, ...rows.map((row) => drawRow(row, sheet)));
}

function drawRow(row: DrawnRow, sheet: Sheet): string {
  const { left = '', size = 'small', isLong = false, relation = '=', formula, label, id } = row;
  return element(
    'li',
    { class: ['cr-row', ...(size === 'small' ? [] : [`cr-${size}`]), ...(isLong ? ['cr-under'] : [])].join(' '), id },
    elementOf(
      'div',
      { class: 'cr-left', tabindex: size === 'small' ? undefined : 0 },
      left === '' ? '' : sheet.setLarge(left),
    ),
    element('div', { class: 'cr-relation' }, sheet.set(relation)),
    element('div', { class: 'cr-formula', role: 'group', tabindex: 0, 'aria-label': label }, sheet.setLarge(formula)),
    drawReason(row),
  );
}

function drawReason({ reason = '', more = '' }: DrawnRow): string {
  if (reason === '') return '';
  if (more === '') return element('div', { class: 'cr-why' }, element('div', { class: 'cr-reason' }, reason));
  return element(
    'details',
    { class: 'cr-why' },
    element('summary', { class: 'cr-reason' }, reason),
    element('div', { class: 'cr-more' }, more),
  );
}

/** A word above a list. */
export function drawHead(text: string): string {
  return element('p', { class: 'cr-head' }, escapeHtml(text));
}
