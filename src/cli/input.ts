/** What the commands read: files and standard input, as text and within limits. */

import { closeSync, openSync, readSync } from 'node:fs';
import { extname } from 'node:path';
import { fail } from '../problem.ts';
import { failForFile, nameOf } from './file-trouble.ts';

/** Most bytes that are read: what the longest note takes in UTF-8, and some. Standard input may be endless. */
const longestInput = 8_000_000;

/** The text of a file, or of standard input for `-`. Throws a problem that names it. */
export function readInput(path: string): string {
  return decode(readBytes(path), nameOf(path, 'read'));
}

/** What is to be said of an input that can be read: that it is empty, or no Markdown by its name. Sentences. */
export function oddities(path: string, text: string): string[] {
  if (/^\ufeff?\s*$/.test(text)) return [`${nameOf(path, 'read')} is empty`];
  const ending = path === '-' ? '' : extname(path).toLowerCase();
  return ending === '' || markdownEndings.has(ending)
    ? []
    : [`${path} is read as Markdown, which its name does not say`];
}

const markdownEndings: ReadonlySet<string> = new Set(
  '.md .markdown .mdown .mkd .mkdn .mdwn .mdx .qmd .rmd .myst .text .txt'.split(' '),
);

function readBytes(path: string): Uint8Array {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    const file = path === '-' ? 0 : openSync(path, 'r');
    try {
      for (;;) {
        const chunk = Buffer.allocUnsafe(65_536);
        const count = readSync(file, chunk, 0, chunk.length, null);
        length += count;
        if (count === 0 || length > longestInput) break;
        chunks.push(chunk.subarray(0, count));
      }
    } finally {
      if (file !== 0) closeSync(file);
    }
  } catch (error) {
    // What Windows calls the end of a pipe.
    if ((error as NodeJS.ErrnoException).code !== 'EOF') failForFile(error, path, 'read');
  }
  if (length <= longestInput) return Buffer.concat(chunks);
  return fail({
    code: 'source-too-long',
    message: `${nameOf(path, 'read')} is too long`,
    hint: 'split it: eight million bytes at most',
  });
}

/** UTF-8, or UTF-16 where a byte order mark says so; the mark stays, as it does in a text that an editor saves. */
function decode(bytes: Uint8Array, name: string): string {
  const [first, second] = bytes;
  const wide =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
  if (wide === undefined && bytes.includes(0)) {
    return fail({
      code: 'unreadable-file',
      message: `${name} is binary and no text`,
      hint: 'a text in UTF-8 is expected, or in UTF-16 with a byte order mark',
    });
  }
  try {
    return new TextDecoder(wide ?? 'utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return wide === undefined ? refuseEncoding(bytes, name) : refuseWide(name);
  }
}

function refuseEncoding(bytes: Uint8Array, name: string): never {
  // The first byte that a reader of UTF-8 replaces.
  const replaced = new TextEncoder().encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes));
  const at = bytes.findIndex((byte, place) => byte !== replaced[place]);
  const line = bytes.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
  const byte = (bytes[at] ?? 0).toString(16).toUpperCase();
  return fail({
    code: 'unreadable-file',
    message: `${name} is not UTF-8: byte ${byte} in line ${line} can't be read`,
    hint: 'save it as UTF-8: iconv -f LATIN1 -t UTF-8',
  });
}

function refuseWide(name: string): never {
  return fail({
    code: 'unreadable-file',
    message: `${name} begins as UTF-16 does and goes on otherwise`,
    hint: 'save it as UTF-8',
  });
}
