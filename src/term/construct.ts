/**
 * The constructors of terms. Each keeps the canonical form: flat sums and products, exact arithmetic, like terms and
 * like powers collected, deltas of equal indices gone. A rewrite that would need an assumption does not happen here,
 * with the two exceptions that every textbook makes: x/x is 1 and x^0 is 1.
 */

import { fail } from '../problem.ts';
import { exactValues } from './exact-values.ts';
import { baseOf, freshIndexName, settle } from './inspect.ts';
import {
  makeAdd,
  makeBinder,
  makeCases,
  makeConstant,
  makeDelta,
  makeDerivative,
  makeDot,
  makeElement,
  makeGeneric,
  makeIndex,
  makeKnown,
  makeNumber,
  makePower,
  makeProduct,
  makeRelation,
  makeScaled,
  makeSmall,
  makeSymbol,
} from './make.ts';
import {
  addRational,
  compareRational,
  isIntegerRational,
  isNegativeRational,
  isOneRational,
  isZeroRational,
  minusOneRational,
  multiplyRational,
  negateRational,
  oneRational,
  powerRational,
  type Rational,
  rational,
  zeroRational,
} from './rational.ts';
import type {
  ApplyTerm,
  BinderKind,
  BinderTerm,
  DerivativeTerm,
  ElementTerm,
  IndexTerm,
  MultiplyTerm,
  NumberTerm,
  Range,
  RelationTerm,
  SymbolTerm,
  Term,
  Variable,
} from './term.ts';

/** An exact number; `literal` is how it was written. */
export function number(value: Rational | number, literal?: string): NumberTerm {
  return typeof value === 'number' ? makeSmall(value, 1) : makeNumber(value, literal);
}

/** A quotient of two small whole numbers, such as the code names them. */
export function fraction(numerator: number, denominator: number): NumberTerm {
  return makeSmall(numerator, denominator);
}

export const zero = (): NumberTerm => makeSmall(0, 1);
export const one = (): NumberTerm => makeSmall(1, 1);

/** Whether `term` is this integer. */
export function isNumber(term: Term, value: number): boolean {
  return term.kind === 'number' && term.integer === value;
}

/** A name; a scalar unless it has axes. */
export function symbol(name: string, axes = 0): SymbolTerm {
  return makeSymbol(name, axes);
}

/** A mathematical constant with a value of its own: `pi` or `e`. */
export function constant(name: 'pi' | 'e'): SymbolTerm {
  return makeConstant(name);
}

/** The end of what has none: no number, and nothing but a bound of a series or an integral. */
export function infinity(): SymbolTerm {
  return makeConstant('infinity');
}

/** Whether a term binds an index. */
function isBinder(term: Term): term is BinderTerm {
  return term.kind === 'sum' || term.kind === 'product' || term.kind === 'integral' || term.kind === 'limit';
}

/** Whether a sum or product goes on without end. */
export function isSeries({ kind, range }: BinderTerm): boolean {
  return (kind === 'sum' || kind === 'product') && range !== undefined && signOfInfinity(range.to) !== 0;
}

/** Whether a bound is infinite: 1 or -1, and 0 where it is a number. */
export function signOfInfinity(bound: Term): 0 | 1 | -1 {
  if (bound === infinity()) return 1;
  return bound === negate(infinity()) ? -1 : 0;
}

export function index(name: string): IndexTerm {
  return makeIndex(name);
}

/** `base[indices...]`; more indices than axes are an error of the caller. */
export function element(base: SymbolTerm, indices: readonly Term[]): ElementTerm {
  return makeElement(base, indices);
}

