/**
 * What a term means, in any arithmetic. A term of rank r is evaluated one component at a time: `tail` holds r indices.
 * Derivatives are taken by dual numbers, one level for each `D` that is being evaluated.
 */

import { invalid, type Scalar, stop, type Value } from '../numbers/arithmetic.ts';
import { tuples } from '../numbers/arrays.ts';
import { compareValues } from '../numbers/comparison.ts';
import { dual, tangentOf, workOfLevels } from '../numbers/dual.ts';
import { isSeries, signOfInfinity } from '../term/construct.ts';
import { dimsOf } from '../term/dims.ts';
import type { Definitions } from '../term/substitute.ts';
import type {
  BinderTerm,
  CasesTerm,
  DerivativeTerm,
  DotTerm,
  ElementTerm,
  MultiplyTerm,
  PowerTerm,
  Range,
  SymbolTerm,
  TensorTerm,
  Term,
} from '../term/term.ts';
import {
  createScope,
  type Evaluation,
  firstPlace,
  nextLevel,
  type Orders,
  type Scope,
  type Seed,
} from './evaluation.ts';
import { evaluateInteger, indexValue, memoKey, noIndices, sameIndices } from './indices.ts';
import { limitOf, type Side } from './limits.ts';
import { opaqueValue } from './opaque.ts';
import { evaluationOrder } from './order.ts';
import { type Bound, fullEffort, innerEffort, integrate } from './quadrature.ts';
import { sumSeries } from './series.ts';
import { structuredLeaf } from './structured.ts';
import { evaluateTensor, sizesOf } from './tensor.ts';

/** The longest sum that is written out. */
const longestRange = 1000;

/** The component of `term` that `tail` names; `tail` is empty for a scalar. */
export function evaluate(term: Term, tail: readonly number[], at: Evaluation): Value {
  if (at.orders !== undefined)
    evaluateBelow(term, at.orders.through, at.opaqueNames ? noDefinitions : at.definitions, at);
  return visit(term, tail, at);
}

/** The same for what a name stands for, when the names that it rests on have been evaluated. */
function evaluateBody(body: Term, tail: readonly number[], at: Evaluation): Value {
  if (at.orders !== undefined) evaluateBelow(body, at.orders.within, noDefinitions, at);
  return visit(body, tail, at);
}

const noDefinitions: Definitions = new Map();

/** Evaluates what `term` rests on, parts before wholes, so that no evaluation has far to go. */
function evaluateBelow(term: Term, orders: Orders, definitions: Definitions, at: Evaluation): void {
  let order = orders.get(term);
  if (order === undefined) {
    order = evaluationOrder(term, { definitions, opaque: at.opaque });
    orders.set(term, order);
  }
  for (const part of order) if (part.rank === 0 && part.kind !== 'relation') visit(part, noIndices, at);
}

function visit(term: Term, tail: readonly number[], at: Evaluation): Value {
  const own = term.rank === 0 ? noIndices : tail;
  if (own.length > 0 || !at.shared.has(term)) return compute(term, own, at);
  const key = memoKey(term, at);
  const known = at.scope.memo.get(key);
  if (known !== undefined) return known;
  const value = compute(term, own, at);
  at.scope.memo.set(key, value);
  return value;
}

function compute(term: Term, tail: readonly number[], at: Evaluation): Value {
  const { operations } = at;
  at.budget.left -= workOfLevels(nextLevel(at.scope) - 1);
  if (at.budget.left < 0) stop('budget: the terms are too large to be tested');
  if (at.opaque.size > 0 && at.opaque.has(term)) return opaqueValue(term, tail, at);
  switch (term.kind) {
    case 'number':
      return Number.isSafeInteger(term.integer)
        ? operations.integer(term.integer)
        : operations.arithmetic.rational(term.value);
    case 'symbol':
      if (term.constant) return operations.arithmetic.constant(term.name);
      return lookUp(term, tail, at);
    case 'index':
      return operations.integer(indexValue(term.name, at));
    case 'element':
      return lookUp(term.base, elementIndices(term, tail, at), at);
    case 'apply': {
      const args = term.args.map((arg) => visit(arg, tail, at));
      return term.generic ? operations.generic(term.name, term.orders, args) : operations.call(term.name, ...args);
    }
    case 'add': {
      let total = visit(term.terms[0] as Term, tail, at);
      for (let k = 1; k < term.terms.length; k++) total = operations.add(total, visit(term.terms[k] as Term, tail, at));
      return total;
    }
    case 'multiply':
      return multiplyFactors(term, tail, at);
    case 'power':
      if (isEvenPowerOfNorm(term)) return evenPowerOfNorm(term.base as TensorTerm, term.exponent, at);
      return raise(visit(term.base, tail, at), term.exponent, tail, at);
    case 'sum':
    case 'product':
      return isSeries(term) ? evaluateSeries(term, tail, at) : evaluateBinder(term, tail, at);
    case 'integral':
    case 'limit':
      return evaluateLimit(term, tail, at);
    case 'delta':
      return operations.integer(evaluateInteger(term.left, at) === evaluateInteger(term.right, at) ? 1 : 0);
    case 'derivative':
      return differentiate(term, tail, at);
    case 'relation':
      return stop('unsupported: a relation is no value');
    case 'cases':
      return evaluateCases(term, tail, at);
    case 'dot':
      return evaluateDot(term, at);
    case 'tensor':
      return evaluateTensor(term, tail, at, { evaluate, tangentsOf, tangentsAlong });
  }
}

