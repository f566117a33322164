/** The text syntax: mathjs's own, plus `f'(y)`, `D(f, 2)(a, b)`, definitions and chains of equations. */

import { fail, MathError, type Span, withSource } from '../problem.ts';
import { guardSource, longestText } from './guard.ts';
import { canonicalName, isReservedName } from './names.ts';
import {
  callNode,
  conditionalNode,
  constantNode,
  elementNode,
  implicitProductNode,
  locate,
  type MathNode,
  mathjsParse,
  type Operator,
  operatorNode,
  parenthesisNode,
  spanAcross,
  symbolNode,
  view,
  wideNode,
} from './node.ts';
import type { Side, Statement } from './statement.ts';
import { cutDeep, joinPieces, type Piece } from './text-slices.ts';
import { type Token, tokenize } from './text-tokens.ts';

/**
 * Reads text into statements, one for each line or part between semicolons, every node with its span.
 * Throws {@link MathError} with source and span.
 */
export function readText(source: string): Statement[] {
  return withSource(source, () => {
    guardSource(source, longestText);
    const plain = replaceLookAlikes(source);
    const statements = splitStatements(tokenize(plain));
    if (statements.length === 0) {
      fail({
        code: 'empty-source',
        message: 'there is no expression here',
        span: { start: 0, end: 1 },
        hint: 'write an expression such as sin(x^2)',
      });
    }
    return statements.map(readStatement);
  });
}

/** Signs that people paste from pages, each of one code unit, and what they stand for. */
const lookAlikes: Readonly<Record<string, string>> = {
  '−': '-',
  '·': '*',
  '⋅': '*',
  '×': '*',
  '∗': '*',
  '÷': '/',
  '≤': '<',
  '≥': '>',
  '’': "'",
  '′': "'",
  '（': '(',
  '）': ')',
  '［': '[',
  '］': ']',
  '＝': '=',
  '＋': '+',
  '－': '-',
  '，': ',',
  '、': ',',
};

function replaceLookAlikes(source: string): string {
  return source.replace(/[−·⋅×∗÷≤≥’′（）［］＝＋－，、]/g, (sign) => lookAlikes[sign] as string);
}

/** Operators after which a line goes on. */
const continuing = new Set(['+', '-', '*', '/', '^', '=', ',', '.*', './', '.^', '?', ':', '<', '>', '<=', '>=']);

function splitStatements(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    const current = statements[statements.length - 1] as Token[];
    if (token.kind !== 'break') current.push(token);
    else if (token.text === ';' || !continuing.has(current[current.length - 1]?.text ?? '')) statements.push([]);
  }
  return statements.filter((statement) => statement.length > 0);
}

function readStatement(tokens: readonly Token[]): Statement {
  const groups: Token[][] = [[]];
  const signs: Token[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'open') depth++;
    if (token.kind === 'close') depth--;
    if (token.text === '=' && depth === 0) {
      signs.push(token);
      groups.push([]);
    } else {
      (groups[groups.length - 1] as Token[]).push(token);
    }
  }
  groups.forEach((group, at) => {
    if (group.length > 0) return;
    const sign = signs[at === 0 ? 0 : at - 1] as Token;
    fail({
      code: 'syntax',
      message: `nothing stands ${at === 0 ? 'before' : 'after'} this equals sign`,
      span: { start: sign.start, end: sign.end },
      hint: 'a definition reads name = expression',
    });
  });
  const sides = groups.map(readSide);
  const first = tokens[0] as Token;
  const last = tokens[tokens.length - 1] as Token;
  return { sides, relations: signs.map(() => '='), span: { start: first.start, end: last.end } };
}

function readSide(tokens: readonly Token[]): Side {
  const start = (tokens[0] as Token).start;
  const end = (tokens[tokens.length - 1] as Token).end;
  const span = { start, end };
  try {
    return { node: readSlice(cutDeep(maskDerivatives(tokens), readSlice)), span };
  } catch (error) {
    if (error instanceof RangeError) return refuseDepth(span);
    throw error;
  }
}

function readSlice(pieces: readonly Piece[]): MathNode {
  return convert({ tokens: pieces, at: 0 }, parseSlice(pieces));
}

