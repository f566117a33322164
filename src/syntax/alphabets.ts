/** Letters of the alphabets that Unicode has for mathematics, and what they are read as. */

/** Letters outside of the block of mathematical letters: set as quantities are, calligraphic, with double strokes. */
const letterlike = {
  italic: 'ℎh ℯe ℊg ℴo ⅇe ⅆd ⅈi ⅉj',
  cal: 'ℒL ℰE ℱF ℋH ℐI ℳM ℛR ℬB',
  bb: 'ℂC ℍH ℕN ℙP ℚQ ℝR ℤZ',
} as const;

type Alphabet = 'italic' | 'bold' | 'cal' | 'bb';

/** Where the alphabets begin in the block, Latin ones of 52 letters and Greek ones of 58. */
const latin: Readonly<Record<Alphabet, readonly number[]>> = {
  italic: [0x1d434, 0x1d5a0, 0x1d608, 0x1d670],
  bold: [0x1d400, 0x1d468, 0x1d5d4, 0x1d63c],
  cal: [0x1d49c, 0x1d4d0],
  bb: [0x1d538],
};
const greek: Readonly<Record<Alphabet, readonly number[]>> = {
  italic: [0x1d6e2],
  bold: [0x1d6a8, 0x1d71c, 0x1d756, 0x1d790],
  cal: [],
  bb: [],
};

const commands: Readonly<Record<Exclude<Alphabet, 'italic'>, string>> = {
  bold: '\\mathbf',
  cal: '\\mathcal',
  bb: '\\mathbb',
};

/** A character of one of the alphabets: the plain letter, and which alphabet it is. */
function takeApart(character: string): { readonly letter: string; readonly alphabet: Alphabet } | undefined {
  const code = character.codePointAt(0) as number;
  for (const alphabet of ['italic', 'cal', 'bb'] as const) {
    const pair = letterlike[alphabet].split(' ').find((one) => one.startsWith(character));
    if (pair !== undefined) return { letter: pair.charAt(1), alphabet };
  }
  if (code < 0x1d400 || code > 0x1d7ff) return undefined;
  const letter = character.normalize('NFKC');
  // A bold or double 1 is the vector of ones, and no number.
  if (/\d/.test(letter)) return letter === '1' && code < 0x1d7e2 ? undefined : { letter, alphabet: 'italic' };
  for (const alphabet of ['italic', 'bold', 'cal', 'bb'] as const) {
    const isIts = (first: number, count: number) => code >= first && code < first + count;
    if (latin[alphabet].some((first) => isIts(first, 52)) || greek[alphabet].some((first) => isIts(first, 58)))
      return { letter, alphabet };
  }
  return undefined;
}

/** Letters that stand by themselves in `source`. */
export function loneLetters(source: string): ReadonlySet<string> {
  return new Set(source.match(/(?<![A-Za-z])\p{L}(?![A-Za-z])/gu) ?? []);
}

/**
 * What `character` is read as; undefined where it is of no alphabet. In text it is a name of its own only where the plain
 * letter, one of `beside`, stands in the source too.
 */
export function letterOf(
  character: string,
  syntax: 'text' | 'latex',
  beside: () => ReadonlySet<string>,
): string | undefined {
  const found = takeApart(character);
  if (found === undefined || found.alphabet === 'italic') return found?.letter;
  const { letter, alphabet } = found;
  if (syntax === 'latex') return `${commands[alphabet]}{${letter}}`;
  return beside().has(letter) ? `${letter}_${alphabet}` : letter;
}
