/** Products by a bracket: x (a + b), with a blank between, is one; f(x) is none. */

import { usualFunctions } from './latex-symbols.ts';
import { letters } from './letters.ts';
import { greekNames } from './names.ts';
import type { Token } from './text-token.ts';
import { beginsOperand, endsOperand, token } from './typeset-parts.ts';

/** Factors that stand side by side without a sign, from token to token. */
interface Run {
  start: number;
  /** Where a factor begins that no sign joins to the one before. */
  readonly joints: number[];
  /** Whether mathjs would take one of the brackets for arguments. */
  isMisread: boolean;
}

/**
 * `tokens` with signs between factors, and brackets around all of them, where a blank sets a bracket off from a letter that is no
 * function: mathjs would take it for its arguments. Signs alone would bind less than factors side by side do: a/x (b + c).
 */
export function spellProducts(tokens: readonly Token[]): readonly Token[] {
  const lists = listsIn(tokens);
  const isProduct = (at: number): boolean => {
    const [before, open] = [tokens[at - 1], tokens[at]];
    if (open?.text !== '(' || open.set !== undefined || before === undefined || lists.has(at)) return false;
    // The number pi is no function, however close the bracket stands: sin(2 pi(x + 1)).
    if (before.text === 'pi' || before.text === 'π') return tokens[at + 2]?.kind !== 'close';
    return before.end < open.start && isFactor(tokens, at - 1);
  };
  if (!tokens.some((_, at) => isProduct(at))) return tokens;
  const before = new Map<number, Token[]>();
  const after = new Map<number, Token[]>();
  const put = (places: Map<number, Token[]>, at: number, one: Token): void => {
    const list = places.get(at) ?? [];
    list.push(one);
    places.set(at, list);
  };
  const end = (run: Run | undefined, last: number): void => {
    if (run === undefined || !run.isMisread) return;
    const [first, final] = [tokens[run.start] as Token, tokens[last] as Token];
    put(before, run.start, { ...token('open', '(', first), end: first.start });
    for (const at of run.joints) put(before, at, token('operator', '*', tokens[at] as Token));
    put(after, last, { ...token('close', ')', final), start: final.end });
  };
  /** The run that goes on, in each bracket that is open. */
  const runs: (Run | undefined)[] = [undefined];
  tokens.forEach((one, at) => {
    const run = runs.at(-1);
    const isOperand = beginsOperand(one) && one.text !== '{';
    if (isOperand && run === undefined) runs[runs.length - 1] = { start: at, joints: [], isMisread: false };
    else if (isOperand && run !== undefined && endsOperand(tokens[at - 1])) {
      const misread = isProduct(at);
      if (misread || isJoint(tokens, at)) run.joints.push(at);
      run.isMisread ||= misread;
    }
    if (one.kind === 'open') runs.push(undefined);
    else if (one.kind === 'close') {
      end(runs.pop(), at - 1);
    } else if (one.kind === 'operator' && !isWithin(tokens, at)) {
      end(run, at - 1);
      runs[runs.length - 1] = undefined;
    }
  });
  end(runs.at(-1), tokens.length - 1);
  return tokens.flatMap((one, at) => [...(before.get(at) ?? []), one, ...(after.get(at) ?? [])]);
}

/** Powers, primes and factorials are part of a factor. */
function isWithin(tokens: readonly Token[], at: number): boolean {
  const sign = tokens[at]?.text ?? '';
  return ['^', '.^', "'", '!'].includes(sign) || ['^', '.^'].includes(tokens[at - 1]?.text ?? '');
}

/** Whether the operand at `at` is a factor of its own, and neither arguments nor indices of what stands before it. */
function isJoint(tokens: readonly Token[], at: number): boolean {
  const [before, one] = [tokens[at - 1] as Token, tokens[at] as Token];
  if (one.kind !== 'open') return true;
  if (one.text === '[') return before.kind === 'number';
  return before.kind !== 'name';
}

const greekWords: ReadonlySet<string> = new Set(greekNames.values());

const nameWithScripts = letters`^([\p{L}]+?)((?:\d+|_\w+)?)$`;

/** Whether what ends at `at` is an element, or a letter that is no function. */
export function isFactor(tokens: readonly Token[], at: number): boolean {
  const last = tokens[at] as Token;
  if (last.kind !== 'name') return last.text === ']';
  const [, letter = '', scripts = ''] = nameWithScripts.exec(last.text) ?? [];
  const isLetter = letter.length === 1 || greekWords.has(letter);
  return isLetter && (scripts !== '' || !usualFunctions.has(greekNames.get(letter) ?? letter));
}

/** The brackets that hold a comma outside of others: arguments. */
function listsIn(tokens: readonly Token[]): ReadonlySet<number> {
  const lists = new Set<number>();
  const open: number[] = [];
  tokens.forEach(({ kind, text }, at) => {
    if (kind === 'open') open.push(at);
    else if (kind === 'close') open.pop();
    else if (text === ',') lists.add(open.at(-1) ?? -1);
  });
  return lists;
}
