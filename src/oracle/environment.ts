/** Sampling: the values that names and indices have at one point. */

import { complexScalar, type Scalar, scalar } from '../numbers/arithmetic.ts';
import { hashText, mix, uniform } from '../numbers/hash.ts';
import type { Trait } from '../term/dims.ts';
import type { BinderTerm, DotTerm, SymbolTerm } from '../term/term.ts';
import type { Axes } from './axes.ts';
import { sampleResidue } from './modular.ts';
import type { Sizes } from './sizes.ts';

/** Where evaluation finds what no term says. */
export interface Sample {
  /** The value of a name without definition: a function of the name and its indices, so never out of range. */
  leaf(name: string, indices: readonly number[]): Scalar;
  /** The value of a name that has to be an integer. */
  integer(name: string): number | undefined;
  freeIndex(name: string): number;
  /** First and last value of the index of a sum without range, or of the components of an inner product. */
  axis(term: BinderTerm | DotTerm): readonly [number, number];
  /** The value of an unknown known by its key alone. */
  keyed(key: number): Scalar;
  /** First and last index along the axis of a name; undefined where nothing tells of it. */
  along(symbol: SymbolTerm, axis: number): readonly [number, number] | undefined;
  /** Properties of the values of a name, whatever its shape. */
  traitsOf(name: string): ReadonlySet<Trait> | undefined;
}

/** What is known of the values of names. */
interface KnownValues {
  readonly positive: ReadonlySet<string>;
  readonly traits: ReadonlyMap<string, ReadonlySet<Trait>>;
}

/** How the values of a point are chosen. */
export interface Plan {
  /** Decides the values. */
  readonly seed: number;
  /** Decides from which region each name takes its value; below `regionCount` all take the same. */
  readonly regions: number;
  /** Decides which free indices are equal: see {@link placeIndex}. */
  readonly pattern: number;
  /** Decimals to which values are rounded, so that a reader can retrace them; undefined for none. */
  readonly digits?: number;
  /** Whether names without further properties take complex values. */
  readonly complex?: boolean;
  /** Moves every value by about this relative amount. */
  readonly shift?: number;
  /** Values that a reader can count with, dealt out to names and their members in turn, in place of random ones. */
  readonly dealt?: readonly number[];
  /** Values of names, whatever their indices; of a name that is positive only where they are. */
  readonly fixed?: ReadonlyMap<string, number>;
}

/** From and to, with both signs or as it stands: from the middle of most domains to the far end of some. */
const regions: readonly (readonly [from: number, to: number, bothSigns: boolean])[] = [
  [0.05, 2, true],
  [0.1, 1.5, false],
  [0.02, 0.9, true],
  [1.1, 8, false],
  [0.5, 8, true],
  [10, 400, true],
  [0.001, 0.02, true],
];

export const regionCount = regions.length;

/** The regions that do for analytic terms; the far ones are for kinks anywhere, and for domains that ask for them. */
export const nearRegionCount = regionCount - 2;

/** Real or complex values at one point. */
export function createSample(plan: Plan, axes: Axes, sizes: Sizes, { positive, traits }: KnownValues): Sample {
  const moved = (value: number, hash: number): number =>
    plan.shift === undefined ? value : value * (1 + plan.shift * (0.5 + uniform(mix(hash, 7))));
  const turns = new Map<string, number>();
  /** The dealt value of a member: the first name begins with the first value, the next one with the next. */
  const deal = (values: readonly number[], name: string, indices: readonly number[]): number => {
    const turn = turns.get(name) ?? turns.size;
    turns.set(name, turn);
    const at = indices.reduce((sum, index, k) => sum + (k + 1) * (index - 1), turn);
    const value = values[((at % values.length) + values.length) % values.length] ?? 1;
    return positive.has(name) ? Math.abs(value) : value;
  };
  /** The quantity that `hash` stands for; `own` is the part of the hash that its name decides. */
  const draw = (hash: number, own: number, isPositive: boolean): Scalar => {
    const choice = plan.regions < regionCount ? plan.regions : mixedRegion(plan.regions, own);
    const [from, to, bothSigns] = regions[choice] ?? [0, 1, true];
    const u = uniform(hash);
    const negative = bothSigns && u < 0.5 && !isPositive;
    const size = from + (bothSigns ? (2 * u) % 1 : u) * (to - from);
    const value = moved(round(negative ? -size : size, plan.digits), hash);
    return plan.complex === true && !isPositive ? turn(value, hash) : scalar(value, Math.abs(value));
  };
  return {
    leaf: (name, indices) => {
      const fixed = indices.length === 0 ? sizes.integers.get(name) : undefined;
      if (fixed !== undefined) return scalar(fixed, Math.abs(fixed));
      const own = hashText(name);
      let hash = mix(plan.seed, own);
      for (const index of indices) hash = mix(hash, index);
      if (plan.dealt !== undefined) {
        const value = moved(deal(plan.dealt, name, indices), hash);
        return scalar(value, Math.abs(value));
      }
      const aimed = plan.fixed?.get(name);
      if (aimed !== undefined && (aimed > 0 || !positive.has(name))) return shifted(aimed, plan.shift);
      return draw(hash, own, positive.has(name));
    },
    integer: (name) => sizes.integers.get(name),
    freeIndex: (name) => placeIndex(name, plan, sizes.range(axes.ofIndex(name))),
    axis: (term) => sizes.range(axes.of(term)),
    keyed: (key) => draw(mix(plan.seed, key), key, false),
    along: (symbol, axis) => {
      const axisClass = axes.ofName(symbol, axis);
      return axisClass === undefined ? undefined : sizes.range(axisClass);
    },
    traitsOf: (name) => traits.get(name),
  };
}

