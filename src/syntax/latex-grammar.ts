/**
 * The grammar of formulas: sums of products of factors, over the tokens of one side of a statement. Long sums and
 * products are read in loops; only nesting recurses, and `deeper` bounds it.
 */

import type { Span } from '../problem.ts';
import { readBig } from './latex-binder.ts';
import { readCases } from './latex-cases.ts';
import {
  type Context,
  type Cursor,
  cursorOver,
  deeper,
  failSyntax,
  failUnexpected,
  type Grammar,
  isSign,
  lastEnd,
  peek,
  refuse,
} from './latex-cursor.ts';
import { readDirectional, readFraction, readNabla, readPartial, readSlashed } from './latex-derivative.ts';
import { bracketTaken, endsAtBar, readTaken, takenAtBar } from './latex-evaluation.ts';
import { type Factor, foldProduct, foldSum, type Joint, type Summand } from './latex-fold.ts';
import { readFunction } from './latex-function.ts';
import { readBars, readGroup } from './latex-group.ts';
import { readUnbounded } from './latex-integral.ts';
import { readName } from './latex-name.ts';
import { readAppliedPrime } from './latex-prime.ts';
import { withScript } from './latex-scripts.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { callNode, constantNode, locate, type MathNode, operatorNode, spanOf, view } from './node.ts';

/** The grammar's levels, for the parts of it in files below. */
export const grammar: Grammar = { sum, product, juxtaposed, bare, factor, all, starts };

function all(context: Context, tokens: readonly Token[], span: Span): MathNode {
  const content = tokens.filter((token) => token.kind !== 'gap' && token.kind !== 'break');
  const first = content[0];
  const last = content.at(-1);
  const place = first === undefined || last === undefined ? span : { start: first.start, end: last.end };
  const cursor = cursorOver(context, content, place);
  const node = sum(cursor);
  if (peek(cursor) !== undefined) failUnexpected(cursor);
  return node;
}

function sum(cursor: Cursor): MathNode {
  const summands: Summand[] = [{ isNegative: false, node: product(cursor) }];
  for (let token = peek(cursor); ; token = peek(cursor)) {
    if (endsAtBar(cursor))
      summands.splice(0, summands.length, { isNegative: false, node: takenAtBar(cursor, foldSum(summands)) });
    else if (isSign(token, '+') || isSign(token, '-')) {
      cursor.at++;
      summands.push({ isNegative: isSign(token, '-'), node: product(cursor) });
    } else return foldSum(summands);
  }
}

/** Elementwise products bind weaker than juxtaposition: a \odot B c is a .* (B c). */
const elementwise: Readonly<Record<string, Joint>> = { '.*': '.*', './': './', o: '.*' };

function product(cursor: Cursor): MathNode {
  const runs: Factor[] = [{ joint: '*', node: run(cursor) }];
  for (let token = peek(cursor); token?.kind === 'sign'; token = peek(cursor)) {
    const joint = elementwise[token.sign];
    if (joint === undefined) break;
    cursor.at++;
    const node = run(cursor);
    const before = runs.at(-1)?.node;
    // (F \circ G)(x) is applied.
    const isApplied = peek(cursor)?.kind === 'close' && peek(cursor, 1)?.kind === 'open';
    const isOfMatrices = !isApplied && isMatrix(cursor, before) && isMatrix(cursor, node);
    const isComposition = token.sign === 'o' && !(isOfMatrices || isVector(cursor, before) || isVector(cursor, node));
    if (isComposition)
      return refuse('a composition of functions', token, 'write f(g(x)), or \\odot for an elementwise product');
    runs.push({ joint, node });
  }
  return foldProduct(runs);
}

const joints: Readonly<Record<string, Joint>> = { '*': '*', '.': 'dot', x: 'times', '/': '/' };

/** Signs between factors that are functions of both. */
const calls: Readonly<Record<string, string>> = { mod: 'mod', kron: 'otimes' };

