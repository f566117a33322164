/** Names and functions with their scripts: is it called, or multiplied by the parenthesis that follows? */

import { fail, type Span } from '../problem.ts';
import { letterFunctions, letterSuffix } from './functions.ts';
import { readIndicator } from './latex-cases.ts';
import { argumentsFrom, type Context, type Cursor, isSign, lastEnd, peek, refuse, takeScript } from './latex-cursor.ts';
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
  const along = readAlong(cursor) ?? readEinsum(cursor) ?? readRelation(cursor);
  if (along !== undefined) return along;
  const first = peek(cursor) as TokenOf<'name'>;
  const isPrefix = naming.isPrefix(first, peek(cursor, 1));
  if (isPrefix) cursor.at++;
  const written = isPrefix ? joined(first, peek(cursor) as TokenOf<'name'>) : first;
  const special = specialFunction(cursor);
  if (special !== undefined) return readFunction(cursor, special);
  cursor.at++;
  const script = takeScript(cursor);
  if (written.name === '1') return vectorOfOnes(cursor, written, script);
  const token = { ...written, name: naming.spelling(written, script) };
  const below = { token, name: token.name, isFunction: false, bound };
  const subscript: Subscript =
    script === undefined ? { suffix: '', indices: [] } : readSubscript(context, script, below);
  const name = token.name + subscript.suffix;
  const isFunction = naming.isFunction(token.name) || naming.isFunction(name);
  const sup = script === undefined ? undefined : readSuperscript(context, script, { token, name, isFunction, bound });
  const isRow = script?.primes === 1 && sup === undefined && naming.isTransposedByPrime(token.name);
  if (isRow) return variable(context, token, { ...subscript, sup: transpose, primes: 0, end: lastEnd(cursor) });
  const primes = (script?.primes ?? 0) + (sup?.kind === 'order' ? sup.order : 0);
  const use = { token, script, name, tokens: cursor.tokens, open: cursor.at };
  const isApplied = isBracket(peek(cursor)) && (primes > 0 || naming.isApplied(use));
  if (!isApplied) return variable(context, token, { ...subscript, sup, primes, end: lastEnd(cursor) });
  return application(cursor, token, { name, indices: subscript.indices, sup, primes });
}

const transpose = { kind: 'transpose' } as const;

/** Whether what stands above ends in the sign of a transpose, or in a T: above a vector of ones it is no exponent. */
function endsInT(sup: readonly Token[] | undefined): boolean {
  const last = sup?.at(-1);
  return isSign(last, 'T') || (last?.kind === 'name' && last.name === 'T');
}

/** Whether the bracket here is transposed: a vector of ones before it is its column, and nothing that is applied. */
function isRow(cursor: Cursor): boolean {
  const next = cursor.tokens[argumentsFrom(cursor.tokens, cursor.at).end + 1];
  return next?.kind === 'script' && endsInT(next.sup);
}

/** Names of indicators. */
const indicators: ReadonlySet<string> = new Set(['1', 'I', 'chi']);

/** \mathbb{1}[x > 0], \mathbf{1}_{x > 0}, I(x > 0): no other name has a relation below it or as its argument. */
function readRelation(cursor: Cursor): MathNode | undefined {
  const { context, tokens } = cursor;
  const token = peek(cursor) as TokenOf<'name'>;
  if (!indicators.has(token.name)) return undefined;
  const next = peek(cursor, 1);
  if (next?.kind === 'script' && next.sub !== undefined && next.sup === undefined && (next.primes ?? 0) === 0) {
    const found = readIndicator(context, next.sub, token);
    if (found !== undefined) cursor.at += 2;
    return found;
  }
  if (next?.kind !== 'open') return undefined;
  const { end } = argumentsFrom(tokens, cursor.at + 1);
  const found = readIndicator(context, tokens.slice(cursor.at + 2, end), token);
  if (found !== undefined) cursor.at = end + 1;
  return found;
}

