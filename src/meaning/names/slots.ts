/** What stands below and above a name: an index, a label that belongs to the name, a transpose, a power. */

import { isLone, isSign } from '../../syntax/latex-cursor.ts';
import { indexLetters, subscriptWords } from '../../syntax/latex-symbols.ts';
import { isConditionBar, type Token } from '../../syntax/latex-token.ts';
import { conditionName } from '../../syntax/names.ts';
import type { ScriptBase, SubscriptPart, SuperscriptReading } from '../../syntax/naming.ts';
import { takenFor } from './choices.ts';
import { type Evidence, isInverseTranspose } from './evidence.ts';

/**
 * Words extend a name, a row of index letters counts one by one, and one letter or number is an index where the slot of
 * that name counts anywhere; everything else is one index.
 */
export function subscriptPart(part: readonly Token[], base: ScriptBase, known: Evidence): SubscriptPart {
  const condition = base.name === undefined ? undefined : conditionOf(part, base.bound, known);
  if (condition !== undefined) return { kind: 'label', label: condition };
  const label = base.name !== undefined || part.length === 1 ? wordOf(part) : undefined;
  if (label !== undefined && (isBlockName(part, base, known) || !isIndexRow(part, base.bound, known)))
    return { kind: 'label', label };
  if (isRow(part)) return { kind: 'letters' };
  const single = base.token === undefined ? undefined : labelOf(part[0]);
  if (single === undefined || part.length !== 1) return { kind: 'index' };
  return isIndex(single, base, known) ? { kind: 'index' } : { kind: 'label', label: single };
}

/**
 * The k|k-1 of P_{k|k-1}, what is known at one step of another: a label, kgivenkminus1, unless a sum counts its letters. Undefined for
 * everything else.
 */
function conditionOf(part: readonly Token[], bound: readonly string[], known: Evidence): string | undefined {
  const at = part.findIndex(isConditionBar);
  if (at < 1) return undefined;
  const counts = (letter: string): boolean => bound.includes(letter) || known.bound.has(letter);
  if (part.some((token) => token.kind === 'name' && counts(token.name))) return undefined;
  const [before, behind] = [part.slice(0, at), part.slice(at + 1)].map((side) =>
    side.map((token) => (token.kind === 'sign' ? token.sign : labelOf(token)) ?? '?').join(''),
  ) as [string, string];
  return [before, behind].every((side) => /^[\p{L}\p{N}+-]+$/u.test(side)) ? conditionName(before, behind) : undefined;
}

/** A letter, a number or a sign as the label that it may be. */
function labelOf(token: Token | undefined): string | undefined {
  if (token?.kind === 'name') return token.name;
  if (token?.kind === 'number') return token.text;
  if (token?.kind !== 'sign') return undefined;
  return { '+': 'plus', '-': 'minus' }[token.sign];
}

/**
 * Whether a letter or number below a name is an index. Strongest first: the whole name is declared by itself; the name is
 * declared with an axis, or as a scalar; a letter that a sum binds stands in this slot of the name somewhere; a letter
 * that usually counts stands there, and no other kind of letter.
 */
function isIndex(label: string, { token, bound }: ScriptBase, known: Evidence): boolean {
  const name = token?.name ?? '';
  // What stands below a bold 1 is its length.
  if (name === '1') return true;
  if (label === 'plus' || label === 'minus' || known.declared.has(`${name}_${label}`)) return false;
  const axes = known.declared.get(name);
  if (axes !== undefined) return axes > 0;
  const letterName = name.replace(/_bold$/, '');
  // x_1 is an entry of the bold x where that stands by itself.
  if (token?.bold === false && known.bold.has(letterName)) return true;
  const slot = known.below.get(letterName);
  const taken = takenFor(known, 'member-or-label', letterName) ?? takenFor(known, 'separate-or-entry', letterName);
  if (taken === 'entry') return canBeEntry(label);
  if (taken !== undefined && canCount(label)) return taken === 'member';
  const letters = [...(slot?.letters ?? [])];
  const isBound = (letter: string): boolean => bound.includes(letter) || known.bound.has(letter);
  if (known.families.has(letterName) && /^[a-z]$/.test(label)) return true;
  if (isBound(label) || slot?.isComputed === true || letters.some(isBound)) return true;
  if (known.heads.has(label)) return false;
  const counts = (letter: string): boolean =>
    indexLetters.has(letter) && !known.declared.has(`${name}_${letter}`) && !known.behindRows.has(letter);
  const isLetter = !/^\d/.test(label);
  return letters.length > 0 && letters.every(counts) && (!isLetter || counts(label));
}

