/**
 * The constructors of terms. Each keeps the canonical form: flat sums and products, exact arithmetic, like terms and
 * like powers collected, deltas of equal indices gone. A rewrite that would need an assumption does not happen here,
 * with the two exceptions that every textbook makes: x/x is 1 and x^0 is 1.
 */

import { children, freeIndices, freshIndexName } from './inspect.ts';
import {
  addRational,
  isIntegerRational,
  isZeroRational,
  multiplyRational,
  oneRational,
  powerRational,
  type Rational,
  rational,
  zeroRational,
} from './rational.ts';
import {
  type AddTerm,
  type ApplyTerm,
  type BinderTerm,
  type CasesTerm,
  type DeltaTerm,
  type DerivativeTerm,
  type DotTerm,
  type ElementTerm,
  type IndexTerm,
  intern,
  type MultiplyTerm,
  type NumberTerm,
  type PowerTerm,
  type Range,
  type RelationTerm,
  type SymbolTerm,
  type Term,
  type Variable,
} from './term.ts';

/** An exact number; `literal` is how it was written. */
export function number(value: Rational | number, literal?: string): NumberTerm {
  const exact = typeof value === 'number' ? rational(value) : value;
  const key = `n${exact.numerator}/${exact.denominator}`;
  return intern<NumberTerm>(key, () => ({
    kind: 'number',
    rank: 0,
    height: 0,
    value: exact,
    ...(literal === undefined ? {} : { literal }),
  }));
}

export const zero = (): NumberTerm => number(zeroRational);
export const one = (): NumberTerm => number(oneRational);

/** Whether `term` is this integer. */
export function isNumber(term: Term, value: number): boolean {
  return term.kind === 'number' && term.value.denominator === 1n && term.value.numerator === BigInt(value);
}

/** A name; a scalar unless it has axes. */
export function symbol(name: string, axes = 0): SymbolTerm {
  return intern<SymbolTerm>(`s${name}:${axes}`, () => ({
    kind: 'symbol',
    rank: axes,
    height: 0,
    name,
    axes,
    constant: false,
  }));
}

/** A mathematical constant with a value of its own: `pi` or `e`. */
export function constant(name: 'pi' | 'e'): SymbolTerm {
  return intern<SymbolTerm>(`c${name}`, () => ({
    kind: 'symbol',
    rank: 0,
    height: 0,
    name,
    axes: 0,
    constant: true,
  }));
}

export function index(name: string): IndexTerm {
  return intern<IndexTerm>(`i${name}`, () => ({ kind: 'index', rank: 0, height: 0, name }));
}

/** `base[indices...]`; more indices than axes are an error of the caller. */
export function element(base: SymbolTerm, indices: readonly Term[]): ElementTerm {
  const key = `e${base.id}[${ids(indices)}]`;
  return intern<ElementTerm>(key, () => ({
    kind: 'element',
    rank: base.axes - indices.length,
    height: 0,
    base,
    indices,
  }));
}

/** The `at`-th component of a vector, pushed inwards to where the vector stands. */
export function component(vector: Term, at: Term): Term {
  switch (vector.kind) {
    case 'symbol':
      return element(vector, [at]);
    case 'element':
      return element(vector.base, [...vector.indices, at]);
    case 'add':
      return add(...vector.terms.map((term) => component(term, at)));
    case 'multiply':
      return multiply(
        number(vector.coefficient),
        ...vector.factors.map((factor) => (factor.rank === 1 ? component(factor, at) : factor)),
      );
    case 'sum': {
      const opened = open(vector, freeIndices(at));
      return sum(opened.index, component(opened.body, at), vector.range);
    }
    case 'cases':
      return cases(vector.condition, component(vector.then, at), component(vector.otherwise, at));
    case 'derivative':
      if (vector.of.rank === 0) return derivative(vector.of, component(vector.by, at) as ElementTerm);
      return derivative(component(vector.of, at), vector.by);
    case 'number':
      // The only constant vector is the zero vector, which has no shape of its own.
      return vector;
    default:
      throw new Error(`a ${vector.kind} has no components`);
  }
}

