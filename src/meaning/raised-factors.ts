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
import { holdsPart, mapParts } from '../syntax/walk.ts';

/** What stands behind a factor and belongs to it alone. */
export const behindFactors: ReadonlySet<string> = new Set(['^', '.^', "'", '!']);

/** `node` with each call by a quantity under a power as the product that it is; the power belongs to the bracket. */
export function raiseFactors(node: MathNode, isQuantity: (name: string) => boolean): MathNode {
  return holdsPart(node, (part) => raisedFactor(part, isQuantity) !== undefined) ? raiseAll(node, isQuantity) : node;
}

function raiseAll(node: MathNode, isQuantity: (name: string) => boolean): MathNode {
  const product = raisedFactor(node, isQuantity);
  return mapParts(product ?? node, (part) => raiseAll(part, isQuantity));
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

/**
 * `node` with the matrix of a quadratic form as a factor: in (y - X b)'W(y - X b) the W stands between a row and a column, where a
 * function of a vector has no place. A capital before a sum in brackets, behind a transpose.
 */
export function matricesBehindRows(node: MathNode, isFunction: (name: string) => boolean): MathNode {
  return holdsPart(node, (part) => matrixBehindRow(part, isFunction) !== undefined)
    ? allBehindRows(node, isFunction)
    : node;
}

function allBehindRows(node: MathNode, isFunction: (name: string) => boolean): MathNode {
  const factors = matrixBehindRow(node, isFunction);
  if (factors === undefined) return mapParts(node, (part) => allBehindRows(part, isFunction));
  const [row, matrix, column] = factors.map((part) => allBehindRows(part, isFunction)) as [
    MathNode,
    MathNode,
    MathNode,
  ];
  return locate(implicitProductNode(locate(implicitProductNode(row, matrix), spanOf(node)), column), spanOf(node));
}

/** The row, the matrix and the column of such a product. */
function matrixBehindRow(
  node: MathNode,
  isFunction: (name: string) => boolean,
): readonly [MathNode, MathNode, MathNode] | undefined {
  const seen = view(node);
  const [left, right] = seen.kind === 'operator' && seen.operator === '*' && seen.implicit ? seen.args : [];
  if (left === undefined || right === undefined || !endsInRow(left)) return undefined;
  const product = asFactors(right, isFunction);
  return product === undefined ? undefined : [left, ...product];
}

/** Whether the last factor of a product is transposed, by a prime or a T. */
function endsInRow(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind !== 'operator') return false;
  if (seen.operator === '*') return endsInRow(seen.args.at(-1) as MathNode);
  const above = seen.operator === '^' ? view(seen.args[1] as MathNode) : undefined;
  return seen.operator === "'" || (above?.kind === 'symbol' && above.name === 'T');
}

/** W and the bracket behind it, where that holds a sum. */
function asFactors(node: MathNode, isFunction: (name: string) => boolean): [MathNode, MathNode] | undefined {
  const seen = view(node);
  const [argument, second] = seen.kind === 'call' ? seen.args : [];
  if (seen.kind !== 'call' || argument === undefined || second !== undefined) return undefined;
  const sum = view(argument);
  const isSum = sum.kind === 'operator' && '+-'.includes(sum.operator) && sum.args.length > 1;
  if (!/^\p{Lu}\d*$/u.test(seen.name) || !isSum || isFunction(seen.name)) return undefined;
  return [locate(symbolNode(seen.name), spanOf(node)), locate(parenthesisNode(argument), spanOf(argument))];
}
