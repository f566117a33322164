import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/check.ts';
import { derive } from '../../src/derive.ts';
import { MathError } from '../../src/problem.ts';
import { readDerivatives } from '../support/table.ts';

const seed = 20260101;

/** The derivative of every line of the table by another method: equal to that by the chain rule, or a clear refusal. */
describe.each(['rewrite', 'index', 'logarithmic'] as const)('the method %s', (method) => {
  it.each(readDerivatives())('agrees on $source by $wrt', ({ source, wrt }) => {
    const chain = derive(source, { wrt });
    try {
      const other = derive(source, { wrt, method });
      expect(other.certificate.verdict).toBe('holds');
      expect(other.problem.method).toBe(method);
      for (const step of other.steps) expect([step.state, step.certificate.verdict]).toEqual([step.state, 'holds']);
      if (other.expanded === chain.expanded || other.resultShape !== 'scalar') return;
      expect([other.expanded, verify(`${other.expanded} = ${chain.expanded}`).verdict]).not.toContain('fails');
    } catch (error) {
      if (!(error instanceof MathError)) throw error;
      expect([method, error.message]).toEqual([
        'logarithmic',
        'a logarithm takes products, quotients and powers apart, and this is none',
      ]);
    }
  });
});

describe('the methods', () => {
  const base = fc.constantFrom('x', '(x + 1)', '(2x - 3)', '(x^2 + 1)', 'sin(x)', 'exp(x)', 'y', '(x + y)', '3');
  const exponent = fc.constantFrom('1', '2', '3', '(-1)', '(-2)', '(1/2)', 'n', 'x');
  const product = fc
    .array(fc.tuple(base, exponent), { minLength: 2, maxLength: 4 })
    .map((factors) => factors.map(([one, power]) => `${one}^${power}`).join(' * '));

  it('end in equal derivatives of random products of powers', () => {
    let compared = 0;
    fc.assert(
      fc.property(product, (source) => {
        const chain = derive(source, { wrt: 'x', detail: 'answer' });
        for (const method of ['logarithmic', 'rewrite', 'index'] as const) {
          let other: ReturnType<typeof derive>;
          try {
            other = derive(source, { wrt: 'x', method });
          } catch (error) {
            if (error instanceof MathError && method === 'logarithmic') continue;
            throw error;
          }
          expect([source, method, other.certificate.verdict]).not.toContain('fails');
          const { verdict } = verify(`${other.expanded} = ${chain.expanded}`);
          expect([source, method, verdict]).not.toContain('fails');
          if (verdict === 'holds') compared++;
        }
      }),
      { numRuns: 60, seed },
    );
    expect(compared).toBeGreaterThan(150);
  });
});

describe('rewriting before differentiating', () => {
  it.each([
    ['log(x^3)', '3 * log(x)'],
    ['log(sqrt(x))', 'log(x) / 2'],
    ['log(2*x)', 'log(2) + log(x)'],
    ['log(exp(x)*y)', 'x + log(y)'],
  ])('takes %s apart, which is right wherever it has a value', (source, rewritten) => {
    const { steps } = derive(source, { wrt: 'x', method: 'rewrite' });
    const rule = steps.find((one) => one.rule === 'log-rules');
    expect(rule?.after).toBe(rewritten);
  });

  it.each([
    'log(x^2)',
    'log(x*y)',
    'log(x^n)',
    'log(x/y)',
    'log(-x)',
  ])('leaves %s whole, which has more values', (source) => {
    const { steps } = derive(source, { wrt: 'x', method: 'rewrite' });
    expect(steps.map((one) => one.rule)).not.toContain('log-rules');
  });
});
