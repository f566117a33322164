/** What our own checker says of what we print: every displayed row of a derivation with the verdicts that stand in it. */

import { check } from '../../src/check.ts';
import type { Verdict } from '../../src/index.ts';

/** A line of an aligned display, with what came of it. */
export interface DisplayedRow {
  readonly text: string;
  /**
   * The worst verdict within the row; `listed` where it was taken for a definition or another line that claims nothing, and
   * `unread` where its display could not be read.
   */
  readonly fate: Fate;
  /** Why it is not decided, without the names that stand in it. */
  readonly reason: string;
}

export const fates = ['holds', 'fails', 'unknown', 'unread', 'listed'] as const;
export type Fate = (typeof fates)[number];

/** The displayed rows of a Markdown document, judged by `check` in this process. */
export function displayedRows(document: string): DisplayedRow[] {
  const verdicts = check(document);
  return displaysIn(document).flatMap(({ start, end, rows }) => {
    const inside = verdicts.filter(({ start: { offset } }) => offset >= start && offset <= end);
    // One verdict for a display without sides is said of all its rows.
    const unread = inside.find(({ left, right }) => left === '' && right === '');
    return rows.map(({ text, from, to }): DisplayedRow => {
      if (unread !== undefined) return { text, fate: 'unread', reason: reasonOf(unread) };
      const own = inside.filter((one) => one.start.offset >= from && one.start.offset < to);
      const fate = fates.find((one) => one !== 'holds' && own.some(({ verdict }) => verdict === one));
      const worst = own.find(({ verdict }) => verdict === fate);
      return { text, fate: fate ?? (own.length > 0 ? 'holds' : 'listed'), reason: worst ? reasonOf(worst) : '' };
    });
  });
}

interface Display {
  readonly start: number;
  readonly end: number;
  readonly rows: readonly { readonly text: string; readonly from: number; readonly to: number }[];
}

function displaysIn(document: string): Display[] {
  return [...document.matchAll(/^\$\$\n\\begin\{aligned\}\n([\s\S]*?)\n\\end\{aligned\}\n\$\$$/gm)].map((match) => {
    let from = match.index + '$$\n\\begin{aligned}\n'.length;
    const rows = (match[1] as string).split('\n').map((text) => {
      const row = { text, from, to: from + text.length };
      from = row.to + 1;
      return row;
    });
    return { start: match.index, end: match.index + match[0].length, rows };
  });
}

function reasonOf({ reason = '', detail = '' }: Verdict): string {
  return `${reason}: ${detail.replace(/^.*(?= is defined more than once)/, '…').replace(/"[^"]*"/g, '…')}`;
}

/** How many rows met which fate. */
export type Tally = Readonly<Record<Fate, number>>;

export function tallyOf(rows: readonly DisplayedRow[]): Tally {
  const count = (fate: Fate) => rows.filter((row) => row.fate === fate).length;
  return Object.fromEntries(fates.map((fate) => [fate, count(fate)])) as Tally;
}
