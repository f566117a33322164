/**
 * The corpora in `../shared/corpora`, which stay where they are: reading them, deriving a row once for everything that
 * is asked of it, and the report that each test prints.
 */

import { existsSync, readFileSync } from 'node:fs';
import type { Derivation } from '../../src/derivation/derivation.ts';
import { derive } from '../../src/derive.ts';
import { MathError } from '../../src/problem.ts';
import { driverDifference } from './agreement.ts';

export const corpora = new URL('../../../shared/corpora/', import.meta.url);
export const hasCorpora = existsSync(corpora);

/** Cells by the name of their column. */
export type Cells = Readonly<Record<string, string>>;

/** The rows of a table; empty where the corpora are not at hand. */
export function readCorpus(file: string): Cells[] {
  if (!hasCorpora) return [];
  const lines = readFileSync(new URL(file, corpora), 'utf8').split('\n');
  const [head = '', ...rows] = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const columns = head.split('\t');
  return rows.map((row) => {
    const cells = row.split('\t');
    return Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
  });
}

/** What is to be differentiated, and how one sees whether the answer is right. */
export interface CorpusRow {
  readonly id: string;
  readonly source: string;
  readonly wrt: string;
  readonly order: number;
  /** What is wrong with an answer, written out in the names of the source; nothing if it is right. */
  readonly judge: (answer: string) => readonly string[];
  /** Why the row says nothing about us: a function that nobody promised, or an answer that the corpus does not vouch for. */
  readonly leftOut?: string | undefined;
}

export interface Outcome {
  readonly row: CorpusRow;
  readonly unread?: string;
  readonly unresolved: readonly string[];
  readonly wrong: readonly string[];
  /** The ends of both drivers, where they differ. */
  readonly drivers: readonly string[];
  readonly steps: number;
  readonly failing: readonly string[];
  /** Reasons of the steps that are unknown. */
  readonly unknown: readonly string[];
  readonly whole: string;
  readonly milliseconds: number;
}

/** Derives a row once and notes all that the tests ask. */
export function runRow(row: CorpusRow): Outcome {
  const { source, wrt, order } = row;
  const begun = performance.now();
  const nothing = { row, unresolved: [], wrong: [], drivers: [], steps: 0, failing: [], unknown: [], whole: '' };
  const outcome = (found: Partial<Outcome>): Outcome => ({
    ...nothing,
    ...found,
    milliseconds: performance.now() - begun,
  });
  let derivation: Derivation;
  try {
    derivation = derive(source, { wrt, order, detail: 'every' });
  } catch (error) {
    if (error instanceof MathError) return outcome({ unread: `${error.code}: ${error.message}` });
    return outcome({ unread: `a bug of ours: ${error}` });
  }
  const { steps, unresolved, certificate, expanded } = derivation;
  return outcome({
    unresolved,
    wrong: row.leftOut === undefined ? judged(row, expanded) : [],
    drivers: driverDifference({ source, wrt, order }),
    steps: steps.length,
    failing: [
      ...steps.filter((step) => step.certificate.verdict === 'fails').map((step) => `${step.rule}: ${step.before}`),
      ...(certificate.verdict === 'fails' ? ['the whole derivation'] : []),
    ],
    unknown: steps
      .filter((step) => step.certificate.verdict === 'unknown')
      .map((step) => step.certificate.reason ?? 'no reason'),
    whole: certificate.verdict === 'unknown' ? (certificate.reason ?? 'no reason') : '',
  });
}

/** An answer that the test cannot even evaluate is wrong, and no reason to give up on the other rows. */
function judged(row: CorpusRow, answer: string): readonly string[] {
  try {
    return row.judge(answer);
  } catch (error) {
    return [`${answer} has no value: ${error}`];
  }
}

/** One line for each row that a test holds against us. */
export function complaints(
  outcomes: readonly Outcome[],
  about: 'unresolved' | 'wrong' | 'drivers' | 'failing',
): string[] {
  return outcomes.flatMap(({ row, [about]: found }) => found.map((one) => `${row.id}: ${one}`));
}

/** Rows that could not be read, though they hold no function that nobody promised. */
export function unreadRows(outcomes: readonly Outcome[]): string[] {
  return outcomes.flatMap(({ row, unread }) =>
    unread === undefined || row.leftOut !== undefined ? [] : [`${row.id}: ${unread}`],
  );
}

/** The share of steps whose certificate is unknown. */
export function unknownShare(outcomes: readonly Outcome[]): number {
  const steps = outcomes.reduce((total, one) => total + one.steps, 0);
  return outcomes.reduce((total, one) => total + one.unknown.length, 0) / Math.max(1, steps);
}

/** What a corpus test prints. */
export function report(name: string, outcomes: readonly Outcome[]): string {
  const leftOut = outcomes.filter(({ row }) => row.leftOut !== undefined);
  const unread = unreadRows(outcomes);
  const wrong = new Set(complaints(outcomes, 'wrong').map((one) => one.split(':')[0]));
  const steps = outcomes.reduce((total, one) => total + one.steps, 0);
  const share = (100 * unknownShare(outcomes)).toFixed(2);
  const slowest = [...outcomes].sort((a, b) => b.milliseconds - a.milliseconds).slice(0, 5);
  const whole = outcomes.filter((one) => one.whole !== '').length;
  const passed = outcomes.length - leftOut.length - unread.length - wrong.size;
  return [
    `${name}: ${outcomes.length} rows run, ${passed} passed, ${unread.length} could not be read, ${wrong.size} wrong, ` +
      `${leftOut.length} left out`,
    ...leftOut.map(({ row }) => `  left out: ${row.id} (${row.leftOut})`),
    `  ${steps} steps, ${complaints(outcomes, 'failing').length} fail, ${share} % unknown; ${whole} rows unknown as a whole`,
    ...countReasons(outcomes.flatMap((one) => one.unknown)).map(([reason, count]) => `  unknown ${count}: ${reason}`),
    `  slowest: ${slowest.map(({ row, milliseconds }) => `${row.id} ${Math.round(milliseconds)} ms`).join(', ')}`,
  ].join('\n');
}

function countReasons(reasons: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
