/** A plan as SVG elements. Colours stand in attributes, for programs that read no style sheet; see `style.ts`. */

import type { Role } from '../../derivation/figure/figure.ts';
import { arrowAt, curveOf, pair, round } from './curve.ts';
import type { PlacedEdge, PlacedNode, Plan, Point } from './plan.ts';
import type { Label } from './size.ts';
import { stackOf } from './stack.ts';
import { accent, faint } from './style.ts';

/** Forward and backward lines of the path stand so far from its middle. */
const apart = 3.5;

/** All elements, edges first. */
export function drawPlan({ edges, nodes }: Plan): string {
  return [...edges.flatMap(drawEdge), ...nodes.flatMap(drawNode)].join('\n');
}

function drawEdge(placed: PlacedEdge): string[] {
  const { edge, middle, above, below } = placed;
  const onPath = edge.role === 'path' && placed.to.node.sign.kind !== 'output';
  const forward = curveOf(placed, onPath ? -apart : 0);
  const elements = [line(forward.path, arrowAt(forward.end, 1), inkOf(edge.role))];
  if (edge.minus) elements.push(minusAt(forward.end, placed, edge.role));
  if (above !== undefined) {
    const clear = (onPath ? apart : 0) + 5 + above.glyphs.depth * above.size;
    elements.push(write(above, { x: middle.x, y: middle.y - clear }, inkOf(edge.role)));
  }
  if (!onPath) return elements;
  const backward = curveOf(placed, apart);
  elements.push(line(backward.path, arrowAt(backward.start, -1), accentInk));
  if (below !== undefined) {
    const clear = apart + 6 + below.glyphs.height * below.size;
    elements.push(write(below, { x: middle.x, y: middle.y + clear }, accentInk));
  }
  return elements;
}

function drawNode(placed: PlacedNode): string[] {
  const { node, form, sign, below, center } = placed;
  const ink = inkOf(node.role);
  const elements: string[] = [];
  if (node.family !== null)
    for (const card of stackOf(placed)) elements.push(`<path d="${card}" fill="none"${stroke(ink, 1)}/>`);
  if (form !== 'bare') elements.push(outline(placed));
  const drop = ((sign.glyphs.height - sign.glyphs.depth) * sign.size) / 2;
  elements.push(write(sign, { x: center.x, y: center.y + drop }, node.wanted ? accentInk : ink));
  if (below !== undefined) {
    const y = center.y + placed.height / 2 + 7 + below.glyphs.height * below.size;
    elements.push(write(below, { x: center.x, y }, node.role === 'path' ? accentInk : ink));
  }
  return elements;
}

function outline({ node, form, center, width, height }: PlacedNode): string {
  const ink = node.role === 'path' ? accentInk : inkOf(node.role);
  const fill = node.wanted ? ` fill="${accent.light}" fill-opacity=".12" class="f s"` : ' fill="none"';
  const edge = stroke(ink, node.wanted ? 2 : 1.4, !node.wanted);
  if (form === 'circle')
    return `<circle cx="${round(center.x)}" cy="${round(center.y)}" r="${round(width / 2)}"${fill}${edge}/>`;
  const [x, y] = [round(center.x - width / 2), round(center.y - height / 2)];
  return `<rect x="${x}" y="${y}" width="${round(width)}" height="${round(height)}" rx="8"${fill}${edge}/>`;
}

/** How something is inked: attributes for lines and for filled shapes. */
interface Ink {
  readonly color: string;
  readonly faint: boolean;
}

const plainInk: Ink = { color: 'currentColor', faint: false };
const faintInk: Ink = { color: 'currentColor', faint: true };
const accentInk: Ink = { color: accent.light, faint: false };

function inkOf(role: Role): Ink {
  return role === 'unneeded' ? faintInk : plainInk;
}

/** Glyphs take the colour of the element around them. */
function write({ glyphs, size }: Label, at: Point, ink: Ink): string {
  const left = { x: at.x - (glyphs.width * size) / 2, y: at.y };
  const place = `transform="translate(${pair(left)}) scale(${size / 1000})"`;
  return `<g ${place}${colored(ink)}>${glyphs.body}</g>`;
}

function colored({ color, faint: isFaint }: Ink): string {
  return `${color === 'currentColor' ? '' : ` color="${color}" class="c"`}${isFaint ? ` opacity="${faint}"` : ''}`;
}

function line(path: string, arrow: string, ink: Ink): string {
  const fill = ink === accentInk ? ` fill="${ink.color}" class="f"` : ` fill="${ink.color}"`;
  const dim = ink.faint ? ` opacity="${faint}"` : '';
  return `<g${dim}><path d="${path}" fill="none"${stroke({ ...ink, faint: false }, 1.3)}/><path d="${arrow}"${fill}/></g>`;
}

function stroke({ color, faint: isFaint }: Ink, width: number, withClass = true): string {
  const named = color === 'currentColor' || !withClass ? '' : ' class="s"';
  return ` stroke="${color}" stroke-width="${width}"${named}${isFaint ? ` opacity="${faint}"` : ''}`;
}

/** A minus sign where the edge of a value that is subtracted ends: above a level line, else on the side that it comes from. */
function minusAt({ x, y }: Point, { from, to }: PlacedEdge, role: Role): string {
  const rise = from.center.y - to.center.y;
  const [left, height] = Math.abs(rise) < 1 ? [x - 22, y - 6.5] : [x - 9, y + (rise > 0 ? 9 : -9)];
  const path = `M${pair({ x: left, y: height })}L${pair({ x: left + 8.5, y: height })}`;
  return `<path d="${path}"${stroke(inkOf(role), 1.5)}/>`;
}
