/** What the parts of an HTML fragment share: language, ids, and how formulas and phrases become markup or speech. */

import { widthOf } from '../columns.ts';
import type { Result } from '../derivation/derivation.ts';
import type { Phrase } from '../explain/explain.ts';
import type { Language } from '../explain/words.ts';
import { placeBreaks } from './breaks.ts';
import type { FormulaOptions } from './formula.ts';
import { latexOf, unicodeOf } from './formula-text.ts';
import { visible } from './formula-unicode.ts';
import { element } from './markup.ts';
import { formulaOptions } from './rows.ts';
import { writeSentence } from './sentence.ts';
import { createTypeset } from './typeset.ts';

export interface Sheet {
  readonly language: Language;
  /** Before every id, so that several fragments can stand on one page. */
  readonly prefix: string;
  readonly formulas: FormulaOptions;
  /** LaTeX as markup, within a line. */
  readonly set: (latex: string) => string;
  /** LaTeX as markup, as large as in a display; it may still break after a sign and between factors. */
  readonly setLarge: (latex: string) => string;
  /** An expression as LaTeX. */
  readonly show: (text: string) => string;
  /** A phrase as markup; a long formula in it can be scrolled by itself. */
  readonly say: (phrase: Phrase) => string;
  /** The same without scrolling, for places that are controls themselves. */
  readonly sayFlat: (phrase: Phrase) => string;
  /** A phrase as plain text. */
  readonly speak: (phrase: Phrase) => string;
  /** An expression as plain text. */
  readonly spell: (text: string) => string;
  /** The columns of that text; of a long expression about as many. */
  readonly widthOf: (text: string) => number;
}

/** A function of texts that works out each of them once, of those with at most `longest` letters. */
export function remembered(
  work: (text: string) => string,
  known = new Map<string, string>(),
  longest = Number.POSITIVE_INFINITY,
): (text: string) => string {
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const result = work(text);
    if (text.length <= longest) known.set(text, result);
    return result;
  };
}

/** Longer formulas are hardly ever shared by fragments of a page, and their markup fills its memory. */
const longestShared = 120;

/** Formulas with more letters may be too wide for a line on a small screen, and for any line. */
const narrowest = 24;
const widest = 60;
/** The exact width of a longer expression is of no interest. */
const longestMeasured = 300;

/** The sheet for `result`; each formula on it is set once. */
export function openSheet(
  result: Result,
  language: Language,
  prefix: string,
  markup = new Map<string, string>(),
): Sheet {
  const formulas = formulaOptions(result, language);
  const set = remembered(remembered(createTypeset()), markup, longestShared);
  const show = remembered((text) => latexOf(text, formulas));
  const spell = remembered((text) => unicodeOf(text, formulas));
  const width = (text: string) => (text.length > longestMeasured ? text.length : widthOf(spell(text)));
  const isShort = (text: string) => width(text) <= narrowest;
  const setWithin = (text: string) => {
    if (isShort(text)) return set(show(text));
    const size = width(text) > widest ? 'cr-inset cr-much' : 'cr-inset';
    return element('span', { class: size, tabindex: 0 }, set(show(text)));
  };
  const speak = (phrase: Phrase) =>
    phrase.map((one) => (one.kind === 'words' ? visible(one.text) : spell(one.text))).join('');
  return {
    language,
    prefix,
    formulas,
    set,
    setLarge: (latex) => set(`\\displaystyle ${placeBreaks(latex)}`),
    show,
    say: (phrase) => writeSentence(phrase, { write: setWithin, isShort }),
    sayFlat: (phrase) => writeSentence(phrase, { write: (text) => set(show(text)), isShort }),
    speak,
    spell,
    widthOf: width,
  };
}
