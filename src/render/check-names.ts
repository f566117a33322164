/** How a claim was read, in one line: `read as: f, g functions · i summed`. */

import { wordsOf } from '../explain/explain.ts';
import { fillWords } from '../explain/unjudged.ts';
import type { Language } from '../explain/words.ts';
import type { ReadName } from '../notes/verdict.ts';
import { unicodeOf } from './formula-text.ts';
import { visible } from './formula-unicode.ts';
import { wrapItems } from './layout.ts';

/** Names by role and shape, in lines of at most `width` columns; none where there are no names. */
export function readAsText(names: readonly ReadName[], lang: Language, width: number): string[] {
  if (names.length === 0) return [];
  const words = wordsOf(lang);
  const groups = new Map<string, ReadName[]>();
  for (const one of names) {
    const key = one.shape ?? one.role;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const texts = [...groups.values()].map((group) => {
    const [first] = group as [ReadName];
    const listed = group.map(({ name }) => visible(unicodeOf(name))).join(words.list);
    if (first.shape !== undefined) return `${listed} ${first.shape}`;
    return fillWords(words.check.roles[first.role][group.length === 1 ? 0 : 1], { names: listed });
  });
  const { separator } = words.check.summary;
  const items = texts.map((text, at) => (at < texts.length - 1 ? text + separator.trimEnd() : text));
  const lines = wrapItems(items, separator.slice(separator.trimEnd().length), 0, width);
  return fillWords(words.check.readAs, { names: lines.join('\n  ') }).split('\n');
}
