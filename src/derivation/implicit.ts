/**
 * Implicit differentiation as a textbook writes it: both sides differentiated with y = y(x), what holds dy/dx collected
 * on one side, divided by its factor where that is not 0. Higher derivatives come from differentiating the result.
 *
 * The whole is tested against the implicit function theorem, dy/dx = -F_x / F_y for F = left - right (Rudin, Principles of
 * Mathematical Analysis, 1976, theorem 9.28), with the oracle's own partial derivatives of F.
 */

import { commonContent, linearForm, nonZero, withCommonFactors } from '../calculus/linear-solve.ts';
import { fail } from '../problem.ts';
import {
  add,
  derivative,
  divide,
  genericApply,
  isNumber,
  multiply,
  negate,
  number,
  power,
  subtract,
  symbol,
  zero,
} from '../term/construct.ts';
import { replaceTerm } from '../term/substitute.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import type { Dependences } from './dependence.ts';
import { applyDependences } from './dependence.ts';
import type { NamedModel } from './naming.ts';
import { type Claim, carryOut, change, contextOf, type Outline, type Passage, statement, tidy } from './outline.ts';
import { widthOf } from './sharing.ts';

/** The equation, who depends on what, and how often to differentiate. */
interface ImplicitProblem {
  readonly named: NamedModel;
  readonly dependent: SymbolTerm;
  readonly by: SymbolTerm;
  readonly order: number;
  readonly dependences: Dependences;
  /** A name that nothing uses. */
  readonly fresh: string;
}

export function implicitOutline(problem: ImplicitProblem): Outline {
  const { by, dependent, order, fresh } = problem;
  const named = applyDependences(problem.named, problem.dependences);
  const slope = genericApply(dependent.name, [by], [1]);
  const sides = [named.target, named.right ?? zero()].map((side) => differentiateSide(side, named, by));
  const [left, right] = sides.map((side) => side.result) as [Term, Term];
  const unresolved = sides.flatMap((side) => side.unresolved);
  const passages: Passage[] = sides.flatMap((side) => (side.passage === undefined ? [] : [side.passage]));
  if (unresolved.length > 0)
    return { passages, result: derivative(dependent, by), unresolved, exhausted: false, claims: [] };
  const solved = solveForSlope({ left, right, slope, named, by, fresh: symbol(fresh), dependent });
  passages.push(...solved.passages);
  const later = laterOrders(named, by, dependent, solved.result, order, symbol(fresh));
  const result = later.result;
  const claims = [theoremClaim(problem, problem.dependences.show(solved.result)), ...later.claims(problem)];
  return { passages: [...passages, ...later.passages], result, unresolved: later.unresolved, exhausted: false, claims };
}

function differentiateSide(side: Term, named: NamedModel, by: SymbolTerm) {
  const start = derivative(side, by);
  if (side === by) return { passage: undefined, result: number(1), unresolved: [] };
  if (side.kind === 'number') return { passage: undefined, result: zero(), unresolved: [] };
  const { moves, result, unresolved } = carryOut(start, named, contextOf(named, [by]));
  // The terms of a sum keep their places: what is collected comes later.
  const tidied = moves[moves.length - 1]?.rule === 'simplify';
  const kept = tidied ? moves.slice(0, -1) : moves;
  const end = tidied ? (moves[moves.length - 1]?.before ?? result) : result;
  return { passage: { left: start, start, moves: kept }, result: end, unresolved };
}

interface SlopeEquation {
  readonly left: Term;
  readonly right: Term;
  readonly slope: Term;
  readonly named: NamedModel;
  readonly by: SymbolTerm;
  readonly fresh: SymbolTerm;
  readonly dependent: SymbolTerm;
}

