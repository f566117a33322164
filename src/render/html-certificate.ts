/** Certificates as small marks with their figures. */

import type { Notice } from '../explain/certificates.ts';
import type { Sheet } from './html-sheet.ts';
import { element } from './markup.ts';

const signs: Readonly<Record<Notice['mark'], string>> = { verified: '✓', failed: '✗', open: '?' };

/** The mark alone; words beside it say the same. */
export function drawMark(mark: Notice['mark']): string {
  return element('span', { class: `cr-mark cr-${mark}`, 'aria-hidden': 'true' }, signs[mark]);
}

/** The mark and what it stands for. */
export function drawNotice({ mark, phrase }: Notice, sheet: Sheet): string {
  return `${drawMark(mark)} ${sheet.say(phrase)}`;
}