function parseSlice(pieces: readonly Piece[]): MathNode {
  const { text, placeOf } = joinPieces(pieces);
  try {
    return mathjsParse(text);
  } catch (error) {
    const at = (error as { char?: number }).char;
    if (error instanceof MathError || error instanceof RangeError || at === undefined) throw error;
    const place = placeOf(Math.max(0, at - 1));
    return fail({
      code: 'syntax',
      message:
        syntaxMessages.find(([pattern]) => pattern.test((error as Error).message))?.[1] ?? 'this can not be read',
      span: { start: place, end: place + 1 },
      hint: 'products need a sign or a space, functions their parentheses: 2 x, sin(x)',
    });
  }
}

const syntaxMessages: readonly (readonly [RegExp, string])[] = [
  [/Unexpected end/, 'the expression ends too early'],
  [/Value expected/, 'a value is expected here'],
  [/Unexpected operator/, 'an operator stands where none can be'],
  [/Parenthesis \) expected/, 'a closing parenthesis is expected here'],
  [/False part/, 'the part after ":" is missing'],
];

function refuseDepth(span: Span): never {
  return fail({
    code: 'nesting-too-deep',
    message: `signs are nested deeper than the stack allows`,
    span,
    hint: 'name inner parts: y = ..., then use y',
  });
}

/**
 * Letters that mathjs takes for part of a name and that `tokenize` refuses in a source. They stand for the signs of
 * `f'(y)` and `D(f, 2)(a, b)`, so that mathjs reads the derivative of a function as one name.
 */
const mask: Readonly<Record<string, string>> = { "'": 'ʩ', '(': 'ʪ', ',': 'ʫ', ')': 'ʬ' };
const maskedDerivative = /^Dʪ([^ʩ-ʬ]+)((?:ʫ\d+)+)ʬ$/;

function maskDerivatives(tokens: readonly Token[]): Token[] {
  const kept: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const length = token.kind === 'name' ? derivativeLength(tokens, at) : 0;
    const last = tokens[at + length - 1];
    if (length > 0 && last !== undefined) {
      const text = tokens
        .slice(at, at + length)
        .map((part) => (Object.hasOwn(mask, part.text) ? mask[part.text] : part.text));
      kept.push({ kind: 'name', start: token.start, end: last.end, text: text.join('') });
      at += length - 1;
    } else {
      kept.push(token);
    }
  }
  return kept;
}

/** How many tokens from `at` name a differentiated function: 2 for `f'(`, 6 for `D(f, 2)(`, 8 for `D(f, 1, 2)(`; else 0. */
function derivativeLength(tokens: readonly Token[], at: number): number {
  const text = (offset: number) => tokens[at + offset]?.text;
  let primes = 0;
  while (text(1 + primes) === "'") primes++;
  if (primes > 0 && text(1 + primes) === '(') return 1 + primes;
  if (text(0) !== 'D' || text(1) !== '(' || tokens[at + 2]?.kind !== 'name' || text(3) !== ',') return 0;
  let length = 3;
  while (text(length) === ',' && /^[1-9]\d?$/.test(text(length + 1) ?? '')) length += 2;
  return length > 3 && text(length) === ')' && text(length + 1) === '(' ? length + 1 : 0;
}

/** Above this many terms in a row a sum or product becomes one node with many arguments, so that no tree is deep. */
const longestSpine = 100;

/** Where in the tokens the conversion has come to. */
interface Cursor {
  readonly tokens: readonly Piece[];
  at: number;
}

