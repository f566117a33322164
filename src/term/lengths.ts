/** Lengths of axes during inference: names, numbers, or still open, joined by union and find. */

import type { Span } from '../problem.ts';
import type { MathNode } from '../syntax/node.ts';

/** The length of an axis: a name, a number, or still open. */
export interface Length {
  up: Length | undefined;
  name: string | undefined;
}

/** Lengths of all axes; undefined where not even their number is known. */
export type Lengths = readonly Length[] | undefined;

export interface Known {
  readonly lengths: readonly Length[];
  readonly at: Span | undefined;
}

/** What a call does with the shapes of its arguments. */
export interface Shaper {
  readonly state: Inference;
  readonly node: MathNode;
  readonly args: readonly MathNode[];
  readonly of: (node: MathNode, wanted?: Lengths) => Lengths;
}

export interface Inference {
  readonly known: Map<string, Known>;
  readonly indices: ReadonlySet<string>;
  readonly named: Map<string, Length>;
  /** Whether what nothing tells is guessed: capitals are matrices. */
  guess: boolean;
  changed: boolean;
}

export const fixed = (name: string): Length => ({ up: undefined, name });
export const open = (): Length => ({ up: undefined, name: undefined });

export function find(length: Length): Length {
  let at = length;
  while (at.up !== undefined) at = at.up;
  return at;
}

/** The length with this name. */
export function lengthNamed(state: Inference, name: string): Length {
  const known = state.named.get(name) ?? fixed(name);
  state.named.set(name, known);
  return known;
}

/**
 * Makes both lengths one. Two that are declared differently stay so: where they meet, the lowering says so, with both sides
 * and their shapes.
 */
export function join(state: Inference, a: Length | undefined, b: Length | undefined): void {
  if (a === undefined || b === undefined) return;
  const [left, right] = [find(a), find(b)];
  if (left === right || (left.name !== undefined && right.name !== undefined)) return;
  if (left.name === undefined) left.up = right;
  else right.up = left;
  state.changed = true;
}

/** A sum of lengths, its parts in the order of the alphabet: n+m and m+n are one length. */
export function sumOfLengths(text: string): string {
  return text
    .split('+')
    .map((part) => part.trim())
    .sort()
    .join('+');
}
