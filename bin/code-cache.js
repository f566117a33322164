'use strict';

// V8's compiled code of the command's bundles, kept between runs in the user's folder for caches. It is made by the first
// run and only saves time: where it can't be kept or can't be trusted, there is none. (Node's own `enableCompileCache`
// is not in Node 20.)
const fs = require('node:fs');
const { homedir } = require('node:os');
const { dirname, join } = require('node:path');

const owner = process.getuid?.();
const oldest = 30 * 24 * 3600 * 1000;

/** Where the system wants caches of this user; throws where there is no home. */
function cacheHome() {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (process.platform === 'win32') return LOCALAPPDATA || join(homedir(), 'AppData', 'Local');
  if (XDG_CACHE_HOME?.startsWith('/')) return XDG_CACHE_HOME;
  return join(homedir(), ...(process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']));
}

/** Whether nobody else can have written what `stats` describe. */
function isOurs(stats) {
  return owner === undefined || (stats.uid === owner && (stats.mode & 0o022) === 0);
}

/** Makes `folder` for this user alone. Root leaves no folder of its own in the home of another user. */
function makeFolder(folder) {
  let above = dirname(folder);
  while (!fs.existsSync(above)) above = dirname(above);
  if (owner !== 0 || fs.statSync(above).uid === 0) fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
}

/** The folder of our caches, or undefined. */
function openFolder() {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  try {
    const folder = join(cacheHome(), 'chainrule');
    let stats = fs.lstatSync(folder, { throwIfNoEntry: false });
    if (stats === undefined) {
      makeFolder(folder);
      stats = fs.lstatSync(folder);
    }
    return stats.isDirectory() && isOurs(stats) ? folder : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The file for the bundle `name` with the text `source`, whose first line, the build's, is a comment with version and
 * digest; undefined without one. V8 itself takes a compiled code for that of any text of the same length.
 */
function fileOf(folder, name, source, { mtimeMs }) {
  const stamp = /^\/\/ (chainrule \S+ [0-9a-f]+)\n/.exec(source)?.[1];
  if (folder === undefined || stamp === undefined) return undefined;
  const { version, platform, arch, execArgv, env } = process;
  const flags = [...execArgv, env.NODE_OPTIONS].filter(Boolean);
  const parts = [name, stamp, source.length, Math.round(mtimeMs), version, platform, arch, ...flags];
  return join(folder, `${parts.join('-').replace(/[^\w.]+/g, '-').slice(0, 200)}.code`);
}

/** What `file` holds; undefined where there is none, or none that is whole and ours. */
function read(file) {
  try {
    const descriptor = fs.openSync(file, fs.constants.O_RDONLY | (fs.constants.O_NOFOLLOW ?? 0));
    try {
      const stats = fs.fstatSync(descriptor);
      if (!stats.isFile() || !isOurs(stats)) return undefined;
      return readTwice(descriptor, stats.size / 2);
    } finally {
      fs.closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
}

/**
 * The `size` bytes that stand in a file twice over; undefined unless both copies are the same. V8 crashes on damaged code, and
 * comparing two copies takes a tenth of the time of loading a checksum.
 */
function readTwice(descriptor, size) {
  if (size === 0 || !Number.isInteger(size)) return undefined;
  const code = readBytes(descriptor, size);
  const piece = Buffer.allocUnsafeSlow(Math.min(size, 1 << 16));
  for (let at = 0; at < size; ) {
    const length = fs.readSync(descriptor, piece, 0, Math.min(piece.length, size - at), null);
    if (length === 0 || code.compare(piece, 0, length, at, at + length) !== 0) return undefined;
    at += length;
  }
  return code;
}

let space = Buffer.allocUnsafeSlow(1 << 21);

/**
 * The next `size` bytes of a file, or what there is of them; they stand until the next call. Memory that is touched for the
 * first time costs more than reading, so all files are read into the same.
 */
function readBytes(descriptor, size) {
  if (size > space.length) space = Buffer.allocUnsafeSlow(size);
  let end = 0;
  while (end < size) {
    const length = fs.readSync(descriptor, space, end, size - end, null);
    if (length === 0) break;
    end += length;
  }
  return space.subarray(0, end);
}

/** Writes `code` so that another run finds all of it or nothing. */
function write(file, code) {
  const temporary = `${file}.${process.pid}-${Date.now()}`;
  try {
    const descriptor = fs.openSync(temporary, 'wx', 0o600);
    try {
      fs.writeFileSync(descriptor, Buffer.concat([code, code]));
      fs.fsyncSync(descriptor);
    } finally {
      fs.closeSync(descriptor);
    }
    fs.renameSync(temporary, file);
  } catch {
    fs.rmSync(temporary, { force: true });
  }
}

/** Removes what older versions, other Nodes and interrupted runs left. */
function tidy(folder) {
  const limit = Date.now() - oldest;
  for (const name of fs.readdirSync(folder)) {
    const file = join(folder, name);
    if (fs.statSync(file).mtimeMs < limit) fs.rmSync(file, { force: true });
  }
}

/** Keeps the code of `made`, files with their scripts; called when the command is done, as V8 compiles what runs. */
function keep(folder, made) {
  try {
    for (const [file, script] of made) write(file, script.createCachedData());
    tidy(folder);
  } catch {
    // The next run tries again.
  }
}

module.exports = { openFolder, fileOf, read, readBytes, keep };
