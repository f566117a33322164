/** Sums and products with their index below: Σᵢ xᵢ, Σᵢ₌₁ⁿ xᵢ, Π_{i=1}^{n} xᵢ, sum_i x_i, sum_i=1^n x_i. */

import type { Token } from './text-token.ts';
import {
  beginsOperand,
  call,
  closingOf,
  endsOperand,
  openingOf,
  operandEnd,
  productEnd,
  type Spell,
  type Spelled,
  token,
} from './typeset-parts.ts';

const binders: Readonly<Record<string, string>> = {
  Σ: 'sum',
  '∑': 'sum',
  sum: 'sum',
  Π: 'prod',
  '∏': 'prod',
  prod: 'prod',
};

/** A sign or word of a sum or product, with a letter or a row of letters that count behind the line: Σ, Σ_i, sum_ij. */
const binderName = /^(?:([ΣΠ∑∏])(?:_(\w+))?|(sum|prod)(?:_([^\W\d_]|(?!(?:in|min|lin)$)[i-n]{2,3}))?)$/u;

/** Whether a name may be a binder that is written in letters of the keyboard. */
export function mayBind(name: string): boolean {
  return binderName.test(name);
}

/** A binder: what it is, its indices, their range, and where its body begins. */
export interface Binder {
  readonly name: string;
  readonly indices: readonly Token[];
  readonly range: readonly (readonly Token[])[];
  readonly body: number;
}

/** The binder at `at`. A letter Σ with an index is a quantity beside a factor and where nothing follows: wᵀ Σₖ w, Σₖ⁻¹. */
export function binderAt(tokens: readonly Token[], at: number): Binder | undefined {
  const sign = tokens[at];
  if (sign?.kind !== 'name') return undefined;
  const [, letter, below, word, letters] = binderName.exec(sign.text) ?? [];
  const name = binders[letter ?? word ?? ''];
  if (name === undefined) return undefined;
  const found = scriptsOf(tokens, at, below ?? letters) ?? unsaidScripts(tokens, at);
  const indices = found === undefined ? undefined : indicesOf(found.below);
  if (found === undefined || indices === undefined) return undefined;
  const { body, from, to } = found;
  if ((from === undefined) !== (to === undefined)) return undefined;
  const isBegun = beginsOperand(tokens[body]) || tokens[body]?.text === '∂' || beginsNegated(tokens, body, letter);
  if (!isBegun || isQuantity(tokens, at, { letter, indices, body, isRange: from !== undefined })) return undefined;
  return { name, indices, range: from === undefined || to === undefined ? [] : [from, to], body };
}

/** What stands below and above a binder, and where its body begins. */
interface Scripts {
  readonly below: readonly Token[];
  readonly from: readonly Token[] | undefined;
  readonly to: readonly Token[] | undefined;
  readonly body: number;
}

function scriptsOf(tokens: readonly Token[], at: number, word: string | undefined): Scripts | undefined {
  const sign = tokens[at] as Token;
  let body = at + 1;
  let below: readonly Token[];
  if (word !== undefined) {
    below = [{ ...sign, text: word, start: sign.end - word.length }];
    // sum_i=1^n, as it is typed without braces.
    const isRange = tokens[body]?.text === '=' && tokens[body + 2]?.text === '^';
    if (isRange) below = [...below, ...tokens.slice(body, body + 2)];
    if (isRange) body += 2;
  } else if (tokens[body]?.set === 'lowered') {
    const close = closingOf(tokens, body);
    below = tokens.slice(body + 1, close);
    body = close + 1;
  } else return undefined;
  const equals = below.findIndex(({ text }) => text === '=');
  const from = equals < 0 ? undefined : below.slice(equals + 1);
  if (from?.length === 0) return undefined;
  const names = equals < 0 ? below : below.slice(0, equals);
  if (tokens[body]?.text !== '^') return { below: names, from, to: undefined, body };
  const end = operandEnd(tokens, body + 1, false);
  const isGroup = tokens[body + 1]?.kind === 'open';
  const to = isGroup ? tokens.slice(body + 2, end - 1) : tokens.slice(body + 1, end);
  return { below: names, from, to, body: end };
}

