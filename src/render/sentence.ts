/** Sentences with formulas in them as markup: short formulas stay whole, and with the marks that cling to them. */

import type { Phrase } from '../explain/explain.ts';
import { element, escapeHtml } from './markup.ts';

/** How the formulas of a sentence are written. */
interface Manner {
  readonly write: (text: string) => string;
  /** Whether a formula has to stay on one line. */
  readonly isShort: (text: string) => boolean;
}

/** Brackets that must not end a line, and marks that must not begin one. */
const opening = /[（(「『[]+$/u;
const closing = /^[、。，．：；）」』,.:;!?)\]]+/u;

/**
 * The phrase as markup. A browser breaks a line before and after a formula, whatever stands there; so a formula takes the
 * bracket before it and the comma after it along.
 */
export function writeSentence(phrase: Phrase, { write, isShort }: Manner): string {
  const texts = phrase.map(({ text }) => text);
  const take = (at: number, pattern: RegExp): string => {
    const found = phrase[at]?.kind === 'words' ? (pattern.exec(texts[at] as string)?.[0] ?? '') : '';
    if (found !== '') texts[at] = (texts[at] as string).replace(pattern, '');
    return escapeHtml(found);
  };
  const whole = phrase.map(({ kind, text }, at) => {
    if (kind === 'words') return undefined;
    if (!isShort(text)) return write(text);
    return element('span', { class: 'cr-whole' }, take(at - 1, opening), write(text), take(at + 1, closing));
  });
  return whole.map((formula, at) => formula ?? escapeHtml(texts[at] as string)).join('');
}
