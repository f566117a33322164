/**
 * Values of special functions, from libraries. Each module is loaded when the first value is asked for and not before:
 * together they take ten milliseconds to start, which most terms need not spend. The build puts them into the bundles.
 */

type Real = (...args: readonly number[]) => number;

/** A function whose module is loaded at its first call. */
function lazily(load: () => unknown): Real {
  let loaded: Real | undefined;
  return (...args) => {
    loaded ??= load() as Real;
    return loaded(...args);
  };
}

// The names are written out in each `require`, since the build looks for them there.
export const gamma = lazily(() => require('@stdlib/math-base-special-gamma'));
export const lgamma = lazily(() => require('@stdlib/math-base-special-gammaln'));
export const digamma = lazily(() => require('@stdlib/math-base-special-digamma'));
export const trigamma = lazily(() => require('@stdlib/math-base-special-trigamma'));
export const polygamma = lazily(() => require('@stdlib/math-base-special-polygamma'));
export const beta = lazily(() => require('@stdlib/math-base-special-beta'));
export const besselj0 = lazily(() => require('@stdlib/math-base-special-besselj0'));
export const besselj1 = lazily(() => require('@stdlib/math-base-special-besselj1'));
export const bessely0 = lazily(() => require('@stdlib/math-base-special-bessely0'));
export const bessely1 = lazily(() => require('@stdlib/math-base-special-bessely1'));
export const erf = lazily(() => require('@stdlib/math-base-special-erf'));
export const erfc = lazily(() => require('@stdlib/math-base-special-erfc'));
export const lambertw = lazily(() => (require('lambert-w-function') as { lambertW0: Real }).lambertW0);
