/** What each kind of answer claims: pairs of values that are equal where it is right. */

import { baseOf, isObstacle, type Operations, stop, type Value } from '../numbers/arithmetic.ts';
import { tuples } from '../numbers/arrays.ts';
import { dual } from '../numbers/dual.ts';
import { hashText, mix, uniform } from '../numbers/hash.ts';
import type { MathNode } from '../syntax/node.ts';
import { view } from '../syntax/node.ts';
import type { Lengths } from './axes.ts';
import { createScope, differentiate, type Evaluation, plain, tangentsOf } from './evaluation.ts';
import { fractionOf } from './fractions.ts';
import { arrayOf, combine, isArray, type Quantity, quantityOf, scalarOf, transpose } from './quantities.ts';
import { flatten, isWhole, nameOf, namesIn } from './roles.ts';

/** The source's own trees and the answer's, at one point. */
export interface Sides {
  readonly source: Evaluation;
  readonly answer: Evaluation;
  /** Decides directions. */
  readonly seed: number;
  /** Whether the answer is asked in its other words too: where it is analytic, two points tell. */
  readonly asksAll: boolean;
}

/** Two values that are to be equal, and what the first one is by differences, where that can be had. */
export interface Pair {
  readonly left: Quantity;
  readonly right: Quantity;
  readonly byDifferences?: () => Quantity;
}

/** A claim about one expression. */
export type Claim = (sides: Sides) => readonly Pair[];

/** The expression that is differentiated: of an equation the left side less the right one. */
export interface Target {
  readonly node: MathNode;
  readonly right?: MathNode;
  /** Of a vector or matrix the entry in question: its indices, and how the answer writes it. */
  readonly entry?: { readonly indices: readonly MathNode[]; readonly printed: MathNode };
}

const value = (node: MathNode, at: Evaluation): Quantity => at.evaluator.value(node, at);

function targetValue({ node, right, entry }: Target, at: Evaluation): Quantity {
  const own = value(node, at);
  if (right !== undefined) return combine([own, value(right, at)], at.operations.subtract);
  if (entry === undefined || !isArray(own)) return own;
  const { sizes, entries } = own;
  const place = entry.indices.map((index) => at.evaluator.evaluateIndex(index, at));
  const at1 = place.reduce((total, index, k) => total * (sizes[k] ?? 1) + index - 1, 0);
  return sizes.length === place.length && entries[at1] !== undefined
    ? (entries[at1] as Value)
    : stop('shape-clash: the entry that is wanted is none of the value');
}

/** A name, or a member or slice of it, and the lengths of the axes that are left. */
interface Variable {
  readonly name: string;
  /** Undefined along an axis that is left. */
  readonly indices: readonly (number | undefined)[];
  readonly sizes: readonly number[];
}

function variableOf(node: MathNode, at: Evaluation): Variable {
  const { base, indices } = flatten(node);
  const name = nameOf(base) ?? stop('unsupported-notation: a derivative by what is no name');
  const places = indices.map((index) => (isWhole(index) ? undefined : at.evaluator.evaluateIndex(index, at)));
  const sizes = at.point.sizes(name).filter((_, k) => places[k] === undefined);
  return { name, indices: places, sizes };
}

function keysOf({ indices, sizes }: Variable): readonly string[] {
  return tuples(sizes).map((tuple) => {
    let next = 0;
    const own = indices.map((index) => index ?? tuple[next++]);
    return [...own, ...tuple.slice(next)].join();
  });
}

function alongOf(variable: Variable, change: readonly Value[]): ReadonlyMap<string, Value> {
  return new Map(keysOf(variable).map((key, k) => [key, (change.length === 1 ? change[0] : change[k]) as Value]));
}

/**
 * A direction in which all entries of a variable change: what is linear in it and right along a random one is right in every
 * entry. A scalar changes by 1.
 */
function directionOf(variable: Variable, seed: number, operations: Operations): readonly Value[] {
  if (variable.sizes.length === 0) return [operations.integer(1)];
  return keysOf(variable).map((key) => {
    const u = 2 * uniform(mix(mix(seed, hashText(key)), 29)) - 1;
    const size = 0.3 + Math.abs(u);
    return { level: 0, value: u < 0 ? -size : size, scale: size };
  });
}

