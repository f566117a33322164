/**
 * What every derivation is before it is certified and printed: chains of equalities that lead to one result.
 *
 * A plain derivative is one chain. Orders, mixed partials, implicit differentiation, Taylor polynomials, directional
 * derivatives, the alternative methods, Hessians and stationary points are further chains of the same kind. So they
 * share the oracle, the levels of detail and the renderers.
 */

import { createContext } from '../calculus/context.ts';
import { present } from '../calculus/present.ts';
import { holdsDerivative, type TraceStep, trace } from '../calculus/trace.ts';
import { resolve } from '../calculus/value.ts';
import type { Facts, RuleContext } from '../rules/rule.ts';
import { partsBelow } from '../term/inspect.ts';
import type { Definition } from '../term/substitute.ts';
import type { Term, Variable } from '../term/term.ts';
import { foldNames, type NamedModel } from './naming.ts';

/** Two terms that must have the same value; `given` are definitions that hold beside those of the model. */
export interface Claim {
  readonly left: Term;
  readonly right: Term;
  readonly given?: readonly Definition[];
}

/** One rewrite. What the oracle tests is `claim`, or that `before` and `after` are equal. */
export interface Move extends TraceStep {
  readonly claim?: Claim;
  /** Printed instead of the state, where the order of its terms tells more than the order of a sum usually does. */
  readonly shown?: string;
}

/** A chain of equalities: `left` is each state that its moves make, one after the other. */
export interface Passage {
  readonly left: Term;
  /** What the chain begins with. */
  readonly start: Term;
  readonly moves: readonly Move[];
  /** One row at the usual level of detail. */
  readonly brief?: boolean;
  /** Roots and quotients are printed as powers. */
  readonly powers?: boolean;
}

/** All chains of a derivation, its result, and what the oracle tests of the whole. */
export interface Outline {
  readonly passages: readonly Passage[];
  readonly result: Term;
  /** Printed instead of the result; see {@link Move.shown}. */
  readonly shown?: string;
  readonly unresolved: readonly Term[];
  readonly exhausted: boolean;
  readonly claims: readonly Claim[];
}

/** A move that states something new: nothing before it changes into it. `claim` says why it is right. */
export function statement(rule: string, state: Term, claim: Claim, more: Partial<Move> = {}): Move {
  return { rule, path: [], before: state, after: state, state, conditions: [], facts: {}, claim, ...more };
}

/** A move that changes the whole state. */
export function change(rule: string, before: Term, after: Term, more: Partial<Move> = {}): Move {
  return { rule, path: [], before, after, state: after, conditions: [], facts: {}, ...more };
}

/** What a carried-out derivative is: its chain's moves and its end. */
export interface Carried {
  readonly moves: readonly Move[];
  readonly result: Term;
  readonly unresolved: readonly Term[];
  readonly exhausted: boolean;
}

/** `term` as a person would write it, in the names of the intermediates; see {@link present} for `conditions`. */
export function tidy(term: Term, named: NamedModel, conditions: Term[] = []): Term {
  return holdsDerivative(term) ? term : present(foldNames(term, named.lets), conditions);
}

/** Deeper terms are differentiated in one go: nobody follows so many steps, and each would be as long as the whole. */
const deepestTraced = 500;

/** Carries out every derivative in `start` and tidies what comes of it. */
export function carryOut(start: Term, named: NamedModel, context: RuleContext): Carried {
  const traced = start.depth > deepestTraced ? undefined : trace(start, context);
  if (traced === undefined || traced.exhausted) return carryOutAtOnce(start, named, context);
  const relations: Term[] = [];
  const result =
    traced.unresolved.length > 0 || traced.exhausted ? traced.result : tidy(traced.result, named, relations);
  const conditions = relations.map((relation) => ({ kind: 'relation', relation }) as const);
  const end = result === traced.result ? [] : [change('simplify', traced.result, result, { conditions })];
  return {
    moves: [...traced.steps, ...end],
    result,
    unresolved: traced.unresolved,
    exhausted: traced.exhausted,
  };
}

/** The same in one step, by the value driver. */
function carryOutAtOnce(start: Term, named: NamedModel, context: RuleContext): Carried {
  const resolved = resolve(start, context);
  const unresolved = resolved.inert ? partsBelow(resolved).filter((part) => part.kind === 'derivative') : [];
  const result = tidy(resolved, named);
  return { moves: [change('first-derivative', start, result)], result, unresolved, exhausted: false };
}

/** The context of the rules for derivatives of `named` by `variables`. */
export function contextOf(named: NamedModel, variables: readonly Variable[]): RuleContext {
  return createContext(named.lets, variables, named.target);
}

/** Facts without those that are undefined. */
export function facts(given: Readonly<Record<string, Term | string | undefined>>): Facts {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Facts;
}
