/** Points at the targets of a formula, on both sides of them, and far out: see `targets.ts`. */

import { mix } from '../numbers/hash.ts';
import { symbolsBelow } from '../term/substitute.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import type { Axes } from './axes.ts';
import { nearRegionCount, type Plan } from './environment.ts';
import { evaluationAt, type NumericComparison, type Round, valueOfPart } from './points.ts';
import { findTargets, type Target } from './targets.ts';

/** More points than this are not aimed at one comparison. */
const mostPoints = 160;
/** More names than this are not solved for. */
const mostNames = 3;

/** Plans in which one name has a value that a target asks for, then those with names far out and of all signs. */
export function aimedPlans(comparison: NumericComparison, axes: Axes, round: Round): readonly Plan[] {
  const { left, right, definitions, seed } = comparison;
  const names = variablesIn([left, right], comparison);
  if (names.length === 0) return [];
  const base: Plan = { seed: mix(seed, 71), regions: 0, pattern: 0 };
  const values: [string, number][] = [];
  const meetings: ReadonlyMap<string, number>[] = [];
  for (const target of findTargets([left, right], definitions)) {
    const own = variablesIn([target.of], comparison).slice(0, mostNames);
    const rootsAmong = (name: string, others: ReadonlyMap<string, number>): readonly number[] =>
      rootsOf(target, (value) => {
        const plan = { ...base, fixed: new Map([...others, [name, value]]) };
        return valueOfPart(target.of, evaluationAt(comparison, axes, round, plan));
      });
    for (const name of own) {
      for (const root of rootsAmong(name, nothing)) for (const near of around(root)) values.push([name, near]);
      // Names that meet one another, x = a, do so only where all of them have the values that were solved for.
      for (const sign of own.length > 1 ? [1, -1] : []) {
        const others = new Map(
          own.flatMap((other, at) => (other === name ? [] : [[other, sign * (plain[at] ?? 1)] as const])),
        );
        for (const root of rootsAmong(name, others)) meetings.push(new Map([...others, [name, root]]));
      }
    }
  }
  const used = names.slice(0, mostNames);
  for (const name of used) for (const far of farOut) values.push([name, far]);
  const single = values.map((one) => new Map([one]));
  // The third of min(x, y, 300) is met where both others are beyond it.
  const together =
    used.length > 1 ? farOut.map((far) => new Map(used.map((name, k) => [name, far * (1 + k / 4)]))) : [];
  const fixed = [
    ...[...meetings.slice(0, mostMeetings), ...single, ...signsOf(used)].slice(0, mostPoints),
    ...together,
  ];
  return fixed.map((map, k) => ({ seed: mix(seed, 73 + k), regions: k % nearRegionCount, pattern: k, fixed: map }));
}

const nothing: ReadonlyMap<string, number> = new Map();
/** Values of the names that are not solved for. */
const plain = [2, 3, 5] as const;
/** Points more than these, at which several names have their values, are not taken. */
const mostMeetings = 40;

/** Names that stand for real numbers and that nothing else decides. */
function variablesIn(terms: readonly Term[], { definitions, survey, integers }: NumericComparison): readonly string[] {
  const found = new Set<string>();
  const isFree = (name: SymbolTerm): boolean => !name.constant && !definitions.has(name);
  for (const term of terms) {
    for (const name of symbolsBelow(term, definitions)) {
      if (isFree(name) && !survey.integers.has(name.name) && !integers.has(name.name)) found.add(name.name);
    }
  }
  return [...found];
}

const halves = [0.001, 0.1, 0.5, 1];

/** A root, and its neighbourhood on both sides. */
function around(root: number): readonly number[] {
  const unit = Math.max(Math.abs(root), 1);
  return [root, ...halves.flatMap((by) => [root + by * unit, root - by * unit])];
}

const farOut = [30, -30, 1e3, -1e3, 1e6, -1e6];

/** All choices of signs, at ordinary sizes. */
function signsOf(names: readonly string[]): readonly ReadonlyMap<string, number>[] {
  const sizes = [0.7, 2.3, 1.6];
  return Array.from(
    { length: 2 ** names.length },
    (_, choice) => new Map(names.map((name, k) => [name, (sizes[k] ?? 1) * ((choice >> k) % 2 === 0 ? 1 : -1)])),
  );
}

const grid = [0, 0.01, 0.1, 0.3, 0.7, 1, 1.5, 2, 3, 5, 8, 12, 20, 40, 100, 400, 2000, 1e4, 1e5, 1e6];
const scan = [
  ...grid
    .slice(1)
    .reverse()
    .map((value) => -value),
  ...grid,
];
const mostRoots = 2;

/** Where the function takes the values of the target: at once where it is linear, by bisection where it changes its side. */
function rootsOf({ values }: Target, at: (value: number) => number): readonly number[] {
  const [low, middle, high] = [at(0.375), at(1), at(1.75)];
  const slope = (high - low) / 1.375;
  const isLinear = Math.abs(low + slope * 0.625 - middle) <= 1e-9 * (Math.abs(low) + Math.abs(high));
  if (isLinear && slope === 0) return [];
  if (isLinear) return values.map((value) => tidy(0.375 + (value - low) / slope)).filter(Number.isFinite);
  const heights = scan.map(at);
  return values.flatMap((value) => {
    const found: number[] = [];
    for (let k = 1; k < scan.length && found.length < mostRoots; k++) {
      const [before, after] = [(heights[k - 1] as number) - value, (heights[k] as number) - value];
      if (after === 0) found.push(scan[k] as number);
      else if (before * after < 0) found.push(tidy(bisect(at, value, scan[k - 1] as number, scan[k] as number)));
    }
    return found;
  });
}

function bisect(at: (value: number) => number, value: number, from: number, to: number): number {
  let [low, high] = [from, to];
  const side = at(low) > value;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (at(middle) > value === side) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The short number that was meant, where rounding has led away from one. */
function tidy(value: number): number {
  const short = Number(value.toPrecision(10));
  return Math.abs(short - value) <= 1e-11 * Math.abs(value) ? short : value;
}
