/** Bars around members of families of vectors, |\mathbf r_i - \mathbf r_j|: the typeface says that they are a length. */

import { callNode, isBetweenBars, locate, type MathNode, spanOf, view } from '../syntax/node.ts';
import { holdsPart, mapParts } from '../syntax/walk.ts';
import { flattenElement, nameOf } from './usage.ts';

/** `node` with norms for such bars; `axes` are those that are declared or told by the typeface. Bars around whole vectors are left. */
export function withNorms(node: MathNode, axes: ReadonlyMap<string, number>): MathNode {
  return holdsPart(node, isBetweenBars) ? normsIn(node, axes) : node;
}

function normsIn(node: MathNode, axes: ReadonlyMap<string, number>): MathNode {
  const seen = view(node);
  const [inner] = seen.kind === 'call' && isBetweenBars(node) ? seen.args : [];
  if (inner !== undefined && isVector(inner, axes) && holdsMember(inner))
    return locate(callNode('norm', [inner]), spanOf(node));
  return mapParts(node, (part) => normsIn(part, axes));
}

/** Whether a tree is a name or a member that has one axis left, or a sum of such. */
function isVector(node: MathNode, axes: ReadonlyMap<string, number>): boolean {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return isVector(seen.content, axes);
  if (seen.kind === 'operator') return '+-'.includes(seen.operator) && seen.args.every((arg) => isVector(arg, axes));
  const { base, indices } = flattenElement(node);
  return (axes.get(nameOf(base) ?? '') ?? 0) - indices.length === 1;
}

function holdsMember(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return holdsMember(seen.content);
  return seen.kind === 'operator' ? seen.args.some(holdsMember) : seen.kind === 'element';
}
