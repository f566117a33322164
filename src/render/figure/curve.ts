/** The lines of a figure: curves that pass labels and leave and reach nodes level, so that nothing is crossed out. */

import type { PlacedEdge, PlacedNode, Point } from './plan.ts';

/** A curve with the point of its arrow and where that points to. */
interface Curve {
  readonly path: string;
  readonly start: Point;
  readonly end: Point;
}

/** The curve of an edge from left to right, moved down by `shift`. */
export function curveOf({ from, to, points, middle, span }: PlacedEdge, shift: number): Curve {
  const half = span / 2;
  const bends = points.filter(({ x }) => Math.abs(x - middle.x) > half);
  const label =
    span === 0
      ? []
      : [
          { ...middle, x: middle.x - half },
          { ...middle, x: middle.x + half },
        ];
  const passed = [...bends, ...label].sort((a, b) => a.x - b.x);
  const first = meet(from, passed[0] ?? to.center, 1, shift);
  const last = meet(to, passed[passed.length - 1] ?? from.center, -1, shift);
  const inner = passed
    .filter(({ x }) => x > first.clear.x + 4 && x < last.clear.x - 4)
    .map(({ x, y }) => ({ x, y: y + shift }));
  const all = [first.node, first.clear, ...inner, last.clear, last.node];
  const parts = all.slice(1).map((point, at) => segment(all[at] as Point, point));
  return { path: `M${pair(first.node)}${parts.join('')}`, start: first.node, end: last.node };
}

function segment(a: Point, b: Point): string {
  if (a === b) return '';
  if (Math.abs(a.y - b.y) < 0.5) return `L${pair(b)}`;
  const half = (b.x - a.x) / 2;
  return `C${pair({ x: a.x + half, y: a.y })} ${pair({ x: b.x - half, y: b.y })} ${pair(b)}`;
}

/** Space between a line and the node. */
const gap = 3;

/**
 * Where a line meets a node on its right (`side` 1) or left side, on the way to `towards`: at `node`, and level up to
 * `clear`, past what hangs below the node.
 */
function meet({ form, center, width, height, room }: PlacedNode, towards: Point, side: 1 | -1, shift: number) {
  const rise = towards.y - center.y;
  const isWide = room.width > width + 20;
  const steepest = isWide ? 0.2 : 0.75;
  const angle = Math.max(-steepest, Math.min(steepest, Math.atan2(rise, Math.abs(towards.x - center.x))));
  const radius = width / 2 + gap;
  const rises = form === 'circle' ? radius * Math.sin(angle) : Math.max(-height / 4, Math.min(height / 4, rise / 3));
  const y = rises + shift;
  const reach = form === 'circle' ? Math.sqrt(Math.max(0, radius * radius - y * y)) : radius;
  const node = { x: center.x + side * reach, y: center.y + y };
  return { node, clear: isWide ? { x: center.x + (side * room.width) / 2, y: node.y } : node };
}

/** An arrow's point that comes from the left (`side` 1) or from the right. */
export function arrowAt({ x, y }: Point, side: 1 | -1): string {
  const back = x - side * 8;
  return `M${pair({ x, y })}L${pair({ x: back, y: y - 3.6 })}L${pair({ x: back + side * 1.8, y })}L${pair({ x: back, y: y + 3.6 })}Z`;
}

export function pair({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
