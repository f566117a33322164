/** Sums as factors of a product: what they share comes out, what divides cancels, what is shorter is multiplied out. */

import { addAll, isNumber, multiply, multiplyAll, number, power, splitCoefficient } from '../../term/construct.ts';
import { factorsOf } from '../../term/inspect.ts';
import {
  addRational,
  equalRational,
  isIntegerRational,
  isZeroRational,
  oneRational,
  type Rational,
} from '../../term/rational.ts';
import type { AddTerm, MultiplyTerm, PowerTerm, Term } from '../../term/term.ts';
import { divideExactly } from './divide.ts';
import {
  expandMonomials,
  expandParts,
  expandProduct,
  expandSum,
  mayCancel,
  plainMonomial,
  productParts,
} from './expand.ts';
import { type Pulled, partsOf, pull, sharesNothing, sizeOfParts, sumIfShorter, sumOf } from './factor.ts';
import { groupTerms } from './groups.ts';
import { type Monomial, productOf, times } from './monomial.ts';
import { factorQuadratic } from './quadratics.ts';
import { openedRoot, rootFactors } from './radicands.ts';
import { openRoots } from './roots.ts';
import { collectSigns } from './signs.ts';
import { holdsStroke, isDivisor, sizeOf } from './size.ts';
import { holdsRatio, holdsSquare, reducePairs, reduceSquares, squareAsDifference } from './squares.ts';

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
  let best: Term = term;
  let brackets = bracketsOf(factorsOf(term));
  for (let round = 0; round < mostRounds && brackets.length > 0; round++) {
    const shorter: Term | undefined = clearedIn(best, brackets) ?? pairedIn(best, brackets);
    if (shorter === undefined) break;
    best = shorter;
    brackets = best.kind === 'multiply' || best.kind === 'power' ? bracketsOf(factorsOf(best)) : [];
  }
  for (const bracket of brackets) {
    const other = splitFraction(best, bracket) ?? splitSquare(best, bracket) ?? openDivisor(best, bracket);
    best = shorterOf(other, best) ?? best;
  }
  return best;
}

/** The candidate if it is shorter than the term. */
function shorterOf(candidate: Term | undefined, term: Term): Term | undefined {
  return candidate !== undefined && candidate !== term && sizeOf(candidate) < sizeOf(term) ? candidate : undefined;
}

/** What is reduced may also be as long as before. */
function notLonger(candidate: Term | undefined, term: Term): Term | undefined {
  return candidate !== undefined && candidate !== term && sizeOf(candidate) <= sizeOf(term) ? candidate : undefined;
}

/** The first shorter form that a bracket alone gives. */
function clearedIn(term: Term, brackets: readonly Bracket[]): Term | undefined {
  for (const bracket of brackets) {
    const isClear = bracket.sum.clear && isIntegerRational(bracket.exponent);
    const shorter = isClear ? undefined : shorterOf(clearBracket(term, bracket), term);
    if (shorter !== undefined) return shorter;
  }
  return undefined;
}

/** The product with `factors` in place of `gone`. */
export function exchange(term: Term, gone: readonly Term[], ...factors: readonly Term[]): Term {
  if (term.kind === 'multiply') {
    factors = term.factors.filter((factor) => !gone.includes(factor)).concat(factors);
    return multiplyAll(term.rest === undefined ? factors : [number(term.coefficient), ...factors]);
  }
  return gone.includes(term) ? multiplyAll(factors) : multiplyAll([term, ...factors]);
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
    exchange(term, [factor], power(productOf(common), outside), power(tidyParts(rest), outside));
  const holdsFraction = holdsStroke(sum);
  if (!isWhole) return clearRoot(term, { factor, sum, exponent }, holdsFraction);
  if (sharesNothing(sum) && !holdsFraction) {
    sum.clear = true;
    return undefined;
  }
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
  const cleared = sharesNothing(sum) && !holdsFraction ? undefined : rootFactors(sum, root, tidyParts);
  const factors = cleared ?? openedRoot(sum, root);
  return factors && collectSigns(exchange(term, [factor], ...factors.map(openRoots)));
}

/** {@link tidyRest} of the sum of these parts, which is built only where it stays as it is. */
export function tidyParts(parts: readonly Monomial[]): Term {
  const counted = parts.some(holdsRatio) ? undefined : expandMonomials(parts);
  if (counted === undefined || counted.some(holdsSquare)) return tidyRest(sumOf(parts));
  const limit = sizeOfParts(parts);
  const shorter = sumIfShorter(counted, limit);
  const best = shorter !== undefined && sizeOf(shorter) < limit ? shorter : sumOf(parts);
  return best.kind === 'add' ? groupTerms(best) : best;
}

