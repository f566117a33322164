/** Sums as factors of a product: what they share comes out, what divides cancels, what is shorter is multiplied out. */

import { addAll, isNumber, multiply, multiplyAll, negate, number, power } from '../../term/construct.ts';
import { equalRational, isIntegerRational, oneRational, type Rational } from '../../term/rational.ts';
import type { AddTerm, MultiplyTerm, PowerTerm, Term } from '../../term/term.ts';
import { divideExactly } from './divide.ts';
import { expandProduct, expandSum, mayCancel } from './expand.ts';
import { type Pulled, partsOf, pull, sharesNothing } from './factor.ts';
import { groupTerms } from './groups.ts';
import { factorQuadratic } from './quadratics.ts';
import { openedRoot, rootFactors } from './radicands.ts';
import { openRoots } from './roots.ts';
import { collectSigns } from './signs.ts';
import { holdsDivisor, isDivisor, sizeOf } from './size.ts';
import { reducePairs, reduceSquares, squareAsDifference } from './squares.ts';

/** A factor that is a sum or a power of one, with its exponent if that is a number. */
interface Bracket {
  readonly factor: Term;
  readonly sum: AddTerm;
  readonly exponent: Rational;
}

function bracketsOf(factors: readonly Term[]): Bracket[] {
  const brackets: Bracket[] = [];
  for (const factor of factors) {
    if (factor.kind === 'add') brackets.push({ factor, sum: factor, exponent: oneRational });
    else if (factor.kind === 'power' && factor.base.kind === 'add' && factor.exponent.kind === 'number') {
      brackets.push({ factor, sum: factor.base, exponent: factor.exponent.value });
    }
  }
  return brackets;
}

/** More improvements than this are not looked for in one product, and no pairs among more brackets than this. */
const mostRounds = 8;

/** A product with its brackets in the shortest of their forms. */
export function tidyBrackets(term: MultiplyTerm | PowerTerm): Term {
  const factors = term.kind === 'multiply' ? term.factors : [term];
  let best: Term = term;
  let brackets = bracketsOf(factors);
  const improve = (candidate: Term | undefined, isReduced = false): boolean => {
    if (candidate === undefined || candidate === best) return false;
    const gain = sizeOf(best) - sizeOf(candidate);
    if (gain < 0 || (gain === 0 && !isReduced)) return false;
    best = candidate;
    brackets = best.kind === 'multiply' || best.kind === 'power' ? bracketsOf(factorsOf(best)) : [];
    return true;
  };
  for (let round = 0; round < mostRounds && brackets.length > 0; round++) {
    const changed =
      brackets.some((bracket) => improve(clearBracket(best, bracket))) ||
      pairsOf(brackets).some(([a, b]) => improve(cancel(best, a, b), true) || improve(join(best, a, b)));
    if (!changed) break;
  }
  for (const bracket of brackets)
    improve(splitFraction(best, bracket) ?? splitSquare(best, bracket) ?? openDivisor(best, bracket));
  return best;
}

function factorsOf(term: Term): readonly Term[] {
  return term.kind === 'multiply' ? term.factors : [term];
}

/** The product with `factors` in place of `gone`. */
export function exchange(term: Term, gone: readonly Term[], ...factors: readonly Term[]): Term {
  const rest = factorsOf(term).filter((factor) => !gone.includes(factor));
  return term.kind === 'multiply'
    ? multiplyAll([number(term.coefficient), ...rest, ...factors])
    : multiplyAll([...rest, ...factors]);
}

/**
 * What the terms of a bracket share, or have below a stroke, goes to the other factors: 1/(x^2 (1/x^2 + 1)) is
 * 1/(1 + x^2). Out of a root only a positive number can go, whose root is exact.
 */
