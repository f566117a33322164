/** What the parts of a terminal page share: language, width, colours, and how formulas and phrases become text. */

import type { Result } from '../derivation/derivation.ts';
import type { Phrase } from '../explain/explain.ts';
import type { Language } from '../explain/words.ts';
import { unicodeOf } from './formula-text.ts';
import { visible } from './formula-unicode.ts';
import { createPaint, type Paint } from './paint.ts';
import { formulaOptions } from './rows.ts';

export interface TerminalOptions {
  /** English if not given. */
  readonly lang?: Language;
  /** False if not given. */
  readonly color?: boolean;
  /** Columns of the terminal; 100 unless told. Nothing is cut off, words move to the next line. */
  readonly width?: number;
  /** Adds the result with the intermediates put back. */
  readonly expand?: boolean;
}

/** What the parts of a page share. */
export interface Page {
  readonly language: Language;
  readonly width: number;
  readonly paint: Paint;
  /** An expression as Unicode. */
  readonly show: (text: string) => string;
  /** A phrase as text. */
  readonly say: (phrase: Phrase) => string;
}

/** Spaces before every line. */
export const margin = 2;
const defaultWidth = 100;

/** The page for `result`. */
export function openPage(result: Result, { lang = 'en', color = false, width = defaultWidth }: TerminalOptions): Page {
  const options = formulaOptions(result, lang);
  const show = (text: string) => unicodeOf(text, options);
  const say = (phrase: Phrase) =>
    phrase.map((segment) => (segment.kind === 'words' ? visible(segment.text) : show(segment.text))).join('');
  return { language: lang, width: width - margin, paint: createPaint(color), show, say };
}
