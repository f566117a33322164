/**
 * mathjs's syntax tree, and the source span of each of its nodes.
 *
 * This folder is the only one that knows mathjs. Of it we take the parser and the node classes of its number-only
 * build; nothing that evaluates or compiles is ever called on text from outside.
 */

import type {
  AccessorNode,
  ConditionalNode,
  ConstantNode,
  FunctionNode,
  MathNode,
  OperatorNode,
  RangeNode,
} from 'mathjs';
import type { Span } from '../problem.ts';
import { mathjs } from './mathjs.ts';

export type { MathNode } from 'mathjs';

/** mathjs's parser, syntax only. Throws its own SyntaxError with a `char` (from 1). */
export const mathjsParse: (source: string) => MathNode = mathjs.parse;

/**
 * Whether a value is a tree of mathjs, of any copy of it, and whole: what has been through JSON or was spread is none. Nodes
 * are told by their marks, not by class; see {@link view}.
 */
export function isNode(value: unknown): value is MathNode {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const node = waiting.pop() as MathNode;
    if (typeof node !== 'object' || node === null) return false;
    if (node.isNode !== true || typeof node.type !== 'string' || typeof node.forEach !== 'function') return false;
    node.forEach((part) => {
      waiting.push(part);
    });
  }
  return true;
}

const spans = new WeakMap<MathNode, Span>();

/** Where `node` stands in the text it was read from; undefined for nodes that were built. */
export function spanOf(node: MathNode): Span | undefined {
  return spans.get(node);
}

/** Records where `node` stands and returns it. */
export function locate<T extends MathNode>(node: T, span: Span | undefined): T {
  if (span !== undefined) spans.set(node, span);
  return node;
}

/** The part of `span` objects that covers all of `nodes`. */
export function spanAcross(nodes: readonly MathNode[]): Span | undefined {
  let start = Number.POSITIVE_INFINITY;
  let end = -1;
  for (const node of nodes) {
    const span = spans.get(node);
    if (span === undefined) continue;
    start = Math.min(start, span.start);
    end = Math.max(end, span.end);
  }
  return end < 0 ? undefined : { start, end };
}

/**
 * The operators that may stand in our trees, with mathjs's name for each. `and`, `or`, `to`, `%` and the like are
 * refused when a tree is lowered.
 */
const operatorNames = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '^': 'pow',
  '.*': 'dotMultiply',
  './': 'dotDivide',
  '.^': 'dotPow',
  "'": 'ctranspose',
  '!': 'factorial',
  '<': 'smaller',
  '>': 'larger',
  '<=': 'smallerEq',
  '>=': 'largerEq',
  '==': 'equal',
  '!=': 'unequal',
} as const;

/** An operator of our trees; unary minus is `-` with one argument. */
export type Operator = keyof typeof operatorNames;

/** A symbol: a name as it is written in text syntax (`beta`, `x_in`). */
export function symbolNode(name: string): MathNode {
  return new mathjs.SymbolNode(name);
}

/** A number; `text` keeps the digits as they were written (`0.10`), as mathjs's own field would lose them. */
export function constantNode(text: string): MathNode {
  return locateText(new mathjs.ConstantNode(Number(text)), text);
}

const rowProducts = new WeakSet<MathNode>();

/** A product that begins with a row, and is a scalar: as a factor it is read with brackets, (u' * v) * w. */
export function rowProduct<T extends MathNode>(node: T): T {
  rowProducts.add(node);
  return node;
}

const bracketed = new WeakSet<MathNode>();

/** Whether text shows brackets around this node though precedence does not ask for them. */
export function isBracketed(node: MathNode): boolean {
  return bracketed.has(node);
}

/** `node` as a factor: a product that is a scalar gets its brackets. */
export function bracket(node: MathNode): MathNode {
  if (rowProducts.has(node)) bracketed.add(node);
  return node;
}

const dotProducts = new WeakSet<MathNode>();

/** A product that is written with a centred dot: of two vectors it is their inner product. */
export function dotted<T extends MathNode>(node: T): T {
  dotProducts.add(node);
  return node;
}

