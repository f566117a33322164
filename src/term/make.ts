/**
 * Terms as they are stored: one function for each kind, which takes parts that are canonical already. For `construct.ts`
 * alone; everything else uses the constructors there.
 *
 * Each object is one literal with all its fields, because terms are made by the million and engines make such literals
 * a hundred times faster than objects put together by spreading.
 */

import { oneRational, type Rational, rational } from './rational.ts';
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
  internLeaf,
  internSmall,
  type MultiplyTerm,
  type NumberTerm,
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
} as const;

/** An exact number; `literal` is how it was written. */
export function makeNumber(value: Rational, literal: string | undefined): NumberTerm {
  const [top, bottom] = [Number(value.numerator), Number(value.denominator)];
  // Two different quotients of numbers up to 2^26 differ as doubles too.
  const isSmall = Math.abs(top) < largestSmall && bottom < largestSmall;
  return isSmall ? internSmall(top / bottom, () => makeExact(value, literal)) : makeExact(value, literal);
}

const largestSmall = 2 ** 26;

/** A quotient of two small whole numbers: found without a detour over exact arithmetic. */
export function makeSmall(numerator: number, denominator: number): NumberTerm {
  return internSmall(numerator / denominator, () => makeExact(rational(numerator, denominator), undefined));
}

function makeExact(value: Rational, literal: string | undefined): NumberTerm {
  return internLeaf<NumberTerm>(`n${value.numerator}/${value.denominator}`, (common) => ({
    kind: 'number',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: common.rank,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    value,
    integer: value.denominator === 1n ? Number(value.numerator) : Number.NaN,
    literal,
  }));
}

/** A name. */
export function makeSymbol(name: string, axes: number): SymbolTerm {
  return internLeaf<SymbolTerm>(`s${name}:${axes}`, (common) => ({
    kind: 'symbol',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: axes,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: nextSymbolBit(),
    printedSize: 0,
    name,
    axes,
    constant: false,
  }));
}

/** A constant of mathematics. */
export function makeConstant(name: 'pi' | 'e'): SymbolTerm {
  return internLeaf<SymbolTerm>(`c${name}`, (common) => ({
    kind: 'symbol',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: common.rank,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    name,
    axes: 0,
    constant: true,
  }));
}

/** An index. */
export function makeIndex(name: string): IndexTerm {
  return internLeaf<IndexTerm>(`i${name}`, (common) => ({
    kind: 'index',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: common.rank,
    height: common.height,
    depth: common.depth,
    free: new Set([name]),
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    name,
  }));
}

/** A member of a family. */
export function makeElement(base: SymbolTerm, indices: readonly Term[]): ElementTerm {
  return intern<ElementTerm>(tags.element, [base, ...indices], (common) => ({
    kind: 'element',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: base.axes - indices.length,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    base,
    indices,
  }));
}

/** A function of the elementary table applied. */
export function makeKnown(name: string, args: readonly Term[], orders: readonly number[]): ApplyTerm {
  return intern<ApplyTerm>(tagOf(name), args, (common) => ({
    kind: 'apply',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: common.rank,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    name,
    generic: false,
    orders,
    args,
  }));
}

/** A generic function applied. */
export function makeGeneric(name: string, args: readonly Term[], orders: readonly number[]): ApplyTerm {
  return intern<ApplyTerm>(tagOf(`${name}'${orders.join()}`), args, (common) => ({
    kind: 'apply',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: common.rank,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    name,
    generic: true,
    orders,
    args,
  }));
}

/** A sum of terms that are collected and in order. */
export function makeAdd(terms: readonly Term[]): AddTerm {
  return intern<AddTerm>(tags.add, terms, (common) => ({
    kind: 'add',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: common.rank,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    terms,
  }));
}

/** A product of factors that are collected and in order. */
export function makeProduct(factors: readonly Term[]): MultiplyTerm {
  return intern<MultiplyTerm>(tags.multiply, factors, (common) => ({
    kind: 'multiply',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: common.rank,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    coefficient: oneRational,
    factors,
    rest: undefined,
  }));
}

/** A coefficient other than 1 times such factors; `rest` is their product. */
export function makeScaled(coefficient: NumberTerm, factors: readonly Term[], rest: Term): MultiplyTerm {
  // Numbers are terms too: their ids, turned negative, are tags that no kind and no name has.
  return intern<MultiplyTerm>(-coefficient.id, factors, (common) => ({
    kind: 'multiply',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: common.rank,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    coefficient: coefficient.value,
    factors,
    rest,
  }));
}

/** A power. */
export function makePower(base: Term, exponent: Term): PowerTerm {
  return intern<PowerTerm>(tags.power, [base, exponent], (common) => ({
    kind: 'power',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: common.rank,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    base,
    exponent,
  }));
}

/** A Kronecker delta of two different indices. */
export function makeDelta(left: Term, right: Term): DeltaTerm {
  return intern<DeltaTerm>(tags.delta, [left, right], (common) => ({
    kind: 'delta',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: common.rank,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    left,
    right,
  }));
}

/** An inert derivative. */
export function makeDerivative(of: Term, by: Variable): DerivativeTerm {
  return intern<DerivativeTerm>(tags.derivative, [of, by], (common) => ({
    kind: 'derivative',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: of.rank + by.rank,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: true,
    symbols: common.symbols,
    printedSize: 0,
    of,
    by,
  }));
}

/** A comparison. */
export function makeRelation(operator: RelationTerm['operator'], left: Term, right: Term): RelationTerm {
  return intern<RelationTerm>(tagOf(operator), [left, right], (common) => ({
    kind: 'relation',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: common.rank,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    operator,
    left,
    right,
  }));
}

/** Two cases. */
export function makeCases(condition: RelationTerm, then: Term, otherwise: Term): CasesTerm {
  return intern<CasesTerm>(tags.cases, [condition, then, otherwise], (common) => ({
    kind: 'cases',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: common.rank,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    condition,
    then,
    otherwise,
  }));
}

/** An inner product. */
export function makeDot(left: Term, right: Term): DotTerm {
  return intern<DotTerm>(tags.dot, [left, right], (common) => ({
    kind: 'dot',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: 0,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    left,
    right,
  }));
}

/** A sum or product over `bound`, which stands in `body`. */
export function makeBinder(
  kind: 'sum' | 'product',
  bound: IndexTerm,
  body: Term,
  range: Range | undefined,
  hint: string,
): BinderTerm {
  const parts = range === undefined ? [body] : [body, range.from, range.to];
  return intern<BinderTerm>(tags[kind], parts, (common) => ({
    kind,
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: body.rank,
    height: Math.max(body.height + 1, range?.from.height ?? 0, range?.to.height ?? 0),
    depth: common.depth,
    free: new Set([...common.free].filter((name) => name !== bound.name)),
    inert: common.inert,
    symbols: common.symbols,
    printedSize: 0,
    bound,
    body,
    range,
    hint,
  }));
}

/** An operation on vectors and matrices, with the lengths of the axes of its value. */
export function makeTensor(
  operation: TensorOperation,
  args: readonly Term[],
  dims: readonly Term[],
  remake: TensorTerm['remake'],
): TensorTerm {
  return intern<TensorTerm>(tagOf(`tensor ${operation} ${dims.length}`), args, (common) => ({
    kind: 'tensor',
    id: common.id,
    tag: common.tag,
    parts: common.parts,
    rank: dims.length,
    height: common.height,
    depth: common.depth,
    free: common.free,
    inert: common.inert || operation === 'vjp',
    symbols: common.symbols,
    printedSize: 0,
    operation,
    args,
    dims,
    remake,
  }));
}
