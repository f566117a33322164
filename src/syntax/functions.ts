/**
 * How the known functions are written: other names in text, words in LaTeX, and their looks. A function that is not
 * listed here is written by its name everywhere, in LaTeX as an operator.
 *
 * Special functions that are one letter are upright, as in ISO 80000-2: `\mathrm{J}_0`, `\operatorname{W}`. An upright
 * letter is the known function; what an italic one is, the evidence of the formula says.
 */

import { letters } from './letters.ts';

/** A logarithm to a base, as it is called: `log_3`, `log_b`. */
export const logarithmName = letters`^log_([\p{L}]\w*|\d+)$`;

interface FunctionNotation {
  /** Other names in text. */
  readonly also?: readonly string[];
  /** Words of LaTeX, as commands or as operators, that no text knows. */
  readonly words?: readonly string[];
  readonly unicode?: string;
  readonly latex?: string;
}

/** The looks of a function whose name is a command of LaTeX. */
function command(word: string, unicode = word): FunctionNotation {
  return { unicode, latex: `\\${word}` };
}

/** An inverse function: `arc` for circular ones, `ar` for hyperbolic ones; both prefixes are read. */
function inverse(word: string, prefix: 'arc' | 'ar', latex = `\\operatorname{${prefix}${word}}`): FunctionNotation {
  const also = prefix === 'ar' ? [`ar${word}`, `arc${word}`] : [`arc${word}`];
  return { also, unicode: `${prefix}${word}`, latex };
}

/** An operator whose capitals the papers write, and text does not need. */
function operator(word: string): FunctionNotation {
  return { also: [word], unicode: word, latex: `\\operatorname{${word}}` };
}

/** A letter with an index, upright. */
function indexed(letter: string, index: 0 | 1): FunctionNotation {
  return { unicode: `${letter}${index === 0 ? '₀' : '₁'}`, latex: `\\mathrm{${letter}}_${index}` };
}

const functionNotations: Readonly<Record<string, FunctionNotation>> = {
  sin: command('sin'),
  cos: command('cos'),
  tan: { ...command('tan'), also: ['tg'] },
  cot: { ...command('cot'), also: ['ctg', 'cotan'] },
  sec: command('sec'),
  csc: { ...command('csc'), also: ['cosec'] },
  asin: inverse('sin', 'arc', '\\arcsin'),
  acos: inverse('cos', 'arc', '\\arccos'),
  atan: { ...inverse('tan', 'arc', '\\arctan'), also: ['arctan', 'arctg'] },
  acot: { ...inverse('cot', 'arc'), also: ['arccot', 'arcctg'] },
  asec: inverse('sec', 'arc'),
  acsc: inverse('csc', 'arc'),
  sinh: { ...command('sinh'), words: ['sh'] },
  cosh: { ...command('cosh'), words: ['ch'] },
  tanh: { ...command('tanh'), words: ['th'] },
  coth: command('coth'),
  asinh: inverse('sinh', 'ar'),
  acosh: inverse('cosh', 'ar'),
  atanh: inverse('tanh', 'ar'),
  acoth: inverse('coth', 'ar'),
  asech: inverse('sech', 'ar'),
  acsch: inverse('csch', 'ar'),
  atan2: { also: ['arctan2'] },
  exp: command('exp'),
  log: command('log'),
  log2: { also: ['log_2'], words: ['lb'] },
  log10: { also: ['log_10', 'lg'] },
  max: command('max'),
  min: command('min'),
  sign: { also: ['sgn'], unicode: 'sgn', latex: '\\operatorname{sgn}' },
  gamma: { also: ['Gamma'], unicode: 'Γ', latex: '\\Gamma' },
  lgamma: { also: ['loggamma', 'gammaln'] },
  digamma: { unicode: 'ψ', latex: '\\mathrm{\\psi}' },
  trigamma: { unicode: 'ψ₁', latex: '\\mathrm{\\psi}_1' },
  beta: { words: ['Beta'], unicode: 'B', latex: '\\mathrm{B}' },
  lambertw: { also: ['LambertW', 'lambertW'], unicode: 'W', latex: '\\operatorname{W}' },
  heaviside: { also: ['Heaviside', 'step'] },
  besselj0: indexed('J', 0),
  besselj1: indexed('J', 1),
  bessely0: indexed('Y', 0),
  bessely1: indexed('Y', 1),
  besseli0: indexed('I', 0),
  besseli1: indexed('I', 1),
  sigmoid: { also: ['expit'], words: ['sigm', 'logistic'], unicode: 'σ', latex: '\\mathrm{\\sigma}' },
  relu: operator('ReLU'),
  leaky_relu: operator('LeakyReLU'),
  elu: operator('ELU'),
  selu: operator('SELU'),
  silu: { ...operator('SiLU'), also: ['SiLU', 'swish', 'Swish'] },
  gelu: operator('GELU'),
  gelu_tanh: { unicode: 'GELU_tanh', latex: '\\operatorname{GELU}_{\\tanh}' },
  mish: operator('Mish'),
  layernorm: { ...operator('LayerNorm'), also: ['layer_norm'], words: ['LayerNorm'] },
  logdet: { unicode: 'log det', latex: '\\log\\det' },
  det: command('det'),
  ln: command('ln'),
  trace: { words: ['tr', 'Tr'], unicode: 'tr', latex: '\\operatorname{tr}' },
};

