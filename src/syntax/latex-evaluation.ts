/** What is taken between two values of a name: [F]_a^b, \left. F \right|_a^b, F \Big|_a^b. */

import { evaluationSign } from './functions.ts';
import { readBounds } from './latex-bounds.ts';
import { type Cursor, lastEnd, peek, refuse } from './latex-cursor.ts';
import type { TokenOf } from './latex-token.ts';
import { callNode, locate, type MathNode, parenthesisNode, spanOf, symbolNode, view } from './node.ts';

/** The group that a bar ends at its right, and the bounds behind it. */
export function readTaken(cursor: Cursor): MathNode {
  const token = peek(cursor) as TokenOf<'group'>;
  cursor.at++;
  const content = cursor.context.grammar.all(cursor.context, token.content, token);
  const taken = takenBetween(cursor, locate(parenthesisNode(content), token));
  return taken ?? refuse('this bar', token, 'write \\lvert x \\rvert, or \\lVert x \\rVert');
}

/** What stands in the square brackets from `from` on, with the bounds behind them; undefined where these are an index and a power. */
export function bracketTaken(cursor: Cursor, from: number, node: MathNode): MathNode | undefined {
  const open = cursor.tokens[from];
  if (open?.kind !== 'open' || open.sign !== '[' || view(node).kind !== 'parenthesis') return undefined;
  const script = peek(cursor);
  const isOfVectors = cursor.tokens.slice(from, cursor.at).some((token) => token.kind === 'name' && token.bold);
  if (script?.kind !== 'script' || isIndexed(script) || isOfVectors) return undefined;
  return takenBetween(cursor, node);
}

/** `[A x]_i^2`: a square of an entry. */
function isIndexed({ sub = [], sup = [], primes }: TokenOf<'script'>): boolean {
  const isIndex = sub.every((token) => token.kind === 'name' && /^[i-n]$/.test(token.name));
  return isIndex || primes > 0 || sup.some((token) => token.kind === 'sign' && /^(?:T|star)$/.test(token.sign));
}

/** Whether an open bar ends what stands before it: no absolute value begins with an index. */
export function endsAtBar(cursor: Cursor): boolean {
  const [bar, script] = [peek(cursor), peek(cursor, 1)];
  if (bar?.kind !== 'bar' || bar.sign !== '|' || bar.side === 'open' || cursor.bars.at(-1) === '|') return false;
  return script?.kind === 'script' && script.sub !== undefined && script.sup !== undefined;
}

/** All that stands before an open bar, of which it takes what holds its name. */
export function takenAtBar(cursor: Cursor, before: MathNode): MathNode {
  const bar = peek(cursor) as TokenOf<'bar'>;
  cursor.at++;
  return takenBetween(cursor, before) ?? refuse('this bar', bar, 'write \\lvert x \\rvert, or \\lVert x \\rVert');
}

function takenBetween(cursor: Cursor, content: MathNode): MathNode | undefined {
  const script = peek(cursor);
  if (script?.kind !== 'script' || cursor.context.form !== 'formula') return undefined;
  const range = readBounds(cursor.context, script);
  if (range === undefined) return undefined;
  cursor.at++;
  const span = { start: spanOf(content)?.start ?? script.start, end: lastEnd(cursor) };
  const variable = range.name === undefined ? [] : [symbolNode(range.name)];
  return locate(callNode(evaluationSign, [content, ...range.bounds, ...variable]), span);
}