/** Contracts the leading axes of an answer, as long as `change`, with it; a scalar stands for every entry. */
function contract(answer: Quantity, change: readonly Value[], operations: Operations): Quantity {
  const { sizes, entries } = arrayOf(answer);
  const sumOf = (of: (k: number) => Value): Value =>
    change.reduce<Value>(
      (total, one, k) => operations.add(total, operations.multiply(of(k), one)),
      operations.integer(0),
    );
  if (sizes.length === 0) return sumOf(() => entries[0] as Value);
  let [axes, count] = [0, 1];
  while (count < change.length && axes < sizes.length) count *= sizes[axes++] as number;
  if (count !== change.length) return stop('shape-clash: the answer has another shape than the derivative');
  const rest = entries.length / count;
  const contracted = Array.from({ length: rest }, (_, at) => sumOf((k) => entries[k * rest + at] as Value));
  return quantityOf(sizes.slice(axes), contracted);
}

/** A formula has the values of another one. */
export function formulaClaim(text: MathNode, other: MathNode): Claim {
  return ({ source, answer }) => [{ left: value(text, source), right: value(other, answer) }];
}

interface DerivativeClaim {
  readonly target: Target;
  /** The variables, the first one first. */
  readonly by: readonly MathNode[];
  /** The answer, and the same in other words. */
  readonly results: readonly MathNode[];
  readonly layout: 'numerator' | 'denominator';
}

/** The derivative of a scalar, vector or matrix by one variable after the other, all axes of variables first. */
export function derivativeClaim({ target, by, results, layout }: DerivativeClaim): Claim {
  return ({ source, answer, seed, asksAll }) => {
    const { operations } = source;
    const variables = by.map((node) => variableOf(node, source));
    const changes = variables.map((one, k) => directionOf(one, mix(seed, k), operations));
    const nested = (count: number, at: Evaluation): Quantity => {
      if (count === 0) return targetValue(target, at);
      const variable = variables[count - 1] as Variable;
      const along = alongOf(variable, changes[count - 1] as readonly Value[]);
      return differentiate((inside) => nested(count - 1, inside), variable.name, along, at);
    };
    const left = nested(by.length, source);
    const named = target.entry === undefined ? [] : entryPairs(target, target.entry.printed, source, answer);
    if (variables.some((variable, k) => !isReached(target, by[k] as MathNode, variable, source))) return [];
    const rightOf = (result: MathNode): Quantity => {
      const printed = layoutOf(value(result, answer), layout, variables[variables.length - 1] as Variable);
      return changes.reduceRight((total, change) => contract(total, change, operations), printed);
    };
    const byDifferences = (): Quantity => {
      const last = variables[variables.length - 1] as Variable;
      const along = alongOf(last, changes[changes.length - 1] as readonly Value[]);
      return differenceOf((inside) => nested(by.length - 1, inside), last.name, along, source);
    };
    const asked = asksAll ? results : results.slice(0, 1);
    const pairs = asked.map((result): Pair => ({ left, right: shapedAs(rightOf(result), left) }));
    // The jet of a name that depends on others has no values beside the point.
    const second = source.roles.depends.size === 0 ? { byDifferences } : {};
    return [{ ...(pairs[0] as Pair), ...second }, ...pairs.slice(1), ...named];
  };
}

/** The derivatives of one expression by many variables, and each in other words. */
interface GradientClaim {
  readonly target: Target;
  readonly parts: readonly { readonly by: MathNode; readonly results: readonly MathNode[] }[];
}

/**
 * All derivatives of a scalar at once: where every variable moves, the tangent is the sum of all moves times the derivatives
 * by them. A variable moves the farther the smaller its derivative is, so that a wrong one shows, however small.
 */
