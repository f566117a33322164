/** Gradients by all arguments of a function, and the vectors that stand beside them: (2x, 3y), 2x i + 3y j. */

import { type DefinitionTable, leavesOf } from '../meaning/known-names.ts';
import { gradientSign } from '../syntax/functions.ts';
import { callNode, constantNode, type MathNode, symbolNode, view } from '../syntax/node.ts';
import { mapParts, partsOf } from '../syntax/walk.ts';

type Sides = readonly [MathNode, MathNode];

/** Both sides with their gradients written out by components; undefined where there is none, or none that the text tells. */
export function gradientsWrittenOut(sides: Sides, table: DefinitionTable): Sides | undefined {
  const lengths = new Set<number>();
  const write = (node: MathNode): MathNode => {
    const seen = view(node);
    if (seen.kind !== 'call' || seen.name !== gradientSign) return mapParts(node, write);
    const slopes = slopesOf(seen.args[0] as MathNode, table);
    if (slopes === undefined) return node;
    lengths.add(slopes.length);
    return slopes.length === 1 ? (slopes[0] as MathNode) : callNode('vcat', [...slopes]);
  };
  const [left, right] = [write(sides[0]), write(sides[1])];
  const [length, ...others] = lengths;
  if (length === undefined || others.length > 0) return undefined;
  return length === 1 ? [left, right] : [asVector(left, length), asVector(right, length)];
}

/** The slopes of f, f(x, y) or f(1, 2) by each argument. */
function slopesOf(node: MathNode, { function: functions, quantity }: DefinitionTable): readonly MathNode[] | undefined {
  const seen = view(node);
  if (seen.kind === 'symbol') {
    const parameters =
      functions.get(seen.name)?.parameters ?? coordinates(seen.name, { function: functions, quantity });
    const isCalled = functions.has(seen.name);
    const value = isCalled ? callNode(seen.name, parameters.map(symbolNode)) : node;
    return parameters.length === 0 ? undefined : parameters.map((name) => callNode('d', [value, symbolNode(name)]));
  }
  if (seen.kind !== 'call') return undefined;
  const count = functions.get(seen.name)?.parameters.length;
  if (count === undefined || count !== seen.args.length) return undefined;
  return seen.args.map((_, at) => {
    const slope = callNode('D', [symbolNode(seen.name), constantNode(String(at + 1))]);
    return callNode(slope, [...seen.args]);
  });
}

/** The coordinates on which a quantity rests, if it rests on nothing else. */
function coordinates(name: string, table: DefinitionTable): readonly string[] {
  const leaves = [...leavesOf(name, table)].sort();
  return leaves.every((leaf) => 'xyz'.includes(leaf)) ? leaves : [];
}

/** A list as a vector, and i, j, k as the unit vectors along the axes. */
function asVector(node: MathNode, length: number): MathNode {
  const seen = view(node);
  if (seen.kind === 'call' && seen.args.length === length && isPair(node)) {
    return callNode('vcat', [...seen.args]);
  }
  if (seen.kind === 'symbol') {
    const axis = ['i', 'j', 'k'].indexOf(seen.name.replace(/_(?:hat|bold|vec)$/, ''));
    if (axis < 0 || axis >= length) return node;
    return callNode(
      'vcat',
      Array.from({ length }, (_, at) => constantNode(at === axis ? '1' : '0')),
    );
  }
  const isSum = seen.kind === 'operator' && '+-*'.includes(seen.operator);
  return isSum || seen.kind === 'parenthesis' ? mapParts(node, (part) => asVector(part, length)) : node;
}

/** Two numbers in angle brackets, which pass for an inner product. */
function isPair(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'call' && seen.name === 'dot' && partsOf(node).every((part) => view(part).kind !== 'call');
}
