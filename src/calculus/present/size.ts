/**
 * The printed size of a term: leaves, operators and function names, as `raise` prints it; brackets do not count. It is
 * what decides between two forms of one value, so it is computed without building anything.
 */

import { children } from '../../term/inspect.ts';
import { isIntegerRational, isNegativeRational, type Rational } from '../../term/rational.ts';
import type { AddTerm, MultiplyTerm, PowerTerm, Term } from '../../term/term.ts';

/** Beyond this depth the sizes of the parts are filled in from below, so that no stack runs out. */
const deepest = 100;

/** About how many signs a term takes when it is printed. */
export function sizeOf(term: Term, depth = 0): number {
  switch (term.kind) {
    case 'symbol':
    case 'index':
      return 1;
    case 'number':
      return (isIntegerRational(term.value) ? 1 : 3) + (isNegativeRational(term.value) ? 1 : 0);
    default:
      break;
  }
  if (term.printedSize > 0) return term.printedSize;
  if (depth > deepest) {
    fillFromBelow(term);
    return term.printedSize;
  }
  term.printedSize = measure(term, depth + 1);
  return term.printedSize;
}

/** Sizes of all parts, deepest first. */
function fillFromBelow(term: Term): void {
  const seen = new Set<Term>([term]);
  // Parts are older than what they stand in: by id they come first.
  for (const part of seen) for (const inner of children(part)) seen.add(inner);
  for (const part of [...seen].sort((a, b) => a.id - b.id)) sizeOf(part);
}

function measure(term: Term, depth: number): number {
  switch (term.kind) {
    case 'add':
      return sizeOfSum(term, depth);
    case 'multiply':
      return sizeOfProduct(term, depth);
    case 'power':
      return sizeOfPower(term, depth);
    default:
      return children(term).reduce((total, part) => total + sizeOf(part, depth), ownSigns(term));
  }
}

function sizeOfSum(term: AddTerm, depth: number): number {
  let size = term.terms.length - 1;
  let negative = 0;
  for (const part of term.terms) {
    size += sizeOf(part, depth);
    if (isNegative(part)) negative++;
  }
  // A minus between two terms is the operator that stands there anyhow.
  return size - negative + (negative === term.terms.length ? 1 : 0);
}

export function isNegative(term: Term): boolean {
  return (
    (term.kind === 'multiply' && isNegativeRational(term.coefficient)) ||
    (term.kind === 'number' && isNegativeRational(term.value))
  );
}

function sizeOfProduct(term: MultiplyTerm, depth: number): number {
  const { coefficient } = term;
  let [top, above, bottom, below] = [0, 0, 0, 0];
  let nested = 0;
  for (const factor of term.factors) {
    if (isDivisor(factor)) {
      // A divisor alone is 1 / u; here the 1 and the stroke are counted once for all.
      bottom += sizeOf(factor, depth) - 2;
      below++;
      if (factor.base.kind === 'add' && holdsFraction(factor.base)) nested++;
    } else {
      top += sizeOf(factor, depth);
      above++;
      if (factor.kind === 'add' && holdsFraction(factor)) nested++;
    }
  }
  const [up, down] = [isUnitAbove(coefficient) ? 0 : 1, isIntegerRational(coefficient) ? 0 : 1];
  [above, top, below, bottom] = [above + up, top + up, below + down, bottom + down];
  return (
    (isNegativeRational(coefficient) ? 1 : 0) +
    (above === 0 ? 1 : top + above - 1) +
    (below === 0 ? 0 : bottom + below) +
    (below === 0 ? 0 : nested)
  );
}

/** Whether the numerator is 1 or -1. */
function isUnitAbove({ top, numerator }: Rational): boolean {
  return top === 1 || top === -1 || (top === 0 && (numerator === 1n || numerator === -1n));
}

/** Whether a factor is printed below the stroke. */
export function isDivisor(factor: Term): factor is PowerTerm {
  return factor.kind === 'power' && factor.exponent.kind === 'number' && isNegativeRational(factor.exponent.value);
}

/** Whether a term of a sum has a stroke: fractions within fractions read badly, and count one more. */
function holdsFraction(sum: AddTerm): boolean {
  return sum.terms.some(holdsDivisor);
}

/** Whether a term is a product with a divisor among its factors. */
export function holdsDivisor(term: Term): boolean {
  return term.kind === 'multiply' ? term.factors.some(isDivisor) : isDivisor(term);
}

function sizeOfPower({ base, exponent }: PowerTerm, depth: number): number {
  if (exponent.kind !== 'number') return sizeOf(base, depth) + 1 + sizeOf(exponent, depth);
  const { value } = exponent;
  const stroke = isNegativeRational(value) ? 2 : 0;
  const size = sizeOf(base, depth);
  const isNorm = base.kind === 'dot' && base.left === base.right && value.bottom === 2;
  // |u| for sqrt(u . u), and its powers.
  const root = isNorm ? 1 + sizeOf((base as { left: Term }).left, depth) : size + 1;
  if (isUnitAbove(value)) {
    return stroke + (isIntegerRational(value) ? size : value.bottom === 2 ? root : size + 4);
  }
  return stroke + (isIntegerRational(value) ? size + 2 : isNorm ? root + 2 : size + 4);
}

/** An element has brackets alone; a sum names its index beside itself. */
function ownSigns(term: Term): number {
  if (term.kind === 'element') return 0;
  return term.kind === 'sum' || term.kind === 'product' ? 2 : 1;
}
