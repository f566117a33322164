/** The prose of a Markdown tree, block by block: what a reader reads, with a mark in the place of each formula. */

import type { Nodes, Parents } from 'mdast';

/** Stands in a text for a formula. */
export const formulaMark = '\ufffc';
/** Stands in a text for what is neither prose nor mathematics: code, a picture. */
const opaqueMark = '\ufffd';

/** A stretch of text that stands as it is in the document: character `at` of the text is that at `offset`. */
interface Run {
  readonly at: number;
  readonly offset: number;
}

/** A text with the place of each of its characters, and where the formulas begin that its marks stand for. */
export interface ProseText {
  readonly text: string;
  readonly runs: readonly Run[];
  readonly marks: readonly number[];
}

/** A block of a document. Only what stands in the same container, one behind the other, can share a sentence. */
export interface Block {
  readonly kind: 'paragraph' | 'heading' | 'display' | 'other';
  readonly container: number;
  readonly start: number;
  readonly end: number;
  /** Empty but for paragraphs and headings. */
  readonly prose: ProseText;
}

/** Formulas that stand in the text without dollar signs. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

const noProse: ProseText = { text: '', runs: [], marks: [] };

/** Directives of sites on a line of their own: `:label:` and code. They are no prose. */
const directives = /^\s*(?::[\w-]+:\ufffd\s*)+$/;
/** A paragraph that is one formula, with a label or a stop behind it. */
const formulaAlone = /^\s*\ufffc\s*[.,;]?\s*(?::[\w-]+:\ufffd\s*)*$/;

/** The blocks below `node` in order; `bare` are formulas without dollar signs, ascending. */
export function blocksBelow(node: Parents, document: string, bare: readonly Extent[], container = -1): Block[] {
  return node.children.flatMap((child): Block[] => {
    const start = child.position?.start.offset ?? 0;
    const end = child.position?.end.offset ?? start;
    const place = { container, start, end };
    if (child.type === 'paragraph' || child.type === 'heading') {
      const prose = proseOf(child, document, bare);
      const [first = 0] = prose.marks;
      const isDisplay = formulaAlone.test(prose.text) && !/^\$[^$]/.test(document.slice(first, first + 2));
      if (isDisplay) return [{ kind: 'display', ...place, start: first, prose: noProse }];
      return directives.test(prose.text) ? [] : [{ kind: child.type, ...place, prose }];
    }
    if (child.type === 'math') return [{ kind: 'display', ...place, prose: noProse }];
    if (child.type === 'blockquote' || child.type === 'list' || child.type === 'listItem') {
      const [opening, closing] = [start, end].map(
        (at): Block => ({ ...place, kind: 'other', start: at, prose: noProse }),
      );
      return [opening as Block, ...blocksBelow(child, document, bare, start), closing as Block];
    }
    return [{ kind: 'other', ...place, prose: noProse }];
  });
}

/** Puts a text together and remembers where its parts come from. */
export function proseBuilder() {
  let text = '';
  const runs: Run[] = [];
  const marks: number[] = [];
  const put = (part: string, offset: number): void => {
    const last = runs.at(-1);
    if (last === undefined || last.offset - last.at !== offset - text.length) runs.push({ at: text.length, offset });
    text += part;
  };
  return {
    put,
    putFormula(offset: number): void {
      put(formulaMark, offset);
      marks.push(offset);
    },
    putAll(prose: ProseText): void {
      for (const [k, { at, offset }] of prose.runs.entries()) put(prose.text.slice(at, prose.runs[k + 1]?.at), offset);
      marks.push(...prose.marks);
    },
    build: (): ProseText => ({ text, runs, marks }),
  };
}

/** The offset in the document of character `at` of a text. */
export function offsetIn(runs: readonly Run[], at: number): number {
  let [low, high] = [0, runs.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle] as Run).at <= at) low = middle;
    else high = middle - 1;
  }
  const run = runs[low] ?? { at: 0, offset: 0 };
  return run.offset + at - run.at;
}

function proseOf(block: Parents, document: string, bare: readonly Extent[]): ProseText {
  const builder = proseBuilder();
  const collect = (node: Nodes): void => {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? start;
    // What a formula without dollar signs holds can look like markup.
    if (node.type !== 'text' && bareAt(bare, start) !== undefined) return;
    if (node.type === 'text') putSource(start, end);
    else if (node.type === 'inlineMath') builder.putFormula(start);
    else if (node.type === 'break') builder.put(' ', start);
    else if (node.type === 'inlineCode' || node.type.startsWith('image')) builder.put(opaqueMark, start);
    else if ('children' in node) for (const child of node.children) collect(child);
  };
  /** What stands between `start` and `end`, without escapes and without what begins the lines of a quote or list. */
  const putSource = (start: number, end: number): void => {
    for (let at = start; at < end; ) {
      const formula = bareAt(bare, at);
      const gap = gapAt(document, at, end);
      if (formula !== undefined) {
        if (formula.start >= at) builder.putFormula(formula.start);
        at = formula.end;
      } else if (gap > 0) {
        builder.put(' ', at);
        at += gap;
      } else {
        if (isEscape(document, at)) at++;
        builder.put(document.charAt(at), at);
        at++;
      }
    }
  };
  for (const child of block.children) collect(child);
  return builder.build();
}

const gaps = /\r?\n[ \t>]*|&nbsp;|[ \t]+/y;

/** How many characters of white space stand at `at`. */
function gapAt(document: string, at: number, end: number): number {
  gaps.lastIndex = at;
  return Math.min(gaps.exec(document)?.[0].length ?? 0, end - at);
}

function isEscape(document: string, at: number): boolean {
  return document.charAt(at) === '\\' && /[!-/:-@[-`{-~]/.test(document.charAt(at + 1));
}

/** The formula without dollar signs around the character at `offset`. */
function bareAt(bare: readonly Extent[], offset: number): Extent | undefined {
  let [low, high] = [0, bare.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bare[middle] as Extent).start <= offset) low = middle + 1;
    else high = middle;
  }
  const before = bare[low - 1];
  return before !== undefined && offset < before.end ? before : undefined;
}
