import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { examples } from '../../src/cli/examples.ts';
import { version } from '../../src/cli/version.ts';
import * as library from '../../src/index.ts';
import { functionTable } from '../../src/rules/elementary.ts';

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const manifest = JSON.parse(read('package.json')) as { version: string; engines: { node: string } };

describe('the package', () => {
  it('has these public names', () => {
    expect(Object.keys(library).sort()).toEqual([
      'MathError',
      'check',
      'derive',
      'describeProblem',
      'gradient',
      'parse',
      'safeDerive',
      'toJson',
      'toLatex',
      'toMarkdown',
      'toTerminal',
      'verify',
    ]);
  });

  it('says one version everywhere', () => {
    expect(version).toBe(manifest.version);
    expect(manifest.engines.node).toBe('>=20.19');
  });

  it('names no place of download', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": *"https?:/);
    const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).trim().split('\n');
    expect(tracked.length).toBeGreaterThan(50);
    for (const file of tracked) expect(read(file), file).not.toMatch(/registry\.npmjs\.org/);
  });

  it('lists every elementary function in the README', () => {
    const text = read('README.md');
    expect([...functionTable.keys()].filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([]);
  });

  it('shows in examples/backprop.md what --example backprop derives', () => {
    const block = /```derive wrt="([^"]+)"\n([\s\S]*?)\n```/.exec(read('examples/backprop.md'));
    expect(examples.get('backprop')).toEqual({ source: block?.[2], wrt: block?.[1] });
  });
});
