/**
 * Mathematics as it is set in print and as our terminals show it, in the text syntax: |x| as abs(x), Σᵢ xᵢ as sum(x[i], i),
 * ∂w/∂z as d(w, z), sin² 3x as sin(3x)^2. What is written in plain text syntax stays as it is.
 */

import type { Token } from './text-token.ts';
import { spellBars } from './typeset-bars.ts';
import { binderAt, mayBind, spellBinder } from './typeset-binder.ts';
import { spellCallees } from './typeset-callee.ts';
import { spellChoices } from './typeset-choice.ts';
import { partDifferentials, spellDerivative } from './typeset-derivative.ts';
import { isBare, spellFunction } from './typeset-function.ts';
import { spellInfix } from './typeset-infix.ts';
import type { Spell } from './typeset-parts.ts';
import { spellProducts } from './typeset-product.ts';
import { spellQuotients } from './typeset-quotient.ts';
import { spellRoots } from './typeset-root.ts';

/** `tokens` of one statement in the text syntax. */
export function spellOut(written: readonly Token[]): readonly Token[] {
  if (written.filter(seeksOperands).length > mostSeeking) throw new RangeError('too many signs of print');
  const tokens = spellQuotients(spellCallees(spellRoots(written)));
  if (!tokens.some((token) => isOfPrint(token) || mayBeOfPrint(token))) return tokens;
  const fenced = spellChoices(spellBars(tokens));
  const spelled = spellerOf(deepestSpelling)(tokens.some(isOfPrint) ? partDifferentials(fenced) : fenced);
  return spellInfix(spellProducts(spelled));
}

/** Sums, derivatives and functions within one another that are read, in print. */
const deepestSpelling = 100;

/** Most signs in one statement that look for their operands, each anew. */
const mostSeeking = 500;

function seeksOperands({ text, set }: Token): boolean {
  return text === '⊗' || text === '√' || text === '{' || (text === '+' && set === 'raised');
}

const signs: ReadonlySet<string> = new Set('|‖∥⌊⌋⌈⌉⟨⟩∂⊗∘{');

/** Signs that no keyboard has, and scripts. */
function isOfPrint(token: Token): boolean {
  return token.set !== undefined || signs.has(token.text);
}

/** What plain text writes in the same letters: sin x, d/dx, a blank before a bracket, Σ_i, sum_i. */
function mayBeOfPrint({ kind, text }: Token): boolean {
  return text === '(' || (kind === 'name' && (isBare(text) || text === 'd' || text.startsWith('D_') || mayBind(text)));
}

const constructs = [spellDerivative, spellFunction];

/** Reads a part, in which others may be nested to so many levels. Throws a RangeError where there are more. */
function spellerOf(levels: number): Spell {
  if (levels === 0) throw new RangeError('signs of print are nested too deep');
  return (tokens) => spellWith(tokens, (part) => spellerOf(levels - 1)(part));
}

function spellWith(tokens: readonly Token[], spell: Spell): Token[] {
  const out: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const binder = binderAt(tokens, at);
    const found =
      binder !== undefined
        ? spellBinder(tokens, at, binder, spell)
        : firstOf(constructs, (construct) => construct(tokens, at, spell));
    for (const token of found?.tokens ?? [tokens[at] as Token]) out.push(token);
    at = found?.end ?? at + 1;
  }
  return out;
}

function firstOf<Item, Value>(items: readonly Item[], find: (item: Item) => Value | undefined): Value | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
