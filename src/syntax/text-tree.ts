/** mathjs's tree of a slice as ours: every node with its span, long sums as one node, names in their canonical form. */

import { fail, type Span } from '../problem.ts';
import { canonicalName, isReservedName } from './names.ts';
import {
  barsNode,
  callNode,
  conditionalNode,
  constantNode,
  crossed,
  dotted,
  elementNode,
  implicitProductNode,
  locate,
  type MathNode,
  type Operator,
  operatorNode,
  parenthesisNode,
  spanAcross,
  stopNode,
  symbolNode,
  view,
  wholeAxisNode,
  wideNode,
} from './node.ts';
import type { Piece } from './text-slices.ts';
import type { Token } from './text-token.ts';

/** `D(f, 1, 2)` with its signs masked as letters. */
const maskedDerivative = /^Dʪ([^ʩ-ʬ]+)((?:ʫ\d+)+)ʬ$/;

/** Above this many terms in a row a sum or product becomes one node with many arguments, so that no tree is deep. */
const longestSpine = 100;

/** Where in the tokens the conversion has come to. */
interface Cursor {
  readonly tokens: readonly Piece[];
  at: number;
}

/** Copies mathjs's tree into ours, following the tokens along to give every node its span. */
export function convert(cursor: Cursor, node: MathNode): MathNode {
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
      return view(seen.callee).kind === 'element'
        ? convertMemberCall(cursor, seen.callee, seen.args)
        : convertCall(cursor, seen.args);
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
    case 'whole':
      return refuse('a range', cursor.tokens[Math.min(cursor.at, cursor.tokens.length - 1)] as Token);
    case 'other':
      if ((node.type as string) === 'ArrayNode' && itemsOf(node).length > 1) return convertBlocks(cursor, node);
      if (/Infinity|NaN/.test(seen.what)) return refuseSize(cursor.tokens[cursor.at] ?? (cursor.tokens[0] as Token));
      return refuse(seen.what, cursor.tokens[Math.min(cursor.at, cursor.tokens.length - 1)] as Token);
  }
}

function itemsOf(node: MathNode): readonly MathNode[] {
  return (node as unknown as { items: MathNode[] }).items;
}

const isArray = (node: MathNode): boolean => (node.type as string) === 'ArrayNode';

/** `[A, B; C, D]` and `[[A, B], [C, D]]`: blocks beside one another in rows below one another. */
function convertBlocks(cursor: Cursor, node: MathNode): MathNode {
  const opening = seek(cursor, isSign('['));
  const items = itemsOf(node);
  const rows = items.every(isArray)
    ? items.map((row) => convertRow(cursor, itemsOf(row)))
    : [
        joined(
          'hcat',
          items.map((item) => convert(cursor, item)),
        ),
      ];
  const closing = seek(cursor, isSign(']'));
  return locate(joined('vcat', rows), across(opening, closing));
}

function convertRow(cursor: Cursor, items: readonly MathNode[]): MathNode {
  // A bracket behind a name, as in [A[:, j]; b], is one of an index.
  const next = /^[,;]$/.test(cursor.tokens[cursor.at]?.text ?? '') ? cursor.at + 1 : cursor.at;
  const isBracketed = cursor.tokens[next]?.text === '[' && !items.some(isArray);
  if (isBracketed) seek(cursor, isSign('['));
  const row = joined(
    'hcat',
    items.map((item) => convert(cursor, item)),
  );
  if (isBracketed) seek(cursor, isSign(']'));
  return row;
}

function joined(name: 'hcat' | 'vcat', blocks: MathNode[]): MathNode {
  const [only] = blocks;
  return blocks.length === 1 && only !== undefined ? only : locate(callNode(name, blocks), spanAcross(blocks));
}

/** In other languages `x[end]` is the last element; nothing has a last element here. */
function convertIndex(cursor: Cursor, node: MathNode): MathNode {
  if (view(node).kind === 'whole') return locate(wholeAxisNode(), seek(cursor, isSign(':')));
  const from = cursor.at;
  if ((node.type as string) === 'RangeNode') refuseRange(cursor.tokens.slice(from));
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

/** `A[1:k, :]`: only a whole axis is left open. */
function refuseRange(tokens: readonly Token[]): never {
  const colon = tokens.find((token) => token.text === ':') ?? (tokens[0] as Token);
  return fail({
    code: 'unsupported-notation',
    message: 'a range of indices is not covered',
    span: { start: colon.start, end: colon.end },
    hint: 'A[:, j] is a whole column, A[i, :] a whole row, part(v, offset, length) a part of a vector',
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

/** `f[k](x)`. */
function convertMemberCall(cursor: Cursor, callee: MathNode, args: readonly MathNode[]): MathNode {
  const member = convert(cursor, callee);
  const opening = seek(cursor, isSign('('));
  const converted = args.map((part) => convert(cursor, part));
  const start = spanAcross([member])?.start ?? opening.start;
  return locate(callNode(member, converted), { start, end: seek(cursor, isSign(')')).end });
}

function convertCall(cursor: Cursor, args: readonly MathNode[]): MathNode {
  const token = seek(cursor, (candidate) => candidate.kind === 'name');
  seek(cursor, isSign('('));
  const converted = args.map((part) => convert(cursor, part));
  const span = across(token, seek(cursor, isSign(')')));
  // Bars mean what they do in LaTeX: the determinant of a square matrix, the length of a vector.
  if (token.set === 'fence' && token.text === 'abs') return locate(barsNode(converted[0] as MathNode), span);
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
    const set = implicit ? undefined : cursor.tokens[cursor.at]?.set;
    const converted = convert(cursor, right);
    const span = { start, end: spanAcross([converted])?.end ?? start };
    if (rest.length > longestSpine) {
      wide.push(sign === '-' ? locate(operatorNode('-', converted), span) : converted);
    } else {
      result = locate(binaryNode(sign as Operator, result, converted, implicit ? 'blank' : set), span);
    }
  }
  if (rest.length <= longestSpine) return result;
  return locate(wideNode(rest[0]?.operator === '*' ? '*' : '+', wide), spanAcross(wide));
}

/** A sum, product or relation by how it is written; of numbers a full stop is a dot of multiplication. */
function binaryNode(sign: Operator, left: MathNode, right: MathNode, set: Token['set'] | 'blank'): MathNode {
  if (set === 'blank') return implicitProductNode(left, right);
  const isOfNumbers = [left, right].some((side) => view(side).kind === 'constant');
  if (set === 'stop' && !isOfNumbers) return stopNode(left, right);
  const built = operatorNode(sign, left, right);
  return set === 'cross' ? crossed(built) : set === 'dot' || set === 'stop' ? dotted(built) : built;
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
