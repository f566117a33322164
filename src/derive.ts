/** The verbs `derive`, `gradient`, `hessian` and `stationary`. */

import type { Derivation, Gradient, Hessian, Stationary } from './derivation/derivation.ts';
import { type LibraryFunction, readOptions, refuseSource } from './library-options.ts';
import type { DeriveOptions } from './options.ts';
import { deriveWith, gradientWith, hessianWith, stationaryWith } from './pipeline.ts';
import { MathError, type Problem } from './problem.ts';
import { isNode, type MathNode } from './syntax/node.ts';
import { printText } from './syntax/print.ts';
import { scanSource } from './syntax/read.ts';

/**
 * Derives the derivative of `source` by one variable, every step named and certified.
 *
 * `source` is text, LaTeX or a mathjs node; definitions stand in lines before the target. The result is plain data; the
 * `to...` functions print it. A derivative by a vector has the shape of the vector (denominator layout). Throws
 * {@link MathError} for bad input.
 *
 * Beyond that, the options ask for higher and mixed derivatives (`order`, `mixed`), total ones (`depends`), implicit ones
 * (`implicit`; `source` then names what depends on the variable, or is empty), a Taylor polynomial (`taylor`, `at`), the
 * derivative along a direction (`direction`, `unit`; of vectors the Jacobian-vector product), the vector-Jacobian product
 * with a weight (`vjp`), or another method of the same derivative (`method`).
 *
 *     derive('x^2 * sin(3x)', { wrt: 'x' }).result // 'x * (2 * sin(3 * x) + 3 * x * cos(3 * x))'
 *     derive('', { implicit: 'x^2 + y^2 = 1', wrt: 'x' }).result // '-x / y'
 *     derive('exp(x)', { wrt: 'x', taylor: 2 }).result // '1 + x + x ^ 2 / 2'
 *     derive('A*x', { wrt: 'x', vjp: 'u', shapes: 'A: matrix(m, n), x: vector(n)' }).result // "A' * u"
 */
export function derive(source: string | MathNode, options: DeriveOptions): Derivation {
  return deriveWith(scanSource, ...given('derive', source, options));
}

/**
 * Derives the derivatives by several variables in one backward pass with shared adjoints: each adjoint once, from the
 * output to the inputs. Throws {@link MathError} for bad input.
 *
 *     gradient('E(a*x + b)', { wrt: ['a', 'b'] }).results.map((one) => one.result) // ["E'(u) * x", "E'(u)"]
 */
export function gradient(source: string | MathNode, options: DeriveOptions): Gradient {
  return gradientWith(scanSource, ...given('gradient', source, options));
}

/**
 * The second partial derivatives by each pair of variables, as a symmetric matrix; by whole vectors a matrix of blocks.
 * Throws {@link MathError} for bad input.
 *
 *     hessian('x^2*y', { wrt: 'x,y' }).matrix // [['2 * y', '2 * x'], ['2 * x', '0']]
 *     hessian("x'*A*x", { wrt: 'x', shapes: 'A: matrix(n, n), x: vector(n)' }).matrix // [["A + A'"]]
 */
export function hessian(source: string | MathNode, options: DeriveOptions): Hessian {
  return hessianWith(scanSource, ...given('hessian', source, options));
}

/**
 * Where the derivatives by all variables are zero: the equations, and their solution where they are linear in the
 * variables, as the normal equations of least squares are. Throws {@link MathError} for bad input.
 *
 *     stationary('(x - a)^2', { wrt: 'x' }).solution // [{ name: 'x', expression: 'a' }]
 *     stationary('norm(X*w - y)^2', { wrt: 'w', shapes: 'X: matrix(m, n)' }).conditions // ["det(X' * X) != 0"]
 */
export function stationary(source: string | MathNode, options: DeriveOptions): Stationary {
  return stationaryWith(scanSource, ...given('stationary', source, options));
}

/** {@link derive}, with the problem as a value instead of an exception. */
export function safeDerive(source: string | MathNode, options: DeriveOptions): Derivation | Problem {
  try {
    return derive(source, options);
  } catch (error) {
    if (error instanceof MathError) return error.problem;
    throw error;
  }
}

/** Source and options of a verb as they are worked with; anything else than these is refused. */
function given(verb: LibraryFunction, source: unknown, options: unknown): [source: string, options: DeriveOptions] {
  const text = typeof source === 'string' ? source : isNode(source) ? printText(source) : refuseSource(verb, source);
  return [text, { wrt: [], ...readOptions<Partial<DeriveOptions>>(verb, options) }];
}