export function gradientClaim({ target, parts }: GradientClaim): Claim {
  return ({ source, answer, seed, asksAll }) => {
    const { operations } = source;
    const level = source.scope.depth + 1;
    const moves = parts.map(({ by, results }, k) => {
      const variable = variableOf(by, source);
      const printed = value(results[0] as MathNode, answer);
      const direction = directionOf(variable, mix(seed, k), operations);
      const length = plain(stepFor(printed));
      const change = direction.map((one) => operations.multiply(one, length));
      return { by, results, variable, printed, direction, change };
    });
    if (moves.some(({ by, variable }) => !isReached(target, by, variable, source))) return [];
    const along = (changeOf: (move: (typeof moves)[number]) => readonly Value[], step?: number): Quantity => {
      const seeds = moves.map((move) => ({
        level,
        name: move.variable.name,
        along: alongOf(move.variable, changeOf(move)),
        ...(step === undefined ? {} : { step }),
      }));
      const own = targetValue(target, { ...source, scope: createScope([...source.scope.seeds, ...seeds], level) });
      return step === undefined ? tangentsOf(own, level, operations) : own;
    };
    const left = along(({ change }) => change);
    const total = (of: (move: (typeof moves)[number]) => Quantity): Quantity =>
      moves.reduce<Value>(
        (sum, move) => operations.add(sum, scalarOf(contract(of(move), move.change, operations))),
        operations.integer(0),
      );
    const pairs: Pair[] = [{ left, right: total(({ printed }) => printed) }];
    if (asksAll) {
      const plainly = along(({ direction }) => direction);
      const byDifferences = (): Quantity => central((step) => along(({ direction }) => direction, step), operations);
      pairs.push({ left: plainly, right: plainly, byDifferences });
    }
    if (asksAll && moves.some(({ results }) => results.length > 1)) {
      pairs.push({ left, right: total(({ results }) => value(results.at(-1) as MathNode, answer)) });
    }
    return pairs;
  };
}

/** The inverse of the size of the largest entry, as a power of two. */
function stepFor(printed: Quantity): number {
  const largest = Math.max(...arrayOf(printed).entries.map((one) => Math.abs(baseOf(one).value)));
  const exponent = largest > 0 && Number.isFinite(largest) ? Math.round(Math.log2(largest)) : 0;
  return 2 ** -exponent;
}

/** The entry that the left side of the answer names is that of the source. */
function entryPairs(target: Target, printed: MathNode, source: Evaluation, answer: Evaluation): readonly Pair[] {
  return [{ left: targetValue(target, source), right: value(printed, answer) }];
}

