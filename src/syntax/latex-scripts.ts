/** What stands below and above a name: index or part of the name, power, transpose, prime, order of a derivative. */

import type { Span } from '../problem.ts';
import { type Context, isSign, refuse } from './latex-cursor.ts';
import { isInverseTranspose, isLone } from './latex-evidence.ts';
import { indexLetters, subscriptWords } from './latex-symbols.ts';
import type { Token, TokenOf } from './latex-token.ts';
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
export function readSubscript(context: Context, script: TokenOf<'script'>, isName = true): Subscript {
  const sub = script.sub ?? [];
  const slice = readSlice(context, script, sub);
  if (slice !== undefined) return slice;
  let suffix = '';
  const indices: MathNode[] = [];
  for (const part of splitAtCommas(sub)) {
    const word = isName || part.length === 1 ? wordOf(part) : undefined;
    if (word !== undefined && !isIndexRow(context, part)) suffix += `_${word}`;
    else if (isRow(part)) indices.push(...part.map(letterNode));
    else indices.push(context.grammar.all(context, part, script));
  }
  return { suffix, indices };
}

/**
 * The subscript of a column or a row, A_{:,j}, A_{:j} and A_{\cdot j}: a mark for all indices of an axis beside another
 * index, with a comma or without. Undefined for every other subscript.
 */
