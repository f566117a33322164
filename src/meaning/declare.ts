/** Declarations of shapes and properties: `A: matrix(m, n) symmetric, x: vector(n), t: positive`. */

import { fail, type Span, withSource } from '../problem.ts';
import { letters } from '../syntax/letters.ts';
import { canonicalName, isReservedName, spelledName } from '../syntax/names.ts';
import { type Trait, traits } from '../term/dims.ts';
import { sumOfLengths } from './lengths.ts';

export interface Declarations {
  /** Axes by name. */
  readonly axes: ReadonlyMap<string, number>;
  readonly positive: ReadonlySet<string>;
  readonly integer: ReadonlySet<string>;
  /** The lengths of the axes of vectors, matrices and tensors by name. */
  readonly dims: ReadonlyMap<string, readonly string[]>;
  readonly traits: ReadonlyMap<string, ReadonlySet<Trait>>;
  /** How many axes of a family count its members; the properties are those of a member. */
  readonly families: ReadonlyMap<string, number>;
  /** Names that are indices, though nothing in the text says so: the i of x^i. */
  readonly indices: ReadonlySet<string>;
}

export const noDeclarations: Declarations = {
  axes: new Map(),
  positive: new Set(),
  integer: new Set(),
  dims: new Map(),
  traits: new Map(),
  families: new Map(),
  indices: new Set(),
};

const shapes: ReadonlyMap<string, number> = new Map([
  ['scalar', 0],
  ['vector', 1],
  ['matrix', 2],
]);
const properties = ['positive', 'integer'] as const;

/** Words for properties of vectors and matrices. */
const traitWords: ReadonlyMap<string, readonly Trait[]> = new Map<string, readonly Trait[]>([
  ...traits.map((trait) => [trait, [trait]] as const),
  ['spd', ['definite']],
  ['pd', ['definite']],
  ['sym', ['symmetric']],
  ['skew-symmetric', ['antisymmetric']],
  ['inv', ['invertible']],
  ['nonsingular', ['invertible']],
  ['orth', ['orthogonal']],
  ['prob', ['probability']],
  ['positive-definite', ['definite']],
  ['one-hot', ['onehot']],
  ['sum-one', ['sumone']],
  ['lower-triangular', ['lower']],
  ['upper-triangular', ['upper']],
]);

/** Reads declarations. `family(vector(d))` and `family(scalar)` add one axis each. Throws on an unknown word. */
export function readDeclarations(source: string): Declarations {
  return withSource(source, () => {
    const axes = new Map<string, number>();
    const positive = new Set<string>();
    const integer = new Set<string>();
    const indices = new Set<string>();
    const dims = new Map<string, readonly string[]>();
    const traitsOf = new Map<string, Set<Trait>>();
    const families = new Map<string, number>();
    for (const { text, start } of splitDeclarations(source)) {
      const match = /^\s*([^:]+?)\s*:\s*(.*?)\s*$/su.exec(text);
      const span = { start, end: start + Math.max(1, text.length) };
      const [, written = '', words = ''] = match ?? [];
      const name = spelledName(written);
      if (name === undefined || isReservedName(name)) {
        fail({
          code: 'syntax',
          message: 'a declaration reads name: shape',
          span,
          hint: 'for example x: vector(n), t: positive',
        });
      }
      if (axes.has(name)) {
        fail({
          code: 'duplicate-definition',
          message: `${name} is declared twice`,
          span,
          hint: 'put shape and properties into one declaration, such as t: scalar positive',
        });
      }
      let count = 0;
      const member = withinFamilies(joinWords(words));
      if (member.families > 0) families.set(name, member.families);
      for (const word of member.words) {
        const depth = shapes.get(/^(\w+)(?:\([^()]*\))?$/.exec(word)?.[1] ?? '');
        const lengths = lengthsOf(word, name, span);
        const own = traitWords.get(word);
        if (lengths !== undefined) {
          count = lengths.length;
          dims.set(name, [...Array.from({ length: member.families }, () => `N_${name}`), ...lengths]);
        } else if (depth !== undefined) count = depth;
        else if (own !== undefined) traitsOf.set(name, new Set([...(traitsOf.get(name) ?? []), ...own]));
        else if (word === 'positive' || word === 'pos') positive.add(name);
        else if (word === 'integer') integer.add(name);
        else if (/^index(\(\w+\))?$/.test(word)) indices.add(name);
        else {
          fail({
            code: 'unknown-option',
            message: `"${word}" is not a shape or property that is known here`,
            span,
            hint: `known are scalar, vector(n), matrix(m, n), tensor(...), family(...), index, ${properties.join(', ')}, and ${traits.join(', ')}`,
          });
        }
      }
      if (!indices.has(name)) axes.set(name, member.families + count);
    }
    return { axes, positive, integer, dims, traits: traitsOf, families, indices };
  });
}

