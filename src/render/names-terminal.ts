/** The table of names for a terminal: each name, what it is, and the places that speak for it. */

import { widthOf } from '../columns.ts';
import type { Result } from '../derivation/derivation.ts';
import { nameLines } from '../explain/reading.ts';
import type { Language } from '../options.ts';
import { parseExpression } from './expression.ts';
import { toUnicode } from './formula-unicode.ts';
import { pad } from './layout.ts';
import { margin } from './page.ts';

/** The table as aligned lines that end in a line break. Total. */
export function namesTable(result: Result, language: Language): string {
  const lines = nameLines(result, result.problem.source, language).map(({ name, role, because }) => ({
    name: name.map(({ text }) => shown(text)).join(''),
    role,
    because,
  }));
  const column = (part: 'name' | 'role'): number => Math.max(0, ...lines.map((line) => widthOf(line[part]))) + 3;
  const [names, roles] = [column('name'), column('role')];
  return lines
    .map(({ name, role, because }) => `${' '.repeat(margin)}${pad(name, names)}${pad(role, roles)}${because}\n`)
    .join('');
}

/** A name as formulas show it; what no formula can hold, such as the 1 of a vector of ones, as it is. */
function shown(name: string): string {
  return /^\p{L}/u.test(name) ? toUnicode(parseExpression(name)) : name;
}
