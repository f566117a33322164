/** What the system says about a file, in words: nobody has to know what ENOENT is. */

import { fail, MathError, type Problem } from '../problem.ts';

type Doing = 'read' | 'written';

interface Trouble {
  readonly reason: string;
  readonly hint: string;
}

const elsewhere = 'write to another file or folder; nothing that was there is lost';

/** By the code of the system, and by what was done where that makes a difference. */
const troubles: Readonly<Record<string, Trouble>> = {
  'ENOENT read': { reason: 'there is no such file', hint: 'check the path' },
  'ENOENT written': { reason: 'its folder does not exist', hint: 'make the folder first, or write to another one' },
  'EACCES read': { reason: 'you may not read it', hint: 'ask its owner, or change its permissions' },
  'EACCES written': { reason: 'you may not write there', hint: elsewhere },
  'EPERM read': { reason: 'you may not read it', hint: 'ask its owner, or change its permissions' },
  'EPERM written': { reason: 'you may not write there', hint: elsewhere },
  EISDIR: { reason: 'it is a folder', hint: 'name a file in it' },
  EEXIST: { reason: 'there is something else of that name', hint: 'choose another name' },
  ENOTDIR: { reason: 'a part of its path is a file and no folder', hint: 'check the path' },
  ELOOP: { reason: 'its links lead in a circle', hint: 'name the file that they should lead to' },
  ENAMETOOLONG: { reason: 'its name is too long', hint: 'choose a shorter one' },
  ENOSPC: { reason: 'the disk is full', hint: 'make room, or write elsewhere; nothing that was there is lost' },
  EDQUOT: {
    reason: 'your share of the disk is full',
    hint: 'make room, or write elsewhere; nothing that was there is lost',
  },
  EFBIG: { reason: 'it would be larger than a file may be here', hint: elsewhere },
  EROFS: { reason: 'its disk can only be read', hint: elsewhere },
  ENXIO: { reason: 'it is a socket, or a device that is not there', hint: 'name a file, or - for standard output' },
  EBUSY: { reason: 'something else is using it', hint: 'close what uses it, or write to another file' },
  ETXTBSY: { reason: 'it is a program that is running', hint: 'write to another file' },
  EIO: { reason: 'the disk reports an error', hint: 'look after the disk first' },
  EMFILE: { reason: 'too many files are open', hint: 'close some, or raise the limit' },
  ENFILE: { reason: 'too many files are open', hint: 'close some, or raise the limit' },
  EAGAIN: { reason: 'nothing has arrived there yet', hint: 'name a file, or give the text through a pipe' },
  ERR_FS_FILE_TOO_LARGE: { reason: 'it is too large', hint: 'split it' },
  ERR_STRING_TOO_LONG: { reason: 'it is too large', hint: 'split it' },
};

/** Ends with the problem that `error`, of the system, is for `path`. What is no such error is a bug and goes on. */
export function failForFile(error: unknown, path: string, doing: Doing): never {
  return fail(troubleOf(error, path, doing));
}

/** The problem that `error`, of the system, is for `path`. */
export function troubleOf(error: unknown, path: string, doing: Doing): Problem {
  if (!isOfSystem(error)) throw error;
  const { code } = error;
  const { reason, hint } = troubles[`${code} ${doing}`] ?? troubles[code] ?? unknownTrouble(error);
  return { code: 'unreadable-file', message: `${nameOf(path, doing)} can't be ${doing}: ${reason}`, hint };
}

function isOfSystem(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && !(error instanceof MathError) && 'code' in error && typeof error.code === 'string';
}

function nameOf(path: string, doing: Doing): string {
  if (path !== '-') return path;
  return doing === 'read' ? 'standard input' : 'standard output';
}

/** The system's own words, from between code and call: "EXDEV: cross-device link not permitted, rename 'a' -> 'b'". */
function unknownTrouble({ message }: Error): Trouble {
  const reason = /^[A-Z_0-9]+: ([^,]+)/.exec(message)?.[1] ?? 'the system does not say why';
  return { reason, hint: 'name another file' };
}