/** A generic smooth function applied, differentiated `orders[k]` times by its k-th argument. */
export function genericApply(name: string, args: readonly Term[], orders?: readonly number[]): ApplyTerm {
  return applyTerm(name, true, args, orders ?? args.map(() => 0));
}

/** A function of the elementary table applied. Values at 0 and 1 that are exact are taken at once. */
export function apply(name: string, ...args: Term[]): Term {
  const [first] = args;
  if (args.length === 1 && first !== undefined) {
    if (name === 'sqrt') return power(first, number(rational(1, 2)));
    const exact = exactValues[name]?.(first);
    if (exact !== undefined) return exact;
  }
  return applyTerm(
    name,
    false,
    args,
    args.map(() => 0),
  );
}

/** Exact values that hold without any condition. */
const exactValues: Readonly<Record<string, (argument: Term) => Term | undefined>> = {
  exp: (u) => (isNumber(u, 0) ? one() : undefined),
  log: (u) => (isNumber(u, 1) ? zero() : u.kind === 'symbol' && u.constant && u.name === 'e' ? one() : undefined),
  sin: (u) => (isNumber(u, 0) ? zero() : undefined),
  cos: (u) => (isNumber(u, 0) ? one() : undefined),
  tan: (u) => (isNumber(u, 0) ? zero() : undefined),
  tanh: (u) => (isNumber(u, 0) ? zero() : undefined),
  sinh: (u) => (isNumber(u, 0) ? zero() : undefined),
  cosh: (u) => (isNumber(u, 0) ? one() : undefined),
  abs: (u) => (u.kind === 'number' ? number(absolute(u.value)) : undefined),
};

function absolute(value: Rational): Rational {
  return value.numerator < 0n ? { ...value, numerator: -value.numerator } : value;
}

function applyTerm(name: string, generic: boolean, args: readonly Term[], orders: readonly number[]): ApplyTerm {
  const key = `a${generic ? 'g' : 'k'}${name}:${orders.join(',')}(${ids(args)})`;
  return intern<ApplyTerm>(key, () => ({
    kind: 'apply',
    rank: 0,
    height: heightOf(args),
    name,
    generic,
    orders,
    args,
  }));
}

/** The sum of all terms, canonical. */
export function add(...terms: readonly Term[]): Term {
  let constantPart = zeroRational;
  const coefficients = new Map<Term, Rational>();
  const collect = (term: Term, factor: Rational): void => {
    if (term.kind === 'add') {
      for (const inner of term.terms) collect(inner, factor);
    } else if (term.kind === 'number') {
      constantPart = addRational(constantPart, multiplyRational(factor, term.value));
    } else {
      const [coefficient, rest] = splitCoefficient(term);
      const total = coefficient === oneRational ? factor : multiplyRational(factor, coefficient);
      if (rest.kind === 'add') {
        for (const inner of rest.terms) collect(inner, total);
      } else {
        const known = coefficients.get(rest);
        coefficients.set(rest, known === undefined ? total : addRational(known, total));
      }
    }
  };
  for (const term of terms) collect(term, oneRational);
  const kept: Term[] = [];
  for (const [rest, coefficient] of coefficients) {
    if (!isZeroRational(coefficient)) kept.push(scale(coefficient, rest));
  }
  if (!isZeroRational(constantPart)) kept.push(number(constantPart));
  const [only] = kept;
  if (only === undefined) return zero();
  if (kept.length === 1) return only;
  kept.sort(byId);
  return intern<AddTerm>(`+${ids(kept)}`, () => ({
    kind: 'add',
    rank: Math.max(...kept.map((term) => term.rank)),
    height: heightOf(kept),
    terms: kept,
  }));
}

