/** What goes wrong when people write a derivative down: one slip at a time, as text. */

const without = (text: string, at: number, length: number, instead = ''): string =>
  text.slice(0, at) + instead + text.slice(at + length);

const each =
  (pattern: RegExp, instead: (match: RegExpMatchArray) => string) =>
  (text: string): string[] =>
    [...text.matchAll(pattern)].map((match) => without(text, match.index as number, match[0].length, instead(match)));

const slips: readonly ((text: string) => string[])[] = [
  each(/(?<![\w.^])2\*/g, () => ''),
  each(/(?<=[\w)])'(?![\w(^])/g, () => ''),
  each(/ \+ /g, () => ' - '),
  each(/ - /g, () => ' + '),
  each(/\.?\^\d/g, () => ''),
  each(/\binv(?=\()/g, () => ''),
];

/** All texts that are one slip away from `text`; with `whole` also the sign and a factor of all of it. */
export function slipsOf(text: string, whole: boolean): string[] {
  const found = slips.flatMap((slip) => slip(text));
  return [...new Set(whole ? [...found, `-(${text})`, `2*(${text})`] : found)].filter((wrong) => wrong !== text);
}
