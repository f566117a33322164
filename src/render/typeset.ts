/** LaTeX as HTML and MathML by KaTeX's renderer, called directly: the only file of this folder that knows KaTeX. */

import katex from 'katex';
import { element, escapeHtml } from './markup.ts';

/** Sets a formula. Total: what KaTeX refuses is shown as its source. */
export type Typeset = (latex: string) => string;

/** A longer formula is shown as its source: nobody reads it, and typesetting takes a hundred times its size. */
const longestTypeset = 20_000;

/** A typesetter that remembers what it has set. */
export function createTypeset(): Typeset {
  const known = new Map<string, string>();
  return (latex) => {
    const before = known.get(latex);
    if (before !== undefined) return before;
    const html = typesetOnce(latex);
    known.set(latex, html);
    return html;
  };
}

function typesetOnce(latex: string): string {
  if (latex.length > longestTypeset) return sourceText(latex);
  try {
    return katex.renderToString(latex, {
      output: 'htmlAndMathml',
      strict: 'error',
      trust: false,
      maxSize: 20,
      maxExpand: 10_000,
      throwOnError: true,
    });
  } catch {
    return sourceText(latex);
  }
}

function sourceText(latex: string): string {
  return element('code', { class: 'chainrule-raw' }, escapeHtml(latex));
}
