/** `--format html`: the bundle with KaTeX's renderer, style sheet and fonts. */

import type { Result } from '../derivation/derivation.ts';
import { type HtmlOptions, htmlTitle, toHtml } from '../render/html.ts';
import { htmlPage } from '../render/html-page.ts';
import { htmlStyles } from '../render/html-styles.ts';
import { stylesFor } from './katex-assets.ts';

/** A whole page for `result`, in one file. */
export function printPage(result: Result, options: HtmlOptions): string {
  const body = toHtml(result, options);
  const { lang = 'en' } = options;
  return htmlPage({ title: htmlTitle(result, lang), lang, body, styles: [stylesFor(body), htmlStyles] });
}
