/** Files and standard output; `input.ts` reads. No other place touches them. */

import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { fail } from '../problem.ts';

/** Writes to a file, whole or not at all, or to standard output. */
export function writeOutput(text: string, path: string | undefined): void {
  if (path === undefined) {
    process.stdout.write(text);
    return;
  }
  const whole = text.endsWith('\n') ? text : `${text}\n`;
  try {
    replaceFile(targetOf(path), whole);
  } catch (error) {
    fail({
      code: 'unreadable-file',
      message: `${path} can't be written (${(error as { code?: string }).code ?? 'unknown'})`,
      hint: 'check that the folder exists and is writable',
    });
  }
}

/** Writes beside the file and renames, so that the name holds the old text or the new one at any time. */
function replaceFile(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    const file = openSync(temporary, 'wx', modeOf(path));
    try {
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') rmSync(temporary, { force: true });
    throw error;
  }
}

/** A link is followed, so that it stays one. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function modeOf(path: string): number {
  try {
    return statSync(path).mode & 0o777;
  } catch {
    return 0o666;
  }
}

/** Refuses to write over what was read, under whatever name: links of either kind lead to the same file. */
export function refuseSameFile(input: string, output: string): void {
  if (!existsSync(input) || !existsSync(output)) return;
  const [one, other] = [statSync(input), statSync(output)];
  if (one.dev !== other.dev || one.ino !== other.ino) return;
  fail({
    code: 'unreadable-file',
    message: `${output} is the input itself, which is never overwritten`,
    hint: 'write to another file',
  });
}

/** A file of the package, from the folder of the bundle that runs. */
export function packagePath(...parts: readonly string[]): string {
  return join(__dirname, '..', '..', ...parts);
}

const imageTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.avif': 'image/avif',
  '.svg': 'image/svg+xml',
};

/** Largest image that goes into a page, in bytes. */
const largestImage = 5_000_000;

/** An image beside a note or in a folder below it, as a data URL; undefined for anything else. */
export function inputImage(note: string, path: string): string | undefined {
  const type = imageTypes[extname(path).toLowerCase()];
  if (note === '-' || type === undefined) return undefined;
  try {
    const folder = realpathSync(dirname(note));
    const file = realpathSync(join(folder, decodeURIComponent(path)));
    if (!file.startsWith(folder + sep) || statSync(file).size > largestImage) return undefined;
    return `data:${type};base64,${readFileSync(file).toString('base64')}`;
  } catch {
    return undefined;
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
