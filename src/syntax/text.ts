/** The text syntax: mathjs's own, plus `f'(y)`, `D(f, 2)(a, b)`, definitions and chains of equations. */

import { fail, MathError, type Span, withSource } from '../problem.ts';
import { guardSource, longestText } from './guard.ts';
import { type MathNode, mathjsParse } from './node.ts';
import { readPlainly } from './plain-source.ts';
import type { Reader, Side, Statement } from './statement.ts';
import { cutDeep, joinPieces, type Piece } from './text-slices.ts';
import type { Token } from './text-token.ts';
import { refuse, tokenize } from './text-tokens.ts';
import { convert } from './text-tree.ts';
import { spellOut } from './typeset.ts';

/**
 * Reads text into statements, one for each line or part between semicolons, every node with its span.
 * Throws {@link MathError} with source and span.
 */
export function readText(source: string): Statement[] {
  return withSource(source, () => {
    guardSource(source, longestText);
    const statements = readPlainly(source, 'text', (plain) =>
      splitStatements(tokenize(plain)).flatMap((line) =>
        splitList(line).map((tokens, at) => {
          const statement = readStatement(plain, spelled(tokens));
          return at === 0 ? statement : { ...statement, goesOn: true as const };
        }),
      ),
    );
    if (statements.length > 0) return statements;
    return fail({
      code: 'empty-source',
      message: 'there is no expression here',
      span: { start: 0, end: 1 },
      hint: 'write an expression such as sin(x^2)',
    });
  });
}

/** The same as a source that is read once its names are known; a text has brackets and indices where they are meant. */
export const scanText: Reader = (source) => {
  const statements = readText(source);
  return { text: source, notation: 'text', tokens: [], statements: () => statements };
};

/** Operators after which a line goes on. */
const continuing = new Set(['+', '-', '*', '/', '^', '=', ',', '.*', './', '.^', '?', ':', '<', '>', '<=', '>=']);

function splitStatements(tokens: readonly Token[]): Token[][] {
  const statements: Token[][] = [[]];
  const lastBreak = tokens.findLastIndex(({ kind }, at) => kind === 'break' && at < tokens.length - 1);
  tokens.forEach((token, at) => {
    const current = statements[statements.length - 1] as Token[];
    if (token.kind !== 'break') current.push(token);
    else if (token.text === ';' || !goesOn(current, tokens[at + 1], at === lastBreak)) statements.push([]);
  });
  return statements.filter((statement) => statement.length > 0);
}

/** Whether a line goes on in the next: it ends, or the next begins, with an operator. A last line may begin with its minus. */
function goesOn(line: readonly Token[], next: Token | undefined, isLast: boolean): boolean {
  if (line.length === 0) return false;
  if (continuing.has(line[line.length - 1]?.text ?? '')) return true;
  if (next?.text !== '-') return next !== undefined && next.text !== "'" && continuing.has(next.text);
  return !(isLast && line.some(({ text }) => text === '='));
}

/** Words that join a definition to what it is for. */
const joiningWords: ReadonlySet<string> = new Set(['where', 'with', 'and']);

/** A line at its commas, and at words such as "where", behind which an equals sign stands before the next one. */
function splitList(line: readonly Token[]): Token[][] {
  const parts: Token[][] = [];
  let part: Token[] = [];
  let depth = 0;
  let hasRelation = false;
  for (let at = line.length - 1; at >= 0; at--) {
    const token = line[at] as Token;
    if (token.kind === 'open' || token.kind === 'close') depth += token.kind === 'close' ? 1 : -1;
    const isJoint = token.text === ',' || (joiningWords.has(token.text) && at > 0);
    if (depth === 0 && token.text === '=') hasRelation = true;
    if (depth === 0 && isJoint && hasRelation && part.at(-1)?.text !== '=') {
      parts.unshift(part.reverse());
      part = [];
      hasRelation = false;
      // In "..., where o = w x" the word joins already.
      if (line[at - 1]?.text === ',' && token.text !== ',') at--;
    } else part.push(token);
  }
  return part.length === 0 ? parts : [part.reverse(), ...parts];
}

function spelled(tokens: readonly Token[]): readonly Token[] {
  try {
    return spellOut(tokens);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return refuseDepth({ start: (tokens[0] as Token).start, end: (tokens.at(-1) as Token).end });
  }
}

/** Signs of print that found no place in what is set around them. */
const unread: ReadonlySet<string> = new Set([...'|‖∥⌊⌋⌈⌉⟨⟩∂⊗∘√{}𝟏∑∏']);

function readStatement(source: string, tokens: readonly Token[]): Statement {
  const left = tokens.find(({ text }) => unread.has(text));
  if (left !== undefined) refuse(source, left.start, left.text);
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
    if (/Column dimensions/.test((error as Error).message)) refuseRows(pieces);
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

/** `[A, B; C]`. */
function refuseRows(pieces: readonly Piece[]): never {
  const opening = pieces.find((piece) => piece.text === '[') ?? (pieces[0] as Piece);
  return fail({
    code: 'syntax',
    message: 'the rows between these brackets have different numbers of blocks',
    span: { start: opening.start, end: opening.end },
    hint: 'each row has as many: [A, B; C, D]',
  });
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
  while (text(1 + primes) === "'" && tokens[at + 1 + primes]?.set === undefined) primes++;
  if (primes > 0 && text(1 + primes) === '(') return 1 + primes;
  if (text(0) !== 'D' || text(1) !== '(' || tokens[at + 2]?.kind !== 'name' || text(3) !== ',') return 0;
  let length = 3;
  while (text(length) === ',' && /^[1-9]\d?$/.test(text(length + 1) ?? '')) length += 2;
  return length > 3 && text(length) === ')' && text(length + 1) === '(' ? length + 1 : 0;
}
