/** What English sentences say of the names in them, by the phrases of the tables alone. */

import { type NounPhrase, nounPhraseAt, sizeBehind } from './english-nouns.ts';
import { type MarkGroup, markGroups, type Token } from './english-tokens.ts';
import { englishFollowers, englishNegations } from './phrases.ts';
import type { Sentence } from './sentences.ts';
import { type SaidFact, saidOf } from './word-facts.ts';
import { functionIn, saidTogether, subjectsOf } from './written-facts.ts';
import { listedNames, type WrittenName, writtenName } from './written-names.ts';

/** Formulas that stand together, without equations among them; these may stand before the names. */
interface NamedGroup extends MarkGroup {
  readonly isBehindOthers: boolean;
}

/** The facts in the words of a sentence. */
export function englishFacts(sentence: Sentence, tokens: readonly Token[]): SaidFact[] {
  const texAt = (mark: number): string => sentence.formulas[mark]?.tex ?? '';
  const groups = markGroups(tokens).map((group): NamedGroup => {
    const marks = saidTogether(group.marks, texAt);
    return { ...group, marks, isBehindOthers: marks[0] !== group.marks[0] };
  });
  return groups.flatMap((group) => [
    ...predicates(sentence, tokens, group),
    ...attributes(sentence, tokens, group),
    ...dependences(sentence, tokens, group),
    ...variables(sentence, tokens, group),
  ]);
}

const verbs = new Set('is are be being denotes denote represents represent'.split(' '));
const adverbs = new Set('also both now then again simply just all assumed taken to'.split(' '));
const clauseWords = new Set(
  'where and let that if when whenever suppose assume assuming since because here then so but while whereas thus hence therefore consider'.split(
    ' ',
  ),
);
const prepositions = new Set(
  'of with by from in between to on at for over under into not neither nor no without'.split(' '),
);

