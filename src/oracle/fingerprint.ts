/** Proofs by exact evaluation at random points modulo primes: see `modular.ts`. */

import { finish, mix } from '../numbers/hash.ts';
import type { Definitions } from '../term/substitute.ts';
import type { Term } from '../term/term.ts';
import type { Arithmetics } from './arithmetics.ts';
import { createModularSample } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { createOrders, createScope, type Evaluation } from './evaluation.ts';
import { primes } from './modular.ts';
import type { Survey } from './survey.ts';

/** What two terms are compared under. */
export interface Comparison {
  readonly left: Term;
  readonly right: Term;
  readonly definitions: Definitions;
  readonly survey: Survey;
  readonly seed: number;
  readonly arithmetics: Arithmetics;
  readonly budget: { left: number };
}

/** Random points for each prime. */
export const pointsPerPrime = 2;

/** More ways than this in which indices can be equal are not gone through. */
const mostPatterns = 60;

/** Numbers as indices are gone through one by one up to this many. */
const widestLiterals = 8;

/**
 * Whether both sides are proved equal: first with defined names as unknowns of their own, then with what they stand
 * for. False means nothing.
 */
export function provesEqual(comparison: Comparison): boolean {
  const { survey, left, right } = comparison;
  if (!survey.algebraic) return false;
  const rank = Math.max(left.rank, right.rank);
  const names = [...survey.freeIndices, ...Array.from({ length: rank }, (_, k) => tailName(k))];
  const patterns = indexPatterns(names, survey, comparison.seed);
  if (patterns === undefined) return false;
  if (survey.usesDefinitions && agreesEverywhere(comparison, patterns, rank, true)) return true;
  return agreesEverywhere(comparison, patterns, rank, false);
}

const tailName = (k: number): string => `component ${k}`;

function agreesEverywhere(
  comparison: Comparison,
  patterns: readonly ReadonlyMap<string, number>[],
  rank: number,
  opaqueNames: boolean,
): boolean {
  const { survey } = comparison;
  const orders = createOrders(survey.deep);
  for (let point = 0; point < pointsPerPrime; point++) {
    for (const prime of primes) {
      const seed = mix(mix(comparison.seed, 101 + point), prime);
      const operations = comparison.arithmetics.modular(prime, seed);
      for (const pattern of patterns) {
        const at: Evaluation = {
          operations,
          sample: createModularSample(prime, seed, pattern, survey.integers),
          definitions: comparison.definitions,
          shared: survey.shared,
          opaque: survey.opaque,
          orders,
          opaqueSums: true,
          opaqueNames,
          budget: comparison.budget,
          indices: new Map(),
          scope: createScope([]),
        };
        const tail = rank === 0 ? [] : Array.from({ length: rank }, (_, k) => pattern.get(tailName(k)) ?? 1);
        const left = evaluate(comparison.left, tail, at);
        const right = evaluate(comparison.right, tail, at);
        // NaN, where a random denominator vanishes, is equal to nothing.
        if (!('value' in left && 'value' in right && left.value === right.value)) return false;
      }
    }
  }
  return true;
}

/**
 * Values for the free indices. Where nothing depends on whether two indices are equal, one choice of different values
 * is enough; otherwise every way in which they can be equal to one another, or to a number that is written out, is
 * gone through. Undefined where that cannot be done.
 */
function indexPatterns(
  names: readonly string[],
  survey: Survey,
  seed: number,
): readonly ReadonlyMap<string, number>[] | undefined {
  const fresh = (at: number): number => 4_000_000 + at * 1_000_000 + (finish(mix(mix(seed, 17), at)) % 1_000_000);
  if (!survey.comparesIndices) return [new Map(names.map((name, at) => [name, fresh(at)]))];
  if (survey.computesIndices || survey.integers.size > 0) return undefined;
  const first = Math.min(...survey.literals);
  const span = survey.literals.size === 0 ? 0 : Math.max(...survey.literals) - first + 1;
  if (span > widestLiterals) return undefined;
  const literals = Array.from({ length: span }, (_, at) => first + at);
  let patterns: ReadonlyMap<string, number>[] = [new Map()];
  names.forEach((name, at) => {
    patterns = patterns.flatMap((pattern) =>
      [...new Set([fresh(at), ...literals, ...pattern.values()])].map((value) => new Map(pattern).set(name, value)),
    );
    if (patterns.length > mostPatterns) patterns.length = mostPatterns + 1;
  });
  return patterns.length > mostPatterns ? undefined : patterns;
}
