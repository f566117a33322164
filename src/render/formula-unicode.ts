/** Formulas in Unicode, for terminals: E′(w) g′(z) · Σᵢ δᵢⱼ f(yᵢ). */

import { notationOf } from '../syntax/functions.ts';
import { letters } from '../syntax/letters.ts';
import { conditionLabel } from '../syntax/names.ts';
import type { MathNode } from '../syntax/node.ts';
import { type FormulaOptions, printFormula } from './formula.ts';
import { type Accent, greekByName, isLetter, type Name } from './name.ts';
import type { Box, Fence, Notation } from './notation.ts';
import { compact, inSubscript, inSuperscript } from './unicode-script.ts';

/** `node` as one line of Unicode text. Total. */
export function toUnicode(node: MathNode, options: FormulaOptions = {}): string {
  return printFormula(node, unicode, options);
}

const combining: Readonly<Record<Accent, string>> = {
  bar: '\u0304',
  hat: '\u0302',
  tilde: '\u0303',
  vec: '\u20d7',
  dot: '\u0307',
  ddot: '\u0308',
  dddot: '\u20db',
  ddddot: '\u20dc',
  bold: '',
};

/** A letter in bold, as mathematical alphanumeric symbols have it. */
function inBold(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  const alphabets: readonly (readonly [first: string, last: string, bold: number])[] = [
    ['A', 'Z', 0x1d400],
    ['a', 'z', 0x1d41a],
    ['α', 'ω', 0x1d6c2],
    ['Α', 'Ω', 0x1d6a8],
  ];
  const own = alphabets.find(([first, last]) => letter >= first && letter <= last);
  return own === undefined ? letter : String.fromCodePoint(code - (own[0].codePointAt(0) ?? 0) + own[2]);
}

const fences: Readonly<Record<Fence, readonly [string, string]>> = {
  bracket: ['(', ')'],
  abs: ['|', '|'],
  norm: ['‖', '‖'],
  floor: ['⌊', '⌋'],
  ceil: ['⌈', '⌉'],
  angle: ['⟨', '⟩'],
  square: ['[', ']'],
};

const letterRun = letters`^[\p{L}\p{M}\p{N}]+$`;

/** The notation of terminals. */
export const unicode: Notation = {
  stacked: false,
  dotted: new Set(['derivative', 'operator', 'quotient', 'binder']),
  minus: '−',
  gaps: { none: '', close: ' ', space: ' ', dot: ' · ' },
  slash: '/',
  signs: {
    '+': ' + ',
    '-': ' − ',
    '<': ' < ',
    '>': ' > ',
    '<=': ' ≤ ',
    '>=': ' ≥ ',
    '==': ' = ',
    '!=': ' ≠ ',
    '=': ' = ',
    '.*': ' ⊙ ',
    './': ' ⊘ ',
    dot: '·',
    outer: ' ⊗ ',
    cross: ' × ',
    mod: ' mod ',
    in: ' ∈ ',
  },
  symbols: {
    transpose: 'T',
    infinity: '∞',
    circle: '∘',
    identity: 'I',
    ones: '𝟏',
    unit: '𝐞',
    arrow: '→',
    reals: 'ℝ',
    integers: 'ℤ',
  },
  number: (digits) => {
    const [mantissa = digits, exponent] = digits.split(/e/i);
    if (exponent === undefined) return mantissa;
    const power = `10${raised(exponent.replace('+', '').replace('-', '−'))}`;
    return mantissa === '1' ? power : `${mantissa}·${power}`;
  },
  name: nameText,
  functionName: (name) => notationOf(name)?.unicode ?? visible(name),
  primes,
  subscript: (base, indices) => base + subscripts(indices),
  superscript: (base, exponent) => base + raised(signedText(exponent), exponent),
  exponential: (exponent) => {
    // What is long is not looked at: nested exponentials would be read through at every level.
    const script = exponent.text.length > 12 ? undefined : inSuperscript(signedText(exponent));
    return script === undefined || script.length > 4 ? undefined : `e${script}`;
  },
  fence: (kind, content) => {
    const [open, close] = fences[kind];
    return open + content + close;
  },
  fraction: (numerator, denominator) => `${numerator}/${denominator}`,
  root: (content, degree) => {
    const sign = degree === undefined ? '√' : degree === '3' ? '∛' : `${inSuperscript(degree) ?? degree}√`;
    const isShort = content.level === 5 && content.negative !== true && letterRun.test(content.text);
    return sign + (isShort ? content.text : `(${signedText(content)})`);
  },
  binder: (kind, index, from, to) => {
    const sign = kind === 'sum' ? 'Σ' : 'Π';
    const below = from === undefined ? index : `${index}=${from}`;
    const upper = to === undefined ? '' : (inSuperscript(to) ?? `^${isWord(to) ? to : `{${to}}`}`);
    const lower = inSubscript(below) ?? `_${isWord(below) ? below : `{${below}}`}`;
    return `${sign}${lower}${upper} `;
  },
  derivative: (ordinary, of, by) => {
    const sign = ordinary ? 'd' : '∂';
    const times = by.reduce((sum, variable) => sum + variable.times, 0);
    const order = times === 1 ? '' : raised(String(times));
    const below = by.map(({ text, times: count }) => sign + text + (count === 1 ? '' : raised(String(count)))).join('');
    return `${sign}${order}${of ?? ''}/${below}`;
  },
  partial: (name, positions) =>
    `∂${positions.map((position) => inSubscript(position) ?? `_${position}`).join('')}${name}`,
  choice: (rows, { before, after, otherwise }) => {
    const texts = rows.map(({ value, condition }) =>
      condition === undefined ? `${value} ${otherwise}` : `${value} ${before}${condition}${after}`,
    );
    return `{ ${texts.join('; ')} }`;
  },
  blocks: (rows) => `[${rows.map((row) => row.join(', ')).join('; ')}]`,
  apply: (name, args) => `${name}(${args.join(', ')})`,
  raw: visible,
};

