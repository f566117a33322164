/**
 * What differs between two formulas that follow one another, as nodes of their trees: the parts that go, and those that
 * come in their place.
 *
 * The trees are compared as they are printed: nested sums as lists of terms and nested products as lists of factors, in
 * which what is equal is matched whatever its place. So a step that only moves a term marks nothing; one that only moves
 * a factor does, as it may be a matrix.
 */

import { type MathNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';

export interface Changes {
  readonly gone: ReadonlySet<MathNode>;
  readonly come: ReadonlySet<MathNode>;
}

/** Compares two trees. A root among the marked parts says that nothing is left as it was. */
export function compareTrees(before: MathNode, after: MathNode): Changes {
  const keys = createKeys();
  const gone = new Set<MathNode>();
  const come = new Set<MathNode>();
  const pairs: (readonly [MathNode, MathNode])[] = [[before, after]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [old, fresh] = pair.map(inner) as [MathNode, MathNode];
    if (keys(old) === keys(fresh)) continue;
    const rests = unmatched(old, fresh, keys);
    if (rests === undefined) {
      gone.add(old);
      come.add(fresh);
      continue;
    }
    const [[oldPart, ...oldParts], [freshPart, ...freshParts]] = rests;
    // The order alone is another: of no account in a sum, but matrices don't commute.
    if (oldPart === undefined && freshPart === undefined && factorsOf(old).length > 1) {
      gone.add(old);
      come.add(fresh);
      continue;
    }
    const isOne = oldParts.length === 0 && freshParts.length === 0;
    if (isOne && oldPart !== undefined && freshPart !== undefined && oldPart.minus === freshPart.minus) {
      pairs.push([oldPart.node, freshPart.node]);
      continue;
    }
    for (const { node } of rests[0]) gone.add(node);
    for (const { node } of rests[1]) come.add(node);
  }
  return { gone, come };
}

interface Part {
  readonly node: MathNode;
  /** It is subtracted. */
  readonly minus: boolean;
}

/** The parts of both that have no equal in the other; undefined where the two have nothing in common. */
function unmatched(old: MathNode, fresh: MathNode, keys: Keys): readonly [Part[], Part[]] | undefined {
  for (const list of [termsOf, factorsOf]) {
    const [oldParts, freshParts] = [list(old), list(fresh)];
    if (oldParts.length === 1 && freshParts.length === 1) continue;
    const rests = [without(oldParts, freshParts, keys), without(freshParts, oldParts, keys)] as const;
    return rests[0].length === oldParts.length && rests[1].length === freshParts.length ? undefined : rests;
  }
  const [oldParts, freshParts] = [openParts(old), openParts(fresh)];
  if (labelOf(old) !== labelOf(fresh) || oldParts.length !== freshParts.length) return undefined;
  const changed = oldParts.map((part, at) => keys(part) !== keys(freshParts[at] as MathNode));
  if (closedParts(old).some((part, at) => keys(part) !== keys(closedParts(fresh)[at] as MathNode))) return undefined;
  const only = changed.indexOf(true);
  // Where all parts of several differ, the whole does.
  if (only < 0 || changed.lastIndexOf(true) !== only) return undefined;
  return [[{ node: oldParts[only] as MathNode, minus: false }], [{ node: freshParts[only] as MathNode, minus: false }]];
}

/** The members of `parts` that are left when those of `others` are struck out, one for one. */
function without(parts: readonly Part[], others: readonly Part[], keys: Keys): Part[] {
  const counts = new Map<string, number>();
  const keyOf = ({ node, minus }: Part): string => (minus ? `-${keys(node)}` : String(keys(node)));
  for (const other of others) counts.set(keyOf(other), (counts.get(keyOf(other)) ?? 0) + 1);
  return parts.filter((part) => {
    const left = counts.get(keyOf(part)) ?? 0;
    counts.set(keyOf(part), left - 1);
    return left <= 0;
  });
}

/** A node without the brackets that somebody wrote around it. */
export function inner(node: MathNode): MathNode {
  let seen = view(node);
  let found = node;
  while (seen.kind === 'parenthesis') {
    found = seen.content;
    seen = view(found);
  }
  return found;
}

/** The terms of nested sums and differences; the node alone where it is no sum. */
function termsOf(root: MathNode): Part[] {
  return listOf(root, (operator) => operator === '+' || operator === '-');
}

/** The factors of nested products; the node alone where it is no product. */
function factorsOf(root: MathNode): Part[] {
  return listOf(root, (operator) => operator === '*');
}

function listOf(root: MathNode, isOpened: (operator: string) => boolean): Part[] {
  const parts: Part[] = [];
  const waiting: Part[] = [{ node: root, minus: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const node = inner(next.node);
    const seen = view(node);
    if (seen.kind === 'operator' && seen.args.length > 1 && isOpened(seen.operator) && !next.minus) {
      waiting.push(...seen.args.map((part, at) => ({ node: part, minus: seen.operator === '-' && at > 0 })).reverse());
    } else {
      parts.push({ node, minus: next.minus });
    }
  }
  return parts;
}

/** Parts that may change while the node around them is seen to stay. */
function openParts(node: MathNode): readonly MathNode[] {
  const seen = view(node);
  switch (seen.kind) {
    case 'operator':
      return seen.operator === '^' ? seen.args.slice(0, 1) : seen.args;
    case 'call':
      if (seen.name === '' || seen.name === 'delta') return [];
      return binding.has(seen.name) ? seen.args.slice(0, 1) : seen.args;
    case 'conditional':
      return [seen.condition, seen.then, seen.else];
    default:
      return [];
  }
}

/** Calls of which only the first argument is a formula; the others are variables, indices and ends of ranges. */
const binding: ReadonlySet<string> = new Set(['sum', 'prod', 'd', 'D', 'softmax', 'logsumexp']);

/** Parts with which the whole node changes: variables of a derivative, a range, an exponent. */
function closedParts(node: MathNode): readonly MathNode[] {
  return partsOf(node).slice(openParts(node).length);
}

/** What a node is, apart from its parts. */
function labelOf(node: MathNode): string {
  const seen = view(node);
  switch (seen.kind) {
    case 'constant':
      return `constant ${seen.text}`;
    case 'symbol':
      return `symbol ${seen.name}`;
    case 'operator':
      return `operator ${seen.operator} ${seen.args.length}`;
    case 'call':
      return `call ${seen.name} ${seen.args.length}`;
    case 'element':
      return `element ${seen.indices.length}`;
    case 'other':
      return `other ${node.toString()}`;
    default:
      return seen.kind;
  }
}

type Keys = (node: MathNode) => number;

/** Numbers for trees: equal for trees that look the same. */
function createKeys(): Keys {
  const numbers = new Map<string, number>();
  const known = new Map<MathNode, number>();
  const keys: Keys = (outer) => {
    const before = known.get(outer);
    if (before !== undefined) return before;
    const node = inner(outer);
    const parts = partsOf(node).map(keys);
    const text = `${labelOf(node)}(${parts.join(' ')})`;
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    known.set(outer, number);
    return number;
  };
  return keys;
}
