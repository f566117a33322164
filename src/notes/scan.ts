/** The mathematics of a Markdown document, in order, each formula with its place in the source. */

import type { Nodes } from 'mdast';
import type { InlineMath, Math as MathBlock } from 'mdast-util-math';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import type { Span } from '../problem.ts';
import { type Markdown, parsePieces } from './markdown.ts';

/** One formula: its LaTeX, whether it is displayed, and where each of its characters stands in the document. */
export interface Formula {
  readonly tex: string;
  readonly display: boolean;
  /** Counts the headings before it: what one section defines, another need not mean. */
  readonly section: number;
  /** The offset in the document of an offset in `tex`. */
  readonly offsetAt: (offset: number) => number;
  /** The opening fence of a display that nothing closes. */
  readonly unclosed?: Span;
}

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
}

/** All formulas of `document`, in the order in which they stand. Throws `MathError` for one that is too long. */
export function scanMarkdown(document: string): Formula[] {
  const found = parsePieces(document, parser, (piece) => findIn(piece, document)).flat();
  const headings = found.filter(({ kind }) => kind === 'heading').map(({ start }) => start);
  const taken = found.filter(({ kind }) => kind !== 'heading');
  const starts = taken.map(({ start }) => start);
  const formulas = taken.flatMap(({ formula, start }) => (formula === undefined ? [] : [{ start, formula }]));
  for (const match of document.matchAll(bareEnvironment)) {
    const start = match.index;
    const before = taken[countUpTo(starts, start) - 1];
    if (before !== undefined && start < before.end) continue;
    formulas.push({ start, formula: { tex: match[0], display: true, offsetAt: (offset) => start + offset } });
  }
  return formulas
    .sort((a, b) => a.start - b.start)
    .map(({ start, formula }) => ({ ...formula, section: countUpTo(headings, start) }));
}

function findIn({ tree, unclosed }: Markdown, document: string): Found[] {
  const found: Found[] = [];
  const open: ReadonlySet<Nodes> = new Set(unclosed);
  visit(tree, (node: Nodes) => {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (start === undefined || end === undefined) return;
    if (node.type === 'heading') found.push({ kind: 'heading', start, end });
    if (node.type === 'math' || node.type === 'inlineMath') {
      const { value, type } = node as MathBlock | InlineMath;
      const display = type === 'math' || isDisplay(document, start);
      const formula = { tex: value, display, offsetAt: placed(document, value, start, end) };
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
