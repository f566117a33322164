/** Quotients that are 0/0 at a point, as sin(x)/x is at 0: told apart, so that each side can be expanded by itself. */

import { add, addAll, apply, isNumber, multiply, number, one, power } from '../term/construct.ts';
import { rational } from '../term/rational.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import { present } from './present.ts';
import { valueAt } from './taylor.ts';

export interface Quotient {
  readonly numerator: Term;
  readonly denominator: Term;
}

/** Bases that vanish at the point, with their exponents. */
type Vanishing = ReadonlyMap<Term, number>;

interface Split {
  readonly numerator: Term;
  readonly below: Vanishing;
}

/** A higher power than this has more zeros than degrees are expanded to. */
const highestPower = 12;

/** `term` over all that vanishes at the point and is divided by in it; undefined where there is nothing of that kind. */
export function splitVanishing(term: Term, by: SymbolTerm, point: Term): Quotient | undefined {
  const { numerator, below } = split(term, by, point);
  return below.size === 0 ? undefined : { numerator, denominator: productOf(below) };
}

function split(term: Term, by: SymbolTerm, point: Term): Split {
  switch (term.kind) {
    case 'multiply': {
      const parts = term.factors.map((factor) => split(factor, by, point));
      const numerator = multiply(number(term.coefficient), ...parts.map((part) => part.numerator));
      return { numerator, below: parts.reduce<Vanishing>((all, part) => joined(all, part.below, sum), noneBelow) };
    }
    case 'add': {
      const parts = term.terms.map((one) => split(one, by, point));
      const below = parts.reduce<Vanishing>((all, part) => joined(all, part.below, Math.max), noneBelow);
      return { numerator: addAll(parts.map((part) => multiply(part.numerator, missing(below, part.below)))), below };
    }
    case 'power': {
      const { base, exponent } = term;
      if (exponent.kind !== 'number' || exponent.value.denominator !== 1n) return whole(term);
      const times = Number(exponent.value.numerator);
      if (Math.abs(times) > highestPower) return whole(term);
      const inner = split(base, by, point);
      if (times > 0) return inner.below.size === 0 ? whole(term) : raised(inner, times);
      const above = power(productOf(inner.below), number(-times));
      if (!isNumber(valueAt(inner.numerator, by, point), 0)) {
        return { numerator: multiply(above, power(inner.numerator, number(times))), below: noneBelow };
      }
      return { numerator: above, below: new Map([[inner.numerator, -times]]) };
    }
    case 'apply': {
      const [above, below] = quotients.get(term.generic ? '' : term.name) ?? [];
      if (below === undefined) return whole(term);
      const denominator = apply(below, ...term.args);
      if (!isNumber(valueAt(denominator, by, point), 0)) return whole(term);
      const numerator = above === undefined ? one() : apply(above, ...term.args);
      return { numerator, below: new Map([[denominator, 1]]) };
    }
    default:
      return whole(term);
  }
}

/** Functions with poles as quotients of such as have none; DLMF 4.14 and 4.28. */
const quotients: ReadonlyMap<string, readonly [above: string | undefined, below: string]> = new Map([
  ['tan', ['sin', 'cos']],
  ['cot', ['cos', 'sin']],
  ['sec', [undefined, 'cos']],
  ['csc', [undefined, 'sin']],
  ['coth', ['cosh', 'sinh']],
  ['csch', [undefined, 'sinh']],
]);

const noneBelow: Vanishing = new Map();
const whole = (numerator: Term): Split => ({ numerator, below: noneBelow });
const sum = (a: number, b: number): number => a + b;

const productOf = (below: Vanishing): Term =>
  multiply(...[...below].map(([base, times]) => power(base, number(times))));

function raised({ numerator, below }: Split, times: number): Split {
  return {
    numerator: power(numerator, number(times)),
    below: new Map([...below].map(([base, own]) => [base, own * times])),
  };
}

function joined(first: Vanishing, second: Vanishing, of: (a: number, b: number) => number): Vanishing {
  const all = new Map(first);
  for (const [base, times] of second) all.set(base, of(all.get(base) ?? 0, times));
  return all;
}

/** What a fraction lacks to the common denominator. */
function missing(common: Vanishing, own: Vanishing): Term {
  return productOf(new Map([...common].map(([base, times]) => [base, times - (own.get(base) ?? 0)])));
}

/**
 * The derivatives of f at the point from those of u and v, where f v = u and v has a zero of the given order there: Leibniz'
 * rule for the derivative of order k + zero of f v, solved for f^(k) (Knuth, The Art of Computer Programming 2, 4.7, for the
 * coefficients).
 */
export function divideSeries(above: readonly Term[], below: readonly Term[], zeroOrder: number): readonly Term[] {
  const found: Term[] = [];
  for (let k = 0; k + zeroOrder < above.length; k++) {
    const order = k + zeroOrder;
    const known = leibnizTerms(order, found, below);
    const rest = add(above[order] as Term, ...known.map((term) => multiply(number(-1), term)));
    const factor = multiply(number(rational(binomial(order, k))), below[zeroOrder] as Term);
    found.push(present(multiply(rest, power(factor, number(-1)))));
  }
  return found;
}

/** binomial(order, j) f^(j) v^(order - j) for each known derivative of f. */
export function leibnizTerms(order: number, of: readonly Term[], below: readonly Term[]): readonly Term[] {
  return of.map((value, j) => multiply(number(rational(binomial(order, j))), value, below[order - j] as Term));
}

function binomial(n: number, k: number): bigint {
  let value = 1n;
  for (let count = 1; count <= k; count++) value = (value * BigInt(n - count + 1)) / BigInt(count);
  return value;
}
