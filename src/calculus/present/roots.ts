/** Roots of numbers within a product: sqrt(2) sqrt(pi) = sqrt(2 pi), 2 / sqrt(2) = sqrt(2). */

import { multiply, multiplyAll, number, power } from '../../term/construct.ts';
import { rational } from '../../term/rational.ts';
import type { PowerTerm, Term } from '../../term/term.ts';
import { isDivisor } from './size.ts';

/** A root of a positive constant. */
function isConstantRoot(factor: Term): factor is PowerTerm {
  if (factor.kind !== 'power' || factor.exponent.kind !== 'number' || factor.exponent.value.denominator === 1n)
    return false;
  const { base } = factor;
  return base.kind === 'number' ? base.value.numerator > 0n : base.kind === 'symbol' && base.constant;
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
