/** A derivation or gradient as LaTeX for the body of a document that loads amsmath. */

import type { Gradient, Result } from '../derivation/derivation.ts';
import { certificateNotices } from '../explain/certificates.ts';
import { wordsOf } from '../explain/explain.ts';
import { footprintSentences } from '../explain/footprint.ts';
import { withOutput } from '../explain/output.ts';
import {
  asSentence,
  letSentence,
  operationsSentence,
  problemStatement,
  sharingPhrase,
  unsolvedPhrase,
} from '../explain/sentences.ts';
import type { Language } from '../explain/words.ts';
import { demandResult, readOptions } from '../library-options.ts';
import {
  adjointRows,
  derivationRows,
  type LatexPage,
  latexPage,
  matrixRows,
  resultRows,
  updateRows,
} from './latex-page.ts';
import { latexText } from './latex-text.ts';

export interface LatexOptions {
  /** English if not given. */
  readonly lang?: Language;
  /** Adds the result with the intermediates put back. */
  readonly expand?: boolean;
  /** Letters in a line; what is wider is folded, with the command `\chainrulefit` that the document has to define. */
  readonly width?: number;
}

/** `derived` as a fragment without preamble: sentences and `align*`. No name in it can act as a command. Total. */
export function toLatex(derived: Result, options: LatexOptions = {}): string {
  const { lang = 'en', expand = false, width } = readOptions<LatexOptions>('toLatex', options);
  demandResult('toLatex', derived);
  const result = withOutput(derived);
  const page = latexPage(result, lang, latexText);
  const isGradient = result.schema === 'chainrule/gradient/1';
  const isAnswer = !isGradient && result.detail === 'answer';
  const opening = [problemStatement(result, lang), ...(isAnswer ? [] : [letSentence(result, lang)])];
  const notices = certificateNotices(result, lang).map(({ phrase }) => asSentence(phrase, lang));
  const unsolved = asSentence(unsolvedPhrase(result, lang), lang);
  const closing = [...notices, unsolved, ...(isAnswer ? [] : footprintSentences(result, lang))];
  const blocks = [
    sentences(opening, page),
    ...(isGradient ? backwardBlocks(result, page, width) : [display(derivationRows(result, page, expand, width))]),
    display(matrixRows(result, page)),
    sentences(
      [sharingPhrase(result, lang)].map((one) => asSentence(one, lang)),
      page,
    ),
    display(updateRows(result, page)),
    sentences(closing, page),
  ];
  return `${blocks.filter((block) => block !== '').join('\n')}\n`;
}

function backwardBlocks(gradient: Gradient, page: LatexPage, width: number | undefined): string[] {
  return [
    latexText(wordsOf(page.language).gradient.backwardSentence),
    display(adjointRows(gradient, page)),
    display(resultRows(gradient, page, width)),
    page.say(operationsSentence(gradient, page.language)),
  ];
}

/** One sentence a line, as is the custom in sources under version control. */
function sentences(phrases: Parameters<LatexPage['say']>[0][], page: LatexPage): string {
  return phrases
    .map(page.say)
    .filter((text) => text !== '')
    .join('\n');
}

function display(rows: readonly string[]): string {
  if (rows.length === 0) return '';
  return `\\begin{align*}\n${rows.map((row) => `  ${row}`).join(' \\\\\n')}\n\\end{align*}`;
}