function readSlice(context: Context, script: TokenOf<'script'>, sub: readonly Token[]): Subscript | undefined {
  if (!sub.some(isAxisMark)) return undefined;
  const parts = splitAtCommas(sub).flatMap(splitAtMark);
  if (parts.length < 2 || !parts.some(isMarkAlone) || parts.some((part) => !isMarkAlone(part) && part.some(isAxisMark)))
    return undefined;
  // The word of W_{\mathrm{in}, :, j} belongs to the name.
  const word = parts.length > 2 && !isMarkAlone(parts[0] as Token[]) ? wordOf(parts[0] as Token[]) : undefined;
  const indices = (word === undefined ? parts : parts.slice(1)).map((part) =>
    isMarkAlone(part) ? locate(wholeAxisNode(), part[0]) : context.grammar.all(context, part, script),
  );
  return { suffix: word === undefined ? '' : `_${word}`, indices };
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

/** The text of tokens that are a word: upright, or letters that are not all indices. */
function wordOf(part: readonly Token[]): string | undefined {
  const [first] = part;
  if (part.length === 1 && first !== undefined) {
    if (first.kind === 'function') return first.name;
    if (first.kind === 'sign' && (first.sign === 'star' || first.sign === '*')) return 'star';
    if (first.kind === 'words') return first.text.replace(/[^A-Za-z0-9]+/g, '_');
    if (first.kind === 'name' && first.upright && first.name.length > 1) return first.name;
    return undefined;
  }
  if (first?.kind !== 'name' || !isRow(part)) return undefined;
  return part.map((token) => (token.kind === 'name' ? token.name : token.kind === 'number' ? token.text : '')).join('');
}

/** Whether `part` is a row of letters and numbers that are indices one by one; `2 i` is a product. */
function isRow(part: readonly Token[]): boolean {
  const [first] = part;
  if (part.length < 2 || !part.every((token) => token.kind === 'name' || token.kind === 'number')) return false;
  return first?.kind === 'name' || (first?.kind === 'number' && first.text === '1');
}

/** Whether a row of letters such as `ij` are indices one by one, and no abbreviation such as `max`. */
function isIndexRow(context: Context, part: readonly Token[]): boolean {
  if (part.length < 2) return false;
  const spelled = part.map((token) => (token.kind === 'name' ? token.name : '')).join('');
  if (subscriptWords.has(spelled)) return false;
  if (/^(?:[ijk][a-z]|[a-z][ijk])$/.test(spelled) && part.length === 2) return true;
  return part.every((token) => {
    if (token.kind === 'number') return true;
    if (token.kind !== 'name' || token.upright) return false;
    const isSeen = context.evidence.indices.has(token.name) && /^[a-d]$/.test(token.name);
    return indexLetters.has(token.name) || isSeen || context.bound.includes(token.name);
  });
}

function letterNode(token: Token): MathNode {
  const node = token.kind === 'number' ? constantNode(token.text) : symbolNode(token.kind === 'name' ? token.name : '');
  return locate(node, { start: token.start, end: token.end });
}

/** The parts of `tokens` between commas outside of brackets. */
export function splitAtCommas(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'open') depth++;
    if (token.kind === 'close') depth--;
    if (depth === 0 && (isSign(token, ',') || isSign(token, ';'))) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
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
  if (!context.evidence.vectors.has(name) || /^[A-Z]/.test(name))
    return locate(elementNode(object, [...indices]), span);
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
  | { readonly kind: 'suffix'; readonly suffix: string };

/** Reads a superscript; `base` says what it stands on. */
export function readSuperscript(
  context: Context,
  script: TokenOf<'script'>,
  base: { readonly name?: string; readonly isFunction: boolean; readonly isBold: boolean },
): Superscript | undefined {
  const { sup } = script;
  if (sup === undefined) return undefined;
  const [first] = sup;
  if (isTranspose(context, sup, base.isBold)) return { kind: 'transpose' };
  if (isInverseTranspose(sup)) return { kind: 'inverse-transpose' };
  if (sup.length === 1 && (isSign(first, '*') || isSign(first, 'star'))) return { kind: 'suffix', suffix: '_star' };
  const word = base.name !== undefined && base.name !== 'e' ? wordAbove(sup) : undefined;
  if (word !== undefined) return { kind: 'suffix', suffix: `_${word}` };
  if (sup.length === 1 && isSign(first, '+')) return { kind: 'pseudo-inverse' };
  if (sup.length > 1 && isSign(first, 'o')) {
    return { kind: 'elementwise', exponent: context.grammar.all(context, sup.slice(1), script) };
  }
  if (sup.length === 1 && first?.kind === 'sign') return refuse('this superscript', script);
  const isTransposed = sup.length > 1 && isTranspose(context, sup.slice(-1), base.isBold);
  const inner = insideBrackets(isTransposed ? sup.slice(0, -1) : sup);
  if (inner !== undefined && base.name !== undefined) {
    const [order] = inner;
    if (base.isFunction && inner.length === 1 && order?.kind === 'number') return readOrder(order);
    if (!base.isFunction && isIndexExpression(inner, base.name)) {
      return {
        kind: 'index',
        indices: splitAtCommas(inner).map((part) => context.grammar.all(context, part, script)),
        isTransposed,
      };
    }
  }
  return { kind: 'power', exponent: context.grammar.all(context, sup, script) };
}

/** A word above, as in v^{corrected}: upright, or a row of letters that is too long for a product. */
function wordAbove(sup: readonly Token[]): string | undefined {
  const [only] = sup;
  if (sup.length === 1 && only?.kind === 'name' && only.upright && only.name.length > 1) return only.name;
  const isWord = sup.length >= 5 && sup.every((token) => token.kind === 'name' && token.name.length === 1);
  return isWord ? sup.map((token) => (token.kind === 'name' ? token.name : '')).join('') : undefined;
}

/** Highest order that a number in brackets above a function names. */
const highestOrder = 20;

function readOrder(order: TokenOf<'number'>): Superscript {
  const count = Number(order.text);
  if (!Number.isInteger(count) || count > highestOrder) return refuse(`a derivative of order ${order.text}`, order);
  return { kind: 'order', order: count };
}

function isTranspose(context: Context, sup: readonly Token[], isBold: boolean): boolean {
  const [only] = sup;
  if (sup.length !== 1 || only === undefined) return false;
  if (isSign(only, 'T')) return true;
  if (!isLone(sup, 'T') || only.kind !== 'name') return false;
  const { functions, variables } = context.evidence;
  return only.upright || isBold || !(functions.has('T') || variables.has('T'));
}

/** The tokens within one pair of brackets around all of `tokens`. */
function insideBrackets(tokens: readonly Token[]): readonly Token[] | undefined {
  const first = tokens[0];
  if (first?.kind !== 'open' || !'(['.includes(first.sign) || tokens.at(-1)?.kind !== 'close') return undefined;
  const inner = tokens.slice(1, -1);
  return inner.some((token) => token.kind === 'open' || token.kind === 'close') ? undefined : inner;
}

/** Whether the superscript (i), (l-1) or (1) counts: a sample, a layer, a step; e^{(a+b)} is a power. */
function isIndexExpression(inner: readonly Token[], name: string): boolean {
  const counts = inner.every(
    (token) =>
      token.kind === 'number' ||
      (token.kind === 'sign' && '+-,'.includes(token.sign)) ||
      (token.kind === 'name' && (indexLetters.has(token.name) || /^[A-Z]$/.test(token.name))),
  );
  const isStep = inner.some((token) => token.kind === 'name' && /^[i-n]$/.test(token.name));
  return inner.length > 0 && counts && (name !== 'e' || isStep);
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
  if (script.primes > 0) return refuse('a prime on an expression', script, 'write \\frac{d}{dx}, or ^\\top');
  const span = { start, end: script.end };
  const { suffix, indices } = readSubscript(context, script, false);
  if (suffix !== '') return refuse('a word below an expression', script);
  const indexed = indices.length === 0 ? node : locate(elementNode(node, [...indices]), span);
  const sup = readSuperscript(context, script, { isFunction: false, isBold: false });
  return withSuperscript(indexed, sup, span);
}
