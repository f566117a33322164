/** Reads the prose of a note: sentences, and the words within formulas, to statements as data. */

import { readFormula } from './formula-words.ts';
import type { ProseStatement } from './prose-statement.ts';
import type { ScannedNote } from './scan.ts';
import { readSentence } from './sentence-statements.ts';

/** All statements of a note in reading order. What no phrase of the tables says is not said: a guess is not an answer. */
export function readProse({ sentences, formulas }: ScannedNote): ProseStatement[] {
  const said = [...sentences.flatMap(readSentence), ...formulas.flatMap(readFormula)];
  return said.sort((a, b) => a.span.start - b.span.start);
}
