/** Identities of the usual references: derived, certified, as short as stated; as claims they hold, and no slip does. */

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { printedSize } from '../../scripts/printed-size.mjs';
import { verify } from '../../src/check.ts';
import { MathError } from '../../src/problem.ts';
import { slipsOf } from '../support/identity-mutations.ts';
import {
  type Checked,
  checkIdentity,
  type Identity,
  mostRatio,
  reportIdentities,
  shapesOf,
} from '../support/matrix-corpus.ts';

const rows: readonly Identity[] = readFileSync(new URL('../cases/matrix-identities.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('id\t'))
  .map((line) => {
    const [id = '', , declaration = '', source = '', wrt = '', stated = ''] = line.split('\t');
    return { id, shapes: shapesOf(declaration), source, wrt, stated };
  });

/** Rows whose result is printed longer than a text states it, by characters; the inverses stay apart, and means do. */
const longer: readonly string[] = ['B5', 'S22'];

function judged({ source, wrt, shapes }: Identity, stated: string): string {
  try {
    return verify(`d(${source}, ${wrt}) = ${stated}`, { shapes }).verdict;
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    return `unread: ${error.problem.message}`;
  }
}

/** How much longer a result is than what is stated, in printed signs. */
const sizeRatio = ({ result, identity }: Checked): number => printedSize(result) / printedSize(identity.stated);

describe('the matrix identities of textbooks', () => {
  let checked: readonly Checked[] = [];
  beforeAll(() => {
    checked = rows.map(checkIdentity);
    const sizes = checked.map(sizeRatio);
    console.log(reportIdentities('matrix-identities.tsv', checked));
    console.log(`printed signs: ${sizes.filter((ratio) => ratio > mostRatio).length} beyond ${mostRatio} times`);
  }, 180_000);

  it('are many, and all are read', () => {
    expect(checked.length).toBeGreaterThanOrEqual(440);
    expect(checked.filter((row) => row.unread !== undefined).map((row) => row.identity.id)).toEqual([]);
  });

  it('are derived with every step and the result certified, and are what is stated', () => {
    const open = checked.filter((row) => row.open.length > 0 || row.equal !== 'holds');
    expect(open.map(({ identity, result }) => `${identity.id} ${result}`)).toEqual([]);
  });

  it('are printed hardly longer than stated', () => {
    expect(checked.filter((row) => row.ratio > mostRatio).map((row) => row.identity.id)).toEqual(longer);
  });

  it('hold as claims', () => {
    expect(rows.filter((row) => judged(row, row.stated) !== 'holds').map(({ id }) => id)).toEqual([]);
  }, 120_000);

  it('fail as claims with any one slip', () => {
    const wrong = rows.flatMap((row, at) => slipsOf(row.stated, at % 4 === 0).map((slip) => ({ row, slip })));
    const others = wrong.filter(({ row, slip }) => judged(row, slip) !== 'fails');
    console.log(`${wrong.length} slips, ${wrong.length - others.length} fail`);
    expect(others.map(({ row, slip }) => `${row.id} ${slip} ${judged(row, slip)}`)).toEqual([]);
  }, 180_000);
});
