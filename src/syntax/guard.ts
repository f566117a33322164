/** What both notations refuse before any parser sees the text, in one linear pass each. */

import { fail } from '../problem.ts';

/** Longest text and longest LaTeX that are read, in code units. */
export const longestText = 2_000_000;
export const longestLatex = 100_000;

/** Deepest nesting of brackets that is read in text, which is read in slices. */
export const deepestBrackets = 20_000;

/** Deepest nesting of groups that is read in LaTeX; KaTeX's parser recurses once or more per level. */
export const deepestNesting = 200;

/** Refuses blank and oversized sources, control characters and lone surrogates. */
export function guardSource(source: string, longest: number): void {
  if (source.length > longest) {
    fail({
      code: 'source-too-long',
      message: `the source has ${source.length} characters, at most ${longest} are read`,
      source: source.slice(0, 200),
      span: { start: 0, end: 1 },
      hint: 'split it into several expressions or files',
    });
  }
  if (source.trim() === '') {
    fail({
      code: 'empty-source',
      message: 'there is no expression here',
      span: { start: 0, end: 1 },
      hint: 'write an expression such as sin(x^2)',
    });
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/.exec(source);
  if (control !== null) refuseCharacter(source, control.index, 'a control character');
  const surrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(source);
  if (surrogate !== null) refuseCharacter(source, surrogate.index, 'half of a character (a lone surrogate)');
}

/** Ends with the message that the character at `at` can't be read. */
export function refuseCharacter(source: string, at: number, what: string): never {
  const code = source.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return fail({
    code: 'invalid-character',
    message: `${what}, U+${code}, can't be read`,
    span: { start: at, end: at + 1 },
    hint: 'remove this character',
  });
}
