/** Exact division of sums, as polynomials in whatever stands in their terms. */

import { add } from '../../term/construct.ts';
import type { AddTerm, Term } from '../../term/term.ts';
import { type Monomial, monomialOf, productOf, unit } from './monomial.ts';

/** Longer sums are not divided. */
const mostTerms = 24;

/** A polynomial: each term a coefficient and the exponents of the variables, the leading term first. */
interface Polynomial {
  readonly coefficients: number[];
  readonly exponents: number[][];
}

/** The quotient of two sums where it is exact and has whole coefficients; else undefined. */
export function divideExactly(dividend: AddTerm, divisor: AddTerm): Term | undefined {
  if (dividend.terms.length > mostTerms || divisor.terms.length > mostTerms) return undefined;
  const variables: Term[] = [];
  const below = readPolynomial(divisor, variables);
  if (below === undefined) return undefined;
  const known = variables.length;
  const above = readPolynomial(dividend, variables);
  if (above === undefined || known === 0 || !fits(below, above, variables.length)) return undefined;
  if (!divides(below, above, variables.length)) return undefined;
  const quotient = longDivision(above, below, variables.length);
  return quotient === undefined ? undefined : write(quotient, variables);
}

function readPolynomial(sum: AddTerm, variables: Term[]): Polynomial | undefined {
  const coefficients: number[] = [];
  const exponents: number[][] = [];
  for (const term of sum.terms) {
    const part = monomialOf(term);
    if (part === undefined || part.denominator !== 1) return undefined;
    const row: number[] = [];
    for (let k = 0; k < part.bases.length; k++) {
      const units = part.exponents[k] as number;
      const base = part.bases[k] as Term;
      if (units < 0 || units % unit !== 0 || base.kind === 'add') return undefined;
      let at = variables.indexOf(base);
      if (at < 0) at = variables.push(base) - 1;
      row[at] = units / unit;
    }
    coefficients.push(part.numerator);
    exponents.push(row);
  }
  return { coefficients, exponents };
}

/**
 * A test with numbers: where the divisor divides, its value divides that of the dividend. Large values of the variables
 * that are no neighbours tell most; where they are too large for exact arithmetic, small ones do.
 */
function divides(below: Polynomial, above: Polynomial, variables: number): boolean {
  for (const [first, step] of testPoints) {
    const [divisor, dividend] = [valueAt(below, variables, first, step), valueAt(above, variables, first, step)];
    if (Number.isSafeInteger(dividend) && Number.isSafeInteger(divisor)) {
      return divisor !== 0 && dividend % divisor === 0;
    }
  }
  return true;
}

/** The value of the first variable, and the distance to each next one. */
const testPoints = [
  [101, 56],
  [13, 1],
] as const;

function valueAt({ coefficients, exponents }: Polynomial, variables: number, first: number, step: number): number {
  let total = 0;
  for (let k = 0; k < coefficients.length; k++) {
    let product = coefficients[k] as number;
    const row = exponents[k] as number[];
    for (let v = 0; v < variables; v++) {
      const times = row[v];
      if (times !== undefined) product *= (first + v * step) ** times;
    }
    total += product;
  }
  return total;
}

/** Whether the divisor's largest exponent of each variable is not above that of the dividend, as it must be. */
function fits(below: Polynomial, above: Polynomial, variables: number): boolean {
  for (let v = 0; v < variables; v++) if (degreeIn(below, v) > degreeIn(above, v)) return false;
  return true;
}

function degreeIn({ exponents }: Polynomial, variable: number): number {
  let degree = 0;
  for (const row of exponents) degree = Math.max(degree, row[variable] ?? 0);
  return degree;
}

function longDivision(above: Polynomial, below: Polynomial, variables: number): Polynomial | undefined {
  const rest = new Map<string, { coefficient: number; row: number[] }>();
  const collect = (coefficient: number, row: number[]): void => {
    const key = row.join();
    const total = (rest.get(key)?.coefficient ?? 0) + coefficient;
    if (total === 0) rest.delete(key);
    else rest.set(key, { coefficient: total, row });
  };
  const full = (row: number[]): number[] => Array.from({ length: variables }, (_, v) => row[v] ?? 0);
  above.coefficients.forEach((coefficient, k) => {
    collect(coefficient, full(above.exponents[k] as number[]));
  });
  const divisor = below.coefficients
    .map((coefficient, k) => ({ coefficient, row: full(below.exponents[k] as number[]) }))
    .sort((a, b) => compareRows(b.row, a.row));
  const [lead, ...others] = divisor as [(typeof divisor)[number], ...typeof divisor];
  const quotient: Polynomial = { coefficients: [], exponents: [] };
  while (rest.size > 0) {
    if (quotient.coefficients.length > mostTerms) return undefined;
    const [first] = [...rest.values()].sort((a, b) => compareRows(b.row, a.row)) as [
      { coefficient: number; row: number[] },
    ];
    const row = first.row.map((units, v) => units - (lead.row[v] as number));
    const coefficient = first.coefficient / lead.coefficient;
    if (row.some((units) => units < 0) || !Number.isSafeInteger(coefficient)) return undefined;
    quotient.coefficients.push(coefficient);
    quotient.exponents.push(row);
    collect(-first.coefficient, first.row);
    for (const part of others)
      collect(
        -coefficient * part.coefficient,
        row.map((units, v) => units + (part.row[v] as number)),
      );
  }
  return quotient;
}

/** Lexicographic. */
function compareRows(a: readonly number[], b: readonly number[]): number {
  for (let v = 0; v < a.length; v++) {
    const difference = (a[v] as number) - (b[v] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function write({ coefficients, exponents }: Polynomial, variables: readonly Term[]): Term {
  return add(
    ...coefficients.map((numerator, k) => {
      const part: Monomial = { numerator, denominator: 1, bases: [], exponents: [] };
      (exponents[k] as number[]).forEach((units, v) => {
        if (units === 0) return;
        part.bases.push(variables[v] as Term);
        part.exponents.push(units * unit);
      });
      return productOf(part);
    }),
  );
}
