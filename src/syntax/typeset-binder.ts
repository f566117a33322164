/** Sums and products with their index below: Σᵢ xᵢ, Σᵢ₌₁ⁿ xᵢ, Π_{i=1}^{n} xᵢ. */

import type { Token } from './text-token.ts';
import {
  beginsOperand,
  call,
  closingOf,
  endsOperand,
  operandEnd,
  productEnd,
  type Spell,
  type Spelled,
} from './typeset-parts.ts';

const binders: Readonly<Record<string, string>> = { Σ: 'sum', '∑': 'sum', Π: 'prod', '∏': 'prod' };

/** A binder: what it is, its index and range, and where its body begins. */
export interface Binder {
  readonly name: string;
  readonly index: readonly Token[];
  readonly range: readonly (readonly Token[])[];
  readonly body: number;
}

/** The binder at `at`. A letter Σ with an index is a quantity beside a factor and where nothing follows: wᵀ Σₖ w, Σₖ⁻¹. */
export function binderAt(tokens: readonly Token[], at: number): Binder | undefined {
  const sign = tokens[at];
  if (sign?.kind !== 'name') return undefined;
  const [, letter = '', word] = /^([ΣΠ∑∏])(?:_(\w+))?$/.exec(sign.text) ?? [];
  const name = binders[letter];
  if (name === undefined) return undefined;
  let body = at + 1;
  let below: readonly Token[] = [];
  if (word !== undefined) below = [{ ...sign, text: word, start: sign.end - word.length }];
  else if (tokens[body]?.set === 'lowered') {
    const close = closingOf(tokens, body);
    below = tokens.slice(body + 1, close);
    body = close + 1;
  } else return undefined;
  let to: readonly Token[] | undefined;
  if (tokens[body]?.text === '^') {
    const end = operandEnd(tokens, body + 1, false);
    const isGroup = tokens[body + 1]?.kind === 'open';
    to = isGroup ? tokens.slice(body + 2, end - 1) : tokens.slice(body + 1, end);
    body = end;
  }
  const [index, equals, ...from] = below;
  const isRange = equals?.text === '=' && from.length > 0 && to !== undefined;
  if (index?.kind !== 'name' || (equals !== undefined && !isRange) || (to !== undefined && !isRange)) return undefined;
  const before = tokens[at - 1];
  // Beside another factor it is a quantity: binders are set off by a dot.
  const isFactor = 'ΣΠ'.includes(letter) && !isRange && endsOperand(before) && before?.text !== '∂';
  if (isFactor || !(beginsOperand(tokens[body]) || tokens[body]?.text === '∂')) return undefined;
  return { name, index: [index], range: isRange ? [from, to as readonly Token[]] : [], body };
}

/** A binder reaches to the end of the product behind it. */
export function spellBinder(tokens: readonly Token[], at: number, binder: Binder, spell: Spell): Spelled {
  const end = productEnd(tokens, binder.body);
  const parts = [spell(tokens.slice(binder.body, end)), binder.index, ...binder.range.map(spell)];
  return { tokens: call(binder.name, parts, tokens[at] as Token), end };
}
