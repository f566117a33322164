import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { derive, gradient, hessian, stationary } from '../../src/derive.ts';
import type { DeriveOptions } from '../../src/options.ts';
import { describeProblem, MathError, type Problem } from '../../src/problem.ts';

const verbs = { derive, gradient, hessian, stationary };
const line = /^(?<verb>\w+) (?<source>"(?:[^"\\]|\\.)*") (?<options>\{.*\})$/;

const cases = readFileSync(new URL('../cases/bad-options.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((text) => text !== '' && !text.startsWith('//'))
  .map((text) => {
    const { verb, source, options } = line.exec(text)?.groups ?? {};
    if (source === undefined || options === undefined) throw new Error(`not a case: ${text}`);
    const { seed: written, ...given } = JSON.parse(options) as Omit<DeriveOptions, 'seed'> & { seed?: number | string };
    const seed = written === undefined ? {} : { seed: Number(written) };
    return {
      text,
      verb: verb as keyof typeof verbs,
      source: JSON.parse(source) as string,
      options: { ...given, ...seed },
    };
  });

function problemOf({ verb, source, options }: (typeof cases)[number]): Problem {
  try {
    verbs[verb](source, options);
  } catch (error) {
    if (error instanceof MathError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('options that can not be met', () => {
  it.each(cases)('are refused with a hint: $text', (one) => {
    const problem = problemOf(one);
    expect(problem.message).not.toMatch(/\n|\.$|undefined|\[object/);
    expect(problem.hint).toBeTruthy();
    if (problem.span !== undefined) expect(problem.source).toBeDefined();
  });

  it('read as they should, whole', async () => {
    const texts = cases.map((one) => `${one.text}\n\n${describeProblem(problemOf(one))}\n`);
    await expect(texts.join('\n----\n\n')).toMatchFileSnapshot('../cases/bad-options.expected.txt');
  });
});
