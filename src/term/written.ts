/**
 * How the author wrote sums and products: n R T and 1 + exp(x), where the alphabet and our habits would have R T n and
 * exp(x) + 1. Terms know no order; the printer asks here.
 */

import { negate } from './construct.ts';
import type { Term } from './term.ts';

export interface Written {
  /** Sums with their terms in the order of the source. */
  readonly sums: Map<Term, readonly Term[]>;
  /** The names that stand as factors of one product, in its order. */
  readonly products: (readonly string[])[];
  /** Inner products with the vector that stands as a row. */
  readonly rows: Map<Term, Term>;
  /** Whether inner products are written u' * v. */
  transposed: boolean;
}

/** Longer ones are data, and nobody looks for their order. */
export const longest = 60;

export function nothingWritten(): Written {
  return { sums: new Map(), products: [], rows: new Map(), transposed: false };
}

/** Notes the order of `parts`, which add up to `sum`; those behind a minus are given as they were before it. */
export function noteSum({ sums }: Written, sum: Term, parts: readonly Term[], isDifference = false): void {
  if (sum.kind !== 'add' || sum.terms.length > longest || sums.has(sum)) return;
  const order = parts.flatMap((part, at) => {
    const own = part.kind === 'add' ? (sums.get(part) ?? part.terms) : [part];
    return isDifference && at > 0 ? own.map(negate) : own;
  });
  // Where terms were collected, the sum is another one than was written.
  if (order.length === sum.terms.length && order.every((part) => sum.terms.includes(part))) sums.set(sum, order);
}

/** Notes that a product with `row` as its row made the inner product within `product`. */
export function noteRow(written: Written, product: Term, row: Term): void {
  written.transposed = true;
  const factors = product.kind === 'multiply' ? product.factors : [product];
  const [inner, ...others] = factors.filter((factor) => factor.kind === 'dot');
  if (inner?.kind !== 'dot' || others.length > 0 || written.rows.has(inner)) return;
  if (inner.left === row || inner.right === row) written.rows.set(inner, row);
}

/** The order of the alphabet with capitals among small letters: n F Q, not Q n F. */
export function compareNames(left: string, right: string): number {
  const [a, b] = [left.toLowerCase(), right.toLowerCase()];
  if (a === b) return left < right ? -1 : left > right ? 1 : 0;
  return a < b ? -1 : 1;
}

/**
 * Places of names within a product: as the author has them, the alphabet where the products of the source say nothing or
 * contradict one another (Kahn's topological sort). Undefined where that is the alphabet.
 */
export function rankNames({ products }: Written, names: ReadonlySet<string>): ReadonlyMap<string, number> | undefined {
  const after = new Map<string, Set<string>>();
  for (const product of products) {
    product.forEach((name, at) => {
      const later = after.get(name) ?? new Set();
      for (const other of product.slice(at + 1)) if (other !== name) later.add(other);
      after.set(name, later);
    });
  }
  const left = [...new Set([...names, ...after.keys()])].sort(compareNames);
  if (left.length > longest) return undefined;
  const ranks = new Map<string, number>();
  let isAlphabet = true;
  while (left.length > 0) {
    const isFree = (name: string): boolean => left.every((other) => other === name || !after.get(other)?.has(name));
    const at = Math.max(0, left.findIndex(isFree));
    if (at > 0) isAlphabet = false;
    ranks.set(left.splice(at, 1)[0] as string, ranks.size);
  }
  return isAlphabet ? undefined : ranks;
}