/** The product of all factors, canonical. */
export function multiply(...factors: readonly Term[]): Term {
  let coefficient = oneRational;
  const exponents = new Map<Term, Term>();
  const collect = (factor: Term): void => {
    if (factor.kind === 'number') {
      coefficient = multiplyRational(coefficient, factor.value);
    } else if (factor.kind === 'multiply') {
      coefficient = multiplyRational(coefficient, factor.coefficient);
      for (const inner of factor.factors) collect(inner);
    } else {
      const [base, exponent] = factor.kind === 'power' ? [factor.base, factor.exponent] : [factor, one()];
      const known = exponents.get(base);
      exponents.set(base, known === undefined ? exponent : add(known, exponent));
    }
  };
  for (const factor of factors) collect(factor);
  if (isZeroRational(coefficient)) return zero();
  const kept: Term[] = [];
  let unsettled = false;
  for (const [base, exponent] of exponents) {
    const factor = isNumber(exponent, 1) ? base : power(base, exponent);
    if (isNumber(factor, 1)) continue;
    unsettled ||= factor.kind === 'number' || factor.kind === 'multiply';
    kept.push(factor);
  }
  // A collected power can itself become a number or a product (2^(1/2) twice is 2): collect once more.
  if (unsettled) return multiply(number(coefficient), ...kept);
  return scaledProduct(coefficient, kept);
}

function scaledProduct(coefficient: Rational, factors: Term[]): Term {
  const [only] = factors;
  if (only === undefined) return number(coefficient);
  const unit = coefficient.numerator === 1n && coefficient.denominator === 1n;
  if (factors.length === 1 && unit) return only;
  factors.sort(byId);
  const key = `*${coefficient.numerator}/${coefficient.denominator}:${ids(factors)}`;
  return intern<MultiplyTerm>(key, () => ({
    kind: 'multiply',
    rank: Math.max(...factors.map((factor) => factor.rank)),
    height: heightOf(factors),
    coefficient,
    factors,
  }));
}

/** A term as its rational coefficient and the rest, which has coefficient 1. */
export function splitCoefficient(term: Term): readonly [Rational, Term] {
  if (term.kind === 'number') return [term.value, one()];
  if (term.kind !== 'multiply') return [oneRational, term];
  if (term.coefficient.numerator === 1n && term.coefficient.denominator === 1n) return [oneRational, term];
  return [term.coefficient, scaledProduct(oneRational, [...term.factors])];
}

function scale(coefficient: Rational, rest: Term): Term {
  if (coefficient.numerator === 1n && coefficient.denominator === 1n) return rest;
  return multiply(number(coefficient), rest);
}

export function negate(term: Term): Term {
  return multiply(number(-1), term);
}

export function subtract(left: Term, right: Term): Term {
  return add(left, negate(right));
}

export function divide(left: Term, right: Term): Term {
  return multiply(left, power(right, number(-1)));
}

/** Largest exponent with which exact numbers are multiplied out. */
const largestExactExponent = 1000n;

/**
 * `base` to `exponent`. (u^a)^b becomes u^(a b), and (u v)^b becomes u^b v^b, only where b is an integer;
 * elsewhere both fail for negative values, as sqrt(x^2) = |x| shows.
 */
export function power(base: Term, exponent: Term): Term {
  if (isNumber(exponent, 1)) return base;
  if (isNumber(exponent, 0)) return one();
  if (isNumber(base, 1)) return one();
  if (exponent.kind === 'number') {
    const { value } = exponent;
    const integer = isIntegerRational(value) ? value.numerator : undefined;
    if (base.kind === 'number') {
      const exact = numberPower(base.value, value);
      if (exact !== undefined) return number(exact);
    }
    if (integer !== undefined) {
      // A delta is 0 or 1.
      if (base.kind === 'delta' && integer > 0n) return base;
      if (base.kind === 'power') return power(base.base, multiply(base.exponent, exponent));
      if (base.kind === 'multiply') {
        const small = integer < largestExactExponent && integer > -largestExactExponent;
        if (small) {
          return multiply(
            number(powerRational(base.coefficient, integer)),
            ...base.factors.map((factor) => power(factor, exponent)),
          );
        }
      }
    }
  }
  if (base.kind === 'symbol' && base.constant && base.name === 'e') return apply('exp', exponent);
  return intern<PowerTerm>(`^${base.id},${exponent.id}`, () => ({
    kind: 'power',
    rank: 0,
    height: Math.max(base.height, exponent.height),
    base,
    exponent,
  }));
}

