/** Products by a bracket: x (a + b), with a blank between, is one; f(x) is none. */

import { usualFunctions } from './latex-symbols.ts';
import { greekNames } from './names.ts';
import type { Token } from './text-token.ts';
import { closingOf, endsOperand, operandStart, token } from './typeset-parts.ts';

/**
 * `tokens` with brackets around what ends in a letter that a blank sets off from the bracket behind it, unless the letter usually is a
 * function: mathjs would take what follows for its arguments.
 */
export function spellProducts(tokens: readonly Token[]): readonly Token[] {
  const isProduct = (at: number): boolean => {
    const [before, open] = [tokens[at - 1], tokens[at]];
    if (open?.text !== '(' || open.set !== undefined || before === undefined || before.end >= open.start) return false;
    return isFactor(tokens, at - 1) && !isList(tokens, at);
  };
  if (!tokens.some((_, at) => isProduct(at))) return tokens;
  const out: Token[] = [];
  tokens.forEach((one, at) => {
    if (isProduct(at)) {
      const start = startOfRun(out);
      const [first, last] = [out[start] as Token, out.at(-1) as Token];
      out.splice(start, 0, { ...token('open', '(', first), end: first.start });
      out.push({ ...token('close', ')', last), start: last.end });
    }
    out.push(one);
  });
  return out;
}

/** Whether what ends at `at` is an element, or a letter that is no function. */
function isFactor(tokens: readonly Token[], at: number): boolean {
  const last = tokens[at] as Token;
  if (last.kind !== 'name') return last.text === ']';
  const [, letter = '', scripts = ''] = /^(\p{L})((?:\d+|_\w+)?)$/u.exec(last.text) ?? [];
  return letter !== '' && (scripts !== '' || !usualFunctions.has(greekNames.get(letter) ?? letter));
}

/** Whether a comma stands in the bracket at `open`: then it holds arguments. */
function isList(tokens: readonly Token[], open: number): boolean {
  const close = closingOf(tokens, open);
  for (let at = open + 1; at < close; at++) {
    if (tokens[at]?.kind === 'open') at = closingOf(tokens, at);
    else if (tokens[at]?.text === ',') return true;
  }
  return false;
}

/** Where the factors begin that stand side by side at the end of `tokens`: (A X) (…), as A (X) would be a call in turn. */
function startOfRun(tokens: readonly Token[]): number {
  let start = operandStart(tokens, tokens.length);
  while (endsOperand(tokens[start - 1])) start = operandStart(tokens, start);
  return start;
}
