/** What stands for a number by itself. */

import { namesIn } from '../meaning/known-names.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';

/** A number: nothing in it has a name. */
export function isClosed(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'call' && partsOf(node).length === 0) return false;
  return [...namesIn(node)].every((name) => name === 'pi' || name === 'e');
}