/** Factors joined by \cdot, \times, / or nothing, from left to right. */
function run(cursor: Cursor): MathNode {
  const factors: Factor[] = [{ joint: '*', node: factor(cursor) }];
  for (;;) {
    const token = peek(cursor);
    const joint = token?.kind === 'sign' ? joints[token.sign] : undefined;
    const call = token?.kind === 'sign' ? calls[token.sign] : undefined;
    if (call !== undefined) {
      cursor.at++;
      const left = foldProduct(factors.splice(0));
      factors.push({ joint: '*', node: callAcross(call, left, factor(cursor)) });
      continue;
    }
    if (joint !== undefined) {
      cursor.at++;
      const last = factors.at(-1)?.node;
      if (joint === 'times') {
        factors.push(...crossedFactors(cursor));
        continue;
      }
      const node = joint === '/' ? denominator(cursor, last) : factor(cursor);
      if (isSign(token, '.') && last !== undefined && isVector(cursor, last) && isVector(cursor, node)) {
        const previous = factors.pop() as Factor;
        factors.push({ joint: previous.joint, node: callAcross('dot', last, node) });
      } else factors.push({ joint, node });
    } else if (starts(cursor)) factors.push({ joint: 'implicit', node: factor(cursor) });
    else return foldProduct(factors);
  }
}

/** What stands behind a \times: where a vector is among factors side by side all of them, the m v of r \times m v. */
function crossedFactors(cursor: Cursor): Factor[] {
  const factors: Factor[] = [{ joint: 'times', node: factor(cursor) }];
  while (starts(cursor)) factors.push({ joint: 'implicit', node: factor(cursor) });
  const isOfVectors = factors.some(({ node }) => isVector(cursor, node));
  return isOfVectors ? [{ joint: 'times', node: foldProduct(factors) }] : factors;
}

/** The call by `name` of what stands on both sides of a sign. */
function callAcross(name: string, left: MathNode, right: MathNode): MathNode {
  const span = { start: spanOf(left)?.start ?? 0, end: spanOf(right)?.end ?? 0 };
  return locate(callNode(name, [left, right]), span);
}

/** What a slash divides by: 1/2x is half of x, but a/2b and a/bc divide by all that touches. */
function denominator(cursor: Cursor, numerator: MathNode | undefined): MathNode {
  const first = factor(cursor);
  const isNumber = (node: MathNode | undefined) => node !== undefined && view(node).kind === 'constant';
  const reach = cursor.context.naming.dividesBy();
  if (reach === 'factor' || (reach === undefined && isNumber(numerator) && isNumber(first))) return first;
  const factors: Factor[] = [{ joint: '*', node: first }];
  for (let token = peek(cursor); token?.kind === 'name' && token.start === lastEnd(cursor); token = peek(cursor)) {
    factors.push({ joint: 'implicit', node: factor(cursor) });
  }
  return foldProduct(factors);
}

/** Whether `node` is a bold name, or one of a family of them. */
/** Whether a product ends, and so does its other factor, in a capital that is no function: A \circ X is Hadamard's product. */
function isMatrix(cursor: Cursor, node: MathNode | undefined): boolean {
  if (node === undefined) return false;
  const seen = view(node);
  if (seen.kind === 'parenthesis') return isMatrix(cursor, seen.content);
  if (seen.kind === 'operator' && (isTranspose(seen.operator) || '+-'.includes(seen.operator)))
    return seen.args.every((arg) => isMatrix(cursor, arg));
  if (seen.kind === 'operator' && '*.*'.includes(seen.operator)) return seen.args.some((arg) => isMatrix(cursor, arg));
  return seen.kind === 'symbol' && /^\p{Lu}/u.test(seen.name) && !cursor.context.naming.isFunction(seen.name);
}

const isTranspose = (operator: string): boolean => operator === "'";

function isVector(cursor: Cursor, node: MathNode | undefined): boolean {
  if (node === undefined) return false;
  const seen = view(node);
  if (seen.kind === 'symbol') return cursor.context.naming.isVector(seen.name, 0);
  if (seen.kind === 'call' && seen.name === 'd') {
    // The gradient of a scalar by a vector.
    const [subject, variable] = seen.args;
    return isVector(cursor, variable) && !isVector(cursor, subject);
  }
  if (seen.kind !== 'element' || seen.indices.length !== 1) return false;
  const object = view(seen.object);
  return object.kind === 'symbol' && cursor.context.naming.isVector(object.name, 1);
}

function juxtaposed(cursor: Cursor): MathNode {
  const factors: Factor[] = [{ joint: '*', node: factor(cursor) }];
  while (starts(cursor)) factors.push({ joint: 'implicit', node: factor(cursor) });
  return foldProduct(factors);
}

/** What ends the argument of a function that has no parentheses. */
const afterArgument = new Set(['function', 'big', 'open', 'bar', 'cases', 'partial', 'nabla']);

