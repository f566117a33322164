/** Sums as factors of a product: what they share comes out, what divides cancels, what is shorter is multiplied out. */

import {
  addAll,
  fraction,
  isNumber,
  multiply,
  multiplyAll,
  negate,
  number,
  power,
  splitCoefficient,
} from '../../term/construct.ts';
import {
  addRational,
  equalRational,
  isIntegerRational,
  isNegativeRational,
  isZeroRational,
  negateRational,
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
import { type Monomial, productOf, times } from './monomial.ts';
import { holdsStroke, isDivisor, isNegative, sizeOf } from './size.ts';
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
    best = shorterOf(splitFraction(best, bracket) ?? splitSquare(best, bracket), best) ?? best;
  }
  return best;
}

/** The candidate if it is shorter than the term. */
function shorterOf(candidate: Term | undefined, term: Term): Term | undefined {
  return candidate !== undefined && candidate !== term && sizeOf(candidate) < sizeOf(term) ? candidate : undefined;
}

/** The first shorter form that a bracket alone gives. */
function clearedIn(term: Term, brackets: readonly Bracket[]): Term | undefined {
  for (const bracket of brackets) {
    const shorter = bracket.sum.clear ? undefined : shorterOf(clearBracket(term, bracket), term);
    if (shorter !== undefined) return shorter;
  }
  return undefined;
}

function factorsOf(term: Term): readonly Term[] {
  return term.kind === 'multiply' ? term.factors : [term];
}

/** The product with `factors` in place of `gone`. */
function exchange(term: Term, gone: readonly Term[], ...factors: readonly Term[]): Term {
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
  const isOpen = mayCancel(sum);
  const settled = isWhole && isOpen ? tidyRest(sum) : sum;
  if (settled !== sum) return exchange(term, [factor], power(settled, outside));
  const put = ({ common, rest }: Pulled): Term =>
    exchange(term, [factor], power(productOf(common), outside), power(tidyParts(rest), outside));
  const holdsFraction = holdsStroke(sum);
  if (sharesNothing(sum) && (!isWhole || !holdsFraction)) {
    sum.clear = !holdsFraction && (isWhole || !isOpen);
    return undefined;
  }
  const parts = partsOf(sum);
  if (parts === undefined) return undefined;
  const shared = pull(parts, 'shared');
  if (!isWhole) return shared && clearRoot(term, { factor, sum, exponent }, shared);
  const direct = shared && put(shared);
  if (!holdsFraction) return direct;
  const fractions = pull(parts, 'fractions');
  const cleared = fractions && put(fractions);
  return direct === undefined || (cleared !== undefined && sizeOf(cleared) < sizeOf(direct)) ? cleared : direct;
}

/** sqrt(1 - x^2/4) as sqrt(4 - x^2)/2: a positive number whose root is exact comes out. */
function clearRoot(term: Term, { factor, sum, exponent }: Bracket, { common }: Pulled): Term | undefined {
  if (common.numerator <= 0) return undefined;
  const content = fraction(common.numerator, common.denominator);
  if (isNumber(content, 1)) return undefined;
  const root = power(content, number(exponent));
  if (root.kind !== 'number') return undefined;
  const inverse = power(content, number(-1));
  const rest = addAll(sum.terms.map((part) => multiply(inverse, part)));
  return exchange(term, [factor], root, power(rest, number(exponent)));
}

/** {@link tidyRest} of the sum of these parts, which is built only where it stays as it is. */
export function tidyParts(parts: readonly Monomial[]): Term {
  const counted = parts.some(holdsRatio) ? undefined : expandMonomials(parts);
  if (counted === undefined || counted.some(holdsSquare)) return tidyRest(sumOf(parts));
  const limit = sizeOfParts(parts);
  const shorter = sumIfShorter(counted, limit);
  return shorter !== undefined && sizeOf(shorter) < limit ? shorter : sumOf(parts);
}

/** The rest of a sum once its common factor is out: multiplied out where that is shorter, and divided by its content. */
function tidyRest(rest: Term): Term {
  let best = rest.kind === 'add' ? reducePairs(rest) : rest;
  if (best.kind !== 'add') return best;
  best = reduceSquares(best);
  if (best.kind !== 'add' || !mayCancel(best)) return best;
  const counted = expandParts(best.terms);
  if (counted !== undefined && !counted.some(holdsSquare)) {
    const shorter = sumIfShorter(counted, sizeOf(best));
    return shorter !== undefined && sizeOf(shorter) < sizeOf(best) ? shorter : best;
  }
  const expanded = expandSum(best);
  if (expanded === undefined) return best;
  const settled = withoutCommon(expanded.kind === 'add' ? reduceSquares(expanded) : expanded);
  return sizeOf(settled) < sizeOf(best) ? settled : best;
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
      const shorter = shorterOf(cancel(term, first, second) ?? join(term, first, second), term);
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

/** -(a - b) as b - a. */
export function absorbSign(term: Term): Term {
  if (term.kind !== 'multiply' || !isNegativeRational(term.coefficient)) return term;
  const bracket = term.factors.find((factor) => factor.kind === 'add' && factor.terms.some(isNegative));
  if (bracket?.kind !== 'add') return term;
  const coefficient = number(negateRational(term.coefficient));
  return multiplyAll([coefficient, ...term.factors.filter((factor) => factor !== bracket), negateSum(bracket)]);
}

/** Every term with the other sign. */
export function negateSum(term: Term): Term {
  return term.kind === 'add' ? addAll(term.terms.map(negate)) : negate(term);
}
