/**
 * What both sides of an equality have in common. A step of a derivation changes a few terms and keeps the rest; taken for
 * unknowns of their own, the common parts need not be evaluated, however large they are.
 */

import type { Term } from '../term/term.ts';

/** More terms than this on the way to common ones, and the sides have too little in common. */
const mostDifferent = 2000;

/**
 * The largest scalar terms that stand on both sides and hold more than a name. What a derivative on top of a side
 * differentiates is kept apart, since the rule that is judged looks into it. Parts have smaller ids than the whole: going
 * through all terms from the largest id down, both sides are known to reach a term before its parts are looked at.
 */
export function commonTerms(left: Term, right: Term): ReadonlySet<Term> {
  const common = new Set<Term>();
  const sides = new Map<Term, number>();
  const kept = new Set([...outermost(left), ...outermost(right)]);
  const heap = createHeap();
  const reach = (term: Term, side: number): void => {
    const known = sides.get(term);
    if (known === undefined) heap.push(term);
    sides.set(term, (known ?? 0) | side);
  };
  reach(left, 1);
  reach(right, 2);
  for (let term = heap.pop(); term !== undefined; term = heap.pop()) {
    const side = sides.get(term) ?? 0;
    if (side === 3 && isComposite(term) && !kept.has(term)) common.add(term);
    else for (const part of term.parts) reach(part, side);
    if (sides.size > mostDifferent) return new Set();
  }
  return common;
}

/** A side itself, and below derivatives what they differentiate. */
function outermost(side: Term): readonly Term[] {
  const found = [side];
  for (let term = side; term.kind === 'derivative'; term = term.of) found.push(term.of);
  return found;
}

function isComposite(term: Term): boolean {
  if (term.rank > 0) return false;
  switch (term.kind) {
    case 'number':
    case 'symbol':
    case 'index':
    case 'element':
    case 'delta':
    case 'relation':
      return false;
    default:
      return true;
  }
}

/** A binary heap with the largest id on top (Williams 1964). */
function createHeap(): { push(term: Term): void; pop(): Term | undefined } {
  const heap: Term[] = [];
  const idAt = (at: number): number => heap[at]?.id ?? Number.NEGATIVE_INFINITY;
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b] as Term, heap[a] as Term];
  };
  return {
    push: (term) => {
      let at = heap.push(term) - 1;
      for (let above = (at - 1) >> 1; at > 0 && idAt(above) < idAt(at); above = (at - 1) >> 1) {
        swap(above, at);
        at = above;
      }
    },
    pop: () => {
      const top = heap[0];
      const last = heap.pop();
      if (top === undefined || last === undefined || top === last) return top;
      heap[0] = last;
      for (let at = 0; ; ) {
        const larger = idAt(2 * at + 1) >= idAt(2 * at + 2) ? 2 * at + 1 : 2 * at + 2;
        if (idAt(larger) <= idAt(at)) return top;
        swap(larger, at);
        at = larger;
      }
    },
  };
}
