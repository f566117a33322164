/** Sums without end. Only what converges visibly has a value. */

import { invalid, isDual, type Operations, type Value } from '../numbers/arithmetic.ts';
import { approximate, hasNumbers, sizeOf, withoutLosses } from './approximation.ts';

type TermAt = (index: number) => Value;

/** Terms that are looked at together, so that zeros among them do not count. */
const blockLength = 8;
/** Blocks up to which a series may converge like a geometric one. */
const mostBlocks = 250;
/** Above this from block to block it does not, or too slowly. */
const slowest = 0.97;
/** After so many blocks of slow terms the series is tried as one of another kind. */
const patience = 12;
/** What is left of the largest terms where a sum is complete. */
const negligible = 1e-15;

/** The sum of `termAt(n)` from `from` on; no value where it is not seen to converge. */
export function sumSeries(termAt: TermAt, from: number, operations: Operations): Value {
  return withoutLosses(operations, () => {
    const found = sumGeometric(termAt, from, operations);
    if (found !== 'slow') return found ?? invalid;
    return sumAlternating(termAt, from, operations) ?? sumAlgebraic(termAt, from, operations) ?? invalid;
  });
}

/** The sum of what decreases at least like a geometric series, whose rest is known by its ratio. */
function sumGeometric(termAt: TermAt, from: number, operations: Operations): Value | 'slow' | undefined {
  let total: Value = operations.integer(0);
  let [size, last, ratio, empty, slow] = [0, 0, 1, 0, 0];
  for (let block = 0; block < mostBlocks; block++) {
    let most = 0;
    for (let at = 0; at < blockLength; at++) {
      const term = termAt(from + block * blockLength + at);
      if (!hasNumbers(term)) return undefined;
      total = operations.add(total, term);
      most = Math.max(most, sizeOf(term));
      size += sizeOf(term);
    }
    empty = most === 0 ? empty + 1 : 0;
    if (empty === 3) return total;
    const own = last === 0 ? 1 : most / last;
    const worst = Math.max(own, ratio);
    // Terms that decrease like a power leave more than that; but then the ratio rises, and is above the limit in the end.
    const rest = (10 * blockLength * most * worst) / (1 - worst);
    if (block > 1 && worst < slowest && rest <= negligible * size) return approximate(total, rest, size);
    slow = own < 0.9 ? 0 : slow + 1;
    if (slow === patience) {
      if (own > 1 || isDual(total)) return undefined;
      return 'slow';
    }
    [last, ratio] = [most, own];
  }
  return undefined;
}

/** How the sizes of terms decrease each time that the index doubles: as a power of it, minus what these are. */
function powersOf(termAt: TermAt, from: number): readonly number[] | undefined {
  const sizes = Array.from({ length: 5 }, (_, k) => sizeOf(termAt(from + 64 * 2 ** k)));
  const powers = sizes.slice(1).map((size, at) => Math.log2((sizes[at] as number) / size));
  return powers.every(Number.isFinite) ? powers : undefined;
}

/** The power that is approached as it is by n^-p (1 + c/n + ...); undefined for anything slower, such as a logarithm. */
function settledPower(powers: readonly number[]): number | undefined {
  const [, second, third, fourth] = powers as [number, number, number, number];
  const [before, last] = [Math.abs(third - second), Math.abs(fourth - third)];
  return last < 1e-6 || last < 0.6 * before ? fourth + (fourth - third) : undefined;
}

/** Terms that are added before the method begins, and those that it takes. */
const ahead = 16;
const alternations = 24;

/**
 * The sum of terms of alternating sign that decrease to 0: algorithm 1 of Cohen, Rodriguez Villegas, Zagier, "Convergence
 * acceleration of alternating series" (2000). What two starts differ by is taken for its error.
 */
function sumAlternating(termAt: TermAt, from: number, operations: Operations): Value | undefined {
  const count = 2 * ahead + alternations;
  const terms = Array.from({ length: count }, (_, at) => termAt(from + at));
  const values = terms.map((term) => (isDual(term) ? Number.NaN : term.value));
  const decreases = values.every((value, at) => {
    const next = values[at + 1];
    return next === undefined || (value * next < 0 && (at < ahead || Math.abs(next) < Math.abs(value)));
  });
  if (!decreases) return undefined;
  // What tends to another number than 0 has powers that tend to 0 by halves.
  const powers = powersOf(termAt, from);
  const [, , third, fourth] = powers ?? [];
  if (third === undefined || fourth === undefined || fourth < 0.02 || fourth < 0.7 * third) return undefined;
  const [first, second] = [ahead, 2 * ahead].map((start) => {
    const begun = terms.slice(0, start).reduce((total, term) => operations.add(total, term), operations.integer(0));
    return operations.add(begun, accelerated(terms.slice(start, start + alternations), operations));
  }) as [Value, Value];
  const error = 10 * sizeOf(operations.subtract(first, second));
  return approximate(second, error, Math.abs(values[0] as number));
}

function accelerated(terms: readonly Value[], operations: Operations): Value {
  const n = terms.length;
  const root = (3 + Math.sqrt(8)) ** n;
  const whole = (root + 1 / root) / 2;
  let [b, c] = [-1, -whole];
  let total: Value = operations.integer(0);
  terms.forEach((term, k) => {
    c = b - c;
    // The method counts with sizes: the sign of the term is taken back.
    const weight = ((k % 2 === 0 ? 1 : -1) * c) / whole;
    total = operations.add(total, operations.multiply(weighted(weight), term));
    b = ((k + n) * (k - n) * b) / ((k + 0.5) * (k + 1));
  });
  return total;
}

const weighted = (value: number): Value => ({ level: 0, value, scale: Math.abs(value) });

/** Partial sums up to 2^k terms from the first of these to the last. */
const [firstDoubling, lastDoubling] = [4, 10];

/**
 * The sum of terms that decrease like n^-p (c + c'/n + ...) with p > 1, of which the rests after n, 2n, 4n terms are n^(1 - p) times a
 * series in 1/n: extrapolated (Richardson 1911) as Romberg does.
 */
function sumAlgebraic(termAt: TermAt, from: number, operations: Operations): Value | undefined {
  const powers = powersOf(termAt, from);
  const settled = powers === undefined ? undefined : settledPower(powers);
  if (settled === undefined) return undefined;
  const power = Math.round(2 * settled) / 2;
  if (power < 1.25 || Math.abs(settled - power) > 0.01) return undefined;
  const sums: Value[] = [];
  let total: Value = operations.integer(0);
  let size = 0;
  for (let at = 0; at < 2 ** lastDoubling; at++) {
    const term = termAt(from + at);
    if (!hasNumbers(term)) return undefined;
    total = operations.add(total, term);
    size += sizeOf(term);
    if (at + 1 >= 2 ** firstDoubling && Number.isInteger(Math.log2(at + 1))) sums.push(total);
  }
  let row = sums;
  let [best, error] = [row.at(-1) as Value, Number.POSITIVE_INFINITY];
  for (let order = 0; row.length > 1; order++) {
    const factor = 2 ** (power - 1 + order);
    row = row.slice(1).map((sum, at) => {
      const gain = operations.multiply(weighted(1 / (factor - 1)), operations.subtract(sum, row[at] as Value));
      return operations.add(sum, gain);
    });
    const own = row.at(-1) as Value;
    const change = sizeOf(operations.subtract(own, best));
    if (change < error || order < 2) [best, error] = [own, change];
  }
  return approximate(best, 10 * error + 1e-14 * size, size);
}
