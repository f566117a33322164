/**
 * Terms as they are stored: one function for each kind, which takes parts that are canonical already. For `construct.ts`
 * alone; everything else uses the constructors there.
 *
 * All leaves of ordinary algebra have the same fields in the same order, so have all sums, products, powers and functions,
 * and so has all the rest: the engine sees three layouts of objects, and reads a field without looking it up by name, as
 * it must where there are more than four.
 */

import { oneRational, type Rational, rational } from './rational.ts';
import {
  type AddTerm,
  type ApplyTerm,
  type BinderKind,
  type BinderTerm,
  type CasesTerm,
  type DeltaTerm,
  type DerivativeTerm,
  type DotTerm,
  type ElementTerm,
  enter,
  find,
  type IndexTerm,
  keepLeaf,
  keepScalar,
  keepSmall,
  knownLeaf,
  knownScalar,
  knownSmall,
  type MultiplyTerm,
  type NumberTerm,
  nextId,
  nextSymbolBit,
  type PowerTerm,
  type Range,
  type RelationTerm,
  type SymbolTerm,
  type TensorOperation,
  type TensorTerm,
  type Term,
  tagOf,
  type Variable,
} from './term.ts';

/** What a term is besides its parts, for kinds that have no name. */
const tags = {
  element: 1,
  add: 2,
  multiply: 3,
  power: 4,
  sum: 5,
  product: 6,
  delta: 7,
  derivative: 8,
  cases: 9,
  dot: 10,
  integral: 11,
  limit: 12,
} as const;

const nothing: ReadonlySet<string> = new Set();
const noParts: readonly Term[] = [];

/** What every draft has: a term that is being made. */
interface Draft {
  id: number;
  tag: number;
  parts: readonly Term[];
  rank: number;
  height: number;
  depth: number;
  free: ReadonlySet<string>;
  inert: boolean;
  symbols: number;
  printedSize: number;
  presented: Term | undefined;
  derived: Term | undefined;
  derivedIn: object | undefined;
}

/** The fields of numbers and names. */
interface Leaf extends Draft {
  kind: 'number' | 'symbol';
  value: Rational | undefined;
  integer: number | undefined;
  literal: string | undefined;
  name: string | undefined;
  axes: number;
  constant: boolean;
}

function draftLeaf(kind: Leaf['kind']): Leaf {
  return {
    kind,
    id: nextId(),
    tag: 0,
    parts: noParts,
    rank: 0,
    height: 0,
    depth: 1,
    free: nothing,
    inert: false,
    symbols: 0,
    printedSize: 0,
    presented: undefined,
    derived: undefined,
    derivedIn: undefined,
    value: undefined,
    integer: undefined,
    literal: undefined,
    name: undefined,
    axes: 0,
    constant: false,
  };
}

/** The fields of sums, products, powers and applied functions. */
interface Compound extends Draft {
  kind: 'apply' | 'add' | 'multiply' | 'power';
  name: string | undefined;
  generic: boolean;
  orders: readonly number[] | undefined;
  args: readonly Term[] | undefined;
  terms: readonly Term[] | undefined;
  coefficient: Rational | undefined;
  factors: readonly Term[] | undefined;
  rest: Term | undefined;
  base: Term | undefined;
  exponent: Term | undefined;
  clear: boolean;
}

function draftCompound(kind: Compound['kind'], tag: number, parts: readonly Term[]): Compound {
  const term: Compound = {
    kind,
    id: nextId(),
    tag,
    parts,
    rank: 0,
    height: 0,
    depth: 1,
    free: nothing,
    inert: false,
    symbols: 0,
    printedSize: 0,
    presented: undefined,
    derived: undefined,
    derivedIn: undefined,
    name: undefined,
    generic: false,
    orders: undefined,
    args: undefined,
    terms: undefined,
    coefficient: undefined,
    factors: undefined,
    rest: undefined,
    base: undefined,
    exponent: undefined,
    clear: false,
  };
  describe(term, parts);
  return term;
}