function multiplyFactors(term: MultiplyTerm, tail: readonly number[], at: Evaluation): Value {
  const { operations } = at;
  let total = term.rest === undefined ? undefined : (operations.arithmetic.rational(term.coefficient) as Value);
  for (const factor of term.factors) {
    const value = visit(factor, tail, at);
    total = total === undefined ? value : operations.multiply(total, value);
  }
  return total ?? operations.integer(1);
}

function elementIndices(term: ElementTerm, tail: readonly number[], at: Evaluation): readonly number[] {
  const indices = term.indices.map((index) => evaluateInteger(index, at));
  return tail.length === 0 ? indices : [...indices, ...tail];
}

/** The value of a name with all its indices, with the tangents that it has. */
function lookUp(symbol: SymbolTerm, indices: readonly number[], at: Evaluation): Value {
  const { scope } = at;
  if (symbol.constant && !scope.seeds.some((seed) => seed.symbol === symbol)) {
    return at.integration?.values.get(indices[0] as number) ?? invalid;
  }
  if (scope.seeds.some((seed) => seed.symbol === symbol)) return lookUpVariable(symbol, indices, at);
  const definition = at.definitions.get(symbol);
  if (definition === undefined) {
    const value = structuredLeaf(symbol, indices, at) ?? at.sample.leaf(symbol.name, indices);
    at.record?.leaf(symbol.name, indices, value.value);
    return pushed(value, symbol, indices, at);
  }
  if (at.opaqueNames) return opaqueValue(symbol, indices, at);
  const key = `${symbol.id}:${indices.join()}`;
  const known = scope.memo.get(key);
  if (known !== undefined) return known;
  const count = definition.parameters.length;
  if (indices.length < count) return stop(`unsupported: ${symbol.name} without all its indices`);
  const outer = at.indices;
  at.indices = new Map(definition.parameters.map(({ name }, k) => [name, indices[k] ?? 0]));
  const value = pushed(evaluateBody(definition.body, indices.slice(count), at), symbol, indices, at);
  at.indices = outer;
  scope.memo.set(key, value);
  return value;
}

function pushed(
  value: Value,
  symbol: SymbolTerm,
  indices: readonly number[],
  { scope, operations }: Evaluation,
): Value {
  const { push } = scope;
  const change = push?.changes.get(symbol)?.get(indices.join());
  if (push === undefined || change === undefined) return value;
  return operations.add(value, dual(push.level, operations.integer(0), change));
}

/**
 * A name by which a derivative is being taken is a variable of its own: whatever it is defined as, its tangent is 1 at
 * the indices in question and 0 elsewhere.
 */
function lookUpVariable(symbol: SymbolTerm, indices: readonly number[], at: Evaluation): Value {
  const outer = at.scope;
  let reduced = outer.without.get(symbol);
  if (reduced === undefined) {
    reduced = createScope(
      outer.seeds.filter((seed) => seed.symbol !== symbol),
      outer.push,
    );
    outer.without.set(symbol, reduced);
  }
  at.scope = reduced;
  let value = lookUp(symbol, indices, at);
  at.scope = outer;
  for (const seed of outer.seeds) {
    const change = seed.symbol === symbol ? changeOf(seed, indices, at) : undefined;
    if (change !== undefined) value = at.operations.add(value, dual(seed.level, at.operations.integer(0), change));
  }
  return value;
}

function changeOf(seed: Seed, indices: readonly number[], at: Evaluation): Value | undefined {
  if (seed.along === undefined) return sameIndices(seed.indices, indices) ? at.operations.integer(1) : undefined;
  const count = seed.indices.length;
  return sameIndices(seed.indices, indices.slice(0, count)) ? seed.along.get(indices.slice(count).join()) : undefined;
}

