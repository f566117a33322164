/** What stands behind a name: a bracket with one name in it, or none; and whether the name begins a line. */

import { argumentsFrom, isSign } from '../../syntax/latex-cursor.ts';
import type { Token, TokenOf } from '../../syntax/latex-token.ts';

/** A name with the one letter, word or number below it. */
export function labelledName({ name }: TokenOf<'name'>, script: TokenOf<'script'> | undefined): string {
  const [label, second] = script?.sub ?? [];
  if (second !== undefined || label === undefined) return name;
  if (label.kind === 'name' || label.kind === 'function') return `${name}_${label.name}`;
  return label.kind === 'number' || label.kind === 'words' ? `${name}_${label.text.trim()}` : name;
}

/** The one name in the bracket at `open`, perhaps with scripts or applied itself: V(q), V(q_1), V(q(t)). */
export function loneName(tokens: readonly Token[], open: number, levels = 1): string | undefined {
  const only = tokens[open + 1];
  // N(0) is a value, too: nobody multiplies by a number in brackets.
  if (only?.kind === 'number') return tokens[open + 2]?.kind === 'close' ? only.text : undefined;
  if (only?.kind !== 'name') return undefined;
  const script = tokens[open + 2]?.kind === 'script' ? (tokens[open + 2] as TokenOf<'script'>) : undefined;
  // A power is no argument's name: (X^{-1})^T behind V is a factor, and so is what has scripts of its own.
  if (script?.sup !== undefined && script.sup[0]?.kind !== 'open') return undefined;
  const next = script === undefined ? open + 2 : open + 3;
  const isApplied = levels > 0 && tokens[next]?.kind === 'open';
  const end = isApplied ? argumentsFrom(tokens, next).end + 1 : next;
  if (tokens[end]?.kind !== 'close' || tokens[end + 1]?.kind === 'script') return undefined;
  return (isApplied ? loneName(tokens, next, levels - 1) : undefined) ?? labelledName(only, script);
}

/** Whether the name is all that a bracket behind another name holds. */
export function isLoneIn(tokens: readonly Token[], at: number): boolean {
  const opening = tokens[at - 1];
  const before = tokens[at - 2]?.kind === 'script' ? tokens[at - 3] : tokens[at - 2];
  return opening?.kind === 'open' && before?.kind === 'name' && loneName(tokens, at - 1) !== undefined;
}

/** Whether a name is only said to be what is differentiated, dV/dq, or what a line defines: neither is a factor. */
export function isHead(tokens: readonly Token[], at: number, after: number): boolean {
  const before = tokens[at - 1]?.kind === 'script' ? tokens[at - 2] : tokens[at - 1];
  if (before?.kind === 'partial' || before?.kind === 'nabla') return true;
  if (at === 1 && before?.kind === 'name' && before.name === 'd' && after === tokens.length) return true;
  return beginsLine(tokens, at) && tokens[after]?.kind === 'relation';
}

/** Whether a name begins a line or a part of one. */
export function beginsLine(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  return at === 0 || before?.kind === 'break' || before?.kind === 'gap' || isSign(before, ',') || isSign(before, ';');
}
