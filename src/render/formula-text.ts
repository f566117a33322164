/**
 * Formulas from the text that a derivation holds: expressions, relations such as `1 <= j <= n`, and names such as `f'`
 * and `D(f, 2)`. Total: text that can't be read is shown as it is.
 */

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

function printRelation(text: string, notation: Notation, options: FormulaOptions | undefined): string {
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
