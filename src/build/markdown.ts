/** A note as the Markdown it is, with each derivation behind its block. Everything else stays as it is, letter for letter. */

import type { WrittenBlock } from '../notes/block.ts';
import { type Address, type Figures, titleOf } from './figures.ts';
import { markers, type Note } from './note-outline.ts';
import type { PrintedBlocks } from './print-blocks.ts';

/** The document with derivations between markers; those of an earlier run are replaced. `address` is where a figure is. */
export function markdownNote(
  note: Note,
  { outcomes, texts }: PrintedBlocks,
  figures: Figures,
  address: Address,
): string {
  const { document, generated } = note;
  let text = '';
  let at = 0;
  outcomes.forEach((outcome, place) => {
    const { block } = outcome;
    const figure = figures.get(block);
    const image = figure === undefined ? undefined : `![${titleOf(figure)}](${address(figure, place + 1)})`;
    text += document.slice(at, block.span.end) + derivationOf(texts.get(block), image, lineOf(block, document));
    at = generated.get(block) ?? block.span.end;
  });
  return text + document.slice(at);
}

function derivationOf(text: string | undefined, image: string | undefined, { end, prefix }: Line): string {
  if (text === undefined) return '';
  const drawing = image === undefined ? [] : [image, ''];
  const lines = ['', markers.begin, '', ...drawing, ...text.split('\n'), '', markers.end];
  return lines.map((line) => end + (line === '' ? prefix.trimEnd() : prefix + line)).join('');
}

/** How the lines begin and end among which a derivation is put. */
interface Line {
  /** What ends the line before: notes of other systems keep their CRLF. */
  readonly end: string;
  /** What stands before the closing fence: the indentation or the quote marks in which the block stands. */
  readonly prefix: string;
}

function lineOf({ span }: WrittenBlock, document: string): Line {
  const start = document.lastIndexOf('\n', span.end - 1) + 1;
  const prefix = /^[ \t>]*/.exec(document.slice(start, span.end))?.[0] ?? '';
  return { end: document[start - 2] === '\r' ? '\r\n' : '\n', prefix };
}
