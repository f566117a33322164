/**
 * Where results go: a file, whole or not at all; what is no regular file, as a redirection of the shell would; standard
 * output. The packages that write files whole (write-file-atomic, atomically) rename over devices, FIFOs and links that lead
 * nowhere yet, and take a first write for the whole one, so this is our own.
 */

import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { devNull } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fail } from '../problem.ts';
import { failForFile, troubleOf } from './file-trouble.ts';
import { exit, printProblem } from './report.ts';

/** Whether results go to standard output: where no file is named, and for `-`. */
export function isStandardOutput(path: string | undefined): path is undefined | '-' {
  return path === undefined || path === '-';
}

/** Writes to a file, or to standard output. Throws a problem that names the file; what was there is there still then. */
export function writeOutput(text: string, path: string | undefined): void {
  const whole = endLine(text);
  try {
    if (isStandardOutput(path)) print(whole);
    else writePath(path, whole);
  } catch (error) {
    failForFile(error, path ?? '-', 'written');
  }
}

/** Makes a folder for further files of an output, where there is none. */
export function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    failForFile(error, path, 'written');
  }
}

/** A text file ends with a line end, here with one like the others. */
function endLine(text: string): string {
  return text.endsWith('\n') ? text : text + (/\r?\n/.exec(text)?.[0] ?? '\n');
}

/**
 * Standard output where it is a terminal. Its stream takes as long to make as a formula to be read, so none is made for what
 * can be none.
 */
export function terminal(): typeof process.stdout | undefined {
  const status = statusOf(1);
  const isOther = status?.isCharacterDevice() === false || isNothing(status);
  return !isOther && process.stdout.isTTY === true ? process.stdout : undefined;
}

function isNothing(status: Stats | undefined): boolean {
  const nothing = statSync(devNull, { throwIfNoEntry: false });
  return nothing !== undefined && isSame(nothing, status);
}

/** Writes at once, and leaves to the stream what a pipe that nobody is to wait for has no room for. A closed one is no failure. */
function print(text: string): void {
  const bytes = Buffer.from(text);
  let written = 0;
  try {
    while (written < bytes.length) written += writeSync(1, bytes, written);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EAGAIN') process.stdout.once('error', endOnClosedPipe).write(bytes.subarray(written));
    else if (code !== 'EPIPE') throw error;
  }
}

/** Output that fails: a reader that has seen enough, as `head` has, is no failure; anything else is told. */
function endOnClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  printProblem(troubleOf(error, '-', 'written'));
  process.exitCode = exit.badInput;
}

function writePath(path: string, text: string): void {
  if (path === '') refuseNoName();
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) replaceFile(endOfLinks(path), text);
  else if (found.isDirectory()) throw folderInTheWay();
  // As /dev/stdout: what others have written to it stays where it is a file, and a socket can't be opened once more.
  else if (isSame(found, statusOf(1))) print(text);
  else if (!found.isFile()) writeInto(path, text);
  else {
    const real = realpathSync(path);
    // What has no name of its own, as an open file that was deleted (/proc/self/fd/3), can't be renamed over.
    const hasName = isSame(found, statSync(real, { throwIfNoEntry: false }));
    // A file that may not be written is not to be replaced either, though its folder would let us.
    accessSync(path, constants.W_OK);
    if (hasName) replaceFile(real, text, found);
    else writeInto(path, text);
  }
}

function statusOf(descriptor: number): Stats | undefined {
  try {
    return fstatSync(descriptor);
  } catch {
    return undefined;
  }
}

function isSame(one: Stats, other: Stats | undefined): boolean {
  return one.dev === other?.dev && one.ino === other.ino;
}

/** Where a link leads that leads to nothing yet; `path` itself where it is none. */
function endOfLinks(path: string): string {
  if (/[/\\]$/.test(path)) throw folderInTheWay();
  const link = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  return link ? endOfLinks(resolve(realpathSync(dirname(path)), readlinkSync(path))) : path;
}

function folderInTheWay(): Error {
  return Object.assign(new Error('EISDIR: a folder'), { code: 'EISDIR' });
}

/** Writes into a device, a FIFO or the like. One that nobody reads on is no failure. */
function writeInto(path: string, text: string): void {
  const file = openSync(path, constants.O_WRONLY | constants.O_TRUNC);
  try {
    writeFileSync(file, text);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') throw error;
  } finally {
    closeSync(file);
  }
}

/** Writes beside the file and renames, so that the name holds the old text or the new one at any time. */
function replaceFile(path: string, text: string, before?: Stats): void {
  const { file, name } = openBeside(path, before);
  try {
    try {
      if (before !== undefined) keepOwnerAndMode(file, before);
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(name, path);
  } catch (error) {
    removeIfPossible(name);
    throw error;
  }
}

/** How many names are tried before an existing one counts as an error. */
const attempts = 100;

/**
 * A new file in the same folder, so under a name that nothing else has: not of the process id, which processes in two
 * containers share, nor of the name of the file, which may be as long as names can be.
 */
function openBeside(path: string, before: Stats | undefined): { readonly file: number; readonly name: string } {
  for (let attempt = 1; ; attempt++) {
    const name = join(dirname(path), `.chainrule-${Math.random().toString(36).slice(2)}.tmp`);
    try {
      return { file: openSync(name, 'wx', before === undefined ? 0o666 : before.mode & 0o777), name };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt === attempts) throw error;
    }
  }
}

/** Owner and mode of the file that is replaced, as far as the system lets us. */
function keepOwnerAndMode(file: number, { uid, gid, mode }: Stats): void {
  const own = fstatSync(file);
  if (own.uid !== uid || own.gid !== gid) ifPermitted(() => fchownSync(file, uid, gid));
  if (own.mode !== mode) ifPermitted(() => fchmodSync(file, mode & 0o7777));
}

function ifPermitted(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!['EPERM', 'EINVAL', 'ENOSYS', 'ENOTSUP'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** What went wrong before matters more than what goes wrong here. */
function removeIfPossible(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {}
}

function refuseNoName(): never {
  return fail({
    code: 'unknown-option',
    message: 'the file to write has no name',
    hint: 'for example -o notes.html, or -o - for standard output',
  });
}

/** Refuses to write over what was read, under whatever name: links of either kind lead to the same file. */
export function refuseSameFile(input: string, output: string | undefined): void {
  if (input === '-' || isStandardOutput(output) || !existsSync(input) || !existsSync(output)) return;
  if (!isSame(statSync(input), statSync(output))) return;
  fail({
    code: 'unreadable-file',
    message: `${output} is the input itself, which is never overwritten`,
    hint: 'write to another file',
  });
}
