/** What the prose before a block declares of the names in it. */

import { readSource } from '../meaning/read-source.ts';
import { gatherUsage } from '../meaning/usage.ts';
import type { WrittenBlock } from '../notes/block.ts';
import { readProse } from '../notes/prose.ts';
import { declarationsFrom, declarationsText, statementsAt } from '../notes/prose-declarations.ts';
import { scanNote } from '../notes/scan.ts';
import type { BlockSource } from './block-source.ts';
import { markers } from './note-outline.ts';

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
    // What is said of members, x_i, says nothing of a plain x.
    const declarations = declarationsFrom(said.filter((one) => !('name' in one) || one.name.indices.length === 0));
    const axes = new Map([...declarations.axes].filter(([name]) => names.has(name)));
    const text = declarationsText({ ...declarations, axes });
    return text === '' ? undefined : text;
  };
}

function readNote(document: string) {
  const note = scanNote(withoutPrinted(document));
  return { note, statements: readProse(note) };
}

/** The document with blanks in the place of what was printed into it: other blocks are no prose about this one. */
function withoutPrinted(document: string): string {
  const printed = new RegExp(`${markers.begin}[\\s\\S]*?${markers.end}`, 'g');
  return document.replace(printed, (text) => text.replace(/[^\n]/g, ' '));
}

function namesIn({ text, syntax }: BlockSource): ReadonlySet<string> {
  const sides = readSource(text, syntax).flatMap((statement) => statement.sides);
  return new Set(gatherUsage(sides.map(({ node }) => node)).keys());
}
