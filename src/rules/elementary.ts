/**
 * The elementary functions: one line each, the partial derivative by each argument. The engine alone multiplies by the
 * inner derivative. Formulas: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), chapters 3 and 4;
 * logistic function and rectifier: Goodfellow, Bengio, Courville, Deep Learning (2016), section 3.10.
 */

import {
  add,
  apply,
  cases,
  divide,
  multiply,
  negate,
  number,
  one,
  power,
  relation,
  subtract,
  zero,
} from '../term/construct.ts';
import type { FunctionTable } from '../term/lower.ts';
import { rational } from '../term/rational.ts';
import type { Term } from '../term/term.ts';

/** The partial derivatives of one function, and where they do not exist. */
export interface Elementary {
  readonly partials: readonly ((...args: Term[]) => Term)[];
  /** Where the function has a derivative, if not everywhere on its domain. */
  readonly condition?: (...args: Term[]) => Term;
}

const square = (u: Term): Term => power(u, number(2));
const root = (u: Term): Term => power(u, number(rational(1, 2)));
const oneMinus = (u: Term): Term => subtract(one(), u);
const onePlus = (u: Term): Term => add(one(), u);
const notZero = (u: Term): Term => relation('!=', u, zero());

function unary(partial: (u: Term) => Term, condition?: (u: Term) => Term): Elementary {
  return { partials: [partial], ...(condition === undefined ? {} : { condition }) };
}

export const elementary: ReadonlyMap<string, Elementary> = new Map(
  Object.entries({
    exp: unary((u) => apply('exp', u)),
    log: unary((u) => divide(one(), u)),
    sin: unary((u) => apply('cos', u)),
    cos: unary((u) => negate(apply('sin', u))),
    tan: unary((u) => divide(one(), square(apply('cos', u)))),
    tanh: unary((u) => oneMinus(square(apply('tanh', u)))),
    sigmoid: unary((u) => multiply(apply('sigmoid', u), oneMinus(apply('sigmoid', u)))),
    relu: unary((u) => cases(relation('>', u, zero()), one(), zero()), notZero),
    abs: unary((u) => apply('sign', u), notZero),
    sign: unary(zero, notZero),
    sec: unary((u) => multiply(apply('sec', u), apply('tan', u))),
    csc: unary((u) => negate(multiply(apply('csc', u), apply('cot', u)))),
    cot: unary((u) => negate(square(apply('csc', u)))),
    asin: unary((u) => divide(one(), root(oneMinus(square(u))))),
    acos: unary((u) => negate(divide(one(), root(oneMinus(square(u)))))),
    atan: unary((u) => divide(one(), onePlus(square(u)))),
    sinh: unary((u) => apply('cosh', u)),
    cosh: unary((u) => apply('sinh', u)),
    asinh: unary((u) => divide(one(), root(onePlus(square(u))))),
    acosh: unary((u) => divide(one(), root(subtract(square(u), one())))),
    atanh: unary((u) => divide(one(), oneMinus(square(u)))),
    log2: unary((u) => divide(one(), multiply(u, apply('log', number(2))))),
    log10: unary((u) => divide(one(), multiply(u, apply('log', number(10))))),
    log1p: unary((u) => divide(one(), onePlus(u))),
    softplus: unary((u) => apply('sigmoid', u)),
  } satisfies Record<string, Elementary>),
);

/** Names and numbers of arguments, for the reader. `sqrt` and the other powers are read as powers. */
export const functionTable: FunctionTable = new Map<string, readonly [number, number]>([
  ...[...elementary].map(([name, { partials }]) => [name, [partials.length, partials.length]] as const),
  ['sqrt', [1, 1]],
]);
