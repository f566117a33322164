/**
 * Marks within a printed formula: characters of the private use area before and after a part, so that one printed text
 * serves with and without them. No name can hold them: every notation spells them out.
 */

import type { Box } from './notation.ts';

/** What a part is marked as: it has just come, it goes with the next step, or both. */
export type Mark = 'come' | 'gone' | 'both';

/** The characters that open a part. */
export const opening: Readonly<Record<Mark, string>> = { come: '\ue000', gone: '\ue001', both: '\ue002' };
const closing = '\ue00f';

/** `text` between marks; as it is without one. */
export function markText(text: string, mark: string | undefined): string {
  return mark === undefined ? text : mark + text + closing;
}

/** A part with marks around all its texts. */
export function markBox(box: Box, mark: string | undefined): Box {
  if (mark === undefined) return box;
  const closed = box.closed === undefined ? {} : { closed: markText(box.closed, mark) };
  return { ...box, text: markText(box.text, mark), ...closed, mark };
}

/** The text alone. */
export function withoutMarks(text: string): string {
  return text.replace(/[\ue000-\ue00f]/g, '');
}

/** The text with something else in the place of each mark. */
export function replaceMarks(text: string, open: Readonly<Record<Mark, string>>, close: string): string {
  const replacements = new Map([
    ...(Object.entries(opening) as [Mark, string][]).map(([mark, character]) => [character, open[mark]] as const),
    [closing, close] as const,
  ]);
  return text.replace(/[\ue000-\ue00f]/g, (character) => replacements.get(character) ?? '');
}
