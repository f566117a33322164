/** Sums of terms that may begin with a minus. */

import { constantNode, type MathNode, operatorNode, view } from './node.ts';

/** What stands behind a leading minus; undefined where there is none. */
function withoutSign(node: MathNode): MathNode | undefined {
  const seen = view(node);
  if (seen.kind !== 'operator') return undefined;
  if (seen.operator === '-' && seen.args.length === 1) return seen.args[0];
  if (seen.operator !== '*' && seen.operator !== '/') return undefined;
  const [first, ...others] = seen.args as [MathNode, ...MathNode[]];
  const inner = withoutSign(first);
  return inner === undefined ? undefined : operatorNode(seen.operator, inner, ...others);
}

/** The sum of terms in their order, with a minus between them where a term begins with one; 0 for none. */
export function sumNode(nodes: readonly MathNode[]): MathNode {
  const [first, ...others] = nodes;
  if (first === undefined) return constantNode('0');
  return others.reduce((sum, node) => {
    const positive = withoutSign(node);
    return positive === undefined ? operatorNode('+', sum, node) : operatorNode('-', sum, positive);
  }, first);
}