function clearBracket(term: Term, { factor, sum, exponent }: Bracket): Term | undefined {
  const reduced = reduceSquares(sum);
  if (reduced !== sum) return exchange(term, [factor], power(reduced, number(exponent)));
  const outside = number(exponent);
  const isWhole = isIntegerRational(exponent);
  const settled = isWhole && mayCancel(sum) ? tidyRest(sum) : sum;
  if (settled !== sum) return exchange(term, [factor], power(settled, outside));
  const product = isWhole ? factorQuadratic(sum) : undefined;
  if (product !== undefined && sizeOf(product) < sizeOf(sum)) return exchange(term, [factor], power(product, outside));
  const put = ({ common, rest }: Pulled): Term =>
    exchange(term, [factor], power(common, outside), power(tidyRest(rest), outside));
  const holdsFraction = sum.terms.some(holdsDivisor);
  if (!isWhole) return clearRoot(term, { factor, sum, exponent }, holdsFraction);
  if (sharesNothing(sum) && !holdsFraction) return undefined;
  const parts = partsOf(sum);
  if (parts === undefined) return undefined;
  const shared = pull(parts, 'shared');
  const direct = shared && put(shared);
  if (!holdsFraction) return direct;
  const fractions = pull(parts, 'fractions');
  const cleared = fractions && put(fractions);
  return direct === undefined || (cleared !== undefined && sizeOf(cleared) < sizeOf(direct)) ? cleared : direct;
}

/** See {@link rootFactors} and {@link openedRoot}. */
function clearRoot(term: Term, { factor, sum, exponent }: Bracket, holdsFraction: boolean): Term | undefined {
  const root = number(exponent);
  const cleared = sharesNothing(sum) && !holdsFraction ? undefined : rootFactors(sum, root, tidyRest);
  const factors = cleared ?? openedRoot(sum, root);
  return factors && collectSigns(exchange(term, [factor], ...factors.map(openRoots)));
}

/** The rest of a sum once its common factor is out: multiplied out where that is shorter, and divided by its content. */
export function tidyRest(rest: Term): Term {
  let best = rest.kind === 'add' ? reducePairs(rest) : rest;
  if (best.kind !== 'add') return best;
  best = reduceSquares(best);
  const expanded = best.kind === 'add' && mayCancel(best) ? expandSum(best) : undefined;
  if (expanded !== undefined) {
    const settled = withoutCommon(expanded.kind === 'add' ? reduceSquares(expanded) : expanded);
    if (sizeOf(settled) < sizeOf(best)) best = settled;
  }
  return best.kind === 'add' ? groupTerms(best) : best;
}

/** A sum with what its terms share in front. */
function withoutCommon(sum: Term): Term {
  const parts = sum.kind === 'add' ? partsOf(sum) : undefined;
  const pulled = parts && pull(parts, 'shared');
  return pulled === undefined ? sum : multiply(pulled.common, pulled.rest);
}

const noPairs: readonly (readonly [Bracket, Bracket])[] = [];

function pairsOf(brackets: readonly Bracket[]): readonly (readonly [Bracket, Bracket])[] {
  if (brackets.length < 2 || brackets.length > mostRounds) return noPairs;
  return brackets.flatMap((a, at) => brackets.slice(at + 1).map((b) => [a, b] as const));
}

/** (1 - x) / (x - 1) as -1, and (x^2 - 1) / (x + 1) as x - 1, where the division is exact. */
function cancel(term: Term, first: Bracket, second: Bracket): Term | undefined {
  const isWhole = (one: Bracket): boolean => isIntegerRational(one.exponent);
  if (!isWhole(first) && !isWhole(second)) return undefined;
  if (isWhole(second) && isOpposite(first.sum, second.sum)) {
    const sign = second.exponent.numerator % 2n === 0n ? 1 : -1;
    return exchange(term, [second.factor], number(sign), power(first.sum, number(second.exponent)));
  }
  const [above, below] = first.exponent.numerator > 0n ? [first, second] : [second, first];
  if (!isWhole(above) || above.exponent.numerator < 0n || below.exponent.numerator > 0n) return undefined;
  const quotient = divideExactly(above.sum, below.sum);
  const times = number(above.exponent);
  if (quotient !== undefined) return exchange(term, [above.factor], power(quotient, times), power(below.sum, times));
  // 1 - x above 1 - x^2 leaves 1 + x below.
  const inverse = isWhole(below) ? divideExactly(below.sum, above.sum) : undefined;
  if (inverse === undefined) return undefined;
  const divisor = number(below.exponent);
  return exchange(term, [below.factor], power(inverse, divisor), power(above.sum, divisor));
}

