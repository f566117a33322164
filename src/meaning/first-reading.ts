/** Which reading of a source a verb goes by: the likeliest, or where that can't be meant the next that can. */

import { MathError, type ProblemCode } from '../problem.ts';
import { letters } from '../syntax/letters.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { holdsPart, partsOf } from '../syntax/walk.ts';

import { one } from '../term/construct.ts';
import { dimsOf } from '../term/dims.ts';
import { inFreshStore } from '../term/term.ts';
import type { Model } from './model.ts';
import type { Choice } from './names/choices.ts';
import { openChoices, type Reading, readingsOf, readingWith } from './names/readings.ts';
import { primesAsked, type Scanned, type Sources, sourcesIn } from './sources.ts';
import { flattenElement, gatherUsage, reachedNames } from './usage.ts';
import type { WantedVariable } from './wanted.ts';

/** What is made of a source in one reading, in two steps: what it means, and what comes of that. */
interface Attempt<Found, Result> {
  readonly find: (sources: Sources) => Found;
  /** Whether what is found has an answer that nobody asked for. */
  readonly isVain: (found: Found) => boolean;
  readonly finish: (found: Found) => Result;
}

/**
 * What comes of the likeliest reading. Where that is refused for what a name was taken for, or asks in vain, it is what comes of
 * the first other reading that is neither; where there is none, the likeliest has the last word, and its error.
 */
export function inFirstReading<Found, Result>(scanned: Scanned, attempt: Attempt<Found, Result>): Result {
  const { find, isVain, finish } = attempt;
  const likeliest: Reading = { evidence: scanned.evidence, differs: [] };
  const first = outcomeOf(() => find(sourcesIn(scanned, likeliest)));
  const isRead = 'result' in first ? !isVain(first.result) : !mayBeMisread.has(first.error.code);
  for (const reading of isRead ? [] : otherReadings(scanned)) {
    // Terms keep the lengths that they were first read with, which are those of another reading.
    const other = outcomeOf(() =>
      inFreshStore(() => {
        const found = find(sourcesIn(scanned, reading));
        return isVain(found) ? undefined : { finished: finish(found) };
      }),
    );
    if ('result' in other && other.result !== undefined) return other.result.finished;
  }
  if ('result' in first) return finish(first.result);
  throw first.error;
}

/** What may be wrong because a name was taken for something else. */
const mayBeMisread: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'shape-clash',
  'free-index',
  'wrong-arguments',
  'unknown-variable',
  'unsupported-notation',
  'syntax',
  'circular-definition',
]);

function outcomeOf<Result>(work: () => Result): { readonly result: Result } | { readonly error: MathError } {
  try {
    return { result: work() };
  } catch (error) {
    if (error instanceof MathError) return { error };
    throw error;
  }
}

function otherReadings(scanned: Scanned): readonly Reading[] {
  const { main, evidence } = scanned;
  const choices = openChoices([main], evidence, primesAsked(scanned)).filter(isForUsToSettle);
  return [...readingsOf(evidence, choices)].slice(1);
}

/** What a source has a meaning in either way: a claim tells by holding in one of them, a source does not. */
const onlyInClaims: ReadonlySet<Choice['kind']> = new Set<Choice['kind']>([
  'derivative-reach',
  'logarithm-base',
  'slash-reach',
  'argument-reach',
]);

/**
 * Where a sum that counts its letter is followed by a term that counts it, too, the author forgot brackets or means another
 * index, and is asked; a sum that counts nothing can only reach on.
 */
function isForUsToSettle({ kind, values }: Choice): boolean {
  if (onlyInClaims.has(kind)) return false;
  return kind !== 'sum-reach' || values[1]?.because === 'counts-nothing';
}

/** Whether a quantity that a line defines is applied to itself, h(1 - h), which no function is. */
export function holdsSelfApplied({ statements }: Sources): boolean {
  const defined = new Set(
    statements.flatMap(({ sides }) => {
      const head = sides.length > 1 && sides[0] !== undefined ? view(sides[0].node) : undefined;
      return head?.kind === 'symbol' ? [head.name] : [];
    }),
  );
  if (defined.size === 0) return false;
  return statements.some(({ sides }) =>
    sides.some((side) =>
      holdsPart(side.node, (node) => {
        const seen = view(node);
        if (seen.kind !== 'call' || !defined.has(seen.name)) return false;
        return seen.args.some((arg) => holdsPart(arg, (part) => isSymbol(part, seen.name)));
      }),
    ),
  );
}

