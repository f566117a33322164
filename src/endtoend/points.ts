/** The values of names at one point. */

import { type Operations, type Scalar, scalar, stop } from '../numbers/arithmetic.ts';
import { createOperations } from '../numbers/dual.ts';
import { describeFunction, drawFunction, type SmoothFunction } from '../numbers/generic.ts';
import { finish, hashText, mix, uniform } from '../numbers/hash.ts';
import { createReal } from '../numbers/real.ts';
import { type Free, structuredEntry, structures } from '../numbers/structured.ts';
import type { MathNode } from '../syntax/node.ts';
import { type Axes, axisKey, chooseLengths, indexKey, type Lengths } from './axes.ts';
import type { Roles } from './roles.ts';

export interface Point {
  readonly operations: Operations;
  readonly lengths: Lengths;
  /** The value of a name with all its indices: a function of both, so never out of range. */
  readonly leaf: (name: string, indices: readonly number[]) => Scalar;
  readonly freeIndex: (letter: string) => number;
  /** Whether free indices are such that every sum along their axis reaches them. */
  readonly isReached: boolean;
  readonly sizes: (name: string) => readonly number[];
  /** How far the index of a sum without a range runs. */
  readonly binderLength: (node: MathNode) => number;
  /** What has been looked up, for a counterexample. */
  readonly shown: () => Readonly<Record<string, number | string>>;
}

/** From and to, with both signs or as it stands. */
const regions: readonly (readonly [from: number, to: number, bothSigns: boolean])[] = [
  [0.05, 2, true],
  [0.1, 1.5, false],
  [0.02, 0.9, true],
  [1.1, 8, false],
  [0.5, 4, true],
  [10, 400, true],
];

/** How the values of a point are chosen. */
export interface Plan {
  readonly seed: number;
  /** Decides lengths and generic functions. */
  readonly round: number;
  /** Decides from which region names take their values; beyond the last region each name from one of its own. */
  readonly region: number;
  /** Moves every value by about this relative amount. */
  readonly shift?: number;
}

export const regionCount = regions.length;

/** What lasts from point to point: functions and lengths. */
export interface Round {
  readonly operations: Operations;
  readonly functions: ReadonlyMap<string, SmoothFunction>;
  readonly lengths: Lengths;
  readonly allowed: (letter: string) => readonly number[];
}

/** Draws functions and lengths. `ends` gives the value of an end of a range under these lengths. */
export function startRound(
  axes: Axes,
  seed: number,
  round: number,
  alike: boolean,
  ends: (node: MathNode, lengths: Lengths) => number,
): Round {
  const functions = new Map<string, SmoothFunction>();
  const functionSeed = mix(mix(seed, 41), round);
  const draw = (name: string, arity: number): SmoothFunction => {
    const key = `${name} ${arity}`;
    const known = functions.get(key) ?? drawFunction(functionSeed, name, arity);
    functions.set(key, known);
    return known;
  };
  const lengths = chooseLengths(axes, seed, round, alike);
  const allowed = new Map<string, readonly number[]>();
  return {
    operations: createOperations(createReal(draw)),
    functions,
    lengths,
    allowed: (letter) => {
      const known = allowed.get(letter) ?? allowedValues(letter, axes, lengths, ends);
      allowed.set(letter, known);
      return known;
    },
  };
}

/** The values of a free index at which every sum along its axis reaches it. */
function allowedValues(
  letter: string,
  axes: Axes,
  lengths: Lengths,
  ends: (node: MathNode, lengths: Lengths) => number,
): readonly number[] {
  const own = axes.root(indexKey(letter));
  let [first, last] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const { axis, index, shift } of axes.places) {
    if (axes.root(axis) !== own || !index.startsWith('bound')) continue;
    const range = axes.ranges.get(index);
    const [from, to] = range === undefined ? [1, lengths.axis(index)] : range.map((end) => ends(end, lengths));
    first = Math.max(first, (from ?? 1) + shift);
    last = Math.min(last, (to ?? 1) + shift);
  }
  if (!Number.isFinite(first)) first = 1;
  if (!Number.isFinite(last)) last = Math.max(first, lengths.axis(own));
  if (last < first && !axes.isComputed) return stop('unsupported-notation: no index is within all ranges');
  // Which of these every sum reaches is found when it is evaluated.
  if (last < first) [first, last] = [1, Math.max(1, lengths.axis(own))];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

