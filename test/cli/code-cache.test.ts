/** Compiled code is kept in the user's folder for caches, never trusted across users, and never needed. */

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const freshHome = () => mkdtempSync(join(tmpdir(), 'chainrule-caches-'));
const filesIn = (home: string) => readdirSync(join(home, 'chainrule')).sort();
const codeOf = (home: string, name: string) =>
  join(home, 'chainrule', filesIn(home).find((file) => file.startsWith(`${name}-`)) as string);

function derive(env: NodeJS.ProcessEnv, ...args: string[]) {
  const command = ['bin/chainrule', 'derive', 'x^2', '--wrt', 'x', '--format', 'json', ...args];
  const { NODE_DISABLE_COMPILE_CACHE: _, ...rest } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    env: { ...rest, ...env },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(JSON.parse(stdout).result).toBe('2 * x');
}

it('the bundles are read as what they are, ASCII', () => {
  const bundles = readdirSync('dist/cli').map((file) => readFileSync(join('dist/cli', file)));
  expect(bundles.filter((bundle) => bundle.some((byte) => byte > 127))).toEqual([]);
});

describe('the first run', () => {
  it('keeps the code of the bundles that it loaded, for this user alone', () => {
    const home = freshHome();
    derive({ XDG_CACHE_HOME: home });
    expect(filesIn(home).map((name) => name.replace(/-chainrule-.*/, ''))).toEqual(['derive-text', 'main']);
    expect(filesIn(home).every((name) => name.includes(process.version) && name.endsWith('.code'))).toBe(true);
    expect(statSync(join(home, 'chainrule')).mode & 0o777).toBe(0o700);
    expect(statSync(codeOf(home, 'main')).mode & 0o777).toBe(0o600);
  });

  it('goes by the home where no folder for caches is named', () => {
    const home = freshHome();
    derive({ HOME: home, XDG_CACHE_HOME: '' });
    expect(
      existsSync(join(home, ...(process.platform === 'darwin' ? ['Library', 'Caches'] : ['.cache']), 'chainrule')),
    ).toBe(true);
  });

  it('removes what nobody has used for long', () => {
    const home = freshHome();
    mkdirSync(join(home, 'chainrule'), { mode: 0o700 });
    const old = join(home, 'chainrule', 'main-of-an-older-version.code');
    writeFileSync(old, '');
    utimesSync(old, 0, 0);
    derive({ XDG_CACHE_HOME: home });
    expect(existsSync(old)).toBe(false);
  });
});

describe('a later run', () => {
  it('takes what is there and writes nothing', () => {
    const home = freshHome();
    derive({ XDG_CACHE_HOME: home });
    const before = filesIn(home).map((name) => statSync(join(home, 'chainrule', name)).ino);
    derive({ XDG_CACHE_HOME: home });
    expect(filesIn(home).map((name) => statSync(join(home, 'chainrule', name)).ino)).toEqual(before);
  });

  it.each([
    ['cut off', (code: Buffer) => code.subarray(0, code.length - 7)],
    ['empty', () => Buffer.alloc(0)],
    ['changed in one place', (code: Buffer) => code.map((byte, at) => (at === code.length >> 3 ? byte ^ 255 : byte))],
    ['of something else', () => Buffer.alloc(4096, 'chainrule')],
  ])('makes code anew that is %s', (_, damage) => {
    const home = freshHome();
    derive({ XDG_CACHE_HOME: home });
    const file = codeOf(home, 'derive-text');
    const { length } = readFileSync(file);
    writeFileSync(file, damage(readFileSync(file)));
    derive({ XDG_CACHE_HOME: home });
    expect(Math.abs(readFileSync(file).length - length)).toBeLessThan(length / 10);
  });

  it('has code of its own under other flags of Node', () => {
    const home = freshHome();
    derive({ XDG_CACHE_HOME: home });
    derive({ XDG_CACHE_HOME: home, NODE_OPTIONS: '--no-deprecation' });
    expect(filesIn(home)).toHaveLength(4);
  });
});

describe('nothing is kept', () => {
  it('where the folder can not be made', () => {
    const home = freshHome();
    writeFileSync(join(home, 'file'), '');
    derive({ XDG_CACHE_HOME: join(home, 'file') });
    derive({ XDG_CACHE_HOME: '', HOME: join(home, 'file') });
    derive({ XDG_CACHE_HOME: '', HOME: '/dev/null' });
    expect(readdirSync(home)).toEqual(['file']);
  });

  it('in a folder where others can write, or behind a link', () => {
    const home = freshHome();
    mkdirSync(join(home, 'chainrule'));
    chmodSync(join(home, 'chainrule'), 0o777);
    derive({ XDG_CACHE_HOME: home });
    expect(filesIn(home)).toEqual([]);
    const other = freshHome();
    mkdirSync(join(other, 'elsewhere'), { mode: 0o700 });
    symlinkSync('elsewhere', join(other, 'chainrule'));
    derive({ XDG_CACHE_HOME: other });
    expect(filesIn(other)).toEqual([]);
  });

  it.runIf(process.getuid?.() === 0)('by root in what belongs to another user', () => {
    const home = freshHome();
    chownSync(home, 12345, 12345);
    derive({ XDG_CACHE_HOME: home });
    expect(readdirSync(home)).toEqual([]);
    mkdirSync(join(home, 'chainrule'), { mode: 0o700 });
    chownSync(join(home, 'chainrule'), 12345, 12345);
    derive({ XDG_CACHE_HOME: home });
    expect(filesIn(home)).toEqual([]);
  });

  it('where Node is told to keep none', () => {
    const home = freshHome();
    derive({ XDG_CACHE_HOME: home, NODE_DISABLE_COMPILE_CACHE: '1' });
    expect(readdirSync(home)).toEqual([]);
  });
});
