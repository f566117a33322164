/** Markdown as a tree, for all who read it here: limits, displays as people write them, exact places. */

import type { Root } from 'mdast';
import type { Math as MathBlock } from 'mdast-util-math';
import type { Processor } from 'unified';
import { visit } from 'unist-util-visit';
import { fail, type Problem, withinStack } from '../problem.ts';
import { displays, type Unclosed, unclosedDisplays } from './displays.ts';

/** Longest note, in UTF-16 code units. */
const longestNote = 2_000_000;
/** Deepest nesting of quotes, lists and containers; nobody writes more, and parsers take quadratic time over it. */
const deepestNesting = 100;

/** A tree, and the displays in it that nothing closes: they end with their paragraph, so that what follows is read. */
export interface Markdown {
  readonly tree: Root;
  readonly unclosed: readonly MathBlock[];
}

/** Has a parser with remark-math read displays as people write them. */
export function readDisplays(this: Processor, endsWith?: EndsWith): void {
  const data = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), displays(endsWith)];
}

/**
 * Reads `document` by `parser`, which has remark-math; offsets count in `document`, a byte order mark included. Throws
 * `MathError` for what no author writes: too long, or nested too deep.
 */
export function parseMarkdown(document: string, parser: Processor<Root>): Markdown {
  guardMarkdown(document);
  return likeliest((endsWith) => {
    const read = parsePiece(withoutMark(document), parser, endsWith);
    moveOffsets(read.tree, document.length - withoutMark(document).length);
    return read;
  });
}

/** The usual size of a piece, in code units; parsers take a thousand bytes for each character with a meaning. */
const usualPiece = 30_000;

/**
 * Reads `document` piece by piece, for those who need no more than its blocks one after the other: links and footnotes
 * know nothing of what another piece defines. `take` makes of each piece what is kept.
 */
export function parsePieces<T>(document: string, parser: Processor<Root>, take: (piece: Markdown) => T): T[] {
  guardMarkdown(document);
  return likeliest((endsWith) => {
    const unclosed: MathBlock[] = [];
    const taken: T[] = [];
    for (const piece of piecesOf(document, parser, endsWith)) {
      unclosed.push(...piece.unclosed);
      taken.push(take(piece));
    }
    return { unclosed, taken };
  }).taken;
}

function* piecesOf(document: string, parser: Processor<Root>, endsWith: EndsWith): Generator<Markdown> {
  let from = document.length - withoutMark(document).length;
  for (let size = usualPiece; from < document.length; ) {
    const lineEnd = document.indexOf('\n', from + size);
    const end = lineEnd < 0 ? document.length : lineEnd + 1;
    const start = from;
    const here = typeof endsWith === 'string' ? endsWith : new Set([...endsWith].map((offset) => offset - start));
    const read = parsePiece(document.slice(from, end), parser, here);
    // The last block may go on in what follows: it is read again, with the next piece.
    const cut = end < document.length ? takeLastBlock(read.tree, document.slice(from, end)) : end - from;
    if (cut === 0) {
      size *= 2;
      continue;
    }
    moveOffsets(read.tree, from);
    yield {
      tree: read.tree,
      unclosed: read.unclosed.filter(({ position }) => (position?.start.offset ?? 0) < from + cut),
    };
    from += cut;
    size = usualPiece;
  }
}

/** Takes the last block out of a tree, with all that stands on its first line; where that line begins. */
function takeLastBlock(tree: Root, text: string): number {
  let cut = text.length;
  do {
    const start = tree.children.pop()?.position?.start.offset ?? 0;
    cut = Math.min(cut, text.lastIndexOf('\n', start - 1) + 1);
  } while ((tree.children.at(-1)?.position?.end.offset ?? 0) > cut);
  return cut;
}

type EndsWith = Unclosed | ReadonlySet<number>;

function parsePiece(text: string, parser: Processor<Root>, endsWith: EndsWith): Markdown {
  const tree = withinStack(tooDeep, () => parser().use(readDisplays, endsWith).parse(text));
  return { tree, unclosed: unclosedDisplays(tree, text) };
}

/** The reading in which displays that nothing closes swallow least. */
function likeliest<T extends Pick<Markdown, 'unclosed'>>(read: (endsWith: EndsWith) => T): T {
  const usual = read('document');
  if (usual.unclosed.length === 0) return usual;
  // A fence too many turns all displays behind it inside out; they are right again where each ends with its paragraph.
  const short = read('paragraph');
  if (short.unclosed.length <= usual.unclosed.length) return short;
  return read(new Set(usual.unclosed.map(({ position }) => position?.start.offset ?? 0)));
}

/** The text without a byte order mark, which parsers pass over and don't count. */
export function withoutMark(document: string): string {
  return document.startsWith('\ufeff') ? document.slice(1) : document;
}

function moveOffsets(tree: Root, by: number): void {
  visit(tree, ({ position }) => {
    if (position?.start.offset !== undefined) position.start.offset += by;
    if (position?.end.offset !== undefined) position.end.offset += by;
  });
}

const tooDeep: Problem = {
  code: 'nesting-too-deep',
  message: 'lists and quotes of this note are nested too deep',
  hint: `at most ${deepestNesting} levels`,
};

function guardMarkdown(document: string): void {
  if (document.length > longestNote) {
    fail({
      code: 'source-too-long',
      message: 'this note is too long',
      hint: 'split it: two million characters at most',
    });
  }
  const nested = new RegExp(`^(?:[ \\t]*(?:>|[-*+](?=[ \\t])|\\d{1,9}[.)](?=[ \\t]))){${deepestNesting}}`, 'm');
  const containers = document.match(/^[ \t>]*:{3,}[ \t]*[A-Za-z]/gm)?.length ?? 0;
  const ends = document.match(/^[ \t>]*:{3,}[ \t]*$/gm)?.length ?? 0;
  if (!nested.test(document) && containers - ends <= deepestNesting) return;
  fail({
    code: 'nesting-too-deep',
    message: 'lists, quotes or containers of this note are nested too deep',
    hint: `at most ${deepestNesting} levels; close each ::: container`,
  });
}
