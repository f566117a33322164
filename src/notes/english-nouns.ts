/** Noun phrases in English that say what a name is: "a symmetric $n \times n$ matrix", "positive". */

import { phraseAt, phraseTable, type Token } from './english-tokens.ts';
import type { Formula } from './formula.ts';
import { englishAdjectives, englishNegations, englishNouns, type Word } from './phrases.ts';
import { lengthIn, type WrittenShape, writtenSize } from './written-facts.ts';

/** What a phrase says: of the words in it, and of a size in it. */
export interface NounPhrase {
  /** The token behind it. */
  readonly to: number;
  readonly adjectives: readonly Word[];
  readonly noun?: Word;
  readonly isPlural: boolean;
  readonly shape?: WrittenShape;
  /** Whether it begins with "a" or "an". */
  readonly isIndefinite: boolean;
}

const adjectives = phraseTable(englishAdjectives);
const nouns = phraseTable(englishNouns);
const determiners = new Set('a an the some any all each every both two three our its their these this'.split(' '));
/** What is no modifier of a noun, where words that no table has are passed over. */
const noModifiers = new Set(
  'of to in on at by from is are be was were as or and that which we it not if for with when where then than between equal'.split(
    ' ',
  ),
);

/** The phrase that begins with token `from`. `limit` is where it must end at the latest. */
export function nounPhraseAt(
  tokens: readonly Token[],
  formulas: readonly Formula[],
  from: number,
  limit = tokens.length,
): NounPhrase | undefined {
  let at = from;
  let shape: WrittenShape | undefined;
  let unknown = 0;
  const found: Word[] = [];
  const text = (k: number): string => (k < limit ? (tokens[k]?.text ?? '') : '');
  while (determiners.has(text(at))) at++;
  const hasDeterminer = at > from;
  const isIndefinite = /^an?$/.test(text(from));
  while (at < limit) {
    const size = sizeAt(tokens, formulas, at);
    const adjective = phraseAt(adjectives, tokens, at);
    const noun = phraseAt(nouns, tokens, at);
    if (size !== undefined) {
      if (shape !== undefined) return undefined;
      shape = size.shape;
      at = size.to;
    } else if (
      noun !== undefined &&
      noun.length >= (adjective?.length ?? 0) &&
      !goesOnAt(tokens, at + noun.length, limit)
    ) {
      const to = at + noun.length;
      const isPlural = /(?:s|matrices)$/.test(text(to - 1));
      return {
        to,
        adjectives: found,
        noun: noun.value,
        isPlural,
        ...(shape === undefined ? {} : { shape }),
        isIndefinite,
      };
    } else if (adjective !== undefined || noun !== undefined) {
      if (adjective !== undefined) found.push(adjective.value);
      at += adjective?.length ?? noun?.length ?? 1;
    } else if (found.length > 0 && isJoint(tokens, at)) at++;
    else if (/^[()]$/.test(text(at)) && isBracketed(tokens, at)) at++;
    else if (hasDeterminer && unknown < 2 && isModifier(tokens[at])) {
      unknown++;
      at++;
    } else break;
  }
  if (found.length === 0 || unknown > 0 || shape !== undefined) return undefined;
  return { to: at, adjectives: found, isPlural: false, isIndefinite };
}

/** A comma or "and" with one more adjective behind it. */
function isJoint(tokens: readonly Token[], at: number): boolean {
  const text = tokens[at]?.text;
  if (text !== ',' && text !== 'and') return false;
  const next = tokens[at + 1]?.text === 'and' ? at + 2 : at + 1;
  return phraseAt(adjectives, tokens, next) !== undefined;
}

/** A bracket that holds adjectives: "symmetric (positive definite) matrix". */
function isBracketed(tokens: readonly Token[], at: number): boolean {
  const inner = tokens[at]?.text === '(' ? at + 1 : at - 1;
  return tokens[at]?.text === ')' ? tokens[inner]?.kind === 'word' : phraseAt(adjectives, tokens, inner) !== undefined;
}

