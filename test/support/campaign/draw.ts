/** Repeatable choices: a stream of numbers that depends on a seed alone. */

export interface Draw {
  /** A whole number from 0 to `below`, which is left out. */
  readonly below: (below: number) => number;
  /** True once in `times`. */
  readonly once: (times: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
  /** `count` results of `make`. */
  readonly several: <T>(count: number, make: () => T) => T[];
}

/** The stream of the input with this number. Mulberry32 (Ettinger 2017), which passes the usual tests of randomness. */
export function createDraw(seed: number, at: number): Draw {
  let state = Math.imul(seed ^ 0x5bd1e995, 0x27d4eb2f) ^ Math.imul(at + 1, 0x9e3779b1);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const below = (bound: number): number => Math.floor(next() * bound);
  return {
    below,
    once: (times) => below(times) === 0,
    pick: (from) => from[below(from.length)] as (typeof from)[number],
    several: (count, make) => Array.from({ length: count }, make),
  };
}
