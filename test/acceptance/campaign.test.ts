import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { failuresIn, type Report } from '../support/campaign/campaign.ts';

describe('the published modules', () => {
  const inputs = 10_000;
  const run = promisify(execFile);

  it(`answer ${inputs} generated inputs or refuse them with a MathError`, { timeout: 600_000 }, async () => {
    const args = ['scripts/campaign.mjs', '--inputs', String(inputs), '--json'];
    const { stdout } = await run(process.execPath, args, { maxBuffer: 1e8 });
    const report = JSON.parse(stdout) as Report;
    expect(failuresIn(report)).toEqual([]);
    expect(report.inputs).toBe(inputs);
    expect(report.answered).toBeGreaterThan(inputs / 4);
    expect(report.typed).toBeGreaterThan(inputs / 4);
  });
});
