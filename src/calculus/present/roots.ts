/** Roots of numbers within a product: sqrt(2) sqrt(pi) = sqrt(2 pi), 2 / sqrt(2) = sqrt(2). */

import { add, apply, multiply, multiplyAll, number, power } from '../../term/construct.ts';
import { baseOf } from '../../term/inspect.ts';
import { isOneRational, rational } from '../../term/rational.ts';
import type { MultiplyTerm, NumberTerm, PowerTerm, Term } from '../../term/term.ts';
import { isDivisor, sizeOf } from './size.ts';

/** A root of a positive constant. */
function isConstantRoot(factor: Term): factor is PowerTerm {
  if (factor.kind !== 'power' || factor.exponent.kind !== 'number' || factor.exponent.value.denominator === 1n)
    return false;
  const { base } = factor;
  return base.kind === 'number' ? base.value.numerator > 0n : base.kind === 'symbol' && base.constant;
}

/** A product with its roots of squares as absolute values, and with positive numbers whose roots are exact out of them. */
export function openRoots(term: Term): Term {
  if (term.kind !== 'multiply') return openRoot(term);
  if (term.factors.every((factor) => openRoot(factor) === factor)) return term;
  return multiplyAll([number(term.coefficient), ...term.factors.map(openRoot)]);
}

/** sqrt(u^2) as |u|, and (u^(2 k))^r as |u|^(2 k r); sqrt(4 u v) as 2 sqrt(u v). */
function openRoot(term: Term): Term {
  if (term.kind !== 'power' || term.exponent.kind !== 'number') return term;
  if (term.base.kind === 'multiply') return withoutNumber(term.base, term.exponent) ?? term;
  if (term.base.kind !== 'power') return term;
  const { base, exponent } = term.base;
  if (exponent.kind !== 'number' || exponent.value.denominator !== 1n || exponent.value.numerator % 2n !== 0n)
    return term;
  return power(apply('abs', base), multiply(exponent, term.exponent));
}

/** A root of a product with its coefficient outside; undefined where that has no exact root. */
function withoutNumber({ coefficient, factors }: MultiplyTerm, exponent: NumberTerm): Term | undefined {
  const isRoot = exponent.value.denominator !== 1n && coefficient.numerator > 0n && !isOneRational(coefficient);
  const root = isRoot ? power(number(coefficient), exponent) : undefined;
  if (root?.kind !== 'number') return undefined;
  return multiply(root, openRoot(power(multiplyAll(factors), exponent)));
}

/**
 * (m/k)^(-1/2) m/k as (m/k)^(1/2), and (m/k)^(n - 1) m/k as (m/k)^n, for a power of a product: its factors stand beside it, but do not collect with it.
 * Where the root has a value its radicand is positive, and equal to itself on both sides.
 */
export function collectRoots(term: Term): Term {
  if (term.kind !== 'multiply') return term;
  let best: Term = term;
  for (const factor of term.factors) {
    if (factor.kind !== 'power' || factor.base.kind !== 'multiply' || !shareBase(term, factor.base)) continue;
    for (const step of [1, -1]) {
      const radicand = power(factor.base, number(-step));
      const candidate = multiply(
        term,
        radicand,
        power(factor, number(-1)),
        power(factor.base, add(factor.exponent, number(step))),
      );
      if (sizeOf(candidate) < sizeOf(best)) best = candidate;
    }
  }
  return best;
}

/** Whether a factor of the radicand stands outside too: with nothing to collect with, it would make the product longer. */
function shareBase({ factors }: MultiplyTerm, radicand: MultiplyTerm): boolean {
  return radicand.factors.some((inner) => factors.some((outer) => baseOf(outer) === baseOf(inner)));
}

/** The product with the roots of its constants merged, and with whole multiples of what is under a root below taken in. */
export function mergeRoots(term: Term): Term {
  if (term.kind !== 'multiply') return term;
  const roots = term.factors.filter(isConstantRoot);
  if (roots.length === 0) return term;
  const merged = new Map<Term, Term>();
  for (const { base, exponent } of roots) {
    const known = merged.get(exponent);
    merged.set(exponent, known === undefined ? base : multiply(known, base));
  }
  const rest = term.factors.filter((factor) => !isConstantRoot(factor));
  let { coefficient } = term;
  const powers = [...merged].map(([exponent, base]) => {
    const factor = power(base, exponent);
    if (!isDivisor(factor) || factor.base.kind !== 'number' || factor.base.value.denominator !== 1n) return factor;
    const under = factor.base.value.numerator;
    if (coefficient.numerator % under !== 0n) return factor;
    coefficient = rational(coefficient.numerator / under, coefficient.denominator);
    return multiply(factor, factor.base);
  });
  return multiplyAll([number(coefficient), ...rest, ...powers]);
}
