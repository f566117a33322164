/**
 * The first stage of reading, the same for both notations: what a source looks like in the plain signs of a keyboard. Runs of
 * raised and lowered signs stay, as they say where a script ends; all that merely looks otherwise is replaced, with the way back
 * to the author's own characters.
 */

import { MathError, type Problem, type Span } from '../problem.ts';
import { letterOf, loneLetters } from './alphabets.ts';
import { withoutDollars } from './dollars.ts';
import { letters } from './letters.ts';
import { locate, type MathNode, spanOf } from './node.ts';
import type { Statement } from './statement.ts';
import { partsOf } from './walk.ts';

/** A source in plain signs. */
interface PlainSource {
  readonly text: string;
  /** The place in the source of a place in `text`. */
  readonly spanOf: (span: Span) => Span;
}

/** Signs that mean one other sign wherever they stand. */
const signs: ReadonlyMap<string, string> = new Map([
  ...each(
    '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2061\u2062\t',
    ' ',
  ),
  ...each('\u0085\u2028\u2029', '\n'),
  // Zero width: spaces, joiners, marks of direction that change no order, variation selectors, the soft hyphen.
  ...each('\u200b\u200c\u200d\u200e\u2060\ufeff\ufe0e\ufe0f\u00ad', ''),
  ...each('−‐‑‒–—―﹣－˗', '-'),
  ...each('\u2063，、﹐', ','),
  ...each('∕⁄／', '/'),
  ...each('∶：﹕', ':'),
  ...each('；﹔', ';'),
  ...each('。．', '.'),
  ...each('∗＊﹡', '*'),
  ...each('’‘′ʹʼ´＇', "'"),
  ['″', "''"],
  ['‴', "'''"],
  ['⁗', "''''"],
  ...each('“‟', '"'),
  ...each('≦⩽≤', '≤'),
  ...each('≧⩾≥', '≥'),
  // The centred dot of products; `×` is another sign.
  ...each('⋅∙•‧･・', '·'),
  ['∆', 'Δ'],
  ['Ω', 'Ω'],
]);

function each(characters: string, sign: string): [string, string][] {
  return [...characters].map((character) => [character, sign]);
}

const special = /[^\n -~]/u;

/** `source` in plain signs. */
function plainSource(source: string, syntax: 'text' | 'latex'): PlainSource {
  const bare = withoutDollars(source);
  if (!special.test(bare)) return { text: bare, spanOf: (span) => span };
  let lone: ReadonlySet<string> | undefined;
  const beside = () => {
    lone ??= loneLetters(bare);
    return lone;
  };
  const starts: number[] = [];
  const origins: number[] = [];
  let text = '';
  let at = 0;
  for (const character of bare) {
    starts.push(text.length);
    origins.push(at);
    text +=
      plainSign(character, bare.charAt(at - 1), bare.charAt(at + 1)) ??
      letterOf(character, syntax, beside) ??
      character;
    at += character.length;
  }
  starts.push(text.length);
  origins.push(bare.length);
  return { text, spanOf: wayBack(starts, origins) };
}

function plainSign(character: string, before: string, after: string): string | undefined {
  if (character >= ' ' && character <= '~') return character;
  // f”(x): what an editor makes of two primes.
  if (character === '”') return /[\p{L}\p{N})]/u.test(before) ? "''" : '"';
  // The long vowel of a Japanese keyboard, where no word goes before it.
  if (character === 'ー' || character === 'ｰ')
    return /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u.test(before) ? undefined : '-';
  if (character >= '\uff01' && character <= '\uff5e') return String.fromCharCode(character.charCodeAt(0) - 0xfee0);
  const sign = signs.get(character);
  // Within a name nobody sees whether it is one name or two.
  return sign === '' && letter.test(before) && letter.test(after) ? undefined : sign;
}

const letter = letters`[\p{L}\p{N}]`;

/** From places in the text to places in the source; `starts` and `origins` hold where each character begins in either. */
function wayBack(starts: readonly number[], origins: readonly number[]): PlainSource['spanOf'] {
  /** The last character that begins at or before `place`; of several, as some are empty, the last. */
  const characterAt = (place: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= place) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  return ({ start, end }) => {
    const first = characterAt(start);
    const last = characterAt(Math.max(start, end - 1));
    return {
      start: origins[first] as number,
      end: end <= start ? (origins[first] as number) : (origins[last + 1] ?? (origins[last] as number)),
    };
  };
}

/** Reads `source` by way of its plain signs: every span and every problem speaks of the author's characters. */
export function readPlainly(
  source: string,
  syntax: 'text' | 'latex',
  read: (plain: string) => Statement[],
): Statement[] {
  const plain = plainSource(source, syntax);
  if (plain.text === source) return read(source);
  try {
    return relocate(read(plain.text), plain.spanOf);
  } catch (error) {
    if (!(error instanceof MathError) || error.problem.source !== undefined) throw error;
    throw new MathError(movedProblem(error.problem, plain.spanOf));
  }
}

function movedProblem(problem: Problem, move: PlainSource['spanOf']): Problem {
  const { span, related } = problem;
  return {
    ...problem,
    ...(span === undefined ? {} : { span: move(span) }),
    ...(related === undefined ? {} : { related: { ...related, span: move(related.span) } }),
  };
}

/** Moves the spans of statements and of all their nodes. */
export function relocate(statements: readonly Statement[], move: (span: Span) => Span): Statement[] {
  const seen = new Set<MathNode>();
  const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const span = spanOf(node);
    if (span !== undefined) locate(node, move(span));
    for (const part of partsOf(node)) waiting.push(part);
  }
  return statements.map(({ sides, span, ...rest }) => ({
    ...rest,
    sides: sides.map((side) => ({ node: side.node, span: move(side.span) })),
    span: move(span),
  }));
}
