/** What the first stage asks: rows of the tables in `test/cases`, a few hundred that touch every layer and take little time. */

import { readRows } from '../dump/rows.mjs';

/** Of these tables each so many-th row. */
const steps = new Map([
  ['derivatives.txt', 1],
  ['gradients.txt', 1],
  ['tasks.txt', 3],
  ['matrix.txt', 4],
  ['textbook.txt', 12],
  ['expressions.txt', 10],
  ['simplification.txt', 4],
  ['matrix-identities.tsv', 18],
]);

const verbs = new Set(['derive', 'gradient', 'hessian', 'stationary']);

/** Long formulas take most of the time and say no more than short ones. */
const longest = 45;

/** The first rows of all tables, then the second ones, and so on: what is wrong somewhere is met early. */
export function certificateRows() {
  const asked = readRows().filter(({ verb, source }) => verbs.has(verb) && source.length <= longest);
  const tables = [...steps].map(([table, step]) =>
    asked.filter(({ id }) => id.startsWith(`${table}:`)).filter((_, at) => at % step === 0),
  );
  const longestTable = Math.max(...tables.map((rows) => rows.length));
  return Array.from({ length: longestTable }, (_, at) => tables.flatMap((rows) => rows[at] ?? [])).flat();
}
