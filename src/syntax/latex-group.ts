/** Brackets, bars and the arguments of functions. */

import { fail } from '../problem.ts';
import { listSign } from './functions.ts';
import { type Cursor, failSyntax, failUnexpected, isSign, lastEnd, peek, refuse, refuseFound } from './latex-cursor.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { barsNode, callNode, locate, type MathNode, parenthesisNode } from './node.ts';

const names: Readonly<Record<string, string>> = {
  '(': 'parenthesis',
  '[': 'bracket',
  '{': 'brace',
  '<': 'angle',
  floor: 'floor bracket',
  ceil: 'ceiling bracket',
};

/** Whether brackets of this kind only enclose; the others are functions of what they hold. */
export function isPlainBracket(sign: string): boolean {
  return '([{'.includes(sign);
}

/** Reads what stands in brackets: a parenthesis, the dot product \langle a, b \rangle, \lfloor x \rfloor, \lceil x \rceil. */
export function readGroup(cursor: Cursor): MathNode {
  const open = peek(cursor) as TokenOf<'open'>;
  const from = cursor.at;
  const parts = readArguments(cursor);
  const span = { start: open.start, end: lastEnd(cursor) };
  const [first, second] = parts;
  if (open.sign === '<') {
    if (parts.length < 2)
      return refuse('a mean in angle brackets', span, 'write \\langle a, b \\rangle, or parentheses');
    passFrobenius(cursor);
    // Two in angle brackets are an inner product, more are the components of a vector.
    return locate(callNode(parts.length === 2 ? 'dot' : 'vcat', parts), span);
  }
  if (second !== undefined && open.sign === '(' && isWhole(cursor, from))
    return locate(callNode(listSign, parts), span);
  if (first === undefined || second !== undefined) {
    const comma = cursor.tokens.slice(from).find((token) => isSign(token, ',') || isSign(token, ';'));
    return refuse('a list', comma ?? span, 'write its parts one by one');
  }
  if (!isPlainBracket(open.sign)) return locate(callNode(open.sign, parts), span);
  return locate(parenthesisNode(first), span);
}

/** Passes the F below an inner product of matrices, which says no more than that they are matrices. */
function passFrobenius(cursor: Cursor): void {
  const script = peek(cursor);
  if (script?.kind !== 'script' || script.sub?.length !== 1 || normKind(script.sub[0]) !== 'norm') return;
  (cursor.tokens as Token[])[cursor.at] = { ...script, sub: undefined };
}

/** Whether the brackets that open at `from` and were just closed are all of their side, but for a transpose. */
function isWhole(cursor: Cursor, from: number): boolean {
  const rest = cursor.tokens.slice(cursor.at).filter((token) => token.kind !== 'script' && !isSign(token, '.'));
  return from === 0 && rest.length === 0;
}

/** Reads the arguments in the brackets that open here, and passes the closing one. */
export function readArguments(cursor: Cursor): MathNode[] {
  const open = peek(cursor) as TokenOf<'open'>;
  cursor.at++;
  cursor.bars.push('');
  const parts = [cursor.context.grammar.sum(cursor)];
  while (isSign(peek(cursor), ',') || isSign(peek(cursor), ';')) {
    cursor.at++;
    parts.push(cursor.context.grammar.sum(cursor));
  }
  cursor.bars.pop();
  passClosing(cursor, open);
  return parts;
}

function passClosing(cursor: Cursor, open: TokenOf<'open'>): void {
  const token = peek(cursor);
  const name = names[open.sign] ?? 'bracket';
  const span = { start: open.start, end: open.end };
  if (token === undefined) {
    fail({ code: 'unclosed-group', message: `this ${name} is never closed`, span, hint: 'add the closing one' });
  }
  if (token.kind !== 'close') failUnexpected(cursor);
  if (token.sign !== open.sign) {
    fail({
      code: 'unclosed-group',
      message: `this ${name} is closed by the wrong sign`,
      span,
      hint: 'let brackets open and close in pairs',
    });
  }
  cursor.at++;
}

/** Reads |x| or \|x\|, with the 1, 2 or \infty below a norm. */
export function readBars(cursor: Cursor): MathNode {
  const open = peek(cursor) as TokenOf<'bar'>;
  const isDoubled = isDouble(cursor);
  const sign = isDoubled ? '||' : open.sign;
  cursor.at += isDoubled ? 2 : 1;
  cursor.bars.push(sign);
  const content = cursor.context.grammar.sum(cursor);
  cursor.bars.pop();
  passBar(cursor, open, sign);
  const node = sign === '|' ? barsNode(content) : callNode(normName(cursor), [content]);
  return locate(node, { start: open.start, end: lastEnd(cursor) });
}

/** Whether two bars touch, which make a norm. */
function isDouble(cursor: Cursor): boolean {
  const [first, second] = [peek(cursor), peek(cursor, 1)];
  return isPlainBar(first) && isPlainBar(second) && first.end === second.start && second.side !== 'close';
}

function isPlainBar(token: Token | undefined): token is TokenOf<'bar'> {
  return token?.kind === 'bar' && token.sign === '|';
}

function passBar(cursor: Cursor, open: TokenOf<'bar'>, sign: string): void {
  const token = peek(cursor);
  if (token === undefined) {
    failSyntax('this bar is never closed', open, 'write \\lvert x \\rvert, or \\lVert x \\rVert');
  }
  if (token.kind === 'close' && sign === '|') refuseFound('a condition behind a bar', open);
  if (token.kind !== 'bar' || token.sign !== sign.charAt(0)) failUnexpected(cursor);
  cursor.at++;
  if (sign !== '||') return;
  if (!isPlainBar(peek(cursor))) failUnexpected(cursor);
  cursor.at++;
}

/** The name of the norm by the index of its closing bar, which is taken away from the script. */
function normName(cursor: Cursor): string {
  const script = peek(cursor);
  if (script?.kind !== 'script' || script.sub === undefined) return 'norm';
  const [only] = script.sub;
  const kind = normKind(only);
  if (script.sub.length !== 1 || kind === undefined)
    return refuse('this kind of norm', script, 'use 1, 2, F or \\infty');
  (cursor.tokens as Token[])[cursor.at] = { ...script, sub: undefined };
  return kind;
}

function normKind(token: Token | undefined): string | undefined {
  if (token?.kind === 'number') return token.text === '1' ? 'norm1' : token.text === '2' ? 'norm' : undefined;
  if (token?.kind === 'refused') return token.what === 'infinity' ? 'norminf' : undefined;
  return token?.kind === 'name' && token.name === 'F' ? 'norm' : undefined;
}
