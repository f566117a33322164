/** What the first stage asks: rows of the tables in `test/cases`, a few hundred that touch every layer and take little time. */

import { readRows } from '../dump/rows.mjs';

/** Of these tables each so many-th row, and each that brings a function or an option that no row before it has. */
const steps = new Map([
  ['derivatives.txt', 2],
  ['gradients.txt', 1],
  ['tasks.txt', 4],
  ['matrix.txt', 6],
  ['textbook.txt', 16],
  ['expressions.txt', 16],
  ['simplification.txt', 5],
  ['matrix-identities.tsv', 24],
]);

const verbs = new Set(['derive', 'gradient', 'hessian', 'stationary']);

/** Long formulas take most of the time and say no more than short ones. */
const longest = 50;

/** The first rows of all tables, then the second ones, and so on: what is wrong somewhere is met early. */
export function certificateRows() {
  const asked = readRows().filter(({ verb, source }) => verbs.has(verb) && source.length <= longest);
  const known = new Set();
  const tables = [...steps].map(([table, step]) =>
    asked
      .filter(({ id }) => id.startsWith(`${table}:`))
      .filter((row, at) => {
        const words = wordsOf(row).filter((word) => !known.has(word));
        for (const word of words) known.add(word);
        return words.length > 0 || at % step === 0;
      }),
  );
  const longestTable = Math.max(...tables.map((rows) => rows.length));
  return Array.from({ length: longestTable }, (_, at) => tables.flatMap((rows) => rows[at] ?? [])).flat();
}

/** The functions of a row with their numbers, options and properties. */
function wordsOf({ source, options }) {
  const calls = source.match(/[a-z]\w*(?=\()/gi) ?? [];
  const said = Object.entries(options).flatMap(([name, value]) =>
    name === 'shapes' ? (value.match(/[a-z][a-z-]+/g) ?? []) : name === 'wrt' ? [] : [`--${name}`],
  );
  return [...calls, ...said];
}