/** `A is a symmetric matrix`, `let w be a vector`, `x a vector` in a list, `with A symmetric`, `..., A symmetric,`. */
function predicates(sentence: Sentence, tokens: readonly Token[], group: NamedGroup): SaidFact[] {
  const start = predicateStart(tokens, group);
  if (start === undefined) return [];
  const { at, isVerb } = start;
  const phrase = nounPhraseAt(tokens, sentence.formulas, at);
  if (phrase === undefined) return [];
  const size = phrase.noun === undefined ? undefined : sizeBehind(tokens, sentence.formulas, phrase.to);
  const to = size?.to ?? phrase.to;
  if (!isEnded(tokens, to, phrase)) return [];
  // Of `L = ..., S symmetric` the first is a formula of its own.
  const opening = group.isBehindOthers ? ',' : (tokens[group.from - 1]?.text ?? '');
  const isListed =
    phrase.isIndefinite && phrase.noun !== undefined && (opening === ',' || opening === 'and' || opening === 'with');
  const isPostposed = phrase.noun === undefined && /^(?:with|for|[,(])$/.test(opening);
  if (!isVerb && !(isListed && isListing(tokens, group.from)) && !isPostposed) return [];
  if (phrase.shape !== undefined && size !== undefined) return [];
  const described = size === undefined ? phrase : { ...phrase, shape: size.shape };
  const isLocal = /^(?:for|if|when|whenever)$/.test(tokens[to]?.text ?? '') || opening === 'for';
  return saidOf(sentence, group.marks, described, { at: group.from, end: to, isLocal });
}

/** Where what is said of a group begins: behind its verb, or behind the group. */
function predicateStart(tokens: readonly Token[], group: MarkGroup): { at: number; isVerb: boolean } | undefined {
  const verb = tokens[group.to]?.text ?? '';
  if (!verbs.has(verb)) return { at: group.to, isVerb: false };
  if (!isSubject(tokens, group.from)) return undefined;
  if (
    verb === 'be' &&
    !tokens.slice(0, group.from).some(({ text }) => /^(?:let|take|suppose|assume|consider)$/.test(text))
  ) {
    return undefined;
  }
  let at = group.to + 1;
  while (adverbs.has(tokens[at]?.text ?? '')) at++;
  return { at: tokens[at]?.text === 'be' ? at + 1 : at, isVerb: true };
}

/** Whether the formulas that begin at `from` are what their clause is about, and not what a preposition joins to that. */
function isSubject(tokens: readonly Token[], from: number): boolean {
  for (let at = from - 1; at >= 0; at--) {
    const { kind, text } = tokens[at] as Token;
    if (kind === 'word' && clauseWords.has(text)) return true;
    if (kind === 'sign') return /^[,;:.(]$/.test(text);
    if (kind === 'mark') return false;
    if (prepositions.has(text) || englishNegations.has(text)) return false;
  }
  return true;
}

function isListing(tokens: readonly Token[], from: number): boolean {
  return tokens.slice(0, from).some(({ text }) => /^(?:let|where|suppose|assume|with|given|consider)$/.test(text));
}

const afterAdjectives = new Set('and for so then if because since when which where by but'.split(' '));

/** Whether nothing follows that would make another noun of the phrase: "a vector field", "orthogonal to". */
function isEnded(tokens: readonly Token[], to: number, phrase: NounPhrase): boolean {
  const next = tokens[to];
  if (next === undefined) return true;
  if (next.kind === 'sign') return /^[,;.:)]$/.test(next.text);
  if (next.kind === 'mark') return false;
  return (phrase.noun === undefined ? afterAdjectives : englishFollowers).has(next.text);
}

/** `the symmetric matrix A`, `vectors x and y`, `for positive x`. */
function attributes(sentence: Sentence, tokens: readonly Token[], group: MarkGroup): SaidFact[] {
  if (tokens[group.to]?.text === '-') return [];
  for (let at = Math.max(0, group.from - 9); at < group.from; at++) {
    const phrase = nounPhraseAt(tokens, sentence.formulas, at, group.from);
    if (phrase?.to !== group.from) continue;
    if (englishNegations.has(tokens[at - 1]?.text ?? '') || englishNegations.has(tokens[at - 2]?.text ?? '')) return [];
    if (tokens.slice(at, group.from).some(({ text }) => englishNegations.has(text))) return [];
    const opening = tokens[at - 1]?.text ?? '';
    if (phrase.noun === undefined && !/^(?:for|with|a|an|any|every|each|let|)$/.test(opening) && !phrase.isIndefinite)
      return [];
    const size = phrase.noun === undefined ? undefined : sizeBehind(tokens, sentence.formulas, group.to);
    if (size !== undefined && phrase.shape !== undefined) return [];
    const marks = phrase.isPlural ? group.marks : group.marks.slice(0, 1);
    // "the vector and matrix u and A": each noun has its own name, in another order than they stand here.
    if (group.marks.length > 1 && tokens.slice(Math.max(0, at - 4), group.from).some(({ text }) => text === 'and'))
      return [];
    const described = size === undefined ? phrase : { ...phrase, shape: size.shape };
    const isLocal = /^(?:for|any|every|each)$/.test(opening) || /^(?:any|every|each)$/.test(tokens[at]?.text ?? '');
    return saidOf(sentence, marks, described, { at, end: group.to, isLocal });
  }
  return [];
}

const dependent =
  /^(?:(?:is|are|be|as|being) an? (?:\S+ ){0,2}?functions? (?:only )?of|(?:only |also |implicitly |explicitly |both )?depends? (?:only |also |implicitly |explicitly |smoothly )?(?:on|upon)(?: both)?) $/;
const independent = /^(?:does|do) not depend (?:on|upon) $/;

/** `y is a function of x`, `z depends on t`. */
function dependences(sentence: Sentence, tokens: readonly Token[], group: MarkGroup): SaidFact[] {
  let at = group.to;
  while (tokens[at]?.kind === 'word') at++;
  const between = tokens
    .slice(group.to, at)
    .map(({ text }) => `${text} `)
    .join('');
  const kind = dependent.test(between) ? 'dependence' : independent.test(between) ? 'independence' : undefined;
  const next = kind === undefined ? undefined : markGroups(tokens.slice(at))[0];
  if (kind === undefined || next === undefined || next.from !== 0 || !isSubject(tokens, group.from)) return [];
  const on = next.marks.flatMap((mark) => {
    const absolute = tokens.slice(at).find((token) => token.mark === mark);
    return absolute === undefined ? [] : (listedNames(sentence.formulas[mark]?.tex ?? '') ?? []);
  });
  if (on.length < next.marks.length) return [];
  return group.marks.flatMap((mark) => {
    const names = namesFor(sentence, mark);
    return names.map(
      (name): SaidFact => ({ name, fact: { kind, on }, mark, at: group.from, end: at + next.to, isLocal: false }),
    );
  });
}

function namesFor(sentence: Sentence, mark: number): readonly WrittenName[] {
  const tex = sentence.formulas[mark]?.tex ?? '';
  const derived = functionIn(tex);
  return derived === undefined ? subjectsOf(tex) : [derived];
}

/** `with respect to x`, `holding y fixed`, `for fixed y`. */
function variables(sentence: Sentence, tokens: readonly Token[], group: MarkGroup): SaidFact[] {
  const before = tokens
    .slice(Math.max(0, group.from - 3), group.from)
    .map(({ text }) => text)
    .join(' ');
  const after = tokens[group.to]?.text ?? '';
  const isHeld =
    /(?:^| )(?:holding|keeping|hold|keep|treating|with)$/.test(before) && /^(?:fixed|constant)$/.test(after);
  const isTreated =
    /(?:^| )(?:treat|treating|regard|regarding)$/.test(before) &&
    after === 'as' &&
    /^(?:an? )?(?:constants?|fixed)$/.test(rest(tokens, group.to + 1));
  const kind = /with (?:respect|regard) to$|(?:^| )w\.r\.t\.$/.test(before)
    ? 'respect'
    : isHeld || isTreated || /(?:^| )for fixed$/.test(before)
      ? 'fixed'
      : undefined;
  if (kind === undefined) return [];
  return group.marks.flatMap((mark) => {
    const name = writtenName(sentence.formulas[mark]?.tex ?? '');
    return name === undefined
      ? []
      : [{ name, fact: { kind }, mark, at: group.from, end: group.to, isLocal: true } as SaidFact];
  });
}

/** Up to two words from `at` that end in "constant" or "fixed". */
function rest(tokens: readonly Token[], at: number): string {
  const words = tokens.slice(at, at + 2).map(({ text }) => text);
  return /^an?$/.test(words[0] ?? '') ? words.join(' ') : (words[0] ?? '');
}
