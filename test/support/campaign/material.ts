/** What people have written, to be spoilt: the tables of tests and, where they are at hand, the corpora. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Draw } from './draw.ts';

export interface Material {
  /** Formulas, in either notation. */
  readonly formulas: readonly string[];
  /** Whole documents. */
  readonly documents: readonly string[];
}

/** Reads the material; `root` is the folder of the project. */
export function readMaterial(root: URL): Material {
  const cases = filesIn(new URL('test/cases/', root), /\.(txt|tsv)$/).flatMap(rowsOf);
  const corpora = new URL('../shared/corpora/', root);
  const tables = filesIn(corpora, /\.tsv$/).flatMap(rowsOf);
  const blocks = filesIn(corpora, /\.jsonl$/).flatMap((text) =>
    text.split('\n').flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { tex: string }).tex])),
  );
  const documents = [
    ...filesIn(new URL('examples/', root), /\.md$/),
    ...filesIn(new URL('test/cases/', root), /\.md$/),
    ...filesIn(corpora, /\.(md|rst)$/),
  ];
  return { formulas: [...new Set([...cases, ...tables, ...blocks])], documents };
}

function filesIn(folder: URL, ending: RegExp): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => ending.test(file))
    .sort()
    .map((file) => readFileSync(new URL(file, folder), 'utf8'));
}

const longestCell = 400;

/** The cells of a table: separated by tabs, by bars or by arrows. */
function rowsOf(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('//'))
    .flatMap((line) => line.split(/\t| => | \| /))
    .filter((cell) => cell.length > 2 && cell.length < longestCell && /[a-z\\]/i.test(cell));
}

const tokens = /\\[a-zA-Z]+|\\.|[A-Za-z_]\w*|\d+(?:\.\d+)?|\s+|./gsu;
const strays = [
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  '^',
  '_',
  "'",
  '*',
  '/',
  '=',
  ',',
  ';',
  '\n',
  '\\',
  '&',
  '\\\\',
  '|',
  '$',
  'x',
  '0',
  '1',
  '-',
  '∑',
  '²',
  '\u200b',
  ' ',
  '\ud800',
  '𝑥',
  '\\frac',
  '\\sum',
  ':',
  '\\cdot',
  '.',
  '!',
  '?',
];

/** `text` with one to three of its tokens dropped, doubled, exchanged, or replaced by those of `other`. */
export function spoil(text: string, other: string, draw: Draw): string {
  const parts = text.match(tokens) ?? [];
  const others = other.match(tokens) ?? [];
  for (let count = 1 + draw.below(3); count > 0; count--) {
    const at = draw.below(parts.length + 1);
    switch (draw.below(7)) {
      case 0:
        parts.splice(at, 1 + draw.below(2));
        break;
      case 1:
        parts.splice(at, 0, parts[at] ?? '');
        break;
      case 2:
        parts.splice(at, 1, draw.pick(strays));
        break;
      case 3:
        parts.splice(at, 0, draw.pick(strays));
        break;
      case 4: {
        const from = draw.below(others.length + 1);
        parts.splice(at, draw.below(4), ...others.slice(from, from + 1 + draw.below(6)));
        break;
      }
      case 5: {
        const to = draw.below(parts.length + 1);
        const [one, two] = [parts[at], parts[to]];
        if (one !== undefined && two !== undefined) [parts[at], parts[to]] = [two, one];
        break;
      }
      default:
        if (draw.once(4)) parts.length = at;
    }
  }
  return parts.join('');
}
