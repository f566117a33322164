/** The tokens of the text syntax with their places; mathjs's parser tells what they mean, but not where they stood. */

import { fail, type Span } from '../problem.ts';
import { deepestBrackets, refuseCharacter } from './guard.ts';
import { readSign, withPlainDigits } from './text-signs.ts';

export interface Token extends Span {
  readonly kind: 'name' | 'number' | 'open' | 'close' | 'operator' | 'break';
  readonly text: string;
}

const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const name =
  /[A-Za-z_$\u00c0-\u02a8\u0370-\u03ff\u2100-\u214f][A-Za-z0-9_$\u00c0-\u02a8\u0370-\u03ff\u2100-\u214f]*(?:(?<!_\w*)[₀-₉]+)?/y;
const operator = /\.\*|\.\/|\.\^|<=|>=|==|!=|[-+*/^!<>=?:,']/y;
const blank = /[ \t\r\u00a0\u3000]+/y;
const comment = /#[^\n]*/y;

const refused: Readonly<Record<string, string>> = {
  '"': 'text in quotes is not mathematics',
  '{': 'braces are not part of the text syntax',
  '}': 'braces are not part of the text syntax',
  '%': 'the sign % is not part of the text syntax',
  '&': 'the sign & is not part of the text syntax',
  '|': 'the sign | is not part of the text syntax',
  '\\': 'a backslash begins a LaTeX command, but the text syntax was asked for',
  '.': 'a dot must stand in a number or before *, / or ^',
};

const hints: Readonly<Record<string, string>> = {
  '{': 'group with ( and ), index with [ and ]',
  '}': 'group with ( and ), index with [ and ]',
  '%': 'write a quotient by 100, or mod(a, b)',
  '|': 'write abs(x), norm(x), or det(X) of a matrix',
  '\\': 'leave out --syntax text, and LaTeX is read',
  '.': 'write an element as a[b]; nothing has properties here',
};

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']' };

