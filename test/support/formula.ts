/** Random formulas as they are written, before any constructor has touched them: their text, their term, their value. */

import fc from 'fast-check';
import {
  add,
  apply,
  cases,
  constant,
  divide,
  index,
  multiply,
  number,
  power,
  product,
  relation,
  subtract,
  sum,
  symbol,
} from '../../src/term/construct.ts';
import { rational } from '../../src/term/rational.ts';
import type { Term } from '../../src/term/term.ts';
import { type Complex, type ComplexArithmetic, complexOver } from './complex.ts';
import { doubles } from './field.ts';
import { chosen, constants, type Place } from './term-value.ts';
import { callTracked, exact, isKnown, isNone, minus, plus, quotient, type Tracked, times, toPower } from './tracked.ts';

export type Formula =
  | { readonly kind: 'number'; readonly above: number; readonly below: number }
  | { readonly kind: 'name'; readonly name: string }
  | {
      readonly kind: 'operator';
      readonly sign: '+' | '-' | '*' | '/' | '^';
      readonly parts: readonly [Formula, Formula];
    }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly Formula[] }
  | { readonly kind: 'binder'; readonly name: 'sum' | 'prod'; readonly index: string; readonly body: Formula }
  | { readonly kind: 'cases'; readonly parts: readonly [Formula, Formula, Formula, Formula] };

const lastIndex = 3;

/** The formula in the text syntax. */
export function toText(formula: Formula): string {
  switch (formula.kind) {
    case 'number': {
      const { above, below } = formula;
      return below === 1 && above >= 0 ? String(above) : `(${above}${below === 1 ? '' : `/${below}`})`;
    }
    case 'name':
      return formula.name;
    case 'operator':
      return `(${formula.parts.map(toText).join(` ${formula.sign} `)})`;
    case 'call':
      return `${formula.name}(${formula.parts.map(toText).join(', ')})`;
    case 'binder':
      return `${formula.name}(${toText(formula.body)}, ${formula.index}, 1, ${lastIndex})`;
    case 'cases': {
      const [left, right, then, otherwise] = formula.parts.map(toText);
      return `(${left} > ${right} ? ${then} : ${otherwise})`;
    }
  }
}

/**
 * Whether the formula divides by what is 0 at every place, or may do so through a power of it: a reader refuses the
 * division, and nobody else makes such terms.
 */
export function dividesByZero(formula: Formula): boolean {
  if (formula.kind === 'number' || formula.kind === 'name') return false;
  if (formula.kind === 'binder') return dividesByZero(formula.body);
  if (formula.parts.some(dividesByZero)) return true;
  if (formula.kind !== 'operator') return false;
  const [left, right] = formula.parts;
  if (formula.sign === '/') return isZero(toTerm(right));
  return formula.sign === '^' && (right.kind !== 'number' || right.above < 0) && isZero(toTerm(left));
}

function isZero(term: Term): boolean {
  return term.kind === 'number' && term.value.numerator === 0n;
}

/** The formula by the constructors of terms. */
export function toTerm(formula: Formula): Term {
  switch (formula.kind) {
    case 'number':
      return number(rational(formula.above, formula.below));
    case 'name':
      if (formula.name === 'e' || formula.name === 'pi') return constant(formula.name);
      return indexNames.has(formula.name) ? index(formula.name) : symbol(formula.name);
    case 'operator': {
      const [left, right] = formula.parts.map(toTerm) as [Term, Term];
      return builders[formula.sign](left, right);
    }
    case 'call':
      return apply(formula.name, ...formula.parts.map(toTerm));
    case 'binder': {
      const range = { from: number(1), to: number(lastIndex) };
      return (formula.name === 'sum' ? sum : product)(index(formula.index), toTerm(formula.body), range);
    }
    case 'cases': {
      const [left, right, then, otherwise] = formula.parts.map(toTerm) as [Term, Term, Term, Term];
      return cases(relation('>', left, right), then, otherwise);
    }
  }
}

const builders = { '+': add, '-': subtract, '*': multiply, '/': divide, '^': power } as const;
const indexNames: ReadonlySet<string> = new Set(['k', 'l']);

/** What stands in for parts of a formula. */
export interface StandIn {
  /** For a part whatever its value is; undefined where it stands for itself. */
  readonly instead: (formula: Formula) => Tracked | undefined;
  /** For the innermost parts that have no value. */
  readonly missing: (formula: Formula, place: Place) => Tracked;
}

