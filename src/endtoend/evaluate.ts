/**
 * What a tree means: it is evaluated as it stands, without terms, in dual numbers of as many levels as derivatives are being
 * taken. Names are looked up when they are met, so that only what is used is evaluated.
 */

import { baseOf, invalid, isDual, type Operations, stop, type Value } from '../numbers/arithmetic.ts';
import { placeOf, tuples } from '../numbers/arrays.ts';
import { compareValues, isComparisonSign } from '../numbers/comparison.ts';
import { dual, workOfLevels } from '../numbers/dual.ts';
import { isDotted, isTimes, type MathNode, view } from '../syntax/node.ts';
import { callOf } from './calls.ts';
import { createScope, type Evaluation, type Evaluator, plain, type Reached, raise, type Seed } from './evaluation.ts';
import { arrayOf, combine, isArray, multiply, operate, type Quantity, scalarOf, transpose } from './quantities.ts';
import { flatten, isWhole, nameOf, namesIn, type Roles } from './roles.ts';

const noParameters: ReadonlyMap<string, Quantity> = new Map();
const noSeeds: readonly Seed[] = [];

export function evaluate(node: MathNode, at: Evaluation): Quantity {
  at.budget.left -= workOfLevels(at.scope.depth);
  if (at.budget.left < 0) stop('too-large: the formula is too large to be evaluated again');
  const seen = view(node);
  switch (seen.kind) {
    case 'constant':
      return constantOf(Number(seen.text), at.operations);
    case 'symbol':
      return evaluateName(seen.name, at);
    case 'parenthesis':
      return evaluate(seen.content, at);
    case 'element':
      return evaluateElement(node, at);
    case 'conditional':
      return evaluateChoice(seen.condition, evaluate(seen.then, at), evaluate(seen.else, at), at);
    case 'operator':
      return evaluateOperator(node, seen.operator, seen.args, at);
    case 'call':
      return callOf(node, seen, at);
    case 'whole':
      return stop('unsupported-notation: a colon by itself');
    case 'other':
      return stop(`unsupported-notation: ${seen.what}`);
  }
}

function constantOf(value: number, operations: Operations): Value {
  return Number.isSafeInteger(value) ? operations.integer(value) : plain(value);
}

function evaluateName(name: string, at: Evaluation): Quantity {
  const parameter = at.parameters.get(name);
  if (parameter !== undefined) return parameter;
  const bound = at.bound.get(name);
  if (bound !== undefined) return at.operations.integer(bound);
  if (at.roles.indices.has(name)) return at.operations.integer(at.point.freeIndex(name));
  if ((name === 'e' || name === 'pi') && !at.roles.shadowed.has(name)) return at.operations.arithmetic.constant(name);
  return lookUp(name, [], at);
}

/** The value of a name with some of its indices: an array along the axes that are left. */
function lookUp(name: string, indices: readonly number[], at: Evaluation): Quantity {
  const { scope } = at;
  const own = scope.byName.get(name) ?? noSeeds;
  const replaced = own.length === 0 ? at.replaced?.get(name) : undefined;
  if (replaced !== undefined) return entryOf(replaced, indices);
  const definition = at.names.definitions.get(name);
  const depends = at.roles.depends.get(name);
  if (own.length === 0 && definition === undefined && depends === undefined && jetOf(name, at.roles) === undefined) {
    const sizes = at.point.sizes(name);
    if (sizes.length <= indices.length) return at.point.leaf(name, indices);
  }
  const key = indices.length === 0 ? name : `${name} ${indices.join()}`;
  const known = scope.known.get(key);
  if (known !== undefined) return known;
  const found = own.length > 0 ? lookUpVariable(name, indices, own, at) : lookUpPlain(name, indices, definition, at);
  scope.known.set(key, found);
  return found;
}

