/** What the typeface of a letter says where nothing else does: a bold small letter is a vector, a bold capital a matrix. */

import type { Usage } from '../usage.ts';
import type { Evidence } from './evidence.ts';

/**
 * The axes of each name, those in `declared` and those that the typeface tells. A bold small letter with an index everywhere
 * is a family of vectors; a bold capital is a matrix where it stands without an index somewhere.
 */
export function withTypefaces(
  declared: ReadonlyMap<string, number>,
  evidence: Evidence,
  usage: ReadonlyMap<string, Usage>,
): ReadonlyMap<string, number> {
  const axes = new Map(declared);
  const { boldIndices, bold, plain, tellsAlphabets } = evidence;
  for (const [letter, count] of boldIndices) {
    // Where both alphabets stand by themselves, the plain letter is another name.
    const areTwo = tellsAlphabets && bold.has(letter) && plain.has(letter);
    const name = areTwo || usage.has(`${letter}_bold`) ? `${letter}_bold` : letter;
    const use = usage.get(name);
    if (letter === '1' || use === undefined || use.applied || axes.has(name)) continue;
    const told = isCapital(letter) ? matrixAxes(use) : Math.min(count, use.subscripts) + 1;
    if (told !== undefined) axes.set(name, Math.max(told, use.subscripts));
  }
  return axes;
}

function isCapital(letter: string): boolean {
  return letter !== letter.toLowerCase();
}

function matrixAxes({ bare, subscripts }: Usage): number | undefined {
  return bare === undefined || subscripts === 1 ? undefined : 2;
}