/** The rest of a sum once its common factor is out: multiplied out where that is shorter, and divided by its content. */
function tidyRest(rest: Term): Term {
  let best = rest.kind === 'add' ? reducePairs(rest) : rest;
  if (best.kind !== 'add') return best;
  best = reduceSquares(best);
  if (best.kind === 'add' && mayCancel(best)) best = multipliedOut(best);
  return best.kind === 'add' ? groupTerms(best) : best;
}

/** A sum with its brackets multiplied out, where that is shorter. */
function multipliedOut(sum: AddTerm): Term {
  const counted = expandParts(sum.terms);
  if (counted !== undefined && !counted.some(holdsSquare)) {
    return shorterOf(sumIfShorter(counted, sizeOf(sum)), sum) ?? sum;
  }
  const expanded = expandSum(sum);
  if (expanded === undefined) return sum;
  return shorterOf(withoutCommon(expanded.kind === 'add' ? reduceSquares(expanded) : expanded), sum) ?? sum;
}

/** A sum with what its terms share in front. */
function withoutCommon(sum: Term): Term {
  const parts = sum.kind === 'add' ? partsOf(sum) : undefined;
  const pulled = parts && pull(parts, 'shared');
  return pulled === undefined ? sum : multiply(productOf(pulled.common), sumOf(pulled.rest));
}

/** The first shorter form that two brackets give; none is looked for among too many. */
function pairedIn(term: Term, brackets: readonly Bracket[]): Term | undefined {
  if (brackets.length > mostRounds) return undefined;
  for (let at = 0; at < brackets.length; at++) {
    const first = brackets[at] as Bracket;
    for (let after = at + 1; after < brackets.length; after++) {
      const second = brackets[after] as Bracket;
      const shorter = notLonger(cancel(term, first, second), term) ?? shorterOf(join(term, first, second), term);
      if (shorter !== undefined) return shorter;
    }
  }
  return undefined;
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
  const counted = splitParts(term, sum);
  if (counted !== undefined && sizeOfParts(counted) >= sizeOf(term)) return undefined;
  const parts = sum.terms.map((part) => exchange(term, [factor], part));
  return addAll(parts);
}

/** What {@link splitFraction} would make, as numbers. */
function splitParts(term: MultiplyTerm, sum: AddTerm): Monomial[] | undefined {
  const product = plainMonomial(term);
  if (product === undefined) return undefined;
  product.exponents[product.bases.indexOf(sum)] = 0;
  const parts: Monomial[] = [];
  for (const one of sum.terms) {
    const part = plainMonomial(one);
    if (part === undefined) return undefined;
    parts.push(times(product, part));
  }
  return parts;
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
    if (one.exponent !== oneRational || !holdsStroke(one.sum)) continue;
    const parts = partsOf(one.sum);
    const pulled = parts && pull(parts, 'fractions');
    if (pulled === undefined) continue;
    cleared = exchange(cleared, [one.factor], productOf(pulled.common), tidyParts(pulled.rest));
  }
  return sizeOf(cleared) < sizeOf(opened) ? cleared : opened;
}

function isOpposite(first: AddTerm, second: AddTerm): boolean {
  if (first.terms.length !== second.terms.length || first === second) return false;
  return first.terms.every((term) => second.terms.some((other) => areOpposite(term, other)));
}

function areOpposite(left: Term, right: Term): boolean {
  if (left.kind === 'number' || right.kind === 'number') {
    return left.kind === 'number' && right.kind === 'number' && isZeroRational(addRational(left.value, right.value));
  }
  const [a, u] = splitCoefficient(left);
  const [b, v] = splitCoefficient(right);
  return u === v && isZeroRational(addRational(a, b));
}

/** (x + 1)(x - 1) as x^2 - 1. */
function join(term: Term, first: Bracket, second: Bracket): Term | undefined {
  if (!equalRational(first.exponent, second.exponent) || !isIntegerRational(first.exponent)) return undefined;
  if (first.sum.terms.length * second.sum.terms.length > 9) return undefined;
  // (2 x + 1)(x - 1) stays: with more terms than either it hides what it shares with others.
  const most = Math.max(first.sum.terms.length, second.sum.terms.length);
  const counted = productParts(first.sum.terms, second.sum.terms);
  if (counted !== undefined && counted.length > most) return undefined;
  const joined = counted === undefined ? expandProduct(multiply(first.sum, second.sum)) : sumOf(counted);
  if (joined === undefined || (joined.kind === 'add' && joined.terms.length > most)) return undefined;
  return exchange(term, [first.factor, second.factor], power(joined, number(first.exponent)));
}
