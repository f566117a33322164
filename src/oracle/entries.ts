/**
 * Proofs for all lengths at once, by entries. Written as sums of products of entries, both sides of an identity are
 * polynomials whose terms are maps of indices; two such polynomials are equal for all lengths as soon as they are equal where
 * every axis is at least as long as the number of indices in any one product, since there every map has an injective
 * instance, whose monomial no other map makes. The entries are free, so that their values may be random residues.
 *
 * What is no such sum, as an inverse or a determinant, stands as an unknown of its own. Half the degree, after Amitsur and
 * Levitzki (1950), would be enough for polynomials in square matrices alone, and is false with transposes and traces.
 */

import { hashText, mix } from '../numbers/hash.ts';
import { type Axes, findAxes } from './axes.ts';
import type { Sample } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { createOrders, createScope, type Evaluation } from './evaluation.ts';
import { type Extent, type ExtentWalk, extentOf } from './extent.ts';
import type { Comparison } from './fingerprint.ts';
import { primes, sampleResidue } from './modular.ts';
import { freeClasses, type Sizes, settleSizes } from './sizes.ts';

/** Longer axes than this are not gone along. */
export const longest = 12;
/** More choices of sizes, or ways in which free indices can be equal, are not gone through. */
const mostSizes = 30;
const mostPatterns = 60;

/** Whether both sides are equal for all lengths; false means nothing. */
export function provesByEntries(comparison: Comparison): boolean {
  const { left, right, definitions, survey } = comparison;
  const opaque = new Set(survey.opaque);
  const walk: ExtentWalk = { definitions, integers: survey.integers, opaque, memo: new Map() };
  const [first, second] = [extentOf(left, walk), extentOf(right, walk)];
  const length = placesFor(comparison, first, second);
  if (length > longest) return false;
  const axes = findAxes([left, right], definitions, survey);
  if (axes.ambiguous) return false;
  const lengths = first.lengths + second.lengths;
  const choices = choicesOf(survey.integers, length, lengths);
  const patterns = choices === undefined ? undefined : patternsOf(comparison, axes);
  if (choices === undefined || patterns === undefined) return false;
  return choices.every((integers) => {
    const sizes = settleSizes(axes, integers, new Map(freeClasses(axes).map((one, at) => [one, length + (at % 2)])));
    if (!axes.classes.every((one) => isLongEnough(sizes.range(one), length, literalLength(axes, one)))) return false;
    return primes.every((prime) => agreesModulo(prime, { ...comparison, axes, sizes, opaque }, patterns));
  });
}

/** Whether an axis runs from 1 and is as long as it has to be; one of literal length has no other. */
function isLongEnough([from, to]: readonly [number, number], length: number, literal: number | undefined): boolean {
  return from === 1 && (literal !== undefined || to >= length);
}

/** Places on every axis that decide for all lengths. */
function placesFor({ left, right }: Comparison, first: Extent, second: Extent): number {
  const free = Math.max(left.rank, right.rank) + new Set([...left.free, ...right.free]).size;
  const outside = Math.max(first.summed + second.below, second.summed + first.below) + free;
  const below = Math.max(first.below, second.below);
  return Math.max(2, outside, first.inner + below, second.inner + below);
}

/** Lengths for all names of integers: one choice, or as many as the degree in those that stand as numbers asks for. */
function choicesOf(
  names: ReadonlySet<string>,
  length: number,
  degree: number,
): readonly ReadonlyMap<string, number>[] | undefined {
  let choices: ReadonlyMap<string, number>[] = [new Map()];
  let at = 0;
  for (const name of names) {
    const from = length + (at++ % 2);
    choices = choices.flatMap((known) =>
      Array.from({ length: degree + 1 }, (_, more) => new Map(known).set(name, from + more)),
    );
    if (choices.length > mostSizes) return undefined;
  }
  return choices;
}

/** The free indices and the components of the value, by name, with the class of their axis. */
function freeNames({ left, right, survey }: Comparison, axes: Axes): readonly (readonly [string, number])[] {
  const rank = Math.max(left.rank, right.rank);
  const components = Array.from({ length: rank }, (_, k) => [tailName(k), axes.outer[k] ?? -1] as const);
  return [...[...survey.freeIndices].map((name) => [name, axes.ofIndex(name)] as const), ...components];
}

const tailName = (k: number): string => `component ${k}`;

/** All ways in which free indices on one axis can be equal; on an axis of literal length, all values. */
function patternsOf(comparison: Comparison, axes: Axes): readonly ReadonlyMap<string, number>[] | undefined {
  let patterns: ReadonlyMap<string, number>[] = [new Map()];
  const names = freeNames(comparison, axes);
  names.forEach(([name, axisClass], at) => {
    const literal = literalLength(axes, axisClass);
    const before = names.slice(0, at).filter(([, other]) => other === axisClass);
    patterns = patterns.flatMap((pattern) => {
      const used = [...new Set(before.map(([other]) => pattern.get(other) ?? 1))];
      const fresh = used.length + 1;
      const values = literal === undefined ? [...used, fresh] : Array.from({ length: literal }, (_, k) => k + 1);
      return values.map((value) => new Map(pattern).set(name, value));
    });
    if (patterns.length > mostPatterns) patterns.length = mostPatterns + 1;
  });
  return patterns.length > mostPatterns ? undefined : patterns;
}

function literalLength(axes: Axes, axisClass: number): number | undefined {
  const ends = (axes.ranges.get(axisClass) ?? []).map(({ to }) => (to.kind === 'number' ? to.integer : Number.NaN));
  const known = ends.filter((end) => !Number.isNaN(end));
  return known.length === 0 ? undefined : Math.min(...known);
}

interface Settled extends Comparison {
  readonly axes: Axes;
  readonly sizes: Sizes;
  readonly opaque: Evaluation['opaque'];
}

function agreesModulo(prime: number, settled: Settled, patterns: readonly ReadonlyMap<string, number>[]): boolean {
  const { left, right, survey } = settled;
  const seed = mix(mix(settled.seed, 151), prime);
  const operations = settled.arithmetics.modular(prime, seed);
  const orders = createOrders(survey.deep);
  const rank = Math.max(left.rank, right.rank);
  return patterns.every((pattern) => {
    const at: Evaluation = {
      operations,
      sample: sampleAt(prime, seed, settled, pattern),
      definitions: settled.definitions,
      shared: survey.shared,
      opaque: settled.opaque,
      orders,
      opaqueSums: false,
      opaqueNames: false,
      budget: settled.budget,
      indices: new Map(),
      scope: createScope([]),
    };
    const tail = Array.from({ length: rank }, (_, k) => pattern.get(tailName(k)) ?? 1);
    const [first, second] = [evaluate(left, tail, at), evaluate(right, tail, at)];
    return 'value' in first && 'value' in second && first.value === second.value;
  });
}

function sampleAt(prime: number, seed: number, { axes, sizes }: Settled, pattern: ReadonlyMap<string, number>): Sample {
  return {
    leaf: (name, indices) => {
      const fixed = indices.length === 0 ? sizes.integers.get(name) : undefined;
      if (fixed !== undefined) return { level: 0, value: fixed, scale: 0 };
      let hash = mix(seed, hashText(name));
      for (const index of indices) hash = mix(hash, index);
      return sampleResidue(prime, hash);
    },
    integer: (name) => sizes.integers.get(name),
    freeIndex: (name) => pattern.get(name) ?? 1,
    axis: (term) => sizes.range(axes.of(term)),
    keyed: (key) => sampleResidue(prime, mix(mix(seed, 5), key)),
    along: () => undefined,
    traitsOf: () => undefined,
  };
}