/** A term with indices, binders, derivatives or cases that is being made. */
interface Structural extends Draft {
  kind: Exclude<Term['kind'], Leaf['kind'] | Compound['kind'] | 'tensor'>;
  name: string | undefined;
  base: Term | undefined;
  indices: readonly Term[] | undefined;
  bound: IndexTerm | undefined;
  body: Term | undefined;
  range: Range | undefined;
  hint: string | undefined;
  left: Term | undefined;
  right: Term | undefined;
  of: Term | undefined;
  by: Variable | undefined;
  operator: string | undefined;
  condition: RelationTerm | undefined;
  then: Term | undefined;
  otherwise: Term | undefined;
}

function draftStructural(kind: Structural['kind'], tag: number, parts: readonly Term[]): Structural {
  const term: Structural = {
    kind,
    id: nextId(),
    tag,
    parts,
    rank: 0,
    height: 0,
    depth: 1,
    free: nothing,
    inert: false,
    symbols: 0,
    printedSize: 0,
    presented: undefined,
    derived: undefined,
    derivedIn: undefined,
    name: undefined,
    base: undefined,
    indices: undefined,
    bound: undefined,
    body: undefined,
    range: undefined,
    hint: undefined,
    left: undefined,
    right: undefined,
    of: undefined,
    by: undefined,
    operator: undefined,
    condition: undefined,
    then: undefined,
    otherwise: undefined,
  };
  describe(term, parts);
  return term;
}

/** Fills in what a term has from its parts. */
function describe(term: Draft, parts: readonly Term[]): void {
  let [rank, height, depth, symbols] = [0, 0, 0, 0];
  let free = nothing;
  let inert = false;
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] as Term;
    if (part.rank > rank) rank = part.rank;
    if (part.height > height) height = part.height;
    if (part.depth > depth) depth = part.depth;
    if (part.free !== free && part.free.size > 0) free = free.size === 0 ? part.free : union(free, part.free);
    if (part.inert) inert = true;
    symbols |= part.symbols;
  }
  term.rank = rank;
  term.height = height;
  term.depth = depth + 1;
  term.free = free;
  term.inert = inert;
  term.symbols = symbols;
}

/** Both sets together; one of them where it holds the other, so that few sets are made. */
function union(left: ReadonlySet<string>, right: ReadonlySet<string>): ReadonlySet<string> {
  for (const name of right) if (!left.has(name)) return new Set([...left, ...right]);
  return left;
}

/** The draft as the term that it is now: the one place where a kind is believed. */
function finished<T extends Term>(draft: Draft): T {
  return draft as unknown as T;
}

/** An exact number; `literal` is how it was written. */
export function makeNumber(value: Rational, literal: string | undefined): NumberTerm {
  if (value.bottom === 0) return makeExact(value, literal);
  // Two different quotients of numbers up to 2^26 differ as doubles too.
  const double = value.top / value.bottom;
  return knownSmall(double) ?? keepSmall(double, makeExact(value, literal));
}

/** A quotient of two small whole numbers: found without a detour over exact arithmetic. */
export function makeSmall(numerator: number, denominator: number): NumberTerm {
  const double = numerator / denominator;
  return knownSmall(double) ?? keepSmall(double, makeExact(rational(numerator, denominator), undefined));
}

function makeExact(value: Rational, literal: string | undefined): NumberTerm {
  // Small numbers are known by their values.
  const key = value.bottom === 0 ? `n${value.numerator}/${value.denominator}` : undefined;
  const known = key === undefined ? undefined : knownLeaf(key);
  if (known !== undefined) return known as NumberTerm;
  const term = draftLeaf('number');
  term.value = value;
  term.integer = value.bottom === 1 ? value.top : value.denominator === 1n ? Number(value.numerator) : Number.NaN;
  term.literal = literal;
  return key === undefined ? finished<NumberTerm>(term) : keepLeaf(key, finished<NumberTerm>(term));
}

/** A name. */
export function makeSymbol(name: string, axes: number): SymbolTerm {
  if (axes === 0) return knownScalar(name) ?? keepScalar(name, draftSymbol(name, 0));
  const key = `s${name}:${axes}`;
  const known = knownLeaf(key);
  return known === undefined ? keepLeaf(key, draftSymbol(name, axes)) : (known as SymbolTerm);
}

