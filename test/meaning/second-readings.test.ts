import { describe, expect, it, vi } from 'vitest';
import { derive, gradient, hessian, stationary } from '../../src/derive.ts';
import { wordsOf } from '../../src/explain/explain.ts';
import { secondValues } from '../../src/meaning/names/choices.ts';
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
    const said = (derive(source, options).notices ?? []).filter(({ code }) => code.startsWith('taken-'));
    expect(said.map(({ code, name }) => `${code} ${name}`).join(', ')).toBe(notices);
  });

  it.each(cases)('is not read by the likeliest alone: $source $options', ({ source, options, result }) => {
    expect(outcome(source, options, true)).not.toBe(result);
  });
});

describe('the verbs', () => {
  const shapes = 'A: matrix(m, n), x: vector(n), b: vector(m)';
  const source = '\\frac{(A x - b)^T (A x - b)}{T}';

  it('read alike', () => {
    const asked = { wrt: 'x', shapes };
    const results = [
      gradient(source, asked).results.map((one) => one.result),
      hessian(source, asked).matrix.flat(),
      stationary(source, asked).equations.map((one) => one.left),
    ];
    expect(results).toEqual([["2 * A' * (A * x - b) / T"], ["2 * A' * A / T"], ["2 * A' * (A * x - b) / T"]]);
  });
});

describe('a source that no reading can be', () => {
  it('is refused for what is wrong with the likeliest', () => {
    const asked = { wrt: 'X', shapes: 'A: matrix(n, k), X: matrix(n, k)' };
    const source = "\\operatorname{tr}(A' X) + \\det X";
    expect(outcome(source, asked)).toMatch(/^refused: a square matrix is needed here/);
    expect(outcome(source, asked)).toBe(outcome(source, asked, true));
  });
});

describe('what was read', () => {
  it.each(['en', 'ja'] as const)('is said in one line in %s', (language) => {
    const said = wordsOf(language).reading.notices;
    for (const value of secondValues) expect(said[`taken-${value}`]).toMatch(/^[^\n]*\{name\}[^\n]*$/);
  });
});
