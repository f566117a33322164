/** Signs that terms have wherever they have a real value: exp(u) > 0, u^2 >= 0, sqrt(u) >= 0, and sums and products of such. */

import { isIntegerRational, isNegativeRational, isZeroRational, type Rational } from '../../term/rational.ts';
import type { PowerTerm, Term } from '../../term/term.ts';

/** `positive` is above zero wherever there is a value, `nonnegative` not below it. */
export type Sign = 'positive' | 'nonnegative';

/** What is known of terms that say nothing by themselves. */
export type Known = (term: Term) => Sign | undefined;

const signs: ReadonlyMap<string, Sign> = new Map([
  ...['exp', 'cosh', 'sech', 'sigmoid', 'softplus', 'erfc'].map((name) => [name, 'positive'] as const),
  ...['abs', 'acosh', 'asech', 'acos', 'relu', 'heaviside'].map((name) => [name, 'nonnegative'] as const),
]);

/** Deeper formulas are not looked through. */
const deepest = 12;

/** The sign of a term that holds wherever it has a value; undefined where it has both, or where nothing is known. */
export function signOf(term: Term, known: Known = nothing, depth = 0): Sign | undefined {
  if (depth > deepest || term.rank > 0) return undefined;
  const told = known(term);
  if (told === 'positive') return told;
  return ownSign(term, known, depth) ?? told;
}

const nothing: Known = () => undefined;

function ownSign(term: Term, known: Known, depth: number): Sign | undefined {
  switch (term.kind) {
    case 'number':
      return signOfNumber(term.value);
    case 'symbol':
      return term.constant ? 'positive' : undefined;
    case 'apply':
      return term.generic ? undefined : signs.get(term.name);
    case 'power':
      return signOfPower(term, known, depth);
    case 'multiply':
      return signOfNumber(term.coefficient) && leastSign(term.factors, known, depth);
    case 'add':
      return signOfSum(term.terms, known, depth);
    default:
      return undefined;
  }
}

function signOfNumber(value: Rational): Sign | undefined {
  return isNegativeRational(value) ? undefined : isZeroRational(value) ? 'nonnegative' : 'positive';
}

/** A power below a stroke is not zero where it has a value. */
function signOfPower({ base, exponent }: PowerTerm, known: Known, depth: number): Sign | undefined {
  const sign = signOf(base, known, depth + 1);
  if (sign === 'positive') return sign;
  if (exponent.kind !== 'number') return undefined;
  const { numerator, denominator } = exponent.value;
  const isSafe = sign !== undefined || denominator !== 1n || numerator % 2n === 0n;
  return isSafe ? (numerator < 0n ? 'positive' : 'nonnegative') : undefined;
}

/** Of a product: that of its weakest factor. */
function leastSign(factors: readonly Term[], known: Known, depth: number): Sign | undefined {
  let least: Sign = 'positive';
  for (const factor of factors) {
    const sign = signOf(factor, known, depth + 1);
    if (sign === undefined) return undefined;
    if (sign === 'nonnegative') least = sign;
  }
  return least;
}

function signOfSum(terms: readonly Term[], known: Known, depth: number): Sign | undefined {
  let most: Sign = 'nonnegative';
  for (const term of terms) {
    const sign = signOf(term, known, depth + 1);
    if (sign === undefined) return undefined;
    if (sign === 'positive') most = sign;
  }
  return most;
}

/** Whether a root is among the factors: |sqrt(u)| stays, as with another root its value may come where it has none. */
export function holdsRoot(term: Term): boolean {
  const factors = term.kind === 'multiply' ? term.factors : [term];
  return factors.some(
    (one) => one.kind === 'power' && one.exponent.kind === 'number' && !isIntegerRational(one.exponent.value),
  );
}

/** Odd functions that grow: their sign is that of their argument. */
const odd: ReadonlySet<string> = new Set(['sinh', 'tanh', 'asinh', 'asin', 'atan', 'atanh', 'erf']);

/** sign(sinh(u)) as sign(u), as sinh is odd and grows. */
export function sameSign(term: Term): Term {
  return term.kind === 'apply' && !term.generic && odd.has(term.name) ? sameSign(term.args[0] as Term) : term;
}
