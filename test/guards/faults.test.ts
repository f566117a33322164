import { existsSync, readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { certificateRows } from '../../scripts/faults/rows.mjs';
import { layers, readFaults, withFault } from '../../scripts/faults/table.mjs';

const faults = readFaults();

function textOf(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

describe('the table of faults', () => {
  it('holds at least sixty, in every layer some, each under a name of its own', () => {
    expect(faults.length).toBeGreaterThanOrEqual(60);
    expect([...new Set(faults.map(({ layer }) => layer))].sort()).toEqual([...layers.keys()].sort());
    expect(new Set(faults.map(({ id }) => id)).size).toBe(faults.length);
    expect(faults.filter(({ words }) => !/^[^-+].+\.$/.test(words))).toEqual([]);
  });

  it('speaks of what stands in the sources exactly once, and changes it', () => {
    const stale = faults.filter((fault) => {
      const text = textOf(fault.file);
      const changed = withFault(text, fault);
      return changed === undefined || changed === text;
    });
    expect(stale.map(({ id, file }) => `${id}: ${file}`)).toEqual([]);
  });

  it('leaves sources that can be compiled', async () => {
    const broken = await Promise.all(
      faults.map(async (fault) => {
        const text = withFault(textOf(fault.file), fault) ?? '';
        return transform(text, { loader: 'ts', logLevel: 'silent' }).then(
          () => [],
          () => [fault.id],
        );
      }),
    );
    expect(broken.flat()).toEqual([]);
  });

  it('is asked of rows that begin with its own', () => {
    const rows = certificateRows();
    expect(rows.length).toBeGreaterThan(200);
    expect(rows[0]?.id).toMatch(/^rows\.txt:/);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
});
