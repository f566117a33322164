/** A quantity before a bracket with a power, a (x + 1)^2 in text, where the parser saw the power of a call. */

import {
  implicitProductNode,
  locate,
  type MathNode,
  type Operator,
  operatorNode,
  parenthesisNode,
  spanOf,
  symbolNode,
  view,
} from '../syntax/node.ts';
import { mapParts } from '../syntax/walk.ts';

/** What stands behind a factor and belongs to it alone. */
export const behindFactors: ReadonlySet<string> = new Set(['^', '.^', "'", '!']);

/** `node` with each call by a quantity under a power as the product that it is; the power belongs to the bracket. */
export function raiseFactors(node: MathNode, isQuantity: (name: string) => boolean): MathNode {
  const product = raisedFactor(node, isQuantity);
  return mapParts(product ?? node, (part) => raiseFactors(part, isQuantity));
}

/** a(x + 1)^2 as a (x + 1)^2; undefined for everything else. */
export function raisedFactor(node: MathNode, isQuantity: (name: string) => boolean): MathNode | undefined {
  const seen = view(node);
  if (seen.kind !== 'operator' || !behindFactors.has(seen.operator)) return undefined;
  const [applied, ...rest] = seen.args as [MathNode, ...MathNode[]];
  const call = view(applied);
  const [argument, second] = call.kind === 'call' ? call.args : [];
  if (call.kind !== 'call' || argument === undefined || second !== undefined || !isQuantity(call.name))
    return undefined;
  const name = locate(symbolNode(call.name), spanOf(applied));
  const bracket = locate(parenthesisNode(argument), spanOf(argument));
  return locate(
    implicitProductNode(name, locate(operatorNode(seen.operator as Operator, bracket, ...rest), spanOf(node))),
    spanOf(node),
  );
}