function bare(cursor: Cursor): MathNode {
  // Braces close an argument as brackets do.
  const isBraced = peek(cursor)?.kind === 'group';
  const factors: Factor[] = [{ joint: '*', node: factor(cursor) }];
  const isOpen = !isBraced && cursor.tokens[cursor.at - 1]?.kind !== 'close';
  const isFirst = cursor.context.naming.appliesToFactor();
  while (isOpen && starts(cursor) && !afterArgument.has(peek(cursor)?.kind ?? '')) {
    const token = peek(cursor);
    if (isFirst && view(factors.at(-1)?.node as MathNode).kind !== 'constant') break;
    if (token?.kind === 'fraction' && isDerivative(token)) break;
    factors.push({ joint: 'implicit', node: factor(cursor) });
  }
  return foldProduct(factors);
}

/** Whether a fraction is a derivative, before which the argument of a function ends: \sec^2\theta \frac{d\theta}{dt}. */
function isDerivative({ over, under }: TokenOf<'fraction'>): boolean {
  if (under[0]?.kind === 'partial') return true;
  const isMarked = ([sign, name]: readonly Token[]): boolean =>
    sign?.kind === 'name' &&
    sign.name === 'd' &&
    (name === undefined || name.kind === 'name' || name.kind === 'script');
  return isMarked(over) && isMarked(under);
}

const beginnings = new Set<Token['kind']>([
  'name',
  'number',
  'open',
  'group',
  'fraction',
  'root',
  'function',
  'big',
  'cases',
  'blocks',
  'words',
  'partial',
  'nabla',
  'refused',
]);

function starts(cursor: Cursor): boolean {
  const token = peek(cursor);
  if (token === undefined) return false;
  if (token.kind !== 'bar') return beginnings.has(token.kind);
  if (endsAtBar(cursor)) return false;
  if (token.side !== 'either') return token.side === 'open';
  return cursor.bars.at(-1)?.charAt(0) !== token.sign;
}

/** One factor with its signs, scripts and factorials. */
function factor(cursor: Cursor): MathNode {
  return deeper(cursor, () => {
    const start = peek(cursor)?.start ?? 0;
    let isNegative = false;
    for (let token = peek(cursor); isSign(token, '+') || isSign(token, '-'); token = peek(cursor)) {
      if (isSign(token, '-')) isNegative = !isNegative;
      cursor.at++;
    }
    const node = scripted(cursor);
    return isNegative ? locate(operatorNode('-', node), { start, end: spanOf(node)?.end ?? lastEnd(cursor) }) : node;
  });
}

function scripted(cursor: Cursor): MathNode {
  const start = peek(cursor)?.start ?? 0;
  const read = readers[peek(cursor)?.kind ?? 'break'];
  if (read === undefined) return failUnexpected(cursor);
  const from = cursor.at;
  let node = readAppliedPrime(cursor) ?? read(cursor);
  node = bracketTaken(cursor, from, node) ?? node;
  for (;;) {
    const token = peek(cursor);
    const isEmptyBase = token?.kind === 'group' && token.content.length === 0 && peek(cursor, 1)?.kind === 'script';
    if (isEmptyBase) cursor.at++;
    const script = peek(cursor);
    if (script?.kind === 'script') {
      cursor.at++;
      if (isCrossed(script) && view(node).kind === 'parenthesis') {
        node = locate(callNode('skew', [bareParenthesis(node)]), { start, end: lastEnd(cursor) });
        continue;
      }
      const isPart = isPositive(script) && view(node).kind === 'parenthesis';
      const base = isPart ? positivePart(node, { start, end: script.end }) : bareContent(node, script);
      const rest = isPart ? withoutBelow(script) : script;
      node = rest === undefined ? base : withScript(cursor.context, base, rest, start);
    } else if (isSign(token, '!')) {
      cursor.at++;
      node = locate(operatorNode('!', node), { start, end: lastEnd(cursor) });
    } else return node;
  }
}

/** The \times of `[\omega]_\times`, the matrix of a cross product. */
function isCrossed({ sub, sup }: TokenOf<'script'>): boolean {
  return sub?.length === 1 && isSign(sub[0], 'x') && sup === undefined;
}

/** The + of `(x - a)_+`, which is 0 where the bracket is negative. */
function isPositive({ sub }: TokenOf<'script'>): boolean {
  return sub?.length === 1 && isSign(sub[0], '+');
}

function positivePart(node: MathNode, span: Span): MathNode {
  return locate(callNode('max', [bareParenthesis(node), constantNode('0')]), span);
}

/** What stands above beside a sign below: the 3 of `(x - a)_+^3`. */
function withoutBelow(script: TokenOf<'script'>): TokenOf<'script'> | undefined {
  return script.sup === undefined && script.primes === 0 ? undefined : { ...script, sub: undefined };
}

