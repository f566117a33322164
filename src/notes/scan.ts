/** The mathematics of a Markdown document, in order, each formula with its place in the source. */

import type { Nodes } from 'mdast';
import type { InlineMath, Math as MathBlock } from 'mdast-util-math';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { Formula } from './formula.ts';
import { type Markdown, parsePieces } from './markdown.ts';
import { type Block, blocksBelow, type Extent } from './prose-text.ts';
import { type Sentence, sentencesOf } from './sentences.ts';

export type { Formula } from './formula.ts';

const parser = unified().use(remarkParse).use(remarkMath);

/** Environments that authors write in Markdown without dollar signs, as MathJax reads them. */
const bareEnvironment =
  /\\begin\{(eqnarray|align|aligned|equation|gather|multline|alignat)(\*?)\}[\s\S]*?\\end\{\1\2\}/g;

/** What of a piece of Markdown is kept, in order. */
interface Found {
  readonly kind: 'formula' | 'heading' | 'other';
  readonly start: number;
  readonly end: number;
  readonly formula?: Omit<Formula, 'section'>;
  /** Of a heading. */
  readonly depth?: number;
}

interface Heading {
  readonly start: number;
  readonly depth: number;
}

/** A document as its formulas and the sentences that they stand in. */
export interface ScannedNote {
  readonly formulas: readonly Formula[];
  readonly sentences: readonly Sentence[];
  /** In order: the n-th opens section n. */
  readonly headings: readonly Heading[];
}

/** All formulas of `document`, in the order in which they stand. Throws `MathError` for one that is too long. */
export function scanMarkdown(document: string): Formula[] {
  return withBare(parsePieces(document, parser, (piece) => findIn(piece, document)).flat(), document);
}

/** The formulas of `document` as {@link scanMarkdown} gives them, and its prose. Throws `MathError` as it does. */
export function scanNote(document: string): ScannedNote {
  const bare: Extent[] = [...document.matchAll(bareEnvironment)].map(({ 0: tex, index }) => {
    return { start: index, end: index + tex.length };
  });
  const pieces = parsePieces(document, parser, (piece) => ({
    found: findIn(piece, document),
    blocks: blocksBelow(piece.tree, document, bare),
  }));
  const found = pieces.flatMap((piece) => piece.found);
  const formulas = withBare(found, document);
  const starts = new Map(formulas.map((formula) => [formula.start, formula]));
  const blocks: Block[] = pieces.flatMap((piece) => piece.blocks);
  const headings = found.filter(({ kind }) => kind === 'heading');
  const headingStarts = headings.map(({ start }) => start);
  const sentences = sentencesOf(
    blocks,
    document,
    (start) => starts.get(start),
    (start) => countUpTo(headingStarts, start),
  );
  return { formulas, sentences, headings: headings.map(({ start, depth = 0 }) => ({ start, depth })) };
}

/** The formulas of what was found, and those without dollar signs that stand outside of it. */
function withBare(found: readonly Found[], document: string): Formula[] {
  const headings = found.filter(({ kind }) => kind === 'heading').map(({ start }) => start);
  const taken = found.filter(({ kind }) => kind !== 'heading');
  const starts = taken.map(({ start }) => start);
  const formulas = taken.flatMap(({ formula }) => formula ?? []);
  for (const match of document.matchAll(bareEnvironment)) {
    const start = match.index;
    const before = taken[countUpTo(starts, start) - 1];
    if (before !== undefined && start < before.end) continue;
    formulas.push({ tex: match[0], display: true, start, offsetAt: (offset) => start + offset });
  }
  return formulas
    .sort((a, b) => a.start - b.start)
    .map((formula) => ({ ...formula, section: countUpTo(headings, formula.start) }));
}

function findIn({ tree, unclosed }: Markdown, document: string): Found[] {
  const found: Found[] = [];
  const open: ReadonlySet<Nodes> = new Set(unclosed);
  visit(tree, (node: Nodes) => {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (start === undefined || end === undefined) return;
    if (node.type === 'heading') found.push({ kind: 'heading', start, end, depth: node.depth });
    if (node.type === 'math' || node.type === 'inlineMath') {
      const { value, type } = node as MathBlock | InlineMath;
      const display = type === 'math' || isDisplay(document, start);
      const formula = { tex: value, display, start, offsetAt: placed(document, value, start, end) };
      const fence = open.has(node) ? { unclosed: { start, end: start + 2 } } : {};
      found.push({ kind: 'formula', start, end, formula: { ...formula, ...fence } });
    } else if (node.type === 'code' || node.type === 'inlineCode' || node.type === 'html') {
      found.push({ kind: 'other', start, end });
    }
  });
  return found;
}

/** How many of `ascending` are not above `most`; there may be as many as a long note has formulas. */
function countUpTo(ascending: readonly number[], most: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `$$...$$` within a paragraph is inline to the parser and a display to its author. */
function isDisplay(document: string, start: number): boolean {
  return document.startsWith('$$', start);
}

/** Where the lines of a text stand in the document, whatever quote marks or indentation stand before them. */
export function placed(document: string, tex: string, start: number, end: number): Formula['offsetAt'] {
  const lines: { from: number; at: number }[] = [];
  let from = 0;
  let at = start;
  for (const line of tex.split('\n')) {
    const place = document.indexOf(line, at);
    const known = place >= 0 && place <= end ? place : at;
    lines.push({ from, at: known });
    at = known + line.length;
    from += line.length + 1;
  }
  return (offset: number): number => {
    let line = lines[0] ?? { from: 0, at: start };
    for (const candidate of lines) if (candidate.from <= offset) line = candidate;
    return line.at + (offset - line.from);
  };
}
