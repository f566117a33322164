/** Values at a point, exactly where that can be done: what the coefficients of a Taylor polynomial are made of. */

import {
  add,
  addAll,
  apply,
  cases,
  isNumber,
  mapParts,
  multiply,
  negate,
  number,
  power,
  relation,
  replaceIndex,
  subtract,
  zero,
} from '../term/construct.ts';
import { oneRational, type Rational, rational } from '../term/rational.ts';
import { replaceTerm } from '../term/substitute.ts';
import type { IndexTerm, Range, RelationTerm, SymbolTerm, Term } from '../term/term.ts';
import { present } from './present.ts';

/** `term` at `by` = `point`, with the sines and cosines of simple multiples of pi in closed form. */
export function valueAt(term: Term, by: SymbolTerm, point: Term): Term {
  return present(withoutZeroPowers(exactAngles(replaceTerm(term, by, point))));
}

/** More terms than this before the one that is left are not looked at. */
const mostBefore = 16;

/** A sum over i of what has the factor 0^(i - k), a power series at 0: its term at i = k. */
function withoutZeroPowers(term: Term): Term {
  const inner = mapParts(term, noNames, withoutZeroPowers);
  if (inner.kind !== 'sum' || inner.range?.from.kind !== 'number') return inner;
  const { bound, range } = inner;
  const values = apart(inner.body).map((body) => termAtZero(body, bound, range));
  return values.every((value) => value !== undefined) ? addAll(values) : inner;
}

/** A product as a sum where one of its factors is a sum that divides by zero, 0^i (1/0 - 1/i): 0^(i - 1) - 0^i/i. */
function apart(body: Term): readonly Term[] {
  if (body.kind !== 'multiply') return [body];
  const wide = body.factors.find((factor) => factor.kind === 'add' && isSingular(factor));
  if (wide?.kind !== 'add') return [body];
  const others = body.factors.filter((factor) => factor !== wide);
  return wide.terms.flatMap((term) => apart(multiply(number(body.coefficient), ...others, term)));
}

function termAtZero(body: Term, over: IndexTerm, { from, to }: Range): Term | undefined {
  if (isNumber(body, 0)) return zero();
  const factors = body.kind === 'multiply' ? body.factors : [body];
  const vanishing = factors.find((factor) => factor.kind === 'power' && isNumber(factor.base, 0));
  if (vanishing?.kind !== 'power' || from.kind !== 'number') return undefined;
  const exponentAt = (index: Term): Term => replaceIndex(vanishing.exponent, over, index);
  const slope = subtract(exponentAt(add(over, number(1))), vanishing.exponent);
  const coefficient = body.kind === 'multiply' ? [number(body.coefficient)] : [];
  const rest = multiply(...coefficient, ...factors.filter((factor) => factor !== vanishing));
  if (isSingular(rest) || slope.kind !== 'number' || !(slope.integer > 0)) return undefined;
  for (let step = 0; step < mostBefore; step++) {
    const at = number(from.integer + step);
    const exponent = exponentAt(at);
    if (exponent.kind !== 'number') return undefined;
    if (exponent.integer > 0) return zero();
    const value = replaceIndex(rest, over, at);
    if (exponent.integer === 0) {
      return from.integer + step <= 1 ? value : cases(relation('>=', to, at), value, zero());
    }
    // What stands before it is divided by zero, unless it has the factor 0.
    if (!isNumber(value, 0)) return undefined;
  }
  return undefined;
}

const noNames: ReadonlySet<string> = new Set();

function exactAngles(term: Term): Term {
  const inner = mapParts(term, noNames, exactAngles);
  if (inner.kind !== 'apply' || inner.generic || inner.args.length !== 1) return inner;
  const turns = multipleOfPi(inner.args[0] as Term);
  if (turns === undefined) return inner;
  if (inner.name === 'sin') return sineOf(turns) ?? inner;
  if (inner.name === 'cos') return sineOf(halfMore(turns)) ?? inner;
  if (inner.name !== 'tan') return inner;
  const [sine, cosine] = [sineOf(turns), sineOf(halfMore(turns))];
  if (sine === undefined || cosine === undefined || isNumber(cosine, 0)) return inner;
  return multiply(sine, power(cosine, number(-1)));
}

/** q with term = q pi. */
function multipleOfPi(term: Term): Rational | undefined {
  if (isPi(term)) return oneRational;
  if (term.kind !== 'multiply' || term.factors.length !== 1 || !isPi(term.factors[0] as Term)) return undefined;
  return term.coefficient;
}

function isPi(term: Term): boolean {
  return term.kind === 'symbol' && term.constant && term.name === 'pi';
}

/** cos(t) is sin(t + pi/2). */
function halfMore({ numerator, denominator }: Rational): Rational {
  return rational(numerator * 2n + denominator, denominator * 2n);
}

const root = (value: number): Term => power(number(value), number(rational(1, 2)));

/** sin(q pi) for q a multiple of 1/6 or of 1/4. */
function sineOf({ numerator, denominator }: Rational): Term | undefined {
  if (12n % denominator !== 0n) return undefined;
  const twelfths = Number((((numerator * (12n / denominator)) % 24n) + 24n) % 24n);
  const isNegative = twelfths > 12;
  const folded = isNegative ? twelfths - 12 : twelfths;
  const value = firstQuadrant(folded > 6 ? 12 - folded : folded);
  return value === undefined || !isNegative ? value : negate(value);
}

/** sin(k pi / 12) for k from 0 to 6. */
function firstQuadrant(twelfths: number): Term | undefined {
  const half = number(rational(1, 2));
  const values: readonly (Term | undefined)[] = [
    number(0),
    undefined,
    half,
    multiply(half, root(2)),
    multiply(half, root(3)),
    undefined,
    number(1),
  ];
  return values[twelfths];
}

/** Whether a condition is certain not to hold at the point: its sides are numbers there that contradict it. */
export function isViolated(condition: RelationTerm, by: SymbolTerm, point: Term): boolean {
  const [left, right] = [valueAt(condition.left, by, point), valueAt(condition.right, by, point)];
  if (left === right) return condition.operator === '!=' || condition.operator === '<' || condition.operator === '>';
  if (left.kind !== 'number' || right.kind !== 'number') return false;
  const difference = left.value.numerator * right.value.denominator - right.value.numerator * left.value.denominator;
  switch (condition.operator) {
    case '<':
    case '<=':
      return difference > 0n;
    case '>':
    case '>=':
      return difference < 0n;
    default:
      return condition.operator === '==';
  }
}

/** Whether a term divides by zero or takes the logarithm of it, for certain. */
export function isSingular(term: Term): boolean {
  const seen = new Set<Term>();
  const visit = (part: Term): boolean => {
    if (seen.has(part)) return false;
    seen.add(part);
    if (part.kind === 'power' && isNumber(part.base, 0)) return true;
    if (part === apply('log', number(0))) return true;
    let found = false;
    mapParts(part, noNames, (inner) => {
      found ||= visit(inner);
      return inner;
    });
    return found;
  };
  return visit(term);
}
