/** The layout of derivatives by vectors: ours is the denominator's, other texts have the numerator's, its transpose. */

import { callNode, locate, type MathNode, operatorNode, spanOf, view } from '../syntax/node.ts';
import { mapParts } from '../syntax/walk.ts';
import type { Claim } from './claim.ts';

/** Both sides with every row that is differentiated as a column: the derivative of x'A by x is that of A'x. */
export function withColumns({ left, right }: Pick<Claim, 'left' | 'right'>): readonly [MathNode, MathNode] {
  const turn = (node: MathNode): MathNode => {
    const seen = view(node);
    if (seen.kind !== 'call' || seen.name !== 'd' || seen.args.length !== 2) return mapParts(node, turn);
    const [of, by] = seen.args as [MathNode, MathNode];
    return locate(callNode('d', [operatorNode("'", of), by]), spanOf(node));
  };
  return [turn(left), turn(right)];
}

/** Both sides with every derivative transposed; undefined where there is none. */
export function inNumeratorLayout({ left, right }: Claim): readonly [MathNode, MathNode] | undefined {
  let count = 0;
  const turn = (node: MathNode): MathNode => {
    const seen = view(node);
    if (seen.kind !== 'call' || seen.name !== 'd' || seen.args.length !== 2) return mapParts(node, turn);
    count++;
    return locate(operatorNode("'", callNode('d', [...seen.args])), spanOf(node));
  };
  const sides = [turn(left), turn(right)] as const;
  return count === 0 ? undefined : sides;
}
