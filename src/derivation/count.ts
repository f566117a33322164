/** Counting multiplications, for the comparison of the backward pass with one derivation for each parameter. */

import { open } from '../term/construct.ts';
import { children, freeIndices } from '../term/inspect.ts';
import type { Term, Variable } from '../term/term.ts';

/** Multiplications that are done once, once for each member of a family (n), and for each component (n d). */
export interface ProductCount {
  readonly once: number;
  readonly perMember: number;
  readonly perComponent: number;
}

/** Multiplications for the value of `term` for all members that `of` stands for. A function value costs none. */
export function countProducts(term: Term, of: Variable): ProductCount {
  const { scalars, vectors } = productsIn(term);
  if (freeIndices(of).size === 0 && !holdsSum(term)) return { once: scalars, perMember: 0, perComponent: vectors };
  return { once: 0, perMember: scalars, perComponent: vectors };
}

function holdsSum(term: Term): boolean {
  return term.height > 0;
}

function productsIn(term: Term): { scalars: number; vectors: number } {
  let scalars = 0;
  let vectors = 0;
  const visit = (part: Term): void => {
    if (part.kind === 'multiply') {
      const unit =
        part.coefficient.denominator === 1n &&
        (part.coefficient.numerator === 1n || part.coefficient.numerator === -1n);
      const factors = part.factors.length + (unit ? 0 : 1);
      if (part.rank > 0) {
        scalars += Math.max(0, factors - 2);
        vectors += 1;
      } else {
        scalars += factors - 1;
      }
    }
    if (part.kind === 'sum' || part.kind === 'product') visit(open(part, new Set()).body);
    else if (part.kind !== 'element') children(part).forEach(visit);
  };
  visit(term);
  return { scalars, vectors };
}

export function sumCounts(counts: readonly ProductCount[]): ProductCount {
  return counts.reduce(
    (total, one) => ({
      once: total.once + one.once,
      perMember: total.perMember + one.perMember,
      perComponent: total.perComponent + one.perComponent,
    }),
    { once: 0, perMember: 0, perComponent: 0 },
  );
}