/** Names of lengths of axes, but for those that are declared as indices. */
export function lengthNames({ dims, indices }: Pick<Declarations, 'dims' | 'indices'>): ReadonlySet<string> {
  const names = [...dims.values()].flatMap((lengths) => lengths.flatMap((text) => text.split(/[+*]/)));
  return new Set(names.filter((name) => !indices.has(name)));
}

/** The words of a declaration: shape and properties of a member, however many families stand around it. */
function withinFamilies(text: string): { readonly families: number; readonly words: readonly string[] } {
  const words = splitWords(text);
  const family = words.find((word) => /^family\(.*\)$/su.test(word));
  if (family === undefined) return { families: 0, words };
  const inner = withinFamilies(family.slice('family('.length, -1));
  return { families: inner.families + 1, words: [...inner.words, ...words.filter((word) => word !== family)] };
}

/** The words between blanks outside of brackets. */
function splitWords(text: string): string[] {
  const words = [''];
  let depth = 0;
  for (const character of text) {
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (depth === 0 && /\s/.test(character)) words.push('');
    else words[words.length - 1] += character;
  }
  return words.filter((word) => word !== '');
}

/** Properties of two words as one. */
function joinWords(words: string): string {
  return words.replace(
    /\b(positive)\s+(definite)\b|\b(lower|upper)\s+(triangular)\b|\b(one)\s+(hot)\b|\b(probability)\s+vector\b(?!\()/g,
    (found) => (found.startsWith('probability') ? 'probability' : found.replace(/\s+/, '-')),
  );
}

const writtenLength = letters`^([\p{L}_][\p{L}\p{N}_]*|[1-9]\d*)(\s*[+*]\s*([\p{L}_][\p{L}\p{N}_]*|[1-9]\d*))*$`;

/** The lengths that `vector(n)`, `matrix(m, n)` and `tensor(m, n, p)` give. */
function lengthsOf(word: string, name: string, span: Span): readonly string[] | undefined {
  const match = /^(vector|matrix|tensor)\(([^()]*)\)$/.exec(word);
  if (match === null) return undefined;
  const lengths = (match[2] as string).split(',').map((one) => one.trim());
  const wanted = match[1] === 'vector' ? 1 : match[1] === 'matrix' ? 2 : undefined;
  const isWhole = lengths.every(writtenLength.test);
  if (!isWhole || (wanted !== undefined && lengths.length !== wanted)) {
    fail({
      code: 'syntax',
      message: `the shape of ${name} reads ${wanted === 1 ? 'vector(n)' : wanted === 2 ? 'matrix(m, n)' : 'tensor(m, n, p)'}`,
      span,
      hint: 'lengths are names or whole numbers, or sums and products of such',
    });
  }
  return lengths.map((one) => sumOfLengths(one.replace(/[\p{L}_][\p{L}\p{N}_]*/gu, (part) => canonicalName(part))));
}

/** Splits at commas and line ends outside parentheses. */
function splitDeclarations(source: string): { text: string; start: number }[] {
  const found: { text: string; start: number }[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= source.length; at++) {
    const character = source.charAt(at);
    if (character === '(') depth++;
    if (character === ')') depth--;
    if (at === source.length || ((character === ',' || character === '\n' || character === ';') && depth === 0)) {
      const text = source.slice(start, at);
      if (text.trim() !== '') found.push({ text, start });
      start = at + 1;
    }
  }
  return found;
}
