/** How a source was read, in words: the table of names, and what a reader could take otherwise. */

import type { Reading } from '../derivation/derivation.ts';
import type { NameEntry } from '../meaning/names/table.ts';
import { fill, formula, type Phrase, words, wordsOf } from './explain.ts';
import type { Language } from './words.ts';

/** One line of the table: the name, what it is, and why. */
interface NameLine {
  readonly name: Phrase;
  readonly role: string;
  readonly because: string;
}

/** The lines of the table. Places stand as line and column of `source`, from 1. */
export function nameLines({ names = [] }: Reading, source: string, language: Language): NameLine[] {
  const { roles, reasons } = wordsOf(language).reading;
  return names.map((entry) => ({
    name: /^\p{L}/u.test(entry.name) ? formula(entry.name) : words(entry.name),
    role: entry.role === 'quantity' ? (entry.shape ?? roles.quantity) : roles[entry.role],
    because: entry.because.map((one) => `${reasons[one.reason]}${placeOf(one, source)}`).join('; '),
  }));
}

function placeOf({ start }: NameEntry['because'][number], source: string): string {
  if (start === undefined || start > source.length) return '';
  const before = source.slice(0, start).split('\n');
  return ` (${before.length}:${(before.at(-1) as string).length + 1})`;
}

/** What is said beside the answer: what was read by convention, and warnings; each a whole line. */
export function noticeLines({ notices = [] }: Reading, language: Language): string[] {
  const { notices: texts, readAs, warning } = wordsOf(language).reading;
  const read = new Set(['identity', 'ones', 'unit', 'logistic', 'kronecker', 'transpose', 'from-prose']);
  return notices.map(({ code, name, other = '' }) => {
    const text = plain(fill(texts[code], { name: words(name), other: words(other) }));
    return `${read.has(code) ? readAs : warning}: ${text}`;
  });
}

function plain(phrase: Phrase): string {
  return phrase.map(({ text }) => text).join('');
}
