/** Pieces of a display, between line breaks, gaps, commas and words, and what stands behind a formula in brackets. */

import { argumentsFrom, isSign, refuse } from './latex-cursor.ts';
import type { Token } from './latex-token.ts';

/** What stands before a piece of a display. */
export type Lead = 'start' | 'break' | 'gap' | 'comma' | 'words';

export interface Piece {
  readonly tokens: Token[];
  readonly lead: Lead;
  /** The words that lead to it. */
  readonly words?: string;
  /** Whether it stood in brackets behind a formula. */
  readonly aside?: true;
}

/**
 * Definitions in brackets behind a gap or a comma, `(y = z^2, z = x + 1)`, as pieces without; conditions too where they are
 * taken.
 */
export function withoutBrackets(piece: Piece, takesConditions: boolean): readonly Piece[] {
  const { tokens, lead } = piece;
  const [first] = tokens;
  const last = tokens.at(-1);
  const end = isSign(last, ',') || isSign(last, 'dot') ? tokens.length - 2 : tokens.length - 1;
  const isWhole =
    first?.kind === 'open' && (first.sign === '(' || first.sign === '[') && argumentsFrom(tokens, 0).end === end;
  if (!isWhole || (lead !== 'gap' && lead !== 'comma')) return [piece];
  const start = tokens[1]?.kind === 'words' ? 2 : 1;
  const parts = partsOf(tokens.slice(start, end));
  const relations = parts.map(relationsOf);
  if (relations.every((signs) => signs.length === 0)) return [piece];
  // What is equal to something is defined; what is greater, or unequal, is a condition on it.
  const condition = relations.flat().find((token) => token.sign !== '=' && token.sign !== ':=');
  if (condition !== undefined && !takesConditions)
    return refuse('this condition', condition, 'state the condition outside of the formula');
  return parts.map((part, at) => ({ tokens: part, lead: at === 0 ? lead : 'comma', aside: true }));
}

/** The parts of a list, each with the comma that ends it. */
function partsOf(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    depth += token.kind === 'open' ? 1 : token.kind === 'close' ? -1 : 0;
    parts.at(-1)?.push(token);
    if (depth === 0 && (isSign(token, ',') || isSign(token, ';'))) parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
}

function relationsOf(tokens: readonly Token[]) {
  let depth = 0;
  return tokens.flatMap((token) => {
    depth += token.kind === 'open' ? 1 : token.kind === 'close' ? -1 : 0;
    return depth === 0 && token.kind === 'relation' ? [token] : [];
  });
}

/** Without the values that a free index takes, `i = 1, 2, \\dots, n`, which say nothing of what is differentiated. */
export function withoutCounting(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece, at) => {
    const isCounted = pieces.slice(0, at + 1).some((_, start) => {
      const end = endOfCounting(pieces, start);
      return end !== undefined && at < end;
    });
    return isCounted ? [] : [piece];
  });
}

/** Behind the last piece of values that are counted from `start` on; undefined where nothing is. */
function endOfCounting(pieces: readonly Piece[], start: number): number | undefined {
  const [name, relation, value, ...more] = bare(pieces[start]);
  const isBeginning = name?.kind === 'name' && relation?.kind === 'relation' && relation.sign === '=';
  if (start === 0 || !isBeginning || value?.kind !== 'number' || more.length > 0) return undefined;
  let at = start + 1;
  while (isSingle(pieces[at], 'number')) at++;
  const [dots, ...others] = bare(pieces[at]);
  if (dots?.kind !== 'refused' || dots.what !== 'a row of dots' || others.length > 0) return undefined;
  const last = pieces[at + 1];
  return last === undefined || relationsOf(last.tokens).length > 0 ? undefined : at + 2;
}

function isSingle(piece: Piece | undefined, kind: Token['kind']): boolean {
  const tokens = bare(piece);
  return tokens.length === 1 && tokens[0]?.kind === kind;
}

/** The tokens of a piece without the comma or full stop behind it. */
function bare(piece: Piece | undefined): readonly Token[] {
  const tokens = piece?.tokens ?? [];
  const last = tokens.at(-1);
  return isSign(last, ',') || isSign(last, 'dot') ? tokens.slice(0, -1) : tokens;
}