/** Evaluates `of` with one more level of dual numbers and reads off the tangent of that level. */
function differentiate({ of, by }: DerivativeTerm, tail: readonly number[], at: Evaluation): Value {
  // Denominator layout: the axes of the variable first.
  const split = by.rank;
  const outer = at.scope;
  const level = nextLevel(outer);
  at.scope = tangentScope(by, tail.slice(0, split), at);
  const value = evaluate(of, tail.slice(split), at);
  at.scope = outer;
  return tangentOf(value, level, at.operations.integer(0) as Scalar);
}

const tangentScopes = new WeakMap<Scope, Map<string, Scope>>();

/** The scope with one more level of dual numbers; what is evaluated under it serves all entries of a vector or matrix. */
function tangentScope(by: DerivativeTerm['by'], entry: readonly number[], at: Evaluation): Scope {
  const symbol = by.kind === 'symbol' ? by : by.base;
  const own = by.kind === 'symbol' ? noIndices : by.indices.map((index) => evaluateInteger(index, at));
  const outer = at.scope;
  const scopes = tangentScopes.get(outer) ?? new Map<string, Scope>();
  tangentScopes.set(outer, scopes);
  const indices = [...own, ...entry];
  const key = `${symbol.id}:${indices.join()}`;
  const scope =
    scopes.get(key) ?? createScope([...outer.seeds, { level: nextLevel(outer), symbol, indices }], outer.push);
  scopes.set(key, scope);
  return scope;
}

/** The derivatives of all entries of `of` by one entry of `by`. */
function tangentsOf({ of, by }: Pick<DerivativeTerm, 'of' | 'by'>, entry: readonly number[], at: Evaluation): Value[] {
  return tangentsWithin(of, tangentScope(by, entry, at), at);
}

/** The derivatives of all entries of `of` where every entry of `by` changes as that of `change` says. */
function tangentsAlong({ of, by }: Pick<DerivativeTerm, 'of' | 'by'>, change: Term, at: Evaluation): Value[] {
  const symbol = by.kind === 'symbol' ? by : by.base;
  const indices = by.kind === 'symbol' ? noIndices : by.indices.map((index) => evaluateInteger(index, at));
  const along = new Map(tuples(sizesOf(by, at)).map((entry) => [entry.join(), evaluate(change, entry, at)]));
  const outer = at.scope;
  const seed: Seed = { level: nextLevel(outer), symbol, indices, along };
  return tangentsWithin(of, createScope([...outer.seeds, seed], outer.push), at);
}

function tangentsWithin(of: Term, scope: Scope, at: Evaluation): Value[] {
  const sizes = sizesOf(of, at);
  const outer = at.scope;
  at.scope = scope;
  const zero = at.operations.integer(0) as Scalar;
  const level = nextLevel(outer);
  const slopes = tuples(sizes).map((tuple) => tangentOf(evaluate(of, tuple, at), level, zero));
  at.scope = outer;
  return slopes;
}

/** A squared norm is smooth where the norm is not: at a vector of zeros. */
function isEvenPowerOfNorm({ base, exponent }: PowerTerm): boolean {
  const isNorm = base.kind === 'tensor' && base.operation === 'norm';
  return isNorm && exponent.kind === 'number' && exponent.integer > 0 && exponent.integer % 2 === 0;
}

function evenPowerOfNorm(norm: TensorTerm, exponent: Term, at: Evaluation): Value {
  const { operations } = at;
  const [inside] = norm.args as readonly [Term];
  const squares = tuples(sizesOf(inside, at)).map((tuple) => operations.integerPower(evaluate(inside, tuple, at), 2));
  const sum = squares.reduce((total, square) => operations.add(total, square), operations.integer(0));
  const half = evaluateInteger(exponent, at) / 2;
  return half === 1 ? sum : operations.integerPower(sum, half);
}

function raise(base: Value, exponent: Term, tail: readonly number[], at: Evaluation): Value {
  const { operations } = at;
  if (exponent.kind === 'number') {
    if (Number.isSafeInteger(exponent.integer)) return operations.integerPower(base, exponent.integer);
    if (exponent.value.denominator !== 1n) return operations.rationalPower(base, exponent.value);
  }
  const value = visit(exponent, tail, at);
  // Modulo a prime u^(n - 1) has to be u^n / u: see `modular.ts`.
  const last = operations.arithmetic.field === 'modular' && exponent.kind === 'add' ? wholePart(exponent.terms) : 0;
  if (last === 0) return operations.power(base, value);
  const rest = operations.add(value, operations.integer(-last));
  return operations.multiply(operations.power(base, rest), operations.integerPower(base, last));
}