/** Whether a product is written with a centred dot. */
export function isDotted(node: MathNode): boolean {
  return dotProducts.has(node);
}

const stops = new WeakSet<MathNode>();

/** An inner product that is written with a full stop, w . x: what else it may be, its factors say. */
export function stopNode(left: MathNode, right: MathNode): MathNode {
  const node = callNode('dot', [left, right]);
  stops.add(node);
  return node;
}

/** Whether an inner product is written with a full stop. */
export function isStop(node: MathNode): boolean {
  return stops.has(node);
}

const upright = new WeakSet<MathNode>();

/** A call of `abs` that LaTeX writes with bars: of a square matrix these mean its determinant, of a vector its length. */
export function barsNode(content: MathNode): MathNode {
  const node = callNode('abs', [content]);
  upright.add(node);
  return node;
}

/** Whether a node is an expression between bars. */
export function isBetweenBars(node: MathNode): boolean {
  return upright.has(node);
}

const literals = new WeakMap<MathNode, string>();

/** Records the digits a constant was written with. */
function locateText<T extends MathNode>(node: T, text: string): T {
  literals.set(node, text);
  return node;
}

/** The digits a constant was written with. */
export function literalOf(node: ConstantNode): string {
  return literals.get(node) ?? String(node.value);
}

/** An operator applied: `operatorNode('+', a, b)`; several arguments only for `+` and `*`. */
export function operatorNode(operator: Operator, ...args: MathNode[]): MathNode {
  const name = operator === '-' && args.length === 1 ? 'unaryMinus' : operatorNames[operator];
  return new mathjs.OperatorNode(operator, name, args);
}

/** A sum or product of any number of parts as one node: no call takes as many arguments as a long sum has. */
export function wideNode(operator: '+' | '*', args: MathNode[]): MathNode {
  return new mathjs.OperatorNode(operator, operatorNames[operator], args);
}

const crosses = new WeakSet<MathNode>();

/** Notes that a product is written with a cross, \times: of two vectors with three entries it is the cross product. */
export function crossed<T extends MathNode>(node: T): T {
  crosses.add(node);
  return node;
}

/** Such a product. */
export function timesNode(left: MathNode, right: MathNode): MathNode {
  return crossed(operatorNode('*', left, right));
}

/** Whether a product is written with \times. */
export function isTimes(node: MathNode): boolean {
  return crosses.has(node);
}

const partials = new WeakSet<MathNode>();

/** A derivative that is written with a round d: all else that its function depends on is held fixed. */
export function partial<T extends MathNode>(node: T): T {
  partials.add(node);
  return node;
}

/** Whether a derivative is written with a round d. */
export function isPartial(node: MathNode): boolean {
  return partials.has(node);
}

/** A product written without a sign, as in `2 x`. */
export function implicitProductNode(left: MathNode, right: MathNode): MathNode {
  return new mathjs.OperatorNode('*', 'multiply', [left, right], true);
}

/** A function called: `callNode('sin', [x])`. A derivative's name carries its primes: `f'`, `f''`. */
export function callNode(callee: string | MathNode, args: MathNode[]): MathNode {
  return new mathjs.FunctionNode(typeof callee === 'string' ? symbolNode(callee) : callee, args);
}

/** An element: `elementNode(X, [i, j])` is `X[i, j]`. */
export function elementNode(object: MathNode, indices: MathNode[]): MathNode {
  return new mathjs.AccessorNode(object, new mathjs.IndexNode(indices));
}

/** The `:` of `A[:, j]`: every index of an axis. mathjs writes it as the range from 1 to the end. */
export function wholeAxisNode(): MathNode {
  return new mathjs.RangeNode(new mathjs.ConstantNode(1), new mathjs.SymbolNode('end'));
}

/** A choice: `c ? a : b`. */
export function conditionalNode(condition: MathNode, whenTrue: MathNode, whenFalse: MathNode): MathNode {
  return new mathjs.ConditionalNode(condition, whenTrue, whenFalse);
}

