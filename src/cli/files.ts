/** Files, standard input and standard output: the only place that touches them. */

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fail } from '../problem.ts';

/** The text of a file, or of standard input for `-`. Throws a problem that names the file. */
export function readInput(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'unknown';
    return fail({
      code: 'unreadable-file',
      message: `${path === '-' ? 'standard input' : path} can't be read (${code})`,
      hint: code === 'ENOENT' ? 'check the path' : 'a file or - is expected',
    });
  }
}

/** Writes to a file, whole or not at all, or to standard output. */
export function writeOutput(text: string, path: string | undefined): void {
  if (path === undefined) {
    process.stdout.write(text);
    return;
  }
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, whole);
    renameSync(temporary, path);
  } catch (error) {
    fail({
      code: 'unreadable-file',
      message: `${path} can't be written (${(error as { code?: string }).code ?? 'unknown'})`,
      hint: 'check that the folder exists and is writable',
    });
  }
}

/** A reader that has seen enough, as `head` has, is no failure. */
export function endOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Whether to print colours: on a terminal, unless NO_COLOR or --no-color says otherwise. */
export function wantsColor(option: boolean, output: string | undefined): boolean {
  return option && output === undefined && process.stdout.isTTY === true && !process.env.NO_COLOR;
}

/** The seed option as a number. */
export function readSeed(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  return fail({
    code: 'unknown-option',
    message: `--seed takes a whole number, not "${text.slice(0, 40)}"`,
    hint: 'for example --seed 7',
  });
}

/** An option that is a number; what numbers make sense is for `options.ts` to say. */
export function readNumber(option: string, text: string): number {
  if (/^-?\d{1,15}(\.\d+)?$/.test(text)) return Number(text);
  return fail({
    code: 'unknown-option',
    message: `${option} takes a whole number, not "${text.slice(0, 40)}"`,
    hint: `for example ${option} 2`,
  });
}
