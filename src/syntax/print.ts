import type { ConstantNode } from 'mathjs';
import { literalOf, type MathNode } from './node.ts';

/** A tree as text in the syntax that `readText` reads, with the parentheses that it needs and no others. */
export function printText(node: MathNode): string {
  return node.toString({ parenthesis: 'auto', implicit: 'show', handler: printDigits });
}

/** Numbers with the digits that they were written with: a double would lose some. */
function printDigits(node: MathNode): string | undefined {
  return node.type === 'ConstantNode' ? literalOf(node as ConstantNode) : undefined;
}