function draftSymbol(name: string, axes: number): SymbolTerm {
  const term = draftLeaf('symbol');
  term.name = name;
  term.axes = axes;
  term.rank = axes;
  term.symbols = nextSymbolBit();
  return finished<SymbolTerm>(term);
}

/** A constant of mathematics. */
export function makeConstant(name: 'pi' | 'e' | 'infinity' | 'variable'): SymbolTerm {
  const key = `c${name}`;
  const known = knownLeaf(key);
  if (known !== undefined) return known as SymbolTerm;
  const term = draftLeaf('symbol');
  term.name = name;
  // The variable of an integral is an entry, by the index that the integral binds.
  if (name === 'variable') term.axes = 1;
  term.rank = term.axes;
  term.constant = true;
  return keepLeaf(key, finished<SymbolTerm>(term));
}

/** An index. */
export function makeIndex(name: string): IndexTerm {
  const key = `i${name}`;
  const known = knownLeaf(key);
  if (known !== undefined) return known as IndexTerm;
  const term = draftStructural('index', 0, noParts);
  term.name = name;
  term.free = new Set([name]);
  return keepLeaf(key, finished<IndexTerm>(term));
}

/** A member of a family. */
export function makeElement(base: SymbolTerm, indices: readonly Term[]): ElementTerm {
  const parts = [base, ...indices];
  const known = find(tags.element, parts);
  if (known !== undefined) return known as ElementTerm;
  const term = draftStructural('element', tags.element, parts);
  term.rank = base.axes - indices.length;
  term.base = base;
  term.indices = indices;
  return enter(finished<ElementTerm>(term));
}

/** A function of the elementary table applied. */
export function makeKnown(name: string, args: readonly Term[], orders: readonly number[]): ApplyTerm {
  return makeApply(tagOf(name), name, false, args, orders);
}

/** A generic function applied. */
export function makeGeneric(name: string, args: readonly Term[], orders: readonly number[]): ApplyTerm {
  return makeApply(tagOf(`${name}'${orders.join()}`), name, true, args, orders);
}

function makeApply(
  tag: number,
  name: string,
  generic: boolean,
  args: readonly Term[],
  orders: readonly number[],
): ApplyTerm {
  const known = find(tag, args);
  if (known !== undefined) return known as ApplyTerm;
  const term = draftCompound('apply', tag, args);
  term.name = name;
  term.generic = generic;
  term.orders = orders;
  term.args = args;
  return enter(finished<ApplyTerm>(term));
}

/** A sum of terms that are collected and in order. */
export function makeAdd(terms: readonly Term[]): AddTerm {
  const known = find(tags.add, terms);
  if (known !== undefined) return known as AddTerm;
  const term = draftCompound('add', tags.add, terms);
  term.terms = terms;
  return enter(finished<AddTerm>(term));
}

/** A product of factors that are collected and in order. */
export function makeProduct(factors: readonly Term[]): MultiplyTerm {
  return makeMultiply(tags.multiply, oneRational, factors, undefined);
}

/** A coefficient other than 1 times such factors; `rest` is their product. */
export function makeScaled(coefficient: NumberTerm, factors: readonly Term[], rest: Term): MultiplyTerm {
  // Numbers are terms too: their ids, turned negative, are tags that no kind and no name has.
  return makeMultiply(-coefficient.id, coefficient.value, factors, rest);
}

function makeMultiply(
  tag: number,
  coefficient: Rational,
  factors: readonly Term[],
  rest: Term | undefined,
): MultiplyTerm {
  const known = find(tag, factors);
  if (known !== undefined) return known as MultiplyTerm;
  const term = draftCompound('multiply', tag, factors);
  term.coefficient = coefficient;
  term.factors = factors;
  term.rest = rest;
  return enter(finished<MultiplyTerm>(term));
}

/** A power. */
export function makePower(base: Term, exponent: Term): PowerTerm {
  const parts = [base, exponent];
  const known = find(tags.power, parts);
  if (known !== undefined) return known as PowerTerm;
  const term = draftCompound('power', tags.power, parts);
  term.base = base;
  term.exponent = exponent;
  return enter(finished<PowerTerm>(term));
}

