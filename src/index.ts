/** The public names of the library. */

export { check, verify } from './check.ts';
export type { Derivation, Gradient, Hessian, Result, Stationary, Step } from './derivation/derivation.ts';
export { derive, gradient, hessian, safeDerive, stationary } from './derive.ts';
export type { Verdict } from './notes/verdict.ts';
export type { DeriveOptions } from './options.ts';
export { parse } from './parse.ts';
export { toLatex, toMarkdown, toTerminal } from './printed/library.ts';
export { describeProblem, MathError, type Problem } from './problem.ts';
export { toJson } from './render/json.ts';
export { toTypst } from './render/typst.ts';
