/** As what English sentences introduce the formulas in them. */

import { type Occurrence, occurrences, phraseAt, phraseTable, type Token } from './english-tokens.ts';
import {
  englishAdjectives,
  englishBefore,
  englishBehind,
  englishFillers,
  englishNouns,
  type IntroducingPhrase,
} from './phrases.ts';

const before = phraseTable(englishBefore.map((phrase) => [phrase.words, phrase] as const));
const behind = phraseTable(englishBehind.map((phrase) => [phrase.words, phrase] as const));
const known = phraseTable([...englishAdjectives, ...englishNouns]);

/** What introduces a formula: the phrase, and the token at which it begins. */
export interface Introducing {
  readonly phrase: IntroducingPhrase;
  readonly words: string;
  readonly from: number;
}

/** What introduces each formula of a sentence, by the number of its mark. */
export function englishIntroductions(tokens: readonly Token[]): ReadonlyMap<number, Introducing> {
  const all = occurrences(tokens, before);
  const found = new Map<number, Introducing>();
  tokens.forEach((token, at) => {
    // "and p(x) = 0 otherwise" is another case, whatever stands before it.
    if (token.kind !== 'mark' || tokens[at + 1]?.text === 'otherwise') return;
    const introducing = behindAt(tokens, at) ?? nearest(tokens, at, all);
    if (introducing !== undefined && introducing.phrase.as !== 'none') found.set(token.mark, introducing);
  });
  return found;
}

function behindAt(tokens: readonly Token[], at: number): Introducing | undefined {
  const found = phraseAt(behind, tokens, at + 1);
  return found === undefined ? undefined : { phrase: found.value, words: found.value.words, from: at };
}

function nearest(tokens: readonly Token[], at: number, all: readonly Occurrence[]): Introducing | undefined {
  for (let k = all.length - 1; k >= 0; k--) {
    const { phrase, from, to } = all[k] as Occurrence;
    if (to > at) continue;
    const found = { phrase: resolved(phrase, tokens, from), words: phrase.words, from };
    if (reaches(phrase, tokens, to, at)) return governed(found, tokens, all, k);
    if (phrase.as === 'none') return undefined;
  }
  return undefined;
}

/** "such that" asks for something where something is looked for. */
function resolved(phrase: IntroducingPhrase, tokens: readonly Token[], from: number): IntroducingPhrase {
  const isAsked = tokens.slice(0, from).some(({ text }) => /^(?:find|finding|determine|seek|seeking)$/.test(text));
  return phrase.words === 'such that' && isAsked ? { ...phrase, as: 'equation' } : phrase;
}

/** "if we have" is a condition, whatever "we have" says by itself. */
function governed(found: Introducing, tokens: readonly Token[], all: readonly Occurrence[], at: number): Introducing {
  const earlier = all[at - 1];
  if (earlier?.phrase.as !== 'condition' || found.phrase.as !== 'claim') return found;
  const between = tokens.slice(earlier.to, found.from);
  if (between.some(({ text }) => text !== 'that')) return found;
  return { phrase: earlier.phrase, words: earlier.phrase.words, from: earlier.from };
}

/** Words that join a formula to a noun, so that no phrase further away speaks of it: "a function of". */
const joining = new Set('of on in like between over under about into than'.split(' '));

function reaches(phrase: IntroducingPhrase, tokens: readonly Token[], to: number, at: number): boolean {
  const between = tokens.slice(to, at);
  const last = between.at(-1)?.text ?? '';
  if (phrase.reach === 'next') return isBeside(withoutList(between, false));
  if (joining.has(last)) return false;
  if (phrase.reach === 'rest') return true;
  const bare = withoutList(between, true);
  const isBroken = bare.some(
    ({ kind, text }, k) => kind === 'sign' && text !== '-' && !(text === ':' && k === bare.length - 1),
  );
  const takesOther = bare.some(({ kind }) => kind === 'mark') && (last === ':' || phrase.as === 'update');
  return !isBroken && !takesOther && !(last === ':' && phrase.as === 'condition');
}

/** Whether nothing but words that say no more stand between a phrase and its formula. */
function isBeside(between: readonly Token[]): boolean {
  const isFilled = ({ kind, text }: Token, at: number): boolean =>
    kind === 'word' && (englishFillers.has(text) || isKnown(between, at));
  return between.length <= 5 && between.every(isFilled);
}

function isKnown(tokens: readonly Token[], at: number): boolean {
  return [at, at - 1, at - 2].some((from) => from >= 0 && from + (phraseAt(known, tokens, from)?.length ?? 0) > at);
}

/** Without the formulas of a list that ends before the one in question: `a = 1` and ..., where commas may join too. */
function withoutList(between: readonly Token[], isByCommas: boolean): readonly Token[] {
  let end = between.length;
  for (;;) {
    const joint = between[end - 1]?.text;
    const and = joint === 'and' || joint === 'or' ? 1 : 0;
    const comma = between[end - 1 - and]?.text === ',' ? 1 : 0;
    if ((and === 0 && (comma === 0 || !isByCommas)) || between[end - 1 - and - comma]?.kind !== 'mark') break;
    end -= 1 + and + comma;
  }
  return between.slice(0, end);
}