/** A Kronecker delta of two different indices. */
export function makeDelta(left: Term, right: Term): DeltaTerm {
  return makePair<DeltaTerm>('delta', tags.delta, left, right);
}

/** An inner product. */
export function makeDot(left: Term, right: Term): DotTerm {
  return makePair<DotTerm>('dot', tags.dot, left, right);
}

/** A comparison. */
export function makeRelation(operator: RelationTerm['operator'], left: Term, right: Term): RelationTerm {
  return makePair<RelationTerm>('relation', tagOf(operator), left, right, operator);
}

function makePair<T extends DeltaTerm | DotTerm | RelationTerm>(
  kind: T['kind'],
  tag: number,
  left: Term,
  right: Term,
  operator?: string,
): T {
  const parts = [left, right];
  const known = find(tag, parts);
  if (known !== undefined) return known as T;
  const term = draftStructural(kind, tag, parts);
  if (kind === 'dot') term.rank = 0;
  term.left = left;
  term.right = right;
  term.operator = operator;
  return enter(finished<T>(term));
}

/** An inert derivative. */
export function makeDerivative(of: Term, by: Variable): DerivativeTerm {
  const parts = [of, by];
  const known = find(tags.derivative, parts);
  if (known !== undefined) return known as DerivativeTerm;
  const term = draftStructural('derivative', tags.derivative, parts);
  term.rank = of.rank + by.rank;
  term.inert = true;
  term.of = of;
  term.by = by;
  return enter(finished<DerivativeTerm>(term));
}

/** Two cases. */
export function makeCases(condition: RelationTerm, then: Term, otherwise: Term): CasesTerm {
  const parts = [condition, then, otherwise];
  const known = find(tags.cases, parts);
  if (known !== undefined) return known as CasesTerm;
  const term = draftStructural('cases', tags.cases, parts);
  term.condition = condition;
  term.then = then;
  term.otherwise = otherwise;
  return enter(finished<CasesTerm>(term));
}

/** A sum or product over `bound`, or an integral by it, which stands in `body`. */
export function makeBinder(
  kind: BinderKind,
  bound: IndexTerm,
  body: Term,
  range: Range | undefined,
  hint: string,
): BinderTerm {
  const parts = range === undefined ? [body] : [body, range.from, range.to];
  const known = find(tags[kind], parts);
  if (known !== undefined) return known as BinderTerm;
  const term = draftStructural(kind, tags[kind], parts);
  term.rank = body.rank;
  term.height = Math.max(body.height + 1, range?.from.height ?? 0, range?.to.height ?? 0);
  term.free = new Set([...term.free].filter((name) => name !== bound.name));
  term.bound = bound;
  term.body = body;
  term.range = range;
  term.hint = hint;
  return enter(finished<BinderTerm>(term));
}

/** The fields of operations on vectors and matrices. */
interface Operation extends Draft {
  kind: 'tensor';
  operation: TensorOperation;
  args: readonly Term[];
  dims: readonly Term[];
  remake: TensorTerm['remake'];
}

/** An operation on vectors and matrices, with the lengths of the axes of its value. */
export function makeTensor(
  operation: TensorOperation,
  args: readonly Term[],
  dims: readonly Term[],
  remake: TensorTerm['remake'],
): TensorTerm {
  const tag = tagOf(`tensor ${operation} ${dims.length}`);
  const known = find(tag, args);
  if (known !== undefined) return known as TensorTerm;
  const term: Operation = {
    kind: 'tensor',
    id: nextId(),
    tag,
    parts: args,
    rank: 0,
    height: 0,
    depth: 1,
    free: nothing,
    inert: false,
    symbols: 0,
    printedSize: 0,
    presented: undefined,
    derived: undefined,
    derivedIn: undefined,
    operation,
    args,
    dims,
    remake,
  };
  describe(term, args);
  term.rank = dims.length;
  if (operation === 'vjp' || operation === 'jvp') term.inert = true;
  return enter(finished<TensorTerm>(term));
}