/** The real value of the formula as it is written. */
export function formulaValue(formula: Formula, place: Place, standIn?: StandIn): Tracked {
  const instead = standIn?.instead(formula);
  if (instead !== undefined) return instead;
  const at = (part: Formula): Tracked => formulaValue(part, place, standIn);
  const settle = (value: Tracked, written: Formula): Tracked =>
    standIn !== undefined && isNone(value) ? standIn.missing(written, place) : value;
  switch (formula.kind) {
    case 'number':
      return quotient(BigInt(formula.above), BigInt(formula.below));
    case 'name':
      return constants[formula.name] ?? exact(place.get(formula.name) ?? Number.NaN);
    case 'operator': {
      const [left, right] = formula.parts.map(at) as [Tracked, Tracked];
      const twice = isKnown(left) && left.value === right.value && isSame(formula.parts);
      if (twice && formula.sign === '-') return exact(0);
      if (twice && formula.sign === '/' && left.value !== 0) return exact(1);
      if (formula.sign === '/') return times(left, settle(toPower(right, exact(-1)), inverse(formula.parts[1])));
      return settle(operations[formula.sign](left, right), formula);
    }
    case 'call':
      // What e is.
      if (formula.name === 'log' && isEuler(formula.parts[0])) return exact(1);
      return settle(callTracked(formula.name, formula.parts.map(at)), formula);
    case 'binder': {
      let total = exact(formula.name === 'sum' ? 0 : 1);
      for (let count = 1; count <= lastIndex; count++) {
        const value = formulaValue(formula.body, new Map(place).set(formula.index, count), standIn);
        total = formula.name === 'sum' ? plus(total, value) : times(total, value);
      }
      return total;
    }
    case 'cases': {
      const [left, right, then, otherwise] = formula.parts;
      return chosen('>', at(left), at(right), (holds) => at(holds ? then : otherwise));
    }
  }
}

function isEuler(part: Formula | undefined): boolean {
  return part?.kind === 'name' && part.name === 'e';
}

/** Whether both parts are one term: then rounding is the same in both, and has no part in their difference. */
function isSame([left, right]: readonly [Formula, Formula]): boolean {
  return left === right || toTerm(left) === toTerm(right);
}

const operations = { '+': plus, '-': minus, '*': times, '^': toPower } as const;

function inverse(formula: Formula): Formula {
  return { kind: 'operator', sign: '^', parts: [formula, { kind: 'number', above: -1, below: 1 }] };
}

const complex = complexOver(doubles);

/** The principal complex value; undefined where a function of real numbers alone stands in the way. */
export function complexValue(formula: Formula, place: Place): Complex<number> | undefined {
  const at = (part: Formula) => complexValue(part, place);
  switch (formula.kind) {
    case 'number':
      return { re: formula.above / formula.below, im: 0 };
    case 'name':
      return { re: constants[formula.name]?.value ?? place.get(formula.name) ?? Number.NaN, im: 0 };
    case 'operator': {
      const [base, second] = formula.parts;
      // What cancels does so whatever it is: u^0, u - u, u/u, 0 u.
      if ('*/'.includes(formula.sign) && isZero(toTerm(base))) return { re: 0, im: 0 };
      if (formula.sign === '*' && isZero(toTerm(second))) return { re: 0, im: 0 };
      if (formula.sign === '^' && second.kind === 'number' && second.above === 0) return { re: 1, im: 0 };
      if ((formula.sign === '-' || formula.sign === '/') && isSame([base, second])) {
        return { re: formula.sign === '-' ? 0 : 1, im: 0 };
      }
      const [left, right] = formula.parts.map(at);
      if (left === undefined || right === undefined) return undefined;
      return complex[complexNames[formula.sign]](left, right);
    }
    case 'call':
      return complexCall(formula.name, formula.parts.map(at), complex);
    case 'binder': {
      let total: Complex<number> | undefined = { re: formula.name === 'sum' ? 0 : 1, im: 0 };
      for (let count = 1; count <= lastIndex; count++) {
        const value = complexValue(formula.body, new Map(place).set(formula.index, count));
        if (value === undefined || total === undefined) return undefined;
        total = formula.name === 'sum' ? complex.add(total, value) : complex.multiply(total, value);
      }
      return total;
    }
    case 'cases': {
      const [left, right, then, otherwise] = formula.parts;
      if (isSame([then, otherwise])) return at(then);
      const [a, b] = [at(left), at(right)];
      if (a === undefined || b === undefined || !isReal(a) || !isReal(b)) return undefined;
      const isCloseCall = Math.abs(a.re - b.re) <= 1e-9 * Math.abs(b.re);
      return at(a.re > b.re && !isCloseCall ? then : otherwise);
    }
  }
}

/** Whether the imaginary part is but rounding. */
function isReal({ re, im }: Complex<number>): boolean {
  return Math.abs(im) <= 1e-12 * Math.abs(re);
}

const complexNames = { '+': 'add', '-': 'subtract', '*': 'multiply', '/': 'divide', '^': 'power' } as const;
/** What complex numbers have no part in, or another meaning. */
const realOnly: ReadonlySet<string> = new Set(['abs', 'sign', 'cbrt', 'floor', 'relu', 'heaviside', 'max', 'min']);