/**
 * The letters that stand by themselves and before a bracket with more than a name in it, n(n + 1), which is a product then; not
 * those that a line defines or a declaration settles, which are no open choice.
 */
function factorsIn({ statements, usage }: Sources): ReadonlySet<string> {
  const found = new Set<string>();
  const waiting = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    const isFactor =
      seen.kind === 'call' && seen.args.length === 1 && view(seen.args[0] as MathNode).kind === 'operator';
    if (isFactor && usage.get(seen.name)?.bare !== undefined) found.add(seen.name);
    waiting.push(...partsOf(node));
  }
  return found;
}

/** Whether such a letter is read as applied; a variable that is asked for is a factor without more ado. */
export function appliesFactor(sources: Sources): boolean {
  return [...factorsIn(sources)].some((name) => !sources.evidence.wanted.has(name));
}

/** The reading in which such letters are factors; undefined where there are none. */
export function readingWithFactors(scanned: Scanned, first: Sources): Reading | undefined {
  const factors = factorsIn(first);
  if (factors.size === 0) return undefined;
  const choices = openChoices([scanned.main], scanned.evidence, primesAsked(scanned)).filter(
    ({ kind, name, values }) =>
      kind === 'call-or-product' && factors.has(name) && values.some(({ value }) => value === 'product'),
  );
  if (choices.length === 0) return undefined;
  return readingWith(
    scanned.evidence,
    choices.map((choice) => ({ choice, value: 'product' })),
  );
}

/** Whether a part of `root` is as `test` says. */
function isSymbol(node: MathNode, name: string): boolean {
  const seen = view(node);
  return seen.kind === 'symbol' && seen.name === name;
}

/** Whether a variable is asked for on which the last line does not depend, so that its derivative is 0; not `free` ones. */
export function asksInVain(
  { statements, usage }: Sources,
  wanted: readonly WantedVariable[],
  free: readonly string[],
): boolean {
  const reached = statements.length === 1 ? undefined : reachedFrom(statements);
  return wanted.some(({ node }) => {
    const { base, indices } = flattenElement(node);
    const seen = view(base);
    if (seen.kind !== 'symbol') return true;
    if (free.includes(seen.name)) return false;
    if (!usage.has(seen.name)) return true;
    if (reached?.has(seen.name) === false) return true;
    const numbers = indices.flatMap((index) => numberOf(index) ?? []);
    if (numbers.length === 0 || usage.get(seen.name)?.bare !== undefined) return false;
    return !statements.some(({ sides }) => sides.some((side) => holdsEntry(side.node, seen.name, numbers)));
  });
}

const raisedT = letters`\^\s*\{?\s*T(?![\p{L}])`;

/** Whether the value is a row only because a T above a name was taken for a transpose: in the other reading it is a power. */
export function isRowByT({ text, differs }: Sources, { target }: Model): boolean {
  if (!raisedT.test(text)) return false;
  return dimsOf(target)?.[0] === one() && !differs.some(({ choice }) => choice.kind === 'transpose-or-power');
}

/** The names on which the last line rests, by all definitions. */
function reachedFrom(statements: Sources['statements']): Set<string> {
  const byHead = new Map<string, MathNode[]>();
  for (const { sides } of statements) {
    const [head] = sides;
    const seen = head === undefined ? undefined : view(flattenElement(head.node).base);
    if (seen?.kind !== 'symbol' && seen?.kind !== 'call') continue;
    byHead.set(seen.name, [...(byHead.get(seen.name) ?? []), ...sides.map(({ node }) => node)]);
  }
  const last = statements.at(-1)?.sides.map(({ node }) => node) ?? [];
  return reachedNames(gatherUsage(last).keys(), byHead);
}

function numberOf(index: MathNode): string | undefined {
  const seen = view(index);
  return seen.kind === 'constant' ? seen.text : undefined;
}

/** Whether an entry of `name` stands in `node` that can be the one of these numbers. */
function holdsEntry(node: MathNode, name: string, numbers: readonly string[]): boolean {
  return holdsPart(node, (part) => {
    if (view(part).kind !== 'element') return false;
    const { base, indices } = flattenElement(part);
    const seen = view(base);
    const texts = indices.map(numberOf);
    return (
      seen.kind === 'symbol' &&
      seen.name === name &&
      texts.every((text, at) => text === undefined || text === numbers[at])
    );
  });
}
