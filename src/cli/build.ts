/** The command `build`. */

import { fail } from '../problem.ts';
import { buildOnce, type Run, type Session } from './build-once.ts';
import type { Load } from './commands.ts';
import type { BuildFlags } from './flags.ts';
import { guarded } from './report.ts';
import { watchNote } from './watch.ts';

/** Runs `build`, once or with `--watch` after every change, and returns the exit code of the first run. */
export function runBuild(note: string, flags: BuildFlags, load: Load): number {
  const session: Session = { memory: new Map(), load };
  const again = (): Run => buildOnce(note, flags, session);
  let first: Run | undefined;
  const code = guarded(() => {
    if (flags.watch === true && note === '-') refuseWatchingInput();
    first = again();
    return first.code;
  });
  if (flags.watch === true && first !== undefined) watchNote(note, flags, first, again);
  return code;
}

function refuseWatchingInput(): never {
  return fail({
    code: 'unknown-option',
    message: "standard input can't be watched",
    hint: 'name a file, or leave --watch out',
  });
}