/** A binder with nothing below it counts the one letter that counts in what follows; a word is no function there. */
function unsaidScripts(tokens: readonly Token[], at: number): Scripts | undefined {
  const [sign, next] = tokens.slice(at, at + 2) as [Token, Token | undefined];
  const isWord = sign.text === 'sum' || sign.text === 'prod';
  const isLetter = sign.text === 'Σ' || sign.text === 'Π';
  if (isLetter && endsOperand(tokens[at - 1]) && !endsNumber(tokens, at - 1)) return undefined;
  if (!beginsOperand(next) || next?.set === 'lowered' || (isWord && next?.text === '(')) return undefined;
  const counted = countedIn(tokens.slice(at + 1, productEnd(tokens, at + 1)));
  const [letter, other] = new Set(counted);
  if (letter === undefined || other !== undefined) return undefined;
  const index: Token = { kind: 'name', text: letter, start: sign.start, end: sign.end };
  return { below: [index], from: undefined, to: undefined, body: at + 1 };
}

/** Whether a number ends at `at`, or a bracket that holds numbers alone, as ½ is read. */
function endsNumber(tokens: readonly Token[], at: number): boolean {
  const last = tokens[at];
  if (last?.kind !== 'close') return last?.kind === 'number';
  const open = openingOf(tokens, at);
  return tokens[open - 1]?.kind !== 'name' && tokens.slice(open + 1, at).every(({ kind }) => kind !== 'name');
}

/** The names below a binder: one, several with commas between, or a row of letters. */
function indicesOf(below: readonly Token[]): readonly Token[] | undefined {
  const isList = below.length > 0 && below.every((one, at) => (at % 2 === 0 ? one.kind === 'name' : one.text === ','));
  if (!isList) return undefined;
  return below
    .filter(({ kind }) => kind === 'name')
    .flatMap((one) => {
      const isRow = /^[i-n]{2,3}$/.test(one.text);
      if (!isRow) return [one];
      return [...one.text].map((text, at) => ({ ...one, text, start: one.start + at, end: one.start + at + 1 }));
    });
}

/** A minus behind a sign that is no letter, -p log p behind Σ, which stands for no quantity that something is taken from. */
function beginsNegated(tokens: readonly Token[], body: number, letter: string | undefined): boolean {
  const [before, sign, after] = tokens.slice(body - 1, body + 2);
  if (sign?.text !== '-' || !beginsOperand(after) || before === undefined) return false;
  return letter === '∑' || letter === '∏' || (before.end < sign.start && sign.end === after?.start);
}

/** Whether a Greek capital with a letter below is a quantity beside another factor, as what follows it does not count the letter. */
function isQuantity(
  tokens: readonly Token[],
  at: number,
  found: {
    readonly letter: string | undefined;
    readonly indices: readonly Token[];
    readonly body: number;
    readonly isRange: boolean;
  },
): boolean {
  const { letter = '', indices, body, isRange } = found;
  const before = tokens[at - 1];
  if (!(letter === 'Σ' || letter === 'Π') || isRange || !endsOperand(before) || before?.text === '∂') return false;
  return !countsIn(
    tokens.slice(body, productEnd(tokens, body)),
    indices.map(({ text }) => text),
  );
}

/** Whether one of the letters stands below a name in `tokens`: x_i, x[i]. */
function countsIn(tokens: readonly Token[], letters: readonly string[]): boolean {
  return letters.some((letter) => countedIn(tokens, letter).length > 0);
}

/** The letters from i to n that count in `tokens`, or those alone that are `letter`. */
function countedIn(tokens: readonly Token[], letter?: string): readonly string[] {
  return tokens.flatMap(({ kind, text }, at) => {
    if (kind !== 'name') return [];
    const label = isLowered(tokens, at) ? text : /_([^_]+)$/.exec(text)?.[1];
    return label !== undefined && (letter === undefined ? /^[i-n]$/.test(label) : label === letter) ? [label] : [];
  });
}

/** Whether the token at `at` stands between the brackets of an index. */
function isLowered(tokens: readonly Token[], at: number): boolean {
  let depth = 0;
  for (let before = at - 1; before >= 0; before--) {
    const { kind, text } = tokens[before] as Token;
    if (kind === 'close') depth++;
    if (kind === 'open' && --depth < 0) return text === '[';
  }
  return false;
}

/** A binder reaches to the end of the product behind it, and is set off from a factor before it: 1/N Σ is no 1/(N Σ). */
export function spellBinder(tokens: readonly Token[], at: number, binder: Binder, spell: Spell): Spelled {
  const sign = tokens[at] as Token;
  const end = productEnd(tokens, binder.body);
  const range = binder.range.map(spell);
  const summed = binder.indices.reduceRight<Token[]>(
    (body, index) => call(binder.name, [body, [index], ...range], sign),
    spell(tokens.slice(binder.body, end)),
  );
  const isFactor = endsOperand(tokens[at - 1]) && tokens[at - 1]?.text !== '∂';
  return { tokens: isFactor ? [token('operator', '*', sign), ...summed] : summed, end };
}
