/**
 * Real arithmetic twice: doubles, and 60 digits. A comparison that leaves doubts in doubles is made again with the
 * digits, so that no tolerance has to be widened for a formula that cancels.
 */

import { all, create } from 'mathjs';

/** Real numbers of type T with what complex functions are made of. */
export interface Field<T> {
  readonly of: (text: string) => T;
  readonly toNumber: (a: T) => number;
  readonly pi: T;
  readonly add: (a: T, b: T) => T;
  readonly subtract: (a: T, b: T) => T;
  readonly multiply: (a: T, b: T) => T;
  readonly divide: (a: T, b: T) => T;
  readonly sqrt: (a: T) => T;
  readonly cbrt: (a: T) => T;
  readonly exp: (a: T) => T;
  readonly log: (a: T) => T;
  readonly sin: (a: T) => T;
  readonly cos: (a: T) => T;
  readonly sinh: (a: T) => T;
  readonly cosh: (a: T) => T;
  readonly atan2: (y: T, x: T) => T;
}

export const doubles: Field<number> = {
  of: Number,
  toNumber: (a) => a,
  pi: Math.PI,
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  sqrt: Math.sqrt,
  cbrt: Math.cbrt,
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  sinh: Math.sinh,
  cosh: Math.cosh,
  atan2: Math.atan2,
};

if (all === undefined) throw new Error('mathjs without its functions');
/** mathjs's own decimal numbers. */
const { BigNumber: Decimal } = create(all, { number: 'BigNumber', precision: 60 }) as unknown as {
  BigNumber: DecimalClass;
};

/** What is used of decimal.js, for whose class mathjs states no type. */
interface DecimalClass {
  new (text: string): Decimal;
  acos(x: number): Decimal;
  atan2(y: Decimal, x: Decimal): Decimal;
}

type Binary = 'plus' | 'minus' | 'times' | 'dividedBy';
type Unary = 'sqrt' | 'cbrt' | 'exp' | 'ln' | 'sin' | 'cos' | 'sinh' | 'cosh';
type Decimal = Record<Binary, (other: Decimal) => Decimal> & Record<Unary, () => Decimal> & { toNumber(): number };

export const decimals: Field<Decimal> = {
  of: (text) => new Decimal(text),
  toNumber: (a) => a.toNumber(),
  pi: Decimal.acos(-1),
  add: (a, b) => a.plus(b),
  subtract: (a, b) => a.minus(b),
  multiply: (a, b) => a.times(b),
  divide: (a, b) => a.dividedBy(b),
  sqrt: (a) => a.sqrt(),
  cbrt: (a) => a.cbrt(),
  exp: (a) => a.exp(),
  log: (a) => a.ln(),
  sin: (a) => a.sin(),
  cos: (a) => a.cos(),
  sinh: (a) => a.sinh(),
  cosh: (a) => a.cosh(),
  atan2: (y, x) => Decimal.atan2(y, x),
};
