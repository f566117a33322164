/** Where the reading of a list of tokens has come to, and the refusals that every part of the grammar shares. */

import { fail, type Span } from '../problem.ts';
import { deepestNesting } from './guard.ts';
import type { Token, TokenOf } from './latex-token.ts';
import type { Naming } from './naming.ts';
import type { MathNode } from './node.ts';

/** The levels of the grammar. They call each other in a circle, so each part of it finds the others here. */
export interface Grammar {
  /** Terms joined by + and -. */
  readonly sum: (cursor: Cursor) => MathNode;
  /** Factors joined by any sign of multiplication or division, or none. */
  readonly product: (cursor: Cursor) => MathNode;
  /** Factors that stand together without a sign. */
  readonly juxtaposed: (cursor: Cursor) => MathNode;
  /** The same as far as it is the argument of a function without parentheses. */
  readonly bare: (cursor: Cursor) => MathNode;
  /** One factor, with its sign. */
  readonly factor: (cursor: Cursor) => MathNode;
  /** All of `tokens` as one sum; `span` is where they stand. */
  readonly all: (context: Context, tokens: readonly Token[], span: Span) => MathNode;
  /** Whether a factor begins here. */
  readonly starts: (cursor: Cursor) => boolean;
}

/** A formula in a document, where lines are wrapped at will, or the source of a derivation, where they are statements. */
export type Form = 'formula' | 'source';

/** What holds for a whole formula while it is read. */
export interface Context {
  readonly grammar: Grammar;
  readonly naming: Naming;
  readonly form: Form;
  /** Indices of the sums and products around. */
  readonly bound: string[];
  /** Letters that count on the other sides of the statement. */
  outside: readonly string[];
  depth: number;
}

/** A list of tokens and the place in it. */
export interface Cursor {
  readonly context: Context;
  readonly tokens: readonly Token[];
  at: number;
  /** The bars that are open, innermost last; '' is a bracket. */
  readonly bars: string[];
  /** Where the list stands, for messages about its end. */
  readonly span: Span;
}

export function cursorOver(context: Context, tokens: readonly Token[], span: Span): Cursor {
  return { context, tokens, at: 0, bars: [], span };
}

export function peek(cursor: Cursor, ahead = 0): Token | undefined {
  return cursor.tokens[cursor.at + ahead];
}

/** The next token if it is a script, which is then passed. */
export function takeScript(cursor: Cursor): TokenOf<'script'> | undefined {
  const token = peek(cursor);
  if (token?.kind !== 'script') return undefined;
  cursor.at++;
  return token;
}

/** The end of the token before the cursor. */
export function lastEnd(cursor: Cursor): number {
  return cursor.tokens[cursor.at - 1]?.end ?? cursor.span.start;
}

export function isSign(token: Token | undefined, sign: string): boolean {
  return token?.kind === 'sign' && token.sign === sign;
}

/** Ends with "`what` can't be read here". */
export function refuse(what: string, span: Span, hint = 'leave it out, or write it in other signs'): never {
  return fail({
    code: 'unsupported-notation',
    message: `${what} can't be read here`,
    span: { start: span.start, end: span.end },
    hint,
    found: what,
  });
}

/** What to write instead of what has no meaning here, where there is something. */
export const waysOut: Readonly<Record<string, string>> = {
  'a condition behind a bar': 'write a function of both, p(x, y) for p(x | y)',
  infinity: 'write a letter for the bound: \\sum_{t=0}^{T}',
  'an integral': 'differentiate what stands under it, or give the integral a name: F(x)',
  'the sign \\dagger': 'of real quantities write ^\\top; complex ones are not covered',
};

/** Refuses notation that the reader knows and that means nothing here. */
export function refuseFound(what: string, span: Span): never {
  return refuse(what, span, waysOut[what]);
}

export function failSyntax(message: string, span: Span, hint: string): never {
  return fail({ code: 'syntax', message, span: { start: span.start, end: span.end }, hint });
}

/** Refuses what is nested deeper than the tree may be; `work` reads one level. */
export function deeper<T>(cursor: Cursor, work: () => T): T {
  const { context } = cursor;
  if (++context.depth > 2 * deepestNesting) {
    fail({
      code: 'nesting-too-deep',
      message: `signs are nested deeper than ${2 * deepestNesting} levels`,
      span: peek(cursor) ?? cursor.span,
      hint: 'name inner parts: y = ..., then use y',
    });
  }
  const result = work();
  context.depth--;
  return result;
}

