import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/check.ts';
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
});
