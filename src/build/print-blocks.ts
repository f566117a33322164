/** Derivations of blocks as they stand on the page, each with what the page adds to its certificates. */

import type { Result } from '../derivation/derivation.ts';
import type { WrittenBlock } from '../notes/block.ts';
import type { Language } from '../options.ts';
import type { Page } from '../printed/pages.ts';
import type { Outcome } from './derive-blocks.ts';

/** Prints one derivation in the language of the note. */
export type PrintDerivation = (result: Result, options: { readonly lang: Language; readonly expand: boolean }) => Page;

export interface PrintedBlocks {
  /** What became of the blocks: a page that shows other formulas than were certified fails. */
  readonly outcomes: readonly Outcome[];
  readonly texts: ReadonlyMap<WrittenBlock, string>;
}

/** Prints every derivation once, in the order of the blocks. */
export function printBlocks(outcomes: readonly Outcome[], print: PrintDerivation): PrintedBlocks {
  const texts = new Map<WrittenBlock, string>();
  const printed = outcomes.map((outcome): Outcome => {
    if (outcome.kind === 'refused') return outcome;
    const { lang, options } = outcome;
    const { text, result } = print(outcome.result, { lang, expand: options.expand ?? false });
    texts.set(outcome.block, text.trimEnd());
    return { ...outcome, result };
  });
  return { outcomes: printed, texts };
}
