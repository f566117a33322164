/** Functions as they are set: sin x, sin 3x, sin² x, sin^-1 x, log Σᵢ xᵢ, logₐ x, δᵢⱼ. */

import { bareFunctions, indexedFunctions, raisableFunctions } from './functions.ts';
import type { Token } from './text-token.ts';
import { binderAt, spellBinder } from './typeset-binder.ts';
import { beginsOperand, call, closingOf, type Spell, type Spelled, token } from './typeset-parts.ts';

/** Names of functions in text that stand before their argument as those of print do. */
const alsoBare = new Set('log_2 log_10 log2 log10 sqrt cbrt exp tr Tr trace'.split(' '));

/** Whether a function may stand before its argument without brackets. */
export function isBare(name: string): boolean {
  return bareFunctions.has(name) || alsoBare.has(name);
}

/** Functions one behind the other without brackets: log sin x. */
const mostFunctions = 4;

/** A function at `at` whose argument, power or index stands otherwise than in text. */
export function spellFunction(
  tokens: readonly Token[],
  at: number,
  spell: Spell,
  levels = mostFunctions,
): Spelled | undefined {
  const name = tokens[at];
  if (name?.kind !== 'name') return undefined;
  const indexed = spellIndexed(tokens, at, spell);
  if (indexed !== undefined) return indexed;
  if (!isBare(name.text)) return undefined;
  const power = raisableFunctions.has(name.text) ? powerAt(tokens, at + 1) : [];
  if (power.length === 0 && tokens[at + 1]?.text === '(') return undefined;
  const argument = argumentAt(tokens, at + 1 + power.length, spell, levels);
  if (argument === undefined) return undefined;
  // As in LaTeX, the power -1 of such a function is its inverse.
  const isInverse = power.some(({ text }) => text === '-');
  const applied = call(isInverse ? `a${name.text}` : name.text, [argument.tokens], name);
  return { tokens: isInverse ? applied : [...applied, ...power], end: argument.end };
}

/** ^2, ^(2) or ^-1 behind a function. */
function powerAt(tokens: readonly Token[], at: number): readonly Token[] {
  if (tokens[at]?.text !== '^') return [];
  const isGroup = tokens[at + 1]?.text === '(';
  const end = isGroup ? closingOf(tokens, at + 1) + 1 : tokens[at + 1]?.text === '-' ? at + 3 : at + 2;
  const exponent = isGroup ? tokens.slice(at + 2, end - 1) : tokens.slice(at + 1, end);
  const isRaised = /^(?:\d+|-1)$/.test(exponent.map(({ text }) => text).join(''));
  return isRaised ? tokens.slice(at, end) : [];
}

/** What stands behind a function: a bracket, another function, or x, 3, 3x, where nothing else could belong to it. */
function argumentAt(tokens: readonly Token[], at: number, spell: Spell, levels = mostFunctions): Spelled | undefined {
  const first = tokens[at];
  if (first?.text === '(') {
    const close = closingOf(tokens, at);
    return { tokens: spell(tokens.slice(at + 1, close)), end: close + 1 };
  }
  const rest = tokens.slice(at);
  const binder = binderAt(rest, 0);
  if (binder !== undefined) {
    const sum = spellBinder(rest, 0, binder, spell);
    return { tokens: sum.tokens, end: at + sum.end };
  }
  if (first?.set === 'fence') {
    const close = closingOf(tokens, at + 1);
    return isEnded(tokens[close + 1])
      ? { tokens: [first, ...spell(tokens.slice(at + 1, close + 1))], end: close + 1 }
      : undefined;
  }
  if (first?.kind === 'name' && isBare(first.text)) {
    if (levels === 0) return undefined;
    const inner = spellFunction(tokens, at, spell, levels - 1);
    if (inner !== undefined) return inner;
    if (tokens[at + 1]?.text !== '(') return undefined;
    const close = closingOf(tokens, at + 1);
    return { tokens: spell(tokens.slice(at, close + 1)), end: close + 1 };
  }
  let end = at;
  if (tokens[end]?.kind === 'number') end++;
  const touches = end === at || tokens[end]?.start === tokens[end - 1]?.end;
  if (tokens[end]?.kind === 'name' && touches && !isBare(tokens[end]?.text ?? '')) {
    end++;
    while (tokens[end]?.text === '[') end = closingOf(tokens, end) + 1;
  }
  return end > at && isEnded(tokens[end]) ? { tokens: spell(tokens.slice(at, end)), end } : undefined;
}

/** Whether nothing that follows could be part of the argument: sin x y and sin x^2 may mean two things. */
function isEnded(next: Token | undefined): boolean {
  if (next === undefined) return true;
  if (next.kind === 'name' && isBare(next.text)) return true;
  if (next.text === '*') return next.set === 'dot' || next.set === 'stop';
  return !beginsOperand(next) && !['^', '/', '!', "'", '.*', './', '.^'].includes(next.text);
}

/** Functions with an index below: logₐ(x), softmaxᵢ(xᵢ), δᵢⱼ, D_x(u)[v]. */
function spellIndexed(tokens: readonly Token[], at: number, spell: Spell): Spelled | undefined {
  const name = tokens[at] as Token;
  if (/^D_\w+$/.test(name.text)) {
    const by = { ...name, text: name.text.slice(2), start: name.start + 2 };
    return spellAlong(tokens, at + 1, [by], spell, { ...name, end: name.start + 1 });
  }
  if (tokens[at + 1]?.set !== 'lowered') return undefined;
  const close = closingOf(tokens, at + 1);
  const index = spell(tokens.slice(at + 2, close));
  const along = name.text === 'D' ? spellAlong(tokens, close + 1, index, spell, name) : undefined;
  if (along !== undefined) return along;
  if (name.text === 'δ' && index.some((one) => one.text === ',')) {
    return {
      tokens: [token('name', 'delta', name), token('open', '(', name), ...index, token('close', ')', name)],
      end: close + 1,
    };
  }
  if (name.text === '𝟏') return { tokens: call('ones', [index], name), end: close + 1 };
  if (!indexedFunctions.has(name.text)) return undefined;
  if (tokens[close + 1]?.text !== '(') {
    const argument = name.text === 'log' ? argumentAt(tokens, close + 1, spell) : undefined;
    return argument === undefined
      ? undefined
      : { tokens: call(name.text, [argument.tokens, index], name), end: argument.end };
  }
  const end = closingOf(tokens, close + 1);
  return { tokens: call(name.text, [spell(tokens.slice(close + 2, end)), index], name), end: end + 1 };
}

/** The derivative of u by x in the direction v, from the bracket around u on: D_x(u)[v]. */
function spellAlong(
  tokens: readonly Token[],
  at: number,
  by: readonly Token[],
  spell: Spell,
  name: Token,
): Spelled | undefined {
  if (tokens[at]?.text !== '(') return undefined;
  const close = closingOf(tokens, at);
  if (tokens[close + 1]?.text !== '[') return undefined;
  const end = closingOf(tokens, close + 1);
  const [of, direction] = [tokens.slice(at + 1, close), tokens.slice(close + 2, end)].map(spell);
  return { tokens: call('jvp', [of ?? [], by, direction ?? []], name), end: end + 1 };
}
