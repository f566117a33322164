/** The style sheets of a page: KaTeX's with the fonts that the page uses, ours, and those of ordinary Markdown. */

import { pageStyles, preloads } from '../render/html-page.ts';
import { htmlStyles } from '../render/html-styles.ts';

/** The styles of a page of its own, and those of a fragment that stands in a page of somebody else. */
export interface Styles {
  readonly page: string;
  readonly fragment: string;
  /** Links that have the fonts read before anything is painted. */
  readonly preloads: string;
}

/** The styles of a page; `katex` is KaTeX's style sheet, with the fonts that the page needs in it. */
export function stylesFor(katex: string): Styles {
  const fragment = [htmlStyles, katex].join('\n').replaceAll('</', '<\\/');
  return { page: [pageStyles, noteStyles, fragment].join('\n'), fragment, preloads: preloads([katex]).join('\n') };
}

/** Ordinary Markdown: tables, code, quotes, notes. */
const noteStyles = `
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; margin: 1.6em 0 0.6em }
h1 { font-size: 1.75rem; margin-top: 0.4em }
h2 { font-size: 1.3rem }
h3 { font-size: 1.1rem }
a { color: LinkText }
img { max-width: 100%; height: auto }
main .katex { font-size: 1.1em }
pre { overflow-x: auto; padding: 0.7em 0.9em; background: color-mix(in srgb, currentcolor 6%, transparent); border-radius: 0.25em }
code { font-family: ui-monospace, "SFMono-Regular", Menlo, Consolas, monospace; font-size: 0.88em }
table { border-collapse: collapse; display: block; overflow-x: auto; margin: 1em 0 }
th, td { border-bottom: 1px solid color-mix(in srgb, currentcolor 25%, transparent); padding: 0.3em 0.9em 0.3em 0; text-align: left }
[align="right"] { text-align: right }
[align="center"] { text-align: center }
blockquote { margin: 1em 0; padding-left: 1em; border-left: 0.2em solid color-mix(in srgb, currentcolor 25%, transparent) }
hr { border: 0; border-top: 1px solid color-mix(in srgb, currentcolor 25%, transparent); margin: 2em 0 }
.cr-display { display: block; overflow: auto hidden; margin: 1em 0; padding: 0.15em 0 }
.cr-display > .katex-display { margin: 0 }
.sr-only { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
.footnotes { font-size: 0.9em; border-top: 1px solid color-mix(in srgb, currentcolor 25%, transparent); margin-top: 2.5em }
.cr-figure { margin: 1.5em 0; overflow-x: auto }
.cr-refused { border-left: 0.2em solid #a3292b; padding-left: 1em }
@media print { pre { white-space: pre-wrap } }
`;