function wholePart(terms: readonly Term[]): number {
  const known = terms.find((term) => term.kind === 'number');
  return known?.kind === 'number' && Number.isSafeInteger(known.integer) ? known.integer : 0;
}

function evaluateBinder(term: BinderTerm, tail: readonly number[], at: Evaluation): Value {
  if (at.opaqueSums && !hasLiteralRange(term)) return opaqueValue(term, tail, at);
  const [from, to] =
    term.range === undefined
      ? at.sample.axis(term)
      : [evaluateInteger(term.range.from, at), evaluateInteger(term.range.to, at)];
  if (to - from >= longestRange) return stop('too-large: a range is too long to be written out');
  at.record?.range(term, from, to);
  const { name } = term.bound;
  const shadowed = at.indices.get(name);
  const { operations } = at;
  let total: Value = operations.integer(term.kind === 'sum' ? 0 : 1);
  for (let index = from; index <= to; index++) {
    at.indices.set(name, index);
    const value = evaluate(term.body, tail, at);
    total = term.kind === 'sum' ? operations.add(total, value) : operations.multiply(total, value);
  }
  if (shadowed === undefined) at.indices.delete(name);
  else at.indices.set(name, shadowed);
  return total;
}

function evaluateSeries(term: BinderTerm, tail: readonly number[], at: Evaluation): Value {
  const { operations } = at;
  if (term.kind !== 'sum' || operations.arithmetic.field !== 'real') return stop('unsupported: a series of this kind');
  const from = evaluateInteger((term.range as Range).from, at);
  const termAt = (index: number): Value => evaluateBound(term.body, term.bound.name, index, tail, at);
  return sumSeries(termAt, from, operations);
}

/** An integral or a limit: what the values of the body lead to. */
function evaluateLimit({ kind, range, body, bound }: BinderTerm, tail: readonly number[], at: Evaluation): Value {
  const { operations } = at;
  const { from, to } = range as Range;
  if (operations.arithmetic.field !== 'real') return stop(`unsupported: an ${kind} in this arithmetic`);
  at.integration ??= { values: new Map(), depth: 0, next: firstPlace };
  const { integration } = at;
  const effort = integration.depth === 0 ? fullEffort : innerEffort;
  const valueAt = (value: Value): Value => {
    const place = integration.next++;
    integration.values.set(place, value);
    const result = evaluateBound(body, bound.name, place, tail, at);
    integration.values.delete(place);
    return result;
  };
  const start = evaluateBoundary(from, at);
  integration.depth++;
  const value =
    kind === 'integral'
      ? integrate(valueAt, start, evaluateBoundary(to, at), operations, effort)
      : limitOf(valueAt, start, evaluateInteger(to, at) as Side, operations);
  integration.depth--;
  return value;
}

function evaluateBoundary(end: Term, at: Evaluation): Bound {
  const sign = signOfInfinity(end);
  return sign === 0 ? { value: evaluate(end, noIndices, at) } : { infinite: sign };
}

/** The value of what a binder holds where its index has this value. */
function evaluateBound(body: Term, name: string, index: number, tail: readonly number[], at: Evaluation): Value {
  const shadowed = at.indices.get(name);
  at.indices.set(name, index);
  const value = evaluate(body, tail, at);
  if (shadowed === undefined) at.indices.delete(name);
  else at.indices.set(name, shadowed);
  return value;
}

function hasLiteralRange({ range }: BinderTerm): boolean {
  return range?.from.kind === 'number' && range.to.kind === 'number';
}

function evaluateDot(term: DotTerm, at: Evaluation): Value {
  if (at.opaqueSums) return opaqueValue(term, noIndices, at);
  // What stands in blocks is as long as all of them together, which no axis of a name tells.
  const [length] = dimsOf(term.left) ?? dimsOf(term.right) ?? [];
  const [from, to] = length === undefined ? at.sample.axis(term) : [1, evaluateInteger(length, at)];
  let total: Value = at.operations.integer(0);
  for (let k = from; k <= to; k++) {
    const product = at.operations.multiply(evaluate(term.left, [k], at), evaluate(term.right, [k], at));
    total = at.operations.add(total, product);
  }
  return total;
}

function evaluateCases(term: CasesTerm, tail: readonly number[], at: Evaluation): Value {
  const { operator } = term.condition;
  const first = visit(term.condition.left, tail, at);
  const second = visit(term.condition.right, tail, at);
  const holds = compareValues(operator, first, second, at.operations);
  return holds === undefined ? invalid : visit(holds ? term.then : term.otherwise, tail, at);
}
