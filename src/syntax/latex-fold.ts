/** Sums and products as trees: two by two as in text while they are short, one wide node when they are long. */

import type { Span } from '../problem.ts';
import {
  dotted,
  implicitProductNode,
  locate,
  type MathNode,
  type Operator,
  operatorNode,
  spanAcross,
  timesNode,
} from './node.ts';

/** Above this many parts a sum or product becomes one node, so that no tree is deep. */
const longestSpine = 100;

export interface Summand {
  readonly isNegative: boolean;
  readonly node: MathNode;
}

/** The sum of `summands`. */
export function foldSum(summands: readonly Summand[]): MathNode {
  if (summands.length > longestSpine) {
    const signed = summands.map(({ isNegative, node }, at) =>
      isNegative && at > 0 ? locate(operatorNode('-', node), spanAcross([node])) : node,
    );
    return wide('+', signed);
  }
  return summands
    .map(({ node }) => node)
    .reduce((left, right, at) => {
      const sign = summands[at]?.isNegative === true ? '-' : '+';
      return locate(operatorNode(sign, left, right), across(left, right));
    });
}

/** How a factor is joined to what stands before it. */
export type Joint = '*' | 'times' | 'dot' | '/' | '.*' | './' | 'implicit';

export interface Factor {
  readonly joint: Joint;
  readonly node: MathNode;
}

/** The product of `factors`; the joint of the first says nothing. */
export function foldProduct(factors: readonly Factor[]): MathNode {
  if (factors.length > longestSpine) return foldWide(factors);
  return factors
    .map(({ node }) => node)
    .reduce((left, right, at) => {
      const joint = factors[at]?.joint ?? 'implicit';
      return locate(join(joint, left, right), across(left, right));
    });
}

function join(joint: Joint, left: MathNode, right: MathNode): MathNode {
  if (joint === 'implicit') return implicitProductNode(left, right);
  if (joint === 'times') return timesNode(left, right);
  return joint === 'dot' ? dotted(operatorNode('*', left, right)) : operatorNode(joint satisfies Operator, left, right);
}

/** A long product: a/b c/d as (a c)/(b d). */
function foldWide(factors: readonly Factor[]): MathNode {
  const above = factors.filter(({ joint }, at) => at === 0 || joint !== '/').map(({ node }) => node);
  const below = factors.filter(({ joint }, at) => at > 0 && joint === '/').map(({ node }) => node);
  const span = spanAcross(factors.map(({ node }) => node));
  const over = product(above);
  return below.length === 0 ? over : locate(operatorNode('/', over, product(below)), span);
}

function product(nodes: readonly MathNode[]): MathNode {
  const [first] = nodes;
  return nodes.length === 1 && first !== undefined ? first : wide('*', nodes);
}

/** The most arguments that a call in JavaScript is sure to take. */
const mostArguments = 10_000;

/** One node over `nodes`, or a few levels of them. */
function wide(operator: '+' | '*', nodes: readonly MathNode[]): MathNode {
  if (nodes.length <= mostArguments) return locate(operatorNode(operator, ...nodes), spanAcross(nodes));
  const parts: MathNode[] = [];
  for (let at = 0; at < nodes.length; at += mostArguments)
    parts.push(wide(operator, nodes.slice(at, at + mostArguments)));
  return wide(operator, parts);
}

/** From the beginning of `left` to the end of `right`, without a walk through either. */
function across(left: MathNode, right: MathNode): Span | undefined {
  return spanAcross([left, right]);
}
