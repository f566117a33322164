/** Text made harmless for LaTeX: nothing that comes from outside may act as a command. */

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '—': '---',
};

/** Scripts that text mode can hold with a fitting font; the sign ✓ and the like are left to the caller. */
const speakable =
  /[\x20-\x7e\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f\u3000-\u30ff\u4e00-\u9fff\uff00-\uff60\uac00-\ud7af]/u;

/** `text` for text mode. Characters without a known meaning there appear by their number, as U+1F600. */
export function latexText(text: string): string {
  return [...text.normalize('NFC')]
    .map((character) => escapes[character] ?? (speakable.test(character) ? character : codePoint(character)))
    .join('');
}

function codePoint(character: string): string {
  const digits = (character.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0');
  return `U+${digits}`;
}

/** A name of several letters for math mode, upright. */
export function latexWord(text: string): string {
  if (/^[A-Za-z0-9]+$/.test(text)) return `\\mathrm{${text}}`;
  return `\\text{${latexText(text)}}`;
}

/** The name of a function in several letters, upright and with the spacing of sin. */
export function latexOperator(text: string): string {
  return /^[A-Za-z0-9]+$/.test(text) ? `\\operatorname{${text}}` : latexWord(text);
}