/** How a function is written, by its name or another name for it. */
export function notationOf(name: string): FunctionNotation | undefined {
  const known = functionAliases.get(name) ?? name;
  return Object.hasOwn(functionNotations, known) ? functionNotations[known] : undefined;
}

/** Names in text to the names under which the functions are known. */
export const functionAliases: ReadonlyMap<string, string> = new Map(
  Object.entries(functionNotations).flatMap(([name, { also = [] }]) => also.map((other) => [other, name] as const)),
);

/**
 * Functions whose names are Greek letters, with the number of arguments that tells them from a letter that is applied:
 * `gamma(x)` and `beta(a, b)`, where no quantity has the name.
 */
export const letterFunctions: ReadonlyMap<string, number> = new Map([
  ['gamma', 1],
  ['Gamma', 1],
  ['beta', 2],
]);

/**
 * A function of the author that LaTeX writes with such a letter, `\gamma(t)`, has this suffix in text, and none where it
 * is printed: in text `gamma(t)` is the Gamma function.
 */
export const letterSuffix = '_fn';

/** The names of functions that LaTeX has as words and that no table of rules holds, each as in text. */
const others =
  'logit softmax logsumexp diag det inv norm abs sqrt erf erfc hypot atan2 expm1 log1p floor ceil softplus clamp sech csch cbrt lgamma digamma trigamma'.split(
    ' ',
  );

/** Words of LaTeX to the names under which the functions are known. */
export const functionWords: ReadonlyMap<string, string> = new Map([
  ...others.map((name) => [name, name] as const),
  ...Object.entries(functionNotations).flatMap(([name, { also = [], words = [] }]) =>
    [...(letterFunctions.has(name) ? [] : [name]), ...also, ...words].map((word) => [word, name] as const),
  ),
  ['ln', 'log'],
]);

/** Functions whose argument stands without brackets where it is simple: sin x, sin 3x. */
export const bareFunctions: ReadonlySet<string> = new Set(
  'sin cos tan cot sec csc sinh cosh tanh sech csch coth asin acos atan arcsin arccos arctan asinh acosh atanh arsinh arcosh artanh log ln det logdet'.split(
    ' ',
  ),
);

/** Of those, the ones whose powers are written sin² x. */
export const raisableFunctions: ReadonlySet<string> = new Set(
  'sin cos tan cot sec csc sinh cosh tanh sech csch coth'.split(' '),
);

/** Functions of text whose second argument stands below them in print: logₐ(x). */
export const indexedFunctions: ReadonlySet<string> = new Set(['log', 'softmax', 'logsumexp']);

/** The call that a prime on an expression is, until it is known by what it differentiates. No text can hold this name. */
export const expressionPrime = 'derivative of';

/** The call that `\int f \, dx` is: of what is integrated, the variable, and the bounds, if there are. No text can hold its name. */
export const integralSign = 'integral of';

/**
 * The call that `\lim_{x \to a} f` is: of f, the variable, the point, and from which side it is come to: 0 for both, 1 from above, 2 from
 * below. No text can hold its name.
 */
export const limitSign = 'limit of';

/**
 * The call that `[F]_a^b` is: of F, the bounds, and the name that takes them, if it is said. F stands in a parenthesis where it is
 * enclosed; else it is all that stands before the bar. No text can hold its name.
 */
export const evaluationSign = 'taken between';

/** The call without arguments that `\infty` is, where it is a bound. No text can hold its name. */
export const infinitySign = 'without end';

/** The calls that `\nabla f` and `(a, b)` are, of which the text around tells more. No text can hold their names. */
export const gradientSign = 'gradient of';
export const listSign = 'list of';