function bareParenthesis(node: MathNode): MathNode {
  const seen = view(node);
  return seen.kind === 'parenthesis' ? seen.content : node;
}

/** `(\alpha_j)_k` is an element of alpha_j: the parentheses only carry the index. */
function bareContent(node: MathNode, script: TokenOf<'script'>): MathNode {
  const seen = view(node);
  if (seen.kind !== 'parenthesis' || script.sub === undefined) return node;
  const { kind } = view(seen.content);
  return kind === 'symbol' || kind === 'element' ? seen.content : node;
}

/** A matrix that is written out, as in text: blocks beside one another in rows below one another. */
function readBlocks(cursor: Cursor): MathNode {
  const { context } = cursor;
  const token = peek(cursor) as TokenOf<'blocks'>;
  const span = { start: token.start, end: token.end };
  cursor.at++;
  const filled = token.rows.filter((row) => row.some((cell) => cell.length > 0));
  if (filled.length === 0) return failSyntax('nothing stands in this matrix', span, 'write its entries');
  if (filled.some((row) => row.length !== filled[0]?.length)) {
    return failSyntax('the rows of this matrix have different numbers of entries', span, 'each row has as many');
  }
  const joined = (name: string, parts: MathNode[]) =>
    parts.length === 1 ? (parts[0] as MathNode) : locate(callNode(name, parts), span);
  const rows = filled.map((row) =>
    joined(
      'hcat',
      row.map((cell) => context.grammar.all(context, cell, span)),
    ),
  );
  return joined('vcat', rows);
}

/** An upright d before a name is a differential, which has no value of its own. */
function readUprightD(cursor: Cursor, token: Token): MathNode {
  if (peek(cursor, 1)?.kind !== 'name') return readName(cursor);
  return refuse('a differential', token, 'write \\frac{d}{dx} for a derivative; a quantity d is set slanted');
}

/** {}^t A, the transpose of what follows. */
function readLeadingScript(cursor: Cursor): MathNode {
  const script = peek(cursor) as TokenOf<'script'>;
  const [only, second] = script.sup ?? [];
  const isSmall = only?.kind === 'name' && /^[tT]$/.test(only.name);
  const isTranspose = second === undefined && (isSmall || isSign(only, 'T'));
  if (script.sub !== undefined || script.primes > 0 || !isTranspose) return failUnexpected(cursor);
  cursor.at++;
  const node = scripted(cursor);
  return locate(operatorNode("'", node), { start: script.start, end: lastEnd(cursor) });
}

/** How a factor of each kind is read. */
const readers: Readonly<Partial<Record<Token['kind'], (cursor: Cursor) => MathNode>>> = {
  number: (cursor) => {
    const token = peek(cursor) as TokenOf<'number'>;
    cursor.at++;
    return locate(constantNode(token.text), { start: token.start, end: token.end });
  },
  name: (cursor) => {
    const token = peek(cursor) as TokenOf<'name'>;
    if (token.name === 'D') return readDirectional(cursor) ?? readName(cursor);
    if (token.name === 'd' && token.upright) return readSlashed(cursor) ?? readUprightD(cursor, token);
    return (token.name === 'd' ? readSlashed(cursor) : undefined) ?? readName(cursor);
  },
  function: (cursor) => readFunction(cursor, (peek(cursor) as TokenOf<'function'>).name),
  open: readGroup,
  script: readLeadingScript,
  bar: readBars,
  group: (cursor) => {
    const token = peek(cursor) as TokenOf<'group'>;
    if (token.isTaken === true) return readTaken(cursor);
    if (token.content.length === 0 && peek(cursor, 1)?.kind === 'script') {
      cursor.at++;
      return readLeadingScript(cursor);
    }
    const [only, second] = token.content;
    if (isSign(only, ',') && second === undefined)
      return refuse('a comma within a number', token, 'write 1000 for 1{,}000, and 3.14 for 3{,}14');
    cursor.at++;
    return all(cursor.context, token.content, token);
  },
  fraction: readFraction,
  root: (cursor) => {
    const { context } = cursor;
    const token = peek(cursor) as TokenOf<'root'>;
    cursor.at++;
    const content = all(context, token.content, token);
    const span = { start: token.start, end: token.end };
    if (token.degree === undefined) return locate(callNode('sqrt', [content]), span);
    return locate(callNode('nthRoot', [content, all(context, token.degree, token)]), span);
  },
  big: readBig,
  cases: readCases,
  blocks: readBlocks,
  partial: readPartial,
  nabla: readNabla,
  refused: readUnbounded,
};