/** (a b - c)/b as a - c/b, where a term of the bracket holds what stands below the stroke. */
function splitFraction(term: Term, { factor, sum, exponent }: Bracket): Term | undefined {
  if (term.kind !== 'multiply' || exponent !== oneRational || !term.factors.some(isDivisor)) return undefined;
  const holds = (part: Term, base: Term): boolean =>
    factorsOf(part).some((one) => one === base || (one.kind === 'power' && one.base === base));
  const below = term.factors.filter(isDivisor);
  if (!below.some(({ base }) => sum.terms.some((part) => holds(part, base)))) return undefined;
  const parts = sum.terms.map((part) => exchange(term, [factor], part));
  return addAll(parts);
}

/** (1 - cos)/sin^2 as 1/(1 + cos): the square is 1 - cos^2, which the bracket divides. */
function splitSquare(term: Term, { sum }: Bracket): Term | undefined {
  if (term.kind !== 'multiply') return undefined;
  for (const divisor of term.factors) {
    const square = isDivisor(divisor) ? squareAsDifference(divisor.base) : undefined;
    if (square === undefined || !isDivisor(divisor) || !isNumber(divisor.exponent, -2)) continue;
    const quotient = divideExactly(square, sum);
    if (quotient !== undefined) return exchange(term, [divisor], power(quotient, number(-1)), power(sum, number(-1)));
  }
  return undefined;
}

/**
 * (sec + tan)/((sec + tan)^2 + 1) as 1/(2 sec): a bracket below the stroke multiplied out, where what its terms then share
 * leaves a bracket that stands above, or that stands there once its own fractions are cleared.
 */
function openDivisor(term: Term, { factor, sum, exponent }: Bracket): Term | undefined {
  if (term.kind !== 'multiply' || !isNumber(number(exponent), -1) || !mayCancel(sum)) return undefined;
  const expanded = expandSum(sum);
  const reduced = expanded?.kind === 'add' ? withoutCommon(reduceSquares(expanded)) : undefined;
  if (reduced?.kind !== 'multiply') return undefined;
  const opened = exchange(term, [factor], power(reduced, number(-1)));
  let cleared = opened;
  for (const one of bracketsOf(factorsOf(opened))) {
    if (one.exponent !== oneRational || !one.sum.terms.some(holdsDivisor)) continue;
    const parts = partsOf(one.sum);
    const pulled = parts && pull(parts, 'fractions');
    if (pulled !== undefined) cleared = exchange(cleared, [one.factor], pulled.common, tidyRest(pulled.rest));
  }
  return sizeOf(cleared) < sizeOf(opened) ? cleared : opened;
}

function isOpposite(first: AddTerm, second: AddTerm): boolean {
  if (first.terms.length !== second.terms.length || first === second) return false;
  return addAll(first.terms.map(negate)) === second;
}

/** (x + 1)(x - 1) as x^2 - 1. */
function join(term: Term, first: Bracket, second: Bracket): Term | undefined {
  if (!equalRational(first.exponent, second.exponent) || !isIntegerRational(first.exponent)) return undefined;
  if (first.sum.terms.length * second.sum.terms.length > 9) return undefined;
  const joined = expandProduct(multiply(first.sum, second.sum));
  // (2 x + 1)(x - 1) stays: with more terms than either it hides what it shares with others.
  if (joined?.kind === 'add' && joined.terms.length > Math.max(first.sum.terms.length, second.sum.terms.length)) {
    return undefined;
  }
  return joined === undefined
    ? undefined
    : exchange(term, [first.factor, second.factor], power(joined, number(first.exponent)));
}
