import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { check } from '../../src/check.ts';

/** Whether the enumeration of readings is cut to the likeliest. */
const only = vi.hoisted(() => ({ isFirst: false }));

vi.mock('../../src/meaning/read-source.ts', async (original) => {
  const real = await original<typeof import('../../src/meaning/read-source.ts')>();
  const readTogether: typeof real.readTogether = (sources, gathered) => {
    const readings = real.readTogether(sources, gathered);
    return only.isFirst ? Object.assign([...readings].slice(0, 1), { isCut: false }) : readings;
  };
  return { ...real, readTogether };
});

const cases = readFileSync(new URL('../cases/second-claims.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('//'))
  .map((line) => JSON.parse(line) as [note: string, right: string, wrong: string]);

const last = (note: string) => check(note).at(-1);

describe('a claim in another reading of its names', () => {
  afterEach(() => {
    only.isFirst = false;
  });

  it.each(cases)('holds, and says in which: %j', (note) => {
    expect(last(note)?.verdict).toBe('holds');
    expect(last(note)?.readAs?.length).toBeGreaterThan(0);
  });

  it.each(cases)('does not hold in the likeliest: %j', (note) => {
    only.isFirst = true;
    expect(last(note)?.verdict).not.toBe('holds');
  });

  it.each(cases)('fails once it is spoilt: %j', (note, right, wrong) => {
    const at = note.lastIndexOf(right);
    expect(at).toBeGreaterThan(0);
    expect(last(note.slice(0, at) + wrong + note.slice(at + right.length))?.verdict).toBe('fails');
  });
});
