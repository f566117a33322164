/** What a rule is: plain data that trace, value driver, wording and tests all read. */

import type { Definitions } from '../term/substitute.ts';
import type { BinderTerm, Term, Variable } from '../term/term.ts';

/** What the wording of a step needs; rendered as formulas. */
export type Facts = Readonly<Record<string, Term | string>>;

export interface Rewrite {
  readonly after: Term;
  /** Conditions under which the step is right, as terms or as `from <= index <= to`. */
  readonly conditions?: readonly Condition[];
  readonly facts?: Facts;
}

/** A relation, or that an index lies within the range of a sum; `axis` tells what a sum without a range runs over. */
export type Condition =
  | { readonly kind: 'relation'; readonly relation: Term }
  | { readonly kind: 'range'; readonly index: Term; readonly binder: BinderTerm; readonly axis: Axis };

/** The open end of a range: how many members a family has, or how many components a vector. */
export type Axis = 'members' | 'components';

/** A range of which an end may be unknown, as that of two sums to n and to m is. */
export interface Extent {
  readonly from: Term | undefined;
  readonly to: Term | undefined;
}

export interface RuleContext {
  readonly definitions: Definitions;
  /** Whether the value of a term changes with the variable, through definitions. */
  readonly depends: (term: Term, by: Variable) => boolean;
  /** Index names that a binder must not be opened with: those of the variables, and all that nothing binds. */
  readonly taken: ReadonlySet<string>;
  /**
   * The derivative that a rule leaves behind, of a part by the variable: the trace puts an inert one there, which the next
   * step carries out; the value driver carries it out at once; the reverse mode asks for one part's share.
   */
  readonly inner: (of: Term, by: Variable) => Term;
  /** Indices that stand behind another one in a variable: the components of W[a, b] have the index b. */
  readonly components: ReadonlySet<string>;
  /** How far the family of the variable is used, by the variable's index; none where a sum runs over all of it. */
  readonly extents: ReadonlyMap<string, Extent>;
}

/** A rule for the derivative of `of` by `by`. Ids are public and never change meaning. */
export interface DerivativeRule {
  readonly id: string;
  /** The rule as a formula in text syntax. */
  readonly states: string;
  /** The kinds of term that it can differentiate; any, if not given. */
  readonly kinds?: readonly Term['kind'][];
  readonly rewrite: (of: Term, by: Variable, context: RuleContext) => Rewrite | undefined;
  /** Facts and conditions of a rewrite that it does not carry itself: only the trace asks for them. */
  readonly facts?: (of: Term, by: Variable, context: RuleContext) => Facts;
  readonly conditions?: (of: Term, by: Variable, context: RuleContext) => readonly Condition[];
}

/** A rule for a sum whose body holds no derivative any more. */
export interface SumRule {
  readonly id: string;
  readonly states: string;
  readonly rewrite: (sum: Term, context: RuleContext) => Rewrite | undefined;
}
