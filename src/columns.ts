/** Text measured and cut in columns, as a terminal shows it: what stands under it is then under the right letters. */

import { eastAsianWidth } from 'get-east-asian-width';

const ascii = /^[\u0020-\u007e]*$/;
/**
 * A letter of the Latin, Greek, Cyrillic or Japanese script or a sign of mathematics, none of which joins another, with what
 * stands over it. To make a segmenter takes longer than a whole derivation.
 */
const plainCluster =
  /[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1d00-\u1dbf\u1e00-\u1fff\u2010-\u2027\u2030-\u205f\u2070-\u209f\u2100-\u27ff\u2900-\u2bff\u2c60-\u2c7f\u3000-\u3029\u3030-\u3098\u309b-\u30ff\u3400-\u9fff\uff01-\uff9d\u{1d400}-\u{1d7ff}][\u0300-\u036f\u20d0-\u20dc]*/gu;

let segmenter: Intl.Segmenter | undefined;

/** The letters of `text`, where all are plain. */
function plainClusters(text: string): string[] | undefined {
  const plain = text.match(plainCluster) ?? [];
  return plain.reduce((length, cluster) => length + cluster.length, 0) === text.length ? plain : undefined;
}

/** The letters of `text` as a reader counts them, each with its marks. */
function clustersOf(text: string): string[] {
  const plain = plainClusters(text);
  if (plain !== undefined) return plain;
  segmenter ??= new Intl.Segmenter();
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** The columns that `text` takes: marks take none, Japanese and full-width letters two. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  const plain = plainClusters(text);
  if (plain === undefined) return clustersOf(text).reduce((width, cluster) => width + clusterWidth(cluster), 0);
  return plain.reduce((width, cluster) => width + eastAsianWidth(cluster.codePointAt(0) as number), 0);
}

function clusterWidth(cluster: string): number {
  if (/\p{Emoji_Presentation}|\ufe0f/u.test(cluster)) return 2;
  // Marks, joiners and the later letters of a Hangul syllable add to the letter before them.
  const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]$/u;
  let width = 0;
  for (const character of cluster) {
    if (!zeroWidth.test(character)) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  }
  return width;
}

/** One letter of a source line as it is printed. */
interface Cell {
  readonly text: string;
  readonly width: number;
  /** Where it begins in the line, and at which column. */
  readonly start: number;
  readonly column: number;
}

const tabStop = 4;
/** What a terminal would obey or turn around, and not show. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unprintable = /^[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|^\r\n/;

function cellsOf(line: string): Cell[] {
  const cells: Cell[] = [];
  let [start, column] = [0, 0];
  for (const cluster of clustersOf(line)) {
    const text =
      cluster === '\t'
        ? ' '.repeat(tabStop - (column % tabStop))
        : unprintable.test(cluster)
          ? '␀'
          : cluster.toWellFormed();
    const width = widthOf(text);
    cells.push({ text, width, start, column });
    start += cluster.length;
    column += width;
  }
  return cells;
}

/** A line of a source with a mark under a part of it, both at most so wide. */
interface MarkedLine {
  readonly text: string;
  /** Blanks and carets; a caret at least. */
  readonly marks: string;
}

/**
 * `line` in at most `width` columns with carets under what stands from `from` to `to`, which count UTF-16 units. A line that is
 * too long is cut around the mark, with an ellipsis where something is left out. Tabs are blanks, and what can't be shown is ␀.
 */
export function markLine(line: string, from: number, to: number, width: number): MarkedLine {
  const cells = cellsOf(line);
  const at = (offset: number): number => columnAt(cells, offset, line.length);
  const total = at(line.length);
  const first = at(from);
  const last = Math.max(first + 1, at(to));
  const [left, right] = total <= width ? [0, Number.POSITIVE_INFINITY] : windowAround(first, last, total, width);
  const shown = cells.filter((cell) => cell.column >= left && cell.column + cell.width <= right);
  const start = shown[0]?.column ?? left;
  const end = shown.reduce((_, cell) => cell.column + cell.width, start);
  const [before, after] = [start > 0 ? '…' : '', end < total ? '…' : ''];
  const carets = Math.max(1, Math.min(last, Math.max(end, first + 1)) - Math.max(first, start));
  return {
    text: `${before}${shown.map(({ text }) => text).join('')}${after}`,
    marks: ' '.repeat(before.length + Math.max(first, start) - start) + '^'.repeat(carets),
  };
}

/** The beginning of a line, as far as it fits. */
export function cutLine(line: string, width: number): string {
  return markLine(line, 0, 1, width).text;
}

/** The column of the letter that holds the unit at `offset`; behind the last one, where the line ends. */
function columnAt(cells: readonly Cell[], offset: number, length: number): number {
  const last = cells[cells.length - 1];
  if (last === undefined) return 0;
  if (offset >= length) return last.column + last.width;
  return cells.findLast((cell) => cell.start <= offset)?.column ?? 0;
}

/** Columns of a line of `total` columns in which the mark is seen with what stands around it; two are left for ellipses. */
function windowAround(first: number, last: number, total: number, width: number): readonly [number, number] {
  const room = Math.max(1, width - 2);
  if (last <= width - 1) return [0, width - 1];
  const lead = Math.max(0, Math.floor((room - (last - first)) / 2));
  const left = Math.max(0, Math.min(first - lead, total - room));
  return [left, left + room];
}
