/** A derivation or gradient as a fragment of HTML: for notes, blogs and pages, without any script. */

import type { Detail, NamedExpression, Result } from '../derivation/derivation.ts';
import { certificateNotices } from '../explain/certificates.ts';
import { wordsOf } from '../explain/explain.ts';
import { footprintSentences } from '../explain/footprint.ts';
import { withOutput } from '../explain/output.ts';
import { nameLines, noticeLines } from '../explain/reading.ts';
import {
  asSentence,
  letSentence,
  operationsSentence,
  problemSentence,
  problemStatement,
  sharingPhrase,
  unsolvedPhrase,
} from '../explain/sentences.ts';
import type { Language } from '../explain/words.ts';
import { demandResult, readOptions } from '../library-options.ts';
import { drawNotice } from './html-certificate.ts';
import { drawGradient } from './html-gradient.ts';
import { drawHead, drawRows } from './html-row.ts';
import { openSheet, type Sheet } from './html-sheet.ts';
import { drawSteps, shownResult } from './html-steps.ts';
import { toLatex } from './latex.ts';
import { element, elementOf, escapeHtml } from './markup.ts';
import { updatesOf } from './rows.ts';

export interface HtmlOptions {
  /** English if not given. */
  readonly lang?: Language;
  /** Adds the result with the intermediates put back. */
  readonly expand?: boolean;
  /** Prefix of the ids to which the steps link; `derivation` if not given. Two fragments of one page need two. */
  readonly id?: string;
  /**
   * What is seen at first; the rest unfolds. A result in every detail can be shown at `standard`, with its small steps
   * folded, or as the `answer` with all steps folded. The detail of the result if not given.
   */
  readonly detail?: Detail;
  /** Markup of formulas by their LaTeX, which the fragments of one page can share. */
  readonly markup?: Map<string, string>;
}

/**
 * `derived` as a `<section>`, to be styled by `htmlStyles` and KaTeX's own style sheet. Everything is escaped, nothing in
 * it runs. Formulas beyond what anyone can read are shown as their LaTeX source. Total.
 *
 *     toHtml(derive('x^2', { wrt: 'x' }), { lang: 'en', id: 'square' }) // '<section class="chainrule" lang="en" ...'
 */
export function toHtml(derived: Result, given: HtmlOptions = {}): string {
  const options = readOptions<HtmlOptions>('toHtml', given);
  const { lang = 'en', expand: isExpanded = false, id = 'derivation', markup } = options;
  demandResult('toHtml', derived);
  const result = withOutput(derived);
  const isGradient = result.schema === 'chainrule/gradient/1';
  const detail = isGradient ? 'every' : (options.detail ?? result.detail);
  const sheet = openSheet(result, lang, id, markup);
  const isAnswer = !isGradient && result.detail === 'answer';
  const body = isGradient
    ? [drawGradient(result, sheet), paragraph(sheet.say(operationsSentence(result, lang)))]
    : [
        isAnswer ? '' : paragraph(sheet.say(letSentence(result, lang))),
        drawSteps({ result, sheet, isExpanded }, detail),
        paragraph(sheet.say(asSentence(sharingPhrase(result, lang), lang))),
      ];
  return element(
    'section',
    { class: 'chainrule', lang, id },
    paragraph(sheet.say(problemStatement(result, lang))),
    ...body,
    drawUpdates(updatesOf(result), sheet),
    drawNotices(isGradient ? result : shownResult(result, detail), sheet),
    isAnswer ? '' : paragraph(footprintSentences(result, lang).map(sheet.say).join(wordsOf(lang).sentenceGap)),
    drawReading(result, sheet),
    drawWholeSource(result, sheet, isExpanded),
  );
}

/** The problem as plain text: a title for a page with `result` on it. */
export function htmlTitle(result: Result, lang: Language): string {
  return openSheet(result, lang, '').speak(problemSentence(result, lang));
}

function paragraph(content: string): string {
  return elementOf('p', {}, content);
}

function drawUpdates(updates: readonly NamedExpression[], sheet: Sheet): string {
  const { update } = wordsOf(sheet.language).derivation;
  const rows = updates.map(({ name, expression }) => ({
    left: sheet.show(name),
    relation: '\\leftarrow',
    formula: sheet.show(expression),
    label: `${update}: ${sheet.spell(name)} ← ${sheet.spell(expression)}`,
  }));
  return rows.length === 0 ? '' : drawHead(update) + drawRows(rows, sheet);
}

function drawNotices(result: Result, sheet: Sheet): string {
  const { language } = sheet;
  const notices = certificateNotices(result, language).map(({ mark, phrase }) =>
    element('p', {}, drawNotice({ mark, phrase: asSentence(phrase, language) }, sheet)),
  );
  return notices.join('') + paragraph(sheet.say(asSentence(unsolvedPhrase(result, language), language)));
}

/** How the source was read, folded, where a reader could have taken something in it otherwise. */
function drawReading(result: Result, sheet: Sheet): string {
  const { language } = sheet;
  if ((result.notices ?? []).length === 0) return '';
  const entries = nameLines(result, result.problem.source, language).map(
    ({ name, role, because }) => [name, escapeHtml(`${role}: ${because}`)] as const,
  );
  const lines = entries.map(([name, said]) => element('dt', {}, sheet.say(name)) + element('dd', {}, said));
  const notices = noticeLines(result, language).map((line) => element('p', {}, escapeHtml(line)));
  return element(
    'details',
    { class: 'cr-source cr-reading' },
    element('summary', {}, escapeHtml(wordsOf(language).reading.title)),
    ...notices,
    elementOf('dl', { class: 'cr-entries' }, lines.join('')),
  );
}

function drawWholeSource(result: Result, { language }: Sheet, expand: boolean): string {
  return element(
    'details',
    { class: 'cr-source' },
    element('summary', {}, escapeHtml(wordsOf(language).page.wholeSource)),
    element('pre', {}, element('code', {}, escapeHtml(toLatex(result, { lang: language, expand })))),
  );
}
