/**
 * Sums with squares of circular or hyperbolic functions: sin^2 + cos^2 = 1, 1 - tanh^2 = sech^2, sec^2 - 1 = tan^2 and
 * their kin (Abramowitz and Stegun, 4.3.10 to 4.3.12 and 4.5.16 to 4.5.18).
 */

import {
  add,
  addAll,
  apply,
  fraction,
  multiply,
  negate,
  number,
  power,
  splitCoefficient,
  subtract,
} from '../../term/construct.ts';
import { toDouble } from '../../term/rational.ts';
import type { AddTerm, ApplyTerm, Term } from '../../term/term.ts';
import { expandSum } from './expand.ts';
import { collect, type Monomial, monomialOf, times, unit } from './monomial.ts';
import { isNegative, sizeOf } from './size.ts';

/** Longer sums are left alone. */
const mostTerms = 16;

/** Higher powers are left alone. */
const mostTimes = 8;

/** f^2 as a + b g^2. */
const squares: ReadonlyMap<string, readonly [constant: number, factor: number, partner: string]> = new Map([
  ['sin', [1, -1, 'cos']],
  ['cos', [1, -1, 'sin']],
  ['tan', [-1, 1, 'sec']],
  ['sec', [1, 1, 'tan']],
  ['cot', [-1, 1, 'csc']],
  ['csc', [1, 1, 'cot']],
  ['sinh', [-1, 1, 'cosh']],
  ['cosh', [1, 1, 'sinh']],
  ['tanh', [1, -1, 'sech']],
  ['sech', [1, -1, 'tanh']],
  ['coth', [1, 1, 'csch']],
  ['csch', [-1, 1, 'coth']],
]);

/** A sum with squares replaced by their partners, where that makes it shorter; else the sum itself. */
export function reduceSquares(sum: AddTerm): Term {
  if (sum.terms.length > mostTerms) return sum;
  let tried: ApplyTerm[] | undefined;
  for (const term of sum.terms) {
    if (term.kind !== 'multiply') tried = withSquare(tried, term);
    else for (const factor of term.factors) tried = withSquare(tried, factor);
  }
  if (tried === undefined) return sum;
  let best: Term = sum;
  for (const base of tried) {
    if (!mayShorten(sum, base)) continue;
    const candidate = replaceSquares(sum, base);
    // Fewer terms or smaller numbers, not other ones: cos^2 - sin^2 stays, 2 cos^2 + sin^2 is 1 + cos^2.
    const isSimpler = termsOf(candidate) < sum.terms.length || weightOf(candidate) < weightOf(sum);
    if (isSimpler && sizeOf(candidate) < sizeOf(best)) best = candidate;
  }
  if (best !== sum && best.kind === 'add') return reduceSquares(best);
  return best;
}

/** The functions of which squares were found, with that of one factor more. */
function withSquare(found: ApplyTerm[] | undefined, factor: Term): ApplyTerm[] | undefined {
  const base = squareIn(factor);
  if (base === undefined || found?.includes(base)) return found;
  if (found === undefined) return [base];
  found.push(base);
  return found;
}

function termsOf(term: Term): number {
  return term.kind === 'add' ? term.terms.length : 1;
}

/** Whether a part holds the square of a function that has a partner. */
export function holdsSquare({ bases, exponents }: Monomial): boolean {
  for (let k = 0; k < bases.length; k++) {
    const base = bases[k] as Term;
    if (base.kind === 'apply' && (exponents[k] as number) >= 2 * unit && squares.has(base.name)) return true;
  }
  return false;
}

/** Whether a part holds a function that has a partner: then more may be shortened than powers tell. */
export function holdsRatio({ bases }: Monomial): boolean {
  for (const base of bases) if (base.kind === 'apply' && squares.has(base.name)) return true;
  return false;
}

/** The numbers in front of all terms, without their signs. */
function weightOf(term: Term): number {
  if (term.kind === 'add') return term.terms.reduce((total, part) => total + weightOf(part), 0);
  return Math.abs(toDouble(splitCoefficient(term)[0]));
}

/** The function of which a factor is at least the square. */
function squareIn(factor: Term): ApplyTerm | undefined {
  if (factor.kind !== 'power' || factor.base.kind !== 'apply' || factor.exponent.kind !== 'number') return undefined;
  const times = factor.exponent.integer;
  if (!(times >= 2 && times <= mostTimes)) return undefined;
  return squares.has(factor.base.name) && !factor.base.generic ? factor.base : undefined;
}

/** sin(u)^2 as 1 - cos(u)^2, and so on: the square of a function by that of its partner. */
export function squareAsDifference(base: Term): AddTerm | undefined {
  if (base.kind !== 'apply' || base.generic) return undefined;
  const square = squares.get(base.name);
  if (square === undefined) return undefined;
  const [constant, factor, partner] = square;
  const other = power(apply(partner, base.args[0] as Term), number(2));
  return add(number(constant), multiply(number(factor), other)) as AddTerm;
}

/**
 * Whether replacing the squares may leave fewer terms or smaller numbers: found by counting, without building any. Brackets, which would be
 * multiplied out with them, and large numbers are not counted; there it may.
 */
