/** The functions that a scalar expression may hold: what a corpus row uses beyond them is nobody's promise. */

const trigonometric = ['sin', 'cos', 'tan', 'sec', 'csc', 'cot'];
const hyperbolic = ['sinh', 'cosh', 'tanh', 'sech', 'csch', 'coth'];

const promised: ReadonlySet<string> = new Set([
  ...[...trigonometric, ...hyperbolic].flatMap((name) => [name, `a${name}`]),
  ...['exp', 'expm1', 'log', 'ln', 'log2', 'log10', 'log1p', 'sqrt', 'cbrt', 'nthRoot', 'pow', 'hypot', 'atan2'],
  ...['abs', 'sign', 'min', 'max', 'heaviside', 'floor', 'ceil', 'mod', 'clamp', 'factorial'],
  ...['erf', 'erfc', 'gamma', 'lgamma', 'digamma', 'beta', 'lambertw'],
  ...['besselj0', 'besselj1', 'bessely0', 'bessely1', 'besseli0'],
  ...['sigmoid', 'softplus', 'silu', 'gelu', 'elu', 'selu', 'mish', 'relu', 'leakyrelu', 'logsumexp', 'softmax'],
  ...['sum', 'prod', 'd', 'D'],
]);

/** Names that `text` applies and that are not promised; an unknown function f(x) of a corpus is not asked about here. */
export function foreignFunctions(text: string): string[] {
  const applied = [...text.matchAll(/([A-Za-z_]\w*)\(/g)].map(([, name = '']) => name);
  return [...new Set(applied)].filter((name) => !promised.has(name));
}
