/**
 * Sums with squares of circular or hyperbolic functions: sin^2 + cos^2 = 1, 1 - tanh^2 = sech^2, sec^2 - 1 = tan^2 and
 * their kin (Abramowitz and Stegun, 4.3.10 to 4.3.12 and 4.5.16 to 4.5.18).
 */

import { add, addAll, apply, fraction, multiply, negate, number, power, subtract } from '../../term/construct.ts';
import type { AddTerm, ApplyTerm, Term } from '../../term/term.ts';
import { expandSum } from './expand.ts';
import { isNegative, sizeOf } from './size.ts';

/** Longer sums are left alone. */
const mostTerms = 16;

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
  let best: Term = sum;
  let tried: Term[] | undefined;
  for (const term of sum.terms) {
    for (const factor of term.kind === 'multiply' ? term.factors : [term]) {
      const base = squareIn(factor);
      if (base === undefined || tried?.includes(base)) continue;
      tried ??= [];
      tried.push(base);
      const candidate = replaceSquares(sum, base);
      // Fewer terms, not other ones: cos^2 - sin^2 stays.
      if (termsOf(candidate) < sum.terms.length && sizeOf(candidate) < sizeOf(best)) best = candidate;
    }
  }
  if (best !== sum && best.kind === 'add') return reduceSquares(best);
  return best;
}

function termsOf(term: Term): number {
  return term.kind === 'add' ? term.terms.length : 1;
}

/** The function of which a factor is at least the square. */
function squareIn(factor: Term): ApplyTerm | undefined {
  if (factor.kind !== 'power' || factor.base.kind !== 'apply' || factor.exponent.kind !== 'number') return undefined;
  const times = factor.exponent.integer;
  if (!(times >= 2 && times <= 8)) return undefined;
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
  const [first, second] = sum.terms as [Term, Term];
  if (sum.terms.length !== 2) return sum;
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
