/**
 * Last touches: exp(x)^2 is written exp(2 x), also below strokes and under roots, x^(-n - 1) as 1/x^(n + 1), and cos(acos(u))
 * as u.
 */

import { addAll, apply, multiply, multiplyAll, number, power, splitCoefficient } from '../../term/construct.ts';
import { isIntegerRational } from '../../term/rational.ts';
import type { PowerTerm, Term } from '../../term/term.ts';
import { partsOf, pull, sumOf } from './factor.ts';
import { productOf } from './monomial.ts';
import { isNegative } from './size.ts';

/** Brackets within brackets are looked into so far. */
const deepest = 6;

/** Exponents as they are written, outside of functions. */
export function writeExponents(term: Term, depth = 0): Term {
  if (depth > deepest || !mayHold(term, depth)) return term;
  switch (term.kind) {
    case 'add':
      return addAll(term.terms.map((part) => writeExponents(part, depth + 1)));
    case 'multiply':
      return multiplyAll([number(term.coefficient), ...term.factors.map((part) => writeExponents(part, depth + 1))]);
    case 'power': {
      if (!isExponential(term.base)) return power(writeExponents(term.base, depth + 1), tidyExponent(term.exponent));
      const times = term.exponent.kind === 'number' ? term.exponent.integer : 0;
      const exponential = apply('exp', multiply(number(Math.abs(times)), term.base.args[0] as Term));
      return times < 0 ? power(exponential, number(-1)) : exponential;
    }
    default:
      return term;
  }
}

/** Whether an exponent in the brackets of a term may be written otherwise. */
function mayHold(term: Term, depth: number): boolean {
  if (depth > deepest) return false;
  switch (term.kind) {
    case 'add':
      for (const part of term.terms) if (mayHold(part, depth + 1)) return true;
      return false;
    case 'multiply':
      for (const part of term.factors) if (mayHold(part, depth + 1)) return true;
      return false;
    case 'power':
      if (term.base.kind === 'apply') return isPowerOfExponential(term);
      return (
        (term.exponent.kind === 'add' && tidyExponent(term.exponent) !== term.exponent) || mayHold(term.base, depth + 1)
      );
    default:
      return false;
  }
}

/** -n - 1 as -(n + 1), and -n/2 - 3/2 as -(n + 3)/2. */
function tidyExponent(exponent: Term): Term {
  if (exponent.kind !== 'add') return exponent;
  const isNegated = exponent.terms.every(isNegative);
  const isBroken = exponent.terms.every((part) => splitCoefficient(part)[0].bottom !== 1);
  if (!isNegated && !isBroken) return exponent;
  const parts = partsOf(exponent);
  const pulled = parts && pull(parts, 'shared');
  if (pulled === undefined) return exponent;
  const common = productOf(pulled.common);
  return common.kind === 'number' ? multiply(common, sumOf(pulled.rest)) : exponent;
}

function isPowerOfExponential({ base, exponent }: PowerTerm): boolean {
  if (!isExponential(base) || exponent.kind !== 'number' || !isIntegerRational(exponent.value)) return false;
  return Math.abs(exponent.integer) > 1;
}

function isExponential(term: Term): term is Extract<Term, { kind: 'apply' }> {
  return term.kind === 'apply' && term.name === 'exp' && !term.generic;
}

/** Functions by their inverse: f(g(u)) is u wherever it has a value. */
const inverses: ReadonlyMap<string, string> = new Map([
  ['sin', 'asin'],
  ['cos', 'acos'],
  ['tan', 'atan'],
  ['sinh', 'asinh'],
  ['cosh', 'acosh'],
  ['tanh', 'atanh'],
]);

/** cos(acos(u)) as u, for |u| <= 1. */
export function takeInverse(term: Term): Term {
  if (term.kind !== 'apply' || term.generic) return term;
  const inverse = inverses.get(term.name);
  const [inner] = term.args;
  if (inverse === undefined || inner?.kind !== 'apply' || inner.generic || inner.name !== inverse) return term;
  return inner.args[0] as Term;
}
