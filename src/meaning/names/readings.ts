/**
 * The readings of formulas: the likeliest first, then those that take one open choice otherwise, then two, and so on. A reading is the
 * evidence with its answers in it, so that whatever is decided in its light follows it, and nothing is copied.
 */

import type { NeutralSource } from '../../syntax/statement.ts';
import { type Choice, choiceKey, choiceKinds, choiceList, type SecondValue } from './choices.ts';
import { addChoices, type PrimesAsked } from './choices-latex.ts';
import { addTextChoices } from './choices-text.ts';
import type { Evidence } from './evidence.ts';
import { namingFrom } from './naming.ts';

/** One choice that a reading takes otherwise than is likeliest. */
export interface Difference {
  readonly choice: Choice;
  readonly value: SecondValue;
}

export interface Reading {
  /** What the formulas are to be read in the light of, by {@link namingFrom}. */
  readonly evidence: Evidence;
  /** Empty for the likeliest. */
  readonly differs: readonly Difference[];
}

/** The readings that there are, and whether there are more than are tried. */
interface Readings extends Iterable<Reading> {
  readonly choices: readonly Choice[];
  readonly isCut: boolean;
}

/** More readings than these are not tried: what so much depends on is not known. */
export const mostReadings = 16;

/**
 * What is open about the names of `sources`, which belong together: one name is one thing in all of them. `known` holds the
 * evidence of all, gathered before. Where nothing is open, which is usual, the list is empty.
 */
export function openChoices(
  sources: readonly NeutralSource[],
  known: Evidence,
  primes: PrimesAsked = {},
): readonly Choice[] {
  const into = choiceList();
  addChoices(
    sources.map(({ tokens }) => tokens),
    { known, into, primes },
  );
  for (const source of sources) {
    if (source.notation === 'text') addTextChoices(source.statements(namingFrom(known)), { known, into, primes });
  }
  return [...into.found()].sort((one, other) => choiceKinds.indexOf(one.kind) - choiceKinds.indexOf(other.kind));
}

/**
 * The readings of formulas that differ in `choices`, at most {@link mostReadings}; made one by one, as they are asked for.
 *
 *     const readings = readingsOf(known, openChoices(sources, known));
 *     for (const { evidence } of readings) judge(sources.map((one) => one.statements(namingFrom(evidence))));
 */
export function readingsOf(known: Evidence, choices: readonly Choice[], most = mostReadings): Readings {
  const count = choices.reduce((product, { values }) => product * values.length, 1);
  return {
    choices,
    isCut: count > most,
    *[Symbol.iterator]() {
      let left = most;
      for (let size = 0; size <= choices.length; size++) {
        for (const differs of differences(choices, size)) {
          if (left-- <= 0) return;
          yield readingWith(known, differs);
        }
      }
    },
  };
}

/** The ways to take `size` of `choices` otherwise. */
function* differences(choices: readonly Choice[], size: number): Generator<readonly Difference[]> {
  if (size === 0) yield [];
  else {
    for (const [at, choice] of choices.entries()) {
      for (const { value } of others(choice)) {
        for (const rest of differences(choices.slice(at + 1), size - 1)) yield [{ choice, value }, ...rest];
      }
    }
  }
}

function others({ values }: Choice): readonly { readonly value: SecondValue }[] {
  const [, ...second] = values;
  return second;
}

/** The reading that takes these choices otherwise. */
export function readingWith(known: Evidence, differs: readonly Difference[]): Reading {
  return { evidence: takenIn(known, differs), differs };
}

function takenIn(known: Evidence, differs: readonly Difference[]): Evidence {
  if (differs.length === 0) return known;
  const taken = new Map(differs.map(({ choice, value }) => [choiceKey(choice.kind, choice.name), value]));
  return { ...known, taken };
}
