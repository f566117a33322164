/** The assertions that every corpus of derivatives has to pass, over one derivation of each row. */

import { beforeAll, describe, expect, it } from 'vitest';
import {
  type CorpusRow,
  complaints,
  hasCorpora,
  type Outcome,
  report,
  runRow,
  unknownShare,
  unreadRows,
} from './corpora.ts';

/** Most steps of a hundred that may stay without a verdict. */
const mostUnknown = 0.01;

/** A row that takes longer than this, in milliseconds, hangs as far as a reader is concerned. */
const longestRow = 10_000;

/** Runs `rows` and prints the report; `least` is how many rows the corpus is known to have. */
export function describeCorpus(name: string, rows: readonly CorpusRow[], least: number): void {
  describe.skipIf(!hasCorpora)(`the corpus ${name}`, () => {
    let outcomes: readonly Outcome[] = [];
    beforeAll(() => {
      outcomes = rows.map(runRow);
      console.log(report(name, outcomes));
    }, 240_000);

    it('is there as a whole', () => {
      expect(outcomes.length).toBeGreaterThanOrEqual(least);
    });

    it('is read, and no derivative is left standing', () => {
      expect(unreadRows(outcomes)).toEqual([]);
      expect(complaints(outcomes, 'unresolved')).toEqual([]);
    });

    it('has the derivatives that it states', () => {
      expect(complaints(outcomes, 'wrong')).toEqual([]);
    });

    it('is certified step by step: none fails, hardly any is unknown', () => {
      expect(complaints(outcomes, 'failing')).toEqual([]);
      expect(unknownShare(outcomes)).toBeLessThanOrEqual(mostUnknown);
    });

    it('ends in the identical term on both drivers', () => {
      expect(complaints(outcomes, 'drivers')).toEqual([]);
    });

    it('holds no row that hangs', () => {
      const slow = outcomes.filter((one) => one.milliseconds > longestRow);
      expect(slow.map(({ row, milliseconds }) => `${row.id} ${milliseconds}`)).toEqual([]);
    });
  });
}
