/** The mathematics of a Markdown document, in order, each formula with its place in the source. */

import type { Nodes, Root } from 'mdast';
import type { InlineMath, Math as MathBlock } from 'mdast-util-math';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';

/** One formula: its LaTeX, whether it is displayed, and where each of its characters stands in the document. */
export interface Formula {
  readonly tex: string;
  readonly display: boolean;
  /** Counts the headings before it: what one section defines, another need not mean. */
  readonly section: number;
  /** The offset in the document of an offset in `tex`. */
  readonly offsetAt: (offset: number) => number;
}

const parser = unified().use(remarkParse).use(remarkMath);

/** Environments that authors write in Markdown without dollar signs, as MathJax reads them. */
const bareEnvironment =
  /\\begin\{(eqnarray|align|aligned|equation|gather|multline|alignat)(\*?)\}[\s\S]*?\\end\{\1\2\}/g;

/** All formulas of `document`, in the order in which they stand. */
export function scanMarkdown(document: string): Formula[] {
  const tree: Root = parser.parse(document);
  const found: { start: number; formula: Formula }[] = [];
  const taken: { start: number; end: number }[] = [];
  const headings: number[] = [];
  const sectionAt = (start: number): number => headings.filter((heading) => heading <= start).length;
  visit(tree, (node: Nodes) => {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (start === undefined || end === undefined) return;
    if (node.type === 'heading') headings.push(start);
    if (node.type === 'math' || node.type === 'inlineMath') {
      const { value, type } = node as MathBlock | InlineMath;
      const display = type === 'math' || isDisplay(document, start);
      const offsetAt = placed(document, value, start, end);
      found.push({ start, formula: { tex: value, display, section: sectionAt(start), offsetAt } });
      taken.push({ start, end });
    } else if (node.type === 'code' || node.type === 'inlineCode' || node.type === 'html') {
      taken.push({ start, end });
    }
  });
  for (const match of document.matchAll(bareEnvironment)) {
    const start = match.index;
    if (taken.some((range) => start >= range.start && start < range.end)) continue;
    const tex = match[0];
    found.push({
      start,
      formula: { tex, display: true, section: sectionAt(start), offsetAt: (offset) => start + offset },
    });
  }
  return found.sort((a, b) => a.start - b.start).map(({ formula }) => formula);
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
