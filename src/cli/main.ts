/** The command line. What a command needs is loaded when it runs, so that `--help` is quick. */

import { CommanderError } from 'commander';
import { fail } from '../problem.ts';
import type { Load } from './commands.ts';
import { createProgram } from './program.ts';
import { exit, guarded } from './report.ts';

/** `-wrt`, which is read as `-w rt`, or a long dash from a word processor: worth a closer look. */
const doubtful = /^(?:-[a-z]|[\u2010-\u2015\u2212])[a-z-]+(?:=|$)/i;

/** An option that stands where the value of another one belongs, as in `--wrt --order 2`. */
const looksLikeOption = /^--[a-z]/;

/** Runs the command line; the exit code goes to `process.exitCode`. */
export function main(argv: readonly string[], load: Load): void {
  process.exitCode = guarded(() => {
    const program = createProgram(load);
    const written = argv.slice(2);
    if (written.some((word, at) => doubtful.test(word) || isValueInDoubt(word, written[at + 1]))) {
      const problem = load('usage').misspelling(program, written);
      if (problem !== undefined) fail(problem);
    }
    try {
      program.parse(argv);
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      return error.exitCode === 0 ? exit.done : exit.badInput;
    }
    return Number(process.exitCode ?? exit.done);
  });
}

function isValueInDoubt(word: string, next: string | undefined): boolean {
  return looksLikeOption.test(word) && next !== undefined && looksLikeOption.test(next);
}
