/** Roots with a raised degree in front, ⁿ√x, as calls in text: nthRoot(x, n). */

import type { Token } from './text-token.ts';
import { call, openingOf, operandEnd } from './typeset-parts.ts';

/** `tokens` with calls in the place of such roots. Each √ that is left in them has its degree before it, in brackets. */
export function spellRoots(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(isRoot)) return tokens;
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const one = tokens[at] as Token;
    if (isRoot(one)) {
      const degree = out.splice(openingOf(out, out.length - 1) - 1).slice(2, -1);
      const end = operandEnd(tokens, at + 1, false);
      const content = tokens.slice(at + 1, end);
      const isGroup = content[0]?.kind === 'open';
      out.push(...call('nthRoot', [spellRoots(isGroup ? content.slice(1, -1) : content), degree], one));
      at = end - 1;
    } else out.push(one);
  }
  return out;
}

const isRoot = ({ text }: Token): boolean => text === '√';
