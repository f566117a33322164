/** Formulas in LaTeX that KaTeX and amsmath both take: E'(w) \, g'(z) \sum_{i} \delta_{ij} \, f(y_i). */

import { notationOf } from '../syntax/functions.ts';
import { indexLetters } from '../syntax/latex-symbols.ts';
import { conditionLabel } from '../syntax/names.ts';
import type { MathNode } from '../syntax/node.ts';
import { type FormulaOptions, printFormula } from './formula.ts';
import { latexOperator, latexText, latexWord } from './latex-text.ts';
import { markText, withoutMarks } from './marks.ts';
import { type Accent, greekByName, isLetter, type Name } from './name.ts';
import { type Box, type Fence, level, type Notation } from './notation.ts';

/** `node` as LaTeX for math mode. Total; no name can make it active. */
export function toLatexFormula(node: MathNode, options: FormulaOptions = {}): string {
  return printFormula(node, latex, options);
}

const accentCommands: Readonly<Record<Accent, string>> = {
  bar: '\\bar',
  hat: '\\hat',
  tilde: '\\tilde',
  vec: '\\vec',
  dot: '\\dot',
  ddot: '\\ddot',
  dddot: '\\dddot',
  ddddot: '\\ddddot',
  bold: '\\boldsymbol',
};

const fences: Readonly<Record<Fence, readonly [string, string]>> = {
  bracket: ['(', ')'],
  abs: ['\\lvert', '\\rvert'],
  norm: ['\\lVert', '\\rVert'],
  floor: ['\\lfloor', '\\rfloor'],
  ceil: ['\\lceil', '\\rceil'],
  angle: ['\\langle', '\\rangle'],
  square: ['[', ']'],
};

/** The notation of LaTeX. */
export const latex: Notation = {
  stacked: true,
  dotted: new Set(['operator']),
  minus: '-',
  gaps: { none: ' ', close: ' ', space: ' \\, ', dot: ' \\cdot ' },
  slash: '/',
  signs: {
    '+': ' + ',
    '-': ' - ',
    '<': ' < ',
    '>': ' > ',
    '<=': ' \\le ',
    '>=': ' \\ge ',
    '==': ' = ',
    '!=': ' \\ne ',
    '=': ' = ',
    '.*': ' \\odot ',
    './': ' \\oslash ',
    dot: ' \\cdot ',
    outer: ' \\otimes ',
    cross: ' \\times ',
    mod: ' \\bmod ',
    in: ' \\in ',
  },
  symbols: {
    transpose: '\\top',
    infinity: '\\infty',
    circle: '\\circ ',
    identity: 'I',
    ones: '\\mathbf{1}',
    unit: '\\mathbf{e}',
    arrow: ' \\to ',
    reals: '\\mathbb{R}',
    integers: '\\mathbb{Z}',
  },
  number: (digits) => {
    const [mantissa = digits, exponent] = digits.split(/e/i);
    if (exponent === undefined) return mantissa;
    const power = `10^{${exponent.replace('+', '')}}`;
    return mantissa === '1' ? power : `${mantissa} \\cdot ${power}`;
  },
  name: nameText,
  functionName: (name) => notationOf(name)?.latex ?? latexOperator(name),
  primes: (text, count) => (count > 3 ? `${text}^{(${count})}` : text + "'".repeat(count)),
  subscript: (base, indices) => base + subscripts(indices),
  superscript: (base, exponent) => `${base}^${script(signedText(exponent))}`,
  exponential: (exponent) => {
    const isShort =
      exponent.level >= level.product && exponent.tall !== true && withoutMarks(exponent.text).length <= 24;
    return isShort ? `e^${script(signedText(exponent))}` : undefined;
  },
  fence: (kind, content, tall) => {
    const [open, close] = fences[kind];
    if (tall) return `\\left${open} ${content} \\right${close}`;
    return kind === 'bracket' ? open + content + close : `${open} ${content} ${close}`;
  },
  fraction: (numerator, denominator) => `\\frac{${numerator}}{${denominator}}`,
  root: (content, degree) => `\\sqrt${degree === undefined ? '' : `[${degree}]`}{${signedText(content)}}`,
  binder: (kind, index, from, to) => {
    const sign = kind === 'sum' ? '\\sum' : '\\prod';
    const below = from === undefined ? index : `${index}=${from}`;
    return `${sign}_${script(below)}${to === undefined ? '' : `^${script(to)}`} `;
  },
  derivative: (ordinary, of, by) => {
    const sign = ordinary ? 'd' : '\\partial';
    const times = by.reduce((sum, variable) => sum + variable.times, 0);
    const above = sign + (times === 1 ? '' : `^${script(String(times))}`) + (of === undefined ? '' : ` ${of}`);
    const below = by.map(({ text, times: count }) => `${sign} ${count === 1 ? text : raiseVariable(text, count)}`);
    return `\\frac{${above}}{${below.join(' \\, ')}}`;
  },
  partial: (name, positions) => `\\partial_${script(positions.join(','))} ${name}`,
  choice: (rows, { before, after, otherwise }) => {
    const lines = rows.map(({ value, condition }) => {
      if (condition === undefined) return `${value} & ${wordsIn(otherwise)}`;
      return `${value} & ${wordsIn(before)}${condition}${wordsIn(after)}`;
    });
    return `\\begin{cases} ${lines.join(' \\\\ ')} \\end{cases}`;
  },
  blocks: (rows) => `\\begin{pmatrix} ${rows.map((row) => row.join(' & ')).join(' \\\\ ')} \\end{pmatrix}`,
  apply: (name, args, tall) => {
    const content = args.join(', ');
    return tall ? `${name}\\left( ${content} \\right)` : `${name}(${content})`;
  },
  raw: (text) => `\\text{${latexText(text)}}`,
};

