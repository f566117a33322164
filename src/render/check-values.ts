/** A counterexample as a reader retraces it: `x = (1, 2), f(t) = t² + t`, and what both sides are there. */

import type { Counterexample } from '../certificate.ts';
import { fillWords } from '../explain/unjudged.ts';
import type { Words } from '../explain/words.ts';
import { unicodeOf } from './formula-text.ts';
import { visible } from './formula-unicode.ts';

/** Most values that are printed, a vector being one. */
const mostValues = 16;
/** Most members of a vector that are printed. */
const mostMembers = 6;

/** The values, one text each; the members of a name together. */
export function valueTexts({ values }: Counterexample, words: Words): string[] {
  const members = new Map<string, Member[]>();
  const texts: (string | { readonly base: string })[] = [];
  const ranges: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    const range = /^(-?\d+)\.\.(-?\d+)$/.exec(String(value));
    const member = /^([^[]+)((?:\[-?\d+\])+)$/.exec(name);
    if (range !== null) {
      const [, from = '', to = ''] = range;
      ranges.push(fillWords(words.check.range, { name: shown(name.replace(/^range of /, '')), from, to }));
    } else if (member !== null) {
      const [, base = '', places = ''] = member;
      if (!members.has(base)) texts.push({ base });
      members.set(base, [...(members.get(base) ?? []), { at: placesIn(places), value }]);
    } else texts.push(`${shown(name)} = ${typeof value === 'number' ? numberText(value) : shown(value)}`);
  }
  const all = texts.map((text) =>
    typeof text === 'string' ? text : `${shown(text.base)} = ${membersText(members.get(text.base) ?? [])}`,
  );
  // How long a sum is can be seen from what it runs over.
  const kept = members.size > 0 ? all : [...ranges, ...all];
  return kept.length > mostValues ? [...kept.slice(0, mostValues), '…'] : kept;
}

interface Member {
  readonly at: readonly number[];
  readonly value: number | string;
}

const placesIn = (text: string): number[] => [...text.matchAll(/-?\d+/g)].map(([at]) => Number(at));

/** `(1, 2)`, of a matrix `((1, 2), (3, 4))`; — where a member has no part in the formula. */
function membersText(members: readonly Member[]): string {
  const [first] = members;
  if (first === undefined) return '—';
  if (first.at.length === 0) return typeof first.value === 'number' ? numberText(first.value) : first.value;
  const inner = new Map<number, Member[]>();
  for (const {
    at: [place = 0, ...rest],
    value,
  } of members) {
    inner.set(place, [...(inner.get(place) ?? []), { at: rest, value }]);
  }
  const places = [...inner.keys()].sort((a, b) => a - b);
  const [least = 1, most = 1] = [Math.min(1, places[0] ?? 1), places[places.length - 1]];
  const all = Array.from({ length: most - least + 1 }, (_, at) => membersText(inner.get(least + at) ?? []));
  return `(${[...all.slice(0, mostMembers), ...(all.length > mostMembers ? ['…'] : [])].join(', ')})`;
}

/** Both sides, with as many digits as it takes to tell them apart. */
export function sidesText({ left, right }: Counterexample, words: Words): string {
  let digits = 4;
  while (digits < 15 && numberText(left, digits) === numberText(right, digits)) digits += 2;
  return fillWords(words.check.sides, { left: numberText(left, digits), right: numberText(right, digits) });
}

/** A number as a whole number or a fraction where it is one, else in few digits. */
function numberText(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return '—';
  const fraction = fractionOf(Math.abs(value));
  if (fraction === undefined) return unicodeOf(String(Number(value.toPrecision(digits))));
  const sign = value < 0 ? '−' : '';
  return sign + fraction;
}

/** Largest denominator, numerator and relative error of what is taken for a fraction: chance meets them once in a million. */
const largestDenominator = 1000;
const largestNumerator = 1_000_000;
const closeness = 1e-12;

/** A fraction by continued fractions; undefined for what is none, or is shorter with a point: 0.4. */
function fractionOf(value: number): string | undefined {
  let [before, numerator] = [1, Math.floor(value)];
  let [under, denominator] = [0, 1];
  let rest = value - numerator;
  while (Math.abs(value - numerator / denominator) > closeness * Math.max(value, 1)) {
    const whole = Math.floor(1 / rest);
    [before, numerator] = [numerator, whole * numerator + before];
    [under, denominator] = [denominator, whole * denominator + under];
    if (denominator > largestDenominator || numerator > largestNumerator) return undefined;
    rest = 1 / rest - whole;
  }
  if (numerator > largestNumerator) return undefined;
  if (denominator === 1) return String(numerator);
  return denominator % 5 === 0 && 100 % denominator === 0 ? undefined : `${numerator}/${denominator}`;
}

function shown(text: string): string {
  return visible(unicodeOf(text));
}
