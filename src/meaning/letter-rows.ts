/** Rows of letters that touch in LaTeX, `loss`: each letter is a name, and the row their product, as TeX sets it. */

import { fail, type Span } from '../problem.ts';
import { letters, singleLetter } from '../syntax/letters.ts';
import { type MathNode, spanOf, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import type { Sources } from './sources.ts';
import { nameOf } from './usage.ts';

/** Shorter rows are products in every textbook: mgh. */
const fewestOfWord = 4;

/** The rows in the formulas, each once; none in text, where a row is one name. */
function letterRows({ statements, notation }: Pick<Sources, 'statements' | 'notation'>): ReadonlySet<string> {
  const rows = new Set<string>();
  if (notation !== 'latex') return rows;
  const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const factors = factorsIn(node);
    let row = '';
    let end: number | undefined;
    for (const factor of factors) {
      const { letter, span, isLast } = letterOf(factor);
      row = letter === undefined ? '' : span?.start === end ? row + letter : letter;
      end = letter === undefined || isLast ? undefined : span?.end;
      if (row.length > 1) rows.add(row);
    }
    waiting.push(...(factors.length === 0 ? partsOf(node) : factors));
  }
  return new Set([...rows].filter((row) => ![...rows].some((other) => other !== row && other.startsWith(row))));
}

/** The letter that a factor is, or the power of which it is. */
function letterOf(factor: MathNode): { letter?: string; span?: Span | undefined; isLast?: boolean } {
  const seen = view(factor);
  if (seen.kind === 'operator' && seen.operator === '^') return { ...letterOf(seen.args[0] as MathNode), isLast: true };
  const name = nameOf(factor);
  return name !== undefined && singleLetter.test(name) ? { letter: name, span: spanOf(factor) } : {};
}

/** The factors of a product without signs, in their order. */
function factorsIn(node: MathNode): readonly MathNode[] {
  const seen = view(node);
  if (seen.kind !== 'operator' || seen.operator !== '*' || !seen.implicit) return [];
  return seen.args.flatMap((part) => {
    const inner = factorsIn(part);
    return inner.length === 0 ? [part] : inner;
  });
}

/** The rows that look like words. */
export function wordsOfLetters(sources: Sources): readonly string[] {
  return [...letterRows(sources)].filter((row) => row.length >= fewestOfWord);
}

const severalLetters = letters`^[\p{L}]{2,}$`;

/** Refuses the derivative by `loss` where the formula holds l o s s. */
export function refuseSpelled(source: string, wanted: string, sources: Sources): void {
  if (!severalLetters.test(wanted) || sources.usage.has(wanted)) return;
  const row = [...letterRows(sources)].find((one) => one.includes(wanted));
  if (row === undefined) return;
  fail({
    code: 'unknown-variable',
    message: `in LaTeX ${row} is the product of its letters, and no ${wanted} stands in it`,
    source,
    span: { start: 0, end: Math.max(1, source.length) },
    hint: `write \\mathrm{${wanted}} in the formula for one name of several letters`,
  });
}
