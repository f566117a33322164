/** Derivatives of any order, mixed ones included: one chain for each time that is differentiated. */

import { holdsDerivative } from '../calculus/trace.ts';
import { derivative, symbol } from '../term/construct.ts';
import type { Term, Variable } from '../term/term.ts';
import type { NamedModel } from './naming.ts';
import { carryOut, contextOf, type Move, type Outline, type Passage, statement } from './outline.ts';

/** Derivatives above this order are certified step by step alone: dual numbers double with each order. */
const highestWholeOrder = 4;

/** More moves than this in one of the later chains are one row at the usual level of detail. */
const mostLaterMoves = 6;

/** The derivative of the target by each of `variables` in turn; `output` names the target on the left. */
export function plainOutline(named: NamedModel, variables: readonly Variable[], output: string | undefined): Outline {
  const passages: Passage[] = [];
  let current: Term = named.target;
  let left: Term = output === undefined ? named.target : symbol(output);
  let whole: Term = named.target;
  let unresolved: readonly Term[] = [];
  let exhausted = false;
  variables.forEach((by, at) => {
    left = derivative(left, by);
    whole = derivative(whole, by);
    const start = derivative(current, by);
    if (unresolved.length > 0 || exhausted) {
      current = start;
      unresolved = [start];
      return;
    }
    const carried = carryOut(start, named, contextOf(named, [by]));
    const opening: Move[] =
      at === 0
        ? []
        : [statement('higher-order', start, { left: start, right: start }, { facts: { order: String(at + 1) } })];
    const brief = at > 0 && (variables.length > 2 || carried.moves.length > mostLaterMoves);
    passages.push({ left, start, moves: [...opening, ...carried.moves], ...(brief ? { brief } : {}) });
    ({ result: current, unresolved, exhausted } = carried);
  });
  const claims = variables.length <= highestWholeOrder ? [{ left: whole, right: current }] : [];
  return { passages, result: current, unresolved: holdsDerivative(current) ? unresolved : [], exhausted, claims };
}
