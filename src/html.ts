/** What needs KaTeX's renderer: the package entry `chainrule/html`. */

export { type HtmlOptions, toHtml } from './render/html.ts';
export { htmlStyles } from './render/html-styles.ts';
