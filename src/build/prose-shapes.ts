/** What the prose before a block declares of the names in it. */

import { readSource } from '../meaning/read-source.ts';
import { gatherUsage } from '../meaning/usage.ts';
import type { WrittenBlock } from '../notes/block.ts';
import { readProse } from '../notes/prose.ts';
import { declarationsFrom, declarationsText, statementsAt } from '../notes/prose-declarations.ts';
import { scanNote } from '../notes/scan.ts';
import type { BlockSource } from './block-source.ts';

/** Answers with the option `shape` that the prose before a block of a note gives; undefined where it says nothing. */
export type ProseShapes = (block: WrittenBlock, source: BlockSource) => string | undefined;

/** The answers for the blocks of `document`, whose prose is read when the first is asked for. */
export function proseShapes(document: string): ProseShapes {
  let read: ReturnType<typeof readNote> | undefined;
  return ({ span }, source) => {
    read ??= readNote(document);
    if (read.statements.length === 0) return undefined;
    const section = read.note.headings.filter(({ start }) => start < span.start).length;
    const said = statementsAt(read.statements, { start: span.start, section }, read.note);
    const names = namesIn(source);
    const declarations = declarationsFrom(said);
    const axes = new Map([...declarations.axes].filter(([name]) => names.has(name)));
    const text = declarationsText({ ...declarations, axes });
    return text === '' ? undefined : text;
  };
}

function readNote(document: string) {
  const note = scanNote(document);
  return { note, statements: readProse(note) };
}

function namesIn({ text, syntax }: BlockSource): ReadonlySet<string> {
  const sides = readSource(text, syntax).flatMap((statement) => statement.sides);
  return new Set(gatherUsage(sides.map(({ node }) => node)).keys());
}
