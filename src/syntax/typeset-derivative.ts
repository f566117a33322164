/** Derivatives as they are set: ∂w/∂z, ∂²E/∂x∂y, ∂(X w)/∂w, ∂/∂βⱼ (…), d/dx (…), ∂₁f(a, b). */

import { letters } from './letters.ts';
import type { Token } from './text-token.ts';
import { binderAt } from './typeset-binder.ts';
import { call, closingOf, operandEnd, productEnd, type Spell, type Spelled, token } from './typeset-parts.ts';

/** A derivative, or a function differentiated by the position of an argument, at `at`. */
export function spellDerivative(tokens: readonly Token[], at: number, spell: Spell): Spelled | undefined {
  const sign = tokens[at];
  if (sign?.text === '∂')
    return tokens[at + 1]?.set === 'lowered' ? spellPartial(tokens, at) : spellQuotient(tokens, at, '∂', spell);
  if (sign?.kind !== 'name') return undefined;
  return sign.text === 'd' ? spellQuotient(tokens, at, 'd', spell) : undefined;
}

const differential = letters`^d[\p{L}](?:\d+|_\w+)?$`;

/**
 * `tokens` with the dw of dw/dz as two. In plain text that is a quotient of two names; beside signs of print, such as a
 * centred dot or a raised 2, it is the derivative that it looks like.
 */
export function partDifferentials(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((name, at) => {
    if (name.kind !== 'name' || !differential.test(name.text)) return [name];
    const slash = operandEnd(tokens, at, false);
    if (tokens[slash]?.text !== '/' || !differential.test(tokens[slash + 1]?.text ?? '')) return [name];
    const [sign, rest] = [name.text.slice(0, 1), name.text.slice(1)];
    return [
      { ...name, text: sign, end: name.start + 1 },
      { ...name, text: rest, start: name.start + 1 },
    ];
  });
}

/** ∂₁f(a, b). */
function spellPartial(tokens: readonly Token[], at: number): Spelled | undefined {
  const close = closingOf(tokens, at + 1);
  const positions = tokens
    .slice(at + 2, close)
    .flatMap((one) => (one.kind === 'number' ? [...one.text].map((digit) => ({ ...one, text: digit })) : []));
  const name = tokens[close + 1];
  if (name?.kind !== 'name' || positions.length === 0 || tokens[close + 2]?.text !== '(') return undefined;
  return { tokens: call('D', [[name], ...positions.map((one) => [one])], tokens[at] as Token), end: close + 2 };
}

/** What a derivative is taken by, and behind which token it ends. */
interface Denominator {
  readonly by: readonly (readonly Token[])[];
  readonly end: number;
}

function spellQuotient(tokens: readonly Token[], at: number, sign: '∂' | 'd', spell: Spell): Spelled | undefined {
  const order = powerAt(tokens, at + 1);
  const subject = order.end;
  const isOperator = tokens[subject]?.text === '/';
  const isBracketed = tokens[subject]?.text === '(' && isSingle(tokens, subject);
  const slash = isOperator
    ? subject
    : isBracketed
      ? closingOf(tokens, subject) + 1
      : operandEnd(tokens, subject, false);
  if (tokens[slash]?.text !== '/') return undefined;
  const touches = tokens[subject]?.start === tokens[subject - 1]?.end;
  if (sign === 'd' && !isOperator && order.count === 1 && !touches) return undefined;
  if (!isOperator && !isBracketed && (tokens[subject]?.kind !== 'name' || slash === subject)) return undefined;
  const below = denominatorAt(tokens, slash + 1, sign);
  if (below === undefined || below.by.length !== order.count) return undefined;
  // det(X) is no variable.
  if (isBracketed && tokens[below.end]?.text === '(' && tokens[below.end]?.start === tokens[below.end - 1]?.end)
    return undefined;
  const near = tokens[at] as Token;
  const body = isOperator ? bodyAt(tokens, below.end) : { start: subject, stop: slash, end: below.end };
  if (body === undefined) return undefined;
  const differentiated = below.by
    .toReversed()
    .reduce<readonly Token[]>((of, by) => call('d', [of, by], near), spell(tokens.slice(body.start, body.stop)));
  return { tokens: differentiated, end: body.end };
}

/** Whether the bracket at `at` holds one expression: d(u, x) is a derivative by itself. */
function isSingle(tokens: readonly Token[], at: number): boolean {
  let depth = 0;
  return tokens.slice(at, closingOf(tokens, at)).every(({ text }) => {
    if (text === '(' || text === '[') depth++;
    if (text === ')' || text === ']') depth--;
    return text !== ',' || depth > 1;
  });
}

/** An operator acts on the bracket or on the sum behind it. */
function bodyAt(tokens: readonly Token[], at: number): { start: number; stop: number; end: number } | undefined {
  if (tokens[at]?.text === '(') {
    const close = closingOf(tokens, at);
    return { start: at + 1, stop: close, end: close + 1 };
  }
  // What stands before it is the variable, and no factor.
  if (binderAt(tokens.slice(at), 0) === undefined) return undefined;
  const end = productEnd(tokens, at);
  return { start: at, stop: end, end };
}

/** ² behind ∂ or behind a variable: 1 where there is none. */
function powerAt(tokens: readonly Token[], at: number): { count: number; end: number } {
  const [caret, open, number, close] = tokens.slice(at, at + 4);
  const isPower = caret?.text === '^' && open?.set === 'raised' && number?.kind === 'number' && close?.kind === 'close';
  return isPower ? { count: Number(number.text), end: at + 4 } : { count: 1, end: at };
}

/** ∂x∂y² from the first sign on. */
function denominatorAt(tokens: readonly Token[], start: number, sign: '∂' | 'd'): Denominator | undefined {
  const by: (readonly Token[])[] = [];
  let at = start;
  for (;;) {
    const variable = variableAt(tokens, at, sign);
    if (variable === undefined) break;
    const power = powerAt(tokens, variable.end);
    if (power.count > mostTimes) return undefined;
    for (let count = 0; count < power.count; count++) by.push(variable.tokens);
    at = power.end;
  }
  return by.length === 0 ? undefined : { by, end: at };
}

const mostTimes = 20;

function variableAt(tokens: readonly Token[], at: number, sign: '∂' | 'd'): Spelled | undefined {
  if (sign === '∂') {
    if (tokens[at]?.text !== '∂' || tokens[at + 1]?.kind !== 'name') return undefined;
    const end = indicesEnd(tokens, at + 2);
    return { tokens: tokens.slice(at + 1, end), end };
  }
  const first = tokens[at];
  if (first?.kind !== 'name' || !/^d[^\d_]/u.test(first.text)) return undefined;
  const end = indicesEnd(tokens, at + 1);
  return {
    tokens: [token('name', first.text.slice(1), { ...first, start: first.start + 1 }), ...tokens.slice(at + 1, end)],
    end,
  };
}

function indicesEnd(tokens: readonly Token[], start: number): number {
  let at = start;
  while (tokens[at]?.text === '[') at = closingOf(tokens, at) + 1;
  return at;
}
