/** The walk of the inference of shapes: what holds for every formula; the rest is asked of its {@link ShapeRules}. */

import { integralSign, limitSign } from '../syntax/functions.ts';
import { type MathNode, spanOf, view } from '../syntax/node.ts';
import { type Inference, joinAll, type Lengths, note, open, type Shaper } from './lengths.ts';
import { flattenElement, isBinder, isWholeAxis } from './usage.ts';

/**
 * The shape of `node` as far as it is known; `wanted` is what its surroundings need. Rules ask for a part more than once,
 * which would take a power of the depth if what was found were not kept.
 */
export function infer(state: Inference, node: MathNode, wanted: Lengths): Lengths {
  if (wanted !== undefined) return inferNode(state, node, wanted);
  const { learned } = state;
  const known = state.found.get(node);
  if (known?.learned === learned) return known.lengths;
  const lengths = inferNode(state, node, wanted);
  if (state.learned === learned) state.found.set(node, { lengths, learned });
  return lengths;
}

function inferNode(state: Inference, node: MathNode, wanted: Lengths): Lengths {
  const seen = view(node);
  switch (seen.kind) {
    case 'constant':
      if (wanted !== undefined && wanted.length > 0) state.rules.clash?.(node, 'a number', 0, wanted.length);
      return [];
    case 'parenthesis':
      return infer(state, seen.content, wanted);
    case 'symbol':
      return state.indices.has(seen.name) ? [] : inferName(state, node, seen.name, [], wanted);
    case 'element':
      return inferElement(state, node, wanted);
    case 'conditional':
      infer(state, seen.condition, undefined);
      return state.rules.alike(shaperOf(state, node, [seen.then, seen.else]), wanted);
    case 'operator':
      return inferOperator(shaperOf(state, node, seen.args), seen.operator, wanted);
    case 'call':
      return inferCall(shaperOf(state, node, seen.args), seen.name, wanted);
    default:
      return wanted;
  }
}

/** What the rules are told of a node and its parts. */
export function shaperOf(state: Inference, node: MathNode, args: readonly MathNode[]): Shaper {
  return { state, node, args, of: (part, wanted) => infer(state, part, wanted) };
}

/** A name with indices behind it, or with none. */
function inferName(
  state: Inference,
  node: MathNode,
  name: string,
  indices: readonly MathNode[],
  wanted: Lengths,
): Lengths {
  const known = state.known.get(name);
  if (known === undefined) {
    if (wanted !== undefined) note(state, name, [...indices.map(open), ...wanted], node);
    return wanted ?? (state.rest && indices.length === 0 ? [] : undefined);
  }
  const { rules } = state;
  if (indices.length > known.lengths.length) rules.excess?.(name, indices.length, spanOf(node), known);
  const own = known.lengths.slice(indices.length);
  if (wanted !== undefined && wanted.length !== own.length)
    rules.clash?.(node, withIndices(name, indices.length), own.length, wanted.length, known.at);
  joinAll(state, own, wanted);
  return own;
}

function withIndices(name: string, count: number): string {
  return count === 0 ? name : `${name} with ${count === 1 ? 'one index' : `${count} indices`}`;
}

function inferElement(state: Inference, node: MathNode, wanted: Lengths): Lengths {
  const { base, indices } = flattenElement(node);
  const name = view(base);
  if (name.kind !== 'symbol') return state.rules.entry(shaperOf(state, node, indices), base, wanted);
  if (!indices.some(isWholeAxis)) return inferName(state, node, name.name, indices, wanted);
  // A[:, j]: A has as many axes as are written, and a colon leaves one of them open.
  if (!state.known.has(name.name)) note(state, name.name, indices.map(open), node);
  const lengths = openAxes(state.known.get(name.name)?.lengths, indices);
  joinAll(state, lengths, wanted);
  return lengths;
}

/** The axes on which no index stands. */
export function openAxes(lengths: Lengths, indices: readonly MathNode[]): Lengths {
  return lengths?.filter((_, axis) => indices[axis] === undefined || isWholeAxis(indices[axis]));
}

function inferOperator(shaper: Shaper, operator: string, wanted: Lengths): Lengths {
  const { args, of } = shaper;
  const [left, right] = args;
  if (left === undefined) return wanted;
  if (operator === '+' || operator === '-') return shaper.state.rules.alike(shaper, wanted);
  if (operator !== '/' || right === undefined) return shaper.state.rules.operator(shaper, operator, wanted);
  of(right, []);
  return of(left, wanted);
}

function inferCall(shaper: Shaper, name: string, wanted: Lengths): Lengths {
  const [body, index, ...bounds] = shaper.args;
  const isOfVariable = shaper.args.length === 4 && (name === integralSign || name === limitSign);
  if (isOfVariable && index !== undefined) shaper.of(index, []);
  if (!(isBinder(name) || isOfVariable) || body === undefined || index === undefined)
    return shaper.state.rules.call(shaper, name, wanted);
  for (const bound of bounds) shaper.of(bound, []);
  return shaper.of(body, wanted);
}
