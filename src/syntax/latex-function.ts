/** Known functions with their scripts and arguments: \\sin^2 x, \\log_2 x, \\Gamma(x), \\mathrm{J}_0(x). */

import type { Span } from '../problem.ts';
import { type Context, type Cursor, isSign, lastEnd, peek, refuse, takeScript } from './latex-cursor.ts';
import { argumentsFrom, specialName } from './latex-evidence.ts';
import { isPlainBracket, readArguments } from './latex-group.ts';
import { readSubscript, readSuperscript, withScript, withSuperscript } from './latex-scripts.ts';
import { inverses, specialLetters, uprightFunctions } from './latex-symbols.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { callNode, locate, type MathNode, view } from './node.ts';

/**
 * The special function that a letter is where it is applied: an upright one, `\\mathrm{B}(a, b)`, or one of Gamma, J_0,
 * Y_1, I_0 that stands for nothing else. I_0 (1 + cos x) is an intensity as well, so a sum is no argument of these.
 */
export function specialFunction(cursor: Cursor): string | undefined {
  const token = peek(cursor) as TokenOf<'name'>;
  const next = peek(cursor, 1);
  const script = next?.kind === 'script' ? next : undefined;
  const at = cursor.at + (script === undefined ? 1 : 2);
  const open = cursor.tokens[at];
  if (token.bold || open?.kind !== 'open' || open.sign !== '(') return undefined;
  const { end, commas } = argumentsFrom(cursor.tokens, at);
  const name = specialName(token.name, script);
  if (token.upright) {
    const known = uprightFunctions.get(script?.sub === undefined || token.name === 'psi' ? token.name : name);
    return known !== undefined && commas === (known === 'beta' ? 1 : 0) ? known : undefined;
  }
  if (!specialLetters.has(token.name) || commas > 0) return undefined;
  const { functions, variables } = cursor.context.evidence;
  if (variables.has(`${token.name}_`) || variables.has(name)) return undefined;
  if (token.name === 'Gamma') return script?.sub === undefined ? 'gamma' : undefined;
  const isSum = cursor.tokens.slice(at + 1, end).some((part) => isSign(part, '+') || isSign(part, '-'));
  return functions.has(token.name) || isSum ? undefined : uprightFunctions.get(name);
}

/** Reads a function such as \\sin with its power, primes and argument, in parentheses or without. */
export function readFunction(cursor: Cursor, name: string): MathNode {
  const { context } = cursor;
  const token = peek(cursor) as Token;
  cursor.at++;
  const script = takeScript(cursor);
  const sup =
    script === undefined ? undefined : readSuperscript(context, script, { name, isFunction: true, isBold: false });
  const isInverse = sup?.kind === 'power' && isMinusOne(sup.exponent);
  const known = isInverse ? (inverses.get(name) ?? refuse('an inverse function', token)) : name;
  const primes = (script?.primes ?? 0) + (sup?.kind === 'order' ? sup.order : 0);
  const open = peek(cursor);
  const isEnclosed = open?.kind === 'open' && isPlainBracket(open.sign);
  const args = isEnclosed ? readArguments(cursor) : [readBareArgument(cursor)];
  const span = { start: token.start, end: lastEnd(cursor) };
  const isNamed = script?.sub === undefined || (token.kind === 'name' && name !== 'digamma');
  const call = isNamed
    ? locate(callNode(known + "'".repeat(primes), args), span)
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
  const { suffix, indices } = readSubscript(context, script);
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
