/**
 * Under which conditions an equality says anything: where one side alone has a value, what the other needs for one. Both are
 * looked for at points, so that a condition is named only where it was missed.
 */

import { baseOf, isObstacle } from '../numbers/arithmetic.ts';
import { mix } from '../numbers/hash.ts';
import { number, relation } from '../term/construct.ts';
import type { Definitions } from '../term/substitute.ts';
import type { PowerTerm, RelationTerm, Term } from '../term/term.ts';
import { aimedPlans } from './aimed.ts';
import type { Axes } from './axes.ts';
import type { Plan } from './environment.ts';
import { nearRegionCount } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { orderThrough } from './order.ts';
import { evaluationAt, type NumericComparison, tails, valueOfPart } from './points.ts';
import { startRound } from './rounds.ts';

/** More terms than this, and nothing is said of conditions. */
const mostTerms = 400;
/** Random points beside those at which the formula points. */
const randomPoints = 24;

/** What has to be true of parts of one side for the other side not to stand alone. */
export function findConditions(comparison: NumericComparison, axes: Axes): readonly RelationTerm[] {
  const { definitions, left, right } = comparison;
  const [ofLeft, ofRight] = [demandsOf(left, definitions), demandsOf(right, definitions)];
  const own = new Set([...ofLeft, ...ofRight].filter((one) => !(ofLeft.has(one) && ofRight.has(one))));
  if (own.size === 0) return [];
  const round = startRound(comparison, axes, 'real', 0);
  const found = new Set<RelationTerm>();
  try {
    for (const plan of plansFor(comparison, axes)) {
      if (found.size === own.size) break;
      const at = evaluationAt(comparison, axes, round, plan);
      // Most points miss no demand, and a demand costs less than the sides.
      const missed = [...own].filter((demand) => misses(demand, valueOfPart(demand.left, at)));
      if (missed.length === 0) continue;
      const components = tails(axes, round.sizes);
      const hasValue = (side: Term): boolean =>
        components.every((tail) => !Number.isNaN(baseOf(evaluate(side, tail, at)).value));
      const [leftHas, rightHas] = [hasValue(left), hasValue(right)];
      if (leftHas === rightHas) continue;
      for (const demand of missed) if ((leftHas ? ofRight : ofLeft).has(demand)) found.add(demand);
    }
  } catch (error) {
    if (!isObstacle(error)) throw error;
  }
  return [...found];
}

function plansFor(comparison: NumericComparison, axes: Axes): readonly Plan[] {
  const random = Array.from({ length: randomPoints }, (_, k) => ({
    seed: mix(mix(comparison.seed, 91), k),
    regions: k % nearRegionCount,
    pattern: k,
  }));
  return [...random, ...aimedPlans(comparison, axes, startRound(comparison, axes, 'real', 0))];
}

/** What the functions in a term ask of their arguments, as far as it can be said outside of sums. */
function demandsOf(root: Term, definitions: Definitions): ReadonlySet<RelationTerm> {
  const order = orderThrough([root], { definitions, opaque: new Set() }, new Set(), mostTerms) ?? [];
  const found = new Set<RelationTerm>();
  for (const term of order) {
    if (term.rank > 0 || [...term.free].some((name) => name.startsWith('#'))) continue;
    for (const demand of term.kind === 'power' ? demandsOfPower(term) : demandsOfFunction(term)) found.add(demand);
  }
  return found;
}

function demandsOfPower({ base, exponent }: PowerTerm): readonly RelationTerm[] {
  if (base.kind === 'number' || base.rank > 0) return [];
  if (exponent.kind !== 'number') return [];
  const { numerator, denominator } = exponent.value;
  if (denominator === 1n) return numerator < 0n ? [relation('!=', base, number(0))] : [];
  return [relation(numerator < 0n ? '>' : '>=', base, number(0))];
}

type Bounds = readonly (readonly [RelationTerm['operator'], number])[];

const above0: Bounds = [['>', 0]];
const within1: Bounds = [
  ['>=', -1],
  ['<=', 1],
];

const domains: Readonly<Partial<Record<string, Bounds>>> = {
  log: above0,
  log2: above0,
  log10: above0,
  log1p: [['>', -1]],
  asin: within1,
  acos: within1,
  acosh: [['>=', 1]],
  atanh: [
    ['>', -1],
    ['<', 1],
  ],
  bessely0: above0,
  bessely1: above0,
};

function demandsOfFunction(term: Term): readonly RelationTerm[] {
  if (term.kind !== 'apply' || term.generic) return [];
  const [argument] = term.args;
  if (argument === undefined || argument.kind === 'number') return [];
  return (domains[term.name] ?? []).map(([operator, bound]) => relation(operator, argument, number(bound)));
}

function misses({ operator, right }: RelationTerm, value: number): boolean {
  const bound = right.kind === 'number' ? right.integer : Number.NaN;
  switch (operator) {
    // At the bound itself nothing is said: exp(x) > 0 is missed there by underflow alone.
    case '>':
    case '>=':
      return value < bound;
    case '<':
    case '<=':
      return value > bound;
    case '!=':
      return value === bound;
    case '==':
      return value !== bound;
  }
}
