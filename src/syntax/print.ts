import type { ConstantNode } from 'mathjs';
import { takeSteps } from '../work.ts';
import { elementNode, isBracketed, literalOf, type MathNode, operatorNode, symbolNode, view } from './node.ts';
import { landings } from './walk.ts';

/** What stands in brackets to the right of a product. */
const mixed: ReadonlyMap<string, readonly string[]> = new Map([
  ['*', ['.*', './']],
  ['.*', ['*', '/']],
]);

/** mathjs compares the precedence of a node with that of each of its parts; it costs as much as so many new terms. */
const stepsOfNode = 4;

/** A tree as text in the syntax that `readText` reads, with the parentheses that it needs and no others. */
export function printText(node: MathNode): string {
  const printed = new Map<MathNode, string>();
  const opened = new Set<MathNode>();
  const handler = (part: MathNode): string | undefined => {
    takeSteps(stepsOfNode);
    return (
      printed.get(part) ??
      printDigits(part) ??
      printBrackets(part) ??
      printMixed(part) ??
      printElement(part) ??
      printIndices(part) ??
      printEinsum(part)
    );
  };
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
    if ((part.type as string) !== 'OperatorNode') return undefined;
    const seen = view(part);
    const [left, right] = seen.kind === 'operator' ? seen.args : [];
    if (seen.kind !== 'operator' || left === undefined || right === undefined) return undefined;
    let inner = view(right);
    while (inner.kind === 'parenthesis') inner = view(inner.content);
    if (inner.kind !== 'operator' || !mixed.get(seen.operator)?.includes(inner.operator)) return undefined;
    if (inner.args.length !== 2 || isBracketed(right)) return undefined;
    return operatorNode(seen.operator as '*', left, symbolNode(`(${right.toString(options)})`)).toString(options);
  };
  /** (A * B)[i, j]: brackets that the author wrote are left out elsewhere. */
  const printElement = (part: MathNode): string | undefined => {
    // Asked of every node: what is no element is told by its type alone.
    if ((part.type as string) !== 'AccessorNode') return undefined;
    const seen = view(part);
    if (seen.kind !== 'element') return undefined;
    let object = view(seen.object);
    if (object.kind !== 'parenthesis') return undefined;
    let content = seen.object;
    while (object.kind === 'parenthesis') {
      content = object.content;
      object = view(content);
    }
    return elementNode(content, [...seen.indices]).toString(options);
  };
  /** mathjs prints what stands between these brackets without our handlers. */
  const printIndices = (part: MathNode): string | undefined =>
    (part.type as string) === 'IndexNode'
      ? `[${indicesOf(part)
          .map((index) => (view(index).kind === 'whole' ? ':' : index.toString(options)))
          .join(', ')}]`
      : undefined;
  /** The subscripts of an Einstein sum in quotes, as they are read. */
  const printEinsum = (part: MathNode): string | undefined => {
    if ((part.type as string) !== 'FunctionNode') return undefined;
    const seen = view(part);
    const [first, ...operands] = seen.kind === 'call' && seen.name === 'einsum' ? seen.args : [];
    const subscripts = first === undefined ? undefined : subscriptsIn(first);
    if (subscripts === undefined) return undefined;
    return `einsum("${subscripts.join('->')}", ${operands.map((one) => one.toString(options)).join(', ')})`;
  };
  // mathjs prints by recursion; of a deep tree the inner parts come first.
  for (const landing of landings(node)) printed.set(landing, landing.toString(options));
  return node.toString(options);
}

function indicesOf(node: MathNode): readonly MathNode[] {
  return (node as unknown as { dimensions: MathNode[] }).dimensions;
}

/** The subscripts of the operands, with commas, and of the result, which the reader has made one name. */
export function subscriptsIn(node: MathNode): readonly [inputs: string, output: string] | undefined {
  const seen = view(node);
  const match = seen.kind === 'symbol' ? /^_([A-Za-z_]*?)__([A-Za-z]*)_$/.exec(seen.name) : null;
  return match === null ? undefined : [(match[1] as string).replaceAll('_', ','), match[2] as string];
}

/** Numbers with the digits that they were written with: a double would lose some. */
function printDigits(node: MathNode): string | undefined {
  return node.type === 'ConstantNode' ? literalOf(node as ConstantNode) : undefined;
}
