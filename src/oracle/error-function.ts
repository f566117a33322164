/** The error function to full double precision. */

const twoOverRootPi = 2 / Math.sqrt(Math.PI);

/** 2/sqrt(pi) times the integral of exp(-t^2) from 0 to x. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  const value = size < 3 ? series(size) : 1 - tail(size);
  return x < 0 ? -value : value;
}

/** 1 - erf(x), without the cancellation. */
export function erfc(x: number): number {
  return x < 3 ? 1 - erf(x) : tail(x);
}

/** Abramowitz and Stegun 7.1.6: all terms are positive, so nothing cancels. */
function series(x: number): number {
  let term = x;
  let total = x;
  for (let n = 1; term > 1e-17 * total; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    total += term;
  }
  return twoOverRootPi * Math.exp(-x * x) * total;
}

/** The continued fraction of Abramowitz and Stegun 7.1.14, from the far end. */
function tail(x: number): number {
  if (x > 27) return 0;
  let fraction = x;
  for (let k = 60; k > 0; k--) fraction = x + k / 2 / fraction;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
}
