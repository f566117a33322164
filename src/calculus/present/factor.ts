/** What all terms of a sum share, in front; and sums of fractions over one denominator. */

import { addAll, multiply } from '../../term/construct.ts';
import { oneRational } from '../../term/rational.ts';
import type { AddTerm, Term } from '../../term/term.ts';
import { gcd, type Monomial, monomialOf, productOf, unit } from './monomial.ts';
import { sizeOf } from './size.ts';

/** Sums with more terms than this are brought over one denominator no more: it would be longer. */
const mostFractions = 12;

/** What a sum is a multiple of, and the rest: `common * rest` is the sum. */
export interface Pulled {
  readonly common: Monomial;
  readonly rest: readonly Monomial[];
}

/** How far to go: `shared` takes out what every term has, `fractions` also what some have below the stroke. */
export type Reach = 'shared' | 'fractions';

/**
 * Whether the terms of a sum surely share nothing that could be taken out: seen without taking them apart. It is so for
 * most sums. What lies below strokes in some terms alone does not count.
 */
export function sharesNothing({ terms }: AddTerm): boolean {
  let content = 0;
  let negative = true;
  for (const term of terms) {
    const value = term.kind === 'number' ? term.value : term.kind === 'multiply' ? term.coefficient : oneRational;
    if (value.bottom !== 1) return false;
    content = gcd(content, value.top);
    if (value.top > 0) negative = false;
  }
  if (content !== 1 || negative) return false;
  const [first] = terms as [Term, ...Term[]];
  if (first.kind === 'number') return true;
  if (first.kind !== 'multiply') return !holdEverywhere(terms, baseOf(first));
  for (const factor of first.factors) if (holdEverywhere(terms, baseOf(factor))) return false;
  return true;
}

/** Exponentials may be powers of one another: each counts as any. */
function baseOf(factor: Term): Term | 'exp' {
  const base = factor.kind === 'power' ? factor.base : factor;
  return base.kind === 'apply' && base.name === 'exp' && !base.generic ? 'exp' : base;
}

function holdEverywhere(terms: readonly Term[], base: Term | 'exp'): boolean {
  for (let at = 1; at < terms.length; at++) {
    const term = terms[at] as Term;
    if (term.kind === 'multiply' ? !holdsBase(term.factors, base) : baseOf(term) !== base) return false;
  }
  return true;
}

function holdsBase(factors: readonly Term[], base: Term | 'exp'): boolean {
  for (const factor of factors) if (baseOf(factor) === base) return true;
  return false;
}

/** The terms of a sum taken apart; undefined where a coefficient is too large for the passes. */
export function partsOf(sum: AddTerm): Monomial[] | undefined {
  const parts: Monomial[] = [];
  for (const term of sum.terms) {
    const part = monomialOf(term);
    if (part === undefined) return undefined;
    parts.push(part);
  }
  return parts;
}

/**
 * a x + b x as (a + b) x, 2 x + 4 as 2 (x + 2), and a/x + b as (a + b x)/x: the powers that all terms share, and those
 * below the stroke in any. Undefined where nothing is to be taken out, or where the form is not shorter than `limit`.
 */
export function pull(parts: readonly Monomial[], reach: Reach, limit = Number.POSITIVE_INFINITY): Pulled | undefined {
  const common = parts.length < 2 ? undefined : commonOf(parts, reach === 'fractions' && parts.length <= mostFractions);
  if (common === undefined) return undefined;
  const rest = parts.map((part) => divided(part, common));
  if (limit < Number.POSITIVE_INFINITY && leastSize(common, rest) >= limit) return undefined;
  return { common, rest };
}

/** The printed size of common (a + b + ...), without building it; 0 where its bracket may yet collapse. */
function leastSize(common: Monomial, rest: readonly Monomial[]): number {
  let bracket = rest.length - 1;
  for (const part of rest) {
    for (let k = 0; k < part.bases.length; k++) {
      const { kind } = part.bases[k] as Term;
      const units = part.exponents[k] as number;
      // Brackets are multiplied out, and squares of functions may vanish.
      if (units > 0 && (kind === 'add' || (kind === 'apply' && units > unit))) return 0;
    }
    bracket += sizeOfMonomial(part, 0);
  }
  return sizeOfMonomial(common, bracket) + (common.numerator < 0 ? 1 : 0);
}

/** The printed size of the sum of these parts, without building it; brackets below a stroke may make it a little more. */
export function sizeOfParts(parts: readonly Monomial[]): number {
  let size = parts.length - 1;
  let negative = 0;
  for (const part of parts) {
    size += sizeOfMonomial(part, 0);
    if (part.numerator < 0) negative++;
  }
  return size + (negative === parts.length ? 1 : 0);
}

/** The sum of parts, with what all of them share in front; undefined where that is not shorter than `limit`. */
export function sumIfShorter(parts: readonly Monomial[], limit: number): Term | undefined {
  const common = parts.length < 2 ? undefined : commonOf(parts, false);
  if (common === undefined) return sizeOfParts(parts) < limit ? sumOf(parts) : undefined;
  const rest = parts.map((part) => divided(part, common));
  if (leastSize(common, rest) >= limit) return undefined;
  return multiply(productOf(common), sumOf(rest));
}

