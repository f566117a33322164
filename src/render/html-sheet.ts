/** What the parts of an HTML fragment share: language, ids, and how formulas and phrases become markup or speech. */

import type { Result } from '../derivation/derivation.ts';
import type { Phrase } from '../explain/explain.ts';
import type { Language } from '../explain/words.ts';
import { latexOf, unicodeOf } from './formula-text.ts';
import { visible } from './formula-unicode.ts';
import { escapeHtml } from './markup.ts';
import { formulaOptions } from './rows.ts';
import { createTypeset } from './typeset.ts';

export interface Sheet {
  readonly language: Language;
  /** Before every id, so that several fragments can stand on one page. */
  readonly prefix: string;
  /** LaTeX as markup, within a line. */
  readonly set: (latex: string) => string;
  /** LaTeX as markup, as large as in a display; it may still break after a sign. */
  readonly setLarge: (latex: string) => string;
  /** An expression as LaTeX. */
  readonly show: (text: string) => string;
  /** A phrase as markup. */
  readonly say: (phrase: Phrase) => string;
  /** A phrase as plain text. */
  readonly speak: (phrase: Phrase) => string;
}

/** The sheet for `result`; each formula on it is set once. */
export function openSheet(result: Result, language: Language, prefix: string): Sheet {
  const options = formulaOptions(result, language);
  const set = createTypeset();
  const show = (text: string) => latexOf(text, options);
  const say = (phrase: Phrase) =>
    phrase.map((one) => (one.kind === 'words' ? escapeHtml(one.text) : set(show(one.text)))).join('');
  const speak = (phrase: Phrase) =>
    phrase.map((one) => (one.kind === 'words' ? visible(one.text) : unicodeOf(one.text, options))).join('');
  return { language, prefix, set, setLarge: (latex) => set(`\\displaystyle ${latex}`), show, say, speak };
}