/** The `at`-th component of a vector, pushed inwards to where the vector stands. */
export function component(vector: Term, at: Term): Term {
  switch (vector.kind) {
    case 'symbol':
      return element(vector, [at]);
    case 'element':
      return element(vector.base, [...vector.indices, at]);
    case 'add':
      return addAll(vector.terms.map((term) => component(term, at)));
    case 'multiply':
      return multiply(
        number(vector.coefficient),
        ...vector.factors.map((factor) => (factor.rank === 1 ? component(factor, at) : factor)),
      );
    case 'sum':
    case 'integral':
    case 'limit': {
      const opened = open(vector, at.free);
      return bind(vector.kind, opened.index, component(opened.body, at), vector.range, opened.index.name);
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
      return fail({
        code: vector.rank === 0 ? 'shape-clash' : 'unsupported-notation',
        message: vector.rank === 0 ? 'a scalar has no components' : 'a component of this expression is not covered',
        hint: 'give the vector a name, or leave the index out',
      });
  }
}

/** A generic smooth function applied, differentiated `orders[k]` times by its k-th argument. */
export function genericApply(name: string, args: readonly Term[], orders?: readonly number[]): ApplyTerm {
  return makeGeneric(name, args, orders ?? args.map(() => 0));
}

/** A function of the elementary table applied. Values that are exact are taken at once. */
export function apply(name: string, ...args: Term[]): Term {
  const [first] = args;
  if (name === 'max' || name === 'min') {
    // Of max(u, u) neither partial derivative would count.
    const distinct = [...new Set(args)];
    if (distinct.length === 1) return distinct[0] as Term;
    if (distinct.length < args.length) return apply(name, ...distinct);
  }
  if (name === 'sqrt' && args.length === 1 && first !== undefined) return power(first, fraction(1, 2));
  const exact = args.every(isConstant) ? exactValues.get(name)?.(args) : undefined;
  if (exact !== undefined) return number(exact);
  return makeKnown(name, args, args.length === 1 ? notDifferentiated : args.map(() => 0));
}

const notDifferentiated: readonly number[] = [0];

/** Without any name: such an argument may have an exact value. */
function isConstant(term: Term): boolean {
  return term.symbols === 0 && term.depth < 4;
}

/** The sum of all terms, canonical. */
export function add(...terms: readonly Term[]): Term {
  return addAll(terms);
}

/** {@link add} for many terms. */
export function addAll(terms: readonly Term[]): Term {
  if (terms.length === 1) return terms[0] as Term;
  if (terms.length === 2) {
    // Exponents that are collected.
    const [left, right] = terms as [Term, Term];
    if (left.kind === 'number' && right.kind === 'number') return number(addRational(left.value, right.value));
    if (isNumber(left, 0)) return right;
    if (isNumber(right, 0)) return left;
  }
  if (isCollected(terms)) {
    const sorted = terms.slice();
    sortById(sorted);
    return makeAdd(sorted);
  }
  const gathered: Gathered = { constant: zeroRational, list: [], places: undefined, coefficients: [], whole: [] };
  for (const term of terms) gather(gathered, term, oneRational);
  const { constant, list, coefficients, whole } = gathered;
  const kept: Term[] = [];
  for (let at = 0; at < list.length; at++) {
    const coefficient = coefficients[at] as Rational;
    if (!isZeroRational(coefficient)) kept.push(whole[at] ?? scale(coefficient, list[at] as Term));
  }
  if (!isZeroRational(constant)) kept.push(number(constant));
  const [only] = kept;
  if (only === undefined) return zero();
  if (kept.length === 1) return only;
  sortById(kept);
  return makeAdd(fitted(kept));
}

/** Terms of a sum, each once, with their coefficients; `whole` holds those as they came where nothing was collected. */
interface Gathered extends Keys {
  constant: Rational;
  readonly coefficients: Rational[];
  readonly whole: (Term | undefined)[];
}

/** Adds `factor` times a term; sums are taken apart. */
function gather(gathered: Gathered, term: Term, factor: Rational): void {
  if (term.kind === 'add') {
    for (const inner of term.terms) gather(gathered, inner, factor);
    return;
  }
  if (term.kind === 'number') {
    gathered.constant = addRational(gathered.constant, multiplyRational(factor, term.value));
    return;
  }
  const rest = restOf(term);
  const total = term === rest ? factor : multiplyRational(factor, (term as MultiplyTerm).coefficient);
  if (rest.kind === 'add') {
    for (const inner of rest.terms) gather(gathered, inner, total);
    return;
  }
  const { coefficients, whole } = gathered;
  const at = placeOf(gathered, rest);
  if (at === coefficients.length) {
    coefficients.push(total);
    whole.push(factor === oneRational ? term : undefined);
  } else {
    coefficients[at] = addRational(coefficients[at] as Rational, total);
    whole[at] = undefined;
  }
}

/** Whether a few terms, at least two, are a sum already but for their order: no sums in them, and none alike. */
function isCollected(terms: readonly Term[]): boolean {
  if (terms.length > mostCompared || terms.length === 0) return false;
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at] as Term;
    // A number times a sum is multiplied out.
    if (restOf(term).kind === 'add' || isNumber(term, 0)) return false;
    for (let before = 0; before < at; before++) if (areAlike(terms[before] as Term, term)) return false;
  }
  return true;
}

