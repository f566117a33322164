/** The dollars and brackets that stand around a formula in a document. */

const delimiters = [
  ['$$', '$$'],
  ['\\[', '\\]'],
  ['\\(', '\\)'],
  ['$', '$'],
] as const;

/** `$$x$$` as `x` between blanks, so that every place stays. */
export function withoutDollars(source: string): string {
  const found = delimitersOf(source);
  if (found === undefined) return source;
  const { start, end, length } = found;
  const blanks = ' '.repeat(length);
  return source.slice(0, start) + blanks + source.slice(start + length, end - length) + blanks + source.slice(end);
}

/** Where delimiters begin and end around the whole of `source`, and how long each is. */
function delimitersOf(source: string): { start: number; end: number; length: number } | undefined {
  const end = source.trimEnd().length;
  const start = source.length - source.trimStart().length;
  for (const [left, right] of delimiters) {
    const { length } = left;
    if (end - start < 2 * length || !source.startsWith(left, start) || !source.startsWith(right, end - length))
      continue;
    // $a$ + $b$ are two formulas.
    if (source.slice(start + length, end - length).includes(right)) return undefined;
    return { start, end, length };
  }
  return undefined;
}

/** Whether delimiters stand around the whole of `source`. */
export function hasDollars(source: string): boolean {
  return delimitersOf(source) !== undefined;
}
