/** Rewriting before differentiating: roots as powers, quotients split, brackets multiplied out, logarithms taken apart. */

import { holdsPowers, rewritings } from '../calculus/rewriting.ts';
import type { Model } from '../meaning/model.ts';
import { derivative, symbol } from '../term/construct.ts';
import type { Term, Variable } from '../term/term.ts';
import type { NamedModel } from './naming.ts';
import { carryOut, change, contextOf, type Move, type Outline, type Passage, statement } from './outline.ts';
import { plainOutline } from './plain.ts';
import { widthOf } from './sharing.ts';

/** Fractions stay apart, which is what the rewriting was for, unless that is so much longer. */
const mostWider = 1.25;

/** The derivative of the rewritten target; the usual one where there is nothing to rewrite. */
export function rewriteOutline(model: Model, named: NamedModel, by: Variable): Outline {
  const { target } = named;
  const moves: Move[] = [];
  let current: Term = target;
  const powers = holdsPowers(target);
  if (powers) moves.push(statement('roots-as-powers', target, { left: target, right: target }));
  for (const { id, rewrite } of rewritings) {
    const next = rewrite(current, model.declarations.positive);
    if (next === current) continue;
    moves.push(change(id, current, next));
    current = next;
  }
  if (moves.length === 0) return plainOutline(named, [by], model.output);
  const left = derivative(model.output === undefined ? target : symbol(model.output), by);
  const start = derivative(current, by);
  const carried = carryOut(start, named, contextOf(named, [by]));
  const opening = statement('rewritten', start, { left: derivative(target, by), right: start });
  const isTidied = carried.moves[carried.moves.length - 1]?.rule === 'simplify';
  const inner = isTidied ? carried.moves.slice(0, -1) : carried.moves;
  const style = powers ? { powers } : {};
  const passages: Passage[] = [
    { left: model.output === undefined ? target : symbol(model.output), start: target, moves, ...style },
    { left, start, moves: [opening, ...inner], ...style },
  ];
  // The end is printed as usual again, with roots and fractions, but not put over one denominator.
  const ends = inner[inner.length - 1]?.state ?? start;
  const isShort = widthOf(ends) <= mostWider * widthOf(carried.result);
  const result = powers && isTidied && isShort ? ends : carried.result;
  if (powers) passages.push({ left, start: ends, moves: [change('powers-as-roots', ends, result)] });
  else if (isTidied) passages.push({ left, start: ends, moves: [change('simplify', ends, result)] });
  return {
    passages,
    result,
    unresolved: carried.unresolved,
    exhausted: carried.exhausted,
    claims: [{ left: derivative(target, by), right: result }],
  };
}
