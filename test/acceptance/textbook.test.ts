import { describe, expect, it } from 'vitest';
import { form } from '../../scripts/bench/workloads/form.ts';
import { printedSize } from '../../scripts/printed-size.mjs';
import { answerOf, compareForm, deriveRow, type FormRow, readTextbook, wrongValues } from '../support/textbook.ts';

const rows = readTextbook();

/** The largest printed size of an answer, as a multiple of the text's. */
const mostRatio = 1.25;

describe('the printed size', () => {
  it.each([
    ['x^2 * sin(3x)', 8],
    ['-(3 / x)', 4],
    ['x[i, j] * f(y)', 6],
    ['x > 0 ? 1 : y', 6],
    ["D(f, 1)(x, y) * g'(z)", 8],
  ])('of %s is %i', (text, size) => {
    expect(printedSize(text)).toBe(size);
  });
});

describe('the textbook list', () => {
  const measured: FormRow[] = [];

  it('has 120 lines at least, each but once', () => {
    expect(rows.length).toBeGreaterThanOrEqual(140);
    expect(new Set(rows.map(({ source, wrt }) => `${source} ${wrt}`)).size).toBe(rows.length);
  });

  it.each(rows)('$source by $wrt: both answers are right', (row) => {
    const derivation = deriveRow(row);
    measured.push(compareForm(row, answerOf(derivation)));
    expect(derivation.unresolved).toEqual([]);
    expect(derivation.certificate.verdict).toBe('holds');
    expect(wrongValues(row, derivation)).toEqual([]);
  });

  it(`is answered in at most ${mostRatio} times the size of the text, and as short in the middle`, () => {
    const sorted = measured.toSorted((a, b) => b.ratio - a.ratio || b.characters - a.characters);
    const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
    const ratios = sorted.map(({ ratio }) => ratio);
    console.log(
      `${tableOf(sorted)}\n${sorted.length} rows; ratio of sizes: worst ${ratios[0]?.toFixed(2)}, median ${median(
        ratios,
      ).toFixed(2)}; of characters: median ${median(sorted.map(({ characters }) => characters)).toFixed(2)}`,
    );
    expect(sorted).toHaveLength(rows.length);
    expect(median(ratios)).toBeLessThanOrEqual(1);
    expect(sorted.filter(({ ratio }) => ratio > mostRatio)).toEqual([]);
  });
});

describe('npm run bench -- --only form', () => {
  it('prints in its column for this project the sizes that are measured here', async () => {
    const settings = { peers: [], quick: true, noise: [], worker: '', sympyWorker: '' };
    const { tables, wrong, goals } = await form(settings);
    const some = rows.filter((_, at) => at % 8 === 0);
    expect(wrong).toEqual([]);
    expect(goals.map(({ met }) => met)).toEqual([true, true]);
    expect(tables[0]?.rows.map(([name, , ours]) => [name, ours])).toEqual(
      some.map((row) => [`${row.source} by ${row.wrt}`, String(printedSize(answerOf(deriveRow(row))))]),
    );
  });
});

/** Worst first; what is as long as the text's own answer is only counted. */
function tableOf(sorted: readonly FormRow[]): string {
  const longer = sorted.filter(({ ratio }) => ratio > 1);
  const lines = longer.map(
    ({ source, wrt, textbook, ours, ratio }) => `${ratio.toFixed(2)}  ${source} by ${wrt}: ${textbook} | ${ours}`,
  );
  return [...lines, `${sorted.length - longer.length} answers are no longer than the text's`].join('\n');
}
