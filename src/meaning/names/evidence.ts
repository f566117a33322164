/** What a formula tells about its names before it is read: which are functions, vectors, indices, variables. */

import { argumentsFrom, isLone, isSign, splitAtCommas } from '../../syntax/latex-cursor.ts';
import { specialLetters, usualArguments, usualFunctions } from '../../syntax/latex-symbols.ts';
import type { Token, TokenOf } from '../../syntax/latex-token.ts';
import { beginsLine, isHead, isLoneIn, labelledName, loneName } from './brackets.ts';
import type { Taken } from './choices.ts';

/** What is known about names before anything is decided; declarations, options and formulas add to it. */
export interface Evidence {
  /** Names that are applied somewhere, or differentiated with a prime, or called functions in prose. */
  readonly functions: Set<string>;
  /** Names that are bold or under an arrow. */
  readonly vectors: Set<string>;
  /** Letters under an arrow, which are vectors in capitals, too. */
  readonly arrows: Set<string>;
  /** Bold capitals that a \times or a \cdot stands beside, and no other bold letter: fields and forces, which are vectors. */
  readonly crossed: Set<string>;
  /** Bold letters with the label that they may have: W_2 of a bold W^{(2)}. */
  readonly boldLabels: Set<string>;
  /** Letters that are defined by a line that begins with a capital, q = W_q x: they are quantities, and count nothing. */
  readonly heads: Set<string>;
  /** Names bound by a sum or product, or that stand as a subscript of one letter. */
  readonly indices: Set<string>;
  /** Names that are known to be variables, so that `x (a + b)` is a product. */
  readonly variables: Set<string>;
  /** Letters that a sum or product binds. */
  readonly bound: Set<string>;
  /** Sets over which something is summed, and those of pairs. */
  readonly sets: Set<string>;
  readonly pairSets: Set<string>;
  /** What stands below each name, by name. */
  readonly below: Map<string, Slot>;
  /** What stands above each name in brackets: x^{(i)}. */
  readonly above: Map<string, Slot>;
  /** Names that stand by themselves in plain type, in bold type, and before a transpose. */
  readonly plain: Set<string>;
  readonly bold: Set<string>;
  /** Names that are bold somewhere, with the number of their indices there. */
  readonly boldIndices: Map<string, number>;
  readonly transposed: Set<string>;
  /** Names of which a line defines a member by its index, p_i = ...: what stands below them elsewhere counts, too. */
  readonly families: Set<string>;
  /** Names that stand right behind a transpose, the k of q^T k: vectors or matrices, and so no index below another name. */
  readonly behindRows: Set<string>;
  /** Names that stand primed before themselves, or before capitals and themselves, as in X'X and x'Ax: primes are transposes. */
  readonly squared: Set<string>;
  /** Names that stand primed where rows do, before a vector: x_i'\beta, \mathbf x'\mathbf y, \beta'X'y. */
  readonly rows: Set<string>;
  /** Whether a bold letter and the same letter in plain type are two names where both stand by themselves. */
  tellsAlphabets: boolean;
  /** Names behind which no other name stands, somewhere. */
  readonly alone: Set<string>;
  /** Names that stand without a bracket behind them somewhere, and are no head of a derivative or a definition there. */
  readonly free: Set<string>;
  /** By the name before it, what stands alone in a bracket, V(q): one name, perhaps with scripts or applied itself. */
  readonly lone: Map<string, Set<string>>;
  /** By name what it is said to depend on by K = K(theta), as `namesInBracket` writes it. */
  readonly ownValues: Map<string, Set<string>>;
  /** Names that are declared, with the number of their axes, and names that are differentiated by. */
  readonly declared: Map<string, number>;
  readonly wanted: Set<string>;
  /** Names that are said to depend on others. */
  readonly dependent: Set<string>;
  /** Indices of the variables: no sum without an index binds them. */
  readonly fixed: Set<string>;
  /** The base of logarithms without one, where the text says it. */
  logarithmBase?: '2' | '10' | undefined;
  /** What is taken otherwise than all this says, in a reading that is not the likeliest. */
  readonly taken: Taken;
}

