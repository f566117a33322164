/** Einstein's convention: an index that stands twice in a product, and is bound by nothing, is summed over. */

import { index, mapParts, multiplyAll, number, sum } from '../term/construct.ts';
import { children, freeIndices } from '../term/inspect.ts';
import type { MultiplyTerm, Term } from '../term/term.ts';

/** The indices that stand in more than one factor of `product`, those in `bound` left out. */
function repeatedIn(product: MultiplyTerm, bound: ReadonlySet<string>): readonly string[] {
  const counts = new Map<string, number>();
  for (const factor of product.factors) {
    for (const name of freeIndices(factor)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].filter(([name, count]) => count > 1 && !bound.has(name)).map(([name]) => name);
}

/** The indices over which the convention sums in `term`; those in `bound` are of the variable. */
export function summedByConvention(term: Term, bound: ReadonlySet<string>): ReadonlySet<string> {
  const own = term.kind === 'multiply' ? repeatedIn(term, bound) : [];
  const free = freeIndices(term);
  const inner = children(term).flatMap((part) => {
    const bindings = [...freeIndices(part)].filter((name) => !free.has(name));
    return [...summedByConvention(part, bindings.length === 0 ? bound : new Set([...bound, ...bindings]))];
  });
  return new Set([...own, ...inner]);
}

/** `term` with the sums that the convention leaves out. */
export function withConvention(term: Term, bound: ReadonlySet<string>): Term {
  const repeated = term.kind === 'multiply' ? repeatedIn(term, bound) : [];
  if (term.kind !== 'multiply' || repeated.length === 0) {
    return mapParts(term, freeIndices(term), (part) => withConvention(part, bound));
  }
  const held = new Set([...bound, ...repeated]);
  const factors = term.factors.map((factor) => withConvention(factor, held));
  const product = multiplyAll([number(term.coefficient), ...factors]);
  return repeated.reduce((body, name) => sum(index(name), body), product);
}
