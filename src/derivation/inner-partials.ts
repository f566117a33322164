/**
 * Derivatives within a formula by names that depend on others, the momentum dL/d(theta_dot) in an energy or in an equation of
 * motion. They are carried out first: for them a name and its derivatives in time are independent of one another.
 */

import { fail } from '../problem.ts';
import { derivative, mapParts } from '../term/construct.ts';
import { children } from '../term/inspect.ts';
import { type Definition, expand } from '../term/substitute.ts';
import type { SymbolTerm, Term, Variable } from '../term/term.ts';
import { applyDependences, type Dependences } from './dependence.ts';
import type { NamedModel } from './naming.ts';
import type { Outline } from './outline.ts';
import { plainOutline } from './plain.ts';

/** What is left to differentiate once the derivatives within it are carried out, and their chains. */
export interface Prepared {
  readonly named: NamedModel;
  readonly outlines: readonly Outline[];
}

const noNames: ReadonlySet<string> = new Set();

/** Makes `named` ready for derivatives by `turns`: by names that depend on others, these stay independent. */
export function prepareInner(named: NamedModel, dependences: Dependences, turns: readonly Variable[]): Prepared {
  const { all, moves } = dependences;
  if (all.length === 0) return { named, outlines: [] };
  const isVaried = (by: Variable): boolean => by.kind === 'symbol' && moves(by);
  const isPartial = turns.some(isVaried);
  if (isPartial && !turns.every(isVaried)) refuseBoth();
  const inner = carryInner(named, dependences, isPartial);
  return { ...inner, named: isPartial ? inner.named : applyDependences(inner.named, dependences) };
}

/** Carries out derivatives by names that move; `totals` says whether those in time that hold such names are, too. */
function carryInner(named: NamedModel, { apply, show, moves }: Dependences, totals: boolean): Prepared {
  const outlines: Outline[] = [];
  const lets = new Map<SymbolTerm, Definition>();
  const memo = new Map<Term, Term>();
  const carry = (of: Term, by: SymbolTerm, name: string | undefined, isTotal: boolean): Term => {
    const whole = expand(of, lets);
    const outline = plainOutline({ target: isTotal ? apply(whole) : whole, lets: [] }, [by], name);
    outlines.push(outline);
    return isTotal ? show(outline.result) : outline.result;
  };
  const visit = (term: Term): Term => {
    const known = memo.get(term);
    if (known !== undefined) return known;
    let result: Term;
    if (term.kind === 'derivative' && term.by.kind === 'symbol') {
      const of = visit(term.of);
      const isTotal = totals && !moves(term.by) && holds(expand(of, lets), moves);
      const name = term.of.kind === 'symbol' ? term.of.name : undefined;
      result = moves(term.by) || isTotal ? carry(of, term.by, name, isTotal) : derivative(of, term.by);
    } else result = mapParts(term, noNames, visit);
    memo.set(term, result);
    return result;
  };
  for (const one of named.lets) lets.set(one.symbol, { ...one, body: visit(one.body) });
  const right = named.right === undefined ? {} : { right: visit(named.right) };
  return { named: { target: visit(named.target), ...right, lets: [...lets.values()] }, outlines };
}

function holds(term: Term, moves: Dependences['moves']): boolean {
  const seen = new Set<Term>();
  const visit = (part: Term): boolean => {
    if (seen.has(part)) return false;
    seen.add(part);
    return (part.kind === 'symbol' && moves(part)) || children(part).some(visit);
  };
  return visit(term);
}

/** The chain of `last` behind those of `first`. */
export function joinOutlines(first: readonly Outline[], last: Outline): Outline {
  if (first.length === 0) return last;
  const all = [...first, last];
  return {
    ...last,
    passages: all.flatMap((one) => one.passages),
    claims: all.flatMap((one) => one.claims),
    unresolved: all.flatMap((one) => one.unresolved),
    exhausted: all.some((one) => one.exhausted),
  };
}

function refuseBoth(): never {
  return fail({
    code: 'unknown-option',
    message: 'by a name that depends on others and by what it depends on at once is not covered',
    hint: 'differentiate by one of them, and put the result in for the other',
  });
}
