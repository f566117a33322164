import type { ConstantNode } from 'mathjs';
import { isBracketed, literalOf, type MathNode, operatorNode, symbolNode, view } from './node.ts';
import { landings } from './walk.ts';

/** What stands in brackets to the right of a product. */
const mixed: ReadonlyMap<string, readonly string[]> = new Map([
  ['*', ['.*', './']],
  ['.*', ['*', '/']],
]);

/** A tree as text in the syntax that `readText` reads, with the parentheses that it needs and no others. */
export function printText(node: MathNode): string {
  const printed = new Map<MathNode, string>();
  const opened = new Set<MathNode>();
  const handler = (part: MathNode): string | undefined =>
    printed.get(part) ?? printDigits(part) ?? printBrackets(part) ?? printMixed(part) ?? printIndices(part);
  const options = { parenthesis: 'auto', implicit: 'show', handler } as const;
  const printBrackets = (part: MathNode): string | undefined => {
    if (!isBracketed(part) || opened.has(part)) return undefined;
    opened.add(part);
    const text = part.toString(options);
    opened.delete(part);
    return `(${text})`;
  };
  /** A * (u .* v): mathjs takes both products for one, and would leave the brackets out. */
  const printMixed = (part: MathNode): string | undefined => {
    const seen = view(part);
    const [left, right] = seen.kind === 'operator' ? seen.args : [];
    if (seen.kind !== 'operator' || left === undefined || right === undefined) return undefined;
    const inner = view(right);
    if (inner.kind !== 'operator' || !mixed.get(seen.operator)?.includes(inner.operator)) return undefined;
    if (inner.args.length !== 2 || isBracketed(right)) return undefined;
    return operatorNode(seen.operator as '*', left, symbolNode(`(${right.toString(options)})`)).toString(options);
  };
  /** mathjs prints what stands between these brackets without our handlers. */
  const printIndices = (part: MathNode): string | undefined =>
    (part.type as string) === 'IndexNode'
      ? `[${indicesOf(part)
          .map((index) => (view(index).kind === 'whole' ? ':' : index.toString(options)))
          .join(', ')}]`
      : undefined;
  // mathjs prints by recursion; of a deep tree the inner parts come first.
  for (const landing of landings(node)) printed.set(landing, landing.toString(options));
  return node.toString(options);
}

function indicesOf(node: MathNode): readonly MathNode[] {
  return (node as unknown as { dimensions: MathNode[] }).dimensions;
}

/** Numbers with the digits that they were written with: a double would lose some. */
function printDigits(node: MathNode): string | undefined {
  return node.type === 'ConstantNode' ? literalOf(node as ConstantNode) : undefined;
}