/** The sum of all parts. */
export function sumOf(parts: readonly Monomial[]): Term {
  return addAll(parts.map(productOf));
}

/** The size of a product without its sign, with a bracket of `bracket` signs above the stroke. */
function sizeOfMonomial({ numerator, denominator, bases, exponents }: Monomial, bracket: number): number {
  let [above, top, below, bottom] = bracket > 0 ? [1, bracket, 0, 0] : [0, 0, 0, 0];
  for (let k = 0; k < bases.length; k++) {
    const units = exponents[k] as number;
    if (units === 0) continue;
    const size = sizeOf(bases[k] as Term) + sizeOfExponent(Math.abs(units));
    if (units > 0) [above, top] = [above + 1, top + size];
    else [below, bottom] = [below + 1, bottom + size];
  }
  if (Math.abs(numerator) !== 1) [above, top] = [above + 1, top + 1];
  if (denominator !== 1) [below, bottom] = [below + 1, bottom + 1];
  return (above === 0 ? 1 : top + above - 1) + (below === 0 ? 0 : bottom + below);
}

function sizeOfExponent(units: number): number {
  if (units === unit) return 0;
  return 2 * units === unit ? 1 : units % unit === 0 ? 2 : 4;
}

function commonOf(parts: readonly Monomial[], fractions: boolean): Monomial | undefined {
  const { bases, least, most, count } = gather(parts);
  const { numerator, denominator } = contentOf(parts);
  const common: Monomial = { numerator, denominator, bases: [], exponents: [] };
  for (let at = 0; at < bases.length; at++) {
    const base = bases[at] as Term;
    const everywhere = count[at] === parts.length;
    const units = everywhere ? (least[at] as number) : Math.min(least[at] as number, 0);
    const isBelow = everywhere && (most[at] as number) < 0;
    if (units === 0 || (units < 0 && !isBelow && !fractions)) continue;
    common.bases.push(base);
    common.exponents.push(units);
  }
  return common.bases.length === 0 && common.numerator === 1 && common.denominator === 1 ? undefined : common;
}

/** Every base of the parts, its least and largest exponent where it stands, and in how many parts it stands. */
function gather(parts: readonly Monomial[]): { bases: Term[]; least: number[]; most: number[]; count: number[] } {
  const bases: Term[] = [];
  const least: number[] = [];
  const most: number[] = [];
  const count: number[] = [];
  let places: Map<Term, number> | undefined;
  for (const part of parts) {
    for (let k = 0; k < part.bases.length; k++) {
      const base = part.bases[k] as Term;
      const units = part.exponents[k] as number;
      if (places === undefined && bases.length > 16) places = new Map(bases.map((one, at) => [one, at]));
      const at = places === undefined ? bases.indexOf(base) : (places.get(base) ?? -1);
      if (at < 0) {
        places?.set(base, bases.length);
        bases.push(base);
        least.push(units);
        most.push(units);
        count.push(1);
      } else {
        least[at] = Math.min(least[at] as number, units);
        most[at] = Math.max(most[at] as number, units);
        count[at] = (count[at] as number) + 1;
      }
    }
  }
  return { bases, least, most, count };
}

/** The greatest number that divides all coefficients into whole numbers; negative where all are. */
function contentOf(parts: readonly Monomial[]): { numerator: number; denominator: number } {
  let numerator = 0;
  let denominator = 1;
  let negative = true;
  for (const part of parts) {
    numerator = gcd(numerator, part.numerator);
    denominator = (denominator / gcd(denominator, part.denominator)) * part.denominator;
    if (part.numerator > 0) negative = false;
  }
  // Decimals have no common divisor that anyone would write.
  if (denominator > largestDivisor || isDecimal(denominator)) return { numerator: negative ? -1 : 1, denominator: 1 };
  return { numerator: negative ? -numerator : numerator, denominator };
}

const largestDivisor = 1000;

/** Whether a number over this one is written as a decimal: 851/500 is 1.702. */
function isDecimal(denominator: number): boolean {
  return denominator >= 100 && denominator % 5 === 0 && 1e6 % denominator === 0;
}

function divided(part: Monomial, common: Monomial): Monomial {
  const numerator = part.numerator * common.denominator;
  const denominator = part.denominator * common.numerator;
  const divisor = gcd(numerator, denominator) * Math.sign(denominator);
  const bases = part.bases.slice();
  const exponents = part.exponents.slice();
  for (let k = 0; k < common.bases.length; k++) {
    const base = common.bases[k] as Term;
    const at = bases.indexOf(base);
    const units = common.exponents[k] as number;
    if (at >= 0) exponents[at] = (exponents[at] as number) - units;
    else {
      bases.push(base);
      exponents.push(-units);
    }
  }
  return { numerator: numerator / divisor, denominator: denominator / divisor, bases, exponents };
}
