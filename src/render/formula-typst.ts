/** Formulas in the math mode of Typst: E'(w) g'(z) sum_(i) δ_(i j) f(y_(i)). */

import { notationOf } from '../syntax/functions.ts';
import { conditionLabel } from '../syntax/names.ts';
import type { FormulaOptions } from './formula.ts';
import { formulaOf } from './formula-text.ts';
import { type Accent, greekByName, isLetter, type Name } from './name.ts';
import { type Box, type Fence, level, type Notation } from './notation.ts';
import { typstString } from './typst-text.ts';

/** `text` as Typst for math mode. Total; no name can make it active. */
export function typstOf(text: string, options?: FormulaOptions): string {
  return formulaOf(text, typst, options);
}

const accents: Readonly<Record<Accent, string>> = {
  bar: 'macron',
  hat: 'hat',
  tilde: 'tilde',
  vec: 'arrow',
  dot: 'dot',
  bold: 'bold',
  ddot: 'dot.double',
  dddot: 'dot.triple',
  ddddot: 'dot.quad',
};

const fences: Readonly<Record<Fence, readonly [string, string]>> = {
  bracket: ['(', ')'],
  abs: ['abs(', ')'],
  norm: ['norm(', ')'],
  floor: ['floor(', ')'],
  ceil: ['ceil(', ')'],
  angle: ['⟨', '⟩'],
  square: ['[', ']'],
};

/** The notation of Typst. Scripts stand in parentheses, which it does not print; brackets grow by themselves. */
export const typst: Notation = {
  stacked: true,
  dotted: new Set(['operator']),
  minus: '-',
  gaps: { none: ' ', close: ' ', space: ' thin ', dot: ' dot.op ' },
  slash: ' \\/ ',
  signs: {
    '+': ' + ',
    '-': ' - ',
    '<': ' < ',
    '>': ' > ',
    '<=': ' <= ',
    '>=': ' >= ',
    '==': ' = ',
    '!=': ' != ',
    '=': ' = ',
    '.*': ' ⊙ ',
    './': ' ⊘ ',
    dot: ' dot.op ',
    outer: ' ⊗ ',
    cross: ' times ',
    mod: ' mod ',
    in: ' in ',
  },
  symbols: {
    transpose: '⊤',
    infinity: '∞',
    circle: '∘ ',
    identity: 'I',
    ones: 'bold(1)',
    unit: 'bold(e)',
    arrow: ' -> ',
    reals: 'RR',
    integers: 'ZZ',
  },
  number: (digits) => {
    const [mantissa = digits, exponent] = digits.split(/e/i);
    if (exponent === undefined) return mantissa;
    const power = `10^(${exponent.replace('+', '')})`;
    return mantissa === '1' ? power : `${mantissa} dot.op ${power}`;
  },
  name: nameText,
  functionName: (name) => functionName(notationOf(name)?.unicode ?? name),
  primes: (text, count) => (count > 3 ? `${text}^((${count}))` : text + "'".repeat(count)),
  subscript: (base, indices) => base + subscripts(indices),
  superscript: (base, exponent) => `${base}^${script(signedText(exponent))}`,
  exponential: (exponent) => {
    const isShort = exponent.level >= level.product && exponent.tall !== true && exponent.text.length <= 24;
    return isShort ? `e^${script(signedText(exponent))}` : undefined;
  },
  fence: (kind, content) => {
    const [open, close] = fences[kind];
    return open + content + close;
  },
  fraction: (numerator, denominator) => `frac(${numerator}, ${denominator})`,
  root: (content, degree) =>
    degree === undefined ? `sqrt(${signedText(content)})` : `root(${degree}, ${signedText(content)})`,
  binder: (kind, index, from, to) => {
    const sign = kind === 'sum' ? 'sum' : 'product';
    const below = from === undefined ? index : `${index} = ${from}`;
    return `${sign}_${script(below)}${to === undefined ? '' : `^${script(to)}`} `;
  },
  derivative: (ordinary, of, by) => {
    const sign = ordinary ? 'd' : 'partial';
    const times = by.reduce((sum, variable) => sum + variable.times, 0);
    const above = sign + (times === 1 ? '' : `^${script(String(times))}`) + (of === undefined ? '' : ` ${of}`);
    const below = by.map(
      ({ text, times: count }) => `${sign} ${count === 1 ? text : `${text}^${script(String(count))}`}`,
    );
    return `frac(${above}, ${below.join(' thin ')})`;
  },
  partial: (name, positions) => `partial_${script(positions.join(', '))} ${name}`,
  choice: (rows, { before, after, otherwise }) => {
    const lines = rows.map(({ value, condition }) => {
      if (condition === undefined) return `${value} & quad ${wordsIn(otherwise)}`;
      return `${value} & quad ${wordsIn(before)}${condition}${wordsIn(after)}`;
    });
    return `cases(${lines.join(', ')})`;
  },
  blocks: (rows) => `mat(${rows.map((row) => row.join(', ')).join('; ')})`,
  apply: (name, args) => `${name}(${args.join(', ')})`,
  raw: typstString,
};

