import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';

it('shows in the README what its commands print', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/readme.mjs', '--check'], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});
