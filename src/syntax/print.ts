import type { ConstantNode } from 'mathjs';
import { literalOf, type MathNode } from './node.ts';
import { landings } from './walk.ts';

/** A tree as text in the syntax that `readText` reads, with the parentheses that it needs and no others. */
export function printText(node: MathNode): string {
  const printed = new Map<MathNode, string>();
  const handler = (part: MathNode): string | undefined => printed.get(part) ?? printDigits(part);
  const options = { parenthesis: 'auto', implicit: 'show', handler } as const;
  // mathjs prints by recursion; of a deep tree the inner parts come first.
  for (const landing of landings(node)) printed.set(landing, landing.toString(options));
  return node.toString(options);
}

/** Numbers with the digits that they were written with: a double would lose some. */
function printDigits(node: MathNode): string | undefined {
  return node.type === 'ConstantNode' ? literalOf(node as ConstantNode) : undefined;
}