function goesOnAt(tokens: readonly Token[], at: number, limit: number): boolean {
  return at < limit && (phraseAt(nouns, tokens, at) !== undefined || phraseAt(adjectives, tokens, at) !== undefined);
}

function isModifier(token: Token | undefined): boolean {
  return token?.kind === 'word' && !noModifiers.has(token.text) && !englishNegations.has(token.text);
}

/** A size before a noun: `m \times n`, $n$-dimensional, $m$-by-$n$. */
function sizeAt(
  tokens: readonly Token[],
  formulas: readonly Formula[],
  at: number,
): { readonly shape: WrittenShape; readonly to: number } | undefined {
  const token = tokens[at];
  const digits = digitsAt(tokens, at);
  const behind = at + digits.length + (tokens[at + digits.length]?.text === '-' ? 1 : 0);
  if (digits !== '' && tokens[behind]?.text === 'dimensional')
    return { shape: { axes: 1, dims: [digits] }, to: behind + 1 };
  const dimensional = /^([a-z])-dimensional$/.exec(token?.text ?? '');
  if (dimensional !== null) return { shape: { axes: 1, dims: [dimensional[1] as string] }, to: at + 1 };
  if (token?.kind !== 'mark') return undefined;
  const tex = formulas[token.mark]?.tex ?? '';
  const size = writtenSize(tex);
  if (size !== undefined) return { shape: size, to: at + 1 };
  const length = lengthIn(tex);
  const hyphen = tokens[at + 1]?.text === '-' ? 1 : 0;
  if (tokens[at + 1 + hyphen]?.text === 'dimensional') {
    return length === undefined ? undefined : { shape: { axes: 1, dims: [length] }, to: at + 2 + hyphen };
  }
  if (tokens[at + 1 + hyphen]?.text !== 'by') return undefined;
  const second = tokens[at + 2 + 2 * hyphen];
  const width = second?.kind === 'mark' ? lengthIn(formulas[second.mark]?.tex ?? '') : undefined;
  if (length === undefined || width === undefined) return undefined;
  return { shape: { axes: 2, dims: [length, width] }, to: at + 3 + 2 * hyphen };
}

/** A size behind a noun: "of length $n$", "of shape $m \times n$"; the token behind it. */
export function sizeBehind(
  tokens: readonly Token[],
  formulas: readonly Formula[],
  at: number,
): { readonly shape: WrittenShape; readonly to: number } | undefined {
  const mark = tokens[at + 2];
  if (tokens[at]?.text !== 'of' || mark === undefined) return undefined;
  if (!/^(?:length|size|dimension|dimensions|shape|dimensionality|order)$/.test(tokens[at + 1]?.text ?? ''))
    return undefined;
  const digits = digitsAt(tokens, at + 2);
  if (digits !== '') return { shape: { axes: 1, dims: [digits] }, to: at + 2 + digits.length };
  if (mark.kind !== 'mark') return undefined;
  const tex = formulas[mark.mark]?.tex ?? '';
  const pair = /^\s*\((.*),(.*)\)\s*$/.exec(tex);
  const size = pair === null ? writtenSize(tex) : writtenSize(`${pair[1]}\\times ${pair[2]}`);
  const length = lengthIn(tex);
  if (size !== undefined) return { shape: size, to: at + 3 };
  return length === undefined ? undefined : { shape: { axes: 1, dims: [length] }, to: at + 3 };
}

/** The digits of a whole number that begins here; none where it is no whole number. */
function digitsAt(tokens: readonly Token[], from: number): string {
  let to = from;
  while (/^\d$/.test(tokens[to]?.text ?? '') && (to === from || tokens[to]?.at === tokens[to - 1]?.end)) to++;
  const isWhole = tokens[to]?.text !== '.' || !/^\d$/.test(tokens[to + 1]?.text ?? '');
  const digits = tokens.slice(from, to).map(({ text }) => text);
  return isWhole && digits[0] !== '0' ? digits.join('') : '';
}
