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
    process.stderr.write(`chainrule: ${describeBug(error)}`);
    return exit.bug;
  }
}

/** What is said of something unexpected. */
export function describeBug(error: unknown): string {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `this is a bug of ours, please report it\n\n${detail}\n`;
}

/** What is wrong with one input of several, which is named where the sentence does not name it. */
export function describeRefusal(name: string, problem: Problem): string {
  const text = describeProblem(problem);
  return `${problem.message.includes(name) || problem.code === 'unreadable-file' ? '' : `${name} `}${text}\n`;
}
