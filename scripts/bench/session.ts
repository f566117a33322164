/** A process that answers lines with lines, ended and started again when it takes too long. */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The process said nothing within the time it had. */
export class TooSlow extends Error {
  constructor(seconds: number) {
    super(`over ${seconds} s`);
  }
}

export interface LineProcess {
  send(text: string): void;
  /** The next line; rejects after so many seconds, and then the process is gone. */
  line(seconds: number): Promise<string>;
  end(): void;
}

/** Starts a program; undefined where it is not on this machine. */
export async function startProgram(command: string, args: readonly string[]): Promise<LineProcess | undefined> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  const started = await new Promise<boolean>((resolve) => {
    child.once('spawn', () => resolve(true));
    child.once('error', () => resolve(false));
  });
  return started ? linesOf(child) : undefined;
}

function linesOf(child: ChildProcessWithoutNullStreams): LineProcess {
  const waiting: string[] = [];
  let wanted: { resolve: (line: string) => void; reject: (error: Error) => void } | undefined;
  let ended = false;
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (wanted === undefined) waiting.push(line);
    else wanted.resolve(line);
    wanted = undefined;
  });
  let complaint = '';
  child.stderr.on('data', (data: Buffer) => {
    complaint = data.toString().trim().split('\n').at(-1) ?? '';
  });
  // A process that ends while it is written to is noticed by its missing answer.
  child.stdin.on('error', () => undefined);
  child.once('close', () => {
    ended = true;
    wanted?.reject(new Error(complaint || 'the process ended'));
  });
  return {
    send: (text) => child.stdin.write(text),
    line: (seconds) => {
      const ready = waiting.shift();
      if (ready !== undefined) return Promise.resolve(ready);
      if (ended) return Promise.reject(new Error(complaint || 'the process ended'));
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          wanted = undefined;
          child.kill('SIGKILL');
          reject(new TooSlow(seconds));
        }, seconds * 1000);
        const settle =
          <T>(then: (value: T) => void) =>
          (value: T) => {
            clearTimeout(timer);
            then(value);
          };
        wanted = { resolve: settle(resolve), reject: settle(reject) };
      });
    },
    end: () => child.kill('SIGKILL'),
  };
}
