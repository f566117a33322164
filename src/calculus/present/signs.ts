/** abs and sign within a product: x sign(x) = |x|, x / |x| = sign(x), and so on, for real x. */

import { addAll, apply, isNumber, multiply, multiplyAll, negate, number, power } from '../../term/construct.ts';
import { isIntegerRational, isNegativeRational, negateRational } from '../../term/rational.ts';
import type { AddTerm, ApplyTerm, MultiplyTerm, Term } from '../../term/term.ts';
import { powerOf, unit } from './monomial.ts';
import { holdsRoot, sameSign, signOf } from './positive.ts';
import { sizeOf } from './size.ts';

function nameOf(base: Term): 'abs' | 'sign' | undefined {
  if (base.kind !== 'apply' || base.generic) return undefined;
  return base.name === 'abs' || base.name === 'sign' ? base.name : undefined;
}

function wholePower(factor: Term): { base: Term; times: number } | undefined {
  if (factor.kind !== 'power') return { base: factor, times: 1 };
  if (factor.exponent.kind !== 'number' || !isIntegerRational(factor.exponent.value)) return undefined;
  return { base: factor.base, times: factor.exponent.integer };
}

/** |2 u| as 2 |u|, and sign(-2 u) as -sign(u); |cosh(u)| as cosh(u), and sign(sinh(u)) as sign(u). */
export function takeNumberOut(term: Term): Term {
  const name = nameOf(term);
  if (name === undefined || term.kind !== 'apply') return term;
  const argument = term.args[0] as Term;
  const known = holdsRoot(argument) ? undefined : signOf(argument);
  if (name === 'abs' && known !== undefined) return argument;
  if (name === 'sign') {
    if (known === 'positive') return number(1);
    const inner = sameSign(argument);
    if (inner !== argument) return takeNumberOut(apply('sign', inner));
  }
  if (argument.kind !== 'multiply' || argument.rest === undefined) return term;
  const turned = isNegativeRational(argument.coefficient);
  if (name === 'sign') return multiply(number(turned ? -1 : 1), apply('sign', argument.rest));
  return multiply(
    number(turned ? negateRational(argument.coefficient) : argument.coefficient),
    apply('abs', argument.rest),
  );
}

/** |u| + v sign(u) as u sign(u) + v sign(u), which share their sign. */
export function joinSigns(sum: AddTerm): AddTerm {
  for (const term of sum.terms) {
    if (term.kind !== 'apply' || nameOf(term) !== 'abs') continue;
    const sign = apply('sign', term.args[0] as Term);
    const isBeside = sum.terms.some((other) => other.kind === 'multiply' && other.factors.includes(sign));
    if (!isBeside) continue;
    const joined = addAll(sum.terms.map((other) => (other === term ? multiply(term.args[0] as Term, sign) : other)));
    if (joined.kind === 'add') return joined;
  }
  return sum;
}

/** A product with |u|, sign(u) and u collected in the shortest form. */
export function collectSigns(term: Term): Term {
  const factors = term.kind === 'multiply' ? term.factors : [term];
  let best = term;
  for (const factor of factors) {
    const base = factor.kind === 'power' ? factor.base : factor;
    if (nameOf(base) === undefined || base.kind !== 'apply') continue;
    const argument = base.args[0] as Term;
    // |sqrt(u)|^2 is u only where the root has a value, which the answer would not tell.
    if (holdsRoot(argument)) continue;
    const candidate = collectOpposite(best, base, argument) ?? collectBy(best, argument);
    if (candidate !== undefined && sizeOf(candidate) < sizeOf(best)) best = candidate;
  }
  return best;
}

/** (1 - u)/|u - 1| as (1 - u)/|1 - u|. */
function collectOpposite(term: Term, base: ApplyTerm, argument: Term): Term | undefined {
  if (argument.kind !== 'add' || term.kind !== 'multiply' || nameOf(base) !== 'abs') return undefined;
  const opposite = addAll(argument.terms.map(negate));
  const isBeside = term.factors.some((factor) => (factor.kind === 'power' ? factor.base : factor) === opposite);
  if (!isBeside) return undefined;
  const turned = term.factors.map((factor) => {
    if (factor === base) return apply('abs', opposite);
    return factor.kind === 'power' && factor.base === base ? power(apply('abs', opposite), factor.exponent) : factor;
  });
  return collectBy(multiplyAll([number(term.coefficient), ...turned]), opposite);
}

function collectBy(term: Term, argument: Term): Term | undefined {
  const rest: Term[] = term.kind === 'multiply' ? [number(term.coefficient)] : [];
  let signs = 0;
  let size = 0;
  let divided = false;
  for (const factor of (term as MultiplyTerm).factors ?? [term]) {
    const power = wholePower(factor);
    const name = power === undefined ? undefined : nameOf(power.base);
    if (
      power === undefined ||
      !(power.base === argument || (name !== undefined && argumentOf(power.base) === argument))
    ) {
      rest.push(factor);
      continue;
    }
    divided ||= power.times < 0;
    if (name !== 'abs') signs += power.times;
    if (name !== 'sign') size += power.times;
  }
  const odd = signs % 2 !== 0;
  // sign(0)^2 is 0, not 1.
  if (!odd && size === 0 && !divided) return undefined;
  if (!odd) rest.push(powerOf(size % 2 === 0 ? argument : apply('abs', argument), size * unit));
  else if (size === 0) rest.push(takeNumberOut(apply('sign', argument)));
  else if (size % 2 !== 0) rest.push(powerOf(argument, size * unit));
  else rest.push(argument, powerOf(apply('abs', argument), (size - 1) * unit));
  return multiplyAll(rest);
}

function argumentOf(base: Term): Term | undefined {
  return base.kind === 'apply' ? base.args[0] : undefined;
}

/** relu(u) times 1 where u > 0 and 0 elsewhere is relu(u). */
export function dropSteps(term: Term): Term {
  if (term.kind !== 'multiply') return term;
  const parts = term.factors.map((factor) => wholePower(factor));
  const isPositivePart = (argument: Term): boolean =>
    parts.some((part) => part !== undefined && part.times > 0 && part.base === apply('relu', argument));
  const factors = term.factors.map((factor) => {
    if (factor.kind === 'apply' && factor.name === 'heaviside' && !factor.generic) {
      return isPositivePart(factor.args[0] as Term) ? number(1) : factor;
    }
    if (factor.kind !== 'cases' || !isNumber(factor.otherwise, 0)) return factor;
    const { operator, left, right } = factor.condition;
    return operator === '>' && isNumber(right, 0) && isPositivePart(left) ? factor.then : factor;
  });
  return factors.every((factor, at) => factor === term.factors[at])
    ? term
    : multiplyAll([number(term.coefficient), ...factors]);
}
