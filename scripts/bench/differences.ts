/** Derivatives by differences of values, which know nothing of any rule. */

/** A derivative by differences and how far it can be trusted, relative to the larger of its size and 1. */
export interface Difference {
  readonly value: number;
  readonly error: number;
}

/**
 * f'(x) by central differences, the step halved again and again and the values extrapolated to step 0 (Ridders, "Accurate
 * computation of F'(x) and F'(x) F''(x)", Advances in Engineering Software 4, 1982).
 */
export function difference(f: (x: number) => number, x: number): Difference {
  let best: Difference = { value: Number.NaN, error: Number.POSITIVE_INFINITY };
  let previous: number[] = [];
  let step = 0.08 * Math.max(0.1, Math.abs(x));
  for (let row = 0; row < 10; row++, step /= 1.6) {
    const current = [(f(x + step) - f(x - step)) / (2 * step)];
    let factor = 1.6 ** 2;
    for (let order = 1; order <= row; order++, factor *= 1.6 ** 2) {
      const [finer, coarser] = [current[order - 1] as number, previous[order - 1] as number];
      const value = (finer * factor - coarser) / (factor - 1);
      const change = Math.max(Math.abs(value - finer), Math.abs(value - coarser));
      const error = change / Math.max(1, Math.abs(value));
      if (error < best.error) best = { value, error };
      current.push(value);
    }
    previous = current;
  }
  return best;
}

/** Numbers from 0 to 1, the same in every run (mulberry32, a generator of Tommy Ettinger's). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
