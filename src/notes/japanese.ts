/** What Japanese sentences say of the names and formulas in them: phrases stand behind what they speak of. */

import {
  type IntroducingPhrase,
  japaneseAdjectives,
  japaneseBefore,
  japaneseBehind,
  japaneseFollowers,
  japaneseNegations,
  japaneseNouns,
  type Word,
} from './phrases.ts';
import { formulaMark } from './prose-text.ts';
import type { Sentence } from './sentences.ts';
import { type SaidFact, saidOf } from './word-facts.ts';
import { lengthIn, subjectsOf, type WrittenShape, writtenFacts, writtenSize } from './written-facts.ts';
import { listedNames } from './written-names.ts';

/** Formulas that stand together, from `at` to `end` in the text. */
interface Group {
  readonly at: number;
  readonly end: number;
  readonly marks: readonly number[];
}

const longestFirst = <T>(entries: Iterable<readonly [string, T]>): (readonly [string, T])[] =>
  [...entries].sort(([a], [b]) => b.length - a.length);
const adjectives = longestFirst(japaneseAdjectives);
const nouns = longestFirst(japaneseNouns);
const behind = longestFirst(japaneseBehind.map((phrase) => [phrase.words, phrase] as const));

function startsAt<T>(
  table: readonly (readonly [string, T])[],
  text: string,
  at: number,
): readonly [string, T] | undefined {
  return table.find(([words]) => text.startsWith(words, at));
}

const separated = /\ufffc(?:\s*(?:、|，|,|・|および|及び|かつ|と)\s*\ufffc)*/g;

function groupsIn(text: string): Group[] {
  let marks = 0;
  return [...text.matchAll(separated)].map(({ 0: found, index }) => {
    const count = found.split(formulaMark).length - 1;
    marks += count;
    return { at: index, end: index + found.length, marks: Array.from({ length: count }, (_, k) => marks - count + k) };
  });
}

/** What introduces each formula, by the number of its mark; `at` is the place of the phrase in the text. */
export function japaneseIntroductions(
  text: string,
): ReadonlyMap<number, { phrase: IntroducingPhrase; words: string; at: number }> {
  const found = new Map<number, { phrase: IntroducingPhrase; words: string; at: number }>();
  for (const group of groupsIn(text)) {
    const start = group.end + (/^\s*/.exec(text.slice(group.end))?.[0].length ?? 0);
    const [words, after] = startsAt(behind, text, start) ?? [];
    const leading = lastBefore(text, group.at);
    const found1 = after !== undefined && words !== undefined ? { phrase: after, words, at: group.at } : leading;
    if (found1 === undefined || found1.phrase.as === 'none') continue;
    for (const mark of group.marks) found.set(mark, found1);
  }
  return found;
}

function lastBefore(text: string, at: number): { phrase: IntroducingPhrase; words: string; at: number } | undefined {
  const places = japaneseBefore.map((phrase) => ({
    phrase,
    words: phrase.words,
    at: text.lastIndexOf(phrase.words, at - 1),
  }));
  const [last] = places.filter((place) => place.at >= 0).sort((a, b) => b.at - a.at || b.words.length - a.words.length);
  return last;
}

/** The facts in the words of a sentence. */
export function japaneseFacts(sentence: Sentence): SaidFact[] {
  const groups = groupsIn(sentence.text);
  return groups.flatMap((group) => [
    ...predicates(sentence, groups, group),
    ...attributes(sentence, groups, group),
    ...dependences(sentence, groups, group),
    ...variables(sentence, group),
  ]);
}

interface JapanesePhrase {
  readonly end: number;
  readonly adjectives: readonly Word[];
  readonly noun?: Word;
  readonly shape?: WrittenShape;
}

const joints = /^(?:\s|[()（）]|かつ|で|・|、(?=[^\ufffc]))/;

/** The noun phrase that begins at `from`: 「$n$ 次元ベクトル」「対称行列」. */
function phraseAt(
  sentence: Sentence,
  groups: readonly Group[],
  from: number,
  limit: number,
): JapanesePhrase | undefined {
  const { text } = sentence;
  const found: Word[] = [];
  let shape: WrittenShape | undefined;
  let at = from;
  while (at < limit) {
    const size = sizeAt(sentence, groups, at);
    const adjective = startsAt(adjectives, text, at);
    const noun = startsAt(nouns, text, at);
    const joint =
      found.length > 0 || shape !== undefined || at === from
        ? (joints.exec(text.slice(at, at + 3))?.[0].length ?? 0)
        : 0;
    if (size !== undefined && shape === undefined) {
      shape = size.shape;
      at = size.end;
    } else if (noun !== undefined && noun[0].length >= (adjective?.[0].length ?? 0)) {
      const end = at + noun[0].length;
      return { end, adjectives: found, noun: noun[1], ...(shape === undefined ? {} : { shape }) };
    } else if (adjective !== undefined) {
      found.push(adjective[1]);
      at += adjective[0].length;
    } else if (joint > 0 && !text.slice(at).startsWith('で、')) at += joint;
    else break;
  }
  return found.length === 0 || shape !== undefined ? undefined : { end: at, adjectives: found };
}

