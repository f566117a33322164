/** Known functions with their scripts and arguments: \\sin^2 x, \\log_2 x, \\Gamma(x), \\mathrm{J}_0(x). */

import type { Span } from '../problem.ts';
import { type Context, type Cursor, isSign, lastEnd, peek, refuse, takeScript } from './latex-cursor.ts';
import { isPlainBracket, readArguments } from './latex-group.ts';
import { readSubscript, readSuperscript, withScript, withSuperscript } from './latex-scripts.ts';
import { inverses } from './latex-symbols.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { callNode, locate, type MathNode, view } from './node.ts';

/** The special function that the name here is, if it is applied as one. */
export function specialFunction(cursor: Cursor): string | undefined {
  const token = peek(cursor) as TokenOf<'name'>;
  const next = peek(cursor, 1);
  const script = next?.kind === 'script' ? next : undefined;
  const open = cursor.at + (script === undefined ? 1 : 2);
  return cursor.context.naming.specialFunction({ token, script, name: token.name, tokens: cursor.tokens, open });
}

/** Reads a function such as \\sin with its power, primes and argument, in parentheses or without. */
export function readFunction(cursor: Cursor, name: string): MathNode {
  const { context } = cursor;
  const token = peek(cursor) as Token;
  cursor.at++;
  const script = takeScript(cursor);
  const base = { name, isFunction: true, bound: context.bound };
  const sup = script === undefined ? undefined : readSuperscript(context, script, base);
  const isInverse = sup?.kind === 'power' && isMinusOne(sup.exponent);
  const known = isInverse ? (inverses.get(name) ?? refuse('an inverse function', token)) : name;
  const primes = (script?.primes ?? 0) + (sup?.kind === 'order' ? sup.order : 0);
  const open = peek(cursor);
  const isEnclosed = open?.kind === 'open' && isPlainBracket(open.sign);
  const args = isEnclosed ? readArguments(cursor) : [readBareArgument(cursor)];
  const span = { start: token.start, end: lastEnd(cursor) };
  const isOpen = name === 'log' && token.kind === 'function' && token.isNatural !== true && script?.sub === undefined;
  const unsaidBase =
    isOpen && args.length === 1 && primes === 0 && !isInverse ? context.naming.logarithmBase() : undefined;
  const isNamed = script?.sub === undefined || (token.kind === 'name' && name !== 'digamma');
  const call = isNamed
    ? locate(callNode(known + (unsaidBase ?? '') + "'".repeat(primes), args), span)
    : withIndex(context, known + "'".repeat(primes), args, script, span);
  if (isInverse || sup === undefined || sup.kind === 'order') return call;
  return withSuperscript(call, sup, span);
}

/** What an index below a function says; all others are components of a vector-valued function. */
const indexed: Readonly<Record<string, (argument: MathNode, index: MathNode) => MathNode | undefined>> = {
  log: (argument, base) => {
    const seen = view(base);
    if (seen.kind === 'symbol' && seen.name === 'e') return callNode('log', [argument]);
    const known = seen.kind === 'constant' && (seen.text === '2' || seen.text === '10');
    return known ? callNode(`log${seen.text}`, [argument]) : callNode('log', [argument, base]);
  },
  digamma: (argument, order) => callNode('polygamma', [order, argument]),
  softmax: binding('softmax'),
  logsumexp: binding('logsumexp'),
};

/** `\\operatorname{softmax}_i(x_i)`; where the index is not part of the argument, it counts the components. */
function binding(name: string): (argument: MathNode, index: MathNode) => MathNode | undefined {
  return (argument, index) => {
    const seen = view(index);
    const isBound = seen.kind === 'symbol' && argument.filter((node) => isSymbol(node, seen.name)).length > 0;
    return isBound ? callNode(name, [argument, index]) : undefined;
  };
}

function isSymbol(node: MathNode, name: string): boolean {
  const seen = view(node);
  return seen.kind === 'symbol' && seen.name === name;
}

function withIndex(context: Context, name: string, args: MathNode[], script: TokenOf<'script'>, span: Span): MathNode {
  if (name === 'max' || name === 'min') {
    const place = { start: span.start, end: script.end };
    return refuse(`\\${name} over an index`, place, 'write \\max(a, b)');
  }
  const { suffix, indices } = readSubscript(context, script, { name, isFunction: true, bound: context.bound });
  if (name === 'gelu' && suffix === '_tanh') return locate(callNode('gelu_tanh', args), span);
  const [index] = indices;
  if (suffix !== '' || index === undefined || indices.length > 1) return refuse('this index of a function', script);
  const [argument, second] = args;
  const read = Object.hasOwn(indexed, name) && second === undefined ? indexed[name] : undefined;
  const call = argument === undefined ? undefined : read?.(argument, index);
  if (call !== undefined) return locate(call, span);
  const plain = locate(callNode(name, args), span);
  return withScript(context, plain, { ...script, sup: undefined, primes: 0 }, span.start);
}

/** The argument of a function without parentheses: \\sin 2 x y, up to a sign, a bracket or another function. */
function readBareArgument(cursor: Cursor): MathNode {
  const { grammar } = cursor.context;
  return isSign(peek(cursor), '-') || peek(cursor)?.kind === 'bar' ? grammar.factor(cursor) : grammar.bare(cursor);
}

export function isMinusOne(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind !== 'operator' || seen.operator !== '-' || seen.args.length !== 1) return false;
  const inner = view(seen.args[0] as MathNode);
  return inner.kind === 'constant' && inner.text === '1';
}
