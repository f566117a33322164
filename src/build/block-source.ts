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

/** The source of a block. */
export function sourceOf({ source, start, options }: ReadBlock): BlockSource {
  const syntax =
    options.syntax === undefined
      ? detectSyntax(source + (options.wrt ?? ''))
      : checkChoice('syntax', options.syntax, syntaxes);
  return { text: source, syntax, bodyOffset: (offset) => start + offset };
}

/** `own` behind the texts of earlier blocks. */
export function joinSources(earlier: readonly string[], own: BlockSource, syntax: BlockSource['syntax']): BlockSource {
  const gap = syntax === 'latex' ? '\n\n' : '\n';
  const before = earlier.map((text) => text + gap).join('');
  const bodyOffset: BlockSource['bodyOffset'] = (offset) =>
    offset < before.length ? undefined : own.bodyOffset(offset - before.length);
  return { text: before + own.text, syntax, bodyOffset };
}
