/** Functions with kinks and jumps; their derivatives hold away from those. */

import { apply, cases, divide, negate, one, relation, zero } from '../../term/construct.ts';
import type { RelationTerm, Term } from '../../term/term.ts';
import { type Elementary, larger, notZero, several, symmetric, unary } from './entry.ts';

const extreme = (name: 'max' | 'min', others: readonly Term[]): Term =>
  others.length === 1 ? (others[0] as Term) : apply(name, ...others);

/** No argument equals the largest (or smallest) of the others; for two arguments that is one condition. */
function noTies(name: 'max' | 'min', args: readonly Term[]): RelationTerm[] {
  if (args.length < 2) return [];
  const [first, second] = [...args].sort((a, b) => Number(a.kind === 'number') - Number(b.kind === 'number')) as [
    Term,
    Term,
  ];
  if (args.length === 2) return [relation('!=', first, second)];
  return args.map((own, at) =>
    relation(
      '!=',
      own,
      extreme(
        name,
        args.filter((_, place) => place !== at),
      ),
    ),
  );
}

/**
 * 1 where `own` is the extreme one, else 0. Where several are equal on a whole interval, as in max(x, relu(x)), the first
 * counts and the others do not.
 */
function firstOf(
  name: 'max' | 'min',
  beyond: '>' | '<',
  own: Term,
  before: readonly Term[],
  after: readonly Term[],
): Term {
  const later = after.length === 0 ? one() : cases(relation(`${beyond}=`, own, extreme(name, after)), one(), zero());
  return before.length === 0 ? later : cases(relation(beyond, own, extreme(name, before)), later, zero());
}

export const piecewise = {
  abs: unary('Rudin, Principles of Mathematical Analysis (1976), 5.1', (u) => apply('sign', u), notZero),
  sign: unary('DLMF 1.16.13, as 2 H(u) - 1', zero, notZero),
  heaviside: unary('DLMF 1.16.13', zero, notZero),
  floor: unary('Knuth, The Art of Computer Programming 1 (1997), 1.2.4', zero, (u) =>
    relation('!=', u, apply('floor', u)),
  ),
  ceil: unary('Knuth, The Art of Computer Programming 1 (1997), 1.2.4', zero, (u) =>
    relation('!=', u, apply('ceil', u)),
  ),
  // mod(a, b) is a - b floor(a / b).
  mod: several(
    'Knuth, The Art of Computer Programming 1 (1997), 1.2.4 (1)',
    [() => one(), (a, b) => negate(apply('floor', divide(a, b)))],
    [(a, b) => notZero(apply('mod', a, b)), (a, b) => notZero(apply('mod', a, b))],
  ),
  max: symmetric(
    'Boyd, Vandenberghe, Convex Optimization (2004), 3.2.3',
    (own, before, after) => firstOf('max', '>', own, before, after),
    (args) => noTies('max', args),
  ),
  min: symmetric(
    'Boyd, Vandenberghe, Convex Optimization (2004), 3.2.3',
    (own, before, after) => firstOf('min', '<', own, before, after),
    (args) => noTies('min', args),
  ),
  // min(max(u, low), high), for low < high.
  clamp: several(
    'C++17 (ISO/IEC 14882:2017), 28.7.9 Bounded value',
    [
      (u, low, high) => cases(relation('<', u, low), zero(), cases(relation('>', u, high), zero(), one())),
      (u, low) => larger(low, u),
      (u, _low, high) => larger(u, high),
    ],
    [
      (u, low, high) => [relation('!=', u, low), relation('!=', u, high)],
      (u, low) => relation('!=', u, low),
      (u, _low, high) => relation('!=', u, high),
    ],
  ),
} satisfies Readonly<Record<string, Elementary>>;
