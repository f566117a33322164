/** Text made harmless for Typst: nothing that comes from outside may act as markup or code. */

/** What opens markup, code, comments, labels, links or smart punctuation. */
const active = /[\\#*_`$<>@=\-+/~'"[\]]/g;

/** Characters that the text of a document can hold; others appear by their number, as U+0007. */
const speakable =
  /[\x20-\x7e\u00a0-\u024f\u0370-\u03ff\u1e00-\u1eff\u2010-\u27bf\u3000-\u30ff\u4e00-\u9fff\uac00-\ud7af\uff00-\uff60]/u;

/** `text` for markup. A line that begins with a number and a point would be an item of a list. */
export function typstText(text: string): string {
  return visible(text)
    .replace(active, '\\$&')
    .replace(/^(\d+)\./, '$1\\.');
}

/** `text` as a string, which is upright text in math mode. */
export function typstString(text: string): string {
  return `"${visible(text).replace(/["\\]/g, '\\$&')}"`;
}

function visible(text: string): string {
  return [...text.normalize('NFC')].map((one) => (speakable.test(one) ? one : codePoint(one))).join('');
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}`;
}
