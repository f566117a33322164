/** A derivation or gradient as a fragment of HTML: for notes, blogs and pages, without any script. */

import type { Detail, Result } from '../derivation/derivation.ts';
import { certificateNotices, type Notice } from '../explain/certificates.ts';
import { wordsOf } from '../explain/explain.ts';
import { footprintSentences } from '../explain/footprint.ts';
import { asSentence, letSentence, problemSentence, sharingPhrase, unsolvedPhrase } from '../explain/sentences.ts';
import type { Language } from '../explain/words.ts';
import { openSheet, type Sheet } from './html-sheet.ts';
import { drawSteps } from './html-steps.ts';
import { toLatex } from './latex.ts';
import { element, elementOf, escapeHtml } from './markup.ts';

export interface HtmlOptions {
  readonly lang: Language;
  /** Adds the result with the intermediates put back. */
  readonly expand?: boolean;
  /** Prefix of the ids to which the steps link; `derivation` if not given. Two fragments of one page need two. */
  readonly id?: string;
  /** What is open at first; the rest unfolds. That of the result if not given. */
  readonly detail?: Detail;
}

/**
 * `result` as a `<section>`, to be styled by `htmlStyles` and KaTeX's own style sheet. Everything is escaped, nothing in
 * it runs. Total.
 *
 *     toHtml(derive('x^2', { wrt: 'x' }), { lang: 'en', id: 'square' }) // '<section class="chainrule" lang="en" ...'
 */
export function toHtml(result: Result, { lang, expand = false, id = 'derivation' }: HtmlOptions): string {
  const sheet = openSheet(result, lang, id);
  const isAnswer = result.schema !== 'chainrule/gradient/1' && result.detail === 'answer';
  const paragraph = (content: string) => elementOf('p', {}, content);
  return element(
    'section',
    { class: 'chainrule', lang, id },
    paragraph(sheet.say(problemSentence(result, lang))),
    isAnswer ? '' : paragraph(sheet.say(letSentence(result, lang))),
    result.schema === 'chainrule/gradient/1' ? '' : drawSteps(result, sheet, expand),
    paragraph(sheet.say(asSentence(sharingPhrase(result, lang), lang))),
    ...certificateNotices(result, lang).map((notice) => drawNotice(notice, sheet)),
    paragraph(sheet.say(asSentence(unsolvedPhrase(result, lang), lang))),
    isAnswer ? '' : paragraph(footprintSentences(result, lang).map(sheet.say).join(wordsOf(lang).sentenceGap)),
    drawWholeSource(result, sheet, expand),
  );
}

const marks: Readonly<Record<Notice['mark'], string>> = { verified: '✓', failed: '✗', open: '?' };

function drawNotice({ mark, phrase }: Notice, sheet: Sheet): string {
  const sign = element('span', { class: `cr-mark cr-${mark}`, 'aria-hidden': 'true' }, marks[mark]);
  return element('p', { class: 'cr-notice' }, sign, ' ', sheet.say(asSentence(phrase, sheet.language)));
}

function drawWholeSource(result: Result, { language }: Sheet, expand: boolean): string {
  const { wholeSource } = wordsOf(language).page;
  const source = toLatex(result, { lang: language, expand });
  return element(
    'details',
    { class: 'cr-source' },
    element('summary', {}, escapeHtml(wholeSource)),
    element('pre', {}, element('code', {}, escapeHtml(source))),
  );
}
