import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { version } from '../../src/cli/version.ts';
import * as library from '../../src/index.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly dependencies: Readonly<Record<string, string>>;
};
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly version: string;
  readonly packages: Readonly<Record<string, { readonly version?: string }>>;
};

describe('versions', () => {
  it('are one in the manifest, the lock file and the command', () => {
    expect(version).toBe(manifest.version);
    expect(lock.version).toBe(manifest.version);
    expect(lock.packages['']?.version).toBe(manifest.version);
  });

  it('of Node are those of the contract', () => {
    const [, major = '0', minor = '0'] = /^>=(\d+)\.(\d+)$/.exec(manifest.engines.node) ?? [];
    expect(Number(major) * 100 + Number(minor)).toBeGreaterThanOrEqual(2019);
  });

  it('of every dependency stand in the lock file', () => {
    const missing = Object.keys(manifest.dependencies).filter((name) => !(`node_modules/${name}` in lock.packages));
    expect(missing).toEqual([]);
  });
});

describe('tracked files', () => {
  const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' })
    .split('\n')
    .filter((file) => file !== '' && existsSync(file));

  it('name no place of this machine and no host of a registry', () => {
    // Written in parts, so that this file does not find itself.
    const hosts = new RegExp(
      ['registry\\.', 'npmjs|', 'regi', 'stry\\.yarn', 'pkg|/ho', 'me/\\w|/Us', 'ers/\\w'].join(''),
    );
    const machine = new RegExp(['/wo', 'rk/|/tm', 'p/\\w|file:/', '//'].join(''));
    expect(tracked.length).toBeGreaterThan(50);
    const found = tracked.filter((file) => {
      const text = readFileSync(file, 'utf8');
      return hosts.test(text) || machine.test(text) || /"resolved": *"http/.test(text);
    });
    expect(found).toEqual([]);
  });
});

describe('the public names', () => {
  it('are twenty at most', () => {
    expect(Object.keys(library).length).toBeLessThanOrEqual(20);
  });
});

describe('the sources', () => {
  it('hold nothing that runs a text', () => {
    const running =
      /\.evaluate\(|\.compile\(|\beval\s*\(|\bnew Function\b|\bFunction\(|from 'node:vm'|\bsetTimeout\(\s*['"`]/;
    const found = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .filter((file) => running.test(readFileSync(`src/${file}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '')));
    expect(found).toEqual([]);
  });

  it('touch the process and its files in cli alone', () => {
    const found = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !/^(cli|remark|element)\//.test(file))
      .filter((file) => {
        const text = readFileSync(`src/${file}`, 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
        return /\bprocess\.|from 'node:|\bdocument\.(?:query|create|body)|\bwindow\./.test(text);
      });
    expect(found).toEqual([]);
  });
});
