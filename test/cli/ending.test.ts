/** The command ends as soon as its work is done: not before all is written, and not over what went wrong. */

import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('a slow reader gets all of it, and the exit code stands', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-ending-'));
  const note = join(folder, 'note.md');
  // Reports are longer than what a pipe holds.
  writeFileSync(note, '$$\n\\frac{d}{dx} x^2 = 3x\n$$\n\n'.repeat(300));
  const script = `"${process.execPath}" bin/chainrule check --format json "${note}"; echo "[$?]" >&2`;
  const slowly = `{ ${script}; } | { sleep 1; cat; }`;
  const { stdout, stderr } = await promisify(execFile)('sh', ['-c', slowly], { maxBuffer: 1e8 });
  expect(stdout.length).toBeGreaterThan(100_000);
  expect(JSON.parse(stdout)).toHaveLength(300);
  expect(stderr).toBe('[1]\n');
});

it('an exception that nobody catches is told', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-ending-'));
  const module = join(folder, 'later.cjs');
  writeFileSync(module, "setImmediate(() => { throw new Error('thrown later'); });");
  const { status, stderr } = spawnSync(process.execPath, ['bin/chainrule', '--version'], {
    env: { ...process.env, NODE_OPTIONS: `--require=${module}` },
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('Error: thrown later');
});

it('makes no stream of standard output where that is no terminal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-ending-'));
  const module = join(folder, 'trap.cjs');
  writeFileSync(module, "Object.defineProperty(process, 'stdout', { get: () => { throw new Error('asked for'); } });");
  const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/chainrule', 'derive', 'x^2', '--wrt', 'x'], {
    env: { ...process.env, NODE_OPTIONS: `--require=${module}` },
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toContain('2x');
});
