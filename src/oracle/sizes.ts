/**
 * How long the axes are. In each round every class of axes gets a small size, different for different classes and never
 * 1, so that a formula that is true only for n = 1, or only where two sizes agree, is found out.
 */

import { finish, mix } from '../numbers/hash.ts';
import { toDouble } from '../term/rational.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import type { Axes, ClassOf } from './axes.ts';

/** The sizes of one round. */
export interface Sizes {
  /** First and last value of an index of this class. */
  readonly range: (axisClass: number) => readonly [number, number];
  readonly integers: ReadonlyMap<string, number>;
}

type Span = readonly [number, number];

/** How far sizes are beyond those that are drawn: of these names, and of axes without a name. */
export interface Large {
  readonly names: ReadonlyMap<string, number>;
  readonly axes: number;
}

/**
 * Sizes for all classes and values for all integer names: different from one another as far as they go, never 1 but where
 * that is `given`.
 */
export function chooseSizes(
  axes: Axes,
  names: ReadonlySet<string>,
  seed: number,
  large?: Large,
  given?: ReadonlyMap<string, number>,
): Sizes {
  return sizesFrom(axes, names, (count) => shuffledSizes(count, seed), large, given);
}

/** The same with every size 2, or with 2, 3, 4 and so on: few enough to count with. */
export function smallSizes(axes: Axes, names: ReadonlySet<string>, areEqual: boolean): Sizes {
  return sizesFrom(axes, names, (count) => Array.from({ length: count }, (_, at) => (areEqual ? 2 : 2 + (at % 4))));
}

function sizesFrom(
  axes: Axes,
  names: ReadonlySet<string>,
  poolOf: (count: number) => readonly number[],
  large: Large = { names: new Map(), axes: 0 },
  given: ReadonlyMap<string, number> = new Map(),
): Sizes {
  const free = freeClasses(axes);
  const pool = poolOf(names.size + free.length);
  const size = (name: string, at: number): number => given.get(name) ?? (pool[at] ?? 2) + (large.names.get(name) ?? 0);
  const integers = new Map([...names].map((name, at) => [name, size(name, at)]));
  reachMembers(axes, integers, given);
  return settleSizes(
    axes,
    integers,
    new Map(free.map((axisClass, at) => [axisClass, (pool[names.size + at] ?? 2) + large.axes])),
  );
}

/** Farther members are reached by no sum that is evaluated. */
const farthestMember = 40;

/** Moves the end n of a range beyond the members that have a place of their own on its axis: beyond 9 for x[9]. */
function reachMembers(axes: Axes, integers: Map<string, number>, given: ReadonlyMap<string, number>): void {
  for (const [axisClass, member] of axes.least) {
    for (const { to } of axes.ranges.get(axisClass) ?? []) {
      const end = to.kind === 'symbol' && !given.has(to.name) ? integers.get(to.name) : undefined;
      if (end !== undefined && end < member && member <= farthestMember)
        integers.set((to as SymbolTerm).name, member + end - smallestSize);
    }
  }
}

const smallestSize = 2;

/** The classes of axes that no range gives a length. */
export function freeClasses(axes: Axes): readonly number[] {
  return axes.classes.filter((axisClass) => !axes.ranges.has(axisClass));
}

/** Sizes of all classes, where those of integer names and of classes without a range are given. */
export function settleSizes(
  axes: Axes,
  integers: ReadonlyMap<string, number>,
  lengths: ReadonlyMap<number, number>,
): Sizes {
  const known = new Map<number, Span>();
  for (const [axisClass, length] of lengths)
    known.set(axisClass, axes.listed.get(axisClass) ?? [1, Math.max(length, axes.least.get(axisClass) ?? 0)]);
  const open = new Set<number>();
  /** A class with ranges of its own may rest on the indices of others, and these on others again. */
  const range = (axisClass: number): Span => {
    const settled = known.get(axisClass);
    if (settled !== undefined) return settled;
    if (open.has(axisClass) || !axes.ranges.has(axisClass)) return [1, 3];
    open.add(axisClass);
    const span = commonRange(axes, axisClass, { integers, range });
    known.set(axisClass, span);
    return span;
  };
  widen(axes, known, { integers, range });
  return { integers, range };
}

