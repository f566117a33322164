/**
 * Processor time, as ginsh counts it for GiNaC: other work on the machine does not count, and what the engine does on
 * threads of its own, such as collecting garbage, does.
 */

/** Milliseconds of processor time that this process has used. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
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