/** What one slot of a name holds anywhere. */
interface Slot {
  readonly letters: Set<string>;
  readonly numbers: Set<string>;
  /** Something that is computed, i + 1, or a row of letters. */
  isComputed: boolean;
}

export function noEvidence(): Evidence {
  return copyEvidence(nothing);
}

const nothing: Evidence = {
  functions: new Set(),
  vectors: new Set(),
  arrows: new Set(),
  crossed: new Set(),
  boldLabels: new Set(),
  heads: new Set(),
  indices: new Set(),
  variables: new Set(),
  bound: new Set(),
  sets: new Set(),
  pairSets: new Set(),
  below: new Map(),
  above: new Map(),
  plain: new Set(),
  bold: new Set(),
  boldIndices: new Map(),
  transposed: new Set(),
  behindRows: new Set(),
  families: new Set(),
  squared: new Set(),
  rows: new Set(),
  tellsAlphabets: false,
  alone: new Set(),
  free: new Set(),
  lone: new Map(),
  ownValues: new Map(),
  declared: new Map(),
  wanted: new Set(),
  dependent: new Set(),
  fixed: new Set(),
  taken: new Map(),
};

/** A copy that can be added to. */
export function copyEvidence(known: Evidence): Evidence {
  return {
    functions: new Set(known.functions),
    vectors: new Set(known.vectors),
    arrows: new Set(known.arrows),
    crossed: new Set(known.crossed),
    boldLabels: new Set(known.boldLabels),
    heads: new Set(known.heads),
    indices: new Set(known.indices),
    variables: new Set(known.variables),
    bound: new Set(known.bound),
    sets: new Set(known.sets),
    pairSets: new Set(known.pairSets),
    below: copySlots(known.below),
    above: copySlots(known.above),
    plain: new Set(known.plain),
    bold: new Set(known.bold),
    boldIndices: new Map(known.boldIndices),
    transposed: new Set(known.transposed),
    behindRows: new Set(known.behindRows),
    families: new Set(known.families),
    squared: new Set(known.squared),
    rows: new Set(known.rows),
    tellsAlphabets: known.tellsAlphabets,
    alone: new Set(known.alone),
    free: new Set(known.free),
    lone: new Map([...known.lone].map(([name, inner]) => [name, new Set(inner)])),
    ownValues: new Map([...known.ownValues].map(([name, inner]) => [name, new Set(inner)])),
    declared: new Map(known.declared),
    wanted: new Set(known.wanted),
    dependent: new Set(known.dependent),
    fixed: new Set(known.fixed),
    logarithmBase: known.logarithmBase,
    taken: known.taken,
  };
}

function copySlots(slots: ReadonlyMap<string, Slot>): Map<string, Slot> {
  return new Map(
    [...slots].map(([name, { letters, numbers, isComputed }]) => [
      name,
      { letters: new Set(letters), numbers: new Set(numbers), isComputed },
    ]),
  );
}

/** The slot of a name, empty at first. */
function slotOf(slots: Map<string, Slot>, name: string): Slot {
  const slot = slots.get(name) ?? { letters: new Set(), numbers: new Set(), isComputed: false };
  slots.set(name, slot);
  return slot;
}

/** Notes one part of a slot. */
function noteSlot(slot: Slot, part: readonly Token[]): void {
  const [only] = part;
  if (part.length !== 1 || only === undefined) slot.isComputed = true;
  else if (only.kind === 'name' && only.name.length === 1) slot.letters.add(only.name);
  else if (only.kind === 'name' && !only.upright) slot.letters.add(only.name);
  else if (only.kind === 'number') slot.numbers.add(only.text);
}

/** Adds what `tokens` show to `into`. */
export function gatherEvidence(tokens: readonly Token[], into: Evidence): void {
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    for (const part of partsOf(token, tokens[at - 1])) gatherEvidence(part, into);
    if (token.kind === 'name') gatherName(tokens, at, token, into);
    else if (token.kind === 'big') gatherBounds(tokens[at + 1], into);
    else if (token.kind === 'fraction') gatherVariables(token.under, into);
  }
}

