/** The figures that blocks ask for, as SVG. */

import type { Result } from '../derivation/derivation.ts';
import type { WrittenBlock } from '../notes/block.ts';
import type { Language } from '../options.ts';
import type { Problem } from '../problem.ts';
import type { Outcome } from './derive-blocks.ts';
import type { Report } from './report.ts';

/** Draws the model of a result, or says why it can't be drawn. */
export type Draw = (result: Result, options: { readonly lang: Language; readonly id: string }) => string | Problem;

export type Figures = ReadonlyMap<WrittenBlock, string>;

/** The drawings by block; a block whose model can't be drawn gets none, with a warning. */
export function drawFigures(outcomes: readonly Outcome[], draw: Draw | undefined, report: Report): Figures {
  const figures = new Map<WrittenBlock, string>();
  outcomes.forEach((outcome, at) => {
    if (outcome.kind !== 'derived' || !outcome.options.figure) return;
    const { result, lang, block } = outcome;
    const drawn = draw?.(result, { lang, id: `figure-${at + 1}` }) ?? noFigures;
    if (typeof drawn === 'string') figures.set(block, drawn.trim());
    else report.warn(`there is no figure here: ${drawn.message}`, 'figure', block.span);
  });
  return figures;
}

const noFigures: Problem = {
  code: 'unsupported-notation',
  message: 'figures can not be drawn for this format',
};

/** Where the drawing of the block with this number is, from 1; as it stands in Markdown. */
export type Address = (svg: string, number: number) => string;

/** A drawing as its own address. */
export function imageAddress(svg: string): string {
  return `data:image/svg+xml;base64,${btoa(String.fromCodePoint(...new TextEncoder().encode(svg)))}`;
}

/** The words in a drawing that say what it shows. */
export function titleOf(svg: string): string {
  return (/<title[^>]*>([^<]*)<\/title>/.exec(svg)?.[1] ?? '').replace(/[[\]\\&<>]/g, '');
}
