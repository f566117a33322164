/** A whole page around fragments: one file that needs no network and no script. */

import type { Language } from '../options.ts';
import { element, elementOf, escapeHtml } from './markup.ts';

interface HtmlPageOptions {
  readonly title: string;
  readonly lang: Language;
  /** Markup, safe already. */
  readonly body: string;
  /** Style sheets: KaTeX's own, `htmlStyles`, and what else the body needs. No text from outside. */
  readonly styles: readonly string[];
}

/** What nothing on the page may do: load, run, frame or send anything. Fonts stand in the style sheet. */
export const policy =
  "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; base-uri 'none'; form-action 'none'";

/** The page as a document. Total. */
export function htmlPage({ title, lang, body, styles }: HtmlPageOptions): string {
  const head = [
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">`,
    // A list's columns are as wide as its widest row: nothing is painted before all rows are read, so that nothing shifts.
    '<link rel="expect" href="#end" blocking="render">',
    ...preloads(styles),
    element('title', {}, escapeHtml(title)),
    ...[pageStyles, ...styles].map((style) => elementOf('style', {}, style.replaceAll('</', '<\\/'))),
  ];
  const main = `${element('main', {}, body)}\n<div id="end"></div>`;
  return `<!doctype html>\n${element('html', { lang }, `\n${element('head', {}, `\n${head.join('\n')}\n`)}\n`, element('body', {}, `\n${main}\n`), '\n')}\n`;
}

/**
 * Links that have the fonts of the style sheets read before anything is painted; otherwise the browser first lays the
 * formulas out in another font, and they move when theirs is there. The page grows by as much as its fonts.
 */
export function preloads(styles: readonly string[]): string[] {
  const addresses = styles.flatMap((style) => [...style.matchAll(/url\((data:font\/woff2;base64,[\w+/=]+)\)/g)]);
  return addresses.map((match) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="${match[1]}">`);
}

/** A page in the fonts of the reader's system, as wide as a column of a book. */
export const pageStyles = `
:root { color-scheme: light dark }
body {
  margin: 0;
  font-family: Charter, "Bitstream Charter", "Iowan Old Style", "Palatino Linotype", Georgia, "Noto Serif", "DejaVu Serif",
    serif;
  font-size: 1.0625rem;
  line-height: 1.55;
  color: #1b1d20;
  background: #fff;
}
body:lang(ja) {
  font-family: Charter, "Bitstream Charter", "Iowan Old Style", Georgia, "Hiragino Mincho ProN", "Yu Mincho",
    "Noto Serif CJK JP", "IPAexMincho", serif;
}
main { max-width: 47rem; margin: 0 auto; padding: 2rem 1.25rem 4rem }
@media (prefers-color-scheme: dark) { body { color: #dfe1e5; background: #16181b } }
@media print { body { color: #000; background: #fff; font-size: 10.5pt } main { max-width: none; padding: 0 } }
`;
