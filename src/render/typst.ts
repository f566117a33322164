/** A derivation or gradient as Typst markup, to be included in a document. */

import type { Gradient, Result } from '../derivation/derivation.ts';
import { certificateNotices } from '../explain/certificates.ts';
import { type Phrase, wordsOf } from '../explain/explain.ts';
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
import { typstOf } from './formula-typst.ts';
import { formulaOptions, rowsOf, singleBlock } from './rows.ts';
import { typstString, typstText } from './typst-text.ts';

interface TypstOptions {
  /** English if not given. */
  readonly lang?: Language;
  /** Adds the result with the intermediates put back. */
  readonly expand?: boolean;
}

/** How a page writes formulas, and words within and outside of them. */
interface Page {
  readonly lang: Language;
  readonly show: (text: string) => string;
  /** A phrase inside an equation, where spaces next to a string would be printed beside its own. */
  readonly sayInMath: (phrase: Phrase) => string;
  readonly say: (phrase: Phrase) => string;
}

/** `derived` as a fragment: paragraphs and aligned equations. No name in it can act as code. Total. */
export function toTypst(derived: Result, options: TypstOptions = {}): string {
  const { lang = 'en', expand = false } = readOptions<TypstOptions>('toTypst', options);
  demandResult('toTypst', derived);
  const result = withOutput(derived);
  const page = openPage(result, lang);
  const isGradient = result.schema === 'chainrule/gradient/1';
  const isAnswer = !isGradient && result.detail === 'answer';
  const opening = [problemStatement(result, lang), ...(isAnswer ? [] : [letSentence(result, lang)])];
  const closing = [
    ...certificateNotices(result, lang).map(({ phrase }) => asSentence(phrase, lang)),
    asSentence(unsolvedPhrase(result, lang), lang),
    ...(isAnswer ? [] : footprintSentences(result, lang)),
  ];
  const blocks = [
    sentences(opening, page),
    ...(isGradient ? backwardBlocks(result, page) : [display(derivationRows(result, page, expand))]),
    display(matrixRows(result, page)),
    sentences([asSentence(sharingPhrase(result, lang), lang)], page),
    display(updateRows(result, page)),
    sentences(closing, page),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function openPage(result: Result, lang: Language): Page {
  const options = formulaOptions(result, lang);
  const show = (text: string): string => typstOf(text, options).trim();
  return {
    lang,
    show,
    sayInMath: (phrase) => phrase.map(({ kind, text }) => (kind === 'words' ? typstString(text) : show(text))).join(''),
    say: (phrase) => phrase.map(({ kind, text }) => (kind === 'words' ? typstText(text) : `$${show(text)}$`)).join(''),
  };
}

function backwardBlocks(gradient: Gradient, page: Page): string[] {
  return [
    typstText(wordsOf(page.lang).gradient.backwardSentence),
    display(adjointRows(gradient, page)),
    display(resultRows(gradient, page)),
    page.say(operationsSentence(gradient, page.lang)),
  ];
}

function derivationRows(result: Exclude<Result, Gradient>, page: Page, withExpanded: boolean): string[] {
  return rowsOf(result, page.lang, withExpanded).map((row) => {
    const left = row.left === '' ? '' : `${page.show(row.left)} `;
    const conditions = row.conditions.length === 0 ? '' : ` quad ${page.sayInMath(row.conditions)}`;
    const reason =
      row.rule.length === 0 && conditions === '' ? '' : ` && quad ${page.sayInMath(row.rule)}${conditions}`;
    return `${left}&= ${page.show(row.formula)}${reason}`;
  });
}

function matrixRows(result: Result, page: Page): string[] {
  if (result.schema !== 'chainrule/hessian/1') return [];
  const single = singleBlock(result);
  if (single !== undefined) return [`H &= ${page.show(single)}`];
  return [`H &= mat(${result.matrix.map((row) => row.map(page.show).join(', ')).join('; ')})`];
}

function adjointRows(gradient: Gradient, page: Page): string[] {
  const { output } = gradient.problem;
  const { isWanted } = wordsOf(page.lang).gradient;
  return gradient.adjoints.map(({ name, of, expression, wanted }) => {
    const left = [name, ...(output === null ? [] : [`d(${output}, ${of})`])].map(page.show).join(' = ');
    return `${left} &= ${page.show(expression)}${wanted ? ` && quad <- ${typstString(isWanted)}` : ''}`;
  });
}

function resultRows(gradient: Gradient, page: Page): string[] {
  const { output, target } = gradient.problem;
  return gradient.results.map(
    ({ wrt, result }) => `${page.show(`d(${output ?? target}, ${wrt})`)} &= ${page.show(result)}`,
  );
}

function updateRows(result: Result, page: Page): string[] {
  const single = result.schema === 'chainrule/derivation/1' && result.update !== undefined ? [result.update] : [];
  const updates = result.schema === 'chainrule/gradient/1' ? (result.updates ?? []) : single;
  return updates.map(({ name, expression }) => `${page.show(name)} &<- ${page.show(expression)}`);
}

/** One sentence a line, where a line break may stand as a space. */
function sentences(phrases: readonly Phrase[], page: Page): string {
  return phrases
    .map(page.say)
    .filter((text) => text !== '')
    .join(wordsOf(page.lang).sentenceGap === '' ? '' : '\n');
}

/** Rows as one aligned equation; nothing for no rows. */
function display(rows: readonly string[]): string {
  return rows.length === 0 ? '' : `$ ${rows.join(' \\\n  ')} $`;
}
