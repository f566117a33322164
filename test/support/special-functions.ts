/**
 * The functions of the table by definitions of their own: integrals summed numerically, inverses by bisection, formulas
 * from the papers. Nothing here knows a derivative, a series or another implementation.
 */

/** The trapezium rule over the real line: for integrands that decay doubly exponentially it converges as fast. */
function integrate(integrand: (s: number) => number, from = -60, to = 8, steps = 6800): number {
  const width = (to - from) / steps;
  let sum = (integrand(from) + integrand(to)) / 2;
  for (let at = 1; at < steps; at++) sum += integrand(from + at * width);
  return sum * width;
}

/** DLMF 3.5.6: Simpson's rule. */
function simpson(integrand: (s: number) => number, from: number, to: number, steps = 2000): number {
  const width = (to - from) / steps;
  let sum = integrand(from) + integrand(to);
  for (let at = 1; at < steps; at++) sum += (at % 2 === 1 ? 4 : 2) * integrand(from + at * width);
  return (sum * width) / 3;
}

/** DLMF 5.2.1 with t = exp(s). */
const gamma = (x: number): number => integrate((s) => Math.exp(x * s - Math.exp(s)));

/** The cumulants of log t under the density of 5.2.1: psi and its derivatives. */
function polygamma(order: number, x: number): number {
  const total = gamma(x);
  const moment = (power: number, centre: number): number =>
    integrate((s) => (s - centre) ** power * Math.exp(x * s - Math.exp(s))) / total;
  const mean = moment(1, 0);
  if (order === 0) return mean;
  const [second, third, fourth] = [moment(2, mean), moment(3, mean), moment(4, mean)];
  return [mean, second, third, fourth - 3 * second ** 2][order] ?? Number.NaN;
}

/** DLMF 10.9.2 and 10.9.7. */
const besselJ = (order: number) => (x: number) =>
  simpson((t) => Math.cos(x * Math.sin(t) - order * t), 0, Math.PI) / Math.PI;
const besselY = (order: number) => (x: number) =>
  (simpson((t) => Math.sin(x * Math.sin(t) - order * t), 0, Math.PI) -
    simpson((t) => (Math.exp(order * t) + (-1) ** order * Math.exp(-order * t)) * Math.exp(-x * Math.sinh(t)), 0, 9)) /
  Math.PI;
/** DLMF 10.32.3. */
const besselI = (order: number) => (x: number) =>
  simpson((t) => Math.exp(x * Math.cos(t)) * Math.cos(order * t), 0, Math.PI) / Math.PI;

const erf = (x: number): number => (2 / Math.sqrt(Math.PI)) * simpson((t) => Math.exp(-t * t), 0, x);

