/**
 * What the typeface of a letter says where nothing else does: a bold small letter is a vector, as is
 * any letter under an arrow, a bold capital a matrix, but for the fields of physics.
 */

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
    // Beside a cross product of fields all bold capitals are fields.
    const isMatrix = isCapital(letter) && !evidence.arrows.has(letter) && evidence.crossed.size === 0;
    const told = isMatrix ? matrixAxes(use) : Math.min(count, use.subscripts) + 1;
    if (told !== undefined) axes.set(name, Math.max(told, use.subscripts));
  }
  for (const name of evidence.boldLabels) {
    const use = usage.get(name);
    if (use?.bare === undefined || use.applied || axes.has(name)) continue;
    axes.set(name, isCapital(name) && !evidence.arrows.has(name.replace(/_[^_]*$/, '')) ? 2 : 1);
  }
  return axes;
}

function isCapital(letter: string): boolean {
  return letter.charAt(0) !== letter.charAt(0).toLowerCase();
}

function matrixAxes({ bare, subscripts }: Usage): number | undefined {
  return bare === undefined || subscripts === 1 ? undefined : 2;
}
