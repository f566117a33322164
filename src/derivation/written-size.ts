/** How long terms are as text, told before they are written: each line of a chain of definitions may double it. */

import { settle } from '../term/inspect.ts';
import { type Definitions, expand } from '../term/substitute.ts';
import type { Term } from '../term/term.ts';

/** More parts than this no reader takes in at once. */
export const mostWritten = 1000;

/** The number of parts of a term as text, with the names of `definitions` put back. `counts` keeps what is known of one set of them. */
export function countWritten(
  term: Term,
  definitions: Definitions = none,
  counts: Map<Term, number> = new Map(),
): number {
  const visit = (part: Term): number => {
    const known = counts.get(part);
    if (known !== undefined) return known;
    counts.set(part, 1);
    const body = part.kind === 'symbol' ? definitions.get(part)?.body : undefined;
    const count = body === undefined ? part.parts.reduce((sum, one) => sum + visit(one), 1) : visit(body);
    counts.set(part, count);
    return count;
  };
  return settle(term, visit);
}

const none: Definitions = new Map();

/** The term with all names put back, or as it stands where that would be too long to be read. */
export function expandShort(term: Term, definitions: Definitions): Term {
  return countWritten(term, definitions) <= mostWritten ? expand(term, definitions) : term;
}
