import type { MathNode } from './node.ts';

/** A tree as text in the syntax that `readText` reads, with the parentheses that it needs and no others. */
export function printText(node: MathNode): string {
  return node.toString({ parenthesis: 'auto', implicit: 'show' });
}
