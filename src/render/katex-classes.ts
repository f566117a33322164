/** The classes in KaTeX's markup under both of their names, so that it is right under the style sheet of any KaTeX. */

/** What KaTeX 0.18 renamed, by the older names; the newer ones begin with `katex-`. */
const renamed =
  'newline base strut vbox thinbox overline underline hline hdashline rule smash inner fix root sizing accent overlay stretchy sout tag';

const renamedClass = new RegExp(`(?<=[" ])(?:katex-)?(${renamed.replaceAll(' ', '|')})(?=[" ])`, 'g');

/**
 * `html`, as some KaTeX from 0.16 on made it, with the older and the newer name of each class. A site's KaTeX style sheet
 * is the author's choice and not always of the version that made the formulas.
 */
export function nameBothWays(html: string): string {
  return html.replace(/ class="[^"]*"/g, (attribute) => attribute.replace(renamedClass, '$1 katex-$1'));
}