/** A whole number where only rounding keeps it from being one. */
function snapped(value: number): number {
  const whole = Math.round(value);
  return Math.abs(value - whole) <= 1e-9 ? whole : value;
}

function complexCall(
  name: string,
  args: readonly (Complex<number> | undefined)[],
  arithmetic: ComplexArithmetic<number>,
): Complex<number> | undefined {
  const [a] = args;
  if (a === undefined || args.includes(undefined)) return undefined;
  if (!realOnly.has(name)) return arithmetic.functions[name]?.(a);
  const reals = args.map((one) => (one !== undefined && isReal(one) ? exact(snapped(one.re)) : undefined));
  if (reals.includes(undefined)) return undefined;
  const value = callTracked(name, reals as Tracked[]);
  return isKnown(value) ? { re: value.value, im: 0 } : undefined;
}

/** Functions of which much is known that is not true everywhere. */
const subtleFunctions: readonly string[] = [
  ...['sqrt', 'sqrt', 'log', 'log', 'exp', 'abs', 'sign', 'cbrt', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan'],
  ...['sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'sigmoid', 'relu', 'log1p', 'expm1', 'floor', 'heaviside'],
];

const small = (above: number, below = 1): Formula => ({ kind: 'number', above, below });

/** Exponents of which much is known that is not true: whole, halves, thirds, and names. */
const exponents = fc.oneof(
  fc.constantFrom(2, 3, -1, -2, 0, 1, 4).map((n) => small(n)),
  fc.constantFrom(small(1, 2), small(-1, 2), small(1, 3), small(2, 3), small(3, 2), small(-3, 2)),
  fc.constantFrom<Formula>({ kind: 'name', name: 'y' }, { kind: 'name', name: 'z' }),
);

/** Formulas over these leaves and functions of one argument. */
function formulas(
  leaf: fc.Arbitrary<Formula>,
  depth: number,
  functions: readonly string[] = subtleFunctions,
): fc.Arbitrary<Formula> {
  return fc.letrec<{ any: Formula }>((tie) => {
    const any = tie('any');
    const operator = (sign: '+' | '-' | '*' | '/') =>
      fc.tuple(any, any).map((parts): Formula => ({ kind: 'operator', sign, parts }));
    return {
      any: fc.oneof(
        { maxDepth: depth, withCrossShrink: true },
        leaf,
        operator('+'),
        operator('-'),
        operator('*'),
        operator('*'),
        operator('/'),
        fc.tuple(any, exponents).map((parts): Formula => ({ kind: 'operator', sign: '^', parts })),
        fc.tuple(any, exponents).map((parts): Formula => ({ kind: 'operator', sign: '^', parts })),
        fc
          .tuple(fc.constantFrom(...functions), any)
          .map(([name, part]): Formula => ({ kind: 'call', name, parts: [part] })),
        // The same part twice is what cancels, and what must not.
        fc
          .tuple(any, fc.constantFrom<'+' | '-' | '*' | '/'>('+', '-', '*', '/'))
          .map(([part, sign]): Formula => ({ kind: 'operator', sign, parts: [part, part] })),
        fc
          .tuple(fc.constantFrom('max', 'min'), any, any)
          .map(([name, ...parts]): Formula => ({ kind: 'call', name, parts })),
        fc.tuple(any, any, any, any).map((parts): Formula => ({ kind: 'cases', parts })),
      ),
    };
  }).any;
}

const names = fc.constantFrom('x', 'x', 'x', 'y', 'y', 'z', 'e', 'pi').map((name): Formula => ({ kind: 'name', name }));
const numbers = fc.oneof(
  fc.integer({ min: -3, max: 4 }).map((n) => small(n)),
  fc.constantFrom(small(1, 2), small(-1, 3), small(3, 4)),
);
const leaves = fc.oneof({ weight: 4, arbitrary: names }, { weight: 2, arbitrary: numbers });
const indexed = fc.oneof(leaves, fc.constant<Formula>({ kind: 'name', name: 'k' }));
const binders = fc
  .tuple(fc.constantFrom<'sum' | 'prod'>('sum', 'prod'), formulas(indexed, 2))
  .map(([name, body]): Formula => ({ kind: 'binder', name, index: 'k', body }));

/** Formulas in x, y, z, now and then with a sum or product. */
export const anyFormula: fc.Arbitrary<Formula> = formulas(
  fc.oneof({ weight: 30, arbitrary: leaves }, { weight: 1, arbitrary: binders }),
  4,
);

/** Formulas in x, y, z over these functions. */
export const formulasOver = (functions: readonly string[]): fc.Arbitrary<Formula> => formulas(leaves, 4, functions);
