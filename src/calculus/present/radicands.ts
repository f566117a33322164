/**
 * What comes out of a root: positive numbers whose root is exact, squares as absolute values, and what is known to be
 * positive. sqrt(1 - x^2/4) is sqrt(4 - x^2)/2, and sqrt(1 - x^2/(1 + x^2)) is 1/sqrt(1 + x^2).
 */

import { addAll, apply, multiply, multiplyAll, number, power } from '../../term/construct.ts';
import { isNegativeRational, isOddRational, oneRational } from '../../term/rational.ts';
import type { AddTerm, NumberTerm, PowerTerm, Term } from '../../term/term.ts';
import { expandSum, mayCancel } from './expand.ts';
import { partsOf, pull, sumOf } from './factor.ts';
import { type Monomial, productOf } from './monomial.ts';
import { signOf } from './positive.ts';
import { factorQuadratic } from './quadratics.ts';
import { isDivisor } from './size.ts';

/** The factors of `radicand^exponent`, each out of the root that can come out; undefined where none can. */
function takeOut(radicand: Term, exponent: NumberTerm): Term[] | undefined {
  const inside: Term[] = [];
  const outside: Term[] = [];
  const coefficient = radicand.kind === 'multiply' ? radicand.coefficient : oneRational;
  const root = isNegativeRational(coefficient) ? undefined : power(number(coefficient), exponent);
  if (root?.kind === 'number') outside.push(root);
  else inside.push(number(coefficient));
  for (const factor of radicand.kind === 'multiply' ? radicand.factors : [radicand]) {
    const [base, own] = factor.kind === 'power' ? [factor.base, factor.exponent] : [factor, number(1)];
    const isEven = own.kind === 'number' && own.value.denominator === 1n && own.value.numerator % 2n === 0n;
    if (signOf(base) !== undefined) outside.push(power(base, multiply(own, exponent)));
    else if (isEven && isRational(base)) outside.push(power(apply('abs', base), multiply(own, exponent)));
    else inside.push(factor);
  }
  const [only, another] = inside.filter((factor) => factor.kind !== 'number');
  if (only !== undefined && another === undefined && isOddDivisor(only)) {
    // sqrt(1/u) is 1/sqrt(u): both need u > 0.
    outside.push(power(only.base, multiply(only.exponent, exponent)));
    inside.splice(inside.indexOf(only), 1);
  }
  if (outside.length === (root?.kind === 'number' && root.integer === 1 ? 1 : 0)) return undefined;
  return [...outside, power(multiplyAll(inside), exponent)];
}

function isOddDivisor(factor: Term): factor is PowerTerm {
  return isDivisor(factor) && factor.exponent.kind === 'number' && isOddRational(factor.exponent.value);
}

/** What comes out of a root once its radicand is multiplied out: 1 - (2 x - 1)^2 is 4 x (1 - x). */
export function openedRoot(sum: AddTerm, exponent: NumberTerm): Term[] | undefined {
  const opened = mayCancel(sum) ? expandSum(sum) : undefined;
  if (opened?.kind !== 'add') return opened && takeOut(opened, exponent);
  const square = factorQuadratic(opened);
  if (square !== undefined) return takeOut(square, exponent);
  const parts = partsOf(opened);
  const pulled = parts && pull(parts, 'shared');
  return pulled && takeOut(multiply(productOf(pulled.common), sumOf(pulled.rest)), exponent);
}

/**
 * A root of a sum with what its terms share, or have below a stroke, out of it. Fractions are cleared only where terms
 * collect by it, or where they are of numbers: sqrt(1 - v^2/c^2) is how its author writes it.
 */
export function rootFactors(
  sum: AddTerm,
  exponent: NumberTerm,
  tidyParts: (rest: readonly Monomial[]) => Term,
): Term[] | undefined {
  const parts = partsOf(sum);
  if (parts === undefined) return undefined;
  const pulled = pull(parts, 'fractions');
  if (pulled === undefined) return undefined;
  const common = productOf(pulled.common);
  if (takeOut(common, exponent) === undefined) return undefined;
  const tidied = tidyParts(pulled.rest);
  const rest = (tidied.kind === 'add' ? factorQuadratic(tidied) : undefined) ?? tidied;
  if (countTerms(rest) < sum.terms.length || sum.terms.every(isPlain)) {
    return takeOut(multiply(common, rest), exponent);
  }
  const content = common.kind === 'multiply' ? number(common.coefficient) : common;
  const root = content.kind === 'number' && !isNegativeRational(content.value) ? power(content, exponent) : undefined;
  if (root?.kind !== 'number' || root.integer === 1) return undefined;
  const inverse = power(content, number(-1));
  return [root, power(addAll(sum.terms.map((part) => multiply(inverse, part))), exponent)];
}

function countTerms(term: Term): number {
  return term.kind === 'add' ? term.terms.length : 1;
}

/** A term without a stroke, or a number above one. */
function isPlain(term: Term): boolean {
  return term.kind === 'multiply' ? term.factors.every(isDivisor) || !term.factors.some(isDivisor) : true;
}

/** Whether a formula has a real value wherever its names do: sqrt(n/u^2) is sqrt(n)/|u| for such u even where n < 0. */
function isRational(term: Term): boolean {
  switch (term.kind) {
    case 'number':
    case 'symbol':
    case 'element':
    case 'index':
      return true;
    case 'add':
      return term.terms.every(isRational);
    case 'multiply':
      return term.factors.every(isRational);
    case 'power':
      return term.exponent.kind === 'number' && term.exponent.value.denominator === 1n && isRational(term.base);
    case 'apply':
      return !term.generic && realFunctions.has(term.name) && term.args.every(isRational);
    default:
      return false;
  }
}

const realFunctions = new Set([
  'sin',
  'cos',
  'tan',
  'sec',
  'csc',
  'cot',
  'exp',
  'sinh',
  'cosh',
  'tanh',
  'sech',
  'atan',
]);
