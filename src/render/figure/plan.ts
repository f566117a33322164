/** Where everything goes: the layers of a directed graph from left to right. */

import { Graph, layout } from '@dagrejs/dagre';
import type { Figure } from '../../derivation/figure/figure.ts';
import { type SizedEdge, type SizedNode, sizeEdge, sizeNode, type Writing } from './size.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode extends SizedNode {
  readonly center: Point;
}

export interface PlacedEdge extends SizedEdge {
  readonly from: PlacedNode;
  readonly to: PlacedNode;
  /** Where it passes between both nodes, in order. */
  readonly points: readonly Point[];
  /** The middle of its labels. */
  readonly middle: Point;
}

export interface Plan {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

/** Lower than this, a balanced plan is good as it is; else another may be, if it is so much lower. */
const tall = { from: 220, gain: 0.8 } as const;

/**
 * The plan of `figure`. Nodes are balanced between those that go into them, as dagre does it (Brandes and Köpf, "Fast and
 * simple horizontal coordinate assignment", 2001), unless that makes stairs of a long chain: then they are aligned.
 */
export function planFigure(figure: Figure, writing: Writing): Plan {
  const users = figure.nodes.map((_, at) => figure.edges.filter(({ from }) => from === at).length);
  const nodes = figure.nodes.map((node, at) => sizeNode(node, writing, users[at] as number));
  const edges = figure.edges.map((edge) => sizeEdge(edge, figure, writing, users[edge.from] as number));
  const balanced = planned(nodes, edges);
  if (balanced.height < tall.from) return balanced;
  const [lowest = balanced] = (['UL', 'DR'] as const)
    .map((align) => planned(nodes, edges, align))
    .sort((one, other) => one.height - other.height);
  return lowest.height < tall.gain * balanced.height ? lowest : balanced;
}

function planned(nodes: readonly SizedNode[], edges: readonly SizedEdge[], align?: 'UL' | 'DR'): Plan {
  const graph = new Graph({ multigraph: true });
  const gaps = { nodesep: 24, edgesep: 14, ranksep: 52, marginx: 14, marginy: 14 };
  graph.setGraph({ rankdir: 'LR', ...gaps, ...(align === undefined ? {} : { align }) });
  nodes.forEach(({ room }, at) => {
    graph.setNode(String(at), { ...room });
  });
  edges.forEach(({ edge, span, height }, at) => {
    const weight = edge.role === 'path' ? 4 : 1;
    graph.setEdge(String(edge.from), String(edge.to), { width: span, height, labelpos: 'c', weight }, String(at));
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const placed = nodes.map((one, at): PlacedNode => ({ ...one, center: graph.node(String(at)) as Point }));
  return {
    width,
    height,
    nodes: placed,
    edges: edges.map((one, at): PlacedEdge => {
      const { from, to } = one.edge;
      const route = graph.edge(String(from), String(to), String(at)) as Route;
      return {
        ...one,
        from: placed[from] as PlacedNode,
        to: placed[to] as PlacedNode,
        points: route.points.slice(1, -1),
        middle: { x: route.x ?? 0, y: route.y ?? 0 },
      };
    }),
  };
}

/** The way of an edge: the first and the last point are where it meets its nodes. */
interface Route {
  readonly points: readonly Point[];
  readonly x?: number;
  readonly y?: number;
}
