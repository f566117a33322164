/**
 * What a term means, in any arithmetic. A term of rank r is evaluated one component at a time: `tail` holds r indices.
 * Derivatives are taken by dual numbers, one level for each `D` that is being evaluated.
 */

import { freeIndices } from '../term/inspect.ts';
import type { BinderTerm, CasesTerm, DerivativeTerm, DotTerm, ElementTerm, SymbolTerm, Term } from '../term/term.ts';
import { baseOf, invalid, isDual, type Scalar, stop, type Value } from './arithmetic.ts';
import { dual, tangentOf } from './dual.ts';
import { createScope, type Evaluation } from './evaluation.ts';
import { opaqueValue } from './opaque.ts';

/** The longest sum that is written out. */
const longestRange = 64;

/** The component of `term` that `tail` names; `tail` is empty for a scalar. */
export function evaluate(term: Term, tail: readonly number[], at: Evaluation): Value {
  const own = term.rank === 0 ? noIndices : tail;
  if (own.length > 0 || !at.shared.has(term)) return compute(term, own, at);
  const key = memoKey(term, at);
  const known = at.scope.memo.get(key);
  if (known !== undefined) return known;
  const value = compute(term, own, at);
  at.scope.memo.set(key, value);
  return value;
}

const noIndices: readonly number[] = [];

function memoKey(term: Term, at: Evaluation): number | string {
  const free = freeIndices(term);
  if (free.size === 0) return term.id;
  let key = String(term.id);
  for (const name of free) key += `,${indexValue(name, at)}`;
  return key;
}

function indexValue(name: string, at: Evaluation): number {
  const bound = at.indices.get(name);
  if (bound !== undefined) return bound;
  const value = at.sample.freeIndex(name);
  at.record?.freeIndex(name, value);
  return value;
}

function compute(term: Term, tail: readonly number[], at: Evaluation): Value {
  const { operations } = at;
  if (--at.budget.left < 0) stop('budget: the terms are too large to be tested');
  switch (term.kind) {
    case 'number':
      return operations.arithmetic.rational(term.value);
    case 'symbol':
      if (term.constant) return operations.arithmetic.constant(term.name);
      return lookUp(term, tail, at);
    case 'index':
      return operations.integer(indexValue(term.name, at));
    case 'element':
      return lookUp(term.base, elementIndices(term, tail, at), at);
    case 'apply': {
      const args = term.args.map((arg) => evaluate(arg, noIndices, at));
      return term.generic ? operations.generic(term.name, term.orders, args) : operations.call(term.name, ...args);
    }
    case 'add': {
      let total = evaluate(term.terms[0] as Term, tail, at);
      for (let k = 1; k < term.terms.length; k++)
        total = operations.add(total, evaluate(term.terms[k] as Term, tail, at));
      return total;
    }
    case 'multiply': {
      const unit = term.coefficient.numerator === 1n && term.coefficient.denominator === 1n;
      let total = unit ? undefined : (operations.arithmetic.rational(term.coefficient) as Value);
      for (const factor of term.factors) {
        const value = evaluate(factor, tail, at);
        total = total === undefined ? value : operations.multiply(total, value);
      }
      return total ?? operations.integer(1);
    }
    case 'power':
      return raise(evaluate(term.base, tail, at), term.exponent, at);
    case 'sum':
    case 'product':
      return evaluateBinder(term, tail, at);
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
  }
}

function elementIndices(term: ElementTerm, tail: readonly number[], at: Evaluation): readonly number[] {
  const indices = term.indices.map((index) => evaluateInteger(index, at));
  return tail.length === 0 ? indices : [...indices, ...tail];
}

/** The value of what stands as an index or as an end of a range. */
export function evaluateInteger(term: Term, at: Evaluation): number {
  switch (term.kind) {
    case 'number':
      if (term.value.denominator === 1n) return Number(term.value.numerator);
      return stop('unsupported: an index that is a fraction');
    case 'index':
      return indexValue(term.name, at);
    case 'symbol':
      return namedInteger(term.name, at);
    case 'add':
      return term.terms.reduce((total, part) => total + evaluateInteger(part, at), 0);
    case 'multiply': {
      const { numerator, denominator } = term.coefficient;
      const value = term.factors.reduce((total, part) => total * evaluateInteger(part, at), Number(numerator));
      if (value % Number(denominator) !== 0) return stop('unsupported: an index that is a fraction');
      return value / Number(denominator);
    }
    default:
      return stop(`unsupported: a ${term.kind} as an index`);
  }
}

function namedInteger(name: string, at: Evaluation): number {
  const value = at.sample.integer(name) ?? stop(`unsupported: ${name} as an index`);
  at.record?.leaf(name, noIndices, value);
  return value;
}

