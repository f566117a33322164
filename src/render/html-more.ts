/** What unfolds from a step: its rule, what it does here, its certificate, its LaTeX source, and its smaller steps. */

import type { Step } from '../derivation/derivation.ts';
import { certificateNotice } from '../explain/certificates.ts';
import { formula, wordsOf } from '../explain/explain.ts';
import { statementPhrase } from '../explain/statements.ts';
import { drawNotice } from './html-certificate.ts';
import type { Sheet } from './html-sheet.ts';
import { element, elementOf, escapeHtml } from './markup.ts';

/** A step with what its row knows of it. */
export interface Told {
  readonly step: Step;
  /** Among the rows of its list, from 1. */
  readonly number: number;
  readonly id: string;
  /** The whole row in LaTeX. */
  readonly source: string;
  /** The rows of smaller steps, drawn; empty where there are none. */
  readonly parts: string;
}

/** The content of a step's `details`. */
export function drawMore({ step, number, id, source, parts }: Told, sheet: Sheet): string {
  const { language } = sheet;
  const { page } = wordsOf(language);
  // Smaller steps say it better; and what changes the whole formula stands in the row.
  const isMerged = parts !== '';
  const isWhole = step.before === step.after || step.after === step.state;
  return [
    drawEntries([
      [page.general, isMerged ? '' : sheet.say(statementPhrase(step, language))],
      [page.here, isMerged || isWhole ? '' : sheet.say(formula(`${step.before} = ${step.after}`))],
      [page.certificate, drawNotice(certificateNotice(step.certificate, number, language), sheet)],
      [page.source, drawSource(source)],
    ]),
    drawLink(id, page.link),
    parts,
  ].join('');
}

/** Names with what they are, one below the other; entries without content are left out. */
export function drawEntries(entries: readonly (readonly [name: string, content: string])[]): string {
  const lines = entries
    .filter(([, content]) => content !== '')
    .map(([name, content]) => element('dt', {}, escapeHtml(name)) + element('dd', {}, content));
  return elementOf('dl', { class: 'cr-entries' }, lines.join(''));
}

/** LaTeX as text that a click selects as a whole. */
export function drawSource(latex: string): string {
  return element('code', { class: 'cr-latex' }, escapeHtml(latex));
}

/** A link to a row. */
export function drawLink(id: string, text: string): string {
  return element('p', { class: 'cr-link' }, element('a', { href: `#${id}` }, escapeHtml(text)));
}
