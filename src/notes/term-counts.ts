/** How many terms a sum has whose range is left out: the m of `\frac1m \sum_i x_i`. */

import { reachedDefinitions } from '../meaning/equation.ts';
import type { DefinitionTable, WrittenDefinition } from '../meaning/known-names.ts';
import { gatherUsage } from '../meaning/usage.ts';
import { callNode, constantNode, locate, type MathNode, spanOf, symbolNode, view } from '../syntax/node.ts';
import { mapParts, partsOf } from '../syntax/walk.ts';
import type { Claim } from './claim.ts';
import type { ClaimReading } from './given.ts';

/** Letters by which texts count samples, classes and steps. */
const counting = /^[nmpdNMTKBJ]$/;

/**
 * The claim with a letter that nothing defines as the number of terms of all sums without a range, for each letter that can
 * be one. None where every sum has its range, or nothing counts.
 */
export function withCounts({ left, right }: Claim, table: DefinitionTable): ClaimReading[] {
  const { definitions } = reachedDefinitions([left, right], table);
  const nodes = [left, right, ...definitions.map(({ body }) => body)];
  if (!nodes.some(holdsOpenSum)) return [];
  const letters = [...gatherUsage(nodes)].filter(
    ([name, use]) => counting.test(name) && use.bare !== undefined && !use.subscript && !table.quantity.has(name),
  );
  return letters.map(([letter]) => {
    const close = (node: MathNode): MathNode => withRange(node, letter);
    return { sides: [close(left), close(right)], table: mapBodies(table, close) };
  });
}

const isOpenSum = (node: MathNode): boolean => {
  const seen = view(node);
  return seen.kind === 'call' && (seen.name === 'sum' || seen.name === 'prod') && seen.args.length === 2;
};

function holdsOpenSum(node: MathNode): boolean {
  return isOpenSum(node) || partsOf(node).some(holdsOpenSum);
}

function withRange(node: MathNode, letter: string): MathNode {
  const inner = mapParts(node, (part) => withRange(part, letter));
  const seen = view(inner);
  if (seen.kind !== 'call' || !isOpenSum(inner)) return inner;
  return locate(callNode(seen.name, [...seen.args, constantNode('1'), symbolNode(letter)]), spanOf(node));
}

function mapBodies(table: DefinitionTable, change: (node: MathNode) => MathNode): DefinitionTable {
  const mapped = (definitions: ReadonlyMap<string, WrittenDefinition>) =>
    new Map([...definitions].map(([name, one]) => [name, { ...one, body: change(one.body) }]));
  return { quantity: mapped(table.quantity), function: mapped(table.function) };
}
