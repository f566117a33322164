/** What stands below and above a name: index or part of the name, power, transpose, prime, order of a derivative. */

import type { Span } from '../problem.ts';
import { type Context, isSign, refuse, splitAtCommas } from './latex-cursor.ts';
import { withPrimes } from './latex-prime.ts';
import type { Token, TokenOf } from './latex-token.ts';
import type { ScriptBase } from './naming.ts';
import {
  callNode,
  constantNode,
  elementNode,
  locate,
  type MathNode,
  operatorNode,
  symbolNode,
  wholeAxisNode,
} from './node.ts';

/** A subscript, read: words extend the name, everything else are indices. */
export interface Subscript {
  readonly suffix: string;
  readonly indices: readonly MathNode[];
}

/** Reads a subscript; only a name can be extended by letters that are no indices. */
export function readSubscript(context: Context, script: TokenOf<'script'>, base: ScriptBase): Subscript {
  const sub = script.sub ?? [];
  const slice = readSlice(context, script, sub, base);
  if (slice !== undefined) return slice;
  let suffix = '';
  const indices: MathNode[] = [];
  if (isKroneckerPair(sub, base)) return { suffix, indices: sub.map(letterNode) };
  for (const part of splitAtCommas(sub)) {
    const read = context.naming.subscriptPart(part, base);
    if (read.kind === 'label') suffix += `_${read.label}`;
    else if (read.kind === 'letters') indices.push(...part.map(letterNode));
    else indices.push(context.grammar.all(context, part, script));
  }
  return { suffix, indices };
}

/** `\\delta_{2j}`: two indices, of which one is a number, and no product. */
function isKroneckerPair(sub: readonly Token[], base: ScriptBase): boolean {
  const kinds = sub.map(({ kind }) => kind).join(' ');
  const [number] = sub.filter(({ kind }) => kind === 'number');
  const isDigit = number?.kind === 'number' && /^\d$/.test(number.text);
  return base.name === 'delta' && isDigit && (kinds === 'number name' || kinds === 'name number');
}

/**
 * The subscript of a column or a row, A_{:,j}, A_{:j} and A_{\cdot j}: a mark for all indices of an axis beside another
 * index, with a comma or without. Undefined for every other subscript.
 */
function readSlice(
  context: Context,
  script: TokenOf<'script'>,
  sub: readonly Token[],
  base: ScriptBase,
): Subscript | undefined {
  if (!sub.some(isAxisMark)) return undefined;
  const parts = splitAtCommas(sub).flatMap(splitAtMark);
  if (parts.length < 2 || !parts.some(isMarkAlone) || parts.some((part) => !isMarkAlone(part) && part.some(isAxisMark)))
    return undefined;
  // The word of W_{\mathrm{in}, :, j} belongs to the name.
  const [lead] = parts as [readonly Token[]];
  const word = parts.length > 2 && !isMarkAlone(lead) ? context.naming.subscriptPart(lead, base) : undefined;
  const suffix = word?.kind === 'label' ? `_${word.label}` : '';
  const indices = (suffix === '' ? parts : parts.slice(1)).map((part) =>
    isMarkAlone(part) ? locate(wholeAxisNode(), part[0]) : context.grammar.all(context, part, script),
  );
  return { suffix, indices };
}

const isAxisMark = (token: Token): boolean => isSign(token, ':') || isSign(token, '.');
const isMarkAlone = (part: readonly Token[]): boolean => part.length === 1 && isAxisMark(part[0] as Token);

/** `:j` and `j:` as the mark and the rest. */
function splitAtMark(part: readonly Token[]): (readonly Token[])[] {
  const [first, last] = [part[0], part[part.length - 1]];
  if (part.length < 2 || first === undefined || last === undefined) return [part];
  if (isAxisMark(first)) return [[first], part.slice(1)];
  return isAxisMark(last) ? [part.slice(0, -1), [last]] : [part];
}

function letterNode(token: Token): MathNode {
  const node = token.kind === 'number' ? constantNode(token.text) : symbolNode(token.kind === 'name' ? token.name : '');
  return locate(node, { start: token.start, end: token.end });
}

