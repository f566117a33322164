/** The lengths of axes: small, different, and such that all indices lie within. */

import { describe, expect, it } from 'vitest';
import { findAxes } from '../../src/oracle/axes.ts';
import { chooseSizes } from '../../src/oracle/sizes.ts';
import { surveyTerms } from '../../src/oracle/survey.ts';
import { add, element, index, multiply, number, one, product, sum, symbol } from '../../src/term/construct.ts';
import type { Term } from '../../src/term/term.ts';

const i = index('i');
const j = index('j');
const k = index('k');
const n = symbol('n');
const m = symbol('m');
const x = symbol('x', 1);
const w = symbol('w', 1);
const at = (v: typeof x, ...indices: Term[]): Term => element(v, indices);
const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

/** The ranges of free indices, and the values of names, in one round. */
function choose(terms: readonly Term[], seed: number) {
  const survey = surveyTerms(terms, new Map());
  if (survey === undefined) throw new Error('too many terms');
  const axes = findAxes(terms, new Map(), survey);
  const sizes = chooseSizes(axes, survey.integers, seed);
  return { rangeOf: (name: string) => sizes.range(axes.ofIndex(name)), integers: sizes.integers };
}

describe('sizes', () => {
  it.each(seeds)('of axes that have nothing to do with one another differ, seed %i', (seed) => {
    const { rangeOf } = choose(
      [sum(i, multiply(at(x, i), at(x, k))), sum(j, multiply(at(w, j), at(w, index('l'))))],
      seed,
    );
    expect(rangeOf('k')[1]).toBeGreaterThan(1);
    expect(rangeOf('k')).not.toEqual(rangeOf('l'));
  });

  it.each(seeds)('make room for shifted indices, seed %i', (seed) => {
    const body = multiply(at(w, j), at(x, add(i, j)));
    const { rangeOf, integers } = choose([sum(j, body, { from: one(), to: m }), at(x, k)], seed);
    expect(rangeOf('k')[1]).toBeGreaterThanOrEqual(rangeOf('i')[1] + (integers.get('m') ?? 0));
  });

  it.each(seeds)('do not grow for an index that is shifted along its own axis, seed %i', (seed) => {
    const { rangeOf } = choose([sum(i, multiply(at(x, i), at(x, add(i, one())))), at(x, k)], seed);
    expect(rangeOf('k')[1]).toBeLessThanOrEqual(7);
  });

  it.each(seeds)('reach as far as a range that ends at another index, seed %i', (seed) => {
    const inner = product(j, at(x, j), { from: one(), to: i });
    const { rangeOf, integers } = choose([sum(i, inner, { from: one(), to: n }), at(x, k)], seed);
    expect(rangeOf('k')).toEqual([1, integers.get('n')]);
  });

  it('reach as far as the numbers that stand as an index', () => {
    const { rangeOf } = choose([add(at(x, number(12)), at(x, k))], 1);
    expect(rangeOf('k')).toEqual([1, 12]);
  });
});
