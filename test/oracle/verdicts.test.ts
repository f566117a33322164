import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/check.ts';
import { MathError } from '../../src/problem.ts';
import { third } from '../support/table.ts';

const rows = readFileSync('test/cases/verdicts.tsv', 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t') as [claim: string, shapes: string, verdict: string, conditions: string]);

describe('verdicts on equalities that a few random points would take for true', () => {
  it.each(third(rows))('%s %s is %s %s', (claim, shapes, verdict, conditions) => {
    const found = verify(claim, shapes === '' ? {} : { shapes });
    expect([`${found.verdict} ${found.method}`, (found.conditions ?? []).join('; ')]).toEqual([verdict, conditions]);
  });

  it('says what a difference was found at', () => {
    expect(verify('x = x + 1e-12').counterexample).toEqual({ values: { x: 0.6 }, left: 0.6, right: 0.600000000001 });
    expect(verify('relu(x + 700) = x + 700').counterexample?.left).toBe(0);
  });

  it('does not call false of a name what may hold of a product, or of a matrix of which nothing is said', () => {
    const refusal = (claim: string, shapes?: string): string => {
      try {
        return verify(claim, shapes === undefined ? {} : { shapes }).verdict;
      } catch (error) {
        return error instanceof MathError ? error.message : String(error);
      }
    };
    const joined = 'AB is one name, and what is claimed does not hold of it';
    expect(refusal('tr(AB) = tr(BA)')).toBe(joined);
    expect(refusal('det(AB) = det(A)*det(B)', 'A: matrix(n, n), B: matrix(n, n)')).toBe(joined);
    expect(refusal('tr(AB) = tr(AB) + 1')).toBe('fails');
    expect(refusal('\\frac{\\partial}{\\partial q} x^\\top M(q) x = 0')).toBe(
      'M(q) is a matrix here, and nothing says how it depends on what stands in its brackets',
    );
  });
});