/** An exact power of an exact number, or undefined where it is irrational, undefined or absurdly large. */
function numberPower(base: Rational, exponent: Rational): Rational | undefined {
  if (isZeroRational(base)) return exponent.numerator > 0n ? zeroRational : undefined;
  const size = exponent.numerator < 0n ? -exponent.numerator : exponent.numerator;
  if (size > largestExactExponent || Number(size) * digits(base) > mostExactDigits) return undefined;
  if (exponent.denominator === 1n) return powerRational(base, exponent.numerator);
  if (base.numerator < 0n) return undefined;
  const numerator = exactRoot(base.numerator, exponent.denominator);
  const denominator = exactRoot(base.denominator, exponent.denominator);
  if (numerator === undefined || denominator === undefined) return undefined;
  return powerRational(rational(numerator, denominator), exponent.numerator);
}

/** Longest exact power that is written out. */
const mostExactDigits = 1000;

function digits({ numerator, denominator }: Rational): number {
  return Math.max(numerator.toString().length, denominator.toString().length);
}

function exactRoot(value: bigint, degree: bigint): bigint | undefined {
  if (degree > 64n || value > 10n ** 30n) return undefined;
  const guess = BigInt(Math.round(Number(value) ** (1 / Number(degree))));
  for (const candidate of [guess - 1n, guess, guess + 1n]) {
    if (candidate >= 0n && candidate ** degree === value) return candidate;
  }
  return undefined;
}

/** Sum of `body` over `over`, which is bound by it. A factor that does not hold the index stays inside. */
export function sum(over: IndexTerm, body: Term, range?: Range, hint = over.name): Term {
  if (isNumber(body, 0)) return body;
  return binder('sum', over, body, range, hint);
}

/** Product of `body` over `over`, which is bound by it. */
export function product(over: IndexTerm, body: Term, range?: Range, hint = over.name): Term {
  if (isNumber(body, 1)) return body;
  return binder('product', over, body, range, hint);
}

function binder(
  kind: 'sum' | 'product',
  over: IndexTerm,
  body: Term,
  range: Range | undefined,
  hint: string,
): BinderTerm {
  const bound = index(`#${body.height + 1}`);
  const closed = replaceIndex(body, over, bound);
  const rangeKey = range === undefined ? '' : `${range.from.id}..${range.to.id}`;
  return intern<BinderTerm>(`${kind}${rangeKey}:${closed.id}`, () => ({
    kind,
    rank: body.rank,
    height: Math.max(body.height + 1, range?.from.height ?? 0, range?.to.height ?? 0),
    bound,
    body: closed,
    range,
    hint,
  }));
}

/** The body of a binder with its index named: by the hint, or the next letter that is not in `taken` or free in it. */
export function open(term: BinderTerm, taken: ReadonlySet<string>): { readonly index: IndexTerm; readonly body: Term } {
  const name = freshIndexName(term, taken);
  const opened = index(name);
  return { index: opened, body: replaceIndex(term.body, term.bound, opened) };
}

/** Kronecker delta of two indices. */
export function delta(left: Term, right: Term): Term {
  if (left === right) return one();
  if (left.kind === 'number' && right.kind === 'number') return zero();
  const [first, second] = left.id < right.id ? [left, right] : [right, left];
  return intern<DeltaTerm>(`d${first.id},${second.id}`, () => ({
    kind: 'delta',
    rank: 0,
    height: 0,
    left: first,
    right: second,
  }));
}

/** The inert derivative of `of` by `by`. */
export function derivative(of: Term, by: Variable): DerivativeTerm {
  return intern<DerivativeTerm>(`D${of.id},${by.id}`, () => ({
    kind: 'derivative',
    rank: of.rank + by.rank,
    height: of.height,
    of,
    by,
  }));
}

export function relation(operator: RelationTerm['operator'], left: Term, right: Term): RelationTerm {
  return intern<RelationTerm>(`r${operator}${left.id},${right.id}`, () => ({
    kind: 'relation',
    rank: 0,
    height: Math.max(left.height, right.height),
    operator,
    left,
    right,
  }));
}

export function cases(condition: RelationTerm, then: Term, otherwise: Term): Term {
  if (then === otherwise) return then;
  return intern<CasesTerm>(`?${condition.id},${then.id},${otherwise.id}`, () => ({
    kind: 'cases',
    rank: Math.max(then.rank, otherwise.rank),
    height: heightOf([condition, then, otherwise]),
    condition,
    then,
    otherwise,
  }));
}

