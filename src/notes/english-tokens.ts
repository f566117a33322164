/** English sentences as tokens, and phrases found in them by whole words, longest first. */

import type { IntroducingPhrase } from './phrases.ts';
import { formulaMark } from './prose-text.ts';

export interface Token {
  readonly kind: 'word' | 'mark' | 'sign';
  /** In lower case. */
  readonly text: string;
  readonly at: number;
  readonly end: number;
  /** Which of the sentence's formulas a mark stands for. */
  readonly mark: number;
}

/** Tokens of `text`; other scripts are signs, which no phrase reaches over. Quotes and brackets of markup are left out. */
export function englishTokens(text: string): Token[] {
  let marks = 0;
  return [...text.matchAll(/\ufffc|(?:e\.g|i\.e|w\.r\.t)\.|[A-Za-z]+(?:[-'’][A-Za-z]+)*|[^\sA-Za-z[\]*_"“”]/gu)].map(
    ({ 0: found, index }) => {
      const kind = found === formulaMark ? 'mark' : /^[A-Za-z]/.test(found) ? 'word' : 'sign';
      const mark = kind === 'mark' ? marks++ : -1;
      return { kind, text: found.toLowerCase().replace('’', "'"), at: index, end: index + found.length, mark };
    },
  );
}

/** A table of phrases by their first word, longest first. */
type PhraseTable<T> = ReadonlyMap<string, readonly { readonly words: readonly string[]; readonly value: T }[]>;

export function phraseTable<T>(entries: Iterable<readonly [string, T]>): PhraseTable<T> {
  const table = new Map<string, { words: readonly string[]; value: T }[]>();
  for (const [phrase, value] of entries) {
    const words = phrase.split(/\s+/);
    const first = words[0] as string;
    table.set(first, [...(table.get(first) ?? []), { words, value }]);
  }
  for (const list of table.values()) list.sort((a, b) => b.words.length - a.words.length);
  return table;
}

/** The longest phrase of the table that begins with token `at`. */
export function phraseAt<T>(
  table: PhraseTable<T>,
  tokens: readonly Token[],
  at: number,
): { readonly value: T; readonly length: number } | undefined {
  const list = table.get(tokens[at]?.text ?? '');
  const found = list?.find(({ words }) => words.every((word, k) => tokens[at + k]?.text === word));
  return found === undefined ? undefined : { value: found.value, length: found.words.length };
}

/** A phrase of a sentence: tokens `from` to `to`, the last left out. */
export interface Occurrence {
  readonly phrase: IntroducingPhrase;
  readonly from: number;
  readonly to: number;
}

/** Words behind which a clause begins as at the beginning of a sentence. */
const clauseStarts = new Set('and then now we us also first next finally again so thus hence therefore'.split(' '));

/** Phrases in order; where several begin at a word, the longest. `^` in a table asks for the beginning of a clause. */
export function occurrences(tokens: readonly Token[], table: PhraseTable<IntroducingPhrase>): Occurrence[] {
  const found: Occurrence[] = [];
  for (let at = 0; at < tokens.length; ) {
    const before = tokens[at - 1];
    const begins = before === undefined || before.kind === 'sign' || clauseStarts.has(before.text);
    const anywhere = phraseAt(table, tokens, at);
    const atStart = begins
      ? phraseAt(table, [{ ...(tokens[at] as Token), text: '^' }, ...tokens.slice(at, at + 6)], 0)
      : undefined;
    const isFirst = atStart !== undefined && atStart.length - 1 > (anywhere?.length ?? 0);
    const length = isFirst ? atStart.length - 1 : (anywhere?.length ?? 0);
    const phrase = isFirst ? atStart.value : anywhere?.value;
    if (phrase !== undefined) found.push({ phrase, from: at, to: at + length });
    at += Math.max(1, length);
  }
  return found;
}

/** Formulas that stand together: `x`, `y` and `z`. Tokens `from` to `to`, the last left out. */
export interface MarkGroup {
  readonly from: number;
  readonly to: number;
  readonly marks: readonly number[];
}

export function markGroups(tokens: readonly Token[]): MarkGroup[] {
  const groups: MarkGroup[] = [];
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at]?.kind !== 'mark') continue;
    const from = at;
    const marks = [tokens[at]?.mark as number];
    for (;;) {
      const comma = tokens[at + 1]?.text === ',' ? 1 : 0;
      const and = tokens[at + 1 + comma]?.text === 'and' ? 1 : 0;
      const next = tokens[at + 1 + comma + and];
      if (comma + and === 0 || next?.kind !== 'mark') break;
      at += 1 + comma + and;
      marks.push(next.mark);
    }
    groups.push({ from, to: at + 1, marks });
  }
  return groups;
}
