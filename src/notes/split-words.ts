/** The words within a formula apart from its mathematics: `\text{Now}\; u = x^2 \quad\text{for } x > 0`. */

import type { Span } from '../problem.ts';

/** A stretch of a formula; pieces cover the formula without gaps, so that offsets stay what they are. */
export interface FormulaPiece extends Span {
  readonly kind: 'words' | 'mathematics' | 'break' | 'gap' | 'environment';
  /** What the words say; the source of what is none. */
  readonly text: string;
}

const wordCommand =
  /\\(text|textrm|textnormal|textit|textbf|textsf|textup|mbox|hbox|intertext|shortintertext|mathrm)\s*\{/y;

/** Single words that are prose, however they stand; others can be names: `\text{loss}`. */
const singleWords = new Set(
  'and or so thus hence therefore then also where with because since which by implies gives yields using from for if when whenever unless otherwise else on at as except provided now let here note is are be we but not subject whereas while assume assuming suppose given say recall again finally similarly likewise consequently because'.split(
    ' ',
  ),
);

/** Words of languages without blanks: kana, or what stands around formulas in Chinese characters. */
const wide = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** Nobody writes prose into longer ones; none is read as mathematics either. */
const longestFormula = 20_000;

/** Splits the source of a formula; words in scripts and arguments belong to their names, and `cases` to themselves. */
export function splitWords(tex: string): FormulaPiece[] {
  if (tex.length > longestFormula) return [{ kind: 'mathematics', start: 0, end: tex.length, text: tex }];
  const pieces: FormulaPiece[] = [];
  const put = (kind: FormulaPiece['kind'], start: number, end: number, text = tex.slice(start, end)): void => {
    const last = pieces.at(-1);
    if (start >= end) return;
    if (kind === 'mathematics' && last?.kind === kind && last.end === start) pieces.pop();
    const from = kind === 'mathematics' && last?.kind === kind && last.end === start ? last.start : start;
    pieces.push({ kind, start: from, end, text: kind === 'mathematics' ? tex.slice(from, end) : text });
  };
  let depth = 0;
  for (let at = 0; at < tex.length; ) {
    const words = depth === 0 ? wordsAt(tex, at) : undefined;
    if (words !== undefined) {
      for (const { kind, start, end, text } of words) put(kind, start, end, text);
      at = words.at(-1)?.end ?? at + 1;
      continue;
    }
    const [found, kind] = tokenAt(tex, at);
    if (/^[{]$/.test(found)) depth++;
    if (/^[}]$/.test(found)) depth = Math.max(0, depth - 1);
    put(depth === 0 ? kind : 'mathematics', at, at + found.length);
    at += found.length;
  }
  return pieces.map((piece, at) =>
    isRemark(pieces, at) ? { ...piece, kind: 'words', text: piece.text.replace(/^.*?\{|\}.*$/gs, '').trim() } : piece,
  );
}

/** Whether there are words in a formula beside its mathematics. */
export function hasWords(tex: string): boolean {
  return (
    /\\(?:text|mbox|hbox|intertext|shortintertext|mathrm)/.test(tex) &&
    splitWords(tex).some(({ kind }) => kind === 'words')
  );
}

const cases = /\\begin\{(cases|dcases|rcases)\}[\s\S]*?\\end\{\1\}/y;
const environment = /\\(?:begin|end)\{[A-Za-z]+\*?\}/y;
const row = /\\\\(?:\s*\[[^\]]*\])?/y;
const gap = /\\qquad|\\quad|&&+/y;
const other = /\\[A-Za-z]+|\\[\s\S]|[\s\S]/uy;

function tokenAt(tex: string, at: number): readonly [string, FormulaPiece['kind']] {
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(tex)?.[0];
  };
  const whole = match(cases);
  if (whole !== undefined) return [whole, 'mathematics'];
  const bound = match(environment);
  if (bound !== undefined) return [bound, 'environment'];
  const line = match(row);
  if (line !== undefined) return [line, 'break'];
  const space = match(gap);
  if (space !== undefined) return [space, 'gap'];
  return [match(other) ?? tex.charAt(at), 'mathematics'];
}

/** A command whose argument is prose, at `at`; formulas stand in it between dollar signs. */
function wordsAt(tex: string, at: number): readonly FormulaPiece[] | undefined {
  wordCommand.lastIndex = at;
  const match = wordCommand.exec(tex);
  if (match === null) return undefined;
  const from = at + match[0].length;
  const close = closing(tex, from);
  const text = tex.slice(from, close);
  if (/[_^]\s*$/.test(tex.slice(Math.max(0, at - 4), at))) return undefined;
  const isProse = match[1] === 'intertext' || match[1] === 'shortintertext' || isWords(text, match[1] === 'mathrm');
  if (!isProse) return undefined;
  const pieces: FormulaPiece[] = [];
  let [start, inner] = [at, 0];
  for (const { 0: found, 1: formula = '', index } of text.matchAll(/\$([^$]+)\$/g)) {
    const place = from + index + 1;
    pieces.push({ kind: 'words', start, end: place, text: text.slice(inner, index).trim() });
    start = place + formula.length;
    pieces.push({ kind: 'mathematics', start: place, end: start, text: formula });
    inner = index + found.length;
  }
  return [...pieces, { kind: 'words', start, end: Math.min(close + 1, tex.length), text: text.slice(inner).trim() }];
}

function isWords(text: string, isUpright: boolean): boolean {
  const trimmed = text.replace(/\\[ ,;]|~/g, ' ').trim();
  if (wide.test(trimmed)) return true;
  const bare = trimmed.replace(/^[\s([{,.;:]+|[\s)\]},.;:]+$/g, '');
  if (bare === '') return trimmed !== '' || /^\s*$/.test(text);
  if (isUpright) return singleWords.has(bare.toLowerCase()) && bare.length > 2;
  return (
    /[A-Za-z]{2}[^A-Za-z]*\s+\S|\S\s+[A-Za-z]{2}/.test(bare) ||
    singleWords.has(bare.toLowerCase()) ||
    /^[([].*[A-Za-z]{2}.*[)\]]$/.test(trimmed)
  );
}

/** The offset of the brace that closes the group that is open at `from`. */
function closing(tex: string, from: number): number {
  let depth = 1;
  for (let at = from; at < tex.length; at++) {
    const character = tex.charAt(at);
    if (character === '\\') at++;
    else if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return at;
  }
  return tex.length;
}

const remark = /^\s*[,:]?\s*\\(?:text|textrm|textit|textbf|mbox)\s*\{[^{}]*[A-Za-z]{2}[^{}]*\}\s*[.,:]?\s*$/;

/** A word by itself between gaps, breaks or other words, or at an end: no name stands so. */
function isRemark(pieces: readonly FormulaPiece[], at: number): boolean {
  const piece = pieces[at] as FormulaPiece;
  if (piece.kind !== 'mathematics' || !remark.test(piece.text)) return false;
  const [before, after] = [pieces[at - 1], pieces[at + 1]];
  return [before, after].some((one) => one?.kind === 'gap');
}
