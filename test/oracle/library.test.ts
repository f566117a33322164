/** The libraries of special functions: loaded when a value is asked for, and there in every bundle. */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { createOracle } from '../../src/oracle/certify.ts';
import { apply, symbol } from '../../src/term/construct.ts';

const x = symbol('x');
const { cache } = createRequire(import.meta.url);
const areLoaded = (): boolean => Object.keys(cache).some((file) => file.includes('@stdlib'));
const run = (...args: string[]): string => execFileSync(process.execPath, args, { encoding: 'utf8' });

it('are loaded by a term that needs a value of theirs, and by no other', () => {
  const verdict = (name: string): string =>
    createOracle({ definitions: new Map(), seed: 1 }).compare(apply(name, x), x).verdict;
  expect([verdict('sinh'), areLoaded()]).toEqual(['fails', false]);
  expect([verdict('gamma'), areLoaded()]).toEqual(['fails', true]);
});

it('are in the library and in the command', () => {
  const script = `import { verify } from './dist/index.js'; console.log(verify('erf(x) = x').verdict)`;
  expect(run('--input-type=module', '-e', script)).toBe('fails\n');
  expect(run('bin/chainrule', 'derive', 'max(erf(x), x)', '--wrt', 'x')).toMatch(
    /✓ every step verified: .*tested at 64/,
  );
});

it('ask for no part of Node in the modules, which would throw there', () => {
  const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));
  expect(files).toEqual(expect.arrayContaining(['index.js', 'html.js', 'figure.js', 'remark.js']));
  const asking = files.filter((file) =>
    /Dynamic require|__require\("|\bfrom ?"node:/.test(readFileSync(`dist/${file}`, 'utf8')),
  );
  expect(asking).toEqual([]);
  const script = `import { derive } from './dist/index.js'; console.log(derive('max(trigamma(x), x)', { wrt: 'x' }).certificate.verdict)`;
  expect(run('--input-type=module', '-e', script)).toBe('holds\n');
});
