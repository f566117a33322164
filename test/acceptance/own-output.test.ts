/**
 * Our own derivations through our own check: every displayed row of what the tables ask for is judged or listed. Some of the
 * rows in `npm test`; all of them with `OWN_OUTPUT=all`, which takes minutes, and with `OWN_OUTPUT_REPORT=FILE` each row that does
 * not hold is written there with its reason.
 */

import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { toMarkdown } from '../../src/render/markdown.ts';
import { type DisplayedRow, displayedRows, tallyOf } from '../support/own-output.ts';
import { resultTables } from '../support/result-tables.ts';

/** Every row where all are wanted, else each so many. */
const step = process.env.OWN_OUTPUT === 'all' ? 1 : 17;
const report = process.env.OWN_OUTPUT_REPORT;

/** Shares of the displayed rows that hold, at least: what is true today. */
const least: Readonly<Record<string, number>> = {
  'derivatives.txt': 0.7,
  'gradients.txt': 0.5,
  'expressions.txt': 0.6,
  'textbook.txt': 0.9,
  'tasks.txt': 0.5,
  'matrix.txt': 0.5,
};

const { 'matrix-identities.tsv': _, ...tables } = resultTables('standard');

describe.each(Object.entries(tables))('what is printed over %s', (table, rows) => {
  it.each(['en', 'ja'] as const)('is read by the checker: %s', (lang) => {
    const printed = rows
      .filter((_, at) => at % step === 0)
      .map(({ asked, run }) => ({ asked, displayed: displayedRows(toMarkdown(run(), { lang })) }));
    const all = printed.flatMap(({ displayed }) => displayed);
    const tally = tallyOf(all);
    if (report !== undefined) {
      appendFileSync(
        report,
        `# ${table} ${lang} ${printed.length} cases, ${all.length} rows ${JSON.stringify(tally)}\n`,
      );
      for (const { asked, displayed } of printed)
        appendFileSync(report, displayed.map((row) => line(asked, row)).join(''));
    }
    expect(printed.filter(({ displayed }) => displayed.length === 0)).toEqual([]);
    expect(tally.holds / all.length).toBeGreaterThanOrEqual(least[table] ?? 0);
  }, 1_800_000);
});

function line(asked: string, { fate, reason, text }: DisplayedRow): string {
  return fate === 'holds' ? '' : `${[fate, reason, text, asked].join('\t')}\n`;
}
