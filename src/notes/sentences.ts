/** The sentences of a document: prose with its formulas, across the displays that stand in it. */

import type { Span } from '../problem.ts';
import type { Formula } from './formula.ts';
import { type Block, formulaMark, offsetIn, type ProseText, proseBuilder } from './prose-text.ts';

/** One sentence; a display in its midst belongs to it. */
export interface Sentence {
  /** What it says, with {@link formulaMark} in the place of each formula. */
  readonly text: string;
  /** The formulas that the marks stand for. */
  readonly formulas: readonly Formula[];
  /** The offset in the document of an offset in `text`. */
  readonly offsetAt: (at: number) => number;
  readonly span: Span;
  /** Counts the headings before it, as for formulas. */
  readonly section: number;
  /** Counts the paragraphs before it, a display and what goes on behind it included. */
  readonly paragraph: number;
  readonly isHeading: boolean;
  /** The display that it stands directly behind: "where" may speak of that. */
  readonly behind?: Formula;
}

/** The sentences in `blocks`, each with its section; `formulaAt` gives the formula that begins at an offset. */
export function sentencesOf(
  blocks: readonly Block[],
  document: string,
  formulaAt: (start: number) => Formula | undefined,
  sectionAt: (start: number) => number,
): Sentence[] {
  const sentences: Sentence[] = [];
  passagesOf(blocks).forEach((passage, paragraph) => {
    const isHeading = passage[0]?.kind === 'heading';
    const { prose, breaks } = joined(passage, document, formulaAt);
    let from = 0;
    let marks = 0;
    for (const to of [...endsIn(prose.text, breaks), prose.text.length]) {
      const start = from + (/^\s*/.exec(prose.text.slice(from, to))?.[0].length ?? 0);
      const text = prose.text.slice(start, to).trimEnd();
      const count = text.split(formulaMark).length - 1;
      const own = prose.marks.slice(marks, marks + count).map(formulaAt);
      const before = prose.text.slice(0, start).trimEnd().endsWith(formulaMark)
        ? formulaAt(prose.marks[marks - 1] ?? -1)
        : undefined;
      marks += count;
      from = to;
      if (text === '' || own.includes(undefined)) continue;
      const offsetAt = (at: number): number => offsetIn(prose.runs, start + at);
      sentences.push({
        text,
        formulas: own as Formula[],
        offsetAt,
        span: { start: offsetAt(0), end: offsetAt(text.length - 1) + 1 },
        section: sectionAt(offsetAt(0)),
        paragraph,
        isHeading,
        ...(before?.display === true ? { behind: before } : {}),
      });
    }
  });
  return sentences;
}

/** Blocks that may share sentences: a paragraph, and what goes on behind its displays. */
function passagesOf(blocks: readonly Block[]): Block[][] {
  const passages: Block[][] = [];
  let last: Block | undefined;
  for (const block of blocks) {
    const goesOn =
      last !== undefined &&
      last.container === block.container &&
      (block.kind === 'display' ? last.kind !== 'heading' : block.kind === 'paragraph' && last.kind === 'display');
    if (block.kind === 'other') last = undefined;
    else {
      if (goesOn) passages.at(-1)?.push(block);
      else passages.push([block]);
      last = block;
    }
  }
  return passages;
}

/** What goes on with the sentence of a display before it, though a new paragraph begins. */
const continuation = /^\s*(?:[a-z,;.]|[とでにをがはへも](?![A-Za-z])|より|から|のとき|の場合|ならば|となる|、|。)/;

/** A passage as one text, and where in it a sentence must end. */
function joined(
  passage: readonly Block[],
  document: string,
  formulaAt: (start: number) => Formula | undefined,
): { prose: ProseText; breaks: readonly number[] } {
  const builder = proseBuilder();
  const breaks: number[] = [];
  for (const [at, block] of passage.entries()) {
    const length = (): number => builder.build().text.length;
    if (at > 0) builder.put(' ', block.start - 1);
    if (block.kind !== 'display') {
      breaks.push(...cellBreaks(block, document).map((one) => length() + one));
      builder.putAll(block.prose);
      continue;
    }
    builder.putFormula(block.start);
    const isEnded = /[.。](?:\s|\}|\\end\{[a-z]+\*?\}|\\tag\{[^{}]*\})*$/.test(formulaAt(block.start)?.tex ?? '');
    const next = passage[at + 1];
    if (next !== undefined && (isEnded || (next.kind !== 'display' && !continuation.test(next.prose.text))))
      breaks.push(length());
  }
  return { prose: builder.build(), breaks };
}

/** The bars between the cells of a table, in the text of its block. */
function cellBreaks({ start, end, prose }: Block, document: string): number[] {
  if (!prose.text.includes('|') || !/^[ \t>]*(?:\|[ \t]*)?:?-+:?[ \t]*(?:\||$)/m.test(document.slice(start, end)))
    return [];
  return [...prose.text.matchAll(/\|/g)].map(({ index }) => index + 1);
}

/** Words that end in a point and no sentence. */
const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|cf|eqs?|figs?|secs?|resp|w\.r\.t|vs|viz|approx|no|al|dr|mr|prof)\.$/i;

/** Where the sentences of `text` end, the last left out. */
function endsIn(text: string, breaks: readonly number[]): number[] {
  const ends = new Set(breaks);
  for (const { 0: found, index } of text.matchAll(/[。！？]+[」』）)]*|(?<![.?!])[.?!]+["'”’)\]]*(?=\s)/g)) {
    const end = index + found.length;
    const isWide = /^[。！？]/.test(found);
    const next = text.slice(end).trimStart().charAt(0);
    const isAbbreviated = found.startsWith('.') && abbreviation.test(text.slice(Math.max(0, index - 8), index + 1));
    if (isWide || (!isAbbreviated && !/^[a-z,;:)]/.test(next))) ends.add(end);
  }
  return [...ends].filter((end) => end < text.length).sort((a, b) => a - b);
}