function mayShorten(sum: AddTerm, base: ApplyTerm): boolean {
  const [constant, factor, partner] = squares.get(base.name) as readonly [number, number, string];
  const other = findCall(sum, partner, base.args[0] as Term);
  const parts: Monomial[] = [];
  for (const term of sum.terms) {
    const part = monomialOf(term);
    if (part === undefined || holdsBracket(part)) return true;
    const at = part.bases.indexOf(base);
    const units = at < 0 ? 0 : (part.exponents[at] as number);
    if (units < 2 * unit || units > mostTimes * unit || units % unit !== 0) {
      collect(parts, part);
      continue;
    }
    part.exponents[at] = units - 2 * unit;
    collect(parts, scaled(part, constant));
    collect(parts, scaled(times(part, squareOf(other)), factor));
  }
  return parts.length < sum.terms.length || weightOfParts(parts) < weightOf(sum) - 1e-9;
}

function weightOfParts(parts: readonly Monomial[]): number {
  let weight = 0;
  for (const { numerator, denominator } of parts) weight += Math.abs(numerator / denominator);
  return weight;
}

function holdsBracket({ bases }: Monomial): boolean {
  for (const base of bases) if (base.kind === 'add') return true;
  return false;
}

/** Written out, as copying by spread takes a hundred times as long. */
function scaled({ numerator, denominator, bases, exponents }: Monomial, factor: number): Monomial {
  return { numerator: factor * numerator, denominator, bases, exponents };
}

function squareOf(base: Term): Monomial {
  return { numerator: 1, denominator: 1, bases: [base], exponents: [2 * unit] };
}

/** A function of this argument in a term of the sum; the sum itself, which none of its terms holds, where there is none. */
function findCall(sum: AddTerm, name: string, argument: Term): Term {
  for (const term of sum.terms) {
    for (const factor of term.kind === 'multiply' ? term.factors : [term]) {
      const base = factor.kind === 'power' ? factor.base : factor;
      if (base.kind === 'apply' && base.name === name && !base.generic && base.args[0] === argument) return base;
    }
  }
  return sum;
}

function replaceSquares(sum: AddTerm, base: ApplyTerm): Term {
  const instead = squareAsDifference(base) as AddTerm;
  const inverse = power(base, number(-2));
  const replaced = sum.terms.map((term) => {
    const holds = (term.kind === 'multiply' ? term.factors : [term]).some((part) => squareIn(part) === base);
    return holds ? multiply(term, inverse, instead) : term;
  });
  return expandSum(addAll(replaced)) ?? sum;
}

/**
 * 1 - cos(2 u) as 2 sin(u)^2 and 1 + cos(2 u) as 2 cos(u)^2, with any factor; cosh(u) + sinh(u) as exp(u); and
 * 1 - sigmoid(-u) as sigmoid(u).
 */
export function reducePairs(sum: AddTerm): Term {
  if (sum.terms.length !== 2) return sum;
  const [first, second] = sum.terms as [Term, Term];
  const candidate =
    halfAngle(first, second) ?? halfAngle(second, first) ?? exponential(first, second) ?? complement(first, second);
  return candidate !== undefined && sizeOf(candidate) <= sizeOf(sum) ? candidate : sum;
}

function halfAngle(constant: Term, wave: Term): Term | undefined {
  if (constant.kind !== 'number') return undefined;
  const [turned, cosine] = wave.kind === 'multiply' ? [wave, wave.factors[0] as Term] : [undefined, wave];
  if (cosine.kind !== 'apply' || cosine.name !== 'cos' || (turned !== undefined && turned.factors.length > 1))
    return undefined;
  const argument = cosine.args[0] as Term;
  if (argument.kind !== 'multiply' || argument.coefficient.numerator % 2n !== 0n) return undefined;
  const sign =
    add(wave, multiply(constant, cosine)) === number(0)
      ? 'sin'
      : subtract(wave, multiply(constant, cosine)) === number(0)
        ? 'cos'
        : undefined;
  if (sign === undefined) return undefined;
  const half = multiply(fraction(1, 2), argument);
  return multiply(number(2), constant, power(apply(sign, half), number(2)));
}

function exponential(first: Term, second: Term): Term | undefined {
  const [cosh, other] = isCall(first, 'cosh') ? [first, second] : [second, first];
  if (!isCall(cosh, 'cosh')) return undefined;
  const argument = (cosh as ApplyTerm).args[0] as Term;
  if (other === apply('sinh', argument)) return apply('exp', argument);
  return isNegative(other) && negate(other) === apply('sinh', argument) ? apply('exp', negate(argument)) : undefined;
}

function complement(first: Term, second: Term): Term | undefined {
  const [constant, share] = first.kind === 'number' ? [first, second] : [second, first];
  const bare = share.kind === 'multiply' ? share.rest : share;
  if (constant.kind !== 'number' || bare === undefined || !isCall(bare, 'sigmoid')) return undefined;
  const argument = (bare as ApplyTerm).args[0] as Term;
  const isWhole = add(share, multiply(constant, bare)) === number(0);
  return isWhole && isNegative(argument) ? multiply(constant, apply('sigmoid', negate(argument))) : undefined;
}

function isCall(term: Term, name: string): boolean {
  return term.kind === 'apply' && term.name === name;
}
