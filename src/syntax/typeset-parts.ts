/** Parts of a row of tokens: brackets, operands, products. */

import type { Token } from './text-token.ts';

/** What one construct makes of the tokens from `at` on, and where it ends; undefined where it does not stand there. */
export interface Spelled {
  readonly tokens: readonly Token[];
  readonly end: number;
}

/** Reads a part in turn. */
export type Spell = (tokens: readonly Token[]) => Token[];

/** A token that no sign of the source stands for, at the place of `near`. */
export function token(kind: Token['kind'], text: string, near: Token): Token {
  return { kind, text, start: near.start, end: near.end };
}

/** `name(part, part)`, the brackets and commas at the place of the sign that says it. */
export function call(name: string, parts: readonly (readonly Token[])[], sign: Token): Token[] {
  const comma = token('operator', ',', sign);
  const content = parts.flatMap((part, at) => (at === 0 ? part : [comma, ...part]));
  return [token('name', name, sign), token('open', '(', sign), ...content, token('close', ')', sign)];
}

/** Where the bracket at `open` is closed. */
export function closingOf(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at]?.kind === 'open') depth++;
    if (tokens[at]?.kind === 'close' && --depth === 0) return at;
  }
  return tokens.length - 1;
}

/** Where the bracket at `close` was opened. */
export function openingOf(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    if (tokens[at]?.kind === 'close') depth++;
    if (tokens[at]?.kind === 'open' && --depth === 0) return at;
  }
  return 0;
}

/** Whether an operand ends with this token. */
export function endsOperand(token: Token | undefined): boolean {
  if (token === undefined) return false;
  return (
    token.kind === 'name' ||
    token.kind === 'number' ||
    token.kind === 'close' ||
    token.text === "'" ||
    token.text === '!'
  );
}

/** Whether an operand begins with this token. */
export function beginsOperand(token: Token | undefined): boolean {
  return token !== undefined && (token.kind === 'name' || token.kind === 'number' || token.kind === 'open');
}

/** Whether the sign at `at` stands between two operands. */
function isBinary(tokens: readonly Token[], at: number): boolean {
  return endsOperand(tokens[at - 1]);
}

const relations = new Set(['=', '==', '!=', '<', '>', '<=', '>=', '?', ':', ',', ';']);

/** Where the product that begins at `start` ends: at a sum, a relation, a comma or the bracket around it. */
export function productEnd(tokens: readonly Token[], start: number): number {
  for (let at = start; at < tokens.length; at++) {
    const { kind, text } = tokens[at] as Token;
    if (kind === 'open') at = closingOf(tokens, at);
    else if (kind === 'close' || relations.has(text)) return at;
    else if ((text === '+' || text === '-') && at > start && isBinary(tokens, at)) return at;
  }
  return tokens.length;
}

/** Behind the indices, arguments, primes and powers of the name, number or bracket at `start`. */
export function operandEnd(tokens: readonly Token[], start: number, withPowers = true): number {
  let at = tokens[start]?.kind === 'open' ? closingOf(tokens, start) + 1 : start + 1;
  for (let next = tokens[at]; next !== undefined; next = tokens[at]) {
    const touches = next.start <= (tokens[at - 1] as Token).end;
    if (next.kind === 'open' && next.text !== '{' && (touches || next.text === '[')) at = closingOf(tokens, at) + 1;
    else if (next.text === "'" || (withPowers && next.text === '!')) at++;
    else if (withPowers && next.text === '^') at = operandEnd(tokens, at + 1, false);
    else break;
  }
  return at;
}

/** Where the operand begins that ends before `end`, with its powers. */
export function operandStart(tokens: readonly Token[], end: number): number {
  let at = end - 1;
  while (tokens[at]?.text === "'" || tokens[at]?.text === '!') at--;
  for (;;) {
    if (tokens[at]?.kind === 'close') at = openingOf(tokens, at);
    const before = tokens[at - 1];
    const touches = before !== undefined && before.end >= (tokens[at] as Token).start;
    if (before?.text === '^') at -= 2;
    else if (
      tokens[at]?.kind === 'open' &&
      before !== undefined &&
      (before.kind === 'name' || before.kind === 'close') &&
      touches
    )
      at--;
    else return at;
    while (tokens[at]?.text === "'") at--;
  }
}
