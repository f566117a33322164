/** What is open about the names of formulas in LaTeX, found in their tokens in the light of all that is known of the names. */

import {
  argumentsFrom,
  countingLetters,
  isLone,
  isSign,
  lettersBelow,
  splitAtCommas,
  sumEnd,
} from '../../syntax/latex-cursor.ts';
import { derivativeReach, isDerivativeOperator } from '../../syntax/latex-derivative.ts';
import type { Token, TokenOf } from '../../syntax/latex-token.ts';
import { isApplied, specialFunction } from './calls.ts';
import type { ChoiceList } from './choices.ts';
import { type Evidence, partsOf } from './evidence.ts';
import { likeliestPrime } from './naming.ts';
import { canBeEntry, canCount, subscriptPart, superscript } from './slots.ts';

/** What is asked beside the formulas, as far as it says what a prime is. */
export interface PrimesAsked {
  /** The one variable by which a prime differentiates; without it, y' is no derivative but the name that depends on it is. */
  readonly by?: string | undefined;
  /** Names that depend on others, whose primes are derivatives. */
  readonly dependent?: readonly string[];
}

/** What choices are found by, and the list of those that are. */
export interface Finding {
  /** The evidence of all formulas. */
  readonly known: Evidence;
  readonly into: ChoiceList;
  readonly primes: PrimesAsked;
}

/** Adds what is open in formulas of LaTeX. */
export function addChoices(formulas: readonly (readonly Token[])[], finding: Finding): void {
  const lists = formulas.flatMap(listsIn);
  const unsaid = lists.flatMap((tokens) => sumsIn(tokens).flatMap((sum) => (sum.letters.length > 0 ? [] : sum.within)));
  const scope: Scope = { ...finding, bound: unsaid, whole: new Set(lists.flatMap(wholeNames)) };
  for (const tokens of lists) for (const sum of sumsIn(tokens)) addSum(sum, scope);
  for (const tokens of lists) addReaches(tokens, scope.into);
  addLogarithms(lists, scope);
  for (const tokens of lists) {
    tokens.forEach((token, at) => {
      if (token.kind === 'name') addName(tokens, at, token, scope);
      else if (token.kind === 'close') addExpression(tokens[at + 1], scope);
    });
  }
}

interface Scope extends Finding {
  /** Letters that sums without an index bind. */
  readonly bound: readonly string[];
  /** Names that stand somewhere with nothing below or above them but a power or a transpose. */
  readonly whole: ReadonlySet<string>;
}

function wholeNames(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, at) => {
    const next = tokens[at + 1];
    const isMember = next?.kind === 'script' && (next.sub !== undefined || next.sup?.[0]?.kind === 'open');
    return token.kind !== 'name' || isMember ? [] : [token.name];
  });
}

/** A list of tokens and all lists within it. */
function listsIn(tokens: readonly Token[]): (readonly Token[])[] {
  const lists = [tokens];
  for (const list of lists) for (const token of list) lists.push(...partsOf(token));
  return lists;
}

interface Sum {
  /** What it binds by name. */
  readonly letters: readonly string[];
  /** Letters below names in what it adds, and behind it on its side. */
  readonly within: readonly string[];
  readonly behind: readonly string[];
  /** All that stands beside it in its list. */
  readonly beside: readonly Token[];
  /** Whether the operator of a derivative stands before it and other terms behind it, any of which may be meant. */
  readonly isDifferentiated: boolean;
  readonly body: readonly Token[];
}

function sumsIn(tokens: readonly Token[]): Sum[] {
  return tokens.flatMap((token, at): Sum[] => {
    if (token.kind !== 'big') return [];
    const next = tokens[at + 1];
    const script = next?.kind === 'script' ? next : undefined;
    const start = at + (script === undefined ? 1 : 2);
    const end = sumEnd(tokens, start);
    const body = tokens.slice(start, end);
    const letters = lettersOf(script?.sub ?? []);
    const behind = unboundLetters(tokens.slice(end, sumEnd(tokens, start, true)));
    const beside = [...tokens.slice(0, at), ...tokens.slice(end)];
    const isDifferentiated = isDerivativeOperator(tokens[at - 1]) && end < sumEnd(tokens, start, true);
    return [{ letters, within: countingLetters(body), behind, beside, isDifferentiated, body }];
  });
}

/** The letters before the relation of a bound: i = 1, or i, j. */
function lettersOf(sub: readonly Token[]): string[] {
  const end = sub.findIndex(({ kind }) => kind === 'relation');
  return (end < 0 ? sub : sub.slice(0, end)).flatMap((token) => (token.kind === 'name' ? [token.name] : []));
}

/** Letters below the names of `tokens` that no sum in these binds. */
function unboundLetters(tokens: readonly Token[]): string[] {
  const bound = new Set(
    tokens.flatMap((token, at) => {
      const script = tokens[at + 1];
      return token.kind === 'big' && script?.kind === 'script' ? lettersOf(script.sub ?? []) : [];
    }),
  );
  return lettersBelow(tokens).filter((letter) => !bound.has(letter));
}

