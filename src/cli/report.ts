import { describeProblem, MathError, type Problem } from '../problem.ts';

/** Exit codes of the contract. */
export const exit = { done: 0, found: 1, badInput: 2, unresolved: 3, bug: 70 } as const;

/** Says on standard error what is wrong. */
export function printProblem(problem: Problem): void {
  process.stderr.write(`${describeProblem(problem)}\n`);
}

/** Runs a command; bad input becomes a message and exit code 2, anything unexpected a report of a bug and 70. */
export function guarded(run: () => number): number {
  try {
    return run();
  } catch (error) {
    if (error instanceof MathError) {
      printProblem(error.problem);
      return exit.badInput;
    }
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`chainrule: this is a bug of ours, please report it\n\n${detail}\n`);
    return exit.bug;
  }
}
