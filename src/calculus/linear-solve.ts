/**
 * Linear equations with terms as coefficients: reading them off, determinants, Cramer's rule.
 *
 * Coefficients are derivatives: an expression is linear in unknowns if none of its derivatives by them holds one.
 */

import type { Condition } from '../rules/rule.ts';
import {
  add,
  derivative,
  divide,
  isNumber,
  multiply,
  negate,
  relation,
  splitCoefficient,
  zero,
} from '../term/construct.ts';
import { factorsOf } from '../term/inspect.ts';
import { commonRational, isNegativeRational, negateRational, oneRational, type Rational } from '../term/rational.ts';
import { mentions, replaceTerm } from '../term/substitute.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import { createContext } from './context.ts';
import { present } from './present.ts';
import { holdsDerivative } from './trace.ts';
import { resolve } from './value.ts';

/** `expression = sum of coefficients[k] * unknowns[k], plus rest`. */
interface LinearForm {
  readonly coefficients: readonly Term[];
  readonly rest: Term;
}

/** `expression` as a linear form in `unknowns`; undefined where it is none. */
export function linearForm(expression: Term, unknowns: readonly SymbolTerm[]): LinearForm | undefined {
  const context = createContext([], unknowns);
  const coefficients = unknowns.map((unknown) => present(resolve(derivative(expression, unknown), context)));
  const isLinear = coefficients.every(
    (one) => !holdsDerivative(one) && unknowns.every((unknown) => !context.depends(one, unknown)),
  );
  if (!isLinear || unknowns.some((unknown) => hasPieces(expression, unknown))) return undefined;
  const rest = present(unknowns.reduce((term, unknown) => replaceTerm(term, unknown, zero()), expression));
  return { coefficients, rest };
}

const jumping: ReadonlySet<string> = new Set(['sign', 'heaviside', 'floor', 'ceil', 'mod']);

/** Whether cases or jumps rest on the unknown: between them a slope says nothing of the whole, as that of sign(x) is 0. */
export function hasPieces(term: Term, unknown: SymbolTerm): boolean {
  if (!mentions(term, unknown)) return false;
  if (term.kind === 'apply' && jumping.has(term.name)) return true;
  if (term.kind === 'cases' && mentions(term.condition, unknown)) return true;
  return term.parts.some((part) => hasPieces(part, unknown));
}

/** Most rows of a determinant that is written out: n! products. */
export const mostUnknowns = 4;

/** The determinant, by expansion along the first row (Laplace). */
export function determinant(matrix: readonly (readonly Term[])[]): Term {
  const [first, ...others] = matrix;
  if (first === undefined) return zero();
  if (others.length === 0) return first[0] as Term;
  return add(
    ...first.flatMap((entry, at) => {
      if (isNumber(entry, 0)) return [];
      const minor = determinant(others.map((row) => row.filter((_, column) => column !== at)));
      return [at % 2 === 0 ? multiply(entry, minor) : negate(multiply(entry, minor))];
    }),
  );
}

/** Numerators and denominator of Cramer's rule for `matrix * unknowns = right`, tidied. */
export function cramer(
  matrix: readonly (readonly Term[])[],
  right: readonly Term[],
): { readonly determinant: Term; readonly numerators: readonly Term[]; readonly solution: readonly Term[] } {
  const whole = present(determinant(matrix));
  const numerators = matrix.map((_, column) =>
    present(determinant(matrix.map((row, at) => row.map((entry, k) => (k === column ? (right[at] as Term) : entry))))),
  );
  const solution = isNumber(whole, 0) ? [] : numerators.map((numerator) => present(divide(numerator, whole)));
  return { determinant: whole, numerators, solution };
}

/** The positive rational that divides the numbers in front of all terms: 3 of 3 x^2 and 6 y. */
export function commonContent(terms: readonly Term[]): Rational {
  let content: Rational | undefined;
  for (const term of terms) {
    for (const part of term.kind === 'add' ? term.terms : [term]) {
      const [coefficient] = splitCoefficient(part);
      if (coefficient.numerator === 0n) continue;
      const own = isNegativeRational(coefficient) ? negateRational(coefficient) : coefficient;
      content = content === undefined ? own : commonRational(content, own);
    }
  }
  return content ?? oneRational;
}

/** That a divisor is not 0, without the numbers and denominators in it, which can't be. */
export function nonZero(divisor: Term): Condition {
  const factors = divisor.kind === 'multiply' ? divisor.factors.filter((one) => !isDenominator(one)) : [divisor];
  const bases = factors.map((one) => (one.kind === 'power' && one.exponent.kind === 'number' ? one.base : one));
  const kept = multiply(...bases);
  return { kind: 'relation', relation: relation('!=', kept.kind === 'number' ? divisor : kept, zero()) };
}

function isDenominator(factor: Term): boolean {
  return factor.kind === 'power' && factor.exponent.kind === 'number' && factor.exponent.value.numerator < 0n;
}

/** x + x y as x (1 + y), so that x cancels in a quotient. */
export function withCommonFactors(term: Term): Term {
  if (term.kind !== 'add') return term;
  const [first, ...others] = term.terms as [Term, ...Term[]];
  const common = factorsOf(first).filter((factor) => others.every((part) => factorsOf(part).includes(factor)));
  if (common.length === 0) return term;
  const factor = multiply(...common);
  return multiply(factor, add(...term.terms.map((part) => divide(part, factor))));
}
