/** Brackets multiplied out. */

import { addAll, multiplyAll, number } from '../../term/construct.ts';
import { baseOf, factorsOf } from '../../term/inspect.ts';
import { oneRational, type Rational } from '../../term/rational.ts';
import type { AddTerm, ApplyTerm, Term } from '../../term/term.ts';
import { mergeExponentials } from './exponential.ts';
import { collect, largest, type Monomial, monomialOf, times, unit } from './monomial.ts';
import { areKin } from './traits.ts';

/** Most terms that multiplying out may make. */
const mostTerms = 40;
const largestPower = 4;

/** Longer sums are not looked through for what might cancel. */
const mostLookedAt = 16;

/**
 * Whether multiplying out may make terms collect: a bracket in one term and another term share a name, a function or a
 * number. (x - m)^2 - s^2 stays; (x - 1)^2 - x^2 may get shorter.
 */
export function mayCancel(sum: Term): boolean {
  if (sum.kind !== 'add' || sum.terms.length > mostLookedAt) return false;
  for (let at = 0; at < sum.terms.length; at++) {
    const term = sum.terms[at] as Term;
    if (term.kind === 'multiply') {
      for (const factor of term.factors) if (meetsOthers(factor, sum.terms, at)) return true;
    } else if (meetsOthers(term, sum.terms, at)) return true;
  }
  return false;
}

/** Whether a bracket in the term at a place shares something with another term. */
function meetsOthers(factor: Term, terms: readonly Term[], at: number): boolean {
  const bracket = bracketOf(factor);
  if (bracket === undefined) return false;
  for (const inner of bracket.terms) {
    for (let k = 0; k < terms.length; k++) if (k !== at && meets(inner, terms[k] as Term)) return true;
  }
  return false;
}

/** Whether two terms have a base in common, in brackets or not; two numbers meet. */
function meets(inner: Term, other: Term): boolean {
  return standsAmong(inner, reachOf(other));
}

function meetsBase(inner: Term, base: Term): boolean {
  if (base.kind === 'add') return base.terms.some((part) => meets(inner, part));
  return standsAmong(inner, { hasNumber: false, bases: new Set([base]), calls: base.kind === 'apply' ? [base] : [] });
}

function standsAmong(inner: Term, { hasNumber, bases, calls }: Reach): boolean {
  if (hasNumber && inner.kind === 'number') return true;
  return factorsOf(inner).some((factor) => {
    const own = baseOf(factor);
    return bases.has(own) || (own.kind === 'apply' && calls.some((call) => areKin(own, call)));
  });
}

/** What stands in a term as a factor, in brackets or not. */
interface Reach {
  readonly hasNumber: boolean;
  readonly bases: ReadonlySet<Term>;
  readonly calls: readonly ApplyTerm[];
}

/** Sums of sums share their parts: each is looked through once. */
const reaches = new WeakMap<Term, Reach>();

function reachOf(term: Term): Reach {
  const known = reaches.get(term);
  if (known !== undefined) return known;
  let hasNumber = term.kind === 'number';
  const bases = new Set<Term>();
  for (const factor of factorsOf(term)) {
    const base = baseOf(factor);
    if (base.kind !== 'add') bases.add(base);
    else {
      for (const inner of base.terms.map(reachOf)) {
        hasNumber ||= inner.hasNumber;
        for (const one of inner.bases) bases.add(one);
      }
    }
  }
  const found: Reach = { hasNumber, bases, calls: [...bases].filter((one) => one.kind === 'apply') };
  reaches.set(term, found);
  return found;
}

function isExpandable(term: Term): boolean {
  if (term.kind === 'multiply') return term.factors.some(isBracket);
  return term.kind === 'power' && isBracket(term);
}

function isBracket(factor: Term): boolean {
  return baseOf(factor).kind === 'add' && bracketOf(factor) !== undefined;
}

/** The sum of which a factor is a small power, and the exponent. */
function bracketOf(factor: Term): { terms: readonly Term[]; times: number } | undefined {
  if (factor.kind === 'add') return { terms: factor.terms, times: 1 };
  if (factor.kind !== 'power' || factor.base.kind !== 'add' || factor.exponent.kind !== 'number') return undefined;
  const times = factor.exponent.integer;
  return times >= 1 && times <= largestPower ? { terms: factor.base.terms, times } : undefined;
}

