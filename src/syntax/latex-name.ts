/** Names and functions with their scripts: is it called, or multiplied by the parenthesis that follows? */

import { fail, type Span } from '../problem.ts';
import { letterFunctions, letterSuffix } from './functions.ts';
import { type Context, type Cursor, lastEnd, peek, refuse, takeScript } from './latex-cursor.ts';
import { isMinusOne, readFunction, specialFunction } from './latex-function.ts';
import { readArguments } from './latex-group.ts';
import {
  readSubscript,
  readSuperscript,
  type Subscript,
  type Superscript,
  withIndices,
  withSuperscript,
} from './latex-scripts.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { isReservedName } from './names.ts';
import { callNode, elementNode, locate, type MathNode, symbolNode, view } from './node.ts';

/** Reads a name with its scripts and, if it is applied, its arguments. */
export function readName(cursor: Cursor): MathNode {
  const { context } = cursor;
  const { naming, bound } = context;
  const written = peek(cursor) as TokenOf<'name'>;
  const special = specialFunction(cursor);
  if (special !== undefined) return readFunction(cursor, special);
  cursor.at++;
  const script = takeScript(cursor);
  if (written.name === '1' && peek(cursor)?.kind === 'open') return refuse('an indicator', written, 'write cases');
  const token = { ...written, name: naming.spelling(written, script) };
  const below = { token, name: token.name, isFunction: false, bound };
  const subscript: Subscript =
    script === undefined ? { suffix: '', indices: [] } : readSubscript(context, script, below);
  const name = token.name + subscript.suffix;
  const isFunction = naming.isFunction(token.name) || naming.isFunction(name);
  const sup = script === undefined ? undefined : readSuperscript(context, script, { token, name, isFunction, bound });
  const primes = (script?.primes ?? 0) + (sup?.kind === 'order' ? sup.order : 0);
  const use = { token, script, name, tokens: cursor.tokens, open: cursor.at };
  const isApplied = isBracket(peek(cursor)) && (primes > 0 || naming.isApplied(use));
  if (!isApplied) return variable(context, token, { ...subscript, sup, primes, end: lastEnd(cursor) });
  return application(cursor, token, { name, indices: subscript.indices, sup, primes });
}

const isBracket = (token: Token | undefined): boolean => token?.kind === 'open' && token.sign === '(';

/** Names that the text syntax gives a meaning of their own, once they have several arguments. */
const operatorNames = new Set(['d', 'D', 'sum', 'prod']);

interface Scripts {
  readonly indices: readonly MathNode[];
  readonly sup: Superscript | undefined;
  readonly primes: number;
}

function application(
  cursor: Cursor,
  token: TokenOf<'name'>,
  { name, indices, sup, primes }: Scripts & { name: string },
): MathNode {
  const callee = name + indices.map((index) => calleeIndex(cursor.context, index, token)).join('');
  guardName(callee, token);
  if (sup?.kind === 'power' && isMinusOne(sup.exponent)) return refuse('an inverse function', token, 'give it a name');
  const args = readArguments(cursor);
  const span = { start: token.start, end: lastEnd(cursor) };
  const letter = letterFunctions.get(callee) === args.length ? letterSuffix : '';
  if (args.length > 1 && operatorNames.has(name)) {
    return refuse(`the function ${name} of several arguments`, span, 'give it a name that means nothing here yet');
  }
  const call = locate(callNode(callee + letter + "'".repeat(primes), args), span);
  const isPower = sup?.kind === 'power' || sup?.kind === 'transpose';
  if (!isPower && sup !== undefined && sup.kind !== 'order') return refuse('this superscript of a function', token);
  return isPower ? withSuperscript(call, sup, span) : call;
}

/** An index of a function becomes part of its name; one that a sum binds can't. */
function calleeIndex(context: Context, index: MathNode, token: Span): string {
  const seen = view(index);
  if (seen.kind === 'constant') return `_${seen.text}`;
  if (seen.kind === 'symbol' && !context.bound.includes(seen.name)) return `_${seen.name}`;
  return refuse('a function with an index that runs', token, 'make the index an argument');
}

function variable(
  context: Context,
  token: TokenOf<'name'>,
  { suffix, indices, sup, primes, end }: Scripts & { suffix: string; end: number },
): MathNode {
  const span = { start: token.start, end };
  const marks = suffix + '_prime'.repeat(primes) + (sup?.kind === 'suffix' ? sup.suffix : '');
  guardName(token.name + marks, token);
  const isBare = indices.length === 0 && sup === undefined;
  const symbol = locate(symbolNode(token.name + marks), isBare ? span : { start: token.start, end: token.end });
  const counted = sup?.kind === 'index' ? locate(elementNode(symbol, [...sup.indices]), span) : symbol;
  const element = withIndices(context, counted, token.name, indices, span);
  const above = sup?.kind === 'index' && sup.isTransposed ? ({ kind: 'transpose' } as const) : sup;
  const isAbove = above?.kind === 'power' || above?.kind === 'transpose' || above?.kind === 'inverse-transpose';
  return isAbove ? withSuperscript(element, above, span) : element;
}

/** Refuses names of the program's own machinery. */
function guardName(name: string, span: Span): void {
  if (!isReservedName(name)) return;
  fail({
    code: 'reserved-name',
    message: `"${name}" names a part of the program, not a quantity`,
    span: { start: span.start, end: span.end },
    hint: 'choose another name',
  });
}
