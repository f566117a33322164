/** The textbook list: one row a line, `expression => variable => answer`, and where its derivatives are checked. */

import { readFileSync } from 'node:fs';
import { type MathNode, parse } from 'mathjs';
import { difference, randomNumbers } from './differences.ts';
import type { Point } from './engines/engine.ts';
import { compileText } from './evaluate.ts';

export interface Row {
  readonly source: string;
  readonly by: string;
  /** The tree of an expression of numbers, names, arithmetic and functions alone, as every system knows them. */
  readonly tree: MathNode | undefined;
  /** Points at which the derivative is checked, and its values there; none where there is nothing to check against. */
  readonly points: readonly Point[];
  readonly expected: readonly number[];
}

export function readRows(file: string): Row[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => {
      const [source = '', by = ''] = line.split(' => ').map((part) => part.trim());
      return { source, by, tree: plainTree(source), ...pointsOf(source, by) };
    });
}

function plainTree(source: string): MathNode | undefined {
  let tree: MathNode;
  try {
    tree = parse(source);
  } catch {
    return undefined;
  }
  const plain = new Set(['ConstantNode', 'SymbolNode', 'OperatorNode', 'ParenthesisNode', 'FunctionNode']);
  return tree.filter((node) => !plain.has(node.type) || isForeign(node)).length === 0 ? tree : undefined;
}

function isForeign(node: MathNode): boolean {
  return node.type === 'OperatorNode' && !['+', '-', '*', '/', '^'].includes((node as unknown as { op: string }).op);
}

const wantedPoints = 3;
const mostTries = 400;

/** Points, the first of them positive, where the function has a value and differences agree with one another. */
function pointsOf(source: string, by: string): { points: Point[]; expected: number[] } {
  const found = { points: [] as Point[], expected: [] as number[] };
  let value: (point: Point) => number;
  let names: string[];
  try {
    value = compileText(source);
    names = namesIn(parse(source));
  } catch {
    return found;
  }
  if (!names.includes(by)) return found;
  const random = randomNumbers(1);
  for (let tries = 0; tries < mostTries && found.points.length < wantedPoints; tries++) {
    const signed = found.points.length > 1;
    const draw = () => {
      const size = Number((0.15 + random() * (tries % 2 === 0 ? 0.8 : 3)).toFixed(3));
      return signed && random() < 0.5 ? -size : size;
    };
    const point = Object.fromEntries(names.map((name) => [name, draw()]));
    try {
      const { value: slope, error } = difference((x) => value({ ...point, [by]: x }), point[by] as number);
      if (!(error < 1e-8) || Math.abs(slope) > 1e6) continue;
      found.points.push(point);
      found.expected.push(slope);
    } catch {
      return { points: [], expected: [] };
    }
  }
  return found;
}

/** The names that are neither functions nor constants, in the order in which they stand. */
export function namesIn(tree: MathNode): string[] {
  const names = new Set<string>();
  tree.traverse((node, path) => {
    if (node.type !== 'SymbolNode' || path === 'fn') return;
    const { name } = node as unknown as { name: string };
    if (name !== 'e' && name !== 'pi') names.add(name);
  });
  return [...names];
}