/** Whether a label may count the members of a family: a number, or a letter that usually does. */
export function canCount(label: string): boolean {
  return /^\d/.test(label) || indexLetters.has(label);
}

/** Whether a label may say which entry of a whole it is: a number, or any small letter. */
export function canBeEntry(label: string): boolean {
  return /^(?:\d+|[a-z])$/.test(label) || indexLetters.has(label);
}

/** The text of tokens that are a word: upright, or letters that are not all indices. */
function wordOf(part: readonly Token[]): string | undefined {
  const [first] = part;
  if (part.length === 1 && first !== undefined) {
    if (first.kind === 'function') return first.name;
    if (first.kind === 'sign' && (first.sign === 'star' || first.sign === '*')) return 'star';
    if (first.kind === 'words') return first.text.replace(/[^A-Za-z0-9]+/g, '_');
    if (first.kind === 'name' && first.upright && first.name.length > 1) return first.name;
    return undefined;
  }
  if (first?.kind !== 'name' || !isRow(part)) return undefined;
  return part.map((token) => (token.kind === 'name' ? token.name : token.kind === 'number' ? token.text : '')).join('');
}

/** Whether `part` is a row of letters and numbers that are indices one by one; `2 i` is a product. */
function isRow(part: readonly Token[]): boolean {
  const [first] = part;
  if (part.length < 2 || !part.every((token) => token.kind === 'name' || token.kind === 'number')) return false;
  return first?.kind === 'name' || (first?.kind === 'number' && first.text === '1');
}

/**
 * Whether letters below a capital tell one matrix from another, the hh of W_{hh} and the ab of \Lambda_{ab}, and no entry: the capital
 * stands nowhere without them, none of them counts anywhere, and not all of them usually do.
 */
function isBlockName(part: readonly Token[], { token, bound }: ScriptBase, known: Evidence): boolean {
  const letters = part.map((one) => (one.kind === 'name' && !one.upright ? one.name : ''));
  if (part.length !== 2 || token === undefined || !/^\p{Lu}/u.test(token.name) || !letters.every(isSmallLetter))
    return false;
  const stands = known.plain.has(token.name) || known.bold.has(token.name) || known.declared.has(token.name);
  const isAsked = known.wanted.has(`${token.name}_${letters.join('')}`);
  const isFixed = (letter: string): boolean => known.fixed.has(letter) && indexLetters.has(letter) && !isAsked;
  const counts = (letter: string): boolean => bound.includes(letter) || known.bound.has(letter) || isFixed(letter);
  return !stands && !letters.some(counts) && !letters.every((letter) => indexLetters.has(letter));
}

const isSmallLetter = (letter: string): boolean => /^[a-z]$/.test(letter);

/** Whether a row of letters such as `ij` are indices one by one, and no abbreviation such as `max`. */
function isIndexRow(part: readonly Token[], bound: readonly string[], known: Evidence): boolean {
  if (part.length < 2) return false;
  const spelled = part.map((token) => (token.kind === 'name' ? token.name : '')).join('');
  if (subscriptWords.has(spelled)) return false;
  if (/^(?:[ijk][a-z]|[a-z][ijk])$/.test(spelled) && part.length === 2) return true;
  return part.every((token) => {
    if (token.kind === 'number') return true;
    if (token.kind !== 'name' || token.upright) return false;
    const isSeen = known.indices.has(token.name) && /^[a-d]$/.test(token.name);
    return indexLetters.has(token.name) || isSeen || bound.includes(token.name);
  });
}

