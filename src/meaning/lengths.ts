/** Lengths of axes during inference: names, numbers, or still open, joined by union and find. */

import type { Span } from '../problem.ts';
import { type MathNode, spanOf } from '../syntax/node.ts';
import { add, multiply, number, symbol } from '../term/construct.ts';
import type { Term } from '../term/term.ts';

/** The length of an axis: a name, a number, or still open. */
export interface Length {
  up: Length | undefined;
  name: string | undefined;
  /** Whether no name has it yet: to join it with another says nothing new. */
  isLoose: boolean;
  /** Of an axis with an entry for each pair, the lengths of both, the one that counts slowly first. */
  factors?: readonly Length[];
}

/** Lengths of all axes; undefined where not even their number is known. */
export type Lengths = readonly Length[] | undefined;

export interface Known {
  readonly lengths: readonly Length[];
  readonly at: Span | undefined;
}

/** What a call or an operator does with the shapes of its arguments. */
export interface Shaper {
  readonly state: Inference;
  readonly node: MathNode;
  readonly args: readonly MathNode[];
  /** The shape of a part as far as it is known; `wanted` is what its surroundings need. */
  readonly of: (node: MathNode, wanted?: Lengths) => Lengths;
}

/**
 * How shapes pass through formulas of one kind: scalars, families and inner products, where what does not fit is refused at
 * once, or whole vectors and matrices, where a scalar stands for all entries and the lowering names both sides of a clash.
 */
export interface ShapeRules {
  /** Of what has one shape: summands, branches. */
  readonly alike: (shaper: Shaper, wanted: Lengths) => Lengths;
  /** Of a name and what it is defined by, and of both sides of an equation. */
  readonly equal: (shaper: Shaper) => void;
  readonly operator: (shaper: Shaper, operator: string, wanted: Lengths) => Lengths;
  readonly call: (shaper: Shaper, name: string, wanted: Lengths) => Lengths;
  /** Of `(A*x)[i]`, whose base is no name. */
  readonly entry: (shaper: Shaper, base: MathNode, wanted: Lengths) => Lengths;
  /** What is said where a node has another number of axes than its surroundings need. */
  readonly clash?: (node: MathNode, what: string, own: number, wanted: number, other?: Span) => never;
  /** What is said where a name has more indices than axes. */
  readonly excess?: (name: string, subscripts: number, at: Span | undefined, known: Known) => never;
}

export interface Inference {
  readonly rules: ShapeRules;
  readonly known: Map<string, Known>;
  readonly indices: ReadonlySet<string>;
  /** Small letters that lines define as products of matrices. */
  readonly matrices: ReadonlySet<string>;
  /** Capitals that lines define as vectors. */
  readonly vectors: ReadonlySet<string>;
  readonly named: Map<string, Length>;
  /** The lengths of an identity or a vector of ones that is written without its size. */
  readonly fresh: Map<MathNode, Length>;
  /** Whether what nothing tells is guessed: capitals are matrices. */
  guess: boolean;
  /** Whether what is still open after that counts as a scalar. */
  rest: boolean;
  /** How many facts have been learned: of names, and of lengths that names have. */
  learned: number;
  /** What was found of a node that nothing was wanted of, and after how many facts; it is found again only after more. */
  readonly found: Map<MathNode, { readonly lengths: Lengths; readonly learned: number }>;
}

export const fixed = (name: string): Length => ({ up: undefined, name, isLoose: false });
export const open = (): Length => ({ up: undefined, name: undefined, isLoose: true });

export function find(length: Length): Length {
  let at = length;
  while (at.up !== undefined) at = at.up;
  return at;
}

const sizes = new WeakMap<MathNode, string>();

/** Notes the length that an identity or a vector of ones has here. */
export function setSize(node: MathNode, length: string): void {
  sizes.set(node, length);
}

/** The length of an identity or a vector of ones that is written without it, once the shapes around it are known. */
export function sizeOf(node: MathNode): string | undefined {
  return sizes.get(node);
}

/** n, 3, or n+m. */
export function lengthTerm(text: string): Term {
  const factor = (part: string): Term => (/^\d/.test(part) ? number(Number(part)) : symbol(part));
  return add(...text.split('+').map((part) => multiply(...part.split('*').map(factor))));
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
  if (isMadeOf(left, right) || isMadeOf(right, left)) return;
  const [root, other] = left.name === undefined ? [right, left] : [left, right];
  other.up = root;
  if (!left.isLoose && !right.isLoose) state.learned++;
  root.isLoose = left.isLoose && right.isLoose;
  joinFactors(state, root, other);
}

/** Whether a length is one of the factors of another, or of these: then both can't be one. */
function isMadeOf(length: Length, part: Length): boolean {
  return length.factors?.some((factor) => find(factor) === part || isMadeOf(find(factor), part)) === true;
}

/** Pairs of entries are counted in one order on both axes, so that vec(X) behind kron(B', A) tells the lengths of X. */
function joinFactors(state: Inference, root: Length, other: Length): void {
  const [left, right] = [root.factors, other.factors];
  if (left === undefined && right !== undefined) root.factors = right;
  else if (left !== undefined && left.length === right?.length) joinAll(state, left, right);
}

/** Joins lengths axis by axis, where there are as many. */
export function joinAll(state: Inference, left: Lengths, right: Lengths): void {
  if (left === undefined || left.length !== right?.length) return;
  left.forEach((length, axis) => {
    join(state, length, right[axis]);
  });
}

/** The length as that of an axis of a name or a constant. */
export function held(length: Length): Length {
  find(length).isLoose = false;
  return length;
}

/** Takes the shape of a name from its use at `node`. */
export function note(state: Inference, name: string, lengths: readonly Length[], node: MathNode): void {
  state.known.set(name, { lengths: lengths.map(held), at: spanOf(node) });
  state.learned++;
}

/** A length made of others, its parts in the order of the alphabet: n+m and m+n are one length, and so are m*n and n*m. */
export function sumOfLengths(text: string): string {
  return inOrder(text, '+', (part) => inOrder(part, '*', (factor) => factor));
}

function inOrder(text: string, sign: string, change: (part: string) => string): string {
  return text
    .split(sign)
    .map((part) => change(part.trim()))
    .sort()
    .join(sign);
}

/**
 * The length of what has an entry for each pair: made of two names, or of two lengths that are to be found; open where one of both is
 * itself a sum.
 */
export function productOfLengths(state: Inference, lengths: readonly (Length | undefined)[]): Length {
  const unit = lengthNamed(state, '1');
  const others = lengths.filter((length) => length === undefined || find(length) !== unit);
  const names = others.map((length) => (length === undefined ? undefined : find(length).name));
  if (names.some((name) => name?.includes('+'))) return open();
  if (names.every((name) => name !== undefined)) {
    return lengthNamed(state, names.length === 0 ? '1' : sumOfLengths(names.join('*')));
  }
  const [first, ...more] = others.filter((length) => length !== undefined);
  if (first === undefined || 1 + more.length < others.length) return open();
  return more.length === 0 ? first : { ...open(), factors: [first, ...more] };
}
