/** `build --watch`: builds again whenever the note or the template changes, and says what changed. */

import { watch } from 'chokidar';
import { describeChanges, type Version } from '../build/changes.ts';
import type { Run } from './build-once.ts';
import type { BuildFlags } from './flags.ts';
import { guarded } from './report.ts';
import { isPath } from './templates.ts';

/** Milliseconds that a file has to be quiet: editors write in several steps. */
const quiet = 60;

/** Builds after every change until the process is stopped. `first` is what was built before, if it could be. */
export function watchNote(note: string, flags: BuildFlags, first: Run | undefined, again: () => Run): void {
  let last: Version | undefined = first === undefined ? undefined : versionOf(first);
  const files = [note, ...(flags.template !== undefined && isPath(flags.template) ? [flags.template] : [])];
  const watcher = watch(files, {
    ignoreInitial: true,
    awaitWriteFinish: { stabilityThreshold: quiet, pollInterval: 20 },
  });
  const build = (file: string): void => {
    guarded(() => {
      const start = performance.now();
      const run = again();
      const version = versionOf(run);
      const changes = last === undefined ? [] : describeChanges(last, version);
      last = version;
      const said = file === note ? changes.join(', ') || 'nothing changed' : 'the template changed';
      const seconds = ((performance.now() - start) / 1000).toFixed(2);
      process.stderr.write(`${said}; ${flags.output} written in ${seconds} s\n`);
      return run.code;
    });
  };
  watcher.on('change', build).on('add', build);
  watcher.on('unlink', (file) => process.stderr.write(`${file} is gone; it is built again when it is back\n`));
  watcher.on('ready', () => process.stderr.write(`watching ${files.join(', ')}; stop with Ctrl-C\n`));
}

function versionOf({ file, outcomes }: Run): Version {
  return { document: String(file), outcomes };
}