/** Inner product of two vectors; scalar factors are taken out in front. */
export function dot(left: Term, right: Term): Term {
  if (isNumber(left, 0) || isNumber(right, 0)) return zero();
  const [leftScale, leftVector] = splitScalars(left);
  const [rightScale, rightVector] = splitScalars(right);
  const [first, second] = leftVector.id < rightVector.id ? [leftVector, rightVector] : [rightVector, leftVector];
  const bare = intern<DotTerm>(`.${first.id},${second.id}`, () => ({
    kind: 'dot',
    rank: 0,
    height: Math.max(first.height, second.height),
    left: first,
    right: second,
  }));
  return multiply(...leftScale, ...rightScale, bare);
}

function splitScalars(vector: Term): readonly [readonly Term[], Term] {
  if (vector.kind !== 'multiply') return [[], vector];
  const scalars = vector.factors.filter((factor) => factor.rank === 0);
  const rest = vector.factors.find((factor) => factor.rank > 0);
  return rest === undefined ? [[], vector] : [[number(vector.coefficient), ...scalars], rest];
}

function ids(terms: readonly Term[]): string {
  let text = '';
  for (const term of terms) text += `${term.id},`;
  return text;
}

function heightOf(terms: readonly Term[]): number {
  let height = 0;
  for (const term of terms) if (term.height > height) height = term.height;
  return height;
}

function byId(left: Term, right: Term): number {
  return left.id - right.id;
}

/** `term` with other direct parts, given in the order of `children`. Binders are not opened: see {@link mapParts}. */
function rebuild(term: Term, parts: readonly Term[]): Term {
  const part = (at: number): Term => parts[at] as Term;
  switch (term.kind) {
    case 'number':
    case 'symbol':
    case 'index':
      return term;
    case 'element':
      return element(part(0) as SymbolTerm, parts.slice(1));
    case 'apply':
      return term.generic ? genericApply(term.name, parts, term.orders) : apply(term.name, ...parts);
    case 'add':
      return add(...parts);
    case 'multiply':
      return multiply(number(term.coefficient), ...parts);
    case 'power':
      return power(part(0), part(1));
    case 'sum':
    case 'product': {
      const range = parts.length === 3 ? { from: part(1), to: part(2) } : undefined;
      return (term.kind === 'sum' ? sum : product)(term.bound, part(0), range, term.hint);
    }
    case 'delta':
      return delta(part(0), part(1));
    case 'dot':
      return dot(part(0), part(1));
    case 'derivative':
      return derivative(part(0), part(1) as Variable);
    case 'relation':
      return relation(term.operator, part(0), part(1));
    case 'cases':
      return cases(part(0) as RelationTerm, part(1), part(2));
  }
}

/**
 * `term` with `change` applied to each direct part. Binders are opened with a name outside `taken` first, so that
 * `change` sees ordinary index names and can bring in terms with free indices without capture.
 */
export function mapParts(term: Term, taken: ReadonlySet<string>, change: (part: Term, at: number) => Term): Term {
  if (term.kind === 'sum' || term.kind === 'product') {
    const opened = open(term, taken);
    const body = change(opened.body, 0);
    const range =
      term.range === undefined ? undefined : { from: change(term.range.from, 1), to: change(term.range.to, 2) };
    if (body === opened.body && range?.from === term.range?.from && range?.to === term.range?.to) return term;
    return (term.kind === 'sum' ? sum : product)(opened.index, body, range, opened.index.name);
  }
  const parts = children(term);
  const changed = parts.map(change);
  return changed.every((part, at) => part === parts[at]) ? term : rebuild(term, changed);
}

/** `term` with every free occurrence of the index `from` replaced by `to` (an index, a number or a linear map). */
export function replaceIndex(term: Term, from: IndexTerm, to: Term): Term {
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    if (part === from) return to;
    if (!freeIndices(part).has(from.name)) return part;
    const known = memo.get(part);
    if (known !== undefined) return known;
    const result = rebuild(part, children(part).map(visit));
    memo.set(part, result);
    return result;
  };
  return visit(term);
}