export function createPoint(roles: Roles, axes: Axes, round: Round, plan: Plan): Point {
  const { lengths } = round;
  const sizesOf = new Map<string, readonly number[]>();
  const sizes = (name: string): readonly number[] => {
    const known =
      sizesOf.get(name) ??
      Array.from({ length: roles.axes.get(name) ?? 0 }, (_, at) => lengths.axis(axisKey(name, at)));
    sizesOf.set(name, known);
    return known;
  };
  const free = (name: string, indices: readonly number[]): number => {
    const own = hashText(name);
    let hash = mix(plan.seed, own);
    for (const index of indices) hash = mix(hash, index);
    const choice = plan.region < regionCount ? plan.region : finish(mix(mix(plan.seed, 11), own)) % regionCount;
    const [from, to, bothSigns] = regions[choice] as (typeof regions)[number];
    const u = uniform(hash);
    const isNegative = bothSigns && u < 0.5 && !roles.positive.has(name);
    const size = from + (bothSigns ? (2 * u) % 1 : u) * (to - from);
    const moved = plan.shift === undefined ? 1 : 1 + plan.shift * (0.5 + uniform(mix(hash, 7)));
    return (isNegative ? -size : size) * moved;
  };
  const structured = (name: string, indices: readonly number[]): number | undefined => {
    const traits = roles.traits.get(name);
    const structure = traits === undefined ? undefined : structures.find((one) => traits.has(one));
    if (structure === undefined || indices.length !== sizes(name).length) return undefined;
    const families = roles.families.get(name) ?? 0;
    const member = indices.slice(0, families);
    const entry: Free = (...place) => {
      const value = free(name, [...member, ...place]);
      return value / (1 + Math.abs(value));
    };
    return structuredEntry(structure, indices.slice(families), entry, sizes(name)[families] ?? 1);
  };
  const leaves = new Map<string, Scalar>();
  const leaf = (name: string, indices: readonly number[]): Scalar => {
    const key = indices.length === 0 ? name : `${name} ${indices.join()}`;
    const known = leaves.get(key);
    if (known !== undefined) return known;
    const fixed = indices.length === 0 ? lengths.integer(name) : undefined;
    const value = fixed ?? structured(name, indices) ?? free(name, indices);
    const made = value === 0 ? scalar(0, 0) : scalar(value, Math.abs(value));
    leaves.set(key, made);
    return made;
  };
  const letters = new Map<string, number>();
  const shown = (): Readonly<Record<string, number | string>> => {
    const values = [...leaves].map(([key, { value }]) => [namedMember(key), value] as const);
    const texts = [...round.functions].map(([key, smooth]) => describeFunction(smooth, key.split(' ')[0] ?? key));
    return Object.fromEntries([...letters, ...values, ...texts]);
  };
  return {
    operations: round.operations,
    lengths,
    leaf,
    sizes,
    shown,
    isReached: !axes.isComputed,
    freeIndex: (letter) => {
      const index = letters.get(letter) ?? placeIndex(letter, plan, round.allowed(letter));
      letters.set(letter, index);
      return index;
    },
    binderLength: (node) =>
      lengths.axis(axes.binder(node) ?? stop('not-enough-context: the length of a sum can not be told')),
  };
}

/** `x 1,2` as x[1][2]. */
function namedMember(key: string): string {
  const [name = key, indices] = key.split(' ');
  return indices === undefined ? name : `${name}[${indices.split(',').join('][')}]`;
}

/** By turns all independent, all equal, and all at one end or the other: where deltas and ends of ranges decide. */
function placeIndex(letter: string, { seed }: Plan, allowed: readonly number[]): number {
  const own = mix(seed, hashText(`index ${letter}`));
  const common = mix(seed, hashText('all indices'));
  const at = (hash: number): number => allowed[Math.floor(uniform(hash) * allowed.length)] ?? 1;
  switch (finish(mix(seed, 17)) % 4) {
    case 0:
    case 1:
      return at(own);
    case 2:
      return at(common);
    default:
      return (uniform(mix(own, 13)) < 0.5 ? allowed[0] : allowed.at(-1)) ?? 1;
  }
}
