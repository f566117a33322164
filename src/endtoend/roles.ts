/** What the table of names says, as plain data: all that evaluating a tree needs beyond the tree. */

import { type MathNode, type View, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';

/** A quantity or function of the author's, or a name that a derivation introduced. */
export interface Definition {
  /** Indices of a family, parameters of a function. */
  readonly parameters: readonly string[];
  readonly body: MathNode;
}

/** What the names of one text stand for: the source's own, or those of a printed answer. */
export interface Names {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly functions: ReadonlyMap<string, Definition>;
}

/** The roles, lengths and properties of names. */
export interface Roles {
  /** How many axes each name has. */
  readonly axes: ReadonlyMap<string, number>;
  /** The lengths of the axes, where they are known by name or number: `n`, `2`, `m+n`. */
  readonly lengths: ReadonlyMap<string, readonly string[]>;
  /** The length of an identity or a vector of ones that is written without it. */
  readonly lengthOf: (node: MathNode) => string | undefined;
  readonly indices: ReadonlySet<string>;
  /** Names that are no function before a bracket, and `e` or `pi` where they are no constants. */
  readonly quantities: ReadonlySet<string>;
  readonly shadowed: ReadonlySet<string>;
  readonly positive: ReadonlySet<string>;
  readonly integer: ReadonlySet<string>;
  /** Declared properties by name, and how many of its first axes count members that have them. */
  readonly traits: ReadonlyMap<string, ReadonlySet<string>>;
  readonly families: ReadonlyMap<string, number>;
  /** Names that are functions of others. */
  readonly depends: ReadonlyMap<string, readonly string[]>;
}

/** A name and all its indices: `X[i][j]` and `X[i, j]` alike. */
export function flatten(node: MathNode): { readonly base: MathNode; readonly indices: readonly MathNode[] } {
  const indices: MathNode[] = [];
  let base = node;
  for (let seen = view(base); seen.kind === 'element' || seen.kind === 'parenthesis'; seen = view(base)) {
    // What is picked out of a slice counts along the axis that is left.
    if (seen.kind === 'element' && indices.length > 0 && seen.indices.some(isWhole)) break;
    if (seen.kind === 'element') indices.unshift(...seen.indices);
    base = seen.kind === 'element' ? seen.object : seen.content;
  }
  return { base, indices };
}

/** The colon of `A[:, j]`. */
export const isWhole = (node: MathNode): boolean => view(node).kind === 'whole';

/** The names within what stands as an index or as an end of a range. */
export function namesIn(node: MathNode): readonly string[] {
  const own = nameOf(node);
  if (own !== undefined) return [own];
  return view(node).kind === 'operator' || view(node).kind === 'parenthesis' ? partsOf(node).flatMap(namesIn) : [];
}

/** The name of a symbol; undefined for anything else. */
export function nameOf(node: MathNode | undefined): string | undefined {
  const seen = node === undefined ? undefined : view(node);
  if (seen?.kind === 'parenthesis') return nameOf(seen.content);
  return seen?.kind === 'symbol' ? seen.name : undefined;
}

/** Calls whose second argument is an index that they bind. */
export const binders: ReadonlySet<string> = new Set(['sum', 'prod', 'logsumexp', 'softmax']);

/** A sum, a product or the like over an index. */
export interface Binder {
  readonly name: string;
  readonly body: MathNode;
  readonly letter: string;
  readonly range?: readonly MathNode[];
}

/** The parts of a call that binds an index; undefined for any other. */
export function binderOf(node: MathNode): Binder | undefined {
  const seen = view(node);
  return seen.kind === 'call' ? binderIn(seen) : undefined;
}

/** The same for what has been looked at. */
export function binderIn(seen: Extract<View, { kind: 'call' }>): Binder | undefined {
  if (!binders.has(seen.name) || seen.args.length < 2) return undefined;
  const [body, index, ...range] = seen.args as [MathNode, MathNode, ...MathNode[]];
  const letter = nameOf(index);
  if (letter === undefined) return undefined;
  return { name: seen.name, body, letter, ...(range.length === 2 ? { range } : {}) };
}