/** So many terms are compared each with each. */
const mostCompared = 6;

function areAlike(left: Term, right: Term): boolean {
  return left.kind === 'number' ? right.kind === 'number' : restOf(left) === restOf(right);
}

/** What a term is a multiple of. */
function restOf(term: Term): Term {
  return term.kind === 'multiply' && term.rest !== undefined ? term.rest : term;
}

/** The product of all factors, canonical. */
export function multiply(...factors: readonly Term[]): Term {
  return multiplyAll(factors);
}

/** {@link multiply} for many factors. */
export function multiplyAll(factors: readonly Term[]): Term {
  if (factors.length === 1) return factors[0] as Term;
  if (factors.length === 2) return multiplyTwo(factors[0] as Term, factors[1] as Term);
  return multiplyMany(factors);
}

function multiplyTwo(left: Term, right: Term): Term {
  if (left.kind === 'number') return isZeroRational(left.value) ? zero() : scale(left.value, right);
  if (right.kind === 'number') return isZeroRational(right.value) ? zero() : scale(right.value, left);
  if (left.kind === 'multiply' || right.kind === 'multiply') return multiplyMany([left, right]);
  if (baseOf(left) === baseOf(right)) return collectPowers(oneRational, [left, right]);
  return makeProduct(left.id < right.id ? [left, right] : [right, left]);
}

function multiplyMany(factors: readonly Term[]): Term {
  let coefficient = oneRational;
  const flat: Term[] = [];
  for (const factor of factors) {
    if (factor.kind === 'number') coefficient = multiplyRational(coefficient, factor.value);
    else if (factor.kind === 'multiply') {
      coefficient = multiplyRational(coefficient, factor.coefficient);
      for (const inner of factor.factors) flat.push(inner);
    } else flat.push(factor);
  }
  if (isZeroRational(coefficient)) return zero();
  if (shareBase(flat)) return collectPowers(coefficient, flat);
  sortById(flat);
  return scaledProduct(coefficient, fitted(flat));
}

/**
 * A list with no room to spare: one that has grown by `push` has room for seventeen, and terms keep their lists for as long
 * as they live.
 */
function fitted(terms: Term[]): readonly Term[] {
  switch (terms.length) {
    case 1:
      return [terms[0] as Term];
    case 2:
      return [terms[0] as Term, terms[1] as Term];
    case 3:
      return [terms[0] as Term, terms[1] as Term, terms[2] as Term];
    default:
      return terms.length < 12 ? terms.slice() : terms;
  }
}

/** Whether two factors are powers of one base; long lists are always looked through one by one. */
function shareBase(factors: readonly Term[]): boolean {
  if (factors.length > mostScanned) return true;
  for (let at = 1; at < factors.length; at++) {
    const base = baseOf(factors[at] as Term);
    for (let before = 0; before < at; before++) if (baseOf(factors[before] as Term) === base) return true;
  }
  return false;
}

/** The product of factors that are no products themselves, powers of one base collected. */
function collectPowers(coefficient: Rational, factors: readonly Term[]): Term {
  const bases: Keys = { list: [], places: undefined };
  const exponents: Term[] = [];
  const whole: (Term | undefined)[] = [];
  for (const factor of factors) {
    const exponent = factor.kind === 'power' ? factor.exponent : one();
    const at = placeOf(bases, baseOf(factor));
    if (at === exponents.length) {
      exponents.push(exponent);
      whole.push(factor);
    } else {
      exponents[at] = add(exponents[at] as Term, exponent);
      whole[at] = undefined;
    }
  }
  const kept: Term[] = [];
  let unsettled = false;
  for (let at = 0; at < exponents.length; at++) {
    const base = bases.list[at] as Term;
    const factor = whole[at] ?? power(base, exponents[at] as Term);
    if (isNumber(factor, 1)) continue;
    unsettled ||= factor.kind === 'number' || factor.kind === 'multiply' || baseOf(factor) !== base;
    kept.push(factor);
  }
  // A collected power can itself become a number, a product or a power of another base (2^(1/2) twice is 2, (x^2)^(1/2)
  // twice is x^2): collect once more.
  if (unsettled) return multiplyAll([number(coefficient), ...kept]);
  sortById(kept);
  return scaledProduct(coefficient, fitted(kept));
}