/** A sum with the brackets of its terms multiplied out; undefined where that makes too many terms. */
export function expandSum(sum: Term): Term | undefined {
  if (sum.kind !== 'add') return expandProduct(sum);
  if (countAll(sum.terms) > mostTerms) return undefined;
  const products: Term[] = [];
  for (const term of sum.terms) {
    if (isExpandable(term)) chooseFrom(term, products);
    else products.push(term);
  }
  return addAll(products);
}

function countAll(terms: readonly Term[]): number {
  let count = 0;
  for (const term of terms) count += countExpanded(term);
  return count;
}

function countExpanded(term: Term): number {
  let count = 1;
  for (const factor of factorsOf(term)) {
    const bracket = bracketOf(factor);
    if (bracket !== undefined) count *= bracket.terms.length ** bracket.times;
  }
  return count;
}

/** A product with its brackets multiplied out; undefined where that makes too many terms. */
export function expandProduct(term: Term): Term | undefined {
  if (!isExpandable(term)) return term;
  if (countExpanded(term) > mostTerms) return undefined;
  const products: Term[] = [];
  chooseFrom(term, products);
  return addAll(products);
}

/** Adds the products that a product with brackets is the sum of. */
function chooseFrom(term: Term, products: Term[]): void {
  const plain: Term[] = [number(term.kind === 'multiply' ? term.coefficient : oneRational)];
  const brackets: (readonly Term[])[] = [];
  for (const factor of factorsOf(term)) {
    const bracket = bracketOf(factor);
    if (bracket === undefined) plain.push(factor);
    else for (let k = 0; k < bracket.times; k++) brackets.push(bracket.terms);
  }
  choose(plain, brackets, 0, products);
}

/** Every product of the chosen factors and one term of each bracket from this place on. */
function choose(chosen: Term[], brackets: readonly (readonly Term[])[], at: number, products: Term[]): void {
  const terms = brackets[at];
  if (terms === undefined) {
    products.push(mergeExponentials(multiplyAll(chosen)));
    return;
  }
  for (const term of terms) {
    chosen.push(term);
    choose(chosen, brackets, at + 1, products);
    chosen.pop();
  }
}

/**
 * What {@link expandSum} would make, as numbers: so that it need not be built to see that it is too long. Undefined where
 * it is no sum of monomials: where exponentials or powers of numbers would still merge.
 */
export function expandParts(terms: readonly Term[]): Monomial[] | undefined {
  if (countAll(terms) > mostTerms) return undefined;
  const parts: Monomial[] = [];
  for (const term of terms) {
    const products = expandedProduct(factorsOf(term), term.kind === 'multiply' ? term.coefficient : oneRational);
    if (products === undefined) return undefined;
    for (const product of products) collect(parts, product);
  }
  return parts;
}

/** The same for parts that may cancel once their brackets are multiplied out; undefined where they surely do not. */
export function expandMonomials(parts: readonly Monomial[]): Monomial[] | undefined {
  if (parts.length > mostLookedAt || !parts.some((part) => mayCancelWith(part, parts))) return undefined;
  const result: Monomial[] = [];
  let count = 0;
  for (const { numerator, denominator, bases, exponents } of parts) {
    let products: Monomial[] = [{ numerator, denominator, bases: [], exponents: [] }];
    for (let k = 0; k < bases.length; k++) {
      const units = exponents[k] as number;
      if (units === 0) continue;
      const next = timesPower(products, bases[k] as Term, units);
      if (next === undefined) return undefined;
      products = next;
    }
    count += products.length;
    if (count > mostTerms) return undefined;
    for (const product of products) {
      if (!isPlain(product)) return undefined;
      collect(result, product);
    }
  }
  return result;
}

/** Each product times a power, multiplied out where it is a small one of a bracket; undefined where it is not plain. */
function timesPower(products: readonly Monomial[], base: Term, units: number): Monomial[] | undefined {
  if (!isPlainBase(base)) return undefined;
  const count = timesOf(base, units);
  if (count === 0) {
    const factor = { numerator: 1, denominator: 1, bases: [base], exponents: [units] };
    return products.map((product) => times(product, factor));
  }
  const terms = (base as AddTerm).terms.map((term) => (isExpandable(term) ? undefined : plainMonomial(term)));
  let result = products;
  for (let k = 0; k < count; k++) {
    const next: Monomial[] = [];
    for (const term of terms) {
      if (term === undefined) return undefined;
      for (const product of result) next.push(times(product, term));
    }
    if (next.length > mostTerms) return undefined;
    result = next;
  }
  return result.slice();
}

