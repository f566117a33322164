/** Runs one engine in a process of its own, which can be ended when it takes too long. One message a line, both ways. */

import { createInterface } from 'node:readline';
import { millisecondsSince, readClock } from './clock.ts';
import type { Job, Opened } from './engines/engine.ts';
import { type EngineName, engines } from './engines/engines.ts';
import { measureMean } from './measure.ts';

/** What a worker is told. */
export type Message =
  | { readonly open: Job; readonly engine: string }
  /** The values of these derivatives at these points. */
  | { readonly check: readonly number[] }
  /** The text of the derivative at this place. */
  | { readonly print: number }
  /** The mean milliseconds of each of these derivatives, or of all of them together. */
  | { readonly time: readonly number[] };

/** What it answers: one line for `open`, one for `check`, and for `time` one for each number. */
export type Reply =
  | { readonly values: readonly (readonly number[])[] }
  | { readonly milliseconds: number }
  | { readonly text: string }
  | { readonly version: string }
  | { readonly error: string };

let job: Job | undefined;
let opened: Opened | undefined;
let isWarm = false;

const say = (reply: Reply): void => {
  process.stdout.write(`${JSON.stringify(reply)}\n`);
};

async function answer(message: Message): Promise<void> {
  if ('open' in message) {
    job = message.open;
    isWarm = false;
    opened = await engines[message.engine as EngineName](job);
    say({ version: process.version });
    return;
  }
  if (job === undefined || opened === undefined) throw new Error('no job is open');
  if ('check' in message) {
    say({ values: valuesOf(opened, job, message.check) });
    return;
  }
  if ('print' in message) {
    if (opened.print === undefined) throw new Error('prints nothing');
    say({ text: opened.print(message.print) });
    return;
  }
  if (!isWarm) warmUp(opened, job, message.time);
  isWarm = true;
  if (job.timing === 'gradient') {
    say({ milliseconds: measureMean(opened, message.time, job.slice) });
  } else {
    for (const at of message.time) say({ milliseconds: measureMean(opened, [at], job.slice) });
  }
}

/** Carries out what will be timed, again and again, until the job's time for it is over. */
function warmUp(engine: Opened, { timing, warmUp: milliseconds }: Job, which: readonly number[]): void {
  const tasks = timing === 'gradient' ? [which] : which.map((at) => [at]);
  // Time that other work on the machine takes does not warm anything.
  const start = readClock();
  const patience = start.wall + 2 * milliseconds;
  for (let count = 0; millisecondsSince(start) < milliseconds && performance.now() < patience; count++) {
    engine.carryOut(tasks[count % tasks.length] as readonly number[]);
  }
}

/** The values asked for by `check`: of a gradient all in one go, as they are timed. */
export function valuesOf(opened: Opened, job: Job, check: readonly number[]): readonly (readonly number[])[] {
  if (job.timing === 'gradient') {
    const all = job.wanted.map((_, at) => at);
    return opened.carryOut(all, check, job.points[0] ?? []).values;
  }
  return check.map((at) => opened.carryOut([at], [at], job.points[at] ?? []).values[0] ?? []);
}

/** Answers messages from standard input until it ends. */
async function serve(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      await answer(JSON.parse(line));
    } catch (error) {
      say({ error: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) });
    }
  }
}

await serve();
