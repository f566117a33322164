/**
 * Rows of touching letters that spell a word of LaTeX without its backslash: `cos x`, `lambda w^2`, `sum_i`. TeX sets each as
 * a product of letters, which nobody means; read so, the answer to another question would look right.
 */

import { functionWords } from './functions.ts';
import { refusedOperators } from './latex-symbols.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { greekNames } from './names.ts';

type Letter = TokenOf<'name'>;
/** What a word is, without its place. */
type Word = { [Kind in Token['kind']]: Omit<TokenOf<Kind>, 'start' | 'end'> }[Token['kind']];

/** Functions that nobody means as a product of letters, so that no bracket need follow: ln x. */
const alone: ReadonlySet<string> = new Set(
  'sin cos tan cot sec csc sinh cosh tanh coth sech csch arcsin arccos arctan arccot arcsec arccsc arsinh arcosh artanh arcsinh arccosh arctanh exp log ln sgn sqrt'.split(
    ' ',
  ),
);
/** Those of them that a letter may touch: sinx, xsin x. */
const touching = [...alone].filter((name) => name.length > 2).sort((a, b) => b.length - a.length);

/** Names of Greek letters that are no product of two: xi may be x times i. */
const greekWords: ReadonlySet<string> = new Set([...greekNames.values()].filter((name) => name.length > 2));

/** Operators that have bounds or a variable below them. */
const bounded: ReadonlySet<string> = new Set('lim limsup liminf sup inf argmin argmax'.split(' '));
const commands: ReadonlySet<string> = new Set('frac dfrac tfrac cdot times infty mathbf mathrm left right'.split(' '));

/** Rows of touching letters that spell a word, as one token. */
export function joinSpelled(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const first = tokens[at] as Token;
    const group = first.kind === 'group' ? first.content : [];
    // \rm{Tr} is a group of letters.
    const isWord = group.length > 1 && endOfRow(group, 0) === group.length;
    const end = isWord ? at + 1 : endOfRow(tokens, at);
    const row = (isWord ? group : tokens.slice(at, end)) as readonly Letter[];
    const word = row.length < 2 ? undefined : spelled(row, tokens.slice(end));
    joined.push(...(word ?? tokens.slice(at, Math.max(end, at + 1))));
    at = Math.max(end, at + 1);
  }
  return joined;
}

function endOfRow(tokens: readonly Token[], from: number): number {
  let end = from;
  while (isLetter(tokens[end]) && (end === from || tokens[end]?.start === tokens[end - 1]?.end)) end++;
  return end;
}

function isLetter(token: Token | undefined): token is Letter {
  return token?.kind === 'name' && token.name.length === 1 && !token.bold;
}

/** The letters as the word that they spell before `rest`; undefined where they spell none. */
function spelled(row: readonly Letter[], rest: readonly Token[]): readonly Token[] | undefined {
  const text = row.map(({ name }) => name).join('');
  const whole = wordOf(text, rest);
  if (whole !== undefined) return [placed(whole, row)];
  const function_ = touching.find((name) => text.length === name.length + 1 && text.endsWith(name));
  if (function_ !== undefined && (isOpen(rest) || isArgument(rest))) {
    return [...row.slice(0, 1), placed(called(function_), row.slice(1))];
  }
  // The last letter is what the function is of: sinx, x sinx.
  const inner = touching.find((name) => text.slice(0, -1).endsWith(name) && text.length <= name.length + 2);
  if (inner === undefined) return undefined;
  const from = text.length - 1 - inner.length;
  return [...row.slice(0, from), placed(called(inner), row.slice(from, -1)), ...row.slice(-1)];
}

function placed(word: Word, row: readonly Letter[]): Token {
  return { ...word, start: row[0]?.start ?? 0, end: row.at(-1)?.end ?? 0 } as Token;
}

const called = (name: string): Word => ({ kind: 'function', name: functionWords.get(name) ?? name });

function wordOf(text: string, rest: readonly Token[]): Word | undefined {
  const [next] = rest;
  if (isOpen(rest) ? isFunction(text, rest) : alone.has(text) && isArgument(rest)) return called(text);
  if (text === 'vec' && isOpen(rest)) return { kind: 'name', name: text, upright: true, bold: false };
  if (isTrace(text) && isMatrix(next)) return called(text);
  if (greekWords.has(text)) return { kind: 'name', name: text, upright: false, bold: false };
  if (text === 'partial' || text === 'nabla') return { kind: text };
  if ((text === 'sum' || text === 'prod') && next?.kind === 'script') return { kind: 'big', name: text };
  if (text === 'int' && (next?.kind === 'script' || isArgument(rest))) {
    return { kind: 'refused', what: 'an integral', isIntegral: true };
  }
  if (refusedOperators.has(text) && /^\p{Lu}..|^.{4}/u.test(text) && isOpen(rest)) {
    return { kind: 'refused', what: `the operator ${text}` };
  }
  const isCommand = commands.has(text) || (bounded.has(text) && next?.kind === 'script');
  return isCommand ? { kind: 'refused', what: `${text} without its backslash` } : undefined;
}

/** Whether a bracket may stand behind: that of a function, or of a power of it. */
function isOpen([next, second]: readonly Token[]): boolean {
  return (next?.kind === 'script' ? second : next)?.kind === 'open';
}

function isFunction(text: string, rest: readonly Token[]): boolean {
  if (isTrace(text)) return text === 'Tr' || holdsMatrix(rest);
  return text === 'ln' || (text.length > 2 && functionWords.has(text));
}

/** Whether a capital or a bold letter stands in the bracket: the t r of tr(x) may be factors. */
function holdsMatrix(rest: readonly Token[]): boolean {
  let depth = 0;
  for (const token of rest) {
    if (token.kind === 'open') depth++;
    if (token.kind === 'close' && --depth === 0) return false;
    if (isMatrix(token)) return true;
  }
  return false;
}

const isTrace = (text: string): boolean => text === 'tr' || text === 'Tr';

function isMatrix(token: Token | undefined): boolean {
  return token?.kind === 'name' && (token.bold || /^\p{Lu}/u.test(token.name));
}

function isArgument([next, second]: readonly Token[]): boolean {
  const first = next?.kind === 'script' ? second : next;
  return first !== undefined && ['name', 'number', 'group', 'fraction', 'root', 'function', 'bar'].includes(first.kind);
}
