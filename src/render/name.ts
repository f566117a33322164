/** What a name says: its letter, accent, subscripts and primes. Greek letters for every notation. */

import { letterFunctions, letterSuffix } from '../syntax/functions.ts';
import { letters } from '../syntax/letters.ts';
import { dots, greekNames } from '../syntax/names.ts';

/** A mark over a letter, or its alphabet. */
export type Accent = 'bar' | 'hat' | 'tilde' | 'vec' | (typeof dots)[number] | 'bold';

/** A name taken apart: `y1_bar` is y with a bar and the subscript 1; `x_in` is x with the subscript in. */
export interface Name {
  /** `x`, `beta`, `loss`: one letter, the name of a Greek letter, or a word. */
  readonly base: string;
  readonly accent: Accent | undefined;
  readonly subscripts: readonly string[];
  readonly primes: number;
  /** Whether it is a difference, Δx: the name `Delta_x`. */
  readonly isDifference: boolean;
  /** The name as it was written, without its primes. */
  readonly written: string;
}

const accents: ReadonlySet<string> = new Set<Accent>(['bar', 'hat', 'tilde', 'vec', ...dots, 'bold']);

function isAccent(part: string): part is Accent {
  return accents.has(part);
}

const difference = letters`^Delta_(?=[\p{L}](?:_|'|$)|(?:alpha|beta|theta|phi|omega|lambda|mu|nu|rho|sigma|tau|xi|eta|zeta|psi)(?:_|'|$))`;
const numbered = letters`^([\p{L}]+?)(\d+)$`;

/** Takes a name apart. Total: what follows no custom is all base. */
export function readName(text: string): Name {
  const start = difference.exec(text);
  if (start === null) return readPlain(text);
  return { ...readPlain(text.slice(start[0].length)), isDifference: true };
}

function readPlain(text: string): Name {
  const unmarked = text.replace(/'+$/, '');
  const bare = unmarked.replace(/(?<=[^_])(?:_prime)+$/, '');
  const primes = text.length - unmarked.length + (unmarked.length - bare.length) / '_prime'.length;
  const written = withoutSuffix(bare);
  const [head = '', ...tail] = written.split('_');
  const plain: Name = { base: written, accent: undefined, subscripts: [], primes, isDifference: false, written };
  if (head === '' || tail.includes('')) return plain;
  const [, letter = ''] = numbered.exec(head) ?? [];
  const base = isLetter(letter) ? letter : head;
  const digits = base === head ? [] : [head.slice(base.length)];
  const accent = tail.find(isAccent);
  const subscripts = tail.filter((part) => part !== accent);
  return {
    base: greekNames.get(base) ?? base,
    accent,
    subscripts: [...digits, ...subscripts],
    primes,
    isDifference: false,
    written,
  };
}

/** `gamma_fn` as `gamma`: the suffix only tells a function of the author from the known one. */
function withoutSuffix(text: string): string {
  const letter = text.slice(0, -letterSuffix.length);
  return text.endsWith(letterSuffix) && letterFunctions.has(letter) ? letter : text;
}

/** Whether `base` is printed as one letter. */
export function isLetter(base: string): boolean {
  return [...base].length === 1 || greekByName.has(base);
}

/** The second forms of Greek letters, which LaTeX names and the text syntax does not. */
const variants: readonly (readonly [string, string])[] = [
  ['varepsilon', 'ε'],
  ['vartheta', 'ϑ'],
  ['varphi', 'φ'],
  ['varrho', 'ϱ'],
  ['varsigma', 'ς'],
  ['varpi', 'ϖ'],
];

/** Greek letters (and ell) by name: `beta` to `β`. The first letter with a name wins. */
export const greekByName: ReadonlyMap<string, string> = new Map([
  ...variants,
  ...[...greekNames].reverse().map(([letter, name]) => [name, letter] as const),
]);
