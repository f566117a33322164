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
      return sizeOfParts(term, depth);
  }
}

function sizeOfParts(term: Term, depth: number): number {
  let size = ownSigns(term);
  for (const part of term.parts) size += sizeOf(part, depth);
  return size;
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
  const tally = emptyTally();
  for (const factor of term.factors) count(tally, factor, depth);
  return sizeOfTally(tally, term.coefficient);
}

/** What a product has above and below its stroke: how many factors, their sizes, and fractions within fractions. */
export interface Tally {
  above: number;
  top: number;
  below: number;
  bottom: number;
  nested: number;
}

export function emptyTally(): Tally {
  return { above: 0, top: 0, below: 0, bottom: 0, nested: 0 };
}

/** Counts one factor more. */
export function count(tally: Tally, factor: Term, depth = 0): void {
  if (isDivisor(factor)) {
    // A divisor alone is 1 / u; here the 1 and the stroke are counted once for all.
    tally.bottom += sizeOf(factor, depth) - 2;
    tally.below++;
    if (factor.base.kind === 'add' && holdsStroke(factor.base)) tally.nested++;
  } else {
    tally.top += sizeOf(factor, depth);
    tally.above++;
    if (factor.kind === 'add' && holdsStroke(factor)) tally.nested++;
  }
}

/** Counts a whole power of something that has this size. */
export function countPower(tally: Tally, size: number, times: number): void {
  const whole = Math.abs(times) === 1 ? size : size + 2;
  if (times < 0) {
    tally.bottom += whole;
    tally.below++;
  } else {
    tally.top += whole;
    tally.above++;
  }
}

/** The size of a product with this coefficient. */
export function sizeOfTally({ above, top, below, bottom, nested }: Tally, coefficient: Rational): number {
  const up = isUnitAbove(coefficient) ? 0 : 1;
  const down = isIntegerRational(coefficient) ? 0 : 1;
  const [over, under] = [above + up, below + down];
  return (
    (isNegativeRational(coefficient) ? 1 : 0) +
    (over === 0 ? 1 : top + up + over - 1) +
    (under === 0 ? 0 : bottom + down + under + nested)
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
export function holdsStroke(sum: AddTerm): boolean {
  for (const term of sum.terms) if (holdsDivisor(term)) return true;
  return false;
}

/** Whether a term is a product with a divisor among its factors. */
function holdsDivisor(term: Term): boolean {
  if (term.kind !== 'multiply') return isDivisor(term);
  for (const factor of term.factors) if (isDivisor(factor)) return true;
  return false;
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