/** The lists of tokens inside a token, but for scripts that may hold a transpose or an index; `before` is what a script stands at. */
export function partsOf(token: Token, before?: Token): readonly (readonly Token[])[] {
  switch (token.kind) {
    case 'group':
      return [token.content];
    case 'fraction':
      return [token.over, token.under];
    case 'root':
      return [token.content];
    case 'cases':
    case 'blocks':
      return token.rows.flat();
    case 'script':
      return [token.sub ?? [], withoutTranspose(token.sup ?? [], before)];
    default:
      return [];
  }
}

/** X^{-\top}, and X^{-T} of a capital or a bold letter; above anything else a slanted T with a minus may be any quantity, e^{-T}. */
export function isInverseTranspose(sup: readonly Token[], base: Token | undefined): boolean {
  const [minus, sign] = sup;
  if (sup.length !== 2 || !isSign(minus, '-')) return false;
  if (isSign(sign, 'T')) return true;
  const isMatrix = base?.kind === 'name' && (base.bold || /^\p{Lu}/u.test(base.name));
  return sign?.kind === 'name' && sign.name === 'T' && (sign.upright || isMatrix);
}

/** A superscript without the T at its end, which is no variable there: x^T, w^{(l)T}. */
function withoutTranspose(sup: readonly Token[], base: Token | undefined): readonly Token[] {
  const isAlone = sup.length === 1 || sup.at(-2)?.kind === 'close' || isInverseTranspose(sup, base);
  return isAlone && isLone(sup.slice(-1), 'T') ? sup.slice(0, -1) : sup;
}

/** What a value ends before. */
const endings: ReadonlySet<Token['kind']> = new Set<Token['kind']>(['relation', 'gap', 'break', 'words', 'implies']);

/** The names in the bracket of K = K(theta), the relation standing at `at`: as a product it would say that theta is 1. */
function ownValueAt(tokens: readonly Token[], at: number, name: string): string | undefined {
  const again = tokens[at + 1];
  if (tokens[at]?.kind !== 'relation' || again?.kind !== 'name' || again.name !== name) return undefined;
  const open = tokens[at + 2]?.kind === 'script' ? at + 3 : at + 2;
  if (!isOpening(tokens[open])) return undefined;
  const { end } = argumentsFrom(tokens, open);
  const behind = tokens[end + 1];
  const isLast = behind === undefined || isSign(behind, ',') || isSign(behind, '.') || endings.has(behind.kind);
  return isLast ? namesInBracket(tokens, open, end) : undefined;
}

function isOpening(token: Token | undefined): boolean {
  return token?.kind === 'open' && token.sign === '(';
}

/** The names between brackets, with commas, if nothing else stands there but scripts. */
export function namesInBracket(tokens: readonly Token[], open: number, end: number): string | undefined {
  const inner = tokens.slice(open + 1, end);
  const isPlain = inner.every((part) => part.kind === 'name' || part.kind === 'script' || isSign(part, ','));
  return isPlain && inner.length > 0
    ? inner.map((part) => (part.kind === 'name' ? part.name : part.kind === 'script' ? '_' : ',')).join('')
    : undefined;
}

