/** What the words within a formula state: `f = 1 \quad\text{for } x > 0`. Each row is read as a sentence is. */

import type { Formula } from './formula.ts';
import type { ProseStatement } from './prose-statement.ts';
import { formulaMark } from './prose-text.ts';
import { readSentence } from './sentence-statements.ts';
import type { Sentence } from './sentences.ts';
import { type FormulaPiece, splitWords } from './split-words.ts';
import { partsOf, sidesOf } from './written-names.ts';

/** The statements in the words of `formula`, and the conditions that stand behind a gap without a word. */
export function readFormula(formula: Formula): ProseStatement[] {
  if (!/\\(?:text|mbox|hbox|intertext|shortintertext|mathrm|quad|qquad)|,/.test(formula.tex)) return [];
  return rowsOf(splitWords(formula.tex)).flatMap((row) => {
    const sentence = sentenceOf(row, formula);
    if (sentence === undefined) return [];
    return readSentence(sentence).map((statement) => within(statement, formula));
  });
}

function rowsOf(pieces: readonly FormulaPiece[]): FormulaPiece[][] {
  const rows: FormulaPiece[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === 'break') rows.push([]);
    else if (piece.kind !== 'environment') rows.at(-1)?.push(piece);
  }
  return rows;
}

/** A row as a sentence, with a mark for each of its parts; nothing where it has neither words nor a condition set off. */
function sentenceOf(row: readonly FormulaPiece[], formula: Formula): Sentence | undefined {
  let text = '';
  const offsets: number[] = [];
  const parts: Formula[] = [];
  const put = (added: string, offset: number, step: 0 | 1): void => {
    for (let k = 0; k < added.length; k++) offsets.push(offset + step * k);
    text += added;
  };
  const hasWords = row.some(({ kind }) => kind === 'words');
  for (const { kind, text: source, start } of row) {
    if (kind === 'words') put(` ${source} `, start, 0);
    // The commas of a choice part its branches.
    if (kind !== 'mathematics' || (!hasWords && source.includes('\\begin'))) continue;
    // A formula with its scripts and blanks alone says nothing, and neither do the signs that end it.
    for (const part of hasWords ? [{ text: source, start: 0 }] : partsOf(source)) {
      const [lead = ''] = /^(?:\s|&|\\[,;:! ])*/.exec(part.text) ?? [];
      const tex = part.text.slice(lead.length).replace(/(?:\s|&|\\[,;:! ]|[.,;])*$/, '');
      if (tex === '') continue;
      const from = start + part.start + lead.length;
      if (!hasWords && parts.length > 0) put(setOff(tex, parts), from, 0);
      put(formulaMark, from, 0);
      put(/,\s*(?:\\[,;:! ]\s*)*$/.test(part.text) ? ', ' : ' ', from, 0);
      parts.push({ ...formula, tex, offsetAt: (offset) => formula.offsetAt(from + offset) });
    }
  }
  if (!hasWords && !text.includes('for')) return undefined;
  const offsetAt = (at: number): number => formula.offsetAt(offsets[Math.min(at, offsets.length - 1)] ?? 0);
  const span = { start: offsetAt(0), end: offsetAt(text.length - 1) + 1 };
  return { text, formulas: parts, offsetAt, span, section: formula.section, paragraph: -1, isHeading: false };
}

const bounds = new Set(['greater', 'less', 'at-least', 'at-most', 'unequal', 'definite']);

/** What a gap or comma says between an equation and a bound behind it: that it holds "for" that. */
function setOff(tex: string, before: readonly Formula[]): string {
  const isBound = bounds.has(sidesOf(tex).relations[0] ?? '');
  const isBehindEquation = before.some((part) => sidesOf(part.tex).relations[0] === 'equal');
  return isBound && isBehindEquation ? 'for ' : ', ';
}

/** A statement of a row: what holds for its sentence holds for its formula, and what stands behind it for it. */
function within({ sentence: _, ...statement }: ProseStatement, formula: Formula): ProseStatement {
  const scope = statement.scope === 'sentence' ? 'formula' : statement.scope;
  const behind = scope === 'backward' ? { behind: formula } : {};
  return { ...statement, formula, scope, ...behind } as ProseStatement;
}
