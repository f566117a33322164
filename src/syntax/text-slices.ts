/**
 * A long or deep text in slices that mathjs's recursive parser can take: brackets that stand too deep are cut out,
 * parsed on their own, and put back in the place of a name.
 */

import { letters } from './letters.ts';
import type { MathNode } from './node.ts';
import type { Token } from './text-token.ts';

/** A token of the text, or a name that stands for a part that has been read already. */
export interface Piece extends Token {
  readonly node?: MathNode;
}

/** Brackets within brackets that one slice may hold. mathjs takes about twenty calls for each. */
const deepestSlice = 40;

/** A letter that mathjs takes for part of a name and that no source can hold. */
const placeholder = 'ʮ';

interface Frame {
  /** Where the opening bracket stands among the pieces. */
  readonly at: number;
  height: number;
}

/** `tokens` with every argument that is too deep cut out and read by `read`, the innermost first. */
export function cutDeep(tokens: readonly Token[], read: (part: readonly Piece[]) => MathNode): readonly Piece[] {
  const pieces: Piece[] = [];
  const frames: Frame[] = [];
  for (const token of tokens) {
    if (token.kind === 'open') frames.push({ at: pieces.length, height: 0 });
    pieces.push(token);
    const frame = token.kind === 'close' ? frames.pop() : undefined;
    if (frame === undefined) continue;
    const isDeep = frame.height + 1 >= deepestSlice;
    if (isDeep) cut(pieces, frame.at + 1, read);
    const outer = frames.at(-1);
    if (outer !== undefined) outer.height = Math.max(outer.height, isDeep ? 1 : frame.height + 1);
  }
  return pieces;
}

/** Replaces what stands between commas from `start` to before the last piece, which closes the bracket. */
function cut(pieces: Piece[], start: number, read: (part: readonly Piece[]) => MathNode): void {
  const content = pieces.splice(start);
  const closing = content.pop() as Piece;
  let part: Piece[] = [];
  const flush = () => {
    const [first, last] = [part[0], part.at(-1)];
    if (first === undefined || last === undefined) return;
    pieces.push({ kind: 'name', text: placeholder, start: first.start, end: last.end, node: read(part) });
    part = [];
  };
  let depth = 0;
  for (const piece of content) {
    if (piece.kind === 'open') depth++;
    if (piece.kind === 'close') depth--;
    if (depth === 0 && piece.text === ',') {
      flush();
      pieces.push(piece);
    } else part.push(piece);
  }
  flush();
  pieces.push(closing);
}

const nameEnd = letters`[\p{L}\p{N}_]$`;

/** The text of a slice, with a blank wherever there was one, and the way back from it to places in the source. */
export function joinPieces(pieces: readonly Piece[]): {
  readonly text: string;
  readonly placeOf: (at: number) => number;
} {
  const parts: string[] = [];
  const starts: number[] = [];
  let length = 0;
  let end = pieces[0]?.start ?? 0;
  for (const piece of pieces) {
    // Letters that touch and are two names, θ₁x, would be one.
    const isJoined = piece.kind === 'name' && nameEnd.test(parts.at(-1) ?? '');
    if (piece.start > end || isJoined) {
      parts.push(' ');
      length++;
    }
    starts.push(length);
    parts.push(piece.text);
    length += piece.text.length;
    end = piece.end;
  }
  const placeOf = (at: number): number => {
    const next = starts.findIndex((start) => start > at);
    const own = next < 0 ? pieces.length - 1 : Math.max(0, next - 1);
    const piece = pieces[own];
    return piece === undefined ? 0 : Math.min(piece.start + Math.max(0, at - (starts[own] ?? 0)), end);
  };
  return { text: parts.join(''), placeOf };
}