/** Copies mathjs's tree into ours, following the tokens along to give every node its span. */
function convert(cursor: Cursor, node: MathNode): MathNode {
  const seen = view(node);
  switch (seen.kind) {
    case 'constant': {
      const token = seek(cursor, (candidate) => candidate.kind === 'number' || candidate.kind === 'name');
      if (token.kind !== 'number' || Number(token.text) !== Number(seen.text)) return refuse('this number', token);
      return locate(constantNode(token.text), token);
    }
    case 'symbol': {
      const token = seek(cursor, (candidate) => candidate.kind === 'name');
      return token.node ?? named(token, seen.name);
    }
    case 'parenthesis': {
      const opening = seek(cursor, isSign('('));
      const content = convert(cursor, seen.content);
      return locate(parenthesisNode(content), across(opening, seek(cursor, isSign(')'))));
    }
    case 'call':
      return convertCall(cursor, seen.args);
    case 'element': {
      const object = convert(cursor, seen.object);
      seek(cursor, isSign('['));
      const indices = seen.indices.map((part) => convertIndex(cursor, part));
      const closing = seek(cursor, isSign(']'));
      if (indices.length === 0) refuseNoIndex(closing);
      const start = spanAcross([object])?.start ?? closing.start;
      return locate(elementNode(object, indices), { start, end: closing.end });
    }
    case 'conditional': {
      const parts = [seen.condition, seen.then, seen.else].map((part) => convert(cursor, part));
      const [condition, then, otherwise] = parts as [MathNode, MathNode, MathNode];
      return locate(conditionalNode(condition, then, otherwise), spanAcross(parts));
    }
    case 'operator':
      return convertOperator(cursor, node, seen.operator, seen.args);
    case 'other':
      if (/Infinity|NaN/.test(seen.what)) return refuseSize(cursor.tokens[cursor.at] ?? (cursor.tokens[0] as Token));
      return refuse(seen.what, cursor.tokens[Math.min(cursor.at, cursor.tokens.length - 1)] as Token);
  }
}

/** In other languages `x[end]` is the last element; nothing has a last element here. */
function convertIndex(cursor: Cursor, node: MathNode): MathNode {
  const from = cursor.at;
  const index = convert(cursor, node);
  const end = cursor.tokens.slice(from, cursor.at).find((token) => token.text === 'end');
  if (end === undefined) return index;
  return fail({
    code: 'reserved-name',
    message: '"end" is no index',
    span: { start: end.start, end: end.end },
    hint: 'name the index: x[n]',
  });
}

function refuseNoIndex(closing: Token): never {
  return fail({
    code: 'syntax',
    message: 'an index is missing between these brackets',
    span: { start: closing.start, end: closing.end },
    hint: 'write x[i]',
  });
}

function named(token: Token, name: string): MathNode {
  if (isReservedName(name)) refuseName(token, name);
  if (/^\$.*\$$/.test(name)) refuseDollar(token);
  return locate(symbolNode(canonicalName(name)), token);
}

function convertCall(cursor: Cursor, args: readonly MathNode[]): MathNode {
  const token = seek(cursor, (candidate) => candidate.kind === 'name');
  seek(cursor, isSign('('));
  const converted = args.map((part) => convert(cursor, part));
  const span = across(token, seek(cursor, isSign(')')));
  const partial = maskedDerivative.exec(token.text);
  if (partial !== null) {
    const [, name = '', orders = ''] = partial;
    if (isReservedName(name)) refuseName(token, name);
    const callee = callNode('D', [symbolNode(canonicalName(name)), ...(orders.match(/\d+/g) ?? []).map(constantNode)]);
    return locate(callNode(locate(callee, token), converted), span);
  }
  const primes = token.text.split('ʩ').length - 1;
  const name = token.text.slice(0, token.text.length - primes);
  if (isReservedName(name)) refuseName(token, name);
  return locate(callNode(canonicalName(name) + "'".repeat(primes), converted), span);
}

function convertOperator(cursor: Cursor, node: MathNode, operator: string, args: readonly MathNode[]): MathNode {
  if (args.length === 1) return convertUnary(cursor, operator, args[0] as MathNode);
  if (operator === 'mod') return convertModulo(cursor, args);
  if (!(binaryOperators as readonly string[]).includes(operator)) {
    return refuse(`the operator ${operator}`, cursor.tokens[cursor.at] as Token);
  }
  const { first, rest } = leftSpine(node);
  let result = convert(cursor, first);
  const start = spanAcross([result])?.start ?? 0;
  const wide: MathNode[] = [result];
  for (const { operator: sign, implicit, right } of rest) {
    const converted = convert(cursor, right);
    const span = { start, end: spanAcross([converted])?.end ?? start };
    if (rest.length > longestSpine) {
      wide.push(sign === '-' ? locate(operatorNode('-', converted), span) : converted);
    } else {
      const built = implicit
        ? implicitProductNode(result, converted)
        : operatorNode(sign as Operator, result, converted);
      result = locate(built, span);
    }
  }
  if (rest.length <= longestSpine) return result;
  return locate(wideNode(rest[0]?.operator === '*' ? '*' : '+', wide), spanAcross(wide));
}