/** a y' = b from left = right, then y' = b / a. */
function solveForSlope({ left, right, slope, named, by, fresh, dependent }: SlopeEquation) {
  const difference = subtract(left, right);
  const form = linearForm(replaceTerm(difference, slope, fresh), [fresh]);
  const factor = form?.coefficients[0] ?? zero();
  if (form === undefined || isNumber(factor, 0)) {
    return fail({
      code: 'unknown-variable',
      message: `the equation does not say how ${dependent.name} depends on ${by.name}`,
      hint: `an equation that holds ${dependent.name} and ${by.name} is expected, such as x^2 + y^2 = 1`,
    });
  }
  const isSolved = multiply(factor, slope) === left;
  const scale = isSolved ? number(1) : power(number(commonContent([factor, form.rest])), number(-1));
  const turned = [scale, negate(scale)].map((by): readonly [Term, Term, Term] => {
    return [by, tidy(multiply(by, factor), named), tidy(negate(multiply(by, form.rest)), named)];
  }) as [readonly [Term, Term, Term], readonly [Term, Term, Term]];
  const [plain, negated] = turned;
  const [unit, a, b] = pairWidth(negated) < pairWidth(plain) ? negated : plain;
  // What a and b have in common cancels once it stands in front.
  const plainQuotient = tidy(divide(b, a), named);
  const cancelled = tidy(divide(b, withCommonFactors(a)), named);
  const result = widthOf(cancelled) < widthOf(plainQuotient) ? cancelled : plainQuotient;
  const equation: Claim = { left: derivative(subtract(named.target, named.right ?? zero()), by), right: difference };
  const passages: Passage[] = [
    { left, start: right, moves: [statement('both-sides', right, equation, { facts: { dependent } })] },
  ];
  const collected = multiply(a, slope);
  if (collected !== left || b !== right) {
    const claim = { left: multiply(unit, difference), right: subtract(collected, b) };
    passages.push({
      left: collected,
      start: b,
      moves: [statement('collect-derivative', b, claim, { facts: { wanted: slope } })],
    });
  }
  if (!isNumber(a, 1)) {
    const conditions = a.kind === 'number' ? [] : [nonZero(a)];
    const claim = { left: multiply(a, result), right: b };
    passages.push({
      left: slope,
      start: result,
      moves: [statement('divide', result, claim, { facts: { divisor: a }, conditions })],
    });
  }
  return { passages, result };
}

function pairWidth([, first, second]: readonly [Term, Term, Term]): number {
  return widthOf(first) + widthOf(second);
}

/** Differentiates the result again, puts dy/dx in, and uses the equation where its left side shows up. */
function laterOrders(
  named: NamedModel,
  by: SymbolTerm,
  dependent: SymbolTerm,
  first: Term,
  order: number,
  fresh: SymbolTerm,
) {
  const slope = genericApply(dependent.name, [by], [1]);
  const passages: Passage[] = [];
  let result = first;
  let unresolved: readonly Term[] = [];
  let second: Term | undefined;
  for (let count = 2; count <= order && unresolved.length === 0; count++) {
    const start = derivative(result, by);
    const carried = carryOut(start, named, contextOf(named, [by]));
    unresolved = carried.unresolved;
    const moves = [
      statement('higher-order', start, { left: start, right: start }, { facts: { order: String(count) } }),
      ...carried.moves,
    ];
    const put = replaceTerm(carried.result, slope, first);
    if (put !== carried.result) {
      const inNames = replaceTerm(carried.result, slope, fresh);
      const given = [{ symbol: fresh, parameters: [], body: first }];
      moves.push(
        change('substitute', carried.result, put, {
          claim: { left: inNames, right: put, given },
          facts: { left: slope, right: first },
        }),
      );
    }
    const tidied = tidy(put, named);
    if (tidied !== put) moves.push(change('simplify', put, tidied));
    second ??= tidied;
    const used = useEquation(tidied, named, fresh);
    if (used !== undefined) moves.push(used);
    result = used?.after ?? tidied;
    passages.push({ left: genericApply(dependent.name, [by], [count]), start, moves });
  }
  const claims = (problem: ImplicitProblem): Claim[] =>
    second === undefined
      ? []
      : [secondOrderClaim(problem, problem.dependences.show(first), problem.dependences.show(second))];
  return { passages, result, unresolved, claims };
}

/** The left side of the equation replaced by its right side, where it stands in the result as a whole. */
function useEquation(term: Term, named: NamedModel, fresh: SymbolTerm) {
  const { target, right = zero() } = named;
  if (target.kind === 'symbol' || target.kind === 'number' || (target.kind === 'apply' && target.generic))
    return undefined;
  const replaced = replaceTerm(term, target, fresh);
  if (replaced === term) return undefined;
  const after = tidy(replaceTerm(replaced, fresh, right), named);
  const given = [{ symbol: fresh, parameters: [], body: target }];
  return change('use-equation', term, after, {
    claim: { left: term, right: replaced, given },
    facts: { left: target, right },
  });
}

/** dy/dx = -F_x / F_y, with y as a variable of its own. */
function theoremClaim({ named, dependent, by }: ImplicitProblem, slope: Term): Claim {
  const f = subtract(named.target, named.right ?? zero());
  return { left: negate(divide(derivative(f, by), derivative(f, dependent))), right: slope, given: named.lets };
}

/** y'' = -(F_xx + 2 F_xy y' + F_yy y'^2) / F_y. */
function secondOrderClaim({ named, dependent, by }: ImplicitProblem, slope: Term, second: Term): Claim {
  const f = subtract(named.target, named.right ?? zero());
  const [fx, fy] = [derivative(f, by), derivative(f, dependent)];
  const numerator = add(
    derivative(fx, by),
    multiply(number(2), derivative(fx, dependent), slope),
    multiply(derivative(fy, dependent), power(slope, number(2))),
  );
  return { left: negate(divide(numerator, fy)), right: second, given: named.lets };
}