/** The value of a name with all its indices, with the tangents that it has. */
function lookUp(symbol: SymbolTerm, indices: readonly number[], at: Evaluation): Value {
  const { scope } = at;
  if (scope.seeds.some((seed) => seed.symbol === symbol)) return lookUpVariable(symbol, indices, at);
  const definition = at.definitions.get(symbol);
  if (definition === undefined) {
    const value = at.sample.leaf(symbol.name, indices);
    at.record?.leaf(symbol.name, indices, value.value);
    return value;
  }
  if (at.opaqueNames) return opaqueValue(symbol, indices, at);
  const key = `${symbol.id}:${indices.join()}`;
  const known = scope.memo.get(key);
  if (known !== undefined) return known;
  const count = definition.parameters.length;
  if (indices.length < count) return stop(`unsupported: ${symbol.name} without all its indices`);
  const outer = at.indices;
  at.indices = new Map(definition.parameters.map(({ name }, k) => [name, indices[k] ?? 0]));
  const value = evaluate(definition.body, indices.slice(count), at);
  at.indices = outer;
  scope.memo.set(key, value);
  return value;
}

/**
 * A name by which a derivative is being taken is a variable of its own: whatever it is defined as, its tangent is 1 at
 * the indices in question and 0 elsewhere.
 */
function lookUpVariable(symbol: SymbolTerm, indices: readonly number[], at: Evaluation): Value {
  const outer = at.scope;
  let reduced = outer.without.get(symbol);
  if (reduced === undefined) {
    reduced = createScope(outer.seeds.filter((seed) => seed.symbol !== symbol));
    outer.without.set(symbol, reduced);
  }
  at.scope = reduced;
  let value = lookUp(symbol, indices, at);
  at.scope = outer;
  for (const seed of outer.seeds) {
    if (seed.symbol !== symbol || !sameIndices(seed.indices, indices)) continue;
    value = at.operations.add(value, dual(seed.level, at.operations.integer(0), at.operations.integer(1)));
  }
  return value;
}

function sameIndices(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((index, k) => index === b[k]);
}

/** Evaluates `of` with one more level of dual numbers and reads off the tangent of that level. */
function differentiate(term: DerivativeTerm, tail: readonly number[], at: Evaluation): Value {
  const { of, by } = term;
  const split = of.rank;
  const symbol = by.kind === 'symbol' ? by : by.base;
  const own = by.kind === 'symbol' ? noIndices : by.indices.map((index) => evaluateInteger(index, at));
  const outer = at.scope;
  const level = outer.seeds.length + 1;
  at.scope = createScope([...outer.seeds, { level, symbol, indices: [...own, ...tail.slice(split)] }]);
  const value = evaluate(of, tail.slice(0, split), at);
  at.scope = outer;
  return tangentOf(value, level, at.operations.integer(0) as Scalar);
}

function raise(base: Value, exponent: Term, at: Evaluation): Value {
  if (exponent.kind === 'number' && exponent.value.denominator === 1n) {
    const integer = Number(exponent.value.numerator);
    if (Number.isSafeInteger(integer)) return at.operations.integerPower(base, integer);
  }
  return at.operations.power(base, evaluate(exponent, noIndices, at));
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

function hasLiteralRange({ range }: BinderTerm): boolean {
  return range?.from.kind === 'number' && range.to.kind === 'number';
}

function evaluateDot(term: DotTerm, at: Evaluation): Value {
  if (at.opaqueSums) return opaqueValue(term, noIndices, at);
  const [from, to] = at.sample.axis(term);
  let total: Value = at.operations.integer(0);
  for (let k = from; k <= to; k++) {
    const product = at.operations.multiply(evaluate(term.left, [k], at), evaluate(term.right, [k], at));
    total = at.operations.add(total, product);
  }
  return total;
}

/** Closer than this, relative to their size, two sides of a comparison cannot be told apart. */
const closest = 1e-6;

function evaluateCases(term: CasesTerm, tail: readonly number[], at: Evaluation): Value {
  const { operator } = term.condition;
  const first = evaluate(term.condition.left, noIndices, at);
  const second = evaluate(term.condition.right, noIndices, at);
  const left = baseOf(first);
  const right = baseOf(second);
  const difference = left.value - right.value;
  if (Number.isNaN(difference)) return invalid;
  // On the border itself the value is certain, but a derivative is not.
  const close = Math.abs(difference) <= closest * Math.max(left.scale, right.scale, Number.MIN_VALUE);
  if (close && (difference !== 0 || isDual(first) || isDual(second))) return invalid;
  return evaluate(compare(operator, difference) ? term.then : term.otherwise, tail, at);
}

function compare(operator: CasesTerm['condition']['operator'], difference: number): boolean {
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '==':
      return difference === 0;
    case '!=':
      return difference !== 0;
  }
}
