/** What Markdown and LaTeX share: sentences with inline formulas, and the rows of an aligned display. */

import { widthOf } from '../columns.ts';
import type { Gradient, Hessian, Result } from '../derivation/derivation.ts';
import { type Phrase, wordsOf } from '../explain/explain.ts';
import type { Language } from '../explain/words.ts';
import { latexOf, unicodeOf } from './formula-text.ts';
import { latexText } from './latex-text.ts';
import { formulaOptions, rowsOf, singleBlock, updatesOf } from './rows.ts';

/** How a page writes formulas, and words within and outside of them. */
export interface LatexPage {
  readonly language: Language;
  readonly show: (text: string) => string;
  /** A phrase inside a display: all of it is text, and its formulas stand within, so that none passes for a row's own. */
  readonly sayInMath: (phrase: Phrase) => string;
  /** A phrase in running text. */
  readonly say: (phrase: Phrase) => string;
}

/** A page for `result`; `harmless` escapes what is active in running text. */
export function latexPage(result: Result, language: Language, harmless: (text: string) => string): LatexPage {
  const options = formulaOptions(result, language);
  const show = (text: string) => latexOf(text, options);
  return {
    language,
    show,
    sayInMath: (phrase) => {
      const parts = phrase.map(({ kind, text }) => (kind === 'words' ? latexText(text) : `\\(${show(text)}\\)`));
      return phrase.length === 0 ? '' : `\\text{${parts.join('')}}`;
    },
    say: (phrase) =>
      phrase.map((segment) => (segment.kind === 'words' ? harmless(segment.text) : `$${show(segment.text)}$`)).join(''),
  };
}

/**
 * The rows of a derivation for an aligned display, without the line breaks between them. Where a line has no more than
 * `width` letters, a reason that does not fit goes below its formula, and a formula that does not fit is handed to
 * `\chainrulefit`, which the page defines.
 */
export function derivationRows(
  result: Exclude<Result, Gradient>,
  page: LatexPage,
  withExpanded: boolean,
  width = Number.POSITIVE_INFINITY,
): string[] {
  const shown = formulaOptions(result, page.language);
  const sizeOf = (text: string) => widthOf(unicodeOf(text, shown));
  return rowsOf(result, page.language, withExpanded).flatMap((row) => {
    const aside = sizeOf(row.left) > width * widestLeft;
    const left = row.left === '' || aside ? '' : `${page.show(row.left)} `;
    const above = aside ? [`\\rlap{$\\displaystyle ${page.show(row.left)}$}`] : [];
    const conditions = row.conditions.length === 0 ? '' : ` \\quad ${page.sayInMath(row.conditions)}`;
    const reason = row.rule.length === 0 && conditions === '' ? '' : `${page.sayInMath(row.rule)}${conditions}`;
    const size = (aside ? 0 : sizeOf(row.left)) + sizeOf(row.formula);
    const formula = size > width * fullFormula ? `\\chainrulefit{${page.show(row.formula)}}` : page.show(row.formula);
    if (reason === '') return [...above, `${left}&= ${formula}`];
    const words = [...row.rule, ...row.conditions].map(({ kind, text }) =>
      kind === 'words' ? widthOf(text) : sizeOf(text),
    );
    const isWide = size + words.reduce((total, one) => total + one, 0) > width * withReason;
    return isWide
      ? [...above, `${left}&= ${formula}`, `&\\qquad ${reason}`]
      : [...above, `${left}&= ${formula} && ${reason}`];
  });
}

/** Shares of a line: that which a formula may take, and a formula with its reason, whose column the widest formula moves. */
const fullFormula = 0.7;
const withReason = 0.75;
/** A left side that is wider stands in a row above. */
const widestLeft = 0.18;

/** The matrix of second derivatives, as a row of its own. */
export function matrixRows(result: Result, page: LatexPage): string[] {
  return result.schema === 'chainrule/hessian/1' ? [`H &= ${matrixLatex(result, page.show)}`] : [];
}

/** The matrix alone. */
export function matrixLatex(hessian: Hessian, show: (text: string) => string): string {
  const single = singleBlock(hessian);
  if (single !== undefined) return show(single);
  const rows = hessian.matrix.map((row) => row.map(show).join(' & ')).join(' \\\\ ');
  return `\\begin{pmatrix} ${rows} \\end{pmatrix}`;
}

/** The adjoints of a gradient for an aligned display. */
export function adjointRows(gradient: Gradient, page: LatexPage): string[] {
  const { output } = gradient.problem;
  const { isWanted } = wordsOf(page.language).gradient;
  return gradient.adjoints.map(({ name, of, expression, wanted }) => {
    const left = [name, ...(output === null ? [] : [`d(${output}, ${of})`])].map(page.show).join(' = ');
    const mark = wanted ? ` && \\text{\\(\\leftarrow\\) ${latexText(isWanted)}}` : '';
    return `${left} &= ${page.show(expression)}${mark}`;
  });
}

/** The wanted derivatives without adjoints in them, for an aligned display. */
export function resultRows(gradient: Gradient, page: LatexPage, width = Number.POSITIVE_INFINITY): string[] {
  const { output, target } = gradient.problem;
  return gradient.results.map(
    ({ wrt, result }) =>
      `${page.show(`d(${output ?? target}, ${wrt})`)} &= ${widthOf(unicodeOf(result)) > width * fullFormula ? `\\chainrulefit{${page.show(result)}}` : page.show(result)}`,
  );
}

/** Updates for an aligned display. */
export function updateRows(result: Result, page: LatexPage): string[] {
  return updatesOf(result).map(({ name, expression }) => `${page.show(name)} &\\leftarrow ${page.show(expression)}`);
}
