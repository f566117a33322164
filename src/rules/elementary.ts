/**
 * The elementary functions: one line each, the partial derivative by each argument. The engine alone multiplies by the
 * inner derivative. Formulas: Abramowitz and Stegun, Handbook of Mathematical Functions (1964), chapters 3 and 4;
 * logistic function and rectifier: Goodfellow, Bengio, Courville, Deep Learning (2016), section 3.10.
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
} from '../term/construct.ts';
import type { FunctionTable } from '../term/lower.ts';
import { rational } from '../term/rational.ts';
import type { Term } from '../term/term.ts';

/** Takes as many terms as the function has arguments. */
// biome-ignore lint/suspicious/noExplicitAny: entries name as many arguments as they have
type Partial = (...args: any[]) => Term;

/** The partial derivatives of one function, and where they do not exist. */
export interface Elementary {
  readonly partials: readonly Partial[];
  /** Where the function has a derivative, if not everywhere on its domain. */
  readonly condition?: Partial;
}

const square = (u: Term): Term => power(u, number(2));
const root = (u: Term): Term => power(u, number(rational(1, 2)));
const oneMinus = (u: Term): Term => subtract(one(), u);
const onePlus = (u: Term): Term => add(one(), u);
const minusOne = (u: Term): Term => subtract(u, one());
/** Abramowitz and Stegun, 7.1.19. */
const gaussian = (u: Term, factor: number): Term =>
  divide(multiply(number(factor), apply('exp', negate(square(u)))), root(constant('pi')));
const larger = (u: Term, v: Term): Term => cases(relation('>', u, v), one(), zero());
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
    asec: unary((u) => divide(one(), multiply(apply('abs', u), root(minusOne(square(u)))))),
    acsc: unary((u) => negate(divide(one(), multiply(apply('abs', u), root(minusOne(square(u))))))),
    // acot(u) is atan(1/u) here, with a jump at 0.
    acot: unary((u) => negate(divide(one(), onePlus(square(u)))), notZero),
    atan2: {
      partials: [
        (y, x) => divide(x, add(square(x), square(y))),
        (y, x) => negate(divide(y, add(square(x), square(y)))),
      ],
    },
    sinh: unary((u) => apply('cosh', u)),
    cosh: unary((u) => apply('sinh', u)),
    sech: unary((u) => negate(multiply(apply('sech', u), apply('tanh', u)))),
    csch: unary((u) => negate(multiply(apply('csch', u), apply('coth', u)))),
    coth: unary((u) => negate(square(apply('csch', u)))),
    asinh: unary((u) => divide(one(), root(onePlus(square(u))))),
    acosh: unary((u) => divide(one(), root(minusOne(square(u))))),
    atanh: unary((u) => divide(one(), oneMinus(square(u)))),
    asech: unary((u) => negate(divide(one(), multiply(u, root(oneMinus(square(u))))))),
    acsch: unary((u) => negate(divide(one(), multiply(apply('abs', u), root(onePlus(square(u))))))),
    acoth: unary((u) => divide(one(), oneMinus(square(u)))),
    log2: unary((u) => divide(one(), multiply(u, apply('log', number(2))))),
    log10: unary((u) => divide(one(), multiply(u, apply('log', number(10))))),
    log1p: unary((u) => divide(one(), onePlus(u))),
    expm1: unary((u) => apply('exp', u)),
    cbrt: unary((u) => divide(one(), multiply(number(3), square(apply('cbrt', u)))), notZero),
    hypot: {
      partials: [(u, v) => divide(u, apply('hypot', u, v)), (u, v) => divide(v, apply('hypot', u, v))],
    },
    erf: unary((u) => gaussian(u, 2)),
    erfc: unary((u) => gaussian(u, -2)),
    softplus: unary((u) => apply('sigmoid', u)),
    silu: unary((u) => multiply(apply('sigmoid', u), onePlus(multiply(u, oneMinus(apply('sigmoid', u)))))),
    heaviside: unary(zero, notZero),
    floor: unary(zero, (u) => relation('!=', u, apply('floor', u))),
    ceil: unary(zero, (u) => relation('!=', u, apply('ceil', u))),
    max: { partials: [larger, (u, v) => larger(v, u)], condition: (u, v) => relation('!=', u, v) },
    min: { partials: [(u, v) => larger(v, u), larger], condition: (u, v) => relation('!=', u, v) },
  } satisfies Record<string, Elementary>),
);

/** Names and numbers of arguments, for the reader. `sqrt` and the other powers are read as powers. */
export const functionTable: FunctionTable = new Map<string, readonly [number, number]>([
  ...[...elementary].map(([name, { partials }]) => [name, [partials.length, partials.length]] as const),
  ['sqrt', [1, 1]],
]);
