/**
 * How much work one formula may take. It is counted in steps, never in time: what is refused depends on the input alone,
 * so that an answer repeats itself on every machine.
 *
 * A step is a new term, a node that is printed, or whatever else takes about a microsecond and can grow beyond bounds;
 * what makes them calls {@link takeSteps}, and the verb around it says by {@link withinWork} how many there may be.
 */

import { MathError, type Problem } from './problem.ts';

/** Steps of one formula, by any verb: about two seconds of a processor. */
export const mostWork = 1_700_000;

const tooMuch: Problem = {
  code: 'too-large',
  message: 'this takes more work than one formula may',
  hint: 'name intermediates: y = ..., then use y; or ask for a lower order',
};

interface Budget {
  left: number;
  /** What no check may take: it is for writing down what has been found. */
  readonly reserve: number;
  readonly problem: Problem;
}

const endless: Budget = { left: Number.POSITIVE_INFINITY, reserve: 0, problem: tooMuch };

/** The part of the steps that is kept for writing. */
const kept = 0.15;

let budget = endless;

/**
 * Runs `work`; ends with `problem`, as a {@link MathError}, where it takes more than `most` steps. Limits may stand in one
 * another: a formula within a document takes its steps from both, and no more than the document has left.
 *
 *     withinWork(mostWork, () => derive(source, options))
 */
export function withinWork<T>(most: number, work: () => T, problem: Problem = tooMuch): T {
  const outer = budget;
  const given = Math.min(outer.left, most);
  const own: Budget = { left: given, reserve: kept * given, problem: outer.left < most ? outer.problem : problem };
  budget = own;
  try {
    return work();
  } finally {
    budget = outer;
    // What was refused has taken no more than it was given.
    if (outer !== endless) outer.left -= given - Math.max(0, own.left);
  }
}

/** Takes `steps` from what the work under way may still take; throws where nothing is left. */
export function takeSteps(steps = 1): void {
  budget.left -= steps;
  if (budget.left < 0) throw new MathError(budget.problem);
}

/**
 * How many steps a check may take: all but those that are kept for writing down what has been found. Whoever checks gives up
 * instead of refusing the formula.
 */
export function stepsForChecks(): number {
  return Math.max(0, Math.floor(budget.left - budget.reserve));
}
