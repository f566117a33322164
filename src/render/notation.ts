/** What a way of writing mathematics has to offer: the primitives from which `formula.ts` builds every formula. */

import type { Name } from './name.ts';

/** How tightly a printed part holds together, from a choice, which needs brackets everywhere, to an atom. */
export const level = { choice: 0, relation: 1, sum: 2, product: 3, power: 4, atom: 5 } as const;

/** What a part looks like at its edges, which decides what may stand next to it. */
export type Role =
  | 'number'
  | 'letter'
  | 'function'
  | 'product'
  | 'quotient'
  | 'derivative'
  | 'operator'
  | 'binder'
  | 'plain';

/** A printed part with what its surroundings must know of it. */
export interface Box {
  /** Without its minus sign, see `negative`. */
  readonly text: string;
  readonly level: number;
  readonly role: Role;
  /** A minus sign belongs in front of `text`. */
  readonly negative?: boolean;
  /** It reaches as far to the right as it can, as a sum over an index does. */
  readonly open?: boolean;
  /** The text for places where the end must be marked: `sin(x)` for `sin x`. */
  readonly closed?: string;
  /** Higher than a line: its brackets have to grow. */
  readonly tall?: boolean;
  /** May stand as an argument without brackets: `x`, `3x`. */
  readonly simple?: boolean;
  /** A product that holds dots, so that a slash after it would be misread. */
  readonly dotted?: boolean;
  /** A name that a reader takes for a function where a bracket follows: g, loss. */
  readonly callable?: boolean;
  /** What opens the text, where it is to be told apart; see `marks.ts`. */
  readonly mark?: string;
}

/** The space between two factors: `none` in 3x, `close` in 3 sin x, `space` in x y, `dot` between numbers. */
export type Gap = 'none' | 'close' | 'space' | 'dot';

/** Brackets that are a function of what they hold. */
export type Fence = 'bracket' | 'abs' | 'norm' | 'floor' | 'ceil' | 'angle' | 'square';

/** Infix signs of the text syntax and the names of others. */
export type Sign =
  | '+'
  | '-'
  | '<'
  | '>'
  | '<='
  | '>='
  | '=='
  | '!='
  | '='
  | '.*'
  | './'
  | 'dot'
  | 'outer'
  | 'cross'
  | 'mod'
  | 'in';

/** Signs that stand for themselves. */
type Symbolic = 'transpose' | 'infinity' | 'circle' | 'identity' | 'ones' | 'unit' | 'arrow' | 'reals' | 'integers';

/** One row of a choice; the last row has no condition. */
export interface ChoiceRow {
  readonly value: string;
  readonly condition: string | undefined;
}

/** The words of a choice: `x if x > 0`, `x > 0 のとき x`. */
export interface ChoiceWords {
  readonly before: string;
  readonly after: string;
  readonly otherwise: string;
}

/** Variables by which a derivative is taken, with how often. */
export interface By {
  readonly text: string;
  readonly times: number;
}

/**
 * A way of writing: Unicode text, LaTeX. Every method is total and takes parts that are already printed in the same
 * notation. A further notation (Typst, MathML) is one more object of this type.
 */
export interface Notation {
  /** Fractions stand one above the other; otherwise they are written with a slash and brackets. */
  readonly stacked: boolean;
  /** Neighbours in a product that are set off by a dot. */
  readonly dotted: ReadonlySet<Role>;
  readonly minus: string;
  readonly gaps: Readonly<Record<Gap, string>>;
  readonly slash: string;
  readonly signs: Readonly<Record<Sign, string>>;
  readonly symbols: Readonly<Record<Symbolic, string>>;
  number(digits: string): string;
  /** A name with all its subscripts, its own and those of an element. */
  name(name: Name, indices: readonly string[]): string;
  /** The name of a function that everyone knows (`sin`, `relu`), upright. */
  functionName(name: string): string;
  primes(text: string, count: number): string;
  subscript(base: string, indices: readonly string[]): string;
  superscript(base: string, exponent: Box): string;
  /** e to a power, or undefined where `exp(...)` reads better. */
  exponential(exponent: Box): string | undefined;
  fence(kind: Fence, content: string, tall: boolean): string;
  fraction(numerator: string, denominator: string): string;
  root(content: Box, degree: string | undefined): string;
  binder(kind: 'sum' | 'product', index: string, from: string | undefined, to: string | undefined): string;
  /** The derivative of a quantity, or the operator alone where `of` is undefined. */
  derivative(ordinary: boolean, of: string | undefined, by: readonly By[]): string;
  /** A function differentiated by its k-th arguments. */
  partial(name: string, positions: readonly string[]): string;
  choice(rows: readonly ChoiceRow[], words: ChoiceWords): string;
  /** Blocks of a matrix, in rows. */
  blocks(rows: readonly (readonly string[])[]): string;
  /** A function, its name already printed, with its arguments in brackets. */
  apply(name: string, args: readonly string[], tall: boolean): string;
  /** Any text, made harmless. */
  raw(text: string): string;
}