/** Terms in the order in which they came, each once; `places` tells where, once there are many. */
interface Keys {
  readonly list: Term[];
  places: Map<Term, number> | undefined;
}

/** The place of `term` among the keys, at the end where it is new. */
function placeOf(keys: Keys, term: Term): number {
  const { list } = keys;
  if (list.length < mostScanned) {
    const at = list.indexOf(term);
    return at < 0 ? list.push(term) - 1 : at;
  }
  keys.places ??= new Map(list.map((known, at) => [known, at]));
  const known = keys.places.get(term);
  if (known !== undefined) return known;
  keys.places.set(term, list.length);
  return list.push(term) - 1;
}

/** Lists up to this length are searched one by one. */
const mostScanned = 12;

function sortById(terms: Term[]): void {
  if (terms.length > mostScanned) {
    terms.sort((left, right) => left.id - right.id);
    return;
  }
  for (let end = 1; end < terms.length; end++) {
    const term = terms[end] as Term;
    let at = end;
    for (; at > 0 && (terms[at - 1] as Term).id > term.id; at--) terms[at] = terms[at - 1] as Term;
    terms[at] = term;
  }
}

/** A coefficient times factors that are collected and in order. */
function scaledProduct(coefficient: Rational, factors: readonly Term[]): Term {
  const [only] = factors;
  if (only === undefined) return number(coefficient);
  const unit = factors.length === 1 ? only : makeProduct(factors);
  if (isOneRational(coefficient)) return unit;
  return makeScaled(number(coefficient), factors, unit);
}

/** A term as its rational coefficient and the rest, which has coefficient 1. */
export function splitCoefficient(term: Term): readonly [Rational, Term] {
  if (term.kind === 'number') return [term.value, one()];
  if (term.kind !== 'multiply' || term.rest === undefined) return [oneRational, term];
  return [term.coefficient, term.rest];
}

/** `coefficient` times a term that is no number. */
function scale(coefficient: Rational, term: Term): Term {
  if (coefficient === oneRational) return term;
  if (term.kind === 'number') return number(multiplyRational(coefficient, term.value));
  if (term.kind !== 'multiply') return scaledProduct(coefficient, [term]);
  return scaledProduct(multiplyRational(coefficient, term.coefficient), term.factors);
}

export function negate(term: Term): Term {
  return scale(minusOneRational, term);
}

export function subtract(left: Term, right: Term): Term {
  if (left.kind === 'number' && right.kind === 'number') {
    return number(addRational(left.value, negateRational(right.value)));
  }
  return addAll([left, negate(right)]);
}

export function divide(left: Term, right: Term): Term {
  return multiplyAll([left, power(right, number(-1))]);
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
    if (base.kind === 'number') {
      const exact = numberPower(base.value, value);
      if (exact !== undefined) return number(exact);
    }
    if (isIntegerRational(value)) {
      // A delta is 0 or 1.
      if (base.kind === 'delta' && !isNegativeRational(value)) return base;
      if (base.kind === 'power') return power(base.base, multiply(base.exponent, exponent));
      const degree = oddDegree(base);
      if (degree !== undefined && value.numerator % degree === 0n) {
        return power((base as ApplyTerm).args[0] as Term, number(rational(value.numerator / degree)));
      }
      if (base.kind === 'multiply') {
        // Of larger ones the coefficient would not be written out.
        if (value.bottom === 1 && Math.abs(value.top) < Number(largestExactExponent)) {
          const factors: Term[] = [number(powerRational(base.coefficient, value.numerator))];
          for (const factor of base.factors) factors.push(power(factor, exponent));
          return multiplyAll(factors);
        }
      }
    }
  }
  if (base.kind === 'symbol' && base.constant && base.name === 'e') return apply('exp', exponent);
  return makePower(base, exponent);
}

