/** Files of the package, images beside notes, colours. Texts are read in `input.ts`, and written in `output.ts`. */

import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, extname, join, sep } from 'node:path';
import { isStandardOutput, terminal } from './output.ts';

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
  return option && isStandardOutput(output) && terminal() !== undefined && !process.env.NO_COLOR;
}

/** Fewest columns that anything is laid out for. */
const narrowest = 40;

/** Columns to print in, as git counts them: COLUMNS, else those of the terminal; undefined where neither says. */
export function columnsOf(output: string | undefined): number | undefined {
  const said = Number(process.env.COLUMNS);
  const columns = said > 0 ? said : isStandardOutput(output) ? terminal()?.columns : undefined;
  return columns === undefined ? undefined : Math.max(narrowest, Math.floor(columns));
}