/** `a mod b`, which is `mod(a, b)`. */
function convertModulo(cursor: Cursor, args: readonly MathNode[]): MathNode {
  const left = convert(cursor, args[0] as MathNode);
  seek(cursor, isSign('mod'));
  const right = convert(cursor, args[1] as MathNode);
  return locate(callNode('mod', [left, right]), spanAcross([left, right]));
}

function convertUnary(cursor: Cursor, operator: string, argument: MathNode): MathNode {
  if (operator === "'" || operator === '!') {
    const converted = convert(cursor, argument);
    const token = seek(cursor, isSign(operator));
    const start = spanAcross([converted])?.start ?? token.start;
    return locate(operatorNode(operator, converted), { start, end: token.end });
  }
  if (operator !== '-' && operator !== '+') {
    return refuse(`the operator ${operator}`, cursor.tokens[cursor.at] as Token);
  }
  const token = seek(cursor, isSign(operator));
  const converted = convert(cursor, argument);
  if (operator === '+') return converted;
  return locate(operatorNode('-', converted), { start: token.start, end: spanAcross([converted])?.end ?? token.end });
}

function seek(cursor: Cursor, isWanted: (token: Token) => boolean): Piece {
  while (cursor.at < cursor.tokens.length) {
    const token = cursor.tokens[cursor.at++] as Piece;
    if (isWanted(token)) return token;
  }
  throw new Error('the tree and the tokens do not match');
}

function refuse(what: string, token: Token): never {
  return fail({
    code: 'unsupported-notation',
    message: `${what} can't stand in an expression`,
    span: { start: token.start, end: token.end },
    hint: 'see "Text syntax" in the README for what can',
  });
}

const binaryOperators = ['+', '-', '*', '/', '^', '.*', './', '.^', '<', '>', '<=', '>=', '==', '!='] as const;

interface SpinePart {
  readonly operator: string;
  readonly implicit: boolean;
  readonly right: MathNode;
}

/** a + b - c + d, which mathjs nests to the left, as its first term and the rest, without recursion. */
function leftSpine(node: MathNode): { first: MathNode; rest: SpinePart[] } {
  const rest: SpinePart[] = [];
  let first = node;
  for (;;) {
    const seen = view(first);
    if (seen.kind !== 'operator' || seen.args.length !== 2 || !'+-*'.includes(seen.operator)) break;
    const family = rest[0] === undefined ? seen.operator : rest[0].operator;
    if ((family === '*') !== (seen.operator === '*')) break;
    rest.push({ operator: seen.operator, implicit: seen.implicit, right: seen.args[1] as MathNode });
    first = seen.args[0] as MathNode;
  }
  if (rest.length === 0) {
    const seen = view(node);
    if (seen.kind !== 'operator') return { first: node, rest };
    return { first: seen.args[0] as MathNode, rest: [{ ...seen, right: seen.args[1] as MathNode }] };
  }
  return { first, rest: rest.reverse() };
}

function isSign(sign: string): (token: Token) => boolean {
  return (token) => token.text === sign;
}

function across(first: Span, last: Span): Span {
  return { start: first.start, end: last.end };
}

function refuseName(token: Span, name: string): never {
  return fail({
    code: 'reserved-name',
    message: `"${name}" names a part of the program, not a quantity`,
    span: { start: token.start, end: token.end },
    hint: 'choose another name',
  });
}

function refuseSize(token: Span): never {
  return fail({
    code: 'too-large',
    message: 'this number is too large',
    span: { start: token.start, end: token.end },
    hint: 'give it a name, and differentiate with the name',
  });
}

function refuseDollar(token: Span): never {
  return fail({
    code: 'syntax',
    message: 'dollar signs stand around mathematics in a document, not in it',
    span: { start: token.start, end: token.end },
    hint: 'leave them out',
  });
}
