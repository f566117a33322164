/** LaTeX as a language for notes. */

import { latexPage as printLatexPage } from '../printed/pages.ts';
import { latexPage } from '../render/latex-page.ts';
import { latexText } from '../render/latex-text.ts';
import { scanSource } from '../syntax/read.ts';
import { latexDialect } from './latex-dialect.ts';
import type { PrintedLanguage } from './printed.ts';

/** Letters in a line of the template, roughly. */
const lineWidth = 90;

export const latexLanguage: PrintedLanguage = {
  dialect: latexDialect,
  derivation: (result, options) => printLatexPage(result, { ...options, width: lineWidth }, scanSource),
  // LaTeX takes no SVG; that there is no figure is said where it is asked for.
  figure: () => '',
  sentence: (phrase, result, lang) => latexPage(result, lang, latexText).say(phrase),
  formula: (text, result, lang) => `$\\displaystyle ${latexPage(result, lang, latexText).show(text)}$`,
};
