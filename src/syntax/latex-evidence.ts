/** What a formula tells about its names before it is read: which are functions, vectors, indices, variables. */

import { isSign } from './latex-cursor.ts';
import { specialLetters, usualArguments, usualFunctions } from './latex-symbols.ts';
import type { Token, TokenOf } from './latex-token.ts';
import type { Evidence } from './statement.ts';

/** Adds what `tokens` show to `into`. */
export function gatherEvidence(tokens: readonly Token[], into: Evidence): void {
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    for (const part of partsOf(token)) gatherEvidence(part, into);
    if (token.kind === 'name') gatherName(tokens, at, token, into);
    else if (token.kind === 'big') gatherBounds(tokens[at + 1], into);
    else if (token.kind === 'fraction') gatherVariables(token.under, into);
  }
}

/** The lists of tokens inside a token, but for scripts that may hold a transpose or an index. */
function partsOf(token: Token): readonly (readonly Token[])[] {
  switch (token.kind) {
    case 'group':
      return [token.content];
    case 'fraction':
      return [token.over, token.under];
    case 'root':
      return [token.content];
    case 'cases':
    case 'blocks':
      return token.rows.flat();
    case 'script':
      return [token.sub ?? [], withoutTranspose(token.sup ?? [])];
    default:
      return [];
  }
}

/** X^{-\top}; a slanted T with a minus may be any quantity, as in e^{-T}. */
export function isInverseTranspose(sup: readonly Token[]): boolean {
  const [minus, sign] = sup;
  if (sup.length !== 2 || !isSign(minus, '-')) return false;
  return isSign(sign, 'T') || (sign?.kind === 'name' && sign.name === 'T' && sign.upright);
}

/** A superscript without the T at its end, which is no variable there: x^T, w^{(l)T}. */
function withoutTranspose(sup: readonly Token[]): readonly Token[] {
  const isAlone = sup.length === 1 || sup.at(-2)?.kind === 'close' || isInverseTranspose(sup);
  return isAlone && isLone(sup.slice(-1), 'T') ? sup.slice(0, -1) : sup;
}

function gatherName(tokens: readonly Token[], at: number, token: TokenOf<'name'>, into: Evidence): void {
  const next = tokens[at + 1];
  const script = next?.kind === 'script' ? next : undefined;
  const after = script === undefined ? at + 1 : at + 2;
  if (token.bold) into.vectors.add(token.name);
  if (token.name === 'T') into.variables.add('T');
  if (script?.sub !== undefined) gatherIndices(script.sub, into);
  const opening = tokens[after];
  if (opening?.kind !== 'open' || opening.sign !== '(') {
    if (specialLetters.has(token.name)) into.variables.add(specialName(token.name, script));
    return;
  }
  const isPrimed = (script?.primes ?? 0) > 0;
  if (script?.sub !== undefined && !isPrimed) return;
  if (isPrimed || token.upright || looksApplied(tokens, at, token, after, into)) into.functions.add(token.name);
}

/** A single letter before a parenthesis is applied if it usually is, if it is defined so, or if it has several arguments. */
function looksApplied(
  tokens: readonly Token[],
  at: number,
  token: TokenOf<'name'>,
  open: number,
  known: Evidence,
): boolean {
  if (usualFunctions.has(token.name) && !known.variables.has(token.name)) return true;
  const { end, commas, isPlain } = argumentsFrom(tokens, open);
  if (commas > 0) return true;
  const isHead = at === 0 || ['break', 'gap'].includes(tokens[at - 1]?.kind ?? '');
  if (isPlain && isHead && tokens[end + 1]?.kind === 'relation' && end === open + 2) return true;
  const only = tokens[open + 1];
  const isUsual = only?.kind === 'name' && (usualArguments.has(only.name) || only.bold) && end === open + 2;
  return isUsual && only.name !== token.name;
}

/** The parenthesis at `open`: where it closes, how many commas stand in it, whether names and commas are all it holds. */
export function argumentsFrom(
  tokens: readonly Token[],
  open: number,
): { end: number; commas: number; isPlain: boolean } {
  let depth = 0;
  let commas = 0;
  let isPlain = true;
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (token.kind === 'open') depth++;
    else if (token.kind === 'close') depth--;
    else if (token.kind === 'sign' && (token.sign === ',' || token.sign === ';') && depth === 1) commas++;
    else if (token.kind !== 'name' && token.kind !== 'script') isPlain = false;
    if (depth === 0) return { end: at, commas, isPlain };
  }
  return { end: tokens.length, commas, isPlain: false };
}

function gatherIndices(sub: readonly Token[], into: Evidence): void {
  const [only] = sub;
  if (sub.length === 1 && only?.kind === 'name' && only.name.length === 1 && !only.upright) into.indices.add(only.name);
  const letters = sub.flatMap((token) => (token.kind === 'name' && !token.upright ? [token.name] : []));
  const isPair = sub.length === 2 && letters.length === 2 && letters.some((letter) => /^[ijk]$/.test(letter));
  if (isPair) for (const letter of letters) into.indices.add(letter);
}

function gatherBounds(script: Token | undefined, into: Evidence): void {
  if (script?.kind !== 'script') return;
  if (isLone(script.sup, 'T')) into.variables.add('T');
  for (const token of script.sub ?? []) {
    if (token.kind === 'relation') return;
    if (token.kind === 'name') into.indices.add(token.name);
  }
}

/** What a derivative is taken by is a variable: the names after \partial or d below a bar. */
function gatherVariables(under: readonly Token[], into: Evidence): void {
  under.forEach((token, at) => {
    const before = under[at - 1];
    const isMarked = before?.kind === 'partial' || (at === 1 && before?.kind === 'name' && before.name === 'd');
    if (isMarked && token.kind === 'name') into.variables.add(token.name);
  });
}

/**
 * A letter with the number below it, `J_0`, or `J_` without a number: so {@link Evidence} notes that one of the special
 * letters stands for a quantity, and `J` alone may still be a function.
 */
export function specialName(letter: string, script: TokenOf<'script'> | undefined): string {
  const [only, second] = script?.sub ?? [];
  return `${letter}_${only?.kind === 'number' && second === undefined ? only.text : ''}`;
}

/** Whether `tokens` are the one name `name`. */
export function isLone(tokens: readonly Token[] | undefined, name: string): boolean {
  const [only] = tokens ?? [];
  return tokens?.length === 1 && only?.kind === 'name' && only.name === name;
}