/** The degree of a root that has a real value everywhere: such a power of it is the radicand. */
function oddDegree(base: Term): bigint | undefined {
  if (base.kind !== 'apply' || base.generic) return undefined;
  if (base.name === 'cbrt') return 3n;
  const degree = base.name === 'nthRoot' ? base.args[1] : undefined;
  return degree?.kind === 'number' ? degree.value.numerator : undefined;
}

/** An exact power of an exact number, or undefined where it is irrational, undefined or absurdly large. */
function numberPower(base: Rational, exponent: Rational): Rational | undefined {
  if (isZeroRational(base)) return exponent.numerator > 0n ? zeroRational : undefined;
  if (base.bottom === 1 && exponent.bottom === 1) {
    const value = base.top ** Math.abs(exponent.top);
    if (Math.abs(value) <= largestDirect) return exponent.top < 0 ? rational(1, value) : rational(value);
  }
  const size = exponent.numerator < 0n ? -exponent.numerator : exponent.numerator;
  if (size > largestExactExponent || Number(size) * digits(base) > mostExactDigits) return undefined;
  if (exponent.denominator === 1n) return powerRational(base, exponent.numerator);
  if (base.numerator < 0n) return undefined;
  const numerator = exactRoot(base.numerator, exponent.denominator);
  const denominator = exactRoot(base.denominator, exponent.denominator);
  if (numerator === undefined || denominator === undefined) return undefined;
  return powerRational(rational(numerator, denominator), exponent.numerator);
}

/** Powers up to this are reckoned in doubles. */
const largestDirect = 2 ** 25;

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

/** Integral of `body` by `over`, which is bound by it, between the bounds of a range. */
export function integral(over: IndexTerm, body: Term, range: Range, hint = over.name): Term {
  if (isNumber(body, 0)) return body;
  return binder('integral', over, body, range, hint);
}

/** Limit of `body` where `over`, which is bound by it, goes to a point: see {@link BinderKind}. */
export function limit(over: IndexTerm, body: Term, range: Range, hint = over.name): Term {
  return body.free.has(over.name) ? binder('limit', over, body, range, hint) : body;
}

/** What an integral or a limit runs over, where it stands in its body: the value, not the number, of its index. */
export function integrationVariable(over: IndexTerm): ElementTerm {
  return element(makeConstant('variable'), [over]);
}

/** The binder of a kind; of a body that makes none, what is left of it. */
function bind(kind: BinderKind, over: IndexTerm, body: Term, range: Range | undefined, hint: string): Term {
  if (kind === 'integral') return integral(over, body, range as Range, hint);
  if (kind === 'limit') return limit(over, body, range as Range, hint);
  return (kind === 'sum' ? sum : product)(over, body, range, hint);
}

function binder(kind: BinderKind, over: IndexTerm, body: Term, range: Range | undefined, hint: string): BinderTerm {
  const bound = index(`#${body.height + 1}`);
  const closed = replaceIndex(body, over, bound);
  return makeBinder(kind, bound, closed, range, hint);
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
  return makeDelta(first, second);
}

/** The inert derivative of `of` by `by`. */
export function derivative(of: Term, by: Variable): DerivativeTerm {
  return makeDerivative(of, by);
}

export function relation(operator: RelationTerm['operator'], left: Term, right: Term): RelationTerm {
  return makeRelation(operator, left, right);
}

export function cases(condition: RelationTerm, then: Term, otherwise: Term): Term {
  if (then === otherwise) return then;
  const isTrue = decide(condition);
  if (isTrue !== undefined) return isTrue ? then : otherwise;
  return makeCases(condition, then, otherwise);
}

/** What a relation between equal terms, or between numbers, comes to; x <= x holds wherever x has a value, as x/x is 1. */
function decide({ operator, left, right }: RelationTerm): boolean | undefined {
  if (left !== right && (left.kind !== 'number' || right.kind !== 'number')) return undefined;
  const order = left.kind === 'number' && right.kind === 'number' ? compareRational(left.value, right.value) : 0;
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '==':
      return order === 0;
    default:
      return order !== 0;
  }
}