function gatherName(tokens: readonly Token[], at: number, token: TokenOf<'name'>, into: Evidence): void {
  const next = tokens[at + 1];
  const script = next?.kind === 'script' ? next : undefined;
  const after = script === undefined ? at + 1 : at + 2;
  if (token.bold) into.vectors.add(token.name);
  if (token.arrow === true) into.arrows.add(token.name);
  if (token.bold && isCrossed(tokens, at, after)) into.crossed.add(token.name);
  if (token.bold) for (const label of labelsOf(tokens[at + 1])) into.boldLabels.add(`${token.name}_${label}`);
  if (token.name === 'T') into.variables.add('T');
  if (beginsLine(tokens, at) && isCapitalLine(next, tokens[at + 2])) into.heads.add(token.name);
  if (next?.kind !== 'name') into.alone.add(token.name);
  const before = tokens[at - 1];
  const [index, second] = script?.sup === undefined ? (script?.sub ?? []) : [];
  const isMember = second === undefined && index?.kind === 'name' && /^[i-n]$/.test(index.name) && !index.upright;
  if (isMember && beginsLine(tokens, at) && tokens[after]?.kind === 'relation') into.families.add(token.name);
  const own = ownValueAt(tokens, after, token.name);
  if (own !== undefined) into.ownValues.set(token.name, (into.ownValues.get(token.name) ?? new Set()).add(own));
  const above = before?.kind === 'script' ? before.sup?.slice(-1) : undefined;
  if (isSign(above?.[0], 'T') || isLone(above, 'T')) into.behindRows.add(token.name);
  if (script?.sub !== undefined) {
    gatherIndices(script.sub, into);
    for (const part of splitAtCommas(script.sub)) noteSlot(slotOf(into.below, token.name), part);
  }
  if (script?.sup !== undefined) gatherAbove(token.name, script.sup, into);
  if (token.bold) {
    const parts = splitAtCommas(script?.sub ?? []);
    const below = parts.length === 1 && parts[0] !== undefined ? parts[0].length : parts.length;
    // a^{(l-1)} is one of a family of vectors, too.
    const count = below + (script?.sup?.[0]?.kind === 'open' && script.sup.at(-1)?.kind === 'close' ? 1 : 0);
    into.boldIndices.set(token.name, Math.max(count, into.boldIndices.get(token.name) ?? 0));
  }
  // A plain letter that is transposed is the vector itself, written without care.
  const isPlain = !token.bold && !isSign(script?.sup?.at(-1), 'T');
  if (script?.sub === undefined && (token.bold || isPlain)) (token.bold ? into.bold : into.plain).add(token.name);
  if (script?.primes === 1 && isSquared(tokens, after, token.name)) into.squared.add(token.name);
  if (script?.primes === 1) for (const name of rowsAt(tokens, after, token, script)) into.rows.add(name);
  noteBracket(tokens, at, token, script, into);
  const opening = tokens[after];
  if (opening?.kind !== 'open' || opening.sign !== '(') {
    if (specialLetters.has(token.name)) into.variables.add(specialName(token.name, script));
    return;
  }
  const isPrimed = (script?.primes ?? 0) > 0;
  // A power of e is no function.
  if (token.name === 'e' && script?.sup !== undefined) return;
  // A transposed name before a bracket is a factor, as is one that is declared.
  if (isSign(script?.sup?.at(-1), 'T') || into.declared.has(token.name)) return;
  if (script?.sub !== undefined && !isPrimed) {
    const [label, second] = script.sub;
    const isWord = second === undefined && (label?.kind === 'name' || label?.kind === 'number');
    // h_\theta(x) = ... defines the function h_theta.
    if (isWord && isDefined(tokens, at, after)) {
      into.functions.add(`${token.name}_${label.kind === 'name' ? label.name : label.text}`);
    }
    return;
  }
  if (isPrimed || token.upright || looksApplied(tokens, at, token, after, into)) into.functions.add(token.name);
}

/** Whether the bold capital at `at`, which ends before `after`, stands alone beside a \times, or is dotted into a vector. */
function isCrossed(tokens: readonly Token[], at: number, after: number): boolean {
  const [before, token, next] = [tokens[at - 1], tokens[at], tokens[after]];
  if (token?.kind !== 'name' || !/^\p{Lu}/u.test(token.name)) return false;
  const isAlone = ![before, next].some((one) => one?.kind === 'name' && one.bold);
  return isAlone && (isSign(before, 'x') || isSign(next, 'x') || isDotted(tokens, at, token.name));
}

/** Whether a \cdot behind a bold small letter, or behind the letter itself, stands before `at`: \mathbf m \cdot \mathbf B, no W \cdot x. */
function isDotted(tokens: readonly Token[], at: number, name: string): boolean {
  if (!isSign(tokens[at - 1], '.')) return false;
  const left = tokens[at - 2]?.kind === 'script' ? tokens[at - 3] : tokens[at - 2];
  return left?.kind === 'name' && left.bold && (left.name === name || !/^\p{Lu}/u.test(left.name));
}

