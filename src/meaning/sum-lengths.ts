/** How long the axes of families are, by the sums that count them: in sum(x[i], i, 1, n) the x has n members. */

import { type MathNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import { flattenElement, isBinder, nameOf } from './usage.ts';

/** What an axis is counted to, by its name and its place; undefined where two sums, or an index that is computed, say different things. */
type CountedAxes = ReadonlyMap<string, readonly (string | undefined)[]>;

/** The bounds of the letters that are bound at a place: the n of i = 1, ..., n, or undefined where that is none. */
type Bounds = ReadonlyMap<string, string | undefined>;

/** The lengths that sums say of the axes of names. An axis of which no sum says anything is open as well. */
export function countedAxes(nodes: readonly MathNode[]): CountedAxes {
  const found = new Map<string, Set<string | undefined>[]>();
  const waiting: { node: MathNode; bounds: Bounds }[] = nodes.map((node) => ({ node, bounds: new Map() }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, bounds } = next;
    const seen = view(node);
    if (seen.kind === 'element') noteAxes(node, bounds, found);
    const inner = seen.kind === 'call' && isBinder(seen.name) ? withBound(seen.args, bounds) : bounds;
    for (const part of partsOf(node)) waiting.push({ node: part, bounds: inner });
  }
  return new Map(
    [...found].map(([name, axes]) => [name, axes.map((said) => (said.size === 1 ? [...said][0] : undefined))]),
  );
}

function noteAxes(node: MathNode, bounds: Bounds, into: Map<string, Set<string | undefined>[]>): void {
  const { base, indices } = flattenElement(node);
  const name = nameOf(base);
  if (name === undefined) return;
  const axes = into.get(name) ?? [];
  into.set(name, axes);
  indices.forEach((index, at) => {
    const letter = nameOf(index);
    axes[at] ??= new Set();
    // A letter that nothing binds is any of the members, and a number one of them.
    if (letter !== undefined ? bounds.has(letter) : view(index).kind !== 'constant')
      axes[at].add(letter === undefined ? undefined : bounds.get(letter));
  });
}

/** The bounds in the body of sum(body, i, 1, n). */
function withBound([, index, from, to]: readonly MathNode[], bounds: Bounds): Bounds {
  const letter = index === undefined ? undefined : nameOf(index);
  if (letter === undefined) return bounds;
  const [first, last] = [from, to].map((node) => (node === undefined ? undefined : view(node)));
  const isWhole = first?.kind === 'constant' && first.text === '1';
  const length = last?.kind === 'symbol' ? last.name : last?.kind === 'constant' ? last.text : undefined;
  return new Map([...bounds, [letter, isWhole && /^(?:\p{L}\w*|[1-9]\d*)$/u.test(length ?? '') ? length : undefined]]);
}
