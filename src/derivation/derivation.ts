/**
 * A derivation as plain data: what `derive` returns, what `--format json` prints, what every renderer reads.
 *
 * All expressions are text in the syntax of the README and read back to the same term. Everything survives
 * `JSON.parse(JSON.stringify(x))`.
 */

import type { Certificate } from '../oracle/certificate.ts';

export type { Certificate, Counterexample, Verdict } from '../oracle/certificate.ts';

export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

/** One rewrite, shown or merged with its neighbours as the level of detail asks. */
export interface Step {
  /** The rule that names the step; `rules` lists all that it took, in order. */
  readonly rule: string;
  readonly rules: readonly string[];
  /** Where in the state before, counted through the parts of the term. */
  readonly path: readonly number[];
  /** The part that changes, and what it becomes. */
  readonly before: string;
  readonly after: string;
  /** The whole formula after the step. */
  readonly state: string;
  /** Side conditions, as expressions: `1 <= j <= n`, `x != 0`. */
  readonly conditions: readonly string[];
  /** What the wording needs: `{ through: 'w' }`, `{ index: 'i', value: 'j' }`. All values are expressions. */
  readonly facts: Readonly<Record<string, string>>;
  readonly certificate: Certificate;
}

export interface ProblemStatement {
  readonly source: string;
  /** The target with the intermediates in it (`E(w)`), and the name of its value where it has one (`E`). */
  readonly target: string;
  readonly output: string | null;
  readonly wrt: readonly string[];
  readonly order: number;
  readonly definitions: readonly NamedExpression[];
  readonly shapes: Readonly<Record<string, string>>;
}

export interface Derivation {
  readonly schema: 'chainrule/derivation/1';
  readonly detail: Detail;
  readonly problem: ProblemStatement;
  /** The target as the user wrote it, without intermediates. */
  readonly formula: string;
  /** Left-hand side of the derivation: `d(E, beta[j])`, or `d(x^2 * sin(3 x), x)` where the target has no name. */
  readonly wanted: string;
  /** Whether the target depends on one variable alone, so that d/dx is written for it and not a partial derivative. */
  readonly ordinary: boolean;
  /** Intermediates in the order in which they are computed. */
  readonly lets: readonly NamedExpression[];
  readonly steps: readonly Step[];
  readonly result: string;
  /** The result with the intermediates put back. */
  readonly expanded: string;
  readonly resultShape: string;
  readonly uses: readonly string[];
  readonly unused: readonly string[];
  /** Derivatives that no rule covers and that still stand in the result. */
  readonly unresolved: readonly string[];
  /** With `update`: `beta[j] - eta * ...`. */
  readonly update?: NamedExpression;
  /** Of the whole result against the derivative of the target. */
  readonly certificate: Certificate;
}

/** The adjoint of one quantity: the derivative of the output by it. */
export interface Adjoint {
  /** The quantity: `w`, `y[j]`, `beta[j]`. */
  readonly of: string;
  /** The adjoint's own name: `w_bar`, `y_bar[j]`, shown as w with a bar. */
  readonly name: string;
  /** In terms of adjoints that came before: `z_bar * f(y[j])`. */
  readonly expression: string;
  readonly wanted: boolean;
  readonly shape: string;
  readonly certificate: Certificate;
}

/** Derivatives by several parameters, by one backward pass. */
export interface Gradient {
  readonly schema: 'chainrule/gradient/1';
  readonly problem: ProblemStatement;
  readonly formula: string;
  /** The forward definitions, in the order in which they are computed. */
  readonly lets: readonly NamedExpression[];
  /** From the output to the inputs. */
  readonly adjoints: readonly Adjoint[];
  readonly results: readonly {
    readonly wrt: string;
    readonly result: string;
    readonly expanded: string;
    readonly resultShape: string;
  }[];
  /** Multiplications for all parameters: by this pass, and by a derivation for each parameter. Expressions in n, d. */
  readonly operations: { readonly shared: string; readonly separate: string };
  readonly uses: readonly string[];
  readonly unused: readonly string[];
  readonly updates?: readonly NamedExpression[];
  readonly certificate: Certificate;
}

/** How much is shown: the answer alone, the steps a lecture shows, or every rewrite. */
export type Detail = 'answer' | 'standard' | 'every';
