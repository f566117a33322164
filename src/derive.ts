/** The verb `derive`. */

import type { Derivation, Gradient } from './derivation/derivation.ts';
import type { DeriveOptions } from './options.ts';
import { deriveWith, gradientWith } from './pipeline.ts';
import { MathError, type Problem } from './problem.ts';
import type { MathNode } from './syntax/node.ts';
import { printText } from './syntax/print.ts';
import { readSource } from './syntax/read.ts';

/**
 * Derives the derivative of `source` by one variable, every step named and certified.
 *
 * `source` is text, LaTeX or a mathjs node; definitions stand in lines before the target. The result is plain data; the
 * `to...` functions print it. A derivative by a vector has the shape of the vector (denominator layout). Throws
 * {@link MathError} for bad input.
 *
 *     derive('x^2 * sin(3x)', { wrt: 'x' }).result // 'x * (2 * sin(3 * x) + 3 * x * cos(3 * x))'
 */
export function derive(source: string | MathNode, options: DeriveOptions): Derivation {
  return deriveWith(readSource, sourceText(source), options);
}

/**
 * Derives the derivatives by several variables in one backward pass with shared adjoints: each adjoint once, from the
 * output to the inputs. Throws {@link MathError} for bad input.
 *
 *     gradient('E(a*x + b)', { wrt: ['a', 'b'] }).results.map((one) => one.result) // ["E'(u) * x", "E'(u)"]
 */
export function gradient(source: string | MathNode, options: DeriveOptions): Gradient {
  return gradientWith(readSource, sourceText(source), options);
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

function sourceText(source: string | MathNode): string {
  return typeof source === 'string' ? source : printText(source);
}