/** Whether every sum over members of the variable reaches the one in question: what the answer takes for granted. */
function isReached(target: Target, by: MathNode, { name, indices }: Variable, at: Evaluation): boolean {
  if (at.point.isReached || flatten(by).indices.every((index) => namesIn(index).length === 0)) return true;
  const known = reachedUnder.get(at.point.lengths) ?? new Map<string, boolean>();
  reachedUnder.set(at.point.lengths, known);
  // Other free indices may stand beside the bound ones: x[i + j].
  const others = [...at.roles.indices].map((letter) => at.point.freeIndex(letter));
  const key = `${name} ${indices.join()} ${others.join()}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const elements = new Map<MathNode, boolean>();
  targetValue(target, { ...at, reached: { name, indices, elements }, scope: createScope([]) });
  const isMet = [...elements.values()].every((one) => one);
  known.set(key, isMet);
  return isMet;
}

/** It is decided by lengths and indices, whatever the values are. */
const reachedUnder = new WeakMap<Lengths, Map<string, boolean>>();

function layoutOf(printed: Quantity, layout: DerivativeClaim['layout'], { sizes }: Variable): Quantity {
  return layout === 'numerator' && sizes.length > 0 ? transpose(printed) : printed;
}

/** A scalar stands for every entry. */
function shapedAs(quantity: Quantity, like: Quantity): Quantity {
  if (isArray(quantity) || !isArray(like)) return quantity;
  return { sizes: like.sizes, entries: like.entries.map(() => quantity) };
}

/** How far a difference goes, relative to values of about 1. */
const reach = 1e-5;

/** The central difference. */
function differenceOf(
  of: (at: Evaluation) => Quantity,
  name: string,
  along: ReadonlyMap<string, Value>,
  at: Evaluation,
): Quantity {
  const { depth, seeds } = at.scope;
  return central(
    (step) => of({ ...at, scope: createScope([...seeds, { level: depth + 1, name, along, step }], depth + 1) }),
    at.operations,
  );
}

/** The central difference of what has a value at so many steps. */
function central(valueAt: (step: number) => Quantity, operations: Operations): Quantity {
  return combine([valueAt(reach), valueAt(-reach)], (first, second) =>
    operations.divide(operations.subtract(first as Value, second as Value), {
      level: 0,
      value: 2 * reach,
      scale: 2 * reach,
    }),
  );
}

interface DirectionalClaim {
  readonly target: Target;
  readonly by: readonly MathNode[];
  readonly direction: readonly MathNode[];
  readonly isUnit: boolean;
  readonly result: MathNode;
}

/** The derivative along a direction, of length 1 where that is asked for. */
export function directionalClaim({ target, by, direction, isUnit, result }: DirectionalClaim): Claim {
  return ({ source, answer }) => {
    const { operations } = source;
    const level = source.scope.depth + 1;
    const changes = direction.map((node) => arrayOf(value(node, source)).entries);
    const seeds = by.map((node, k) => {
      const variable = variableOf(node, source);
      return { level, name: variable.name, along: alongOf(variable, changes[k] as readonly Value[]) };
    });
    const scope = createScope([...source.scope.seeds, ...seeds], level);
    const slope = tangentsOf(targetValue(target, { ...source, scope }), level, operations);
    const squares = changes.flat().map((one) => operations.multiply(one, one));
    const length = operations.root(
      squares.reduce((total, one) => operations.add(total, one)),
      1,
      2,
    );
    const left = isUnit ? combine([slope], (one) => operations.divide(one as Value, length)) : slope;
    return [{ left, right: shapedAs(value(result, answer), left) }];
  };
}

/** The derivative of the inner product of the value with a weight. */
export function weightedClaim(
  target: Target,
  by: MathNode,
  weight: MathNode,
  result: MathNode,
  layout: DerivativeClaim['layout'],
): Claim {
  return ({ source, answer, seed }) => {
    const { operations } = source;
    const variable = variableOf(by, source);
    const change = directionOf(variable, seed, operations);
    const slopes = differentiate((at) => targetValue(target, at), variable.name, alongOf(variable, change), source);
    const { entries } = arrayOf(combine([slopes, value(weight, source)], operations.multiply));
    const left = entries.reduce((total, one) => operations.add(total, one));
    const printed = layoutOf(value(result, answer), layout, variable);
    return [{ left, right: contract(printed, change, operations) }];
  };
}

/** Higher derivatives than these are not taken by nested dual numbers: each level doubles the work. */
const mostLevels = 7;

/** As many of the two sides of a quotient that is 0/0. */
const mostLevelsOfQuotient = 8;

/** A number with the same tangent at each of so many levels: coefficient m stands at every product of m of them. */
function seriesOf(coefficients: readonly Value[], levels: number, zero: Value): Value {
  const at = (level: number, taken: number): Value =>
    level === 0 ? (coefficients[taken] ?? zero) : dual(level, at(level - 1, taken), at(level - 1, taken + 1));
  return at(levels, 0);
}

/** The m-th derivative that such a series has. */
function coefficientOf(series: Value, levels: number, order: number, operations: Operations): Value {
  let own: Quantity = series;
  for (let level = levels; level > 0; level--) {
    if (level <= order) own = tangentsOf(own, level, operations);
    else own = combine([own], (one) => primalAt(one as Value, level));
  }
  return own as Value;
}

const primalAt = (one: Value, level: number): Value => (one.level === level && 'primal' in one ? one.primal : one);

interface TaylorClaim {
  readonly target: Target;
  readonly by: MathNode;
  readonly point: MathNode;
  readonly degree: number;
  readonly result: MathNode;
}

/** Relative to what was added up, this little is nothing: the derivative of a denominator that vanishes there. */
const vanishing = 1e-12;

/** The order of the zero of a series; undefined where all that is known of it is 0. */
function zeroOrderOf(series: Value, levels: number, operations: Operations): number | undefined {
  for (let order = 0; order <= levels; order++) {
    const { value: size, scale } = baseOf(coefficientOf(series, levels, order, operations));
    if (!(Math.abs(size) <= vanishing * Math.max(scale, 1))) return order;
  }
  return undefined;
}

/** The order of the zero of what a scalar is divided by; 0 where there is none of an order that can be told. */
function zeroOrderAt({ node, right, entry }: Target, withLevels: (levels: number) => Evaluation): number {
  if (right !== undefined || entry !== undefined) return 0;
  const orderWith = (levels: number): number | undefined => {
    const at = withLevels(levels);
    return zeroOrderOf(fractionOf(node, at).below, levels, at.operations);
  };
  try {
    return orderWith(0) ?? orderWith(mostLevels - 1) ?? 0;
  } catch (error) {
    // Factors that are no scalars.
    if (!isObstacle(error)) throw error;
    return 0;
  }
}

/**
 * All derivatives up to the degree agree at the point, and the answer has none beyond. Where the source is 0/0 there, u/v with
 * a zero of order m of v, the answer times v agrees with u up to m orders more.
 */
export function taylorClaim({ target, by, point, degree, result }: TaylorClaim): Claim {
  return ({ source, answer, seed }) => {
    if (degree >= mostLevels) return stop(`unsupported-notation: a Taylor polynomial of degree ${degree}`);
    const { operations } = source;
    const variable = variableOf(by, source);
    if (variable.indices.length > 0) return stop('unsupported-notation: a Taylor polynomial in a member');
    const change = directionOf(variable, seed, operations);
    const zero = operations.integer(0);
    const moved = (from: Quantity, levels: number): Quantity => {
      const { entries } = arrayOf(from);
      const lifted = change.map((one, k) =>
        seriesOf([(entries.length === 1 ? entries[0] : entries[k]) as Value, one], levels, zero),
      );
      return quantityOf(variable.sizes, lifted);
    };
    const withValue = (at: Evaluation, own: Quantity, levels: number): Evaluation => ({
      ...at,
      replaced: new Map([[variable.name, own]]),
      scope: createScope([], levels),
    });
    const at = value(point, source);
    const zeroOrder = zeroOrderAt(target, (levels) => withValue(source, moved(at, levels), levels));
    const orders = degree + zeroOrder;
    if (orders > mostLevelsOfQuotient) return stop(`unsupported-notation: a Taylor polynomial of degree ${degree}`);
    const start = moved(at, orders);
    const fraction = zeroOrder === 0 ? undefined : fractionOf(target.node, withValue(source, start, orders));
    const ofSource = fraction?.above ?? targetValue(target, withValue(source, start, orders));
    const printed = value(result, withValue(answer, start, orders));
    const ofAnswer = fraction === undefined ? printed : operations.multiply(fraction.below, scalarOf(printed));
    const pairs = Array.from({ length: orders + 1 }, (_, order): Pair => {
      const part = (one: Quantity): Quantity =>
        combine([one], (entry) => coefficientOf(entry as Value, orders, order, operations));
      const left = part(ofSource);
      return { left, right: shapedAs(part(ofAnswer), left) };
    });
    const anywhere = moved(source.evaluator.lookUp(variable.name, [], source), degree + 1);
    const beyond = value(result, withValue(answer, anywhere, degree + 1));
    const left = combine([beyond], (entry) => coefficientOf(entry as Value, degree + 1, degree + 1, operations));
    return [...pairs, { left, right: combine([left], () => zero) }];
  };
}

interface ImplicitClaim {
  readonly target: Target;
  readonly by: MathNode;
  readonly dependent: string;
  readonly order: number;
  readonly result: MathNode;
}

/** A root this close to 0 is 0 where that is a root. */
const nearZero = 1e-12;

/** Steps of Newton's method after which a point off the curve is given up. */
const mostSteps = 40;

/**
 * The derivatives of the dependent name along the curve that the equation is, at a point of it: the coefficients of a series
 * that solves the equation order by order.
 */
export function implicitClaim({ target, by, dependent, order, result }: ImplicitClaim): Claim {
  return ({ source, answer }) => {
    const { operations } = source;
    const name = nameOf(by);
    if (name === undefined || order > mostLevels) return stop('unsupported-notation: this implicit derivative');
    const [zero, one] = [operations.integer(0), operations.integer(1)];
    const start = scalarOf(source.evaluator.lookUp(name, [], source));
    const residualAt = (x: Value, y: Value, levels: number): Value => {
      const replaced = new Map<string, Quantity>([
        [name, x],
        [dependent, y],
      ]);
      return scalarOf(targetValue(target, { ...source, replaced, scope: createScope([], levels) }));
    };
    const slopeAt = (y: Value): readonly [value: Value, slope: Value] => {
      const residual = residualAt(start, dual(1, y, one), 1);
      return [primalAt(residual, 1), scalarOf(tangentsOf(residual, 1, operations))];
    };
    let y = scalarOf(source.evaluator.lookUp(dependent, [], source));
    for (let step = 0; step < mostSteps; step++) {
      const [residual, slope] = slopeAt(y);
      const change = operations.divide(residual, slope);
      y = plainOf(operations.subtract(y, change));
      if (Math.abs(numberOf(change)) <= 4e-16 * Math.abs(numberOf(y))) break;
    }
    if (Math.abs(numberOf(y)) < nearZero && numberOf(slopeAt(zero)[0]) === 0) y = zero;
    const [residual, slope] = slopeAt(y);
    const isOn = Math.abs(numberOf(residual)) <= 1e-12 * Math.max(1e-9, scaleOf(residual));
    if (!isOn) return [];
    const series: Value[] = [y];
    for (let level = 1; level <= order; level++) {
      const open = residualAt(seriesOf([start, one], level, zero), seriesOf(series, level, zero), level);
      const rest = coefficientOf(open, level, level, operations);
      series.push(operations.multiply(operations.integer(-1), operations.divide(rest, slope)));
    }
    const replaced = new Map<string, Quantity>([[dependent, y]]);
    return [{ left: series[order] as Value, right: value(result, { ...answer, replaced, scope: createScope([]) }) }];
  };
}

const numberOf = (one: Value): number => (one.level === 0 && 'value' in one ? one.value : Number.NaN);
const scaleOf = (one: Value): number => (one.level === 0 && 'scale' in one ? one.scale : Number.NaN);
/** The number without what was lost on the way to it. */
const plainOf = (one: Value): Value => ({ level: 0, value: numberOf(one), scale: Math.abs(numberOf(one)) });

interface StationaryClaim {
  readonly target: Target;
  readonly by: readonly MathNode[];
  readonly equations: readonly (readonly [left: MathNode, right: MathNode])[];
  /** The unknowns that are solved for: names, or vec(X). */
  readonly solved: readonly { readonly left: MathNode; readonly name: string; readonly body: MathNode }[];
}

/** The equations are the gradient, and at the solution the gradient is zero. */
export function stationaryClaim({ target, by, equations, solved }: StationaryClaim): Claim {
  return ({ source, answer, seed }) => {
    const { operations } = source;
    const variables = by.map((node) => variableOf(node, source));
    const changes = variables.map((one, k) => directionOf(one, mix(seed, k), operations));
    const slopesAt = (at: Evaluation): readonly Quantity[] =>
      variables.map((variable, k) =>
        differentiate(
          (inside) => targetValue(target, inside),
          variable.name,
          alongOf(variable, changes[k] as readonly Value[]),
          at,
        ),
      );
    const atPoint = slopesAt(source);
    const pairs: Pair[] = equations.map(([left, right], k) => {
      const gap = combine([value(left, answer), value(right, answer)], operations.subtract);
      return { left: atPoint[k] as Quantity, right: contract(gap, changes[k] as readonly Value[], operations) };
    });
    if (solved.length === 0) return pairs;
    const definitions = new Map(answer.names.definitions);
    for (const { left, name, body } of solved) definitions.set(solvedKey(left, name), { parameters: [], body });
    const names = { ...answer.names, definitions };
    const solution: Evaluation = { ...answer, names, scope: createScope([]) };
    const replaced = new Map(solved.map(({ left, name }) => [name, solutionOf(left, name, solution)]));
    const zero = operations.integer(0);
    // Moved by what seeds say, as any value of a variable is.
    const atSolution = slopesAt({ ...source, replaced, scope: createScope([]) });
    return [...pairs, ...atSolution.map((left) => ({ left, right: zero }))];
  };
}

/** A solution may be given in terms of the others. */
const solvedKey = (left: MathNode, name: string): string => (view(left).kind === 'symbol' ? name : `vec(${name})`);

function solutionOf(left: MathNode, name: string, answer: Evaluation): Quantity {
  const own = answer.evaluator.lookUp(solvedKey(left, name), [], answer);
  const sizes = answer.point.sizes(name);
  if (sizes.length === 0) return own;
  // A solution of 0 is that of each entry.
  if (view(left).kind === 'symbol' || !isArray(own))
    return shapedAs(own, { sizes, entries: tuples(sizes).map(() => answer.operations.integer(0)) });
  // vec(X) holds the columns of X one below the other.
  const [rows = 1] = sizes;
  const { entries } = arrayOf(own);
  return { sizes, entries: tuples(sizes).map(([i = 1, j = 1]) => entries[(j - 1) * rows + i - 1] as Value) };
}
