/** The lines of a figure: curves that pass labels and leave and reach nodes level, so that nothing is crossed out. */

import type { PlacedEdge, PlacedNode, Point } from './plan.ts';

/** A curve with the point of its arrow and where that points to. */
export interface Curve {
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
  const start = edgeOf(from, passed[0] ?? to.center, 1, shift);
  const end = edgeOf(to, passed[passed.length - 1] ?? from.center, -1, shift);
  const inner = passed.filter(({ x }) => x > start.x + 4 && x < end.x - 4).map(({ x, y }) => ({ x, y: y + shift }));
  const all = [start, ...inner, end];
  const parts = all.slice(1).map((point, at) => segment(all[at] as Point, point));
  return { path: `M${pair(start)}${parts.join('')}`, start, end };
}

function segment(a: Point, b: Point): string {
  if (Math.abs(a.y - b.y) < 0.5) return `L${pair(b)}`;
  const half = (b.x - a.x) / 2;
  return `C${pair({ x: a.x + half, y: a.y })} ${pair({ x: b.x - half, y: b.y })} ${pair(b)}`;
}

/** Space between a line and the node. */
const gap = 3;

/** Where a line meets a node on its right (`side` 1) or left side, on the way to `towards`. */
function edgeOf({ form, center, width, height }: PlacedNode, towards: Point, side: 1 | -1, shift: number): Point {
  const rise = towards.y - center.y;
  if (form !== 'circle') {
    const y = center.y + Math.max(-height / 4, Math.min(height / 4, rise / 3)) + shift;
    return { x: center.x + side * (width / 2 + gap), y };
  }
  const radius = width / 2 + gap;
  const wanted = Math.max(-0.75, Math.min(0.75, Math.atan2(rise, Math.abs(towards.x - center.x))));
  const y = radius * Math.sin(wanted) + shift;
  return { x: center.x + side * Math.sqrt(Math.max(0, radius * radius - y * y)), y: center.y + y };
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