/** `object` with its indices: `X[i, j]`, or `alpha[j][k]` for a family of vectors. */
export function withIndices(
  context: Context,
  object: MathNode,
  name: string,
  indices: readonly MathNode[],
  span: Span,
): MathNode {
  if (indices.length === 0) return object;
  if (!context.naming.isBold(name) || /^[A-Z]/.test(name)) return locate(elementNode(object, [...indices]), span);
  return indices.reduce((inner, index) => locate(elementNode(inner, [index]), span), object);
}

/** A superscript, read. */
export type Superscript =
  | { readonly kind: 'power'; readonly exponent: MathNode }
  | { readonly kind: 'transpose' }
  | { readonly kind: 'elementwise'; readonly exponent: MathNode }
  | { readonly kind: 'pseudo-inverse' }
  | { readonly kind: 'inverse-transpose' }
  | { readonly kind: 'index'; readonly indices: readonly MathNode[]; readonly isTransposed: boolean }
  | { readonly kind: 'order'; readonly order: number }
  | { readonly kind: 'suffix'; readonly suffix: string; readonly isTransposed?: boolean };

/** Reads a superscript; `base` says what it stands on. */
export function readSuperscript(
  context: Context,
  script: TokenOf<'script'>,
  base: ScriptBase,
): Superscript | undefined {
  const { sup } = script;
  if (sup === undefined) return undefined;
  const read = context.naming.superscript(sup, base);
  if (read === undefined) return refuse('this superscript', script);
  switch (read.kind) {
    case 'label':
      return { kind: 'suffix', suffix: `_${read.label}`, isTransposed: read.isTransposed === true };
    case 'order':
      return readOrder(read.order);
    case 'index': {
      const indices = splitAtCommas(read.inner).map((part) => context.grammar.all(context, part, script));
      return { kind: 'index', indices, isTransposed: read.isTransposed };
    }
    case 'power':
      return { kind: 'power', exponent: context.grammar.all(context, sup, script) };
    case 'elementwise':
      return { kind: 'elementwise', exponent: context.grammar.all(context, sup.slice(1), script) };
    default:
      return { kind: read.kind };
  }
}

/** Highest order that a number in brackets above a function names. */
const highestOrder = 20;

function readOrder(order: TokenOf<'number'>): Superscript {
  const count = Number(order.text);
  if (!Number.isInteger(count) || count > highestOrder) return refuse(`a derivative of order ${order.text}`, order);
  return { kind: 'order', order: count };
}

/** `node` with its superscript. */
export function withSuperscript(node: MathNode, sup: Superscript | undefined, span: Span): MathNode {
  if (sup === undefined) return node;
  if (sup.kind === 'transpose') return locate(operatorNode("'", node), span);
  if (sup.kind === 'elementwise') return locate(operatorNode('.^', node, sup.exponent), span);
  if (sup.kind === 'pseudo-inverse') return locate(callNode('pinv', [node]), span);
  if (sup.kind === 'inverse-transpose') return locate(operatorNode("'", inverseNode(node, span)), span);
  if (sup.kind === 'power') return locate(operatorNode('^', node, sup.exponent), span);
  return refuse('this superscript', span);
}

/** What the -1 of X^{-\top} says. */
function inverseNode(node: MathNode, span: Span): MathNode {
  return locate(operatorNode('^', node, operatorNode('-', constantNode('1'))), span);
}

/** `node` with a script that follows it: indices first, then the power. */
export function withScript(context: Context, node: MathNode, script: TokenOf<'script'>, start: number): MathNode {
  const span = { start, end: script.end };
  const isAlone = script.sub === undefined && script.sup === undefined;
  if (script.primes === 1 && isAlone && context.naming.isTransposedByPrime(undefined)) {
    return locate(operatorNode("'", node), span);
  }
  const base = { isFunction: false, bound: context.bound };
  if (script.primes > 0) {
    if (context.form === 'formula' && isAlone) return withPrimes(node, script.primes, span);
    return refuse('a prime on an expression', script, 'write \\frac{d}{dx}, or ^\\top');
  }
  const { suffix, indices } = readSubscript(context, script, base);
  if (suffix !== '') return refuse('a word below an expression', script);
  const indexed = indices.length === 0 ? node : locate(elementNode(node, [...indices]), span);
  const sup = readSuperscript(context, script, base);
  return withSuperscript(indexed, sup, span);
}
