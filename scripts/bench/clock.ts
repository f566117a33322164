/**
 * The time that an engine takes, as ginsh counts it for GiNaC: its own, without other work on the machine. Node tells
 * the processor time of all threads together, its compiler's among them, and the time on the wall. The thread that is
 * timed took at most either, so the smaller of the two is the better bound.
 */
export interface Reading {
  readonly wall: number;
  readonly processor: number;
}

export function readClock(): Reading {
  const { user, system } = process.cpuUsage();
  return { wall: performance.now(), processor: (user + system) / 1000 };
}

/**
 * Before a gradient is timed, what building it left behind is collected, in every engine that runs in Node: building is
 * not timed, and neither is clearing up after it. Else larger gradients pay for it more often, and each time for more
 * that is in use, which looks like growth. What the gradient itself makes counts, collecting included.
 */
export function readClockBefore(timing: 'separate' | 'gradient'): Reading {
  if (timing === 'gradient') (globalThis.gc as ((options: { type: 'minor' }) => void) | undefined)?.({ type: 'minor' });
  return readClock();
}

/** Milliseconds since a reading. */
export function millisecondsSince({ wall, processor }: Reading): number {
  const now = readClock();
  return Math.min(now.wall - wall, now.processor - processor);
}

/** Milliseconds that one reading of the clock should span: it counts microseconds, and takes one itself. */
const shortestMeasured = 0.25;

const mostCopies = 100;

/** How often a task is to be carried out between two readings of the clock, by what it took before. */
export function createCopies() {
  const known = new Map<number, number>();
  return {
    of: (task: number): number => known.get(task) ?? 1,
    note(task: number, milliseconds: number): void {
      const wanted = milliseconds > 0 ? Math.ceil(shortestMeasured / milliseconds) : mostCopies;
      known.set(task, Math.min(mostCopies, Math.max(1, wanted)));
    },
  };
}