/** A value as it stands, or a little beside it: 0 has no relative amount, and moves by the amount itself. */
function shifted(value: number, shift: number | undefined): Scalar {
  const moved = shift === undefined ? value : value === 0 ? shift : value * (1 + shift);
  return scalar(moved, Math.abs(moved));
}

/** A complex number of the size of `value`, on neither axis. */
function turn(value: number, hash: number): Scalar {
  const angle = 0.15 + uniform(mix(hash, 19)) * (Math.PI / 2 - 0.3);
  const imaginary = (uniform(mix(hash, 23)) < 0.5 ? -1 : 1) * Math.abs(value) * Math.sin(angle);
  return complexScalar(value * Math.cos(angle), imaginary, Math.abs(value));
}

/**
 * The value of a free index within its range. Left to chance, indices would seldom be equal, or first or last, where
 * deltas and ends of ranges decide: so by turns all are independent, all equal, some equal, and all at one end or the
 * other.
 */
function placeIndex(name: string, plan: Plan, [first, last]: readonly [number, number]): number {
  const own = mix(plan.seed, hashText(`index ${name}`));
  const common = mix(plan.seed, hashText('all indices'));
  const at = (hash: number): number => first + Math.floor(uniform(hash) * (last - first + 1));
  const heads = uniform(mix(own, 13)) < 0.5;
  switch (plan.pattern % 4) {
    case 0:
      return at(own);
    case 1:
      return at(common);
    case 2:
      return at(heads ? own : common);
    default:
      return heads ? first : last;
  }
}

function mixedRegion(seed: number, own: number): number {
  const count = seed % 3 === 0 ? regionCount : nearRegionCount;
  return Math.floor(uniform(mix(mix(seed, 11), own)) * count);
}

function round(value: number, digits: number | undefined): number {
  if (digits === undefined) return value;
  const unit = 10 ** digits;
  const rounded = Math.round(value * unit) / unit;
  return rounded === 0 ? Math.sign(value) / unit : rounded;
}

/** Residues at one point; `freeIndices` says which indices are equal to which. */
export function createModularSample(
  prime: number,
  seed: number,
  freeIndices: ReadonlyMap<string, number>,
  integers: ReadonlySet<string>,
): Sample {
  const integer = (name: string): number | undefined =>
    integers.has(name) ? 2_000_000 + Math.floor(uniform(mix(mix(seed, 3), hashText(name))) * 1_000_000) : undefined;
  return {
    leaf: (name, indices) => {
      const fixed = indices.length === 0 ? integer(name) : undefined;
      if (fixed !== undefined) return scalar(fixed, 0);
      let hash = mix(seed, hashText(name));
      for (const index of indices) hash = mix(hash, index);
      return sampleResidue(prime, hash);
    },
    integer,
    freeIndex: (name) => freeIndices.get(name) ?? 1,
    axis: () => [1, 0],
    keyed: (key) => sampleResidue(prime, mix(mix(seed, 5), key)),
    along: () => undefined,
    traitsOf: () => undefined,
  };
}
