/** A bar on standard error, where that is a terminal and the work takes longer than half a second. */

import { Presets, SingleBar } from 'cli-progress';

export interface Progress {
  readonly show: (done: number, of: number) => void;
  readonly close: () => void;
}

/** Milliseconds that pass before a bar is worth its flicker. */
const patience = 500;

export function openProgress(): Progress {
  if (process.stderr.isTTY !== true) return { show: () => {}, close: () => {} };
  const start = performance.now();
  let bar: SingleBar | undefined;
  return {
    show: (done, of) => {
      if (bar === undefined && performance.now() - start > patience && done < of) {
        const format = '{bar} {value} of {total} derivations';
        bar = new SingleBar(
          { format, stream: process.stderr, clearOnComplete: true, hideCursor: true },
          Presets.shades_grey,
        );
        bar.start(of, done);
      }
      bar?.update(done);
    },
    close: () => bar?.stop(),
  };
}
