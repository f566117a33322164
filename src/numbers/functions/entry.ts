/** What the oracle knows of one elementary function, and the small words in which the table is written. */

import type { Operations, Value } from '../arithmetic.ts';

/** One partial derivative, written in the operations of whatever arithmetic is in use. */
export type Partial = (o: Operations, u: Value, v: Value) => Value;

/** A function written by others, with as many arguments as it has. */
type Composition = (o: Operations, ...args: Value[]) => Value;

export interface Elementary {
  /** The value in doubles; NaN outside the domain. */
  readonly real: (...args: readonly number[]) => number;
  readonly partials: readonly Partial[];
  /** How many arguments it takes, at least and at most. */
  readonly arity: readonly [number, number];
  /** The function written by others, undefined where the table's own value and derivatives are to be used. */
  readonly composed?: (o: Operations, args: readonly Value[]) => Value | undefined;
  /** Distance of the arguments from the nearest place where the function jumps. */
  readonly jump?: (...args: readonly number[]) => number;
  /** True for what exists as the slope of a function with a kink: it has no value at the jump itself. */
  readonly slope?: boolean;
  /** False where the function has no algebraic meaning, so that nothing can be proved modulo a prime. */
  readonly algebraic: boolean;
  /** False for functions with a kink or a jump: they are tested at more points. */
  readonly smooth: boolean;
  /** What becomes of the value when its only argument changes its sign. */
  readonly parity?: 'even' | 'odd';
  /** Positions of arguments that are whole numbers and know no rounding. */
  readonly discrete?: readonly number[];
}

export type FunctionFamily = Readonly<Record<string, Elementary>>;

export const plus = (o: Operations, u: Value, by: number): Value => o.add(u, o.integer(by));
export const times = (o: Operations, by: number, u: Value): Value => o.multiply(o.integer(by), u);
export const negate = (o: Operations, u: Value): Value => times(o, -1, u);
export const inverse = (o: Operations, u: Value): Value => o.integerPower(u, -1);
export const square = (o: Operations, u: Value): Value => o.integerPower(u, 2);
/** 1 - u^2 */
export const complement = (o: Operations, u: Value): Value => plus(o, negate(o, square(o, u)), 1);
export const inverseRoot = (o: Operations, u: Value): Value => o.root(u, -1, 2);
export const half = (o: Operations, u: Value): Value => o.divide(u, o.integer(2));
export const exp = (o: Operations, u: Value): Value => o.call('exp', u);
export const expOfMinus = (o: Operations, u: Value): Value => exp(o, negate(o, u));
export const nothing: Partial = (o) => o.integer(0);

/**
 * A smooth function of one argument. `identity` says how it is written by others in arithmetic that has no value of its
 * own for it: modulo a prime, and for complex numbers.
 */
export function unary(
  real: (u: number) => number,
  partial: Partial,
  identity?: (o: Operations, u: Value) => Value,
): Elementary {
  const base: Elementary = {
    real: real as Elementary['real'],
    partials: [partial],
    arity: [1, 1],
    algebraic: true,
    smooth: true,
  };
  if (identity === undefined) return base;
  return {
    ...base,
    composed: (o, args) => (o.arithmetic.field === 'real' ? undefined : identity(o, args[0] as Value)),
  };
}

/** The same, with the parity of the function: odd or even. */
export function withParity(parity: 'even' | 'odd', entry: Elementary): Elementary {
  return { ...entry, parity };
}

/** A function that is written by others in every arithmetic, and has its derivatives from there. */
export function composition(
  arity: readonly [number, number],
  write: Composition,
  traits: { readonly algebraic: boolean; readonly smooth: boolean } = { algebraic: true, smooth: true },
): Elementary {
  return { real: noValue, partials: [], arity, ...traits, composed: (o, args) => write(o, ...args) };
}

const noValue = (): number => Number.NaN;
