/**
 * The trace driver: rewrites one inert derivative at a time and records each step. The last state is the answer; there
 * is no second engine that could disagree with the first.
 */

import { fail } from '../problem.ts';
import { differentiateOnce } from '../rules/derivative-rules.ts';
import type { Condition, Facts, Rewrite, RuleContext } from '../rules/rule.ts';
import { collapseOnce } from '../rules/sum-rules.ts';
import { open } from '../term/construct.ts';
import { children } from '../term/inspect.ts';
import { replaceTerm } from '../term/substitute.ts';
import { type DerivativeTerm, storeSize, type Term } from '../term/term.ts';

/** One rewrite, as terms. */
export interface TraceStep {
  readonly rule: string;
  readonly path: readonly number[];
  readonly before: Term;
  readonly after: Term;
  readonly state: Term;
  readonly conditions: readonly Condition[];
  readonly facts: Facts;
}

export interface Trace {
  readonly start: Term;
  readonly steps: readonly TraceStep[];
  readonly result: Term;
  /** Derivatives that no rule covers. */
  readonly unresolved: readonly DerivativeTerm[];
  /** Whether the budget of steps ran out; the result then still holds derivatives. */
  readonly exhausted: boolean;
}

/** Most steps that one derivation may take. */
export const mostSteps = 2000;

/** Most new terms that one derivation may make. */
const mostTerms = 100_000;

function refuseSize(): never {
  return fail({
    code: 'too-large',
    message: `this derivation makes more than ${mostTerms} terms`,
    hint: 'name intermediates: y = ..., then use y',
  });
}

/** Carries out every derivative in `start`, then collapses the deltas. */
export function trace(start: Term, context: RuleContext, budget = mostSteps): Trace {
  const steps: TraceStep[] = [];
  const unresolved = new Set<Term>();
  let state = start;
  const record = (before: Term, rule: string, { after, conditions = [], facts = {} }: Rewrite) => {
    const path = findPath(state, before, context.taken) ?? [];
    state = replaceTerm(state, before, after, context.taken);
    steps.push({ rule, path, before, after, state, conditions, facts });
  };
  const before = storeSize();
  while (steps.length < budget) {
    if (storeSize() - before > mostTerms) refuseSize();
    const redex = findDerivative(state, unresolved, context.taken);
    if (redex !== undefined) {
      const found = differentiateOnce(redex.of, redex.by, context);
      if (found === undefined) unresolved.add(redex);
      else record(redex, found.rule.id, found.rewrite);
      continue;
    }
    const collapse = findCollapse(state, context);
    if (collapse === undefined) break;
    record(collapse.sum, collapse.rewrite.rule, collapse.rewrite);
  }
  return {
    start,
    steps,
    result: state,
    unresolved: [...unresolved] as DerivativeTerm[],
    exhausted: steps.length >= budget,
  };
}

/** The innermost derivative that was built first and is not given up; that is the order in which a person works. */
function findDerivative(state: Term, given: ReadonlySet<Term>, taken: ReadonlySet<string>): DerivativeTerm | undefined {
  let first: DerivativeTerm | undefined;
  const seen = new Set<Term>([state]);
  for (const term of seen) {
    if (!term.inert) continue;
    const isRedex = term.kind === 'derivative' && !term.of.inert && !given.has(term);
    if (isRedex && (first === undefined || term.id < first.id)) first = term;
    for (const part of partsOpened(term, taken)) if (part.inert) seen.add(part);
  }
  return first;
}

/** Whether an inert derivative stands anywhere in `term`. */
export function holdsDerivative(term: Term): boolean {
  return term.inert;
}

/** The innermost sum without derivatives that a sum rule rewrites. */
function findCollapse(state: Term, context: RuleContext) {
  const seen = new Set<Term>();
  const visit = (term: Term): { sum: Term; rewrite: NonNullable<ReturnType<typeof collapseOnce>> } | undefined => {
    if (seen.has(term) || term.height === 0) return undefined;
    seen.add(term);
    for (const part of partsOpened(term, context.taken)) {
      const found = visit(part);
      if (found !== undefined) return found;
    }
    if (term.kind !== 'sum' || holdsDerivative(term)) return undefined;
    const rewrite = collapseOnce(term, context);
    return rewrite === undefined ? undefined : { sum: term, rewrite };
  };
  return visit(state);
}

/** The direct parts of a term, a binder's body with its index named. */
export function partsOpened(term: Term, taken: ReadonlySet<string>): readonly Term[] {
  if (term.kind !== 'sum' && term.kind !== 'product') return children(term);
  return [open(term, taken).body, ...children(term).slice(1)];
}

/** Where `wanted` stands first in `root`. */
function findPath(root: Term, wanted: Term, taken: ReadonlySet<string>): number[] | undefined {
  const missed = new Set<Term>();
  const visit = (term: Term): number[] | undefined => {
    if (term === wanted) return [];
    if (missed.has(term) || (wanted.inert && !term.inert) || term.height < wanted.height) return undefined;
    const parts = partsOpened(term, taken);
    for (let at = 0; at < parts.length; at++) {
      const rest = visit(parts[at] as Term);
      if (rest !== undefined) return [at, ...rest];
    }
    missed.add(term);
    return undefined;
  };
  return visit(root);
}
