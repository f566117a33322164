/** What a rule that carries a weight from an operation to its arguments is. */

import type { TensorTerm, Term } from '../../term/term.ts';
import type { Facts } from '../rule.ts';

export interface Pullback {
  readonly rule: string;
  /** The rule as a formula, W the weight. */
  readonly states: string;
  /** The weights of the arguments; undefined where they have no matrix form. */
  readonly weights: (weight: Term, term: TensorTerm) => readonly Term[] | undefined;
  /** What the wording needs beside the operation itself. */
  readonly facts?: (term: TensorTerm) => Facts;
}

/** The differential of an operation, `change` being that of an argument; with the axes of the argument, or zero. */
export type Tangent = (term: TensorTerm, change: (at: number) => Term) => Term;
