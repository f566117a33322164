/** Signs between or behind operands that are calls in text: u ⊗ v, A⁺. */

import type { Token } from './text-token.ts';
import { call, operandEnd, operandStart } from './typeset-parts.ts';

/** `tokens` with calls in the place of these signs. */
export function spellInfix(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ text, set }) => '⊗∘'.includes(text) || set === 'raised')) return tokens;
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const one = tokens[at] as Token;
    if (one.text === '⊗' && out.length > 0 && at + 1 < tokens.length) {
      const end = operandEnd(tokens, at + 1);
      const left = out.splice(operandStart(out, out.length));
      out.push(...call('outer', [left, spellInfix(tokens.slice(at + 1, end))], one));
      at = end - 1;
    } else if (isPlus(tokens, at) && out.length > 0) {
      const base = out.splice(operandStart(out, out.length));
      out.push(...call('pinv', [base], one));
      at += 3;
    } else if (one.text === '^' && tokens[at + 1]?.kind === 'open' && tokens[at + 2]?.text === '∘') {
      out.push({ ...one, text: '.^' }, tokens[at + 1] as Token);
      at += 2;
    } else out.push(one);
  }
  return out;
}

/** A raised + alone. */
function isPlus(tokens: readonly Token[], at: number): boolean {
  const [caret, open, plus, close] = tokens.slice(at, at + 4) as (Token | undefined)[];
  return caret?.text === '^' && open?.set === 'raised' && plus?.text === '+' && close?.kind === 'close';
}