function lookUpPlain(
  name: string,
  indices: readonly number[],
  definition: { readonly parameters: readonly string[]; readonly body: MathNode } | undefined,
  at: Evaluation,
): Quantity {
  const sizes = at.point.sizes(name);
  const wanted = definition === undefined ? sizes.length : definition.parameters.length;
  if (indices.length < wanted) {
    const left = sizes.slice(indices.length, wanted);
    if (left.length < wanted - indices.length) return stop(`shape-clash: ${name} without all its indices`);
    const parts = tuples(left).map((tuple) => arrayOf(lookUp(name, [...indices, ...tuple], at)));
    return {
      sizes: [...left, ...(parts[0]?.sizes ?? [])],
      entries: parts.flatMap((part) => part.entries),
    };
  }
  if (definition !== undefined) {
    const bound = new Map(definition.parameters.map((letter, k) => [letter, indices[k] as number]));
    const value = evaluate(definition.body, { ...at, bound, parameters: noParameters });
    return indices.length === wanted ? value : entryOf(value, indices.slice(wanted));
  }
  const jet = jetOf(name, at.roles);
  if (jet !== undefined) return jetAt(jet, indices, scalarOf(lookUp(jet.on, [], at)), at);
  const on = at.roles.depends.get(name) ?? [];
  const args = on.map((one) => scalarOf(lookUp(one, [], at)));
  const own = indices.length === 0 ? name : `${name} ${indices.join()}`;
  return at.operations.generic(
    own,
    on.map(() => 0),
    args,
  );
}

/** A derivative of a name that depends on one other; of order 0 the name itself. */
interface Jet {
  readonly base: string;
  readonly order: number;
  readonly on: string;
}

/** The name as a jet coordinate: y, y_dot and y_ddot, y_prime and y_prime_prime of a y that depends on one other name. */
function jetOf(name: string, { depends }: Roles): Jet | undefined {
  if (depends.size === 0) return undefined;
  const [, base = '', primes = '', dots = ''] = /^(.+?)((?:_prime)*)(?:_(d*)dot)?$/.exec(name) ?? [];
  const [on, ...more] = depends.get(base) ?? [];
  if (on === undefined || more.length > 0) return undefined;
  const order = primes.length / '_prime'.length + (/_d*dot$/.test(name) ? dots.length + 1 : 0);
  return { base, order, on };
}

/**
 * Jet coordinates are independent, but along what they depend on each changes by the next: what is done to a smooth function
 * whose derivatives are free.
 */
function jetAt(jet: Jet, indices: readonly number[], argument: Value, at: Evaluation): Value {
  const { operations } = at;
  if (isDual(argument)) {
    const { level, primal, tangent } = argument;
    // What is held fixed or varied within a derivative has no part in how the name changes along it: d/dt and the partial
    // derivative by y_dot do not commute.
    const around = at.scope.seeds.filter((seed) => seed.level < level);
    const outside = { ...at, scope: createScope(around, at.scope.depth) };
    const next = jetAt({ ...jet, order: jet.order + 1 }, indices, primal, outside);
    const change = operations.multiply(tangent, dual(level, operations.integer(0), operations.integer(1)));
    return operations.add(jetAt(jet, indices, primal, at), operations.multiply(next, change));
  }
  const { base, order } = jet;
  const leaf = at.point.leaf(order === 0 ? base : `${base}_${'d'.repeat(order - 1)}dot`, indices);
  return at.scope.seeds.reduce<Value>((total, seed) => {
    const own = jetOf(seed.name, at.roles);
    const change = own?.base === base && own.order === order ? seed.along.get(indices.join()) : undefined;
    return change === undefined ? total : operations.add(total, moveOf(seed, change, operations));
  }, leaf);
}

/**
 * A name by which a derivative is being taken is a variable of its own: whatever it is defined as, its tangent is what its
 * seed says.
 */
/** The value of a variable beside its own tangents. */
function valueUnmoved(name: string, indices: readonly number[], at: Evaluation): Quantity {
  const { scope } = at;
  // One that rests on nothing has the same value whatever else moves.
  const isLeaf = !at.names.definitions.has(name) && at.roles.depends.size === 0;
  if (isLeaf) return lookUp(name, indices, { ...at, scope: createScope([], scope.depth) });
  let rest = scope.without.get(name);
  if (rest === undefined) {
    rest = createScope(
      scope.seeds.filter((seed) => seed.name !== name),
      scope.depth,
    );
    scope.without.set(name, rest);
  }
  return lookUp(name, indices, { ...at, scope: rest });
}

function lookUpVariable(name: string, indices: readonly number[], own: readonly Seed[], at: Evaluation): Quantity {
  const value = valueUnmoved(name, indices, at);
  const { sizes, entries } = arrayOf(value);
  const changed = tuples(sizes).map((tuple, k) => {
    const key = [...indices, ...tuple].join();
    return own.reduce((total, seed) => {
      const change = seed.along.get(key);
      if (change === undefined) return total;
      return at.operations.add(total, moveOf(seed, change, at.operations));
    }, entries[k] as Value);
  });
  return isArray(value) ? { sizes, entries: changed } : (changed[0] as Value);
}

