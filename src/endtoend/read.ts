/**
 * Reads back what is printed as text. It reads the part of the syntax in which answers are printed, in one pass, as
 * reading takes longer than all else here; what it does not know it leaves to the reader of all text. A test reads every text
 * of the tables by both.
 */

import {
  callNode,
  conditionalNode,
  constantNode,
  elementNode,
  type MathNode,
  type Operator,
  operatorNode,
  parenthesisNode,
  symbolNode,
  wholeAxisNode,
} from '../syntax/node.ts';
import { readText } from '../syntax/text.ts';

/** The one expression that a text is; undefined where it is none. Throws `MathError` on what no reader can read. */
export function readExpression(text: string): MathNode | undefined {
  const read = readPrinted(text);
  if (read !== undefined) return read;
  const [statement, ...others] = readText(text);
  const [side, ...sides] = statement?.sides ?? [];
  return others.length === 0 && sides.length === 0 ? side?.node : undefined;
}

/** The same by the short way alone; undefined where it does not reach. */
export function readPrinted(text: string): MathNode | undefined {
  const tokens = text.match(pattern);
  // A character that is in no token is nothing that we print.
  if (tokens === null || tokens.join('').length !== text.replaceAll(' ', '').length) return undefined;
  const state: State = { tokens, at: 0, depth: 0 };
  const node = readChoice(state);
  return node !== undefined && state.at === tokens.length ? node : undefined;
}

const pattern = /\d+(?:\.\d+)?(?:e[+-]?\d+)?|[A-Za-z]\w*|\.[*/^]|[<>=!]=|[-+*/^'()[\],?:<>!]/g;

interface State {
  readonly tokens: readonly string[];
  at: number;
  depth: number;
}

/** Deeper ones are left to the reader that cuts them up. */
const deepest = 60;

type Read = (state: State) => MathNode | undefined;

const peek = ({ tokens, at }: State): string => tokens[at] ?? '';

function take(state: State, token: string): boolean {
  if (peek(state) !== token) return false;
  state.at++;
  return true;
}

function readChoice(state: State): MathNode | undefined {
  if (++state.depth > deepest) return undefined;
  const condition = readComparison(state);
  let node = condition;
  if (condition !== undefined && take(state, '?')) {
    const then = readChoice(state);
    const otherwise = then !== undefined && take(state, ':') ? readChoice(state) : undefined;
    node = then === undefined || otherwise === undefined ? undefined : conditionalNode(condition, then, otherwise);
  }
  state.depth--;
  return node;
}

/** Operators of one rank, from left to right. */
function leftToRight(operators: ReadonlySet<string>, part: Read): Read {
  return (state) => {
    let node = part(state);
    while (node !== undefined && operators.has(peek(state))) {
      const operator = state.tokens[state.at++] as Operator;
      const right = part(state);
      node = right === undefined ? undefined : operatorNode(operator, node, right);
    }
    return node;
  };
}

/** One comparison: chains of them are no expressions. */
function readComparison(state: State): MathNode | undefined {
  const left = readSum(state);
  if (left === undefined || !relations.has(peek(state))) return left;
  const operator = state.tokens[state.at++] as Operator;
  const right = readSum(state);
  return right === undefined ? undefined : operatorNode(operator, left, right);
}

const relations: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);
const readProduct = leftToRight(new Set(['*', '/', '.*', './']), readSigned);
const readSum = leftToRight(new Set(['+', '-']), readProduct);

function readSigned(state: State): MathNode | undefined {
  if (!take(state, '-')) return readPower(state);
  const inner = readSigned(state);
  return inner === undefined ? undefined : operatorNode('-', inner);
}

function readPower(state: State): MathNode | undefined {
  const base = readMarked(state);
  const operator = peek(state);
  if (base === undefined || (operator !== '^' && operator !== '.^')) return base;
  state.at++;
  const exponent = readSigned(state);
  return exponent === undefined ? undefined : operatorNode(operator, base, exponent);
}

/** With transposes and factorials behind it. */
function readMarked(state: State): MathNode | undefined {
  let node = readPlace(state);
  while (node !== undefined && (peek(state) === "'" || peek(state) === '!')) {
    node = operatorNode(state.tokens[state.at++] as Operator, node);
    // X'[i] and f'(x) behind anything but a name are left alone.
    if (peek(state) === '[' || peek(state) === '(') return undefined;
  }
  return node;
}

/** With indices and arguments behind it. */
function readPlace(state: State): MathNode | undefined {
  let node = readAtom(state);
  while (node !== undefined && (peek(state) === '[' || peek(state) === '(')) {
    const isIndex = take(state, '[');
    if (!isIndex) state.at++;
    const parts = readList(state, isIndex ? ']' : ')');
    if (parts === undefined || parts.length === 0) return undefined;
    node = isIndex ? elementNode(node, parts) : callNode(node, parts);
  }
  return node;
}

function readList(state: State, close: string): MathNode[] | undefined {
  const parts: MathNode[] = [];
  do {
    const isWhole = close === ']' && take(state, ':');
    const part = isWhole ? wholeAxisNode() : readChoice(state);
    if (part === undefined) return undefined;
    parts.push(part);
  } while (take(state, ','));
  return take(state, close) ? parts : undefined;
}

const numeral = /^\d/;
const letter = /^[A-Za-z]/;

function readAtom(state: State): MathNode | undefined {
  const token = peek(state);
  state.at++;
  if (numeral.test(token)) return peek(state) === '(' || peek(state) === '[' ? undefined : constantNode(token);
  if (letter.test(token)) return readName(token, state);
  if (token !== '(') return undefined;
  const content = readChoice(state);
  if (content === undefined || !take(state, ')')) return undefined;
  return peek(state) === '(' ? undefined : parenthesisNode(content);
}

/** A name, or a derivative f'' that is applied. */
function readName(name: string, state: State): MathNode | undefined {
  let primes = 0;
  while (state.tokens[state.at + primes] === "'") primes++;
  if (primes === 0 || state.tokens[state.at + primes] !== '(') return symbolNode(name);
  state.at += primes;
  return symbolNode(name + "'".repeat(primes));
}