/** Whether an equals sign and a capital follow. */
function isCapitalLine(sign: Token | undefined, first: Token | undefined): boolean {
  return sign?.kind === 'relation' && sign.sign === '=' && first?.kind === 'name' && /^\p{Lu}$/u.test(first.name);
}

/** The letter or number below a name, and the one above it in brackets: the l of W_l and W^{(l)}; the hh of W_{hh}. */
function labelsOf(script: Token | undefined): string[] {
  if (script?.kind !== 'script') return [];
  const { sub = [], sup = [] } = script;
  const above = sup[0]?.kind === 'open' && sup[2]?.kind === 'close' ? sup.slice(1, 2) : [];
  const row = sub.length === 2 && sub.every((one) => one.kind === 'name') ? [sub.map(({ name }) => name).join('')] : [];
  const single = [sub.length === 1 ? sub[0] : undefined, above[0]].flatMap((one) =>
    one?.kind === 'name' ? [one.name] : one?.kind === 'number' ? [one.text] : [],
  );
  return [...row, ...single];
}

/** Whether `name` follows at `at`, next or behind capitals alone. */
function isSquared(tokens: readonly Token[], at: number, name: string): boolean {
  for (let next = at; next < tokens.length; next++) {
    const token = tokens[next] as Token;
    if (token.kind === 'name' && token.name === name) return true;
    const isMatrix = token.kind === 'name' && !token.upright && token.name !== token.name.toLowerCase();
    if (!isMatrix && token.kind !== 'script') return false;
  }
  return false;
}

/**
 * The names that are primed as rows are, where a primed name stands before the token at `at`: a bold one before a bold one, a plain one
 * before a Greek letter of coefficients, and a small one before a primed capital, which is one itself. Functions have no such
 * neighbours.
 */
function rowsAt(
  tokens: readonly Token[],
  at: number,
  token: TokenOf<'name'>,
  { sub = [] }: TokenOf<'script'>,
): readonly string[] {
  const [next, script] = [tokens[at], tokens[at + 1]];
  if (next?.kind !== 'name' || next.upright) return [];
  const isPrimed = script?.kind === 'script' && script.primes === 1;
  if (isPrimed) return /^\p{Lu}/u.test(next.name) && !/^\p{Lu}/u.test(token.name) ? [token.name, next.name] : [];
  const isObserved = sub.length === 0 ? /^[wxz]$/.test(token.name) : sub.length === 1 && sub[0]?.kind === 'name';
  const isRow = token.bold ? next.bold : isObserved && coefficients.has(next.name);
  return isRow ? [token.name] : [];
}

/** What the columns of a design are multiplied by. */
const coefficients: ReadonlySet<string> = new Set(['beta', 'gamma', 'delta', 'theta', 'pi', 'alpha']);

/** Notes whether a name stands before a bracket that holds one name alone, or without a bracket. */
function noteBracket(
  tokens: readonly Token[],
  at: number,
  token: TokenOf<'name'>,
  script: TokenOf<'script'> | undefined,
  into: Evidence,
): void {
  const open = script === undefined ? at + 1 : at + 2;
  const name = labelledName(token, script);
  const opening = tokens[open];
  if (opening?.kind === 'open' && opening.sign === '(') {
    const inner = script?.sup === undefined ? loneName(tokens, open) : undefined;
    if (inner !== undefined) into.lone.set(name, (into.lone.get(name) ?? new Set()).add(inner));
  } else if (!isHead(tokens, at, open) && !isLoneIn(tokens, at)) into.free.add(name);
}

/** A transpose, or the index of a sample: x^T, x^{(i)}. */
function gatherAbove(name: string, sup: readonly Token[], into: Evidence): void {
  const [first] = sup;
  if (isSign(sup.at(-1), 'T')) into.transposed.add(name);
  if (first?.kind !== 'open' || sup.at(-1)?.kind !== 'close') return;
  for (const part of splitAtCommas(sup.slice(1, -1))) noteSlot(slotOf(into.above, name), part);
}

