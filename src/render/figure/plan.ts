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

/** The plan of `figure`. */
export function planFigure(figure: Figure, writing: Writing): Plan {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 24, edgesep: 14, ranksep: 52, marginx: 14, marginy: 14 });
  const users = figure.nodes.map((_, at) => figure.edges.filter(({ from }) => from === at).length);
  const nodes = figure.nodes.map((node, at) => sizeNode(node, writing, users[at] as number));
  nodes.forEach(({ room }, at) => {
    graph.setNode(String(at), { ...room });
  });
  const edges = figure.edges.map((edge) => sizeEdge(edge, figure, writing, users[edge.from] as number));
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
