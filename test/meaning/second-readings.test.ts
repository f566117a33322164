import { describe, expect, it, vi } from 'vitest';
import { derive } from '../../src/derive.ts';
import type { DeriveOptions } from '../../src/options.ts';
import { MathError } from '../../src/problem.ts';
import { readLines } from '../support/table.ts';

const cut = vi.hoisted(() => ({ toOne: false }));

vi.mock('../../src/meaning/names/readings.ts', async (original) => {
  const real = await original<typeof import('../../src/meaning/names/readings.ts')>();
  const some: typeof real.readingsOf = (known, choices, most) => real.readingsOf(known, choices, cut.toOne ? 1 : most);
  return { ...real, readingsOf: some };
});

const cases = readLines('second-readings.txt').map((line) => {
  const [source = '', options = '{}', result = '', notices = ''] = line.split(' => ');
  return { source, options: JSON.parse(options) as DeriveOptions, result, notices };
});

/** What comes of a source in all readings, or in the likeliest alone. */
function outcome(source: string, options: DeriveOptions, toOne = false): string {
  cut.toOne = toOne;
  try {
    const { result, certificate } = derive(source, options);
    return certificate.verdict === 'holds' ? result : certificate.verdict;
  } catch (error) {
    if (error instanceof MathError) return `refused: ${error.message}`;
    throw error;
  } finally {
    cut.toOne = false;
  }
}

describe('a source that the likeliest reading can not be', () => {
  it.each(cases)('is read otherwise: $source $options', ({ source, options, result, notices }) => {
    expect(outcome(source, options)).toBe(result);
    const said = derive(source, options).notices ?? [];
    expect(said.filter(({ code }) => code.startsWith('taken-')).map(({ code, name }) => `${code} ${name}`)).toEqual([
      notices,
    ]);
  });

  it.each(cases)('is not read by the likeliest alone: $source $options', ({ source, options, result }) => {
    expect(outcome(source, options, true)).not.toBe(result);
  });
});
