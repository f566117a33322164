/** Where the terms of sums stand from one row of a derivation to the next: each in the place of what it came from. */

import { multiply, number } from '../term/construct.ts';
import { children } from '../term/inspect.ts';
import { rational } from '../term/rational.ts';
import { replaceTerm } from '../term/substitute.ts';
import type { Term } from '../term/term.ts';
import { orderTerms } from '../writing/raise.ts';
import type { Move } from './outline.ts';

type Sums = ReadonlyMap<Term, readonly Term[]>;

/** Chains longer than this are read by nobody row by row. */
const longest = 60;

/**
 * The orders of all sums in the states of a chain but the last, which is written as results are. A sum in which a part is
 * replaced keeps the places of all other terms, so that a reader finds what has changed.
 */
export function followOrders(
  start: Term,
  moves: readonly Pick<Move, 'before' | 'after' | 'state'>[],
  written: Sums,
  taken: ReadonlySet<string>,
): Sums {
  const sums = new Map(written);
  if (moves.length > longest) return sums;
  let state = start;
  for (const move of moves.slice(0, -1)) {
    follow(state, move, sums, taken);
    state = move.state;
  }
  return sums;
}

/** Notes the sums in `state` that hold what is replaced, as they are afterwards. */
function follow(
  state: Term,
  { before, after }: Pick<Move, 'before' | 'after'>,
  sums: Map<Term, readonly Term[]>,
  taken: ReadonlySet<string>,
): void {
  if (before === state || before === after) return;
  const replaced = (term: Term): Term => replaceTerm(term, before, after, taken);
  const seen = new Set<Term>();
  const visit = (term: Term): void => {
    if (seen.has(term) || term === before || term.height < before.height) return;
    seen.add(term);
    for (const part of children(term)) if (replaced(part) !== part) visit(part);
    if (term.kind !== 'add') return;
    const total = replaced(term);
    if (total.kind !== 'add' || sums.has(total)) return;
    const places = orderTerms(term, { sums }).flatMap((part) => {
      const own = replaced(part);
      return own.kind === 'add' ? orderTerms(own, { sums }) : [own];
    });
    const place = (part: Term): number => {
      const at = places.findIndex((one) => one === part || bare(one) === bare(part));
      return at < 0 ? places.length : at;
    };
    const order = orderTerms(total, { sums });
    sums.set(
      total,
      [...order].sort((a, b) => place(a) - place(b)),
    );
  };
  visit(state);
}

/** A term without its number in front, by which terms that were collected are known. */
function bare(term: Term): Term {
  if (term.kind !== 'multiply') return term;
  const { numerator, denominator } = term.coefficient;
  return multiply(number(rational(denominator, numerator)), term);
}