function sizeAt(
  sentence: Sentence,
  groups: readonly Group[],
  at: number,
): { shape: WrittenShape; end: number } | undefined {
  const { text, formulas } = sentence;
  const texAt = (place: number): string => {
    const group = groups.find((one) => one.at <= place && place < one.end);
    const mark = group?.marks[text.slice(group.at, place).split(formulaMark).length - 1];
    return mark === undefined ? '' : (formulas[mark]?.tex ?? '');
  };
  const dimensional = /^(?:(\ufffc)|([A-Za-z]|[1-9]\d*))\s*次元の?\s*/.exec(text.slice(at));
  if (dimensional !== null) {
    const length = dimensional[2] ?? lengthIn(texAt(at));
    return length === undefined ? undefined : { shape: { axes: 1, dims: [length] }, end: at + dimensional[0].length };
  }
  const rows = /^\ufffc\s*行\s*\ufffc\s*列の?\s*/.exec(text.slice(at));
  if (rows !== null) {
    const dims = [lengthIn(texAt(at)), lengthIn(texAt(text.indexOf(formulaMark, at + 1)))];
    return dims.includes(undefined)
      ? undefined
      : { shape: { axes: 2, dims: dims as string[] }, end: at + rows[0].length };
  }
  const square = /^\ufffc\s*(?:次の?|の)?\s*/.exec(text.slice(at));
  const size = square === null ? undefined : writtenSize(texAt(at));
  return size === undefined || square === null ? undefined : { shape: size, end: at + square[0].length };
}

/** 「$A$ は対称行列」「$x$ を $n$ 次元ベクトルとする」. */
function predicates(sentence: Sentence, groups: readonly Group[], group: Group): SaidFact[] {
  const { text } = sentence;
  const particle = /^\s*(?:は|を|が|も)(?:、|それぞれ|ともに|\s)*/.exec(text.slice(group.end));
  if (particle === null || /の\s*$/.test(text.slice(0, group.at))) return [];
  const phrase = phraseAt(sentence, groups, group.end + particle[0].length, text.length);
  if (phrase === undefined || !japaneseFollowers.test(text.slice(phrase.end).trimStart())) return [];
  const isLocal = /^(?:のとき|ならば)/.test(text.slice(phrase.end).trimStart());
  const marks = group.marks.some((mark) => statesOtherAxes(sentence, mark, phrase))
    ? group.marks.slice(-1)
    : group.marks;
  return saidOf(sentence, marks, phrase, { at: group.at, end: phrase.end, isLocal });
}

/** Whether a formula says for itself how many axes its names have, and the words say otherwise: 「$a \\in \\mathbb{R}^n$、$A$ は正則行列」. */
function statesOtherAxes({ formulas }: Sentence, mark: number, { noun, shape }: JapanesePhrase): boolean {
  const axes = shape?.axes ?? noun?.axes;
  return writtenFacts(formulas[mark]?.tex ?? '').some(
    ({ fact }) => fact.kind === 'shape' && axes !== undefined && fact.axes !== axes,
  );
}

/** 「対称行列 $A$」「正の定数 $c$」. */
function attributes(sentence: Sentence, groups: readonly Group[], group: Group): SaidFact[] {
  const { text } = sentence;
  const end = text.slice(0, group.at).trimEnd().length;
  for (let at = Math.max(0, end - 24); at < end; at++) {
    if (/\s/.test(text.charAt(at))) continue;
    const phrase = phraseAt(sentence, groups, at, end);
    if (phrase?.end !== end || phrase.noun === undefined) continue;
    if (japaneseNegations.test(text.slice(0, at).trimEnd())) return [];
    const isLocal = /^(?:任意の|ある)/.test(text.slice(at)) || /(?:任意の|すべての|全ての)$/.test(text.slice(0, at));
    return saidOf(sentence, group.marks.slice(0, 1), phrase, { at, end: phrase.end, isLocal });
  }
  return [];
}

/** 「$y$ は $x$ の関数」「$z$ は $t$ に依存する」. */
function dependences(sentence: Sentence, groups: readonly Group[], group: Group): SaidFact[] {
  const { text, formulas } = sentence;
  const next = groups[groups.indexOf(group) + 1];
  if (next === undefined || !/^\s*(?:は|が|を)[、\s]*$/.test(text.slice(group.end, next.at))) return [];
  const after = text.slice(next.end).trimStart();
  const kind = /^(?:だけ|のみ)?に依存しない/.test(after)
    ? 'independence'
    : /^(?:だけ|のみ)?(?:の(?:合成|陰)?関数(?:で|と|だ|、|。|$)|に依存(?:する|し(?!ない)))/.test(after)
      ? 'dependence'
      : undefined;
  const on = next.marks.flatMap((mark) => listedNames(formulas[mark]?.tex ?? '') ?? []);
  if (kind === undefined || on.length < next.marks.length) return [];
  return group.marks.flatMap((mark) =>
    subjectsOf(formulas[mark]?.tex ?? '').map(
      (name): SaidFact => ({ name, fact: { kind, on }, mark, at: group.at, end: next.end, isLocal: false }),
    ),
  );
}

/** 「$x$ に関して」「$x$ で微分」「$y$ を固定して」. */
function variables({ text, formulas }: Sentence, group: Group): SaidFact[] {
  const after = text.slice(group.end).trimStart();
  const kind = /^(?:に関(?:し|する)|(?:について|で)の?(?:偏微分|微分|導関数|勾配))/.test(after)
    ? 'respect'
    : /^を(?:固定|定数とみな|定数と見な|一定に)/.test(after)
      ? 'fixed'
      : undefined;
  if (kind === undefined) return [];
  return group.marks.flatMap((mark) =>
    (listedNames(formulas[mark]?.tex ?? '') ?? []).map(
      (name): SaidFact => ({ name, fact: { kind }, mark, at: group.at, end: group.end, isLocal: true }),
    ),
  );
}