function signedText(box: Box): string {
  return (box.negative === true ? '−' : '') + box.text;
}

/** An exponent: small letters where they exist, else a caret. */
function raised(text: string, box?: Box): string {
  const script = inSuperscript(text);
  if (script !== undefined) return script;
  return isWord(text) && box?.role !== 'plain' ? `^${text}` : `^(${text})`;
}

const letterOrNumber = letters`^(?:[\p{L}][\p{M}]*|[\p{N}]+)$`;

function isWord(text: string): boolean {
  return letterOrNumber.test(text);
}

/** Characters that could steer a terminal, as a mark. */
export function visible(text: string): string {
  if (/^[ -~]*$/.test(text)) return text;
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '\ufffd');
}

function nameText(name: Name, indices: readonly string[]): string {
  const parts = [...name.subscripts.map((part) => conditionLabel(part) ?? part), ...indices];
  if (!isLetter(name.base)) {
    if (indices.length === 0) return primes(visible(name.written), name.primes);
    return primes(visible(name.written) + subscripts(indices), name.primes);
  }
  const plain = greekByName.get(name.base) ?? visible(name.base);
  const letter = (name.isDifference ? 'Δ' : '') + (name.accent === 'bold' ? inBold(plain) : plain);
  const mark = name.accent === undefined ? '' : combining[name.accent];
  const isSlice = indices.includes(':');
  const scripts = isSlice ? subscripts(name.subscripts) + subscripts(indices) : subscripts(parts);
  return primes((letter + mark).normalize('NFC') + scripts, name.primes);
}

/** One to three marks, then the count in brackets: f′, f″, f‴, f⁽⁴⁾. */
function primes(text: string, count: number): string {
  const marks = ['', '′', '″', '‴'][count];
  return text + (marks ?? `⁽${inSuperscript(String(count))}⁾`);
}

const twoLetters = letters`[\p{L}]{2}`;
const lettersOrNumbers = letters`^(?:[\p{L}]+|[\p{N}]+)$`;

/** All subscripts of a name: ᵢⱼ where the letters exist and nothing is misread, else `_{i+1,j}`. */
function subscripts(parts: readonly string[]): string {
  if (parts.length === 0) return '';
  if (parts.includes(':')) return `[${parts.map((part) => greekByName.get(part) ?? visible(part)).join(', ')}]`;
  const texts = parts.map((part) => compact(greekByName.get(part) ?? visible(part)));
  // Without their small letters they would pass for a word: W_{a,b}.
  const isRow =
    texts.every((text) => [...text].length === 1 && inSubscript(text) !== undefined) && !/\d{2}/.test(texts.join(''));
  const joined = texts.join(isRow || texts.length === 1 ? '' : ',');
  const isMisread = texts.length === 1 && twoLetters.test(joined);
  const script = isMisread ? undefined : inSubscript(joined);
  if (script !== undefined) return script;
  return lettersOrNumbers.test(joined) && texts.length === 1 ? `_${joined}` : `_{${joined}}`;
}
