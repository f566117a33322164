/** What is to be said about a note, each message at its place. */

import type { VFile } from 'vfile';
import { placesIn } from '../notes/places.ts';
import { describeProblem, type Problem, type Span } from '../problem.ts';

/** Collects messages for one document. */
export interface Report {
  readonly file: VFile;
  /** A block or a note that is wrong: counts as an error. */
  readonly refuse: (problem: Problem, span: Span) => void;
  /** Something that was left as it is. */
  readonly warn: (message: string, rule: string, span: Span) => void;
}

/** A report on `file`; spans count in `text`, which is its text unless a parser saw less of it. */
export function openReport(file: VFile, text = String(file)): Report {
  const point = placesIn(text);
  const placeOf = ({ start, end }: Span) => ({ start: point(start), end: point(end) });
  return {
    file,
    refuse: ({ code, message, hint }, span) => {
      const said = file.message(message, { place: placeOf(span), ruleId: code, source: 'chainrule' });
      said.fatal = true;
      if (hint !== undefined) said.note = hint;
    },
    warn: (message, rule, span) => {
      file.message(message, { place: placeOf(span), ruleId: rule, source: 'chainrule' });
    },
  };
}

/** Our messages with source line and caret, each under its place. */
export function describeMessages(file: VFile, name: string, text = String(file)): string {
  return file.messages
    .filter(({ source }) => source === 'chainrule')
    .map((message) => {
      const { line, column, fatal, reason, note, place } = message;
      const start = place !== undefined && 'start' in place ? place.start.offset : undefined;
      const end = place !== undefined && 'start' in place ? place.end.offset : undefined;
      const said = describeProblem({
        code: 'syntax',
        message: reason,
        ...(start === undefined ? {} : { source: text, span: { start, end: end ?? start + 1 } }),
        ...(typeof note === 'string' ? { hint: note } : {}),
      });
      const place_ = line === undefined ? name : `${name}:${line}:${column}`;
      return `${place_} ${fatal === true ? said : said.replace(/^error/, 'warning')}\n`;
    })
    .join('\n');
}
