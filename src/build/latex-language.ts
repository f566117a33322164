/** LaTeX as a language for notes. */

import { toLatex } from '../printed/library.ts';
import { latexPage } from '../render/latex-page.ts';
import { latexText } from '../render/latex-text.ts';
import { latexDialect } from './latex-dialect.ts';
import type { PrintedLanguage } from './printed.ts';

/** Letters in a line of the template, roughly. */
const lineWidth = 90;

export const latexLanguage: PrintedLanguage = {
  dialect: latexDialect,
  derivation: (result, options) => toLatex(result, { ...options, width: lineWidth }),
  // LaTeX takes no SVG; that there is no figure is said where it is asked for.
  figure: () => '',
  sentence: (phrase, result, lang) => latexPage(result, lang, latexText).say(phrase),
  formula: (text, result, lang) => `$\\displaystyle ${latexPage(result, lang, latexText).show(text)}$`,
};
