/** An engine as the driver sees it, wherever it runs: in a JavaScript process, in Python, in ginsh. */

import type { Job } from './engines/engine.ts';
import { type LineProcess, startProgram, TooSlow } from './session.ts';
import type { Message, Reply } from './worker.ts';

/** Why there is no number. */
export interface Failure {
  readonly failed: string;
}

export interface Contestant {
  readonly name: string;
  /** Gets a job ready; a failure where the engine is missing or can't read it. */
  open(job: Job, seconds: number): Promise<Failure | undefined>;
  /** Values of the derivatives at these places, at the points of the job; each in at most so many seconds. */
  check(which: readonly number[], seconds: number): Promise<(readonly number[] | Failure)[]>;
  /** Mean milliseconds of each of these derivatives, or in one number of all of them where the job is a gradient. */
  time(which: readonly number[], seconds: number): Promise<readonly number[]>;
  /** The text of one derivative, in the engine's own syntax. */
  print(at: number, seconds: number): Promise<string>;
  end(): void;
}

/** What went wrong, as a table shows it. */
export function failureOf(error: unknown): Failure {
  return { failed: error instanceof Error ? error.message.slice(0, 60) : String(error) };
}

/** An engine behind a process that speaks in the messages of a worker. */
export function workerContestant(
  name: string,
  engine: string,
  command: string,
  args: readonly string[],
  missing: string,
): Contestant {
  let running: LineProcess | undefined;
  let job: Job | undefined;

  const ask = async (message: Message, seconds: number): Promise<Reply> => {
    running?.send(`${JSON.stringify(message)}\n`);
    return next(seconds);
  };
  const next = async (seconds: number): Promise<Reply> => {
    if (running === undefined) throw new Error(missing);
    try {
      const reply = JSON.parse(await running.line(seconds)) as Reply;
      if ('error' in reply) throw new Error(reply.error === 'missing' ? missing : reply.error);
      return reply;
    } catch (error) {
      if (error instanceof TooSlow) running = undefined;
      throw error;
    }
  };
  const reopen = async (seconds: number): Promise<void> => {
    if (running !== undefined || job === undefined) return;
    running = await startProgram(command, args);
    await ask({ open: job, engine }, seconds);
  };
  const check = async (which: readonly number[], seconds: number) => {
    await reopen(seconds);
    const reply = await ask({ check: which }, seconds);
    // JSON knows no NaN: a value that is not finite comes as null.
    if ('values' in reply) return reply.values.map((row) => row.map((value) => value ?? Number.NaN));
    throw new Error('no values');
  };

  return {
    name,
    async open(wanted, seconds) {
      job = wanted;
      try {
        if (running === undefined) await reopen(seconds);
        else await ask({ open: wanted, engine }, seconds);
        return undefined;
      } catch (error) {
        return failureOf(error);
      }
    },
    async check(which, seconds) {
      if (job?.timing === 'gradient') return check(which, seconds).catch((error) => which.map(() => failureOf(error)));
      const values: (readonly number[] | Failure)[] = [];
      for (const at of which) {
        const [one] = await check([at], seconds).catch((error) => [failureOf(error)]);
        values.push(one ?? { failed: 'no value' });
      }
      return values;
    },
    async time(which, seconds) {
      await reopen(seconds);
      const count = job?.timing === 'gradient' ? 1 : which.length;
      running?.send(`${JSON.stringify({ time: which } satisfies Message)}\n`);
      const times: number[] = [];
      while (times.length < count) {
        const reply = await next(seconds);
        if ('milliseconds' in reply) times.push(reply.milliseconds);
      }
      return times;
    },
    async print(at, seconds) {
      await reopen(seconds);
      const reply = await ask({ print: at }, seconds);
      if ('text' in reply) return reply.text;
      throw new Error('no text');
    },
    end: () => running?.end(),
  };
}