function raiseVariable(text: string, count: number): string {
  return `${/[\^']/.test(text) ? `{${text}}` : text}^${script(String(count))}`;
}

function wordsIn(text: string): string {
  return text === '' ? '' : `\\text{${latexText(text)}}`;
}

function signedText(box: Box): string {
  return (box.negative === true ? markText('-', box.mark) : '') + box.text;
}

/** One character stands as it is, more in braces. */
function script(text: string): string {
  return text.length === 1 ? text : `{${text}}`;
}

function nameText(name: Name, indices: readonly string[]): string {
  const isLetterName = isLetter(name.base);
  const plain = isLetterName ? letterText(name.base) : latexWord(name.base);
  const letter = name.isDifference ? `\\Delta ${plain}` : plain;
  const over = isLetterName ? name.accent : undefined;
  const marked = over === undefined ? letter : `${accentCommands[over]}{${letter}}`;
  const base = over === undefined && name.accent !== undefined ? `\\overline{${letter}}` : marked;
  return latex.primes(base + subscripts(indices, name.subscripts.map(subscriptWord)), name.primes);
}

function subscriptWord(part: string): string {
  if (/^\d+$/.test(part)) return part;
  const condition = conditionLabel(part);
  if (condition !== undefined) return condition;
  return isLetter(part) ? letterText(part) : latexWord(part);
}

function letterText(base: string): string {
  if (greekByName.has(base)) return base === 'omicron' ? 'o' : `\\${base}`;
  return /^[A-Za-z]$/.test(base) ? base : latexWord(base);
}

/** Indices after the subscripts that belong to the name: X_{ij}, x_{\mathrm{in}, i}. */
function subscripts(indices: readonly string[], own: readonly string[] = []): string {
  const groups = [own, indices].filter((group) => group.length > 0).map(rowOfSubscripts);
  return groups.length === 0 ? '' : `_${script(groups.join(', '))}`;
}

/** Whether letters are read as indices one by one where they stand side by side: `ij`, but not `ab`, a word. */
function isIndexRow(parts: readonly string[]): boolean {
  if (parts.length === 2 && /^(?:[ijk][a-z]|[a-z][ijk])$/.test(parts.join(''))) return true;
  return parts.every((part) =>
    /^[A-Za-z0-9]$/.test(part) ? /\d/.test(part) || indexLetters.has(part) : indexLetters.has(part.slice(1)),
  );
}

/** Side by side where each is one sign, with commas otherwise. */
function rowOfSubscripts(parts: readonly string[]): string {
  const isRow = isIndexRow(parts) && !/\d{2}/.test(parts.join(''));
  return isRow ? parts.join(' ').replace(/(?<!\\[a-z]+) /g, '') : parts.join(', ');
}
