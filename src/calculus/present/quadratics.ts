/** Quadratic sums as squares and products: x^2 - 2 x + 1 is (x - 1)^2, and 2 s^2 - 3 s + 1 is (2 s - 1) (s - 1). */

import { add, addAll, multiply, negate, number, power, subtract } from '../../term/construct.ts';
import { isNegativeRational } from '../../term/rational.ts';
import type { AddTerm, Term } from '../../term/term.ts';
import { gcd, monomialOf, productOf, unit } from './monomial.ts';

/** A sum of three terms as a product of two sums, or as a square; undefined where it is none with whole numbers. */
export function factorQuadratic(sum: AddTerm): Term | undefined {
  if (sum.terms.length !== 3 || !sum.terms.some(holdsSquare)) return undefined;
  return squareOf(sum.terms) ?? factorsOf(sum.terms);
}

/** Without a square there is nothing to find. */
function holdsSquare(term: Term): boolean {
  if (term.kind === 'multiply') return term.factors.some(holdsSquare);
  return term.kind === 'power' && term.exponent.kind === 'number' && term.exponent.integer % 2 === 0;
}

/** a^2 + 2 a b + b^2, in any order. */
function squareOf(terms: readonly Term[]): Term | undefined {
  const roots = terms.map(rootOf);
  for (let at = 0; at < 3; at++) {
    const [left, right] = [(at + 1) % 3, (at + 2) % 3];
    // The number last: (x - 1)^2, not (1 - x)^2.
    const [first, last] = terms[left]?.kind === 'number' ? [right, left] : [left, right];
    const [a, b] = [roots[first], roots[last]];
    if (a === undefined || b === undefined) continue;
    const twice = multiply(number(2), a, b);
    if (twice === terms[at]) return power(add(a, b), number(2));
    if (negate(twice) === terms[at]) return power(subtract(a, b), number(2));
  }
  return undefined;
}

/** u for u^2: every exponent is even, and the number in front is a square. */
function rootOf(term: Term): Term | undefined {
  if (term.kind === 'number' ? isNegativeRational(term.value) : !holdsSquare(term)) return undefined;
  const part = monomialOf(term);
  if (part === undefined || part.exponents.some((units) => units % (2 * unit) !== 0)) return undefined;
  const [top, bottom] = [Math.sqrt(part.numerator), Math.sqrt(part.denominator)];
  if (!Number.isInteger(top) || !Number.isInteger(bottom)) return undefined;
  return productOf({
    numerator: top,
    denominator: bottom,
    bases: part.bases,
    exponents: part.exponents.map((one) => one / 2),
  });
}

/** a u^2 + b u + c with whole numbers, whose discriminant is a square. */
function factorsOf(terms: readonly Term[]): Term | undefined {
  const coefficients = [0, 0, 0];
  let base: Term | undefined;
  for (const term of terms) {
    const part = monomialOf(term);
    if (part === undefined || part.denominator !== 1 || part.bases.length > 1) return undefined;
    const [own] = part.bases;
    const degree = (part.exponents[0] ?? 0) / unit;
    if (own !== undefined && base !== undefined && own !== base) return undefined;
    base ??= own;
    if (degree !== 0 && degree !== 1 && degree !== 2) return undefined;
    coefficients[degree] = part.numerator;
  }
  const [c, b, a] = coefficients as [number, number, number];
  const root = Math.sqrt(b * b - 4 * a * c);
  if (base === undefined || a === 0 || b === 0 || c === 0 || !Number.isInteger(root) || root > mostRoot)
    return undefined;
  const sign = Math.sign(a);
  // a u^2 + b u + c = (2 a u + b - root) (2 a u + b + root) / (4 a), with the contents of both brackets taken out.
  const brackets = [b - root, b + root].map((shift) => {
    const content = gcd(2 * a, shift);
    const slope = (2 * sign * a) / content;
    return { slope, sum: add(multiply(number(slope), base as Term), number((sign * shift) / content)) as AddTerm };
  });
  const [first, second] = brackets.map(({ slope }) => slope) as [number, number];
  if (sign * first * second !== a) return undefined;
  // p (1 - p) for functions, (x - 1) (x - 2) for names.
  const isTurned = base.kind === 'apply' && c > 0 && b < 0;
  return multiply(number(sign), ...brackets.map(({ sum }) => (isTurned ? addAll(sum.terms.map(negate)) : sum)));
}

const mostRoot = 1e4;
