/** Rounds of a test: sizes and generic functions, under which several points are tried. */

import { hashText, mix } from '../numbers/hash.ts';
import type { Axes } from './axes.ts';
import type { NumericComparison, Round } from './points.ts';
import { chooseSizes, sizeCount } from './sizes.ts';

export function startRound(comparison: NumericComparison, axes: Axes, field: 'real' | 'complex', round: number): Round {
  return { ...comparison.arithmetics.drawn(field, round), sizes: sizesOfRound(comparison, axes, round) };
}

/** A round in which a name has a value of its own. */
export function startRoundWith(comparison: NumericComparison, axes: Axes, given: ReadonlyMap<string, number>): Round {
  return { ...comparison.arithmetics.drawn('real', 0), sizes: sizesOfRound(comparison, axes, 0, given) };
}

/** The same sizes, and numbers of many digits; there are no generic functions among them. */
export function startPreciseRound(comparison: NumericComparison, axes: Axes, round: number): Round {
  const sizes = sizesOfRound(comparison, axes, round);
  return { operations: comparison.arithmetics.precise(), functions: new Map(), sizes };
}

function sizesOfRound(
  { survey, integers, seed }: NumericComparison,
  axes: Axes,
  round: number,
  given?: ReadonlyMap<string, number>,
): Round['sizes'] {
  const names = new Set([...survey.integers, ...integers]);
  const farthest = Math.max(0, ...survey.compared);
  // What is compared with the index of a sum must be met by it.
  const isBeyond = farthest > smallest;
  // A formula in n itself may be made to hold for small n: in every other round n is large.
  // An inverse of such a size would take all the work that there is.
  const isLarge = round % 2 === 1 && (survey.counts.size > 0 || isBeyond) && survey.inverts.size === 0;
  const by = Math.max(sizeCount, farthest);
  const more = new Map([...(!isLarge ? [] : isBeyond ? names : survey.counts)].map((name) => [name, by]));
  if (round % 2 === 1) {
    for (const name of integers) if (!survey.integers.has(name)) more.set(name, farFor(name, round));
  }
  return chooseSizes(
    axes,
    names,
    mix(mix(seed, 53), round),
    { names: more, axes: isLarge && isBeyond ? by : 0 },
    given,
  );
}

/** All sizes of a round are larger only by chance. */
const smallest = 3;

/** How far out a whole number is taken that no sum and no axis goes up to. */
function farFor(name: string, round: number): number {
  return sizeCount + ((mix(hashText(name), round) >>> 0) % 40);
}
