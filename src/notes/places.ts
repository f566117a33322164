import { location } from 'vfile-location';
import type { Point } from './verdict.ts';

/**
 * The place of each offset in `document`. A byte order mark counts as a character of the text and as no column, as it is
 * to editors.
 */
export function placesIn(document: string): (offset: number) => Point {
  const places = location(document);
  const mark = document.startsWith('\ufeff') ? 1 : 0;
  return (offset) => {
    const within = Math.min(offset, document.length);
    const { line, column } = places.toPoint(within) ?? { line: 1, column: 1 };
    return { line, column: line === 1 ? Math.max(1, column - mark) : column, offset: within };
  };
}
