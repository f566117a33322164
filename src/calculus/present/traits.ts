/** What a product holds, as bits: so that a pass is run only where it can find something. */

import { isIntegerRational, isNegativeRational } from '../../term/rational.ts';
import type { ApplyTerm, Term } from '../../term/term.ts';

export const hasExponential = 1;
/** A circular or hyperbolic function. */
export const hasRatio = 2;
/** abs, sign or relu. */
export const hasSign = 4;
/** A power that is no whole one, and one of a product that is not known to be. */
export const hasRoot = 8;
/** A sum or a power of one. */
export const hasBracket = 16;
/** A choice between cases. */
export const hasCases = 64;
/** A minus in front. */
const hasMinus = 32;

const byName: ReadonlyMap<string, number> = new Map([
  ['exp', hasExponential],
  ['abs', hasSign],
  ['sign', hasSign],
  ['relu', hasSign],
  ...['sin', 'cos', 'tan', 'cot', 'sec', 'csc', 'sinh', 'cosh', 'tanh', 'coth', 'sech', 'csch'].map(
    (name) => [name, hasRatio] as const,
  ),
]);

/** The traits of all factors. */
export function traitsOf(term: Term): number {
  if (term.kind !== 'multiply') return traitsOfFactor(term);
  let traits = isNegativeRational(term.coefficient) ? hasMinus : 0;
  for (const factor of term.factors) traits |= traitsOfFactor(factor);
  return traits;
}

function traitsOfFactor(factor: Term): number {
  if (factor.kind === 'power') {
    const { base, exponent } = factor;
    const isRoot = exponent.kind === 'number' ? !isIntegerRational(exponent.value) : base.kind === 'multiply';
    return traitsOfBase(base) | (isRoot ? hasRoot : 0);
  }
  return traitsOfBase(factor);
}

function traitsOfBase(base: Term): number {
  if (base.kind === 'add') return hasBracket;
  if (base.kind === 'cases') return hasCases;
  return base.kind === 'apply' && !base.generic ? (byName.get(base.name) ?? 0) : 0;
}

/** Whether two functions of one argument are circular or hyperbolic, so that their squares may be related. */
export function areKin(left: ApplyTerm, right: ApplyTerm): boolean {
  return left.args[0] === right.args[0] && (traitsOfBase(left) & traitsOfBase(right) & hasRatio) !== 0;
}
