/** How large everything is: signs in their nodes, labels at edges and below nodes. */

import type { Figure, FigureEdge, FigureNode } from '../../derivation/figure/figure.ts';
import type { Glyphs, SetFormula } from './glyphs.ts';
import { signLatex } from './signs.ts';

/** How far each card of a family stands out, and how many are seen behind the first. */
export const stack = { step: 4, behind: 2 } as const;

/** Sizes of the writing, in pixels for the em. */
export const sizes = { sign: 19, value: 16, factor: 15, words: 13 } as const;

/** A formula with the size at which it is set. */
export interface Label {
  readonly glyphs: Glyphs;
  readonly size: number;
}

export type Form = 'circle' | 'box' | 'bare';

export interface Writing {
  readonly set: SetFormula;
  /** An expression as LaTeX. */
  readonly show: (text: string) => string;
  /** Whether the adjoints of intermediates are written, and local factors are not. */
  readonly adjoints: boolean;
  /** Whether derivatives by the inputs are written out, and not only named. */
  readonly equations: boolean;
}

/** A node with its measures. */
export interface SizedNode {
  readonly node: FigureNode;
  readonly form: Form;
  readonly width: number;
  readonly height: number;
  readonly sign: Label;
  /** Below the node. */
  readonly below: Label | undefined;
  /** The place that it takes with what hangs below it and stands behind it; the node itself is in the middle. */
  readonly room: { readonly width: number; readonly height: number };
}

/** An edge with its labels; `span` is how wide they are. */
export interface SizedEdge {
  readonly edge: FigureEdge;
  readonly span: number;
  readonly height: number;
  readonly above: Label | undefined;
  readonly below: Label | undefined;
}

/** Longest labels in em: values that have no name, and everything else. Longer ones are left out. */
const widest = { value: 6.5, other: 9 } as const;

/** Space around the labels of an edge and below a node. */
const pad = { label: 10, below: 7 } as const;

/** The measures of a node whose value goes to `users` places. */
export function sizeNode(node: FigureNode, writing: Writing, users: number): SizedNode {
  const sign = label(signLatex(node.sign, writing.show), sizes.sign, writing);
  const below = belowNode(node, writing, users);
  const outline = outlineOf(node, sign);
  const behind = node.family === null ? 0 : stack.step * stack.behind;
  const hanging = below === undefined ? 0 : pad.below + heightOf(below);
  const room = {
    width: Math.max(outline.width + 2 * behind, below === undefined ? 0 : widthOf(below)),
    height: outline.height + 2 * Math.max(behind, hanging),
  };
  return { node, ...outline, sign, below, room };
}

/** Smallest nodes, and the largest that is a circle. */
const outlines = { least: 38, mostRound: 60 } as const;

/** Functions stand in boxes, everything else in circles, unless it is too long for one; the output stands alone. */
function outlineOf({ sign: { kind } }: FigureNode, sign: Label): Pick<SizedNode, 'form' | 'width' | 'height'> {
  const [width, height] = [widthOf(sign), heightOf(sign)];
  if (kind === 'output') return { form: 'bare', width: width + 10, height: height + 8 };
  const round = Math.max(outlines.least, Math.hypot(width, height) + 10);
  if (kind !== 'function' && round <= outlines.mostRound) return { form: 'circle', width: round, height: round };
  return { form: 'box', width: Math.max(outlines.least, width + 20), height: Math.max(outlines.least, height + 14) };
}

/** The adjoint of an input, or of a value that goes to several places, which no single edge could carry. */
function belowNode({ adjoint, wanted, sign }: FigureNode, writing: Writing, users: number): Label | undefined {
  if (adjoint === null || !(wanted || sign.kind === 'quantity' || (writing.adjoints && users > 1))) return undefined;
  const name = label(`\\displaystyle ${writing.show(adjoint.name)}`, sizes.factor, writing);
  const whole = label(`${writing.show(adjoint.name)} = ${writing.show(adjoint.expression)}`, sizes.factor, writing);
  const choices = writing.equations ? [whole, name] : [name];
  return choices.find((one) => isShort(one));
}

/** The measures of an edge whose value goes to `users` places. */
export function sizeEdge(edge: FigureEdge, figure: Figure, writing: Writing, users: number): SizedEdge {
  const value = edge.value === null ? undefined : label(writing.show(edge.value), sizes.value, writing);
  const above = value !== undefined && isShort(value, widest.value) ? value : undefined;
  const below = backwardLabel(edge, figure.nodes[edge.from] as FigureNode, writing, users);
  const widths = [above, below].map((one) => (one === undefined ? 0 : widthOf(one)));
  const heights = [above, below].map((one) => (one === undefined ? 0 : heightOf(one)));
  const span = Math.max(...widths);
  return {
    edge,
    span: span === 0 ? 0 : span + pad.label,
    height: span === 0 ? 0 : 2 * Math.max(...heights) + 16,
    above,
    below,
  };
}

function backwardLabel(
  { factor, role }: FigureEdge,
  from: FigureNode,
  writing: Writing,
  users: number,
): Label | undefined {
  if (role !== 'path') return undefined;
  if (!writing.adjoints) return factor === null ? undefined : shortLabel(writing.show(factor), writing);
  const { adjoint, sign } = from;
  if (adjoint === null || users > 1 || sign.kind === 'quantity') return undefined;
  const name = writing.show(adjoint.name);
  const whole = label(`${name} = ${writing.show(adjoint.expression)}`, sizes.factor, writing);
  return isShort(whole) ? whole : label(name, sizes.factor, writing);
}

function shortLabel(latex: string, writing: Writing): Label | undefined {
  const one = label(latex, sizes.factor, writing);
  return isShort(one) ? one : undefined;
}

function label(latex: string, size: number, { set }: Writing): Label {
  return { glyphs: set(latex), size };
}

function isShort({ glyphs }: Label, most: number = widest.other): boolean {
  return glyphs.width <= most;
}

export function widthOf({ glyphs, size }: Label): number {
  return glyphs.width * size;
}

function heightOf({ glyphs, size }: Label): number {
  return (glyphs.height + glyphs.depth) * size;
}
