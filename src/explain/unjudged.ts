/** Why equalities are not judged, in sentences and as what is counted. */

import { type Because, becauseOfReason } from '../notes/because.ts';
import type { Verdict } from '../notes/verdict.ts';
import { wordsOf } from './explain.ts';
import type { Counted, Language } from './words.ts';

type Unjudged = Pick<Verdict, 'reason' | 'because' | 'detail'>;

/** Blanks of a template filled with words. */
export function fillWords(template: string, fillings: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => fillings[name] ?? '');
}

/** A text with its number in it, for one or for several. */
export function counted([one, several]: Counted, count: number, more: Readonly<Record<string, string>> = {}): string {
  return fillWords(count === 1 ? one : several, { count: String(count), ...more });
}

/** Why this one is not judged. In English a sentence that was made with it says more than its code. */
export function reasonSentence(verdict: Unjudged, language: Language): string {
  const because = verdict.because ?? becauseOfReason(verdict.reason ?? '');
  if (language === 'en' && verdict.detail !== undefined) return verdict.detail;
  return sentenceOf(because, language);
}

/** The sentence for a reason; a notation that has no words in this language is one that can't be read. */
export function sentenceOf({ code, name = '', other = '', found }: Because, language: Language): string {
  const { because } = wordsOf(language);
  if (code !== 'notation') return fillWords(because[code][0], { name, other });
  const known = notationOf(found, language);
  if (known === undefined) return because.syntax[0];
  const what = [known.words[0], known.rest].filter((part) => part !== '').join(' ');
  return fillWords(because.notation[0], { found: what });
}

/** The words for a notation, and what follows them: of `the operator Var`, those for operators and `Var`. */
function notationOf(
  found: string | undefined,
  language: Language,
): { readonly words: Counted; readonly rest: string } | undefined {
  const { notations } = wordsOf(language);
  if (found === undefined) return undefined;
  const whole = notations[found];
  if (whole !== undefined) return { words: whole, rest: '' };
  const [, kind = '', rest = ''] = /^(the (?:order symbol|\w+)) (\S+)/.exec(found) ?? [];
  const head = notations[kind];
  return head === undefined ? undefined : { words: head, rest };
}

/** A reason with how many equalities it leaves open, as a phrase: `2 integrals`, the most frequent first. */
interface ReasonCount {
  readonly count: number;
  readonly phrase: string;
}

/** The reasons for which these are not judged. */
export function countReasons(verdicts: readonly Unjudged[], language: Language): ReasonCount[] {
  const counts = new Map<string, { count: number; readonly texts: Counted }>();
  for (const verdict of verdicts) {
    const texts = countedAs(verdict.because ?? becauseOfReason(verdict.reason ?? ''), language);
    const [, several] = texts;
    const known = counts.get(several);
    if (known === undefined) counts.set(several, { count: 1, texts });
    else known.count++;
  }
  return [...counts.values()]
    .map(({ count, texts: [one, several] }) => ({ count, phrase: count === 1 ? one : several }))
    .sort((a, b) => b.count - a.count);
}

function countedAs({ code, found }: Because, language: Language): Counted {
  const [, one, several] = wordsOf(language).because[code];
  return (code === 'notation' ? notationOf(found, language)?.words : undefined) ?? [one, several];
}
