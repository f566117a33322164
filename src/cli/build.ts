/** The command `build`. */

import { fail } from '../problem.ts';
import { buildOnce, type Run, type Session } from './build-once.ts';
import type { Load } from './commands.ts';
import type { BuildFlags } from './flags.ts';
import { isStandardOutput } from './output.ts';
import { guarded } from './report.ts';
import { watchNote } from './watch.ts';

/** Runs `build`, once or with `--watch` after every change, and returns the exit code of the first run. */
export function runBuild(note: string, flags: BuildFlags, load: Load): number {
  const session: Session = { memory: new Map(), load };
  const again = (): Run => buildOnce(note, flags, session);
  let first: Run | undefined;
  const code = guarded(() => {
    if (flags.watch === true && note === '-') refuseWatching('standard input');
    if (flags.watch === true && isStandardOutput(flags.output)) refuseWatching('what is written to standard output');
    first = again();
    return first.code;
  });
  if (flags.watch === true && first !== undefined) watchNote(note, flags, first, again);
  return code;
}

function refuseWatching(what: string): never {
  return fail({
    code: 'unknown-option',
    message: `${what} can't be watched`,
    hint: 'name a file, or leave --watch out',
  });
}
