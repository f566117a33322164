/** Limits: \lim_{x \to a} f(x), \lim_{x \to 0^+} f(x), \lim_{n \to \infty} f(n). */

import { limitSign } from './functions.ts';
import { readBound } from './latex-bounds.ts';
import { type Cursor, failUnexpected, isSign, lastEnd, peek, sumEnd } from './latex-cursor.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { callNode, constantNode, locate, type MathNode, symbolNode } from './node.ts';

/** A limit with its body, which is the product that follows, or the sum where its name stands behind that, too. */
export function readLimit(cursor: Cursor): MathNode {
  const sign = peek(cursor) as TokenOf<'refused'>;
  const script = peek(cursor, 1);
  const { context, tokens } = cursor;
  if (context.form !== 'formula' || script?.kind !== 'script' || script.sub === undefined || script.sup !== undefined)
    return failUnexpected(cursor);
  const [name, arrow, ...rest] = script.sub.filter(({ kind }) => kind !== 'gap');
  if (name?.kind !== 'name' || arrow?.kind !== 'relation' || arrow.sign !== '->') return failUnexpected(cursor);
  const { target, side } = sideOf(rest);
  if (target.length === 0 || target.some(({ kind }) => kind === 'relation')) return failUnexpected(cursor);
  const point = readBound(context, target, script);
  cursor.at += 2;
  const [near, far] = [sumEnd(tokens, cursor.at), sumEnd(tokens, cursor.at, true)];
  const goesOn = tokens.slice(near, far).some((token) => holdsName(token, name.name));
  const body = goesOn ? context.grammar.sum(cursor) : context.grammar.product(cursor);
  const variable = locate(symbolNode(name.name), { start: name.start, end: name.end });
  const span = { start: sign.start, end: lastEnd(cursor) };
  return locate(callNode(limitSign, [body, variable, point, constantNode(side)]), span);
}

/** The point and the sign above it, which says the side: 0^+. */
function sideOf(tokens: readonly Token[]): { target: readonly Token[]; side: '0' | '1' | '2' } {
  const last = tokens.at(-1);
  const [only, second] = last?.kind === 'script' && last.sub === undefined ? (last.sup ?? []) : [];
  const sign = second === undefined && last?.kind === 'script' ? only : last;
  if (tokens.length > 1 && isSign(sign, '+')) return { target: tokens.slice(0, -1), side: '1' };
  if (tokens.length > 1 && isSign(sign, '-')) return { target: tokens.slice(0, -1), side: '2' };
  return { target: tokens, side: '0' };
}

function holdsName(token: Token, name: string): boolean {
  if (token.kind === 'name') return token.name === name;
  const parts = token.kind === 'script' ? [token.sub ?? [], token.sup ?? []] : insideOf(token);
  return parts.some((part) => part.some((one) => holdsName(one, name)));
}

function insideOf(token: Token): readonly (readonly Token[])[] {
  if (token.kind === 'group' || token.kind === 'root') return [token.content];
  return token.kind === 'fraction' ? [token.over, token.under] : [];
}
