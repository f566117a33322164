/** Places in the source: KaTeX knows those of letters and signs, the others follow from what stands between them. */

import type { Span } from '../problem.ts';
import { type KatexNode, placeOf } from './katex-tree.ts';
import type { Prepared } from './latex-prepare.ts';

/** What can stand between two signs: blanks, braces, the ends of cells, rows and environments. */
const between = /(?:[ \n\r{}&_^~]|\\\\|\\end\s*\{[^{}]*\})*/y;

/** How far the source has been read; all places are found from there on, in the order of the source. */
export class Places {
  protected cursor = 0;
  protected readonly prepared: Prepared;

  constructor(prepared: Prepared) {
    this.prepared = prepared;
  }

  passOver(node: KatexNode): void {
    this.cursor = Math.max(this.cursor, placeOf(node, this.prepared.text)?.end ?? 0);
  }

  /** Where `node` stands; for a node without a place, the next sign of the source. */
  place(node: KatexNode): Span {
    const known = placeOf(node, this.prepared.text);
    if (known !== undefined) return known;
    const start = this.commandStart();
    const command = /^\\(?:[A-Za-z]+|[\s\S])|^[\s\S]?/.exec(this.prepared.text.slice(start, start + 40));
    return { start, end: Math.min(this.prepared.text.length, start + Math.max(1, command?.[0].length ?? 1)) };
  }

  /** Where the next sign after those that were read begins. */
  commandStart(): number {
    between.lastIndex = this.cursor;
    const skipped = between.exec(this.prepared.text)?.[0].length ?? 0;
    return Math.max(0, Math.min(this.cursor + skipped, this.prepared.text.length - 1));
  }

  /** Passes the command for a blank, with its length. */
  passSpace(): void {
    const start = this.commandStart();
    const found = /^\\(?:[hm]space\*?\s*\{[^{}]*\}|[a-z]+)/.exec(this.prepared.text.slice(start, start + 80));
    this.cursor = start + (found?.[0].length ?? 0);
  }

  commandName(): string {
    return /^\\[A-Za-z]+/.exec(this.prepared.text.slice(this.commandStart(), this.commandStart() + 40))?.[0] ?? 'here';
  }

  /** From `start` to the cursor, past the braces that were opened since `start`. */
  closedFrom(start: number): Span {
    const { text, opening } = this.prepared;
    for (let at = this.cursor; at < text.length && ' \n\r}'.includes(text.charAt(at)); at++) {
      if (text.charAt(at) !== '}') continue;
      if ((opening.get(at) ?? -1) < start) break;
      this.cursor = at + 1;
    }
    return { start: Math.min(start, this.cursor), end: this.cursor };
  }

  /** The place of `\left(`, `\right)` or `\big(`, of which KaTeX keeps none. */
  fencePlace(command: '\\left' | '\\right' | '\\middle' | undefined): Span {
    const next = this.commandStart();
    const places = command === undefined ? undefined : this.prepared.commands.get(command);
    // KaTeX also fences the environments cases and bmatrix, where no \left stands.
    if (places === undefined && command !== undefined) return { start: next, end: next };
    if (command !== '\\right' && this.prepared.text.startsWith('\\begin', next)) return { start: next, end: next };
    if (command === '\\right' && !this.prepared.text.startsWith(command, next))
      return { start: this.cursor, end: this.cursor };
    const start = places === undefined ? next : (firstFrom(places, next) ?? next);
    const found = /^\\[A-Za-z]+\s*(?:\\[A-Za-z]+|\\[\s\S]|[\s\S])?/.exec(this.prepared.text.slice(start, start + 80));
    return { start, end: start + (found?.[0].length ?? 1) };
  }

  /** Behind the `\end{...}` that follows. */
  protected afterEnd(): number {
    const { text } = this.prepared;
    const found = /^[\s\\&]*\\end\s*\{[^{}]*\}/.exec(text.slice(this.cursor, this.cursor + 400));
    return this.cursor + (found?.[0].length ?? 0);
  }
}

/** The first of the ascending `places` at or after `from`. */
function firstFrom(places: readonly number[], from: number): number | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return places[low];
}