function lambertw(x: number): number {
  let [low, high] = [-1, 10];
  for (let round = 0; round < 200; round++) {
    const middle = (low + high) / 2;
    if (middle * Math.exp(middle) < x) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const softplus = (x: number): number => Math.log(1 + Math.exp(x));
const elu = (x: number, alpha = 1): number => (x > 0 ? x : alpha * (Math.exp(x) - 1));

export const definitions: Readonly<Record<string, (...args: number[]) => number>> = {
  exp: (x = 0) => Math.exp(x),
  expm1: (x = 0) => Math.exp(x) - 1,
  log: (x = 0) => Math.log(x),
  ln: (x = 0) => Math.log(x),
  log2: (x = 0) => Math.log(x) / Math.LN2,
  log10: (x = 0) => Math.log(x) / Math.LN10,
  log1p: (x = 0) => Math.log(1 + x),
  sqrt: (x = 0) => Math.sqrt(x),
  cbrt: (x = 0) => Math.sign(x) * Math.abs(x) ** (1 / 3),
  nthRoot: (x = 0, n = 2) => (n % 2 === 1 ? Math.sign(x) * Math.abs(x) ** (1 / n) : x ** (1 / n)),
  hypot: (...all) => Math.sqrt(all.reduce((sum, x) => sum + x * x, 0)),
  sin: (x = 0) => Math.sin(x),
  cos: (x = 0) => Math.cos(x),
  tan: (x = 0) => Math.sin(x) / Math.cos(x),
  sec: (x = 0) => 1 / Math.cos(x),
  csc: (x = 0) => 1 / Math.sin(x),
  cot: (x = 0) => Math.cos(x) / Math.sin(x),
  asin: (x = 0) => Math.asin(x),
  acos: (x = 0) => Math.acos(x),
  atan: (x = 0) => Math.atan(x),
  asec: (x = 0) => Math.acos(1 / x),
  acsc: (x = 0) => Math.asin(1 / x),
  acot: (x = 0) => Math.atan(1 / x),
  atan2: (y = 0, x = 0) => Math.atan2(y, x),
  sinh: (x = 0) => (Math.exp(x) - Math.exp(-x)) / 2,
  cosh: (x = 0) => (Math.exp(x) + Math.exp(-x)) / 2,
  tanh: (x = 0) => 1 - 2 / (Math.exp(2 * x) + 1),
  sech: (x = 0) => 2 / (Math.exp(x) + Math.exp(-x)),
  csch: (x = 0) => 2 / (Math.exp(x) - Math.exp(-x)),
  coth: (x = 0) => (Math.exp(2 * x) + 1) / (Math.exp(2 * x) - 1),
  asinh: (x = 0) => Math.log(x + Math.sqrt(x * x + 1)),
  acosh: (x = 0) => Math.log(x + Math.sqrt(x * x - 1)),
  atanh: (x = 0) => Math.log((1 + x) / (1 - x)) / 2,
  asech: (x = 0) => Math.log(1 / x + Math.sqrt(1 / (x * x) - 1)),
  acsch: (x = 0) => Math.log(1 / x + Math.sqrt(1 / (x * x) + 1)),
  acoth: (x = 0) => Math.log((x + 1) / (x - 1)) / 2,
  abs: (x = 0) => (x < 0 ? -x : x),
  sign: (x = 0) => (x > 0 ? 1 : x < 0 ? -1 : 0),
  heaviside: (x = 0) => (x > 0 ? 1 : 0),
  floor: (x = 0) => Math.floor(x),
  ceil: (x = 0) => -Math.floor(-x),
  mod: (a = 0, b = 1) => a - b * Math.floor(a / b),
  max: (...all) => all.reduce((best, x) => (x > best ? x : best)),
  min: (...all) => all.reduce((best, x) => (x < best ? x : best)),
  clamp: (x = 0, low = 0, high = 0) => (x < low ? low : x > high ? high : x),
  erf: (x = 0) => erf(x),
  erfc: (x = 0) => 1 - erf(x),
  gamma: (x = 0) => gamma(x),
  lgamma: (x = 0) => Math.log(gamma(x)),
  factorial: (x = 0) => gamma(x + 1),
  digamma: (x = 0) => polygamma(0, x),
  trigamma: (x = 0) => polygamma(1, x),
  polygamma: (order = 0, x = 0) => polygamma(order, x),
  /** DLMF 5.12.1 with t = 1/(1 + exp(-s)). */
  beta: (a = 0, b = 0) => integrate((s) => Math.exp(a * s - (a + b) * softplus(s)), -60, 60),
  lambertw: (x = 0) => lambertw(x),
  besselj0: besselJ(0) as (...args: number[]) => number,
  besselj1: besselJ(1) as (...args: number[]) => number,
  bessely0: besselY(0) as (...args: number[]) => number,
  bessely1: besselY(1) as (...args: number[]) => number,
  besseli0: besselI(0) as (...args: number[]) => number,
  besseli1: besselI(1) as (...args: number[]) => number,
  sigmoid: (x = 0) => sigmoid(x),
  softplus: (x = 0) => softplus(x),
  relu: (x = 0) => (x > 0 ? x : 0),
  leaky_relu: (x = 0, slope = 0.01) => (x > 0 ? x : slope * x),
  elu: (x = 0, alpha = 1) => elu(x, alpha),
  selu: (x = 0) => 1.0507009873554805 * elu(x, 1.6732632423543772),
  silu: (x = 0) => x * sigmoid(x),
  gelu: (x = 0) => (x * (1 + erf(x / Math.SQRT2))) / 2,
  gelu_tanh: (x = 0) => (x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))) / 2,
  mish: (x = 0) => x * Math.tanh(softplus(x)),
};
