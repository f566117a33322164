/** The trace driver for vectors and matrices: one derivative or weighted derivative at a time, each step recorded. */

import { matrixOnce } from '../rules/matrix/matrix-rules.ts';
import type { Rewrite, RuleContext } from '../rules/rule.ts';
import { knownDims } from '../term/dims.ts';
import { replaceTerm } from '../term/substitute.ts';
import { isTensor, spread } from '../term/tensor/base.ts';
import type { DerivativeTerm, Term } from '../term/term.ts';
import { partsOpened, type Trace, type TraceStep } from './trace.ts';

const mostSteps = 4000;

const asItIs = (term: Term): Term => term;

/**
 * Carries out every derivative in `start` by the rules of matrix calculus. `fold` writes what a step leaves behind in the
 * names of intermediates.
 */
export function traceMatrix(start: Term, context: RuleContext, fold: (term: Term) => Term = asItIs): Trace {
  const steps: TraceStep[] = [];
  const unresolved = new Set<Term>();
  let state = start;
  const record = (before: Term, rule: string, { after, conditions = [], facts = {} }: Rewrite): void => {
    // What has lost its axes, as the derivative of x + b by b has, stands for all entries.
    const whole = fold(after.rank < before.rank ? spread(after, knownDims(before)) : after);
    state = replaceTerm(state, before, whole, context.taken);
    steps.push({ rule, path: [], before, after: whole, state, conditions, facts });
  };
  while (steps.length < mostSteps) {
    const redex = findRedex(state, unresolved, context.taken);
    if (redex === undefined) break;
    const found = matrixOnce(redex, context);
    if (found === undefined) unresolved.add(redex);
    else record(redex, found.rule, found);
  }
  return {
    start,
    steps,
    result: state,
    unresolved: [...unresolved] as DerivativeTerm[],
    exhausted: steps.length >= mostSteps,
  };
}

/** The derivative that came up first, of those that hold no other. */
function findRedex(state: Term, given: ReadonlySet<Term>, taken: ReadonlySet<string>): Term | undefined {
  let first: Term | undefined;
  const seen = new Set<Term>([state]);
  for (const term of seen) {
    if (!term.inert) continue;
    const parts = partsOpened(term, taken);
    const isRedex =
      (term.kind === 'derivative' || isTensor(term, 'vjp') || isTensor(term, 'jvp')) &&
      !parts.some((part) => part.inert);
    if (isRedex && !given.has(term) && (first === undefined || term.id < first.id)) first = term;
    for (const part of parts) if (part.inert) seen.add(part);
  }
  return first;
}
