/** Primes on expressions: (f g)', \left(\frac{u}{v}\right)', (f \circ g)'(x). By what they differentiate, the text around tells. */

import { expressionPrime } from './functions.ts';
import { argumentsFrom, type Cursor, isSign, lastEnd, peek } from './latex-cursor.ts';
import { readArguments } from './latex-group.ts';
import type { Token } from './latex-token.ts';
import { callNode, locate, type MathNode, parenthesisNode, view } from './node.ts';
import { mapParts } from './walk.ts';

/** `node` with so many primes. */
export function withPrimes(node: MathNode, primes: number, span: { start: number; end: number }): MathNode {
  let result = node;
  for (let count = 0; count < primes; count++) result = locate(callNode(expressionPrime, [result]), span);
  return result;
}

/** The derivative of an expression of functions at a name, (f g)'(x), as d(f(x) g(x), x); undefined, and nothing passed, for all else. */
export function readAppliedPrime(cursor: Cursor): MathNode | undefined {
  const { context, tokens } = cursor;
  const open = peek(cursor);
  if (context.form !== 'formula' || open?.kind !== 'open' || !'([{'.includes(open.sign)) return undefined;
  const { end } = argumentsFrom(tokens, cursor.at);
  const [script, bracket, name, close] = [1, 2, 3, 4].map((ahead) => tokens[end + ahead]);
  if (script?.kind !== 'script' || script.primes === 0 || script.sub !== undefined || script.sup !== undefined)
    return undefined;
  if (bracket?.kind !== 'open' || bracket.sign !== '(' || name?.kind !== 'name' || close?.kind !== 'close')
    return undefined;
  const inner = tokens.slice(cursor.at + 1, end);
  const isFunction = (token: Token): boolean => token.kind === 'name' && context.naming.isFunction(token.name);
  if (!inner.some(isFunction) || inner.some((token) => token.kind === 'name' && token.name === name.name))
    return undefined;
  cursor.at = end + 2;
  const [argument] = readArguments(cursor) as [MathNode];
  const span = { start: open.start, end: lastEnd(cursor) };
  let result =
    composed(inner, argument, cursor) ?? valueAt(context.grammar.all(context, inner, open), argument, cursor);
  for (let count = 0; count < script.primes; count++) result = locate(callNode('d', [result, argument]), span);
  return result;
}

/** f \circ g at the argument: f(g(x)); undefined where names alone are not composed. */
function composed(inner: readonly Token[], argument: MathNode, { context }: Cursor): MathNode | undefined {
  const names = inner.filter((_, at) => at % 2 === 0);
  const isChain =
    inner.length > 1 && inner.every((token, at) => (at % 2 === 0 ? token.kind === 'name' : isSign(token, 'o')));
  if (!isChain || inner.length % 2 === 0) return undefined;
  return names.reduceRight((value, token) => {
    const name = view(context.grammar.all(context, [token], token));
    return callNode(name.kind === 'symbol' ? name.name : '', [value]);
  }, argument);
}

/** `node` with every function in it applied to the argument. */
function valueAt(node: MathNode, argument: MathNode, cursor: Cursor): MathNode {
  const { naming } = cursor.context;
  const change = (part: MathNode): MathNode => {
    const seen = view(part);
    if (seen.kind === 'symbol') return naming.isFunction(seen.name) ? callNode(seen.name, [argument]) : part;
    return mapParts(part, change);
  };
  return parenthesisNode(change(node));
}
