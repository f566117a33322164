/**
 * What the table of elementary functions says of one function, and the few terms that its lines are written with.
 *
 * Sources are cited as DLMF (NIST Digital Library of Mathematical Functions) and AS (Abramowitz and Stegun, Handbook of
 * Mathematical Functions, 1964) with the number of the equation, or as the paper that defines the function.
 */

import {
  add,
  apply,
  cases,
  constant,
  divide,
  multiply,
  negate,
  number,
  one,
  power,
  relation,
  subtract,
  zero,
} from '../../term/construct.ts';
import { parseRational, rational } from '../../term/rational.ts';
import type { RelationTerm, Term } from '../../term/term.ts';

/** The partial derivatives of one function, and where they exist. */
export interface Elementary {
  /** Least and most arguments. */
  readonly arity: readonly [number, number];
  readonly source: string;
  /** The derivative by the argument at a place, counted from 0; undefined where it has no formula here. */
  readonly partial: (args: readonly Term[], at: number) => Term | undefined;
  /** Where that derivative exists, if not everywhere on the domain. */
  readonly conditions: (args: readonly Term[], at: number) => readonly RelationTerm[];
}

/** Takes as many terms as the function has arguments; those left out are undefined. */
// biome-ignore lint/suspicious/noExplicitAny: a line names as many arguments as its function has
type Formula<Result> = (...args: any[]) => Result;

type Condition = Formula<RelationTerm | readonly RelationTerm[] | undefined>;

/** A function of one argument. */
export function unary(source: string, partial: Formula<Term>, condition?: Condition): Elementary {
  return several(source, [partial], [condition]);
}

/** A function with one formula, and perhaps one condition, for each argument; the last `optional` ones may be left out. */
export function several(
  source: string,
  partials: readonly (Formula<Term> | undefined)[],
  conditions: readonly (Condition | undefined)[] = [],
  optional = 0,
): Elementary {
  return {
    arity: [partials.length - optional, partials.length],
    source,
    partial: (args, at) => partials[at]?.(...args),
    conditions: (args, at) => {
      const found = conditions[at]?.(...args);
      return found === undefined ? [] : 'kind' in found ? [found] : found;
    },
  };
}

/** A function of any number of arguments, symmetric in them. */
export function symmetric(
  source: string,
  partial: (own: Term, before: readonly Term[], after: readonly Term[], all: readonly Term[]) => Term,
  conditions: (args: readonly Term[]) => readonly RelationTerm[],
): Elementary {
  return {
    arity: [1, Number.POSITIVE_INFINITY],
    source,
    partial: (args, at) => partial(args[at] as Term, args.slice(0, at), args.slice(at + 1), args),
    conditions,
  };
}

/** An exact number from its decimal digits, which it keeps for display. */
export function decimal(digits: string): Term {
  const value = parseRational(digits);
  if (value === undefined) throw new Error(`${digits} is no number`);
  return number(value, digits);
}

export const half = (): Term => number(rational(1, 2));
export const two = (): Term => number(2);
export const pi = (): Term => constant('pi');
export const square = (u: Term): Term => power(u, two());
export const root = (u: Term): Term => power(u, half());
export const inverse = (u: Term): Term => divide(one(), u);
export const oneMinus = (u: Term): Term => subtract(one(), u);
export const onePlus = (u: Term): Term => add(one(), u);
export const minusOne = (u: Term): Term => subtract(u, one());
export const exp = (u: Term): Term => apply('exp', u);
export const absolute = (u: Term): Term => apply('abs', u);
/** 1 where `left` is greater than `right`, else 0. */
export const larger = (left: Term, right: Term): Term => cases(relation('>', left, right), one(), zero());
/** `then` where u > 0, else `otherwise`. */
export const positivePart = (u: Term, then: Term, otherwise: Term): Term =>
  cases(relation('>', u, zero()), then, otherwise);
/** A number in front says nothing of where u is 0. */
export const notZero = (u: Term): RelationTerm =>
  relation('!=', u.kind === 'multiply' ? multiply(...u.factors) : u, zero());
/** `factor` times the density of the error function: AS 7.1.19, DLMF 7.10.1. */
export const gaussian = (u: Term, factor: number): Term =>
  divide(multiply(number(factor), exp(negate(square(u)))), root(pi()));
