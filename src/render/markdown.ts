/** A derivation or gradient as Markdown with `$` and `$$`, for remark-math, GitHub, Jupyter, Pandoc. */

import type { Gradient, Result } from '../derivation/derivation.ts';
import { certificateNotices, type Notice } from '../explain/certificates.ts';
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

export interface MarkdownOptions {
  /** English if not given. */
  readonly lang?: Language;
  /** Adds the result with the intermediates put back. */
  readonly expand?: boolean;
}

/** `derived` as Markdown that ends in a line break. Every formula is valid for KaTeX. Total. */
export function toMarkdown(derived: Result, options: MarkdownOptions = {}): string {
  const { lang = 'en', expand = false } = readOptions<MarkdownOptions>('toMarkdown', options);
  demandResult('toMarkdown', derived);
  const result = withOutput(derived);
  const page = latexPage(result, lang, markdownText);
  const isGradient = result.schema === 'chainrule/gradient/1';
  const isAnswer = !isGradient && result.detail === 'answer';
  const footprint = isAnswer ? [] : footprintSentences(result, lang);
  const paragraphs = [
    page.say(problemStatement(result, lang)),
    isAnswer ? '' : page.say(letSentence(result, lang)),
    ...(isGradient ? backwardParagraphs(result, page) : [display(derivationRows(result, page, expand))]),
    display(matrixRows(result, page)),
    page.say(asSentence(sharingPhrase(result, lang), lang)),
    display(updateRows(result, page)),
    ...certificateNotices(result, lang).map((notice) => noticeParagraph(notice, page)),
    page.say(asSentence(unsolvedPhrase(result, lang), lang)),
    footprint.map(page.say).join(wordsOf(lang).sentenceGap),
  ];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}

function backwardParagraphs(gradient: Gradient, page: LatexPage): string[] {
  return [
    markdownText(wordsOf(page.language).gradient.backwardSentence),
    display(adjointRows(gradient, page)),
    display(resultRows(gradient, page)),
    page.say(operationsSentence(gradient, page.language)),
  ];
}

const marks: Readonly<Record<Notice['mark'], string>> = { verified: '✓', failed: '✗', open: '?' };

function noticeParagraph({ mark, phrase }: Notice, page: LatexPage): string {
  return `${marks[mark]} ${page.say(asSentence(phrase, page.language))}`;
}

/** Rows as aligned displays, one after the other where they would be too much for one; nothing for no rows. */
function display(rows: readonly string[]): string {
  return cutDisplays(rows)
    .map((part) => `$$\n\\begin{aligned}\n${part.join(' \\\\\n')}\n\\end{aligned}\n$$`)
    .join('\n\n');
}

/**
 * Macros that one display may hold. KaTeX and Temml, as every site sets them up, give up after 1,000 expansions in one
 * formula, and a thin space or an operator's name takes three.
 */
const mostMacros = 300;

function cutDisplays(rows: readonly string[]): string[][] {
  const parts: string[][] = [];
  let count = 0;
  for (const row of rows) {
    const macros = row.match(/\\(?:,|operatorname|quad|bmod)/g)?.length ?? 0;
    const last = parts[parts.length - 1];
    if (last === undefined || count + macros > mostMacros) {
      parts.push([row]);
      count = macros;
    } else {
      last.push(row);
      count += macros;
    }
  }
  return parts;
}

/** Words that no Markdown reader takes for markup. */
function markdownText(text: string): string {
  return text.replace(/[\\`*_[\]<>$|~#]/g, '\\$&');
}
