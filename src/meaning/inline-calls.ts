/** Calls of the author's own functions written out in a tree, so that shapes pass from arguments into bodies and back. */

import { callNode, locate, type MathNode, parenthesisNode, spanOf, symbolNode, view } from '../syntax/node.ts';
import { mapParts } from '../syntax/walk.ts';
import type { Part } from './parts.ts';

/** More calls than this are not written out: what is left tells of no shapes. */
const mostCalls = 200;

/** Writes out in a tree the calls of the functions that `parts` define, as far as there are not too many. */
export function callsWrittenOut(parts: readonly Part[]): (node: MathNode) => MathNode {
  const functions = new Map(
    parts.flatMap((part) => (part.kind === 'function' && part.name !== undefined ? [[part.name, part] as const] : [])),
  );
  let left = mostCalls;
  const write = (node: MathNode, open: ReadonlySet<string>): MathNode => {
    const seen = view(node);
    const slope = seen.kind === 'call' && seen.name === '' ? slopeAt(seen.callee, seen.args, functions) : undefined;
    if (slope !== undefined) return write(slope, open);
    const called = seen.kind === 'call' ? functions.get(seen.name) : undefined;
    const inner = mapParts(node, (part) => write(part, open));
    if (seen.kind !== 'call' || called === undefined || open.has(seen.name)) return inner;
    if (called.parameters.length !== seen.args.length || left-- <= 0) return inner;
    const args = view(inner);
    const values = args.kind === 'call' ? args.args : [];
    const given = new Map(
      called.parameters.flatMap((name, at) => (isZero(values[at] as MathNode) ? [] : [[name, values[at] as MathNode]])),
    );
    const body = write(called.body, new Set([...open, seen.name]));
    return locate(parenthesisNode(withValues(body, given)), spanOf(node));
  };
  return functions.size === 0 ? (node) => node : (node) => write(node, new Set());
}

/** `D(f, k)(0)` as d(f(x), x), where x is the parameter, and `D(f, k)(a)` as d(f(a), a): their shapes are the same. */
function slopeAt(
  callee: MathNode,
  args: readonly MathNode[],
  functions: ReadonlyMap<string, Part>,
): MathNode | undefined {
  const seen = view(callee);
  const [name, position, ...more] = seen.kind === 'call' && seen.name === 'D' ? seen.args.map(view) : [];
  if (name?.kind !== 'symbol' || position?.kind !== 'constant' || more.length > 0) return undefined;
  const at = Number(position.text) - 1;
  const parameter = functions.get(name.name)?.parameters[at];
  const arg = args[at];
  if (parameter === undefined || arg === undefined) return undefined;
  const by = isZero(arg) ? symbolNode(parameter) : arg;
  if (view(by).kind !== 'symbol') return undefined;
  return callNode('d', [
    callNode(
      name.name,
      args.map((one, k) => (k === at ? by : one)),
    ),
    by,
  ]);
}

/** Whether an argument is the number 0, which at f(0) tells nothing of the shape that the parameter of f has. */
function isZero(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'constant' && Number(seen.text) === 0;
}

function withValues(node: MathNode, given: ReadonlyMap<string, MathNode>): MathNode {
  const seen = view(node);
  const value = seen.kind === 'symbol' ? given.get(seen.name) : undefined;
  if (value === undefined) return mapParts(node, (part) => withValues(part, given));
  return ['symbol', 'element'].includes(view(value).kind) ? value : locate(parenthesisNode(value), spanOf(node));
}