/** Parentheses that a person wrote. */
export function parenthesisNode(content: MathNode): MathNode {
  return new mathjs.ParenthesisNode(content);
}

/** A mathjs node as a discriminated union of the shapes that our readers produce; anything else is `other`. */
export type View =
  | { readonly kind: 'constant'; readonly text: string }
  | { readonly kind: 'symbol'; readonly name: string }
  | {
      readonly kind: 'operator';
      readonly operator: string;
      readonly args: readonly MathNode[];
      readonly implicit: boolean;
    }
  | { readonly kind: 'call'; readonly callee: MathNode; readonly name: string; readonly args: readonly MathNode[] }
  | { readonly kind: 'element'; readonly object: MathNode; readonly indices: readonly MathNode[] }
  | { readonly kind: 'conditional'; readonly condition: MathNode; readonly then: MathNode; readonly else: MathNode }
  | { readonly kind: 'parenthesis'; readonly content: MathNode }
  | { readonly kind: 'whole' }
  | { readonly kind: 'other'; readonly what: string };

/**
 * Looks at a node of any mathjs instance (number-only or full, ours or the user's). Nodes are told apart by their
 * `type` text, which mathjs keeps stable, not by class: two copies of mathjs may be loaded.
 */
export function view(node: MathNode): View {
  switch (node.type as string) {
    case 'ConstantNode': {
      const constant = node as ConstantNode;
      const value: unknown = constant.value;
      if (typeof value === 'number' && Number.isFinite(value)) return { kind: 'constant', text: literalOf(constant) };
      if (typeof value === 'bigint') return { kind: 'constant', text: String(value) };
      return { kind: 'other', what: typeof value === 'string' ? 'a string' : `the constant ${String(value)}` };
    }
    case 'SymbolNode':
      return { kind: 'symbol', name: (node as unknown as { name: string }).name };
    case 'OperatorNode': {
      const operator = node as OperatorNode;
      return {
        kind: 'operator',
        operator: operator.op,
        args: operator.args,
        implicit: (operator as unknown as { implicit?: boolean }).implicit === true,
      };
    }
    case 'RelationalNode': {
      return { kind: 'other', what: 'a chain of comparisons' };
    }
    case 'FunctionNode': {
      const call = node as FunctionNode;
      const callee = call.fn as unknown as MathNode;
      const name = callee.type === 'SymbolNode' ? (callee as unknown as { name: string }).name : '';
      return { kind: 'call', callee, name, args: call.args };
    }
    case 'AccessorNode': {
      const accessor = node as AccessorNode;
      const index = accessor.index as unknown as { dimensions: MathNode[]; dotNotation?: boolean };
      if (index.dotNotation === true) return { kind: 'other', what: 'a property after a dot' };
      return { kind: 'element', object: accessor.object, indices: index.dimensions };
    }
    case 'ConditionalNode': {
      const choice = node as ConditionalNode;
      return { kind: 'conditional', condition: choice.condition, then: choice.trueExpr, else: choice.falseExpr };
    }
    case 'ParenthesisNode':
      return { kind: 'parenthesis', content: (node as unknown as { content: MathNode }).content };
    case 'RangeNode':
      return isWholeRange(node as RangeNode) ? { kind: 'whole' } : { kind: 'other', what: 'a range' };
    default:
      return { kind: 'other', what: otherNames[node.type as string] ?? `a ${node.type}` };
  }
}

const otherNames: Readonly<Record<string, string>> = {
  ArrayNode: 'an array',
  AssignmentNode: 'an assignment',
  BlockNode: 'several statements',
  FunctionAssignmentNode: 'a function definition',
  ObjectNode: 'an object',
};

function isWholeRange({ start, end, step }: RangeNode): boolean {
  const [first, last] = [start, end].map((node) => view(node as unknown as MathNode));
  return (
    step === null && first?.kind === 'constant' && first.text === '1' && last?.kind === 'symbol' && last.name === 'end'
  );
}
