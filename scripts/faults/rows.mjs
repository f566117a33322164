/**
 * What the first stage asks: rows of its own that reach what is rarely reached, then a few hundred of the tables in
 * `test/cases` that take little time.
 */

import { readFileSync } from 'node:fs';
import { readRows } from '../dump/rows.mjs';

/** Of these tables each so many-th row, and each that brings a function, for this kind of variable, or an option that no row before it has. */
const steps = new Map([
  ['derivatives.txt', 3],
  ['gradients.txt', 1],
  ['tasks.txt', 6],
  ['matrix.txt', 10],
  ['textbook.txt', 12],
  ['expressions.txt', 12],
  ['simplification.txt', 5],
  ['matrix-identities.tsv', 40],
]);

const verbs = new Set(['derive', 'gradient', 'hessian', 'stationary']);

/** Long formulas take most of the time and say no more than short ones. */
const longest = 50;

/** Of the tables the first rows of all, then the second ones, and so on: what is wrong somewhere is met early. */
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
  return [
    ...ownRows(),
    ...Array.from({ length: longestTable }, (_, at) => tables.flatMap((rows) => rows[at] ?? [])).flat(),
  ];
}

/** The functions of a row, each with the kind of the variable, its options and the properties of its names. */
function wordsOf({ source, options: { wrt, shapes = '', ...others } }) {
  const declared = `, ${shapes}`.split(`, ${wrt}: `)[1] ?? '';
  const kind = /^\w+/.exec(declared)?.[0] ?? '';
  const calls = source.match(/[a-z]\w*(?=\()/gi) ?? [];
  return [
    ...calls.map((call) => `${call} by ${kind}`),
    ...(shapes.match(/[a-z][a-z-]+/g) ?? []),
    ...Object.keys(others).map((name) => `--${name}`),
  ];
}

/** Rows of `rows.txt`: what is rarely reached. */
function ownRows() {
  const lines = readFileSync(new URL('rows.txt', import.meta.url), 'utf8').split('\n');
  return lines.flatMap((line, at) => {
    const [shapes, source, wrt, more = '{}'] = line.split(' | ').map((part) => part.trim());
    if (wrt === undefined || line.startsWith('#')) return [];
    const { verb = 'derive', ...others } = JSON.parse(more);
    const options = { wrt, ...(shapes === '' ? {} : { shapes }), ...others };
    return [{ id: `rows.txt:${at + 1}`, verb, source, options }];
  });
}
