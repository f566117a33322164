/** Matrix identities in denominator layout, right ones and mutations of them. */

import { beforeAll, describe, expect, it } from 'vitest';
import { verify } from '../../src/check.ts';
import { MathError } from '../../src/problem.ts';
import { type Cells, hasCorpora, readCorpus } from '../support/corpora.ts';
import {
  type Checked,
  checkIdentity,
  type Identity,
  mostRatio,
  reportIdentities,
  shapesOf,
} from '../support/matrix-corpus.ts';

const toIdentity = (row: Cells): Identity => ({
  id: row.id ?? '',
  shapes: shapesOf(row.decl ?? ''),
  source: row.expr ?? '',
  wrt: row.var ?? '',
  stated: row.derivative ?? row.wrong_derivative ?? '',
});

const right = readCorpus('matrix_identities_public.tsv').map(toIdentity);
const wrong = readCorpus('matrix_identities_wrong_public.tsv').map(toIdentity);

/** What is said of `d(expr, var) = derivative`. */
function judged({ source, wrt, stated, shapes }: Identity): string {
  try {
    return verify(`d(${source}, ${wrt}) = ${stated}`, { shapes }).verdict;
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    return `unread: ${error.problem.message}`;
  }
}

describe.skipIf(!hasCorpora)('the matrix identities', () => {
  let rows: readonly Checked[] = [];
  beforeAll(() => {
    rows = right.map(checkIdentity);
    console.log(reportIdentities('matrix_identities_public.tsv', rows));
  }, 120_000);

  it('are there as a whole, and read', () => {
    expect(rows.length).toBeGreaterThanOrEqual(117);
    expect(rows.filter((row) => row.unread !== undefined).map((row) => row.identity.id)).toEqual([]);
  });

  it('are derived with every step and the result certified', () => {
    expect(rows.flatMap((row) => row.open.map((text) => `${row.identity.id} ${text}`))).toEqual([]);
  });

  it('have the stated derivatives', () => {
    expect(rows.filter((row) => row.equal !== 'holds').map((row) => `${row.identity.id} ${row.result}`)).toEqual([]);
  });

  it('are printed hardly longer than stated', () => {
    expect(rows.filter((row) => row.ratio > mostRatio).map((row) => `${row.identity.id} ${row.result}`)).toEqual([]);
  });

  it('hold as claims', () => {
    expect(right.filter((row) => judged(row) !== 'holds').map((row) => `${row.id} ${judged(row)}`)).toEqual([]);
  });
});

describe.skipIf(!hasCorpora)('the mutated matrix identities', () => {
  it('fail as claims, each of them', () => {
    expect(wrong.length).toBeGreaterThanOrEqual(212);
    const others = wrong.filter((row) => judged(row) !== 'fails');
    console.log(`matrix_identities_wrong_public.tsv: ${wrong.length} rows run, ${wrong.length - others.length} fail`);
    expect(others.map((row) => `${row.id} ${row.stated} ${judged(row)}`)).toEqual([]);
  }, 120_000);
});