function moveOf(seed: Seed, change: Value, operations: Operations): Value {
  if (seed.step !== undefined) return operations.multiply(plain(seed.step), change);
  return dual(seed.level, operations.integer(0), change);
}

/** What is left of an array behind some indices. */
function entryOf(quantity: Quantity, indices: readonly number[]): Quantity {
  if (indices.length === 0) return quantity;
  const { sizes, entries } = arrayOf(quantity);
  if (indices.length > sizes.length) return stop('shape-clash: more indices than axes');
  const left = sizes.slice(indices.length);
  const isWithin = indices.every((index, k) => index >= 1 && index <= (sizes[k] as number));
  if (!isWithin) return left.length === 0 ? invalid : stop('shape-clash: an index beyond its axis');
  const count = left.reduce((total, size) => total * size, 1);
  const start = placeOf(indices, sizes.slice(0, indices.length)) * count;
  return left.length === 0 ? (entries[start] as Value) : { sizes: left, entries: entries.slice(start, start + count) };
}

function evaluateElement(node: MathNode, at: Evaluation): Quantity {
  const { base, indices } = flatten(node);
  const name = nameOf(base);
  const isSlice = indices.some(isWhole);
  if (name !== undefined && !isSlice && !at.parameters.has(name)) {
    const places = indices.map((index) => evaluateIndex(index, at));
    if (at.reached?.name === name) noteReached(node, indices, places, at.reached, at);
    return lookUp(name, places, at);
  }
  const places = indices.map((index) => (isWhole(index) ? undefined : evaluateIndex(index, at)));
  const whole = evaluate(base, at);
  const value = arrayOf(isRow(whole) && places.length === 1 ? transpose(whole) : whole);
  if (places.length > value.sizes.length) return stop('shape-clash: more indices than axes');
  if (!isSlice) return entryOf(value, places as number[]);
  const left = value.sizes.filter((_, k) => places[k] === undefined);
  const entries = tuples(left).map((tuple) => {
    let next = 0;
    const place = value.sizes.map((_, k) => places[k] ?? (tuple[next++] as number));
    return scalarOf(entryOf(value, place));
  });
  return { sizes: left, entries };
}

function noteReached(
  node: MathNode,
  indices: readonly MathNode[],
  places: readonly number[],
  { indices: wanted, elements }: Reached,
  at: Evaluation,
): void {
  const isBound = indices.some((index) => namesIn(index).some((letter) => at.bound.has(letter)));
  if (!isBound) return;
  const isMet = wanted.every((index, k) => index === undefined || places[k] === undefined || index === places[k]);
  elements.set(node, elements.get(node) === true || isMet);
}

const isRow = (quantity: Quantity): boolean =>
  isArray(quantity) && quantity.sizes.length === 2 && quantity.sizes[0] === 1;

/** The value of what stands as an index or as an end of a range: a letter there is an index, or a length. */
function evaluateIndex(node: MathNode, at: Evaluation): number {
  const seen = view(node);
  switch (seen.kind) {
    case 'constant':
      return Number(seen.text);
    case 'parenthesis':
      return evaluateIndex(seen.content, at);
    case 'symbol':
      return evaluateLetter(seen.name, at);
    case 'operator': {
      const [first, ...rest] = seen.args.map((arg) => evaluateIndex(arg, at)) as [number, ...number[]];
      if (seen.operator === '+') return rest.reduce((total, one) => total + one, first);
      if (seen.operator === '*') return rest.reduce((total, one) => total * one, first);
      if (seen.operator === '-') return rest.length === 0 ? -first : first - (rest[0] as number);
      if (seen.operator === '^') return first ** (rest[0] as number);
      const quotient = seen.operator === '/' ? first / (rest[0] as number) : Number.NaN;
      return Number.isInteger(quotient) ? quotient : stop('unsupported-notation: an index that is no whole number');
    }
    default:
      return stop('unsupported-notation: this stands as an index');
  }
}

function evaluateLetter(name: string, at: Evaluation): number {
  const bound = at.bound.get(name);
  if (bound !== undefined) return bound;
  const parameter = at.parameters.get(name);
  if (parameter !== undefined) return baseOf(scalarOf(parameter)).value;
  return at.point.lengths.integer(name) ?? at.point.freeIndex(name);
}