function wordsIn(text: string): string {
  return text === '' ? '' : typstString(text);
}

function signedText(box: Box): string {
  return (box.negative === true ? '-' : '') + box.text;
}

function script(text: string): string {
  return `(${text})`;
}

/** Functions that Typst writes upright under their own names. */
const operators: ReadonlySet<string> = new Set(
  'arccos arcsin arctan cos cosh cot coth csc csch det exp ln log max min sec sech sin sinh tan tanh tr'.split(' '),
);

/** `J₀` as an upright J with an index, `GELU_tanh` with a word below, `log det` as two operators. */
function functionName(unicode: string): string {
  return unicode.split(' ').map(operatorName).join(' ');
}

function operatorName(word: string): string {
  if (operators.has(word)) return word;
  const [base = word, ...below] = word.split('_');
  const indexed = /^(\p{L})([₀-₉])$/u.exec(base);
  const digit = indexed === null ? '' : String.fromCharCode((indexed[2] as string).charCodeAt(0) - 0x2080 + 0x30);
  const letter = indexed?.[1] ?? base;
  const sign = [...letter].length === 1 ? `upright(${letterText(letter)})` : `op(${typstString(letter)})`;
  return `${sign}${subscripts(digit === '' ? [] : [digit], below.map(subscriptWord))}`;
}

function nameText(name: Name, indices: readonly string[]): string {
  const isLetterName = isLetter(name.base);
  const plain = isLetterName ? letterText(name.base) : typstString(name.base);
  const letter = name.isDifference ? `Δ ${plain}` : plain;
  const over = isLetterName && name.accent !== undefined ? accents[name.accent] : 'overline';
  const marked = name.accent === undefined ? letter : `${over}(${letter})`;
  return typst.primes(marked + subscripts(indices, name.subscripts.map(subscriptWord)), name.primes);
}

function subscriptWord(part: string): string {
  if (/^\d+$/.test(part)) return part;
  const condition = conditionLabel(part);
  if (condition !== undefined) return typstString(condition);
  return isLetter(part) ? letterText(part) : typstString(part);
}

/** Typst reads Greek letters as they are. */
function letterText(base: string): string {
  const greek = greekByName.get(base);
  if (greek !== undefined) return greek;
  return /^[A-Za-zα-ωΑ-Ω]$/.test(base) ? base : typstString(base);
}

/** Indices after the subscripts that belong to the name, side by side where each is one sign. */
function subscripts(indices: readonly string[], own: readonly string[] = []): string {
  const groups = [own, indices].filter((group) => group.length > 0).map(rowOfSubscripts);
  return groups.length === 0 ? '' : `_${script(groups.join(', '))}`;
}

function rowOfSubscripts(parts: readonly string[]): string {
  const isRow = parts.every((part) => [...part].length === 1 && part !== ':') && !/\d{2}/.test(parts.join(''));
  return parts.join(isRow ? ' ' : ', ');
}
