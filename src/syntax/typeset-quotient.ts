/** Quotients that are set apart: λ/2 ‖w‖² is a factor times what follows, where a/2b divides by all that touches. */

import type { Token } from './text-token.ts';
import { isBare } from './typeset-function.ts';
import { beginsOperand, operandEnd, token } from './typeset-parts.ts';
import { isFactor } from './typeset-product.ts';

/** Whether a quotient stands at the slash at `at`, both sides of which touch it, and is no derivative: not d/dx, d²/dx². */
function isQuotient(tokens: readonly Token[], at: number): boolean {
  const [before, slash, behind] = [tokens[at - 1], tokens[at], tokens[at + 1]];
  if (slash?.text !== '/' || before === undefined || behind === undefined) return false;
  if (before.end !== slash.start || behind.start !== slash.end) return false;
  const raised = tokens[at - 4]?.text === '^' && tokens[at - 3]?.set === 'raised' ? tokens[at - 5] : undefined;
  const isDifferential = /^(?:d|∂|D)/.test(behind.text) && /^(?:d|∂|D)/.test((raised ?? before).text);
  return !isDifferential && !(behind.kind === 'name' && isBare(behind.text));
}

/** Where the divisor that begins at `start` ends, with all that touches it: the 2m of ħ²/2m k². */
function divisorEnd(tokens: readonly Token[], start: number): number {
  let end = operandEnd(tokens, start);
  while (beginsOperand(tokens[end]) && tokens[end]?.start === tokens[end - 1]?.end) end = operandEnd(tokens, end);
  return end;
}

/** Signs with which an operand begins that are no bracket, name or number. */
const beginning: ReadonlySet<string> = new Set([...'|‖√∛Σ∑∏']);

/** Words that are no factors. */
const words: ReadonlySet<string> = new Set(['if', 'otherwise', 'mod']);

/** Whether a factor stands behind the divisor that ends before `end`, with a blank between them. */
function isSetApart(tokens: readonly Token[], end: number): boolean {
  const [last, next] = [tokens[end - 1], tokens[end]];
  if (last === undefined || next === undefined || next.start <= last.end) return false;
  if (words.has(next.text)) return false;
  if (next.kind !== 'open') return beginsOperand(next) || beginning.has(next.text);
  // A name may be applied to a bracket behind a blank.
  return next.text === '(' && (last.kind !== 'name' || isFactor(tokens, end - 1));
}

/** `tokens` with a sign behind each quotient that a blank sets apart from the factor that follows. */
export function spellQuotients(tokens: readonly Token[]): readonly Token[] {
  const joints = new Set<number>();
  tokens.forEach((_, at) => {
    if (!isQuotient(tokens, at)) return;
    const end = divisorEnd(tokens, at + 1);
    if (isSetApart(tokens, end)) joints.add(end);
  });
  if (joints.size === 0) return tokens;
  return tokens.flatMap((one, at) => (joints.has(at) ? [token('operator', '*', one), one] : [one]));
}
