/** What lines define letters as, where capitals are matrices and small letters vectors else: the h of h = X W, the Z of Z = X b. */

import { type MathNode, view } from '../syntax/node.ts';
import { factorsOf, partsOf } from '../syntax/walk.ts';
import { tensorCalls } from './tensor-calls.ts';
import { isBinder, nameOf } from './usage.ts';

/**
 * The names that stand for a product of two capitals, or of a capital and another such name, for a sum that holds one, and for what is
 * done to the entries of one. A capital by itself says nothing: the n of n = 2 N is a number.
 */
export function definedMatrices(pairs: readonly (readonly [MathNode, MathNode])[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [head, body] of pairs) {
      const name = nameOf(head);
      if (name !== undefined && isProduct(body, found)) found.add(name);
    }
  }
  return found;
}

/** Capitals that are the names of vectors: what stands for X b, or for a sum or a difference that holds such a product. */
export function definedVectors(pairs: readonly (readonly [MathNode, MathNode])[]): ReadonlySet<string> {
  return new Set(pairs.flatMap(([head, body]) => (isCapital(head) && isImage(body) ? [nameOf(head) as string] : [])));
}

function isImage(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return isImage(seen.content);
  if (seen.kind === 'operator' && '+-'.includes(seen.operator)) return seen.args.some(isImage);
  const [matrix, vector] = factorsOf(node).slice(-2);
  return matrix !== undefined && vector !== undefined && isCapital(matrix) && /^\p{Ll}/u.test(nameOf(vector) ?? '');
}

function isProduct(node: MathNode, found: ReadonlySet<string>): boolean {
  const seen = view(node);
  switch (seen.kind) {
    case 'symbol':
      return found.has(seen.name);
    case 'parenthesis':
      return isProduct(seen.content, found);
    case 'call':
      return seen.args.length === 1 && isEntrywise(seen.name) && isProduct(seen.args[0] as MathNode, found);
    case 'operator':
      break;
    default:
      return false;
  }
  if (seen.operator === '*') {
    const factors = factorsOf(node).map(withoutTranspose);
    const isMatrix = (factor: MathNode): boolean => isCapital(factor) || isProduct(factor, found);
    return isMatrix(factors.at(-1) as MathNode) && factors.filter(isMatrix).length > 1;
  }
  if (seen.operator === '/') {
    const [above, below] = seen.args as [MathNode, MathNode];
    return isProduct(above, found) && !holdsCapital(below);
  }
  return /^(?:\+|-|'|\.\*)$/.test(seen.operator) && seen.args.some((arg) => isProduct(arg, found));
}

/** Whether a call takes a matrix entry by entry, or row by row. */
function isEntrywise(name: string): boolean {
  return name === 'softmax' || !(tensorCalls.has(name) || isBinder(name));
}

function withoutTranspose(node: MathNode): MathNode {
  const seen = view(node);
  return seen.kind === 'operator' && seen.operator === "'" ? withoutTranspose(seen.args[0] as MathNode) : node;
}

function isCapital(node: MathNode): boolean {
  return /^\p{Lu}/u.test(nameOf(node) ?? '');
}

function holdsCapital(node: MathNode): boolean {
  return isCapital(node) || partsOf(node).some(holdsCapital);
}
