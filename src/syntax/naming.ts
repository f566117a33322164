/**
 * What the grammar of LaTeX asks about names. Tokens are neutral: a letter before a bracket, what stands below and above
 * it, a T, primes, accents are in them as they were written. What they mean is decided in `meaning/names`, which hands the
 * grammar its answers through this interface; the grammar builds the tree that follows from them.
 */

import type { Token, TokenOf } from './latex-token.ts';

/** A name with its scripts, before a bracket. */
export interface NameUse {
  readonly token: TokenOf<'name'>;
  readonly script: TokenOf<'script'> | undefined;
  /** The name with the label below it. */
  readonly name: string;
  readonly tokens: readonly Token[];
  /** Where the bracket opens in `tokens`. */
  readonly open: number;
}

/** What scripts stand on: a name, or an expression. */
export interface ScriptBase {
  readonly token?: TokenOf<'name'>;
  readonly name?: string;
  readonly isFunction: boolean;
  /** The indices of the sums and products around. */
  readonly bound: readonly string[];
}

/** One part of a subscript between commas: a label of the name, letters that are indices one by one, or one index. */
export type SubscriptPart =
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'letters' }
  | { readonly kind: 'index' };

/** What a superscript is. */
export type SuperscriptReading =
  | { readonly kind: 'power' }
  | { readonly kind: 'transpose' }
  | { readonly kind: 'inverse-transpose' }
  | { readonly kind: 'pseudo-inverse' }
  | { readonly kind: 'elementwise' }
  | { readonly kind: 'label'; readonly label: string; readonly isTransposed?: boolean }
  | { readonly kind: 'order'; readonly order: TokenOf<'number'> }
  | { readonly kind: 'index'; readonly inner: readonly Token[]; readonly isTransposed: boolean };

/** The answers that `meaning/names` gives. */
export interface Naming {
  /** How a name is spelled in the tree: letters that differ in their alphabet alone are told apart where both occur. */
  readonly spelling: (token: TokenOf<'name'>, script?: TokenOf<'script'>) => string;
  /** Whether a letter and the name behind it are one name: \Delta x. */
  readonly isPrefix: (token: TokenOf<'name'>, next: Token | undefined) => boolean;
  /** Whether an index belongs to a variable, and so is bound by no sum that does not name it. */
  readonly isFixed: (letter: string) => boolean;
  /** Whether the derivative by this name is asked for. */
  readonly isAsked: (name: string) => boolean;
  /** Whether this is the only set over which anything in the source is summed, letter by letter. */
  readonly isOnlySet: (set: string) => boolean;
  /** The special function that a letter with its index is before this bracket: Gamma, J_0, W. */
  readonly specialFunction: (use: NameUse) => string | undefined;
  /** Whether the name is applied to what stands in the bracket, and not multiplied by it. */
  readonly isApplied: (use: NameUse) => boolean;
  readonly isFunction: (name: string) => boolean;
  /** Whether the name is bold or under an arrow. */
  readonly isBold: (name: string) => boolean;
  /** Whether the name with so many indices is a vector. */
  readonly isVector: (name: string, indices: number) => boolean;
  readonly subscriptPart: (part: readonly Token[], base: ScriptBase) => SubscriptPart;
  /** Whether the prime on a name, or on an expression without one, is a transpose. */
  readonly isTransposedByPrime: (name: string | undefined) => boolean;
  /** Whether what a sum over `letters` adds goes on at the next plus or minus; a sum without an index has none. */
  readonly reachesOn: (letters: readonly string[]) => boolean;
  /** Whether the operator d/dx applies to all terms behind it, and not to the first alone. */
  readonly differentiatesOn: () => boolean;
  /** The base of a logarithm without one, where it is not the natural one. */
  readonly logarithmBase: () => '2' | '10' | undefined;
  /** How much of a product behind a slash it divides by; undefined where that goes by how it is written. */
  readonly dividesBy: () => 'factor' | 'product' | undefined;
  /** Whether a function without parentheses applies to the first factor behind it alone. */
  readonly appliesToFactor: () => boolean;
  readonly superscript: (sup: readonly Token[], base: ScriptBase) => SuperscriptReading | undefined;
}