/** \mathbf{1}, \mathbf{1}_n, or the matrix of ones \mathbf{1}_{mn}; a vector before a bracket, not transposed, would be an indicator. */
function vectorOfOnes(cursor: Cursor, token: TokenOf<'name'>, script: TokenOf<'script'> | undefined): MathNode {
  const { context } = cursor;
  const isTransposed = endsInT(script?.sup);
  const isMatrix = (script?.sub ?? []).filter(({ kind }) => kind === 'name' || kind === 'number').length > 1;
  if (peek(cursor)?.kind === 'open' && !isTransposed && !isMatrix && !isRow(cursor))
    return refuse('an indicator', token, 'write cases');
  const base = { token, name: token.name, isFunction: false, bound: context.bound };
  const { indices } =
    script?.sub === undefined ? { indices: [] } : readSubscript(context, script, { ...base, name: '' });
  const span = { start: token.start, end: script?.end ?? token.end };
  const sup = script === undefined ? undefined : readSuperscript(context, script, base);
  return withSuperscript(locate(callNode('ones', [...indices]), span), sup, span);
}

/** A letter and the name behind it as one name. */
function joined(first: TokenOf<'name'>, second: TokenOf<'name'>): TokenOf<'name'> {
  return { ...second, name: `${first.name}_${second.name}`, start: first.start };
}

const isBracket = (token: Token | undefined): boolean => token?.kind === 'open' && token.sign === '(';
/** \operatorname{einsum}_{ij,jk \to ik}(A, B); undefined for everything else. */
function readEinsum(cursor: Cursor): MathNode | undefined {
  const [token, script, open] = [0, 1, 2].map((ahead) => peek(cursor, ahead));
  if (token?.kind !== 'name' || token.name !== 'einsum' || script?.kind !== 'script' || open?.kind !== 'open')
    return undefined;
  const spelled = (script.sub ?? []).map((part) => {
    if (part.kind === 'name') return part.name;
    return part.kind === 'relation' && part.sign === '->' ? '__' : isSign(part, ',') ? '_' : '?';
  });
  const name = `_${spelled.join('')}_`;
  if (!/^_[A-Za-z_]+__[A-Za-z]*_$/.test(name)) return undefined;
  cursor.at += 2;
  const args = readArguments(cursor);
  return locate(callNode('einsum', [symbolNode(name), ...args]), { start: token.start, end: lastEnd(cursor) });
}

/** \operatorname{D}_x(u)[v], the derivative of u by x in the direction v; undefined for everything else. */
function readAlong(cursor: Cursor): MathNode | undefined {
  const [token, script, open] = [0, 1, 2].map((ahead) => peek(cursor, ahead));
  if (token?.kind !== 'name' || token.name !== 'D' || !token.upright) return undefined;
  if (script?.kind !== 'script' || script.sub === undefined || open?.kind !== 'open' || open.sign !== '(')
    return undefined;
  const { end } = argumentsFrom(cursor.tokens, cursor.at + 2);
  const bracket = cursor.tokens[end + 1];
  if (bracket?.kind !== 'open' || bracket.sign !== '[') return undefined;
  cursor.at += 2;
  const by = cursor.context.grammar.all(cursor.context, script.sub, script);
  const [of, direction] = [readArguments(cursor), readArguments(cursor)].map(([only]) => only);
  if (of === undefined || direction === undefined) return undefined;
  return locate(callNode('jvp', [of, by, direction]), { start: token.start, end: lastEnd(cursor) });
}

/** Names that the text syntax gives a meaning of their own, once they have several arguments. */
const operatorNames = new Set(['d', 'D', 'sum', 'prod']);

interface Scripts {
  readonly indices: readonly MathNode[];
  readonly sup: Superscript | undefined;
  readonly primes: number;
}

/** What stands above a function that is applied, and belongs to its value. */
const isPowerOf: ReadonlySet<Superscript['kind']> = new Set(['power', 'transpose', 'elementwise', 'pseudo-inverse']);

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
  const isPower = sup !== undefined && isPowerOf.has(sup.kind);
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
  const isTransposed = (sup?.kind === 'index' || sup?.kind === 'suffix') && sup.isTransposed === true;
  const above = isTransposed ? ({ kind: 'transpose' } as const) : sup;
  return above !== undefined && above.kind !== 'index' && above.kind !== 'order' && above.kind !== 'suffix'
    ? withSuperscript(element, above, span)
    : element;
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
