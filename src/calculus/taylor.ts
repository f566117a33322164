/** Values at a point, exactly where that can be done: what the coefficients of a Taylor polynomial are made of. */

import { apply, isNumber, mapParts, multiply, negate, number, power } from '../term/construct.ts';
import { oneRational, type Rational, rational } from '../term/rational.ts';
import { replaceTerm } from '../term/substitute.ts';
import type { RelationTerm, SymbolTerm, Term } from '../term/term.ts';
import { present } from './present.ts';

/** `term` at `by` = `point`, with the sines and cosines of simple multiples of pi in closed form. */
export function valueAt(term: Term, by: SymbolTerm, point: Term): Term {
  return present(exactAngles(replaceTerm(term, by, point)));
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