/** How far a sum reaches, and what one without an index binds. */
function addSum({ letters, within, behind, beside, isDifferentiated, body }: Sum, { known, into }: Scope): void {
  const isUnsaid = letters.length === 0;
  const escaping = behind.filter(
    (letter) => (isUnsaid ? within : letters).includes(letter) && !known.fixed.has(letter),
  );
  const countsNothing = isUnsaid ? within.length === 0 : !letters.some((letter) => stands(body, letter));
  if (escaping.length > 0 || isDifferentiated || (isUnsaid && countsNothing && behind.length > 0)) {
    into.add('sum-reach', letters.join(' '), ['term', 'sum'], countsNothing ? 'counts-nothing' : 'escapes');
  }
  if (!isUnsaid) return;
  for (const letter of within) {
    if (known.fixed.has(letter) || !(within.length > 1 || stands(beside, letter))) continue;
    into.add('sum-binds', letter, ['bound', 'free'], stands(beside, letter) ? 'escapes' : 'possible');
  }
}

/** How far an operator d/dx, a slash and a function without brackets reach. */
function addReaches(tokens: readonly Token[], into: ChoiceList): void {
  tokens.forEach((token, at) => {
    if (derivativeReach(tokens, at) !== undefined) into.add('derivative-reach', '', ['term', 'onward']);
    else if (isSign(token, '/')) addSlash(tokens, at, into);
    else if (token.kind === 'function' && bareFactors(tokens, at) > 1) {
      into.add('argument-reach', '', ['written', 'first']);
    }
  });
}

/** 1/2x divides by 2 alone as it is written, a/bc by both. */
function addSlash(tokens: readonly Token[], at: number, into: ChoiceList): void {
  const [before, first, next] = [tokens[at - 1], tokens[at + 1], tokens[at + 2]];
  if (next?.kind !== 'name' || first === undefined || (first.kind === 'name' && first.name === 'd')) return;
  if (before?.kind === 'number' && first.kind === 'number') into.add('slash-reach', '', ['written', 'below']);
  else if (next.start === first.end) into.add('slash-reach', '', ['written', 'beside']);
}

/** The factors behind a function without brackets that are no numbers, up to a sign, a bracket or another function. */
function bareFactors(tokens: readonly Token[], at: number): number {
  let count = 0;
  for (let next = tokens[at + 1]?.kind === 'script' ? at + 2 : at + 1; ; next++) {
    const kind = tokens[next]?.kind ?? 'break';
    if (kind === 'script' || kind === 'number') continue;
    if (!['name', 'fraction', 'root'].includes(kind)) return count;
    count++;
  }
}

/** A logarithm without a base beside \ln 10 or \ln 2 can be the one of that base. */
function addLogarithms(lists: readonly (readonly Token[])[], { known, into }: Scope): void {
  if (known.logarithmBase !== undefined) return;
  const isOpen = (token: Token, next: Token | undefined): boolean =>
    token.kind === 'function' && token.name === 'log' && token.isNatural !== true && !isSubscripted(next);
  if (!lists.some((tokens) => tokens.some((token, at) => isOpen(token, tokens[at + 1])))) return;
  const bases = new Set(lists.flatMap((tokens) => tokens.flatMap((_, at) => baseAt(tokens, at) ?? [])));
  const values = ([...bases].sort() as ('10' | '2')[]).map((base) => (base === '10' ? 'ten' : 'two'));
  if (values.length > 0) into.add('logarithm-base', '', ['natural', ...values]);
}

const isSubscripted = (token: Token | undefined): boolean => token?.kind === 'script' && token.sub !== undefined;

/** The 10 of \ln 10, \log_e 10, \log 10, \log_{10} e. */
function baseAt(tokens: readonly Token[], at: number): '10' | '2' | undefined {
  const [token, script] = [tokens[at], tokens[at + 1]];
  if (token?.kind !== 'function' || token.name !== 'log') return undefined;
  const [below] = script?.kind === 'script' ? (script.sub ?? []) : [];
  const behind = tokens.slice(script?.kind === 'script' ? at + 2 : at + 1);
  const number = below?.kind === 'number' ? below : behind.find(({ kind }) => kind !== 'open');
  const text = number?.kind === 'number' ? number.text : undefined;
  return text === '10' || text === '2' ? text : undefined;
}

function stands(tokens: readonly Token[], letter: string): boolean {
  return tokens.some(
    (token) => (token.kind === 'name' && token.name === letter) || within(token).some((part) => stands(part, letter)),
  );
}

const within = (token: Token): readonly (readonly Token[])[] =>
  token.kind === 'script' ? [token.sub ?? [], token.sup ?? []] : partsOf(token);

