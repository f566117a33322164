/** Files and standard input: what is read. What is written is in `output.ts`; nothing else touches files. */

import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { failForFile } from './file-trouble.ts';
import { isStandardOutput } from './output.ts';

/** The text of a file, or of standard input for `-`. Throws a problem that names the file. */
export function readInput(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    return failForFile(error, path, 'read');
  }
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

/** Whether to print colours: on a terminal, unless NO_COLOR or --no-color says otherwise. */
export function wantsColor(option: boolean, output: string | undefined): boolean {
  return option && isStandardOutput(output) && process.stdout.isTTY === true && !process.env.NO_COLOR;
}
