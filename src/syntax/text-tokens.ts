/** The tokens of the text syntax with their places; mathjs's parser tells what they mean, but not where they stood. */

import { fail } from '../problem.ts';
import { deepestBrackets, refuseCharacter } from './guard.ts';
import { letters } from './letters.ts';
import { conditionName } from './names.ts';
import { nameAt, namesIn } from './text-names.ts';
import { readScript, readSign, type Script } from './text-signs.ts';
import type { Token } from './text-token.ts';
import { endsOperand, openingOf } from './typeset-parts.ts';

const number = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const operator = /[|‖∥⌊⌋⌈⌉⟨⟩∂⊗·∘]|\.\*|\.\/|\.\^|<=|>=|==|!=|[-+*/^!<>=?:,']/y;
const blank = /[ \t\r\u00a0\u3000]+/y;
const comment = /#[^\n]*/y;

const refused: Readonly<Record<string, string>> = {
  '"': 'text in quotes is not mathematics',
  '%': 'the sign % is not part of the text syntax',
  '&': 'the sign & is not part of the text syntax',
  '|': 'this bar has no other one that closes it',
  '∑': 'this sum does not say what it counts',
  '∏': 'this product does not say what it counts',
  '∫': "an integral can't be read here",
  '\\': 'a backslash begins a LaTeX command, but the text syntax was asked for',
  '.': 'a dot must stand in a number or before *, / or ^',
};

const hints: Readonly<Record<string, string>> = {
  '%': 'write a quotient by 100, or mod(a, b)',
  '|': 'write |x|, abs(x), norm(x), or det(X) of a matrix',
  '∑': 'write ∑_i x_i, or sum(x[i], i)',
  '∏': 'write ∏_i x_i, or prod(x[i], i)',
  '∫': 'differentiate what stands under it, or give the integral a name: F(x)',
  '\\': 'leave out --syntax text, and LaTeX is read',
  '.': 'an inner product has blanks around its dot, u . v, an element is a[b]; nothing has properties here',
};

/** A full stop or a comma behind a formula, as in print. */
const endOfSentence = /^[.,][^\S\n]*(?:\n|$)/;

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** The one text in quotes that is mathematics: the subscripts of an Einstein sum, read as a name. */
const quotedSubscripts = /(["']) *[A-Za-z]+(?: *, *[A-Za-z]+)* *-> *[A-Za-z]* *\1/y;

/** Anything in quotes where such subscripts are expected. */
const quoted = /(["'])[^"'\n]*\1?/y;

function isAfterEinsum(tokens: readonly Token[]): boolean {
  return tokens.at(-1)?.text === '(' && tokens.at(-2)?.text === 'einsum';
}

/** A bracket that is open, as it stands in the source, and which of the tokens it is. */
interface Opened extends Token {
  readonly at: number;
}

/** Splits `source`, which is in plain signs; refuses what no expression holds, unbalanced brackets and deep nesting. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const groups: Opened[] = [];
  const take = (pattern: RegExp, at: number): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  };
  const push = (kind: Token['kind'], start: number, text: string, length = text.length): Token => {
    const token = { kind, start, end: start + length, text };
    tokens.push(token);
    return token;
  };
  const open = (at: number, text: string, set?: Token['set']): void => {
    const token: Token = { kind: 'open', start: at, end: at + 1, text, ...(set === undefined ? {} : { set }) };
    tokens.push(token);
    groups.push({ ...token, text: source.charAt(at), at: tokens.length - 1 });
    if (groups.length > deepestBrackets) refuseDepth(at);
  };
  const pushFound = (found: string, at: number): void => {
    let start = at;
    for (const part of namesIn(found)) {
      pushPart(part, start);
      start += part.length;
    }
  };
  const pushPart = (found: string, at: number): void => {
    const isDot = found === '·';
    const token: Token = { kind: kindOf(found), start: at, end: at + found.length, text: isDot ? '*' : spelled(found) };
    tokens.push(isDot ? { ...token, set: 'dot' } : token);
  };
  let at = 0;
  let rootEnd: number | undefined;
  while (at < source.length || at === rootEnd) {
    if (at === rootEnd) {
      push('close', at, ')', 0);
      rootEnd = undefined;
      continue;
    }
    const character = source.charAt(at);
    const skipped = take(blank, at) ?? (character === '#' ? take(comment, at) : undefined);
    if (skipped !== undefined) {
      at += skipped.length;
      continue;
    }
    if (character === '√' && isDegree(tokens)) {
      push('operator', at++, character);
      continue;
    }
    const sign = readSign(source, at);
    if (sign !== undefined) {
      for (const text of sign.texts) push(kindOf(text), at, text, sign.length);
      rootEnd = sign.closes;
      if (source.charAt(at) === '×') tokens.push({ ...(tokens.pop() as Token), set: 'cross' });
      at += sign.length;
      continue;
    }
    const einsum = character === 'e' ? take(setEinsum, at) : undefined;
    if (einsum !== undefined) {
      const [, letters = ''] = einsum.split('_{');
      push('name', at, 'einsum', 6);
      push('open', at + einsum.length - 1, '(', 1);
      groups.push({
        kind: 'open',
        text: '(',
        start: at + einsum.length - 1,
        end: at + einsum.length,
        at: tokens.length - 1,
      });
      push('name', at + 7, `_${letters.slice(0, -2).replace('→', '__').replaceAll(',', '_')}_`, einsum.length - 8);
      push('operator', at + einsum.length - 1, ',');
      at += einsum.length;
      continue;
    }
    if (source.startsWith(vectorOfOnes, at)) {
      push('name', at, vectorOfOnes);
      at += vectorOfOnes.length;
      continue;
    }
    if (character === '∑' || character === '∏') {
      push('name', at++, character);
      continue;
    }
    if (character === '⊤') {
      if (tokens.at(-1)?.text === '^') tokens.pop();
      tokens.push({ kind: 'operator', start: at, end: at + 1, text: "'", set: 'raised' });
      at++;
      continue;
    }
    const script = readScript(source, at);
    if (script !== undefined) {
      at += script.length;
      for (const token of scriptTokens(script, at - script.length, tokens, source)) tokens.push(token);
      continue;
    }
    const subscripts = isAfterEinsum(tokens) ? take(quotedSubscripts, at) : undefined;
    if (subscripts !== undefined) {
      const joined = subscripts.replaceAll(' ', '').replace(/[^A-Za-z]/g, '_');
      push('name', at, joined, subscripts.length);
      at += subscripts.length;
      continue;
    }
    if (isAfterEinsum(tokens)) refuseSubscripts(at, take(quoted, at));
    const condition = takeCondition(tokens, source, at);
    if (condition > 0) {
      at += condition;
      continue;
    }
    if (source.startsWith('_+', at) && takePositivePart(tokens, at)) {
      at += 2;
      continue;
    }
    if ((character === '.' || character === ',') && endOfSentence.test(source.slice(at, at + 100))) {
      at++;
      continue;
    }
    const found = take(number, at) ?? nameAt(source, at) ?? take(operator, at);
    if (found !== undefined) {
      if (/^\d/.test(found)) refuseForeignNumber(source, at, at + found.length);
      if (/[^_]_$/.test(found)) refuseHanging(source, at, found);
      if (/^\d/.test(found) && groups.length === 0) refuseGrouped(source, at + found.length);
      pushFound(found, at);
    } else if (character === '\n' || character === ';') {
      // A line break inside brackets is blank; a semicolon there is a mistake that the parser reports.
      if (groups.length === 0) push('break', at, character);
      else if (character === ';') push('operator', at, character);
    } else if (character === '(' || character === '[') {
      open(at, character);
    } else if (character === '{') {
      openBrace(tokens, at, open);
    } else if (character === ')' || character === ']' || character === '}') {
      const opening = groups.pop();
      closeGroup(opening, { kind: 'close', start: at, end: at + 1, text: character });
      const isBrace = character === '}';
      if (isBrace && opening !== undefined && takeLabels(tokens, opening.at, ++at)) continue;
      if (isBrace) at--;
      push('close', at, isBrace ? (closing[tokens[opening?.at ?? 0]?.text ?? ''] ?? '}') : character);
    } else if (character === '.' && isProductStop(source, at, tokens)) {
      tokens.push({ kind: 'operator', start: at, end: at + 1, text: '*', set: 'stop' });
    } else {
      if (character === '.') refuseRange(source, at);
      refuse(source, at, character);
    }
    at += found?.length ?? 1;
  }
  const left = groups[0];
  if (left !== undefined) refuseUnclosed(left, groups);
  return tokens;
}

/** A full stop with blanks around it, between two operands: the inner product w . x of running text. */
function isProductStop(source: string, at: number, tokens: readonly Token[]): boolean {
  if (!/^[^\S\n]$/.test(source.charAt(at - 1))) return false;
  return endsOperand(tokens.at(-1)) && /^[^\S\n]+[^\s)\]},;.*/^=+!-]/.test(source.slice(at + 1, at + 100));
}

/** `1..n`, as computer algebra systems write the range of a sum. */
function refuseRange(source: string, at: number): void {
  const isDouble = source.charAt(at - 1) === '.' || source.charAt(at + 1) === '.';
  if (!isDouble || source.charAt(at + 2) === '.') return;
  fail({
    code: 'syntax',
    message: "a range of numbers can't stand in an expression",
    span: { start: source.charAt(at - 1) === '.' ? at - 1 : at, end: at + 1 },
    hint: 'a sum has its bounds behind its index: sum(x[i], i, 1, n), or sum_{i=1}^n x_i',
  });
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
  return nameAt(text, 0) === undefined ? 'operator' : 'name';
}

/** Ends with what is to be said of a character that nothing begins with. */
export function refuse(source: string, at: number, character: string): never {
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

/**
 * The sign of `k_+ x` and `x_*`, which would pass for an operator behind a name that ends early; where an operand touches the sign,
 * as in `g_*q`, it is an operator.
 */
function refuseHanging(source: string, at: number, found: string): void {
  const end = at + found.length;
  const sign = source.charAt(end);
  if (sign === '' || !'+-*'.includes(sign) || /[\p{L}\d(]/u.test(source.charAt(end + 1))) return;
  const word = { '+': 'plus', '-': 'minus', '*': 'star' }[sign];
  fail({
    code: 'syntax',
    message: `the sign ${sign} below ${found.slice(0, -1)} would pass for an operator`,
    span: { start: at, end: end + 1 },
    hint: `write ${found}${word}`,
  });
}

/** `1,000` outside of brackets, where a comma would part a list. */
function refuseGrouped(source: string, end: number): void {
  if (!/^,\d{3}(?!\d)/.test(source.slice(end, end + 5))) return;
  fail({
    code: 'syntax',
    message: 'digits are not grouped by commas here',
    span: { start: end, end: end + 1 },
    hint: 'write 1000 for 1,000, and 1.5 for 1,5',
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

const bracketNames: Readonly<Record<string, string>> = {
  '(': 'parenthesis',
  ')': 'parenthesis',
  '[': 'bracket',
  ']': 'bracket',
  '{': 'brace',
  '}': 'brace',
};

function closeGroup(opening: Token | undefined, token: Token): void {
  const what = bracketNames[token.text];
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
      message: `this ${bracketNames[opening.text]} is closed by the wrong sign, ${token.text}`,
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

const label = letters`^[\p{L}]{2,}$`;

/** Words at the beginning of a subscript in braces belong to the name: x_{in,i} is x_in[i]. True where nothing else stands in it. */
function takeLabels(tokens: Token[], open: number, end: number): boolean {
  const base = tokens[open - 1];
  if (tokens[open]?.set !== 'lowered' || base?.kind !== 'name') return false;
  const content = tokens.slice(open + 1);
  let text = base.text;
  while (content[0]?.kind === 'name' && label.test(content[0].text) && (content[1]?.text ?? ',') === ',') {
    text += `_${content[0].text}`;
    content.splice(0, 2);
  }
  if (text === base.text) return false;
  const isWhole = content.length === 0;
  const left = isWhole ? [] : [tokens[open] as Token, ...content];
  tokens.splice(open - 1, tokens.length, { ...base, text, end: isWhole ? end : base.end }, ...left);
  return isWhole;
}

/** [x]_+ and (x)_+ behind a bracket of its own, 0 where it is negative: max(x, 0). */
/** The condition of P_{k|k-1}, which is a label as in LaTeX: as many signs of `source` as it takes, or none. */
function takeCondition(tokens: Token[], source: string, at: number): number {
  const base = tokens.at(-1);
  if (source.charAt(at) !== '{' || base?.kind !== 'name' || base.end !== at || !base.text.endsWith('_')) return 0;
  const found = /^\{([\p{L}\p{N}+−-]+)\|([\p{L}\p{N}+−-]+)\}/u.exec(source.slice(at, at + 100));
  if (found === null) return 0;
  const [whole, before = '', behind = ''] = found;
  const length = whole.length;
  tokens[tokens.length - 1] = { ...base, text: base.text + conditionName(before, behind), end: at + length };
  return length;
}

function takePositivePart(tokens: Token[], at: number): boolean {
  const close = tokens.at(-1);
  if (close?.kind !== 'close' || close.end !== at) return false;
  const opening = openingOf(tokens, tokens.length - 1);
  const open = tokens[opening] as Token;
  const before = tokens[opening - 1];
  if (open.set !== undefined || (before?.kind === 'name' && before.end === open.start)) return false;
  const place = { start: close.start, end: at + 2 };
  tokens.splice(-1, 1, { ...place, kind: 'operator', text: ',' }, { ...place, kind: 'number', text: '0' });
  tokens.push({ ...place, kind: 'close', text: ')' });
  tokens.splice(opening, 1, { ...open, kind: 'name', text: 'max', end: open.start }, { ...open, text: '(' });
  return true;
}

/** Whether a raised run with nothing in front of it was read last: the degree of the root that follows, ⁿ√x. */
function isDegree(tokens: readonly Token[]): boolean {
  const close = tokens.at(-1);
  if (close?.kind !== 'close' || close.text !== ')') return false;
  const open = openingOf(tokens, tokens.length - 1);
  const base = tokens[open - 2];
  return (
    tokens[open]?.set === 'raised' && (!endsOperand(base) || (base as Token).end < (tokens[open - 1] as Token).start)
  );
}

/** Braces hold what stands above or below the line: e^{2x}, x_{i+1}. Others are those of a choice. */
function openBrace(tokens: Token[], at: number, open: (at: number, text: string, set?: Token['set']) => void): void {
  const before = tokens.at(-1);
  if (before?.text === '^' || before?.text === '.^') {
    open(at, '(', 'raised');
    return;
  }
  if (before?.kind !== 'name' || before.end !== at || !before.text.endsWith('_')) {
    open(at, '{');
    return;
  }
  tokens.pop();
  const text = before.text.slice(0, -1);
  if (text !== '') tokens.push({ ...before, text });
  open(at, '[', 'lowered');
}

/** An Einstein sum with its subscripts set below. */
const setEinsum = /einsum_\{[A-Za-z]+(?:,[A-Za-z]+)*→[A-Za-z]*\}\(/y;

/** A bold 1, which is a vector where its length stands below. */
const vectorOfOnes = '𝟏';

const digits = /^\d+$/;

/** x^(n+1) for a run of raised signs behind x, x_12 or x[i, j] for one of lowered signs. */
function scriptTokens({ text, kind, length }: Script, start: number, tokens: Token[], source: string): Token[] {
  const span = { start, end: start + length };
  const sign = (text: string): Token => ({ ...span, kind: kindOf(text), text });
  const bracketed = (open: string, close: string, content: readonly Token[]): Token[] => [
    { ...sign(open), kind: 'open', set: kind, end: start },
    ...content,
    { ...sign(close), kind: 'close', start: span.end },
  ];
  if (kind === 'raised') {
    const order = /^\((\d)\)$/.exec(text)?.[1];
    if (order !== undefined && source.charAt(span.end) === '(')
      return Array.from({ length: Number(order) }, () => sign("'"));
    // Set apart from the prime of a derivative: Aᵀ (x + y) is a product.
    const transpose: Token = { ...sign("'"), set: kind };
    if (text === 'T') return [transpose];
    // The prime binds more tightly than a power, so that A⁻ᵀ is A'^(-1).
    if (/[()]/.test(text))
      refuseCharacter(
        source,
        start + text.search(/[()]/),
        `the character ${source.charAt(start + text.search(/[()]/))}`,
      );
    const power = /^(-?\d*)T$/.exec(text)?.[1];
    if (power !== undefined) {
      const exponent = power === '-' ? [sign('-'), sign('1')] : innerTokens(power, start);
      return [transpose, sign('^'), ...bracketed('(', ')', exponent)];
    }
    refuseTower(text, start);
    if (text === '+') return [sign('^'), ...bracketed('(', ')', [{ ...sign('+'), set: kind }])];
    return [sign('^'), ...bracketed('(', ')', innerTokens(text, start))];
  }
  const base = tokens.at(-1);
  if (
    base?.kind === 'name' &&
    digits.test(text) &&
    !/_(?!(?:hat|bar|tilde|d{0,3}dot|vec)$)/.test(base.text) &&
    !/^[ΣΠ∑∏]$/.test(base.text)
  ) {
    tokens[tokens.length - 1] = { ...base, text: `${base.text}_${text}`, end: span.end };
    return [];
  }
  return bracketed('[', ']', separated(innerTokens(text, start)));
}

const letterAndDigit = letters`[\p{L}]\d`;

/** eˣ² means a power of a power to whoever writes it, since no sign stands higher; as a run it would be e^(x * 2). */
function refuseTower(text: string, start: number): void {
  const tower = letterAndDigit.exec(text);
  if (tower === null) return;
  const [letter = '', digit = ''] = tower[0];
  fail({
    code: 'syntax',
    message: 'a power of a power has no raised signs of its own',
    span: { start: start + tower.index, end: start + tower.index + 2 },
    hint: `write it with the sign ^, e^(${letter}^${digit}), or a product with its number first, ${digit}${letter}`,
  });
}

/** The tokens of a script, each at its own sign. */
function innerTokens(text: string, start: number): Token[] {
  const found = text.match(/\d+|\D/gu) ?? [];
  let at = start;
  return found.map((part) => {
    const token: Token = { kind: kindOf(part), start: at, end: at + part.length, text: part };
    at += part.length;
    return part === '(' || part === ')' ? { ...token, kind: part === '(' ? 'open' : 'close' } : token;
  });
}

/** Indices side by side, with commas between them; in ₂ᵢ₊₁, which is one index, 2i is a product. */
function separated(tokens: readonly Token[]): readonly Token[] {
  if (tokens.some(({ text }) => text === '+' || text === '-')) return tokens;
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1];
    const isNext = before !== undefined && before.kind !== 'operator' && token.kind !== 'operator';
    return isNext ? [{ kind: 'operator', text: ',', start: token.start, end: token.start } as const, token] : [token];
  });
}

const accents: Readonly<Record<string, string>> = {
  '\u0304': 'bar',
  '\u0305': 'bar',
  '\u0302': 'hat',
  '\u0303': 'tilde',
  '\u0307': 'dot',
  '\u0308': 'ddot',
  '\u20db': 'dddot',
  '\u20dc': 'ddddot',
  '\u20d7': 'vec',
};

const accentedName = letters`^(d?[\p{L}])([\u0302-\u0305\u0307\u0308\u20d7\u20db\u20dc])(?![\p{L}\p{M}])(.*)$`;

/** ŷ₁ as y_hat_1, and dq̇ as a differential; marks within words belong to these, as in größe. */
function spelled(name: string): string {
  const parted = name.normalize('NFD');
  const marked = accentedName.exec(parted);
  if (marked === null) return name;
  const [, letter, mark = '', rest = ''] = marked;
  return `${letter}_${accents[mark]}${/^\d/.test(rest) ? '_' : ''}${rest}`;
}