/** So many sizes there are, from 2 on. */
export const sizeCount = 6;

/** Longest that an axis becomes for the sake of a shifted index. */
const widest = 24;

/** An axis on which x[i + j] stands is made so long that all its values lie within, unless i runs over it itself. */
function widen(axes: Axes, known: Map<number, Span>, sizes: Sizes): void {
  for (const { axisClass, map, classOf } of axes.shifts) {
    if (axes.ranges.has(axisClass) || indicesIn(map).some((index) => classOf(index) === axisClass)) continue;
    const [first, last] = sizes.range(axisClass);
    const end = spanOf(map, sizes, classOf)?.[1] ?? last;
    known.set(axisClass, [first, Math.max(last, Math.min(end, widest))]);
  }
}

function indicesIn(map: Term): readonly Term[] {
  return map.kind === 'index' ? [map] : map.parts.flatMap(indicesIn);
}

/**
 * What all ranges of a class have in common, so that a free index is one that every sum meets; where an end rests on
 * another index, as far as that goes.
 */
function commonRange(axes: Axes, axisClass: number, sizes: Sizes): Span {
  let first = Number.NEGATIVE_INFINITY;
  let last = Number.POSITIVE_INFINITY;
  for (const { from, to, classOf } of axes.ranges.get(axisClass) ?? []) {
    first = Math.max(first, spanOf(from, sizes, classOf)?.[0] ?? first);
    last = Math.min(last, spanOf(to, sizes, classOf)?.[1] ?? last);
  }
  const from = Number.isFinite(first) ? first : 1;
  return [from, Number.isFinite(last) ? Math.max(from, last) : from + 2];
}

/** The smallest and largest value of a linear map of integers and indices; undefined where it is something else. */
function spanOf(term: Term, sizes: Sizes, classOf: ClassOf): Span | undefined {
  switch (term.kind) {
    case 'number':
      return single(toDouble(term.value));
    case 'symbol':
      return single(sizes.integers.get(term.name));
    case 'index': {
      const axisClass = classOf(term);
      return axisClass === undefined ? undefined : sizes.range(axisClass);
    }
    case 'add':
      return combine(term.terms, [0, 0], sizes, classOf, (a, b) => a + b);
    case 'multiply': {
      const start = toDouble(term.coefficient);
      return combine(term.factors, [start, start], sizes, classOf, (a, b) => a * b);
    }
    case 'power': {
      const { base, exponent } = term;
      if (exponent.kind !== 'number' || !(exponent.integer >= 0)) return undefined;
      const start: Span = [1, 1];
      return combine(
        Array.from({ length: exponent.integer }, () => base),
        start,
        sizes,
        classOf,
        (a, b) => a * b,
      );
    }
    default:
      return undefined;
  }
}

const single = (value: number | undefined): Span | undefined => (value === undefined ? undefined : [value, value]);

function combine(
  parts: readonly Term[],
  start: Span,
  sizes: Sizes,
  classOf: ClassOf,
  join: (a: number, b: number) => number,
): Span | undefined {
  let total = start;
  for (const part of parts) {
    const span = spanOf(part, sizes, classOf);
    if (span === undefined) return undefined;
    const ends = total.flatMap((a) => span.map((b) => join(a, b)));
    total = [Math.min(...ends), Math.max(...ends)];
  }
  return total;
}

/**
 * The sizes from 2 upwards in random order, at least four to choose from; beyond six they repeat, so that nested sums
 * stay small.
 */
function shuffledSizes(count: number, seed: number): readonly number[] {
  const sizes = Array.from({ length: Math.max(count, 4) }, (_, at) => 2 + (at % sizeCount));
  for (let at = sizes.length - 1; at > 0; at--) {
    const other = finish(mix(seed, at)) % (at + 1);
    [sizes[at], sizes[other]] = [sizes[other] ?? 2, sizes[at] ?? 2];
  }
  return sizes;
}
