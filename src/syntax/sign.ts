/** The sign of a term in a sum. */

import { type MathNode, operatorNode, view } from './node.ts';

/** What stands behind a leading minus; undefined where there is none. */
export function withoutSign(node: MathNode): MathNode | undefined {
  const seen = view(node);
  if (seen.kind !== 'operator') return undefined;
  if (seen.operator === '-' && seen.args.length === 1) return seen.args[0];
  if (seen.operator !== '*' && seen.operator !== '/') return undefined;
  const [first, ...others] = seen.args as [MathNode, ...MathNode[]];
  const inner = withoutSign(first);
  return inner === undefined ? undefined : operatorNode(seen.operator, inner, ...others);
}
