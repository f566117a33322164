import { describe, expect, it } from 'vitest';
import { derive, gradient } from '../../src/derive.ts';
import { MathError, type Problem } from '../../src/problem.ts';
import { takeSteps, withinWork } from '../../src/work.ts';

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof MathError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

const own: Problem = { code: 'too-large', message: 'this document takes more work than one may' };

describe('the limit of work', () => {
  it('ends with a typed problem, and lets go of what ends before', () => {
    expect(withinWork(3, () => takeSteps(3))).toBeUndefined();
    expect(problemOf(() => withinWork(3, () => takeSteps(4)))).toMatchObject({ code: 'too-large' });
    expect(problemOf(() => withinWork(3, () => takeSteps(4), own))).toEqual(own);
    expect(takeSteps(1e9)).toBeUndefined();
  });

  it('counts what stands within another limit for both', () => {
    const twice = () => {
      withinWork(3, () => takeSteps(3));
      withinWork(3, () => takeSteps(2));
    };
    expect(withinWork(5, twice, own)).toBeUndefined();
    expect(problemOf(() => withinWork(4, twice, own))).toEqual(own);
  });

  it('takes from the outer limit what a refused part has taken, and no more', () => {
    const refused = () => {
      problemOf(() => withinWork(3, () => takeSteps(1000)));
      takeSteps(2);
    };
    expect(withinWork(5, refused, own)).toBeUndefined();
    expect(problemOf(() => withinWork(4, refused, own))).toEqual(own);
  });
});

describe('a chain of definitions, each of which doubles what is written out', () => {
  const chainOf = (length: number): string => {
    const lines = Array.from({ length }, (_, k) => `a_${k + 1} = a_${k} + b*a_${k}`);
    return `${lines.join('; ')}; a_${length}`;
  };

  it('stays in its names where it would be too long', () => {
    expect(derive(chainOf(2), { wrt: 'b', detail: 'answer' }).formula).toBe('a_0 + b * a_0 + b * (a_0 + b * a_0)');
    expect(derive(chainOf(9), { wrt: 'b', detail: 'answer' }).formula).toBe('a_9');
    expect(gradient(chainOf(40), { wrt: ['b'] })).toMatchObject({ formula: 'a_40', certificate: { verdict: 'holds' } });
  });

  it('is refused as too large where steps would be', () => {
    expect(problemOf(() => derive(chainOf(40), { wrt: 'b' }))).toMatchObject({ code: 'too-large' });
  });
});

describe('a formula that grows beyond bounds', () => {
  const large = 'exp(sin(x))*log(1+x^2)*tan(x*y)';

  it.each([
    ['a high order', () => derive(large, { wrt: 'x', order: 9 })],
    ['the highest order', () => derive(large, { wrt: 'x', order: 12, verify: false, detail: 'answer' })],
    ['a Taylor polynomial', () => derive(large, { wrt: 'x', taylor: 12, at: 'a' })],
  ])('is refused as too large: %s', (_, work) => {
    expect(problemOf(work)).toMatchObject({ code: 'too-large', hint: expect.stringMatching(/name intermediates/) });
  });
});
