/** Exponentials within a product: exp(u) exp(v) = exp(u + v), on the reals without any condition. */

import { addAll, apply, multiply, multiplyAll, negate, number, one, power } from '../../term/construct.ts';
import type { AddTerm, MultiplyTerm, NumberTerm, Term } from '../../term/term.ts';
import { isDivisor, isNegative, sizeOf } from './size.ts';

interface Exponential {
  readonly argument: Term;
  readonly exponent: NumberTerm | undefined;
}

/** The argument of exp and the exponent, for exp(u) and exp(u)^k; exp is positive, so that k may be any number. */
function exponentialIn(factor: Term): Exponential | undefined {
  const base = factor.kind === 'power' ? factor.base : factor;
  if (base.kind !== 'apply' || base.name !== 'exp' || base.generic) return undefined;
  if (factor.kind !== 'power') return { argument: base.args[0] as Term, exponent: undefined };
  if (factor.exponent.kind !== 'number') return undefined;
  return { argument: base.args[0] as Term, exponent: factor.exponent };
}

function isExponential(factor: Term): boolean {
  const base = factor.kind === 'power' ? factor.base : factor;
  return base.kind === 'apply' && base.name === 'exp' && !base.generic;
}

/** The exponentials of a product in one, where their arguments collect; 1 / exp(u) stays below its stroke. */
export function mergeExponentials(term: Term): Term {
  if (term.kind !== 'multiply') return term;
  let count = 0;
  for (const factor of term.factors) if (isExponential(factor)) count++;
  if (count < 2) return term;
  const rest: Term[] = [number(term.coefficient)];
  const arguments_: Term[] = [];
  for (const factor of term.factors) {
    const found = exponentialIn(factor);
    if (found === undefined) rest.push(factor);
    else arguments_.push(found.exponent === undefined ? found.argument : multiply(found.exponent, found.argument));
  }
  const total = addAll(arguments_);
  // Only where the arguments have terms in common: exp(z_i) exp(z_j) stays, so that either can be a common factor.
  if (sizeOf(total) >= arguments_.reduce((size, one) => size + 1 + sizeOf(one), -1)) return term;
  return multiplyAll([...rest, apply('exp', total)]);
}

/**
 * exp(-u) / (1 + exp(-u)) as 1 / (exp(u) + 1): a bracket that holds an exponential with a minus is multiplied by its
 * opposite, and the product divided by it.
 */
export function clearNegativeExponentials(term: MultiplyTerm): Term {
  if (!term.factors.some(isExponential)) return term;
  for (const factor of term.factors) {
    const [bracket, exponent] = factor.kind === 'power' ? [factor.base, factor.exponent] : [factor, one()];
    const argument = bracket.kind === 'add' ? negativeArgument(bracket) : undefined;
    if (bracket.kind !== 'add' || argument === undefined) continue;
    const opposite = apply('exp', negate(argument));
    const turned = addAll(bracket.terms.map((part) => mergeExponentials(multiply(part, opposite))));
    const others = term.factors.filter((other) => other !== factor);
    const divisor = apply('exp', multiply(exponent, argument));
    const product = multiplyAll([number(term.coefficient), ...others, divisor, power(turned, exponent)]);
    const candidate = mergeExponentials(product);
    if (sizeOf(candidate) < sizeOf(term)) return candidate;
  }
  return term;
}

/** (exp(2 x) - 1)/exp(x) as exp(x) - exp(-x). */
export function splitByExponential(term: MultiplyTerm): Term {
  const bracket = term.factors.find((factor) => factor.kind === 'add');
  const divisor = term.factors.find((factor) => isDivisor(factor) && exponentialIn(factor) !== undefined);
  if (bracket?.kind !== 'add' || divisor === undefined) return term;
  const { argument, exponent } = exponentialIn(divisor) as Exponential;
  const opposite = apply('exp', multiply(exponent ?? one(), argument));
  const others = term.factors.filter((factor) => factor !== bracket && factor !== divisor);
  const split = addAll(bracket.terms.map((part) => mergeExponentials(multiply(part, opposite))));
  const candidate = multiplyAll([number(term.coefficient), ...others, split]);
  return sizeOf(candidate) < sizeOf(term) ? candidate : term;
}

/** The argument of an exponential in a sum that has a minus in front. */
function negativeArgument(bracket: AddTerm): Term | undefined {
  for (const part of bracket.terms) {
    for (const factor of part.kind === 'multiply' ? part.factors : [part]) {
      const found = exponentialIn(factor);
      if (found !== undefined && found.exponent === undefined && isNegative(found.argument)) return found.argument;
    }
  }
  return undefined;
}
