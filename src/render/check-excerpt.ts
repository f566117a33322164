/** The lines of a source around a finding, with marks under the side that does not follow. */

import { cutLine, markLine } from '../columns.ts';
import type { Verdict } from '../notes/verdict.ts';

/** Lines before and after what is marked. */
const [before, after] = [2, 1];
/** Most lines of one side that are shown with marks. */
const mostMarked = 4;

/** A line with nothing to read in it: blank, the fence of a display, the ends of an environment. */
const isEdge = (line: string): boolean =>
  /^[\s>]*(?:\$\$|```.*|~~~.*|\\[[\]]|\\(?:begin|end)\{\w+\*?\})?\s*$/.test(line);

/** The lines with their numbers, each at most `width` columns wide. */
export function excerptLines(
  lines: readonly string[],
  { start, end }: Pick<Verdict, 'start' | 'end'>,
  width: number,
  paint: (text: string) => string,
): string[] {
  const last = Math.min(end.line, start.line + mostMarked - 1);
  const first = start.line - runBefore(lines, start.line);
  const next = isEdge(lines[last] ?? '') ? last : last + after;
  const digits = String(next).length;
  const room = width - digits - 3;
  const shown: string[] = [];
  for (let number = first; number <= next; number++) {
    const line = lines[number - 1] ?? '';
    const gutter = `${String(number).padStart(digits)} │`;
    if (number < start.line || number > last) {
      shown.push(`${gutter} ${cutLine(line, room)}`.trimEnd());
      continue;
    }
    const from = number === start.line ? start.column - 1 : line.length - line.trimStart().length;
    const to = number === end.line ? end.column - 1 : line.trimEnd().length;
    const { text, marks } = markLine(line, from, Math.max(to, from + 1), room);
    shown.push(`${gutter} ${text}`.trimEnd(), `${' '.repeat(digits)} │ ${paintMarks(marks, paint)}`);
  }
  return shown;
}

/** How many lines before this one belong to it. */
function runBefore(lines: readonly string[], line: number): number {
  let count = 0;
  while (count < before && line - count > 1 && !isEdge(lines[line - count - 2] ?? '')) count++;
  return count;
}

function paintMarks(marks: string, paint: (text: string) => string): string {
  const blanks = marks.length - marks.trimStart().length;
  return marks.slice(0, blanks) + paint(marks.slice(blanks));
}
