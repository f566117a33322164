/** What differs between a note that was built and the same note built again, in words for its author. */

import type { Outcome } from './derive-blocks.ts';

/** A built note, as far as differences are looked for. */
export interface Version {
  readonly document: string;
  readonly outcomes: readonly Outcome[];
}

/** Sentences without full stop, such as `block "model" changed (line 12)`; empty where nothing differs. */
export function describeChanges(before: Version, after: Version): string[] {
  const old = keyed(before);
  const now = keyed(after);
  const changed = [...now].flatMap(([key, block]) => {
    const earlier = old.get(key);
    const place = `line ${lineOf(after.document, block.start)}`;
    if (earlier === undefined) return [`${key} is new (${place})`];
    return earlier.text === block.text ? [] : [`${key} changed (${place})`];
  });
  const gone = [...old.keys()].filter((key) => !now.has(key)).map((key) => `${key} is gone`);
  const words =
    withoutBlocks(before) === withoutBlocks(after) ? [] : [`text changed (line ${firstDifference(before, after)})`];
  return [...changed, ...gone, ...words];
}

/** Blocks by name, those without by their number. */
function keyed({ document, outcomes }: Version): Map<string, { text: string; start: number }> {
  return new Map(
    outcomes.map(({ block }, at) => {
      const name = block.options.find((option) => option.name === 'name')?.value;
      const { start, end } = block.span;
      return [
        typeof name === 'string' ? `block "${name}"` : `block ${at + 1}`,
        { text: document.slice(start, end), start },
      ];
    }),
  );
}

function withoutBlocks({ document, outcomes }: Version): string {
  let text = '';
  let at = 0;
  for (const { block } of outcomes) {
    text += `${document.slice(at, block.span.start)}\u0000`;
    at = block.span.end;
  }
  return text + document.slice(at);
}

/** The line in the new document at which the texts around the blocks begin to differ. */
function firstDifference(before: Version, after: Version): number {
  const old = withoutBlocks(before);
  const now = withoutBlocks(after);
  let at = 0;
  while (at < now.length && old[at] === now[at]) at++;
  let rest = at;
  let place = 0;
  for (const { block } of after.outcomes) {
    const gap = block.span.start - place;
    if (rest <= gap) break;
    rest -= gap + 1;
    place = block.span.end;
  }
  return lineOf(after.document, Math.min(place + rest, after.document.length));
}

function lineOf(document: string, offset: number): number {
  return document.slice(0, offset).split('\n').length;
}