/** Reads a superscript; undefined for a sign that says nothing above a name. */
export function superscript(sup: readonly Token[], base: ScriptBase, known: Evidence): SuperscriptReading | undefined {
  const name = base.token?.name ?? '';
  const isVector =
    base.token !== undefined &&
    (base.token.bold || known.vectors.has(name) || (known.declared.get(base.name ?? name) ?? 0) > 0);
  const [first] = sup;
  const taken = isLone(sup, 'T') ? takenFor(known, 'transpose-or-power', name) : undefined;
  if (taken === 'power') return { kind: 'power' };
  if (taken === 'transpose' || isTranspose(sup, isVector, known)) return { kind: 'transpose' };
  if (isInverseTranspose(sup, base.token)) return { kind: 'inverse-transpose' };
  const isStarred = isSign(first, '*') || isSign(first, 'star');
  if (sup.length === 1 && isStarred) return { kind: 'label', label: 'star' };
  // The estimate x_k^- before a measurement.
  if (sup.length === 1 && isSign(first, '-') && base.name !== undefined) return { kind: 'label', label: 'minus' };
  const word = base.name !== undefined && base.name !== 'e' ? wordAbove(sup) : undefined;
  if (word !== undefined) return { kind: 'label', label: word };
  if (sup.length === 1 && isSign(first, '+')) return { kind: 'pseudo-inverse' };
  if (sup.length > 1 && isSign(first, 'o')) return { kind: 'elementwise' };
  if (sup.length === 1 && first?.kind === 'sign') return undefined;
  const isTransposed = sup.length > 1 && isTranspose(sup.slice(-1), isVector, known);
  if (isTransposed && isStarred && sup.length === 2) return { kind: 'label', label: 'star', isTransposed };
  const isHead = name === 'W' && first?.kind === 'name' && /^[QKVO]$/.test(first.name);
  // The projections of attention, W^Q, W^K, W^V and W^O: no matrix has a matrix for its exponent.
  if (isHead && sup.length === (isTransposed ? 2 : 1)) return { kind: 'label', label: first.name, isTransposed };
  const inner = insideBrackets(isTransposed ? sup.slice(0, -1) : sup);
  if (inner !== undefined && base.name !== undefined) {
    const [order] = inner;
    if (base.isFunction && inner.length === 1 && order?.kind === 'number') return { kind: 'order', order };
    if (!base.isFunction && isIndexExpression(inner, base.name)) {
      const label = labelAbove(inner, base, known);
      return label === undefined ? { kind: 'index', inner, isTransposed } : { kind: 'label', label, isTransposed };
    }
  }
  return { kind: 'power' };
}

/**
 * The number or letter of W^{(1)} or W^{(l)}, which belongs to the name where that slot of it counts nowhere: no sum binds a
 * letter in it, and nothing is computed there.
 */
function labelAbove(
  inner: readonly Token[],
  { token, name = '', bound }: ScriptBase,
  known: Evidence,
): string | undefined {
  const [only] = inner;
  const label = inner.length === 1 ? labelOf(only) : undefined;
  if (label === undefined || token === undefined) return undefined;
  if (known.declared.has(`${name}_${label}`)) return label;
  const taken = takenFor(known, 'sample-or-label', token.name.replace(/_bold$/, ''));
  if (taken === 'member') return undefined;
  if ((known.declared.get(name) ?? 0) > 0) return undefined;
  const slot = known.above.get(token.name.replace(/_bold$/, ''));
  const counts = [label, ...(slot?.letters ?? [])].some((letter) => bound.includes(letter) || known.bound.has(letter));
  if (counts || slot?.isComputed === true) return undefined;
  // Beside W_1 below, the 1 above is told apart.
  return known.below.get(token.name)?.numbers.has(label) === true ? `sup${label}` : label;
}

/** A word above, as in v^{corrected}: upright, or a row of letters that is too long for a product. */
function wordAbove(sup: readonly Token[]): string | undefined {
  const [only] = sup;
  if (sup.length === 1 && only?.kind === 'name' && only.upright && only.name.length > 1) return only.name;
  const isWord = sup.length >= 5 && sup.every((token) => token.kind === 'name' && token.name.length === 1);
  return isWord ? sup.map((token) => (token.kind === 'name' ? token.name : '')).join('') : undefined;
}

/** A T above: no exponent where it is upright, above a vector, or where T is a matrix or nothing else. */
function isTranspose(sup: readonly Token[], isVector: boolean, { functions, variables, declared }: Evidence): boolean {
  const [only] = sup;
  if (sup.length !== 1 || only === undefined) return false;
  if (isSign(only, 'T')) return true;
  if (!isLone(sup, 'T') || only.kind !== 'name') return false;
  if (only.upright || isVector || (declared.get('T') ?? 0) > 0) return true;
  return !(functions.has('T') || variables.has('T'));
}

/** The tokens within one pair of brackets around all of `tokens`. */
function insideBrackets(tokens: readonly Token[]): readonly Token[] | undefined {
  const first = tokens[0];
  if (first?.kind !== 'open' || !'(['.includes(first.sign) || tokens.at(-1)?.kind !== 'close') return undefined;
  const inner = tokens.slice(1, -1);
  return inner.some((token) => token.kind === 'open' || token.kind === 'close') ? undefined : inner;
}

/** Whether the superscript (i), (l-1) or (1) counts: a sample, a layer, a step; e^{(a+b)} is a power. */
function isIndexExpression(inner: readonly Token[], name: string): boolean {
  const counts = inner.every(
    (token) =>
      token.kind === 'number' ||
      (token.kind === 'sign' && '+-,'.includes(token.sign)) ||
      (token.kind === 'name' && (indexLetters.has(token.name) || /^[A-Z]$/.test(token.name))),
  );
  const isStep = inner.some((token) => token.kind === 'name' && /^[i-n]$/.test(token.name));
  return inner.length > 0 && counts && (name !== 'e' || isStep);
}
