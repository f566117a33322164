/** A family as a stack of cards: the outlines of those behind, as far as they can be seen. */

import { pair } from './curve.ts';
import type { PlacedNode } from './plan.ts';
import { stack } from './size.ts';

/** The outlines of the cards behind a node. */
export function stackOf(node: PlacedNode): string[] {
  return Array.from({ length: stack.behind }, (_, at) =>
    node.form === 'circle' ? arc(node, at + 1) : corner(node, at + 1),
  );
}

/** The part of a circle that its neighbour to the lower left does not cover. */
function arc({ center, width }: PlacedNode, card: number): string {
  const radius = width / 2;
  const middle = { x: center.x + stack.step * (card - 0.5), y: center.y - stack.step * (card - 0.5) };
  const reach = Math.sqrt((radius * radius - (stack.step * stack.step) / 2) / 2);
  const from = { x: middle.x - reach, y: middle.y - reach };
  const to = { x: middle.x + reach, y: middle.y + reach };
  return `M${pair(from)}A${radius} ${radius} 0 1 1 ${pair(to)}`;
}

function corner({ center, width, height }: PlacedNode, card: number): string {
  const shift = stack.step * card;
  const left = center.x - width / 2 + shift;
  const right = center.x + width / 2 + shift;
  const top = center.y - height / 2 - shift;
  const bottom = center.y + height / 2 - shift;
  const turn = 8;
  return [
    `M${pair({ x: left + 1, y: top + stack.step })}`,
    `Q${pair({ x: left + 2, y: top })} ${pair({ x: left + turn, y: top })}`,
    `L${pair({ x: right - turn, y: top })}`,
    `Q${pair({ x: right, y: top })} ${pair({ x: right, y: top + turn })}`,
    `L${pair({ x: right, y: bottom - turn })}`,
    `Q${pair({ x: right, y: bottom - 2 })} ${pair({ x: right - stack.step, y: bottom - 1 })}`,
  ].join('');
}
