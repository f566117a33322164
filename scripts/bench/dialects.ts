/** The syntax of each system: names of functions, what it lacks by what that means, and what is more than functions. */

/** The functions that a system knows, by our name; its own name where that is another one. */
export interface Dialect {
  /** Whether a decimal would take the system out of exact arithmetic. */
  readonly exact: boolean;
  readonly functions: Readonly<Record<string, string>>;
  readonly e: string;
  readonly pi: string;
  /** How it writes what is more than arithmetic over known functions; without it such formulas are beyond it. */
  readonly structures?: Structures;
}

/** Unknown functions are written by their names where a system has these. */
export interface Structures {
  element(name: string, indices: readonly string[]): string;
  /** A sum over an index, without limits where the author gave none. */
  sum(body: string, index: string, limits: readonly string[]): string;
  cases(condition: string, then: string, otherwise: string): string;
}

const same = (...names: string[]): Record<string, string> => Object.fromEntries(names.map((name) => [name, name]));

const common = same('sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'exp', 'log', 'sqrt', 'abs');
const inverseHyperbolic = same('asinh', 'acosh', 'atanh');
const reciprocals = same('sec', 'csc', 'cot', 'sech', 'csch', 'coth');

export const dialects = {
  mathjs: {
    exact: false,
    functions: {
      ...common,
      ...inverseHyperbolic,
      ...reciprocals,
      ...same('asec', 'acsc', 'acot', 'asech', 'acsch', 'acoth', 'log2', 'log10', 'log1p', 'expm1', 'cbrt', 'nthRoot'),
      ...same('gamma', 'pow'),
      'log/2': 'log',
    },
    e: 'e',
    pi: 'pi',
  },
  nerdamer: {
    exact: true,
    functions: { ...common, ...inverseHyperbolic, ...reciprocals, ...same('erf') },
    e: 'e',
    pi: 'pi',
  },
  algebrite: {
    exact: true,
    functions: {
      ...same('sin', 'cos', 'tan', 'sinh', 'cosh', 'tanh', 'exp', 'log', 'sqrt', 'abs', 'erf', 'erfc'),
      asin: 'arcsin',
      acos: 'arccos',
      atan: 'arctan',
      asinh: 'arcsinh',
      acosh: 'arccosh',
      atanh: 'arctanh',
      sign: 'sgn',
    },
    e: 'exp(1)',
    pi: 'pi',
  },
  GiNaC: {
    exact: true,
    functions: {
      ...common,
      ...inverseHyperbolic,
      ...same('lgamma', 'beta'),
      atan2: 'atan2',
      gamma: 'tgamma',
      digamma: 'psi',
      sign: 'csgn',
    },
    e: 'exp(1)',
    pi: 'Pi',
  },
  SymPy: {
    exact: true,
    functions: {
      ...common,
      ...inverseHyperbolic,
      ...reciprocals,
      ...same('asec', 'acsc', 'acot', 'erf', 'erfc', 'gamma', 'beta', 'digamma', 'sign', 'atan2', 'floor'),
      'log/2': 'log',
      abs: 'Abs',
      ceil: 'ceiling',
      lgamma: 'loggamma',
      max: 'Max',
      min: 'Min',
      heaviside: 'Heaviside',
      lambertw: 'LambertW',
      delta: 'KroneckerDelta',
    },
    e: 'E',
    pi: 'pi',
    structures: {
      element: (name, indices) => `${name}[${indices.join(',')}]`,
      sum: (body, index, [from = '1', to = 'N_']) => `Sum(${body},(${index},${from},${to}))`,
      cases: (condition, then, otherwise) => `Piecewise((${then},${condition}),(${otherwise},True))`,
    },
  },
} satisfies Record<string, Dialect>;

/** What functions mean in terms of those that every system has; arguments are u and v. */
export const meanings: Readonly<Record<string, string>> = {
  ln: 'log(u)',
  sec: '1/cos(u)',
  csc: '1/sin(u)',
  cot: 'cos(u)/sin(u)',
  sech: '1/cosh(u)',
  csch: '1/sinh(u)',
  coth: 'cosh(u)/sinh(u)',
  asec: 'acos(1/u)',
  acsc: 'asin(1/u)',
  acot: 'atan(1/u)',
  asech: 'acosh(1/u)',
  acsch: 'asinh(1/u)',
  acoth: 'atanh(1/u)',
  sigmoid: '1/(1+exp(-u))',
  softplus: 'log(1+exp(u))',
  silu: 'u/(1+exp(-u))',
  swish: 'u/(1+exp(-u))',
  log2: 'log(u)/log(2)',
  log10: 'log(u)/log(10)',
  log1p: 'log(1+u)',
  expm1: 'exp(u)-1',
  'log/2': 'log(u)/log(v)',
  hypot: 'sqrt(u^2+v^2)',
  pow: 'u^v',
};
