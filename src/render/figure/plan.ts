/** Where everything goes: sizes of nodes and labels, then the layers of a directed graph from left to right. */

import { Graph, layout } from '@dagrejs/dagre';
import type { Figure, FigureEdge, FigureNode } from '../../derivation/figure/figure.ts';
import type { Glyphs, SetFormula } from './glyphs.ts';
import { signLatex } from './signs.ts';

/** How far each card of a family stands out, and how many are seen behind the first. */
export const stack = { step: 4, behind: 2 } as const;

/** Sizes of the writing, in pixels for the em. */
export const sizes = { sign: 19, value: 16, factor: 15, words: 13 } as const;

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A formula with the size at which it is set. */
export interface Label {
  readonly glyphs: Glyphs;
  readonly size: number;
}

export type Form = 'circle' | 'box' | 'bare';

export interface PlacedNode {
  readonly node: FigureNode;
  readonly form: Form;
  readonly center: Point;
  readonly width: number;
  readonly height: number;
  readonly sign: Label;
  /** Below the node. */
  readonly below: Label | undefined;
}

export interface PlacedEdge {
  readonly edge: FigureEdge;
  readonly from: PlacedNode;
  readonly to: PlacedNode;
  /** Where it passes between both nodes, in order. */
  readonly points: readonly Point[];
  /** The middle of its labels; `span` is how wide they are. */
  readonly middle: Point;
  readonly span: number;
  readonly above: Label | undefined;
  readonly below: Label | undefined;
}

export interface Plan {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

export interface Writing {
  readonly set: SetFormula;
  /** An expression as LaTeX. */
  readonly show: (text: string) => string;
  /** Whether the adjoints of intermediates are written, and local factors are not. */
  readonly adjoints: boolean;
  /** Whether derivatives by the inputs are written out, and not only named. */
  readonly equations: boolean;
}

/** Longest labels in em: values that have no name, and everything else. Longer ones are left out. */
const widest = { value: 6.5, other: 9 } as const;

/** Space around the labels of an edge and below a node. */
const pad = { label: 10, below: 7 } as const;

/** The plan of `figure`. */
export function planFigure(figure: Figure, writing: Writing): Plan {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 24, edgesep: 14, ranksep: 52, marginx: 14, marginy: 14 });
  const users = figure.nodes.map((_, at) => figure.edges.filter(({ from }) => from === at).length);
  const nodes = figure.nodes.map((node, at) => sizeNode(node, writing, users[at] as number));
  nodes.forEach((one, at) => {
    graph.setNode(String(at), outerSize(one));
  });
  const edges = figure.edges.map((edge) => sizeEdge(edge, figure, writing, users[edge.from] as number));
  edges.forEach(({ edge, span, height }, at) => {
    const label = {
      width: span,
      height,
      labelpos: 'c',
      weight: edge.role === 'path' ? 4 : 1,
    };
    graph.setEdge(String(edge.from), String(edge.to), label, String(at));
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const placed = nodes.map((one, at): PlacedNode => ({ ...one, center: graph.node(String(at)) as Point }));
  return {
    width,
    height,
    nodes: placed,
    edges: edges.map(({ edge, span, above, below }, at): PlacedEdge => {
      const route = graph.edge(String(edge.from), String(edge.to), String(at)) as Route;
      return {
        edge,
        from: placed[edge.from] as PlacedNode,
        to: placed[edge.to] as PlacedNode,
        points: route.points.slice(1, -1),
        middle: { x: route.x ?? 0, y: route.y ?? 0 },
        span,
        above,
        below,
      };
    }),
  };
}

interface Route {
  readonly points: readonly Point[];
  readonly x?: number;
  readonly y?: number;
}

/** The place that a node takes with what hangs below it and stands behind it; the node itself is in the middle. */
function outerSize({ node, width, height, below }: Omit<PlacedNode, 'center'>): { width: number; height: number } {
  const behind = node.family === null ? 0 : stack.step * stack.behind;
  const hanging = below === undefined ? 0 : pad.below + heightOf(below);
  return {
    width: Math.max(width + 2 * behind, below === undefined ? 0 : widthOf(below)),
    height: height + 2 * Math.max(behind, hanging),
  };
}

function sizeNode(node: FigureNode, writing: Writing, users: number): Omit<PlacedNode, 'center'> {
  const sign = label(signLatex(node.sign, writing.show), sizes.sign, writing);
  const form = formOf(node);
  const wide = widthOf(sign);
  const round = Math.max(38, Math.hypot(wide, heightOf(sign)) + 10);
  const [width, height] =
    form === 'bare'
      ? [wide + 10, heightOf(sign) + 8]
      : form === 'circle' && round <= 60
        ? [round, round]
        : [Math.max(40, wide + 20), Math.max(38, heightOf(sign) + 14)];
  return {
    node,
    form: form === 'circle' && round > 60 ? 'box' : form,
    width,
    height,
    sign,
    below: belowNode(node, writing, users),
  };
}

function formOf({ sign }: FigureNode): Form {
  if (sign.kind === 'output') return 'bare';
  return sign.kind === 'function' ? 'box' : 'circle';
}

/** The adjoint of an input, or of a value that goes to several places, which no single edge could carry. */
function belowNode({ adjoint, wanted, sign }: FigureNode, writing: Writing, users: number): Label | undefined {
  if (adjoint === null || !(wanted || sign.kind === 'quantity' || (writing.adjoints && users > 1))) return undefined;
  const name = label(`\\displaystyle ${writing.show(adjoint.name)}`, sizes.factor, writing);
  const whole = label(`${writing.show(adjoint.name)} = ${writing.show(adjoint.expression)}`, sizes.factor, writing);
  const choices = writing.equations ? [whole, name] : [name];
  return choices.find((one) => isShort(one));
}

interface SizedEdge {
  readonly edge: FigureEdge;
  readonly span: number;
  readonly height: number;
  readonly above: Label | undefined;
  readonly below: Label | undefined;
}

function sizeEdge(edge: FigureEdge, figure: Figure, writing: Writing, users: number): SizedEdge {
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

export function heightOf({ glyphs, size }: Label): number {
  return (glyphs.height + glyphs.depth) * size;
}
