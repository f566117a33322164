/**
 * How far a family is used: x[i] x[i + 1] summed over i from 1 to n - 1 uses x[1] to x[n]. A derivative by x[j] has
 * 1 <= j <= n as its footnote, and what exists for some of these j alone is a case.
 */

import { add, multiply, number, open, zero } from '../term/construct.ts';
import { children, freeIndices } from '../term/inspect.ts';
import { symbolsOf, variableSymbol } from '../term/substitute.ts';
import type { Range, SymbolTerm, Term, Variable } from '../term/term.ts';
import { distance, partsOf } from './index-map.ts';
import type { Extent } from './rule.ts';

/** The ranges of the indices around, by name; undefined for an index that runs over a whole axis. */
type Around = ReadonlyMap<string, Range | undefined>;

/** More places than this are not looked at. */
const mostVisits = 20_000;

/** For each plain index of the variable the range in which `target` uses its family, where that can be said. */
export function extentsOf(variable: Variable, target: Term): ReadonlyMap<string, Extent> {
  const extents = new Map<string, Extent>();
  if (variable.kind !== 'element') return extents;
  const uses = usesOf(variableSymbol(variable), target);
  if (uses === undefined) return extents;
  variable.indices.forEach((at, axis) => {
    const isOnly = variable.indices.every((other, k) => k === axis || !freeIndices(other).has(nameOf(at)));
    if (at.kind !== 'index' || !isOnly) return;
    const ranges: (Range | undefined)[] = [];
    for (const { indices, around } of uses) {
      const place = indices[axis];
      // A single member that is given by a name of its own is taken for one of the others.
      if (place === undefined || (place.kind === 'index' && !around.has(place.name))) continue;
      ranges.push(spanOf(place, around));
    }
    if (ranges.length > 0 && !ranges.includes(undefined)) extents.set(at.name, (ranges as Extent[]).reduce(join));
  });
  return extents;
}

function nameOf(term: Term): string {
  return term.kind === 'index' ? term.name : '';
}

interface Use {
  readonly indices: readonly Term[];
  readonly around: Around;
}

/** Every element of the family with the sums around it; undefined where there are too many. */
function usesOf(base: SymbolTerm, target: Term): readonly Use[] | undefined {
  const uses: Use[] = [];
  let visits = 0;
  const visit = (term: Term, around: Around, seen: Set<Term>): void => {
    if (seen.has(term) || !symbolsOf(term).has(base) || ++visits > mostVisits) return;
    seen.add(term);
    if (term.kind === 'element' && term.base === base) uses.push({ indices: term.indices, around });
    if (term.kind !== 'sum' && term.kind !== 'product') {
      for (const part of children(term)) visit(part, around, seen);
      return;
    }
    const opened = open(term, new Set([...around.keys(), ...freeIndices(target), ...freeIndices(term)]));
    visit(opened.body, new Map(around).set(opened.index.name, term.range), new Set());
  };
  visit(target, new Map(), new Set());
  return visits > mostVisits ? undefined : uses;
}

/** From the least to the largest value of an index map; undefined where an index in it runs over a whole axis. */
function spanOf(place: Term, around: Around): Range | undefined {
  const from = extreme(place, around, 'from');
  const to = extreme(place, around, 'to');
  return from === undefined || to === undefined ? undefined : { from, to };
}

function extreme(place: Term, around: Around, end: 'from' | 'to'): Term | undefined {
  const parts = partsOf(place);
  if (parts === undefined) return undefined;
  // The innermost index first, as its range may rest on the others.
  const names = [...around.keys()].reverse();
  const inner = names.find((name) => parts.some(({ unknown }) => unknown?.kind === 'index' && unknown.name === name));
  if (inner === undefined) return place;
  const range = around.get(inner);
  if (range === undefined) return undefined;
  const replaced = parts.map(({ coefficient, unknown }) => {
    const isInner = unknown?.kind === 'index' && unknown.name === inner;
    const rising = coefficient.numerator > 0n === (end === 'to');
    return multiply(number(coefficient), isInner ? (rising ? range.to : range.from) : (unknown ?? number(1)));
  });
  // Beside 0, so that 2 (i - 1) becomes 2 i - 2.
  return extreme(add(zero(), ...replaced), around, end);
}

/** The least range that holds both, as far as their ends can be compared. */
function join(one: Extent, other: Extent): Extent {
  const [first, last] = isBefore(one, other) ? [one, other] : isBefore(other, one) ? [other, one] : [];
  return {
    from: outermost(one.from, other.from, 'from') ?? first?.from,
    to: outermost(one.to, other.to, 'to') ?? last?.to,
  };
}

/** The lesser of two lower ends, the larger of two upper ones. */
function outermost(left: Term | undefined, right: Term | undefined, end: 'from' | 'to'): Term | undefined {
  const gap = left === undefined || right === undefined ? undefined : distance(left, right);
  if (gap === undefined) return undefined;
  return gap.numerator >= 0n === (end === 'from') ? left : right;
}

/** Whether a range ends before the other begins, so that it can't reach beyond it. */
function isBefore(one: Extent, other: Extent): boolean {
  if (one.to === undefined || other.from === undefined) return false;
  return (distance(one.to, other.from)?.numerator ?? 0n) >= 1n;
}
