/** Cases between braces: { x if x > 0; 0 otherwise }. */

import type { Token } from './text-token.ts';
import { closingOf, token } from './typeset-parts.ts';

/** `tokens` with choices in the text syntax; braces that hold none stay. */
export function spellChoices(tokens: readonly Token[]): readonly Token[] {
  const at = tokens.findIndex(({ text }) => text === '{');
  if (at < 0) return tokens;
  const close = closingOf(tokens, at);
  const content = spellChoices(tokens.slice(at + 1, close));
  const choice = choiceOf(content, tokens[at] as Token);
  const rest = spellChoices(tokens.slice(close + 1));
  return [...tokens.slice(0, at), ...(choice ?? tokens.slice(at, close + 1)), ...rest];
}

function choiceOf(content: readonly Token[], brace: Token): Token[] | undefined {
  const rows = splitAt(content, ';');
  const last = rows.pop();
  if (last === undefined || last.at(-1)?.text !== 'otherwise') return undefined;
  let choice: Token[] = bracketed(last.slice(0, -1), brace);
  for (const row of rows.reverse()) {
    const [value, condition, ...others] = splitAt(row, 'if');
    if (value === undefined || condition === undefined || others.length > 0) return undefined;
    // An equation within cases compares.
    const compared = condition.map((one) => (one.text === '=' ? { ...one, text: '==' } : one));
    const parts = [compared, [token('operator', '?', brace)], bracketed(value, brace), [token('operator', ':', brace)]];
    choice = bracketed([...parts.flat(), ...choice], brace);
  }
  return choice;
}

function bracketed(content: readonly Token[], near: Token): Token[] {
  return [token('open', '(', near), ...content, token('close', ')', near)];
}

function splitAt(tokens: readonly Token[], text: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const one of tokens) {
    if (one.kind === 'open') depth++;
    if (one.kind === 'close') depth--;
    if (depth === 0 && one.text === text) parts.push([]);
    else parts.at(-1)?.push(one);
  }
  return parts;
}
