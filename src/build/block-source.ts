/** The mathematics of a block as one source, and the way back from places in it to places in the block. */

import type { ReadBlock } from '../notes/block-options.ts';
import { checkChoice, syntaxes } from '../options.ts';
import { detectSyntax } from '../syntax/detect.ts';

export interface BlockSource {
  readonly text: string;
  readonly syntax: 'text' | 'latex';
  /** The offset in the body of the block of an offset in `text`; undefined where it comes from an earlier block. */
  readonly bodyOffset: (offset: number) => number | undefined;
}

/** The source of a block. In LaTeX too, a line is a statement, where nothing says that it goes on. */
export function sourceOf({ source, start, options }: ReadBlock): BlockSource {
  const syntax =
    options.syntax === undefined
      ? detectSyntax(source + (options.wrt ?? ''))
      : checkChoice('syntax', options.syntax, syntaxes);
  const own: BlockSource = { text: source, syntax, bodyOffset: (offset) => start + offset };
  return syntax === 'latex' ? withParagraphs(own) : own;
}

/** `own` behind the texts of earlier blocks. */
export function joinSources(earlier: readonly string[], own: BlockSource, syntax: BlockSource['syntax']): BlockSource {
  const gap = syntax === 'latex' ? '\n\n' : '\n';
  const before = earlier.map((text) => text + gap).join('');
  const bodyOffset: BlockSource['bodyOffset'] = (offset) =>
    offset < before.length ? undefined : own.bodyOffset(offset - before.length);
  return { text: before + own.text, syntax, bodyOffset };
}

/** Rows and environments say themselves where a statement ends. */
const hasRows = /\\\\|\\begin|(?<!\\)&|\$|\\\[/;
/** A line that ends so goes on in the next one, and one that begins so continues the one before. */
const goesOn =
  /(?:[-+*/=<>^_,({[|&]|\\(?:cdot|times|left|[bB]igg?[lr]?|frac|leq?|geq?|q?quad|[,;!])|\\(?:sum|prod)(?:\\limits)?(?:[_^](?:\{[^{}]*\}|\\?\w+))*)\s*$/;
const continues = /^\s*(?:[-+*/=<>^_,)}\]|&]|\\(?:cdot|times|right|le|ge|leq|geq|bigr|Bigr)(?![A-Za-z]))/;

/** An empty line between statements, which is what ends a statement in LaTeX. */
function withParagraphs(own: BlockSource): BlockSource {
  if (hasRows.test(own.text)) return own;
  const lines = own.text.split('\n');
  const inserted: number[] = [];
  let text = '';
  let depth = 0;
  lines.forEach((line, at) => {
    text += (at === 0 ? '' : '\n') + line;
    depth += (line.match(/(?<!\\)\{/g)?.length ?? 0) - (line.match(/(?<!\\)\}/g)?.length ?? 0);
    const next = lines[at + 1];
    if (next === undefined || depth > 0 || goesOn.test(line) || continues.test(next)) return;
    inserted.push(text.length);
    text += '\n';
  });
  const bodyOffset: BlockSource['bodyOffset'] = (offset) =>
    own.bodyOffset(offset - inserted.filter((place) => place < offset).length);
  return { ...own, text, bodyOffset };
}
