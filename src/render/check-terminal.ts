/** The verdicts of `check` as text for a terminal: findings with their lines and values, and in numbers what else there was. */

import { cutLine, widthOf } from '../columns.ts';
import { wordsOf } from '../explain/explain.ts';
import { fillWords, reasonSentence } from '../explain/unjudged.ts';
import type { Language, Words } from '../explain/words.ts';
import type { Verdict } from '../notes/verdict.ts';
import { excerptLines } from './check-excerpt.ts';
import { readAsText } from './check-names.ts';
import { summaryLines } from './check-summary.ts';
import { sidesText, valueTexts } from './check-values.ts';
import { unicodeOf } from './formula-text.ts';
import { visible } from './formula-unicode.ts';
import { pad, wrapItems } from './layout.ts';
import { createPaint, type Paint } from './paint.ts';

/** What was found in one file. */
interface CheckedFile {
  /** The name that is printed. */
  readonly name: string;
  readonly source: string;
  readonly verdicts: readonly Verdict[];
}

export interface CheckReportOptions {
  readonly lang: Language;
  readonly color: boolean;
  /** Columns of the terminal; 100 unless told. */
  readonly width?: number;
  /** What is listed with its place: findings, what is not judged as well, or everything. */
  readonly list?: 'findings' | 'unknown' | 'all';
}

interface Sheet {
  readonly lang: Language;
  readonly words: Words;
  readonly width: number;
  readonly list: 'findings' | 'unknown' | 'all';
  readonly paint: Paint;
}

const defaultWidth = 100;
/** Blanks before a place, and before what is said of it. */
const [margin, indent] = [2, 4];

/** A report on all files: the name of each with its findings, then one summary. Total. */
export function toCheckReport(files: readonly CheckedFile[], options: CheckReportOptions): string {
  const { lang, color, width = defaultWidth, list = 'findings' } = options;
  const sheet: Sheet = { lang, words: wordsOf(lang), width, list, paint: createPaint(color) };
  const blocks = files.flatMap((file) => {
    const entries = entriesOf(file, sheet);
    return entries === '' ? [] : [`${sheet.paint.underline(file.name)}\n${entries}`];
  });
  const verdicts = files.flatMap((file) => file.verdicts);
  const summary = summaryLines(verdicts, { ...sheet, isListed: list !== 'findings', files: files.length });
  return `${[...blocks, summary.join('\n')].join('\n\n')}\n`;
}

const isFinding = ({ verdict }: Verdict): boolean => verdict === 'fails' || verdict === 'warns';
/** What claims something that could not be decided. */
export const isOpen = ({ verdict }: Verdict): boolean => verdict === 'unknown';

/** What is listed of a file, in reading order: a finding takes a paragraph, anything else a line. */
function entriesOf({ source, verdicts }: CheckedFile, sheet: Sheet): string {
  const listed = verdicts.filter(
    (one) => isFinding(one) || sheet.list === 'all' || (sheet.list === 'unknown' && isOpen(one)),
  );
  const lines = source.split(/\r\n|[\n\r]/);
  const inLines = listed.filter((one) => !isFinding(one));
  const widths = {
    place: Math.max(0, ...inLines.map((one) => placeOf(one).length)),
    mark: Math.max(0, ...inLines.map((one) => widthOf(markOf(one, sheet)))),
  };
  let text = '';
  let last: 'line' | 'paragraph' = 'line';
  for (const one of listed) {
    const entry = isFinding(one) ? findingLines(one, lines, sheet) : [lineOf(one, widths, sheet)];
    const form = isFinding(one) ? 'paragraph' : 'line';
    text += (text !== '' && (form === 'paragraph' || last === 'paragraph') ? '\n' : '') + entry.join('\n');
    text += '\n';
    last = form;
  }
  return text.trimEnd();
}

const placeOf = ({ start }: Verdict): string => `${start.line}:${start.column}`;

function findingLines(one: Verdict, lines: readonly string[], sheet: Sheet): string[] {
  const { lang, words, width, paint } = sheet;
  const fails = one.verdict === 'fails';
  const colour = fails ? paint.red : paint.yellow;
  const sentence = one.counterexample !== undefined ? words.check.fails : reasonOf(one, sheet);
  const said = fails ? sentence : `${words.check.warns}: ${reasonOf(one, sheet)}`;
  const excerpt = excerptLines(lines, one, width - indent, colour);
  const notes = [...exampleLines(one, sheet), ...readAsText(one.names ?? [], lang, width - indent)];
  const block = [...excerpt, ...(notes.length > 0 ? ['', ...notes] : [])];
  return [
    `${' '.repeat(margin)}${paint.bold(placeOf(one))}  ${colour(said)}`,
    '',
    ...block.map((line) => (line === '' ? '' : ' '.repeat(indent) + line)),
  ];
}

/** Why: as far as it is known. */
function reasonOf(one: Verdict, { lang, words }: Sheet): string {
  const isKnown = one.detail !== undefined || one.because !== undefined || one.reason !== undefined;
  return isKnown ? reasonSentence(one, lang) : words.check.fails;
}

function exampleLines({ counterexample }: Verdict, { words, width }: Sheet): string[] {
  if (counterexample === undefined) return [];
  const texts = valueTexts(counterexample, words);
  const sides = sidesText(counterexample, words);
  if (texts.length === 0) return [sides];
  const [before = '', behind = ''] = words.check.example.split('{values}');
  const items = texts.map((text, at) => text + (at < texts.length - 1 ? words.list.trimEnd() : behind));
  const gap = words.list.slice(words.list.trimEnd().length);
  return wrapItems([`${before}${items[0]}`, ...items.slice(1), sides], gap, indent, width);
}

/** What a listed line is. */
function markOf({ verdict, kind }: Verdict, { words }: Sheet): string {
  if (kind !== 'claim') return words.check.kinds[kind][0];
  return verdict === 'none' ? '' : words.check.marks[verdict];
}

/** One line on what is no finding: place, what it is, and why or what it says. */
function lineOf(one: Verdict, widths: { readonly place: number; readonly mark: number }, sheet: Sheet): string {
  const { lang, width, paint } = sheet;
  const colour = isOpen(one) ? paint.yellow : paint.dim;
  const used = margin + widths.place + 2 + widths.mark + 2;
  const said = isOpen(one) ? reasonSentence(one, lang) : [claimOf(one), ...termsOf(one, sheet)].join('  ');
  const text = cutLine(said, Math.max(20, width - used));
  const place = paint.bold(placeOf(one).padEnd(widths.place));
  return `${' '.repeat(margin)}${place}  ${colour(pad(markOf(one, sheet), widths.mark))}  ${text}`.trimEnd();
}

/** On what terms a claim holds: under which conditions, and in which reading. */
function termsOf({ conditions = [], readAs = [] }: Verdict, { words }: Sheet): string[] {
  const shown = conditions.map((one) => visible(unicodeOf(one))).join(words.list);
  const where = shown === '' ? [] : [`(${fillWords(words.check.where, { conditions: shown })})`];
  return [
    ...where,
    ...readAs.map(({ code, name, other = '' }) => `(${fillWords(words.reading.notices[code], { name, other })})`),
  ];
}

/** A claim as it is written, in one line. */
function claimOf({ left, right }: Verdict): string {
  return `${left} = ${right}`.replace(/\s+/g, ' ');
}
