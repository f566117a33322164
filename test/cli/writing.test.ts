import { execFile, execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { newFolder, run, runLine } from '../support/command.ts';

const derive = ['derive', 'x^2', '--wrt', 'x'];
const page = ['derive', '--example', 'backprop', '--format', 'html'];

/** Milliseconds after which nobody waits for a FIFO into which nothing is written. */
const patience = 60_000;

/** A folder with a way to name what is in it. */
function place(): { readonly at: (name: string) => string; readonly list: () => string[]; readonly folder: string } {
  const folder = newFolder();
  return { folder, at: (name) => join(folder, name), list: () => readdirSync(folder).sort() };
}

const isRoot = process.getuid?.() === 0;
/** Runs something as a user who may not do everything. */
const asUser = isRoot ? ['setpriv', '--reuid=65534', '--clear-groups'] : [];
const hasUser = !isRoot || spawnSync('setpriv', ['--version']).status === 0;
/** Devices are made in folders of the tests alone. */
const hasDevices =
  isRoot && spawnSync('mknod', [join(newFolder(), 'null'), 'c', '1', '3']).status === 0 && process.platform === 'linux';

/** A module that is loaded before the command, to break what it stands on. */
function broken(folder: string, code: string): { readonly NODE_OPTIONS: string } {
  writeFileSync(join(folder, 'break.cjs'), code);
  return { NODE_OPTIONS: `--require=${join(folder, 'break.cjs')}` };
}

describe('what is no regular file', () => {
  it.runIf(hasDevices)('as a device is written into and stays', async () => {
    const { at, list } = place();
    execFileSync('mknod', [at('device'), 'c', '1', '3']);
    for (const args of [derive, ['build', 'examples/backprop.md', '--format', 'html']]) {
      expect(await run([...args, '-o', at('device')])).toEqual({ code: 0, stdout: '', stderr: '' });
    }
    expect(statSync(at('device')).isCharacterDevice()).toBe(true);
    expect(list()).toEqual(['device']);
  });

  it.runIf(hasDevices)('as a device behind a link is written into and stays', async () => {
    const { at, list } = place();
    execFileSync('mknod', [at('device'), 'c', '1', '3']);
    symlinkSync('device', at('link'));
    expect((await run([...derive, '-o', at('link')])).code).toBe(0);
    expect(statSync(at('device')).isCharacterDevice()).toBe(true);
    expect(lstatSync(at('link')).isSymbolicLink()).toBe(true);
    expect(list()).toEqual(['device', 'link']);
  });

  it('as a FIFO is written into, and its reader gets all', async () => {
    const { at, list } = place();
    execFileSync('mkfifo', [at('pipe')]);
    const reader = promisify(execFile)('cat', [at('pipe')], { maxBuffer: 1e8, timeout: patience });
    expect(await run([...page, '-o', at('pipe')])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await reader).stdout).toBe((await run(page)).stdout);
    expect(statSync(at('pipe')).isFIFO()).toBe(true);
    expect(list()).toEqual(['pipe']);
  });

  it('as a FIFO is left where its reader has seen enough', async () => {
    const { at } = place();
    execFileSync('mkfifo', [at('pipe')]);
    const reader = promisify(execFile)('head', ['-c', '10', at('pipe')], { timeout: patience });
    expect(await run([...page, '-o', at('pipe')])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect((await reader).stdout).toBe('<!doctype ');
  });

  it('as a socket is refused and stays', async () => {
    const { at, list } = place();
    const server = createServer().listen(at('socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect(await run([...derive, '-o', at('socket')])).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${at('socket')} can't be written: it is a socket, or a device that is not there\nhint: name a file, or - for standard output\n`,
    });
    expect(list()).toEqual(['socket']);
    server.close();
  });

  it.each([['folder'], ['folder/'], ['none/']])('as %s is refused', async (name) => {
    const { folder, at, list } = place();
    mkdirSync(at('folder'));
    expect(await run([...derive, '-o', `${folder}/${name}`])).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${folder}/${name} can't be written: it is a folder\nhint: name a file in it\n`,
    });
    expect(list()).toEqual(['folder']);
  });
});

describe('a link', () => {
  it('that leads to nothing yet leads to the file afterwards', async () => {
    const { at, list } = place();
    mkdirSync(at('deep'));
    symlinkSync('deep/second', at('first'));
    symlinkSync('../real', at('deep/second'));
    expect((await run([...derive, '-o', at('first')])).code).toBe(0);
    expect(readFileSync(at('real'), 'utf8')).toContain('2x');
    expect([readlinkSync(at('first')), readlinkSync(at('deep/second'))]).toEqual(['deep/second', '../real']);
    expect(list()).toEqual(['deep', 'first', 'real']);
  });

  it('that leads through a linked folder is followed from where that is', async () => {
    const { at } = place();
    mkdirSync(at('a'));
    mkdirSync(at('a/b'));
    symlinkSync('a/b', at('short'));
    symlinkSync('../real', at('a/b/link'));
    expect((await run([...derive, '-o', at('short/link')])).code).toBe(0);
    expect(existsSync(at('a/real'))).toBe(true);
  });

  it('that leads to itself is refused', async () => {
    const { at } = place();
    symlinkSync('two', at('one'));
    symlinkSync('one', at('two'));
    expect((await run([...derive, '-o', at('one')])).stderr).toBe(
      `error: ${at('one')} can't be written: its links lead in a circle\nhint: name the file that they should lead to\n`,
    );
    expect(readlinkSync(at('one'))).toBe('two');
  });

  it.runIf(existsSync('/proc/self/fd'))('to standard output adds to what is redirected there', async () => {
    const { folder, at, list } = place();
    symlinkSync('/proc/self/fd/1', at('link'));
    writeFileSync(at('log'), 'before\n');
    expect((await runLine('chainrule derive x^2 --wrt x -o link >> log', folder)).code).toBe(0);
    expect(readFileSync(at('log'), 'utf8')).toMatch(/^before\n[\s\S]*2x/);
    expect((await runLine('chainrule derive x^2 --wrt x -o link | cat', folder)).stdout).toContain('2x');
    expect(list()).toEqual(['link', 'log']);
  });
});

describe('an existing file', () => {
  it.each([[0o666], [0o640], [0o600], [0o755]])('keeps its mode %o', async (mode) => {
    const { at } = place();
    writeFileSync(at('out'), 'old');
    chmodSync(at('out'), mode);
    expect((await run([...derive, '-o', at('out')])).code).toBe(0);
    expect(readFileSync(at('out'), 'utf8')).toContain('2x');
    expect(statSync(at('out')).mode & 0o777).toBe(mode);
  });

  it.runIf(isRoot)('keeps its owner', async () => {
    const { at } = place();
    writeFileSync(at('out'), 'old');
    execFileSync('chown', ['65534:65534', at('out')]);
    expect((await run([...derive, '-o', at('out')])).code).toBe(0);
    expect([statSync(at('out')).uid, statSync(at('out')).gid]).toEqual([65534, 65534]);
  });

  it.runIf(hasUser)('that may not be written stays, though its folder could be', async () => {
    const { folder, at, list } = place();
    chmodSync(folder, 0o777);
    writeFileSync(at('out'), 'old', { mode: 0o444 });
    expect(await run([...derive, '-o', at('out')], { through: asUser })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${at('out')} can't be written: you may not write there\nhint: write to another file or folder; nothing that was there is lost\n`,
    });
    expect(readFileSync(at('out'), 'utf8')).toBe('old');
    expect(list()).toEqual(['out']);
  });

  it.runIf(hasUser)('stays where its folder may not be written', async () => {
    const { folder, at, list } = place();
    writeFileSync(at('out'), 'old', { mode: 0o666 });
    chmodSync(folder, 0o555);
    for (const name of ['out', 'new']) {
      expect((await run([...derive, '-o', at(name)], { through: asUser })).stderr).toBe(
        `error: ${at(name)} can't be written: you may not write there\nhint: write to another file or folder; nothing that was there is lost\n`,
      );
    }
    expect(readFileSync(at('out'), 'utf8')).toBe('old');
    expect(list()).toEqual(['out']);
  });

  it('stays where the disk is full, and nothing is left beside it', async () => {
    const { at, list } = place();
    const full = `const fs = require('node:fs');
      fs.fsyncSync = () => { throw Object.assign(new Error('ENOSPC: no space left on device, fsync'), { code: 'ENOSPC' }); };`;
    writeFileSync(at('out'), 'old');
    expect(await run([...derive, '-o', at('out')], { env: broken(at(''), full) })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: ${at('out')} can't be written: the disk is full\nhint: make room, or write elsewhere; nothing that was there is lost\n`,
    });
    expect(readFileSync(at('out'), 'utf8')).toBe('old');
    expect(list()).toEqual(['break.cjs', 'out']);
  });

  it('stays where only a part of the new text can be written', async () => {
    const { folder, at, list } = place();
    writeFileSync(at('out'), 'old');
    const { code, stderr } = await runLine(
      'ulimit -f 16; chainrule derive --example backprop --format html -o out',
      folder,
    );
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "error: out can't be written: it would be larger than a file may be here\nhint: write to another file or folder; nothing that was there is lost\n",
    });
    expect(readFileSync(at('out'), 'utf8')).toBe('old');
    expect(list()).toEqual(['out']);
  });

  it('is replaced under names that nothing has yet, whatever was left behind', async () => {
    const { at, list } = place();
    // The first names that are tried, of a process that knows no better chance than another one.
    const unlucky = `let count = 0; Math.random = () => [0.5, 0.5, 0.25][Math.min(count++, 2)];
      require('node:fs').writeFileSync(${JSON.stringify(at('.chainrule-i.tmp'))}, 'stale');`;
    expect((await run([...derive, '-o', at('out')], { env: broken(at(''), unlucky) })).code).toBe(0);
    expect(readFileSync(at('out'), 'utf8')).toContain('2x');
    expect(readFileSync(at('.chainrule-i.tmp'), 'utf8')).toBe('stale');
    expect(list()).toEqual(['.chainrule-i.tmp', 'break.cjs', 'out']);
  });

  it('may have as long a name as a name can be', async () => {
    const { at, list } = place();
    const name = 'n'.repeat(255);
    expect((await run([...derive, '-o', at(name)])).code).toBe(0);
    expect(list()).toEqual([name]);
    expect((await run([...derive, '-o', at(`${name}n`)])).stderr).toContain(
      "can't be written: its name is too long\nhint: choose a shorter one\n",
    );
  });

  it('is whole where several processes write it at once', async () => {
    const { at, list } = place();
    const codes = await Promise.all([1, 2, 3, 4].map(async () => (await run([...page, '-o', at('out')])).code));
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(readFileSync(at('out'), 'utf8').endsWith('</html>\n')).toBe(true);
    expect(list()).toEqual(['out']);
  });

  it('is not overwritten by the report on it', async () => {
    const { at } = place();
    writeFileSync(at('notes.md'), '$$a = a$$\n');
    const { code, stderr } = await run(['check', at('notes.md'), '-o', at('notes.md')]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `error: ${at('notes.md')} is the input itself, which is never overwritten\nhint: write to another file\n`,
    });
    expect(readFileSync(at('notes.md'), 'utf8')).toBe('$$a = a$$\n');
  });
});

describe('standard output', () => {
  it.each([
    ['derive', derive],
    ['check', ['check', 'examples/check-backprop.md']],
  ])('is what -o - means for %s', async (_, args) => {
    const printed = await run(args);
    expect(printed.stdout).not.toBe('');
    expect(await run([...args, '-o', '-'])).toEqual(printed);
    expect(existsSync('-')).toBe(false);
  });

  it.each([
    ['derive', 'derive --example backprop --format html'],
    ['help', 'derive --help'],
  ])('that takes only a part is an error: %s', async (_, args) => {
    const { folder } = place();
    const { code, stderr } = await runLine(`ulimit -f 1; chainrule ${args} > out`, folder);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        "error: standard output can't be written: it would be larger than a file may be here\nhint: write to another file or folder; nothing that was there is lost\n",
    });
  });

  it('needs a name where a file is meant', async () => {
    expect((await run([...derive, '-o', ''])).stderr).toBe(
      'error: the file to write has no name\nhint: for example -o notes.html, or -o - for standard output\n',
    );
  });
});