/** Inner product of two vectors; scalar factors are taken out in front. */
export function dot(left: Term, right: Term): Term {
  if (isNumber(left, 0) || isNumber(right, 0)) return zero();
  const [leftScale, leftVector] = splitScalars(left);
  const [rightScale, rightVector] = splitScalars(right);
  const [first, second] = leftVector.id < rightVector.id ? [leftVector, rightVector] : [rightVector, leftVector];
  const bare = makeDot(first, second);
  return multiply(...leftScale, ...rightScale, bare);
}

function splitScalars(vector: Term): readonly [readonly Term[], Term] {
  if (vector.kind !== 'multiply') return [[], vector];
  const scalars = vector.factors.filter((factor) => factor.rank === 0);
  const vectors = vector.factors.filter((factor) => factor.rank > 0);
  return vectors.length === 0 ? [[], vector] : [[number(vector.coefficient), ...scalars], multiplyAll(vectors)];
}

/** `term` with other direct parts, given in their order. Binders are not opened: see {@link mapParts}. */
function rebuild(term: Term, parts: readonly Term[]): Term {
  const part = (at: number): Term => parts[at] as Term;
  switch (term.kind) {
    case 'number':
    case 'symbol':
    case 'index':
      return term;
    case 'element':
      return element(asBase(part(0)), parts.slice(1));
    case 'apply':
      return term.generic ? genericApply(term.name, parts, term.orders) : apply(term.name, ...parts);
    case 'add':
      return addAll(parts);
    case 'multiply':
      return multiplyAll([number(term.coefficient), ...parts]);
    case 'power':
      return power(part(0), part(1));
    case 'sum':
    case 'product':
    case 'integral':
    case 'limit': {
      const range = parts.length === 3 ? { from: part(1), to: part(2) } : undefined;
      return bind(term.kind, term.bound, part(0), range, term.hint);
    }
    case 'delta':
      return delta(part(0), part(1));
    case 'dot':
      return dot(part(0), part(1));
    case 'derivative':
      return derivative(part(0), asVariable(part(1)));
    case 'relation':
      return relation(term.operator, part(0), part(1));
    case 'cases':
      return cases(part(0) as RelationTerm, part(1), part(2));
    case 'tensor':
      return term.remake(parts);
  }
}

/** What stands for the name of an element after a replacement. */
function asBase(term: Term): SymbolTerm {
  if (term.kind === 'symbol') return term;
  return fail({
    code: 'unsupported-notation',
    message: 'an entry stands apart from a name that is replaced as a whole',
    hint: 'write the whole vector or matrix, or its entries alone',
  });
}

/** What stands for the variable of a derivative after a replacement: at a number nothing can be differentiated by. */
function asVariable(term: Term): Variable {
  if (term.kind === 'element' || term.kind === 'symbol') return term;
  return fail({
    code: 'unsupported-notation',
    message: 'a derivative that is not carried out has no value at a point',
    hint: 'say what is differentiated, y = ..., or leave the point out',
  });
}

/**
 * `term` with `change` applied to each direct part. Binders are opened with a name outside `taken` first, so that
 * `change` sees ordinary index names and can bring in terms with free indices without capture.
 */
export function mapParts(term: Term, taken: ReadonlySet<string>, change: (part: Term, at: number) => Term): Term {
  if (isBinder(term)) {
    const opened = open(term, taken);
    const body = change(opened.body, 0);
    const range =
      term.range === undefined ? undefined : { from: change(term.range.from, 1), to: change(term.range.to, 2) };
    if (body === opened.body && range?.from === term.range?.from && range?.to === term.range?.to) return term;
    return bind(term.kind, opened.index, body, range, opened.index.name);
  }
  const { parts } = term;
  const changed = parts.map(change);
  return changed.every((part, at) => part === parts[at]) ? term : rebuild(term, changed);
}

/** `term` with every free occurrence of the index `from` replaced by `to` (an index, a number or a linear map). */
export function replaceIndex(term: Term, from: IndexTerm, to: Term): Term {
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    if (part === from) return to;
    if (!part.free.has(from.name)) return part;
    const known = memo.get(part);
    if (known !== undefined) return known;
    const result = rebuild(part, part.parts.map(visit));
    memo.set(part, result);
    return result;
  };
  return settle(term, visit);
}
