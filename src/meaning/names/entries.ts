/** Links between a letter and its entries: a_{ij} is entry i, j of A, and x_i entry i of a bold x. */

import { smallLetter } from '../../syntax/letters.ts';
import { elementNode, locate, type MathNode, spanOf, symbolNode, view } from '../../syntax/node.ts';
import { mapParts } from '../../syntax/walk.ts';
import { flattenElement } from '../usage.ts';
import type { Evidence } from './evidence.ts';

/**
 * `node` with each element of a small letter as the entry of the matrix or vector that it may belong to; the same node where there
 * is none such. `axes` are those that are declared.
 */
export function asEntries(node: MathNode, evidence: Evidence, axes: ReadonlyMap<string, number>): MathNode {
  const visit = (part: MathNode): MathNode => {
    const seen = view(part);
    if (seen.kind !== 'element') return mapParts(part, visit);
    const { base, indices } = flattenElement(part);
    const name = view(base);
    const whole = name.kind === 'symbol' ? wholeOf(name.name, indices.length, evidence, axes) : undefined;
    if (whole === undefined) return part;
    return locate(elementNode(locate(symbolNode(whole), spanOf(base)), [...indices]), spanOf(part));
  };
  return visit(node);
}

/** The name of what has entries with so many indices: `A` for a with two, `x_bold` for x with one. */
function wholeOf(
  letter: string,
  indices: number,
  evidence: Evidence,
  axes: ReadonlyMap<string, number>,
): string | undefined {
  if (!smallLetter.test(letter)) return undefined;
  const candidate = indices === 2 ? letter.toUpperCase() : indices === 1 ? letter : undefined;
  if (candidate === undefined) return undefined;
  const { bold, plain, tellsAlphabets } = evidence;
  const spelled = tellsAlphabets && bold.has(candidate) && plain.has(candidate) ? `${candidate}_bold` : candidate;
  const isWhole = axes.get(spelled) === indices || bold.has(candidate);
  return isWhole && spelled !== letter ? spelled : undefined;
}
