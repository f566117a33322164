/** A note as the Markdown it is, with each derivation behind its block. Everything else stays as it is, letter for letter. */

import type { WrittenBlock } from '../notes/block.ts';
import { toMarkdown } from '../render/markdown.ts';
import type { Outcome } from './derive-blocks.ts';
import { type Figures, imageAddress, titleOf } from './figures.ts';
import { markers, type Note } from './note-outline.ts';

/** The document with derivations between markers; those of an earlier run are replaced. */
export function markdownNote(note: Note, outcomes: readonly Outcome[], figures: Figures): string {
  const { document, generated } = note;
  let text = '';
  let at = 0;
  for (const outcome of outcomes) {
    const { block } = outcome;
    text += document.slice(at, block.span.end) + derivationOf(outcome, figures.get(block), prefixOf(block, document));
    at = generated.get(block) ?? block.span.end;
  }
  return text + document.slice(at);
}

function derivationOf(outcome: Outcome, figure: string | undefined, prefix: string): string {
  if (outcome.kind === 'refused') return '';
  const { result, lang, options } = outcome;
  const markdown = toMarkdown(result, { lang, expand: options.expand ?? false });
  const drawing = figure === undefined ? [] : [`![${titleOf(figure)}](${imageAddress(figure)})`, ''];
  const lines = ['', markers.begin, '', ...drawing, ...markdown.trimEnd().split('\n'), '', markers.end];
  return lines.map((line) => `\n${line === '' ? prefix.trimEnd() : prefix + line}`).join('');
}

/** What stands before the closing fence: the indentation or the quote marks in which the block stands. */
function prefixOf({ span }: WrittenBlock, document: string): string {
  const lineStart = document.lastIndexOf('\n', span.end - 1) + 1;
  return /^[ \t>]*/.exec(document.slice(lineStart, span.end))?.[0] ?? '';
}
