/** The formulas that an author wrote into a note, as HTML: forgiving where KaTeX is, and never active. */

import katex from 'katex';
import { complaintOf, customary } from '../syntax/katex-tree.ts';
import { prepareLatex } from '../syntax/latex-prepare.ts';
import { element, escapeHtml } from './markup.ts';

/** A formula as markup, and KaTeX's complaint where it could not be set. */
interface AuthorFormula {
  readonly html: string;
  readonly complaint?: string;
}

/** Longest formula that is set; typesetting takes some hundred times the memory of its source. */
const longestSet = 20_000;

const settings = { trust: false, strict: 'ignore', maxExpand: 1000, maxSize: 50, throwOnError: true } as const;

/**
 * Sets `tex`. What KaTeX lacks but can be written otherwise (`eqnarray`, `\label`) is replaced first; what it can't set
 * at all stands as its source, with the complaint.
 */
export function setAuthorFormula(tex: string, display: boolean): AuthorFormula {
  if (tex.length > longestSet) return { html: asSource(tex), complaint: 'this formula is too long to be set' };
  try {
    return { html: katex.renderToString(tex, { ...settings, macros: { ...customary }, displayMode: display }) };
  } catch (first) {
    try {
      return {
        html: katex.renderToString(prepareLatex(tex).text, {
          ...settings,
          macros: { ...customary },
          displayMode: display,
        }),
      };
    } catch {
      return { html: asSource(tex), complaint: sentenceOf(first) };
    }
  }
}

function sentenceOf(error: unknown): string {
  const said = complaintOf(error) ?? 'its groups are nested too deep';
  return `this formula can't be set: ${said.charAt(0).toLowerCase()}${said.slice(1)}`;
}

function asSource(tex: string): string {
  return element('code', { class: 'cr-unset' }, escapeHtml(tex));
}

/** The customary commands as definitions for a LaTeX preamble, with those that KaTeX has and amsmath lacks. */
export function customaryDefinitions(): string {
  const known = { ...customary, ...ofKatex };
  return Object.entries(known)
    .map(([name, body]) => `\\providecommand{${name}}{${body}}`)
    .join('\n');
}

const ofKatex: Readonly<Record<string, string>> = {
  '\\argmax': '\\operatorname*{arg\\,max}',
  '\\argmin': '\\operatorname*{arg\\,min}',
  '\\R': '\\mathbb{R}',
  '\\Reals': '\\mathbb{R}',
  '\\N': '\\mathbb{N}',
  '\\Z': '\\mathbb{Z}',
  '\\bold': '\\mathbf',
};
