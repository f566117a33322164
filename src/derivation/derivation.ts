/**
 * A derivation as plain data: what `derive` returns, what `--format json` prints, what every renderer reads.
 *
 * All expressions are text in the syntax of the README and read back to the same term. Everything survives
 * `JSON.parse(JSON.stringify(x))`.
 */

import type { Certificate } from '../certificate.ts';
import type { NameEntry, ReadingNotice } from '../meaning/names/table.ts';
import type { Layout, Method, Task } from '../options.ts';

export type { Certificate, Counterexample, Verdict } from '../certificate.ts';

export interface NamedExpression {
  readonly name: string;
  readonly expression: string;
}

/** One rewrite, shown or merged with its neighbours as the level of detail asks. */
export interface Step {
  /** The left side of the row, where it is another than what is wanted: `d(d(E, x), x)`, `f'(0)`, `2 * x + 2 * y * d(y, x)`. */
  readonly left?: string;
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
  /** What is asked for, if it is not a derivative by one variable or a gradient. */
  readonly task?: Exclude<Task, 'derivative'>;
  /** How it is derived, if not by the chain rule. */
  readonly method?: Method;
  /** Names that depend on others: `y(x)`. */
  readonly depends?: readonly string[];
  /** For an implicit derivative, the name that the equation makes a function of the variable. */
  readonly dependent?: string;
  /** For a Taylor polynomial. */
  readonly degree?: number;
  readonly point?: string;
  /** For a directional derivative, the components; normalised where `unit` is true. */
  readonly direction?: readonly string[];
  readonly unit?: boolean;
  /** For a vector-Jacobian product. */
  readonly weight?: string;
}

/** How the source was read: its table of names, and what a reader could have taken otherwise. */
export interface Reading {
  readonly names?: readonly NameEntry[];
  readonly notices?: readonly ReadingNotice[];
  /**
   * Whether the answer as its texts print it is that of the source as it was read: `endtoend/certify.ts` says what that means
   * for each kind. Where it fails, so does `certificate`; where it is unknown, `certificate` stands for the steps alone.
   */
  readonly answer?: Certificate;
}

export interface Derivation extends Reading {
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
  /** Names for what stands in a large result several times, in the order in which they are computed. */
  readonly sharing?: readonly NamedExpression[];
  /** Of a Taylor polynomial, what it leaves out: `O(x^4)`. */
  readonly remainder?: string;
  /** The result with all names put back. */
  readonly expanded: string;
  readonly resultShape: string;
  readonly uses: readonly string[];
  readonly unused: readonly string[];
  /** Derivatives that no rule covers and that still stand in the result. */
  readonly unresolved: readonly string[];
  /** Of a derivative by a vector or matrix: whether the axes of the variable come first. */
  readonly layout?: Layout;
  /** Of a scalar by a matrix whose entries depend on one another: the derivative by its free entries. */
  readonly structured?: {
    readonly name: string;
    readonly property: string;
    readonly expression: string;
    /** Tested along directions that keep the property. */
    readonly certificate: Certificate;
  };
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
export interface Gradient extends Reading {
  readonly schema: 'chainrule/gradient/1';
  readonly problem: ProblemStatement;
  readonly formula: string;
  /** The forward definitions, in the order in which they are computed. */
  readonly lets: readonly NamedExpression[];
  /** From the output to the inputs. */
  readonly adjoints: readonly Adjoint[];
  /** By variable. Those too long to be read are in the names of adjoints, `result` and `expanded` alike. */
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
  /** Derivatives that no rule covers and that still stand in an adjoint. */
  readonly unresolved: readonly string[];
  readonly updates?: readonly NamedExpression[];
  readonly certificate: Certificate;
}

/** All second partial derivatives of a scalar by several variables. By vectors it is a matrix of blocks. */
export interface Hessian extends Reading {
  readonly schema: 'chainrule/hessian/1';
  readonly detail: Detail;
  readonly problem: ProblemStatement;
  readonly formula: string;
  readonly lets: readonly NamedExpression[];
  /** The first and second partial derivatives, each pair once; the left sides tell which. */
  readonly steps: readonly Step[];
  /** Symmetric; rows and columns in the order of the variables. */
  readonly matrix: readonly (readonly string[])[];
  /** By vectors, the shapes of the blocks: that of w and b has a row for each entry of w and a column for each of b. */
  readonly blocks?: readonly (readonly string[])[];
  readonly sharing?: readonly NamedExpression[];
  readonly expanded: readonly (readonly string[])[];
  readonly unresolved: readonly string[];
  readonly certificate: Certificate;
}

/** Where the gradient is zero. */
export interface Stationary extends Reading {
  readonly schema: 'chainrule/stationary/1';
  readonly detail: Detail;
  readonly problem: ProblemStatement;
  readonly formula: string;
  /** Intermediates, and names for lengths of sums: `n = sum(1, i)`. */
  readonly lets: readonly NamedExpression[];
  readonly steps: readonly Step[];
  /** The gradient set to zero, one equation for each variable, as text: `left = right`. */
  readonly equations: readonly { readonly left: string; readonly right: string }[];
  /**
   * Where the equations are linear: matrix times variables = right sides. With vectors the entries are blocks; `unknowns`
   * stand in the place of the variables where they are other than these: vec(X) or X'.
   */
  readonly system: {
    readonly matrix: readonly (readonly string[])[];
    readonly right: readonly string[];
    readonly unknowns?: readonly string[];
  } | null;
  readonly determinant: string | null;
  /** Empty where it is not solved; `reason` then says why. */
  readonly solution: readonly NamedExpression[];
  readonly conditions: readonly string[];
  readonly reason:
    | 'not-linear'
    | 'singular'
    | 'vectors'
    | 'families'
    | 'too-many'
    | 'unresolved'
    | 'between'
    | 'blocks'
    | null;
  readonly unresolved: readonly string[];
  readonly certificate: Certificate;
}

/** Everything that the verbs `derive`, `gradient`, `hessian` and `stationary` return, and that the renderers print. */
export type Result = Derivation | Gradient | Hessian | Stationary;

/** How much is shown: the answer alone, the steps a lecture shows, or every rewrite. */
export type Detail = 'answer' | 'standard' | 'every';
