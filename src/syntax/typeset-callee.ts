/** Functions with a letter below, as they are printed: fₖ(x) is the function f_k, as it is in LaTeX. */

import { fail } from '../problem.ts';
import { indexedFunctions } from './functions.ts';
import type { Token } from './text-token.ts';
import { closingOf } from './typeset-parts.ts';

/** A sign or word behind which the counted letters stand, below it or as its second argument. */
const binding = /^(?:[ΣΠ∑∏]|sum|prod)(?:_(\w+))?$/u;

/** What the letters below a name belong to otherwise. */
const otherwise: ReadonlySet<string> = new Set([
  'D',
  'δ',
  'delta',
  '𝟏',
  ...indexedFunctions,
  'Σ',
  'Π',
  '∑',
  '∏',
  'sum',
  'prod',
  'einsum',
]);

/**
 * `tokens` with one name for each function that has letters or numbers below. One with a letter that is counted stays a member of a
 * family that is applied, which has no meaning yet.
 */
export function spellCallees(tokens: readonly Token[]): readonly Token[] {
  const callees = new Map(tokens.flatMap((_, at) => calleeAt(tokens, at) ?? []));
  if (callees.size === 0) return tokens;
  const counted = countedLetters(tokens);
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const one = tokens[at] as Token;
    const close = callees.get(at);
    if (close === undefined) out.push(one);
    else {
      const below = tokens.slice(at + 2, close).filter(({ text }) => text !== ',');
      if (below.some(({ text }) => counted.has(text))) {
        if (tokens[close + 1]?.text === "'") refuseRunning(one, tokens[close] as Token);
        out.push(one);
        continue;
      }
      if (standsAlone(tokens, one)) refuseBoth(one, tokens[close] as Token);
      const text = [one.text, ...below.map(({ text }) => text)].join('_');
      out.push({ ...one, text, end: (tokens[close] as Token).end });
      at = close;
    }
  }
  return out;
}

/** Where the letters end that stand below the name at `at`, if it is applied: fₖ(x), fₖ′(x). */
function calleeAt(tokens: readonly Token[], at: number): [readonly [number, number]] | undefined {
  const [name, open] = tokens.slice(at, at + 2);
  if (name?.kind !== 'name' || open?.set !== 'lowered' || otherwise.has(name.text)) return undefined;
  const close = closingOf(tokens, at + 1);
  const isList = tokens
    .slice(at + 2, close)
    .every(({ kind, text }) => kind === 'name' || kind === 'number' || text === ',');
  return isList && isApplied(tokens, close) ? [[at, close]] : undefined;
}

/** Whether a bracket touches what ends at `close`, with primes or without. */
function isApplied(tokens: readonly Token[], close: number): boolean {
  let end = close;
  while (tokens[end + 1]?.text === "'" && tokens[end + 1]?.set === undefined) end++;
  const next = tokens[end + 1];
  return next?.text === '(' && next.set === undefined && next.start === tokens[end]?.end;
}

function countedLetters(tokens: readonly Token[]): ReadonlySet<string> {
  const letters = tokens.flatMap(({ kind, text }, at) => {
    const found = kind === 'name' ? binding.exec(text) : null;
    if (found === null) return [];
    if (found[1] !== undefined) return [found[1], ...found[1]];
    if (tokens[at + 1]?.kind !== 'open') return [];
    const inner = tokens.slice(at + 2, closingOf(tokens, at + 1));
    return (tokens[at + 1]?.set === 'lowered' ? inner : secondPart(inner)).map((one) => one.text);
  });
  return new Set(letters);
}

/** What stands behind the first comma outside of brackets, up to the next. */
function secondPart(tokens: readonly Token[]): readonly Token[] {
  let depth = 0;
  const commas: number[] = [];
  tokens.forEach(({ kind, text }, at) => {
    if (kind === 'open') depth++;
    else if (kind === 'close') depth--;
    else if (text === ',' && depth === 0) commas.push(at);
  });
  return commas[0] === undefined ? [] : tokens.slice(commas[0] + 1, commas[1]);
}

/** Whether the name has letters below elsewhere and is not applied: then it may be a factor here as well. */
function standsAlone(tokens: readonly Token[], name: Token): boolean {
  return tokens.some((one, at) => {
    const isMember = one.text === name.text && tokens[at + 1]?.text === '[';
    return isMember && !isApplied(tokens, closingOf(tokens, at + 1));
  });
}

function refuseRunning(name: Token, close: Token): never {
  return fail({
    code: 'unsupported-notation',
    message: "a function with an index that runs can't be read here",
    span: { start: name.start, end: close.end },
    hint: 'make the index an argument',
  });
}

function refuseBoth(name: Token, close: Token): never {
  return fail({
    code: 'unsupported-notation',
    message: `${name.text} is no function elsewhere, and is applied here`,
    span: { start: name.start, end: close.end },
    hint: 'a product needs a sign or a blank, x[i]*(y + 1)',
  });
}
