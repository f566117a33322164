/** What the first stage asks: rows of the tables in `test/cases`, a few hundred that touch every layer and take little time. */

import { readRows } from '../dump/rows.mjs';

/** Of these tables each so many-th row, and each that brings a function, for this kind of variable, or an option that no row before it has. */
const steps = new Map([
  ['derivatives.txt', 3],
  ['gradients.txt', 1],
  ['tasks.txt', 5],
  ['matrix.txt', 4],
  ['textbook.txt', 4],
  ['expressions.txt', 8],
  ['simplification.txt', 5],
  ['matrix-identities.tsv', 40],
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

/** The functions of a row, each with the kind of the variable and all together, its options, and the properties of its names. */
function wordsOf({ source, options: { wrt, shapes = '', ...others } }) {
  const kind = new RegExp(`(?:^|, )${wrt}: (\\w+)`).exec(shapes)?.[1] ?? '';
  const calls = source.match(/[a-z]\w*(?=\()/gi) ?? [];
  return [
    ...calls.map((call) => `${call} by ${kind}`),
    shapes === '' ? [...new Set(calls)].sort().join(' and ') : '',
    ...(shapes.match(/[a-z][a-z-]+/g) ?? []),
    ...Object.keys(others).map((name) => `--${name}`),
  ];
}
