/** The derivative that a chain rule leaves behind. */

import { derivative, one } from '../term/construct.ts';
import type { Term, Variable } from '../term/term.ts';

/** The inner derivative; of the variable itself it is 1 at once. */
export function inner(of: Term, by: Variable): Term {
  return of === by && of.rank === 0 ? one() : derivative(of, by);
}
