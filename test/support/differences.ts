/** A second opinion on derivatives that shares nothing with dual numbers. */

/**
 * The derivative of `f` at `x` by central differences, extrapolated to width 0 (Richardson 1911; Ridders 1982), with an
 * estimate of its error. `width` must be small enough for `f` to be smooth within it.
 */
export function differenceDerivative(
  f: (x: number) => number,
  x: number,
  width = 0.1,
): { readonly value: number; readonly error: number } {
  const shrink = 1.4;
  let row: readonly number[] = [];
  let best = { value: Number.NaN, error: Number.POSITIVE_INFINITY };
  for (let step = 0, h = width; step < 12; step++, h /= shrink) {
    const next = [(f(x + h) - f(x - h)) / (2 * h)];
    row.forEach((coarse, at) => {
      const fine = next[at] ?? Number.NaN;
      const power = shrink ** (2 * (at + 1));
      const value = (fine * power - coarse) / (power - 1);
      const error = Math.max(Math.abs(value - fine), Math.abs(value - coarse));
      next.push(value);
      if (error < best.error) best = { value, error };
    });
    row = next;
  }
  return best;
}

/** Whether `derivative` agrees with the differences of `f` at `x`, as far as those can tell. */
export function differenceCheck(f: (x: number) => number, derivative: number, x: number, width?: number): boolean {
  const { value, error } = differenceDerivative(f, x, width);
  return Math.abs(value - derivative) <= 10 * error + 1e-9 * Math.max(1, Math.abs(derivative));
}