/** A single letter before a parenthesis is applied if it usually is, if it is defined so, or if it has several arguments. */
function looksApplied(
  tokens: readonly Token[],
  at: number,
  token: TokenOf<'name'>,
  open: number,
  known: Evidence,
): boolean {
  if (usualFunctions.has(token.name) && !known.variables.has(token.name)) return true;
  const { end, commas } = argumentsFrom(tokens, open);
  if (commas > 0 || isDefined(tokens, at, open)) return true;
  const only = tokens[open + 1];
  const isUsual = only?.kind === 'name' && (usualArguments.has(only.name) || only.bold) && end === open + 2;
  return isUsual && only.name !== token.name;
}

/** Whether a name at the head of a line, before a bracket with one name in it, is followed by a relation: f(x) = ... */
function isDefined(tokens: readonly Token[], at: number, open: number): boolean {
  const { end, isPlain } = argumentsFrom(tokens, open);
  return isPlain && beginsLine(tokens, at) && tokens[end + 1]?.kind === 'relation' && end === open + 2;
}

function gatherIndices(sub: readonly Token[], into: Evidence): void {
  const [only] = sub;
  if (sub.length === 1 && only?.kind === 'name' && only.name.length === 1 && !only.upright) into.indices.add(only.name);
  const letters = sub.flatMap((token) => (token.kind === 'name' && !token.upright ? [token.name] : []));
  const isPair = sub.length === 2 && letters.length === 2 && letters.some((letter) => /^[ijk]$/.test(letter));
  if (isPair) for (const letter of letters) into.indices.add(letter);
}

function gatherBounds(script: Token | undefined, into: Evidence): void {
  if (script?.kind !== 'script') return;
  if (isLone(script.sup, 'T')) into.variables.add('T');
  const sub = script.sub ?? [];
  const [first, second] = sub.flatMap((token, at) => (token.kind === 'relation' ? [at] : []));
  // i = 1, i, j, and the i between two bounds.
  const names = second === undefined ? sub.slice(0, first) : sub.slice((first ?? 0) + 1, second);
  gatherSet(sub, names, into);
  // Of i < j and j \ne i both letters count.
  const isOfLetters = second === undefined && first === 1 && sub.length === 3 && isCompared(sub[1]);
  for (const token of isOfLetters ? sub : names) {
    if (token.kind !== 'name') continue;
    into.indices.add(token.name);
    into.bound.add(token.name);
  }
}

function isCompared(sign: Token | undefined): boolean {
  return sign?.kind === 'relation' && ['<', '<=', '>', '>=', '!='].includes(sign.sign);
}

/** The set of i \in S, and of (i, j) \in \Omega. */
function gatherSet(sub: readonly Token[], names: readonly Token[], into: Evidence): void {
  const [sign, set] = sub.slice(names.length);
  if (sign?.kind !== 'relation' || sign.sign !== 'in') return;
  const name = set?.kind === 'name' && sub.length === names.length + 2 ? set.name : '';
  into.sets.add(name);
  if (names[0]?.kind === 'open') into.pairSets.add(name);
}

/** What a derivative is taken by is a variable: the names after \partial or d below a bar. */
function gatherVariables(under: readonly Token[], into: Evidence): void {
  under.forEach((token, at) => {
    const before = under[at - 1];
    const isMarked = before?.kind === 'partial' || (at === 1 && before?.kind === 'name' && before.name === 'd');
    if (isMarked && token.kind === 'name') into.variables.add(token.name);
  });
}

/**
 * A letter with the number below it, `J_0`, or `J_` without a number: so {@link Evidence} notes that one of the special
 * letters stands for a quantity, and `J` alone may still be a function.
 */
export function specialName(letter: string, script: TokenOf<'script'> | undefined): string {
  const [only, second] = script?.sub ?? [];
  return `${letter}_${only?.kind === 'number' && second === undefined ? only.text : ''}`;
}
