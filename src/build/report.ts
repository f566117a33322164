/** What is to be said about a note, each message at its place. */

import type { VFile } from 'vfile';
import { location } from 'vfile-location';
import type { Problem, Span } from '../problem.ts';

/** Collects messages for one document. */
export interface Report {
  readonly file: VFile;
  /** A block or a note that is wrong: counts as an error. */
  readonly refuse: (problem: Problem, span: Span) => void;
  /** Something that was left as it is. */
  readonly warn: (message: string, rule: string, span: Span) => void;
}

export function openReport(file: VFile): Report {
  const places = location(file);
  const placeOf = ({ start, end }: Span) => {
    const from = places.toPoint(start);
    const to = places.toPoint(end);
    return from === undefined ? undefined : { start: from, end: to ?? from };
  };
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