/** A name with its scripts: what stands below and above it, its prime, the bracket behind it. */
function addName(tokens: readonly Token[], at: number, token: TokenOf<'name'>, scope: Scope): void {
  const next = tokens[at + 1];
  const script = next?.kind === 'script' ? next : undefined;
  const isDeclared = scope.known.declared.has(token.name);
  if (script?.sub !== undefined) for (const part of splitAtCommas(script.sub)) addBelow(token, part, scope);
  if (script?.sup !== undefined) addAbove(token, script.sup, scope);
  const open = at + (script === undefined ? 1 : 2);
  const isPrimed = (script?.primes ?? 0) > 0;
  if (script?.primes === 1) {
    // f'(x) is a derivative; the prime of a vector or of a matrix may stand before a bracket as well.
    const isCalled = tokens[open]?.kind === 'open' && !isDeclared && !token.bold;
    if (!isCalled) addPrime(token.name, scope);
  } else if (!isPrimed && !isDeclared && !token.bold) addCall(tokens, open, token, script, scope);
}

function addPrime(name: string, { known, into, primes }: Scope): void {
  if (primes.dependent?.includes(name) === true || (known.declared.get(name) ?? 0) > 1) return;
  const second = primes.by === undefined ? [] : (['derivative'] as const);
  if (likeliestPrime(name, known) === 'transpose') into.add('prime', name, ['transpose', 'name', ...second]);
  else into.add('prime', name, ['name', ...second, 'transpose']);
}

/** Whether a name is applied to the bracket at `open`; several arguments, or a definition, settle it. */
function addCall(
  tokens: readonly Token[],
  open: number,
  token: TokenOf<'name'>,
  script: TokenOf<'script'> | undefined,
  { known, into }: Scope,
): void {
  const bracket = tokens[open];
  const isLetter = !token.upright || token.name.length === 1;
  if (!isLetter || bracket?.kind !== 'open' || bracket.sign !== '(' || isSign(script?.sup?.at(-1), 'T')) return;
  const { end, commas, isPlain } = argumentsFrom(tokens, open);
  if (commas > 0 || (isPlain && tokens[end + 1]?.kind === 'relation')) return;
  const use = { token, script, name: token.name, tokens, open };
  const isCall = specialFunction(use, known) !== undefined || isApplied(use, known);
  // f_i(x), p_\theta(x): what is a function with an index is one for its argument's sake.
  if (isCall && script?.sub !== undefined) return;
  into.add('call-or-product', token.name, isCall ? ['call', 'product'] : ['product', 'call']);
}

/** A number or a letter below a name: an index, or part of the name. */
function addBelow(token: TokenOf<'name'>, part: readonly Token[], { known, into, bound, whole }: Scope): void {
  const [only] = part;
  const label = only?.kind === 'name' ? only.name : only?.kind === 'number' ? only.text : '';
  const { name } = token;
  if (part.length !== 1 || name === '1' || !(whole.has(name) ? canBeEntry : canCount)(label)) return;
  const slot = known.below.get(name);
  const letters = [...(slot?.letters ?? [])];
  const isSettled =
    known.declared.has(name) ||
    known.declared.has(`${name}_${label}`) ||
    known.bold.has(name) ||
    token.bold ||
    slot?.isComputed === true ||
    letters.some((letter) => known.bound.has(letter) || bound.includes(letter));
  if (isSettled) return;
  const isMember = subscriptPart(part, { token, name, isFunction: false, bound }, known).kind === 'index';
  if (whole.has(name)) {
    into.add('separate-or-entry', name, isMember ? ['entry', 'separate'] : ['separate', 'entry']);
    return;
  }
  // One number alone speaks for no family.
  const isFamily = letters.length + (slot?.numbers.size ?? 0) > 1 || known.fixed.size > 0;
  if (isMember) into.add('member-or-label', name, ['member', 'label']);
  else if (isFamily) into.add('member-or-label', name, ['label', 'member']);
}

/** A T above a name, or the number of a sample or layer in brackets. */
function addAbove(token: TokenOf<'name'>, sup: readonly Token[], { known, into, bound, whole }: Scope): void {
  const { name } = token;
  const read = superscript(sup, { token, name, isFunction: false, bound }, known);
  if (isLone(sup, 'T')) {
    const isSettled = token.bold || known.vectors.has(name) || (known.declared.get(name) ?? 0) > 0 || isUpright(sup);
    if (!isSettled) addTransposed(name, read?.kind === 'transpose', into);
  } else if (read?.kind === 'label' && sup[0]?.kind === 'open' && !known.declared.has(name) && !whole.has(name)) {
    into.add('sample-or-label', name, ['label', 'member']);
  }
}

function isUpright([only]: readonly Token[]): boolean {
  return only?.kind === 'name' && only.upright;
}

function addTransposed(name: string, isTransposed: boolean, into: ChoiceList): void {
  into.add('transpose-or-power', name, isTransposed ? ['transpose', 'power'] : ['power', 'transpose']);
}

/** A T or a prime behind a bracket. */
function addExpression(next: Token | undefined, { known, into, bound }: Scope): void {
  if (next?.kind !== 'script') return;
  if (next.primes === 1) into.add('prime', '', ['derivative', 'transpose']);
  if (!isLone(next.sup, 'T') || isUpright(next.sup ?? [])) return;
  const read = superscript(next.sup ?? [], { isFunction: false, bound }, known);
  addTransposed('', read?.kind === 'transpose', into);
}
