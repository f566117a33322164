/** The answers to what the grammar asks of names, from what is known about them. */

import type { Token, TokenOf } from '../../syntax/latex-token.ts';
import type { Naming } from '../../syntax/naming.ts';
import { isApplied, isLoneFunction, specialFunction } from './calls.ts';
import { takenFor } from './choices.ts';
import type { Evidence } from './evidence.ts';
import { subscriptPart, superscript } from './slots.ts';

/**
 * A letter in bold is a name of its own where the plain letter stands by itself beside it, x_bold beside x; what has an
 * index then is an entry of the vector.
 */
function spelling(token: TokenOf<'name'>, script: TokenOf<'script'> | undefined, known: Evidence): string {
  const { name, bold } = token;
  const areTwo = known.tellsAlphabets && name !== '1' && known.bold.has(name) && known.plain.has(name);
  return areTwo && (bold || script?.sub !== undefined) ? `${name}_bold` : name;
}

/** \\Delta x is the difference of x where Delta stands before names alone, and nothing is said of it. */
function isPrefix(token: TokenOf<'name'>, next: Token | undefined, known: Evidence): boolean {
  if (token.name !== 'Delta' || token.bold || next?.kind !== 'name' || next.upright) return false;
  return !(known.alone.has('Delta') || known.declared.has('Delta') || known.wanted.has('Delta'));
}

/** The prime of a declared matrix is its transpose, as are that of a row, x_i'\beta, and any beside X'X or x'Ax. */
export function likeliestPrime(name: string, { declared, squared, rows, dependent }: Evidence): 'name' | 'transpose' {
  if ((squared.size > 0 || rows.has(name)) && !dependent.has(name)) return 'transpose';
  return (declared.get(name) ?? 0) > 1 && !declared.has(`${name}_prime`) ? 'transpose' : 'name';
}

/** What a slash divides by, by what a reading takes it for. */
const dividing: Readonly<Record<string, 'factor' | 'product'>> = { beside: 'factor', below: 'product' };

function baseOf(known: Evidence): '2' | '10' | undefined {
  const taken = takenFor(known, 'logarithm-base', '');
  if (taken === undefined) return known.logarithmBase;
  return taken === 'ten' ? '10' : taken === 'two' ? '2' : undefined;
}

/** Answers in the light of `known`. */
export function namingFrom(known: Evidence): Naming {
  return {
    spelling: (token, script) => spelling(token, script, known),
    isPrefix: (token, next) => isPrefix(token, next, known),
    isFixed: (letter) => known.fixed.has(letter) || takenFor(known, 'sum-binds', letter) === 'free',
    isAsked: (name) => known.wanted.has(name),
    isOnlySet: (set) => known.sets.size === 1 && known.sets.has(set),
    specialFunction: (use) => specialFunction(use, known),
    isApplied: (use) => isApplied(use, known),
    isFunction: (name) =>
      (known.functions.has(name) || isLoneFunction(name, known)) &&
      takenFor(known, 'call-or-product', name) !== 'product',
    isBold: (name) => known.vectors.has(name),
    isVector: (name, indices) => {
      const axes = known.declared.get(name);
      return axes === undefined ? known.vectors.has(name) : axes - indices === 1;
    },
    subscriptPart: (part, base) => subscriptPart(part, base, known),
    isTransposedByPrime: (name = '') => (takenFor(known, 'prime', name) ?? likeliestPrime(name, known)) === 'transpose',
    reachesOn: (letters) => takenFor(known, 'sum-reach', letters.join(' ')) === 'sum',
    differentiatesOn: () => takenFor(known, 'derivative-reach', '') === 'onward',
    logarithmBase: () => baseOf(known),
    dividesBy: () => dividing[takenFor(known, 'slash-reach', '') ?? ''],
    appliesToFactor: () => takenFor(known, 'argument-reach', '') === 'first',
    superscript: (sup, base) => superscript(sup, base, known),
  };
}
