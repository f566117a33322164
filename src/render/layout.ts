/** Text in columns, as wide as a terminal shows it. */

import { widthOf } from '../columns.ts';

/** `text` with spaces up to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

/** A line of two parts. */
export interface Line {
  readonly left: string;
  readonly right: string;
}

/** Fewest spaces between the two parts of a line. */
const gap = 4;

/**
 * The column for the right parts: the one at which most lines fit into `width` as they are. A line that does not fit
 * gets its right part on a line of its own; so do all, at column 0, where most would.
 */
export function rightColumn(lines: readonly Line[], width: number): number {
  const filled = lines
    .filter((line) => line.right !== '')
    .map((line) => ({ left: widthOf(line.left), right: widthOf(line.right) }));
  const fitting = (column: number) =>
    filled.filter((line) => line.left + gap <= column && column + line.right <= width).length;
  const candidates = filled.map((line) => line.left + gap).sort((a, b) => a - b);
  const best = candidates.reduce((one, other) => (fitting(other) > fitting(one) ? other : one), candidates[0] ?? 0);
  return 2 * fitting(best) < filled.length ? 0 : best;
}

/** The lines with their right parts at `column`; parts that don't fit go below, indented by `indent`. */
export function alignRight(
  lines: readonly Line[],
  { column, width, indent }: { column: number; width: number; indent: number },
  paint: (right: string) => string,
): string[] {
  return lines.flatMap(({ left, right }) => {
    if (right === '') return [left];
    const fits = widthOf(left) + gap <= column && column + widthOf(right) <= width;
    return fits ? [pad(left, column) + paint(right)] : [left, ' '.repeat(indent) + paint(right)];
  });
}

/** Items in a row, wrapped between items; lines after the first are indented by `indent`. */
export function wrapItems(items: readonly string[], separator: string, indent: number, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    const longer = line === '' ? item : line + separator + item;
    if (line !== '' && indent + widthOf(longer) > width) {
      lines.push(line);
      line = item;
    } else {
      line = longer;
    }
  }
  return line === '' ? lines : [...lines, line];
}