function evaluateOperator(node: MathNode, operator: string, args: readonly MathNode[], at: Evaluation): Quantity {
  const { operations } = at;
  if (operator === '^') return evaluatePower(args[0] as MathNode, args[1] as MathNode, at);
  const values = args.map((arg) => evaluate(arg, at));
  const [left, right] = values as [Quantity, Quantity | undefined];
  switch (operator) {
    case '+':
      return values.reduce((total, one) => combine([total, one], operations.add));
    case '-':
      if (right === undefined) return combine([left], (one) => operations.multiply(operations.integer(-1), one));
      return combine([left, right], operations.subtract);
    case '*':
      return values.reduce((total, one) => multiplySigned(node, total, one, at));
    case '/':
      return isArray(right as Quantity)
        ? stop('shape-clash: a division by an array')
        : combine([left, right as Quantity], operations.divide);
    case '.*':
      return combine(values, operations.multiply);
    case './':
      return combine(values, operations.divide);
    case '.^':
      return combine(values, (base, exponent) => raise(base as Value, exponent as Value, operations));
    case "'":
      return transpose(left);
    case '!':
      return combine([left], (one) => operations.call('factorial', one));
    default:
      return stop(`unsupported-notation: the operator ${operator}`);
  }
}

/** Between two vectors a dot is their inner product, and a cross their cross product. */
function multiplySigned(node: MathNode, left: Quantity, right: Quantity, at: Evaluation): Quantity {
  const areVectors = isArray(left) && isArray(right) && left.sizes.length === 1 && right.sizes.length === 1;
  if (areVectors && isDotted(node)) return multiply(transpose(left), right, at.operations);
  if (areVectors && isTimes(node)) return operate('cross', [left, right], left.sizes, at.operations);
  return multiply(left, right, at.operations);
}

function evaluatePower(base: MathNode, exponent: MathNode, at: Evaluation): Quantity {
  const { operations, roles } = at;
  const isT = nameOf(exponent) === 'T' && !roles.axes.has('T') && !roles.quantities.has('T');
  if (isT) return transpose(evaluate(base, at));
  const power = scalarOf(evaluate(exponent, at));
  const even = evenExponent(power);
  const normed = even === undefined ? undefined : normedBy(base);
  if (normed !== undefined) {
    // A squared norm is smooth where the norm is not: at a vector of zeros.
    const { entries } = arrayOf(evaluate(normed, at));
    const squares = entries.map((one) => operations.multiply(one, one));
    const sum = squares.reduce((total, one) => operations.add(total, one));
    return even === 2 ? sum : operations.integerPower(sum, (even as number) / 2);
  }
  const value = evaluate(base, at);
  if (!isArray(value)) return raise(value, power, operations);
  if (value.sizes.length === 1) return combine([value], (one) => raise(one, power, operations));
  const times = isDual(power) ? Number.NaN : power.value;
  if (!Number.isInteger(times) || Math.abs(times) > 20 || times === 0)
    return stop('unsupported-notation: this power of a matrix');
  const factor = times < 0 ? operate('inverse', [value], value.sizes, at.operations) : value;
  return Array.from({ length: Math.abs(times) - 1 }).reduce<Quantity>(
    (total) => multiply(total, factor, operations),
    factor,
  );
}

function evenExponent(power: Value): number | undefined {
  if (isDual(power)) return undefined;
  return power.value > 0 && power.value % 2 === 0 ? power.value : undefined;
}

function normedBy(node: MathNode): MathNode | undefined {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return normedBy(seen.content);
  return seen.kind === 'call' && seen.name === 'norm' && seen.args.length === 1 ? seen.args[0] : undefined;
}

function evaluateChoice(condition: MathNode, then: Quantity, otherwise: Quantity, at: Evaluation): Quantity {
  const seen = view(condition);
  if (seen.kind === 'parenthesis') return evaluateChoice(seen.content, then, otherwise, at);
  if (seen.kind !== 'operator' || seen.args.length !== 2) return stop('unsupported-notation: this is no comparison');
  const { operator } = seen;
  if (!isComparisonSign(operator)) return stop(`unsupported-notation: the sign ${operator}`);
  const [left, right] = seen.args.map((arg) => evaluate(arg, at)) as [Quantity, Quantity];
  const choose = (first: Value, second: Value, yes: Value, no: Value): Value => {
    const holds = compareValues(operator, first, second, at.operations);
    return holds === undefined ? invalid : holds ? yes : no;
  };
  return combine([left, right, then, otherwise], (...values) => choose(...(values as [Value, Value, Value, Value])));
}

/** How trees are evaluated: what calls are handed, and what evaluations begin with. */
export const evaluator: Evaluator = { value: evaluate, lookUp, evaluateIndex };
