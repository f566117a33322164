/** Calls: sums, derivatives, functions of the table, of the author, and those of which nothing is known. */

import { baseOf, type Operations, stop, type Value } from '../numbers/arithmetic.ts';
import { tuples } from '../numbers/arrays.ts';
import { dual } from '../numbers/dual.ts';
import { oracleFunctions } from '../numbers/functions.ts';
import { functionAliases, letterFunctions, logarithmName } from '../syntax/functions.ts';
import { isBetweenBars, type MathNode, type View, view } from '../syntax/node.ts';
import { arrayCall, isArrayCall } from './array-calls.ts';
import { createScope, differentiate, type Evaluation, plain, tangentsOf } from './evaluation.ts';
import { arrayOf, combine, isArray, multiply, operate, type Quantity, scalarOf } from './quantities.ts';
import { type Binder, binderIn, type Definition, flatten, nameOf } from './roles.ts';

type Call = Extract<View, { kind: 'call' }>;

/** The value of a call. */
export function callOf(node: MathNode, seen: Call, at: Evaluation): Quantity {
  const { name, args, callee } = seen;
  const bare = name.endsWith("'") ? name.replace(/'+$/, '') : name;
  const primes = name.length - bare.length;
  if (name === '') return partialOf(callee, args, at);
  const own = at.names.functions.get(bare);
  if (own !== undefined) return ownFunction(own, args, primes === 0 ? [] : Array(primes).fill(0), at);
  const binder = binderIn(seen);
  if (binder !== undefined) return boundValue(node, binder, at);
  const construct = primes === 0 && Object.hasOwn(constructs, name) ? constructs[name] : undefined;
  if (construct !== undefined) return construct(args, at);
  const base = logarithmName.exec(name)?.[1];
  if (base !== undefined && args.length === 1 && !functionAliases.has(name) && !isArrayCall(name))
    return logarithmTo(base, args, at);
  if ((name === 'eye' || name === 'ones') && args.length === 0) return ofOwnLength(node, name, at);
  const values = args.map((arg) => at.evaluator.value(arg, at));
  if (primes === 0 && isBetweenBars(node)) return barsOf(values[0] as Quantity, at.operations);
  const ofArrays = primes === 0 ? arrayCall(name, values, args, at) : undefined;
  if (ofArrays !== undefined) return ofArrays;
  const known = knownFunction(bare, args.length, at);
  if (known !== undefined) return knownCall(known, primes, values, at);
  if (primes === 0 && at.roles.quantities.has(bare) && args.length === 1) {
    return multiply(at.evaluator.value(callee, at), values[0] as Quantity, at.operations);
  }
  if (primes === 0 && isArrayCall(name)) return stop(`shape-clash: ${name} of a scalar`);
  // y'(z) of a y that depends on z alone is its derivative by it.
  const [on, ...more] = at.roles.depends.get(bare) ?? [];
  if (on !== undefined && more.length === 0 && args.length === 1 && nameOf(args[0] as MathNode) === on)
    return at.evaluator.lookUp(bare + '_prime'.repeat(primes), [], at);
  const orders = values.map(() => primes);
  if (primes > 0 && values.length > 1) return stop('unsupported-notation: primes on a function of several arguments');
  return combine(values, (...each) => at.operations.generic(bare, orders, each));
}

/** An identity or a vector of ones that is written without its length. */
function ofOwnLength(node: MathNode, name: 'eye' | 'ones', at: Evaluation): Quantity {
  const text = at.roles.lengthOf(node) ?? stop('shape-clash: nothing tells the length of this');
  return arrayCall(name, [plain(at.point.lengths.length(text))], [], at) as Quantity;
}

function knownFunction(name: string, count: number, { roles }: Evaluation): string | undefined {
  if (roles.quantities.has(name)) return undefined;
  const wanted = letterFunctions.get(name);
  if (wanted !== undefined && wanted !== count) return undefined;
  const known = functionAliases.get(name) ?? name;
  return oracleFunctions.has(known) ? known : undefined;
}

function knownCall(name: string, primes: number, values: readonly Quantity[], at: Evaluation): Quantity {
  const { operations } = at;
  if (primes === 0) return combine(values, (...each) => operations.call(name, ...each));
  return combine(values, (only) =>
    derivativesAt((argument) => operations.call(name, argument as Value), only as Value, primes, at),
  );
}

/** The derivative of that order of a function of one scalar, at `argument`. */
function derivativesAt(of: (argument: Quantity) => Quantity, argument: Value, order: number, at: Evaluation): Value {
  const { operations, scope } = at;
  const one = operations.integer(1);
  let lifted: Value = argument;
  const levels = Array.from({ length: order }, (_, k) => scope.depth + 1 + k);
  for (const level of levels) lifted = operations.add(lifted, dual(level, operations.integer(0), one));
  return levels.reduceRight<Value>(
    (value, level) => scalarOf(tangentsOf(value, level, operations)),
    scalarOf(of(lifted)),
  );
}

/** A function of the author's, differentiated by its arguments with these numbers, one after the other. */
function ownFunction(
  { parameters, body }: Definition,
  args: readonly MathNode[],
  by: readonly number[],
  at: Evaluation,
): Quantity {
  const { operations, scope } = at;
  const values = args.map((arg) => at.evaluator.value(arg, at));
  const levels = by.map((_, k) => scope.depth + 1 + k);
  const lifted = values.map((value, place) =>
    levels.reduce<Quantity>((total, level, k) => {
      if (by[k] !== place) return total;
      return operations.add(scalarOf(total), dual(level, operations.integer(0), operations.integer(1)));
    }, value),
  );
  const given = new Map(parameters.map((name, place) => [name, lifted[place] as Quantity]));
  const inside: Evaluation = {
    ...at,
    bound: new Map(),
    parameters: given,
    scope: by.length === 0 ? scope : createScope(scope.seeds, scope.depth + by.length),
  };
  const value = at.evaluator.value(body, inside);
  return levels.reduceRight<Quantity>((total, level) => tangentsOf(total, level, operations), value);
}

/** `D(f, 2)(a, b)`, or `D(f, 1, 2)(a, b)` for a mixed one. */
function partialOf(callee: MathNode, args: readonly MathNode[], at: Evaluation): Quantity {
  const seen = view(callee);
  const [fn, ...positions] = seen.kind === 'call' && seen.name === 'D' ? seen.args.map(view) : [];
  if (fn?.kind !== 'symbol' || positions.length === 0) return stop('unsupported-notation: what is applied here');
  const places = positions.map((one) => (one.kind === 'constant' ? Number(one.text) - 1 : Number.NaN));
  const own = at.names.functions.get(fn.name);
  if (own !== undefined) return ownFunction(own, args, places, at);
  const values = args.map((arg) => at.evaluator.value(arg, at));
  const orders = args.map((_, k) => places.filter((place) => place === k).length);
  // z(x, y) that depends on both is the function of its name.
  return combine(values, (...each) => at.operations.generic(fn.name, orders, each));
}

function logarithmTo(base: string, args: readonly MathNode[], at: Evaluation): Quantity {
  const { operations } = at;
  const below = /^\d/.test(base) ? plain(Number(base)) : scalarOf(at.evaluator.lookUp(base, [], at));
  return combine([at.evaluator.value(args[0] as MathNode, at)], (one) =>
    operations.divide(operations.call('log', one), operations.call('log', below)),
  );
}

/** |X| of LaTeX: the determinant of a matrix, the length of a vector. */
function barsOf(content: Quantity, operations: Operations): Quantity {
  if (!isArray(content)) return operations.call('abs', content);
  return operate(content.sizes.length === 2 ? 'det' : 'norm', [content], [], operations);
}

/** The longest range that is written out. */
const longestRange = 1000;

function boundValue(node: MathNode, binder: Binder, at: Evaluation): Quantity {
  const { operations } = at;
  const { name, letter, body, range } = binder;
  const [from, to] =
    range === undefined
      ? [1, at.point.binderLength(node)]
      : (range.map((end) => at.evaluator.evaluateIndex(end, at)) as [number, number]);
  if (to - from >= longestRange) return stop('too-large: a range is too long to be written out');
  const bound = new Map(at.bound);
  const inside = { ...at, bound };
  const valueAt = (index: number): Quantity => {
    bound.set(letter, index);
    return at.evaluator.value(body, inside);
  };
  const values = Array.from({ length: Math.max(0, to - from + 1) }, (_, k) => valueAt(from + k));
  switch (name) {
    case 'prod':
      return values.reduce((total, one) => combine([total, one], operations.multiply), operations.integer(1));
    case 'sum':
      return values.reduce((total, one) => combine([total, one], operations.add), operations.integer(0));
    default: {
      const entries = values.map(scalarOf);
      if (name === 'logsumexp') return operate('logsumexp', [{ sizes: [entries.length], entries }], [], operations);
      const raised = entries.map((one) => operations.call('exp', one));
      const whole = raised.reduce((total, one) => operations.add(total, one));
      const own = scalarOf(valueAt(at.bound.get(letter) ?? at.point.freeIndex(letter)));
      return operations.divide(operations.call('exp', own), whole);
    }
  }
}

type Construct = (args: readonly MathNode[], at: Evaluation) => Quantity;

const valuesOf = (args: readonly MathNode[], at: Evaluation): Quantity[] =>
  args.map((arg) => at.evaluator.value(arg, at));

/** What is no function of the values of its arguments, or is written otherwise than the function that it is. */
/** n!/(k! (n - k)!). */
function binomial(args: readonly MathNode[], at: Evaluation): Quantity {
  const { operations } = at;
  const [n, k] = valuesOf(args, at).map(scalarOf) as [Value, Value];
  const factorial = (of: Value): Value => operations.call('factorial', of);
  const below = operations.multiply(factorial(k), factorial(operations.subtract(n, k)));
  return operations.divide(factorial(n), below);
}

const constructs: Readonly<Partial<Record<string, Construct>>> = {
  d: ([of, by], at) => derivativeOf(of as MathNode, by as MathNode, at),
  D: ([of, by], at) => derivativeOf(of as MathNode, by as MathNode, at),
  jvp: ([of, by, change], at) => {
    const { name, indices } = variableOf(by as MathNode, at);
    const along = alongOf(name, indices, at.evaluator.value(change as MathNode, at), at);
    return differentiate((inside) => at.evaluator.value(of as MathNode, inside), name, along, at);
  },
  vjp: ([weight, of, by], at) => {
    const weights = arrayOf(at.evaluator.value(weight as MathNode, at)).entries;
    return entrywiseDerivative(by as MathNode, at, (inside) => {
      const { entries } = arrayOf(at.evaluator.value(of as MathNode, inside));
      return entries
        .map((one, k) => at.operations.multiply(weights[k] as Value, one))
        .reduce((total, one) => at.operations.add(total, one));
    });
  },
  delta: (args, at) => {
    const [left, right] = args.map((arg) => at.evaluator.evaluateIndex(arg, at));
    return at.operations.integer(left === right ? 1 : 0);
  },
  pow: (args, at) => {
    const [base, exponent] = valuesOf(args, at).map(scalarOf) as [Value, Value];
    return at.operations.power(base, exponent);
  },
  ln: (args, at) => combine(valuesOf(args, at), (one) => at.operations.call('log', one)),
  log: (args, at) => {
    const [value, base] = valuesOf(args, at);
    const logarithm = combine([value as Quantity], (one) => at.operations.call('log', one));
    if (base === undefined) return logarithm;
    return combine([logarithm, base], (one, below) =>
      at.operations.divide(one as Value, at.operations.call('log', below as Value)),
    );
  },
  binomial,
  combinations: binomial,
  logit: (args, at) => {
    const { operations } = at;
    const [chance] = valuesOf(args, at).map(scalarOf) as [Value];
    const other = operations.subtract(operations.integer(1), chance);
    return operations.call('log', operations.divide(chance, other));
  },
  nthRoot: (args, at) => {
    const [radicand, degree] = valuesOf(args, at).map(scalarOf) as [Value, Value | undefined];
    const known = degree === undefined ? 2 : degree.level === 0 ? baseOf(degree).value : Number.NaN;
    if (known === 3) return at.operations.call('cbrt', radicand);
    if (known > 3 && known % 2 === 1) return at.operations.call('nthRoot', radicand, degree as Value);
    return at.operations.power(
      radicand,
      degree === undefined ? plain(0.5) : at.operations.divide(at.operations.integer(1), degree),
    );
  },
  besselj: ofOrder('besselj'),
  bessely: ofOrder('bessely'),
  besseli: ofOrder('besseli'),
};

function ofOrder(name: string): Construct {
  return (args, at) => {
    const [order, argument] = valuesOf(args, at).map(scalarOf) as [Value, Value];
    return at.operations.call(`${name}${baseOf(order).value}`, argument);
  };
}

function variableOf(node: MathNode, at: Evaluation): { readonly name: string; readonly indices: readonly number[] } {
  const { base, indices } = flatten(node);
  const name = nameOf(base);
  if (name === undefined) return stop('unsupported-notation: a derivative by what is no name');
  return { name, indices: indices.map((index) => at.evaluator.evaluateIndex(index, at)) };
}

function alongOf(
  name: string,
  indices: readonly number[],
  change: Quantity,
  at: Evaluation,
): ReadonlyMap<string, Value> {
  const left = at.point.sizes(name).slice(indices.length);
  const { entries } = arrayOf(change);
  return new Map(
    tuples(left).map((tuple, k) => [
      [...indices, ...tuple].join(),
      (entries.length === 1 ? entries[0] : entries[k]) as Value,
    ]),
  );
}

function derivativeOf(of: MathNode, by: MathNode, at: Evaluation): Quantity {
  return entrywiseDerivative(by, at, (inside) => at.evaluator.value(of, inside));
}

/** In denominator layout: the axes of the variable first. */
function entrywiseDerivative(by: MathNode, at: Evaluation, of: (inside: Evaluation) => Quantity): Quantity {
  const { name, indices } = variableOf(by, at);
  const left = at.point.sizes(name).slice(indices.length);
  const one = at.operations.integer(1);
  const slopes = tuples(left).map((tuple) =>
    differentiate(of, name, new Map([[[...indices, ...tuple].join(), one]]), at),
  );
  if (left.length === 0) return slopes[0] as Quantity;
  const parts = slopes.map(arrayOf);
  return { sizes: [...left, ...(parts[0]?.sizes ?? [])], entries: parts.flatMap(({ entries }) => entries) };
}
