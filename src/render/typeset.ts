/** LaTeX as HTML and MathML by KaTeX's renderer, called directly: the only file of this folder that knows KaTeX. */

import katex from 'katex';
import { nameBothWays } from './katex-classes.ts';
import { type Mark, replaceMarks, withoutMarks } from './marks.ts';
import { element, escapeHtml } from './markup.ts';

/**
 * The colours by which marked parts are told apart in the markup. They are names rather than looks: the style sheet
 * finds them in KaTeX's style attributes and puts the colours of the page's scheme in their place.
 */
export const markColors: Readonly<Record<Mark, string>> = { come: '#1b5a8f', gone: '#8f4a12', both: '#1b5a90' };

/** A longer formula is shown as its source: nobody reads it, and its markup is sixty times as long. */
const longestTypeset = 20_000;
/** So is what comes after this many letters of LaTeX in one fragment, which are some ten megabytes of markup. */
const mostTypeset = 250_000;

/** A formula as markup, its marks as colours. Total: what KaTeX refuses is shown as its source. */
type Typeset = (latex: string) => string;

/** A typesetter for one fragment. */
export function createTypeset(): Typeset {
  let letters = 0;
  return (latex) => {
    letters += latex.length;
    return latex.length > longestTypeset || letters > mostTypeset ? sourceText(latex) : typeset(latex);
  };
}

function typeset(latex: string): string {
  const open = (mark: Mark) => `\\textcolor{${markColors[mark]}}{`;
  try {
    const html = katex.renderToString(
      replaceMarks(latex, { come: open('come'), gone: open('gone'), both: open('both') }, '}'),
      {
        output: 'htmlAndMathml',
        strict: 'error',
        trust: false,
        maxSize: 20,
        maxExpand: 10_000,
        throwOnError: true,
      },
    );
    return nameBothWays(html);
  } catch {
    return sourceText(latex);
  }
}

function sourceText(latex: string): string {
  return element('code', { class: 'cr-raw' }, escapeHtml(withoutMarks(latex)));
}