/** How often a bracket is multiplied out; 0 for what is none. */
function timesOf(base: Term, units: number): number {
  const times = units / unit;
  return base.kind === 'add' && times >= 1 && times <= largestPower && Number.isInteger(times) ? times : 0;
}

/** Whether a bracket in a part shares something with another part. See {@link mayCancel}. */
function mayCancelWith(part: Monomial, parts: readonly Monomial[]): boolean {
  for (let k = 0; k < part.bases.length; k++) {
    const base = part.bases[k] as Term;
    if (base.kind !== 'add' || timesOf(base, part.exponents[k] as number) === 0) continue;
    for (const other of parts) {
      if (other !== part && base.terms.some((inner) => meetsPart(inner, other))) return true;
    }
  }
  return false;
}

function meetsPart(inner: Term, { bases, exponents }: Monomial): boolean {
  let factors = 0;
  for (let k = 0; k < bases.length; k++) {
    if (exponents[k] === 0) continue;
    factors++;
    if (meetsBase(inner, bases[k] as Term)) return true;
  }
  return inner.kind === 'number' && factors === 0;
}

/** The products of one term of each of two sums, collected. */
export function productParts(first: readonly Term[], second: readonly Term[]): Monomial[] | undefined {
  const right: Monomial[] = [];
  for (const term of second) {
    const part = plainMonomial(term);
    if (part === undefined) return undefined;
    right.push(part);
  }
  const parts: Monomial[] = [];
  for (const term of first) {
    const left = plainMonomial(term);
    if (left === undefined) return undefined;
    for (const part of right) {
      const product = times(left, part);
      if (!isPlain(product)) return undefined;
      collect(parts, product);
    }
  }
  return parts;
}

function expandedProduct(factors: readonly Term[], coefficient: Rational): Monomial[] | undefined {
  const { top: numerator, bottom: denominator } = coefficient;
  if (denominator === 0 || Math.abs(numerator) > largest || denominator > largest) return undefined;
  let products: Monomial[] = [{ numerator, denominator, bases: [], exponents: [] }];
  for (const factor of factors) {
    const bracket = bracketOf(factor);
    if (bracket === undefined) {
      if (!multiplyInto(products, factor)) return undefined;
      continue;
    }
    for (let k = 0; k < bracket.times; k++) {
      const next: Monomial[] = [];
      for (const term of bracket.terms) {
        const part = plainMonomial(term);
        if (part === undefined) return undefined;
        for (const product of products) next.push(times(product, part));
      }
      products = next;
    }
  }
  for (const product of products) if (!isPlain(product)) return undefined;
  return products;
}

/** Each product times a factor that is no bracket; false where it is not plain. */
function multiplyInto(products: Monomial[], factor: Term): boolean {
  const part = plainMonomial(factor);
  if (part === undefined) return false;
  for (let at = 0; at < products.length; at++) products[at] = times(products[at] as Monomial, part);
  return true;
}

/** The parts of a product of names, functions and brackets alone: what its powers become when it is multiplied is plain. */
export function plainMonomial(term: Term): Monomial | undefined {
  const part = monomialOf(term);
  if (part === undefined) return undefined;
  for (const base of part.bases) if (!isPlainBase(base)) return undefined;
  return part;
}

function isPlainBase({ kind }: Term): boolean {
  return kind !== 'number' && kind !== 'power' && kind !== 'multiply';
}

/** At most one exponential, no number that is too large, and no multiple of a bracket, which would become more terms. */
function isPlain({ numerator, denominator, bases, exponents }: Monomial): boolean {
  let exponentials = 0;
  let factors = 0;
  let hasSum = false;
  for (let k = 0; k < bases.length; k++) {
    const base = bases[k] as Term;
    if (exponents[k] === 0) continue;
    factors++;
    if (base.kind === 'apply' && base.name === 'exp') exponentials++;
    if (base.kind === 'add' && exponents[k] === unit) hasSum = true;
  }
  if (exponentials > 1 || (hasSum && factors === 1)) return false;
  return Math.abs(numerator) <= largest && denominator <= largest;
}