/** The one text in quotes that is mathematics: the subscripts of an Einstein sum, read as a name. */
const quotedSubscripts = /(["']) *[A-Za-z]+(?: *, *[A-Za-z]+)* *-> *[A-Za-z]* *\1/y;

/** Anything in quotes where such subscripts are expected. */
const quoted = /(["'])[^"'\n]*\1?/y;

function isAfterEinsum(tokens: readonly Token[]): boolean {
  return tokens.at(-1)?.text === '(' && tokens.at(-2)?.text === 'einsum';
}

/** Splits `source`; refuses what no expression holds, unbalanced brackets and deep nesting. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const groups: Token[] = [];
  const take = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const push = (kind: Token['kind'], start: number, text: string, length = text.length): Token => {
    const token = { kind, start, end: start + length, text };
    tokens.push(token);
    return token;
  };
  let at = 0;
  while (at < source.length) {
    const skipped = take(blank, at) ?? take(comment, at);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    const character = source.charAt(at);
    const sign = readSign(source, at);
    if (sign !== undefined) {
      for (const text of sign.texts) push(kindOf(text), at, text, sign.length);
      at += sign.length;
      continue;
    }
    const subscripts = isAfterEinsum(tokens) ? take(quotedSubscripts, at) : undefined;
    if (subscripts !== undefined) {
      const spelled = subscripts.replaceAll(' ', '').replace(/[^A-Za-z]/g, '_');
      push('name', at, spelled, subscripts.length);
      at += subscripts.length;
      continue;
    }
    if (isAfterEinsum(tokens)) refuseSubscripts(at, take(quoted, at));
    const found = take(number, at) ?? take(name, at) ?? take(operator, at);
    if (found !== undefined) {
      if (/^\d/.test(found)) refuseForeignNumber(source, at, at + found.length);
      push(kindOf(found), at, withPlainDigits(found), found.length);
    } else if (character === '\n' || character === ';') {
      // A line break inside brackets is blank; a semicolon there is a mistake that the parser reports.
      if (groups.length === 0) push('break', at, character);
      else if (character === ';') push('operator', at, character);
    } else if (character === '(' || character === '[') {
      groups.push(push('open', at, character));
      if (groups.length > deepestBrackets) refuseDepth(at);
    } else if (character === ')' || character === ']') {
      const token = push('close', at, character);
      closeGroup(groups.pop(), token, source);
    } else {
      refuse(source, at, character);
    }
    at += found?.length ?? 1;
  }
  const left = groups[0];
  if (left !== undefined) refuseUnclosed(left, groups);
  return tokens;
}

function refuseSubscripts(start: number, text: string | undefined): void {
  if (text === undefined) return;
  fail({
    code: 'syntax',
    message: 'the subscripts of einsum are letters for each operand, an arrow, and letters for the result',
    span: { start, end: start + text.length },
    hint: 'for example einsum("ij,jk->ik", A, B)',
  });
}

function kindOf(text: string): Token['kind'] {
  if (text === '(') return 'open';
  if (text === ')') return 'close';
  if (/^[\d.]/.test(text) && /\d/.test(text)) return 'number';
  name.lastIndex = 0;
  return name.test(text) ? 'name' : 'operator';
}

function refuse(source: string, at: number, character: string): never {
  const message = refused[character];
  if (message === undefined) return refuseCharacter(source, at, `the character ${character}`);
  const hint = hints[character] ?? 'leave it out';
  return fail({ code: 'syntax', message, span: { start: at, end: at + 1 }, hint });
}

/** `0x1f` and `1_000`, which would pass for products of a number with a name. */
function refuseForeignNumber(source: string, start: number, end: number): void {
  const after = source.charAt(end);
  const isPrefix = source.slice(start, end) === '0' && /[xXbBoO]/.test(after);
  if (after !== '_' && !isPrefix) return;
  const length = /^[A-Za-z0-9_]*/.exec(source.slice(end))?.[0].length ?? 0;
  fail({
    code: 'syntax',
    message: isPrefix
      ? `numbers are decimal here, and 0${after} begins no product`
      : 'digits are not grouped by _ here',
    span: { start, end: end + length },
    hint: isPrefix
      ? `write 0 * ${after}, or a decimal number`
      : 'write 1000, or a sign of multiplication before the name',
  });
}

function refuseDepth(at: number): never {
  return fail({
    code: 'nesting-too-deep',
    message: `brackets are nested deeper than ${deepestBrackets} levels`,
    span: { start: at, end: at + 1 },
    hint: 'name inner parts: y = ..., then use y',
  });
}

function closeGroup(opening: Token | undefined, token: Token, _source: string): void {
  const what = token.text === ')' ? 'parenthesis' : 'bracket';
  if (opening === undefined) {
    fail({
      code: 'unopened-group',
      message: `this ${what} was never opened`,
      span: token,
      hint: `remove it, or add the opening one before it`,
    });
  }
  if (closing[opening.text] !== token.text) {
    fail({
      code: 'unclosed-group',
      message: `this ${opening.text === '(' ? 'parenthesis' : 'bracket'} is closed by the wrong sign, ${token.text}`,
      span: opening,
      hint: `close it with ${closing[opening.text]}`,
    });
  }
}

function refuseUnclosed(outermost: Token, groups: readonly Token[]): never {
  const missing = groups
    .map((group) => closing[group.text])
    .reverse()
    .join('');
  return fail({
    code: 'unclosed-group',
    message: `this ${outermost.text === '(' ? 'parenthesis' : 'bracket'} is never closed`,
    span: { start: outermost.start, end: outermost.end },
    hint:
      missing.length === 1
        ? `one "${missing}" is missing at the end`
        : `${missing.length} closing signs are missing at the end${missing.length <= 8 ? `: ${missing}` : ''}`,
  });
}
