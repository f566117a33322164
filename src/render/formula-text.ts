/**
 * Formulas from the text that a derivation holds: expressions, relations such as `1 <= j <= n`, and names such as `f'`
 * and `D(f, 2)`. Total: text that can't be read is shown as it is.
 */

import { atom } from './boxes.ts';
import { parseExpression, parseRelation, type Relation } from './expression.ts';
import { type FormulaOptions, printFormula } from './formula.ts';
import { printFunctionName } from './formula-calls.ts';
import { latex } from './formula-latex.ts';
import { unicode } from './formula-unicode.ts';
import type { Notation, Sign } from './notation.ts';

/** `text` as one line of Unicode. */
export function unicodeOf(text: string, options?: FormulaOptions): string {
  return formulaOf(text, unicode, options);
}

/** `text` as LaTeX for math mode. */
export function latexOf(text: string, options?: FormulaOptions): string {
  return formulaOf(text, latex, options);
}

/** `text` in any notation. */
export function formulaOf(text: string, notation: Notation, options?: FormulaOptions): string {
  try {
    return printRelation(text, notation, options);
  } catch {
    return notation.raw(text);
  }
}

function isTransposed(text: string, options: FormulaOptions | undefined): boolean {
  return text.endsWith("'") && options?.tensors?.has(text.slice(0, -1)) === true;
}

/** `A, B in R(m, n)`, `k in Z`: names and the space that they are of. */
const membership = /^(.+) in ([RZ])(?:\((.*)\))?$/s;

function printMembership(
  [, names = '', space, lengths]: readonly (string | undefined)[],
  notation: Notation,
  options: FormulaOptions | undefined,
): string {
  const print = (text: string): string => printFormula(parseExpression(text), notation, options);
  const symbol = notation.symbols[space === 'Z' ? 'integers' : 'reals'];
  const axes = (lengths ?? '').split(', ').filter((length) => length !== '');
  const exponent = axes
    .map((length) => (axes.length > 1 && /[+*]/.test(length) ? `(${print(length)})` : print(length)))
    .join(notation.signs.cross);
  const whole = axes.length === 0 ? symbol : notation.superscript(symbol, atom(exponent));
  return names.split(', ').map(print).join(', ') + notation.signs.in + whole;
}

function printRelation(text: string, notation: Notation, options: FormulaOptions | undefined): string {
  const member = membership.exec(text);
  if (member !== null) return printMembership(member, notation, options);
  const { parts, signs }: Relation = parseRelation(text);
  return parts
    .map((part, at) => {
      const printed =
        (isTransposed(part.trim(), options) ? undefined : printFunctionName(notation, part.trim())) ??
        printFormula(parseExpression(part), notation, options);
      return at === 0 ? printed : notation.signs[signs[at - 1] as Sign] + printed;
    })
    .join('');
}
