/** Typst as a language for notes. */

import { typstOf } from '../render/formula-typst.ts';
import { formulaOptions } from '../render/rows.ts';
import { toTypst } from '../render/typst.ts';
import { typstText } from '../render/typst-text.ts';
import type { PrintedLanguage } from './printed.ts';
import { typstDialect } from './typst-dialect.ts';

export const typstLanguage: PrintedLanguage = {
  dialect: typstDialect,
  derivation: (result, options) => ({ text: toTypst(result, options), result }),
  figure: (svg) => `#align(center, image(bytes(${stringOf(svg)}), format: "svg", width: 100%))`,
  sentence: (phrase, result, lang) =>
    phrase
      .map(({ kind, text }) =>
        kind === 'words' ? typstText(text) : `$${typstOf(text, formulaOptions(result, lang)).trim()}$`,
      )
      .join(''),
  formula: (text, result, lang) => `$display(${typstOf(text, formulaOptions(result, lang)).trim()})$`,
};

/** A text that we made ourselves, as a string. */
function stringOf(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
