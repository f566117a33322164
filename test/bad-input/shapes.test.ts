/** Shapes that clash: each is refused with the place of the clash, and both uses where there are two. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import { describeProblem, MathError, type Problem } from '../../src/problem.ts';

const lines = readFileSync(new URL('../cases/shape-errors.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'));

const cases = lines.map((line) => {
  const [shapes = '', source = '', wrt = ''] = line.split(' | ');
  return { shapes, source, wrt };
});

function problemOf({ shapes, source, wrt }: (typeof cases)[number]): Problem {
  try {
    derive(source, { wrt, shapes });
  } catch (error) {
    if (error instanceof MathError) return error.problem;
    throw error;
  }
  throw new Error(`${source} with ${shapes} was not refused`);
}

describe('a clash of shapes', () => {
  it('is one of forty at least', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
  });

  it.each(cases)('is refused with its place: $source with $shapes', (one) => {
    const problem = problemOf(one);
    expect(problem.code).toMatch(/^(shape-clash|syntax)$/);
    const text = problem.source ?? one.source;
    const { start, end } = problem.span ?? { start: -1, end: -1 };
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThan(start);
    expect(end).toBeLessThanOrEqual(text.length);
    expect(problem.hint).not.toBe('');
  });

  it('is said in whole sentences', async () => {
    const texts = cases.map((one) => `${one.shapes} | ${one.source}\n\n${describeProblem(problemOf(one))}`);
    await expect(`${texts.join('\n----\n\n')}\n`).toMatchFileSnapshot('../cases/shape-errors.expected.txt');
  });
});