/** Ends with the message for a token where none of its kind can stand. */
export function failUnexpected(cursor: Cursor): never {
  const token = peek(cursor);
  if (token === undefined) {
    const end = cursor.tokens.at(-1)?.end ?? cursor.span.end;
    const span = { start: Math.max(cursor.span.start, end - 1), end: Math.max(end, cursor.span.start + 1) };
    return failSyntax('the formula ends too early', span, 'write what follows here');
  }
  switch (token.kind) {
    case 'refused':
      return refuseFound(token.what, token);
    case 'words':
      return refuse(`the words "${token.text}"`, token, 'leave words out of the formula');
    case 'close':
      return fail({
        code: 'unopened-group',
        message: 'this closing sign was never opened',
        span: { start: token.start, end: token.end },
        hint: 'remove it, or add the opening one before it',
      });
    case 'relation':
      return refuse('a relation inside an expression', token, 'write a relation between whole sides only');
    case 'bar':
      return refuse('this bar', token, 'write \\lvert x \\rvert, or \\lVert x \\rVert');
    case 'script':
      return failSyntax('this index or exponent belongs to nothing', token, 'put its base before it');
    case 'break':
    case 'gap':
    case 'implies':
      return refuse('a break between formulas', token, 'end the expression before it');
    case 'sign':
      if (token.sign === ',' || token.sign === ';') return refuse('a list', token, 'write its parts one by one');
      return failSyntax('an operator stands where none can be', token, 'write what it applies to');
    default:
      return failSyntax('this can not stand here', token, 'add the sign that is missing before it');
  }
}

/** The parenthesis at `open`: where it closes, how many commas stand in it, whether names and commas are all it holds. */
export function argumentsFrom(
  tokens: readonly Token[],
  open: number,
): { end: number; commas: number; isPlain: boolean } {
  let depth = 0;
  let commas = 0;
  let isPlain = true;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind === 'open') depth++;
    else if (token.kind === 'close') depth--;
    else if (token.kind === 'sign' && (token.sign === ',' || token.sign === ';') && depth === 1) commas++;
    else if (token.kind !== 'name' && token.kind !== 'script') isPlain = false;
    if (depth === 0) return { end: at, commas, isPlain };
  }
  return { end: tokens.length, commas, isPlain: false };
}

/**
 * Where what a sum adds ends, from `start` on: before the next plus or minus outside of brackets, before the bracket closes in
 * which the sum stands, or with its side of the statement. A sum that reaches on ends at none of its signs.
 */
export function sumEnd(tokens: readonly Token[], start: number, reachesOn = false): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind === 'open') depth++;
    else if (token.kind === 'close' && --depth < 0) return at;
    else if (depth > 0) continue;
    else if (isEnd(token)) return at;
    else if (!reachesOn && at > start && (isSign(token, '+') || isSign(token, '-'))) return at;
  }
  return tokens.length;
}

function isEnd(token: Token): boolean {
  const isBreak = token.kind === 'gap' || token.kind === 'break' || token.kind === 'implies';
  return isBreak || token.kind === 'relation' || isSign(token, ',') || isSign(token, ';');
}

/** Whether `tokens` are the one name `name`. */
export function isLone(tokens: readonly Token[] | undefined, name: string): boolean {
  const [only] = tokens ?? [];
  return tokens?.length === 1 && only?.kind === 'name' && only.name === name;
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

/** The single letters that stand below names in `tokens`, each once; `isDeep` looks into exponents, too. */
export function lettersBelow(tokens: readonly Token[], isDeep = false): string[] {
  const found = new Set<string>();
  const visit = (token: Token): void => {
    if (token.kind === 'script') {
      for (const part of token.sub ?? [])
        if (part.kind === 'name' && part.name.length === 1 && !part.upright) found.add(part.name);
      if (isDeep) token.sup?.forEach(visit);
    } else if (token.kind === 'group') token.content.forEach(visit);
    else if (token.kind === 'fraction') [...token.over, ...token.under].forEach(visit);
    else if (token.kind === 'root') token.content.forEach(visit);
  };
  tokens.forEach(visit);
  return [...found];
}

/** What a sum without an index counts in `tokens`: letters below its factors, or where none are, in their exponents. */
export function countingLetters(tokens: readonly Token[]): string[] {
  const letters = lettersBelow(tokens);
  return letters.length > 0 ? letters : lettersBelow(tokens, true);
}
