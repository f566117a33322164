/**
 * Names for what stands in a formula several times, so that large results can be read: "with u = cos x, v = sin x".
 *
 * Higher derivatives and nested functions repeat their parts; the graph holds each once, and so should the page. Which
 * parts are named is decided greedily by what a name saves on paper, as is usual in code generators (Breuer 1969,
 * "Generation of optimal code for expressions via factorization").
 */

import { mapParts, symbol } from '../term/construct.ts';
import { children, freeIndices, partsBelow, settle } from '../term/inspect.ts';
import type { Definition } from '../term/substitute.ts';
import { symbolsOf } from '../term/substitute.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import type { Desk } from './assemble.ts';
import type { NamedExpression } from './derivation.ts';
import type { NamedModel } from './naming.ts';
import type { Outline } from './outline.ts';

interface Shared {
  /** In the order in which they are computed. */
  readonly lets: readonly Definition[];
  readonly terms: readonly Term[];
}

const letters = ['u', 'v', 'w', 's', 't', 'p', 'q', 'r', 'a', 'b', 'c', 'g', 'h'] as const;

/** Most names that one formula gets. */
const mostNames = 24;

/** A name must save at least so many characters. */
const leastGain = 12;

const noNames: ReadonlySet<string> = new Set();

/** `terms` with names for the parts that stand in them more than once, as long as a name makes the print smaller. */
function shareSubterms(terms: readonly Term[], taken: ReadonlySet<string>): Shared {
  const used = new Set(taken);
  let current = terms;
  let lets: readonly Definition[] = [];
  while (lets.length < mostNames) {
    const best = bestPart([...current, ...lets.map((one) => one.body)]);
    if (best === undefined) break;
    const name = symbol(freshLetter(used));
    used.add(name.name);
    const replace = replacer(best, name);
    current = current.map(replace);
    lets = [...lets.map((one) => ({ ...one, body: replace(one.body) })), { symbol: name, parameters: [], body: best }];
  }
  return withoutPlain({ lets: inOrder(lets), terms: current });
}

/** Names for squares of names put back: they came first, and what they are squares of got a name later. */
function withoutPlain({ lets, terms }: Shared): Shared {
  const plain = lets.find(({ body }) => body.kind === 'power' && !isWorthName(body));
  if (plain === undefined) return { lets, terms };
  const put = replacer(plain.symbol, plain.body);
  const kept = lets.filter((one) => one !== plain).map((one) => ({ ...one, body: put(one.body) }));
  return withoutPlain({ lets: kept, terms: terms.map(put) });
}

/** u^2 is as easy to read as a name for it. */
function isWorthName(part: Term): boolean {
  return part.kind !== 'power' || (part.base.kind !== 'symbol' && part.base.kind !== 'number');
}

/** The part whose name saves most; undefined where none saves enough. */
function bestPart(roots: readonly Term[]): Term | undefined {
  let best: Term | undefined;
  let most = leastGain;
  for (const [part, count] of occurrences(roots)) {
    if (!canBeNamed(part)) continue;
    const width = widthOf(part);
    const gain = count * (width - 1) - (width + 4);
    if (gain > most || (gain === most && best !== undefined && part.id < best.id)) [best, most] = [part, gain];
  }
  return best;
}

function canBeNamed(part: Term): boolean {
  if (part.rank > 0 || freeIndices(part).size > 0) return false;
  if (!isWorthName(part)) return false;
  return (
    part.kind === 'apply' ||
    part.kind === 'add' ||
    part.kind === 'multiply' ||
    part.kind === 'power' ||
    part.kind === 'sum' ||
    part.kind === 'dot'
  );
}

/** How often each part would be printed. */
function occurrences(roots: readonly Term[]): ReadonlyMap<Term, number> {
  const order: Term[] = [];
  const seen = new Set<Term>();
  const visit = (term: Term): void => {
    if (seen.has(term)) return;
    seen.add(term);
    children(term).forEach(visit);
    order.push(term);
  };
  roots.forEach(visit);
  const counts = new Map<Term, number>();
  for (const root of roots) counts.set(root, (counts.get(root) ?? 0) + 1);
  for (const term of order.reverse()) {
    const own = counts.get(term) ?? 0;
    for (const part of children(term)) counts.set(part, (counts.get(part) ?? 0) + own);
  }
  return counts;
}

const widths = new WeakMap<Term, number>();

/** About how many characters a term takes. Shared parts count each time, so this can be far more than the graph. */
export function widthOf(term: Term): number {
  return widths.get(term) ?? settle(term, measureWidth);
}

function measureWidth(term: Term): number {
  const known = widths.get(term);
  if (known !== undefined) return known;
  const inner = children(term).reduce((total, part) => total + measureWidth(part) + 1, 0);
  const width = inner + ownWidth(term);
  widths.set(term, width);
  return width;
}

function ownWidth(term: Term): number {
  switch (term.kind) {
    case 'number':
      return String(term.value.numerator).length + (term.value.denominator === 1n ? 0 : 2);
    case 'symbol':
    case 'index':
      return term.name.length;
    case 'apply':
      return term.name.length + 2;
    case 'multiply':
      return term.coefficient.numerator === 1n && term.coefficient.denominator === 1n ? 0 : 2;
    case 'add':
    case 'sum':
    case 'product':
    case 'cases':
      return 3;
    default:
      return 1;
  }
}

function replacer(from: Term, to: Term): (term: Term) => Term {
  const memo = new Map<Term, Term>([[from, to]]);
  const visit = (part: Term): Term => {
    const known = memo.get(part);
    if (known !== undefined) return known;
    const result = mapParts(part, noNames, visit);
    memo.set(part, result);
    return result;
  };
  return visit;
}

function freshLetter(taken: ReadonlySet<string>): string {
  const letter = letters.find((name) => !taken.has(name));
  if (letter !== undefined) return letter;
  for (let count = 1; ; count++) if (!taken.has(`u_${count}`)) return `u_${count}`;
}

/** Each after what it rests on. */
function inOrder(lets: readonly Definition[]): Definition[] {
  const bySymbol = new Map<SymbolTerm, Definition>(lets.map((one) => [one.symbol, one]));
  const sorted: Definition[] = [];
  const visit = (one: Definition): void => {
    if (sorted.includes(one)) return;
    for (const used of symbolsOf(one.body)) {
      const inner = bySymbol.get(used);
      if (inner !== undefined) visit(inner);
    }
    sorted.push(one);
  };
  lets.forEach(visit);
  return sorted;
}

/** Results wider than this are not read as they are. */
const widestReadable = 240;

/** Next to larger ones, a result up to this width is still shown as it is. */
const widestPlain = 120;

/** Names are given only where they make the print so much smaller. */
const worthwhile = 0.7;

/** What the results of an outline share, if they are too large to be read without. */
export function shareLarge(
  outline: Pick<Outline, 'result' | 'passages'>,
  { print }: Pick<Desk, 'print'>,
  names: ReadonlySet<string>,
  named: NamedModel,
): { readonly lets: readonly NamedExpression[]; readonly share: (term: Term) => Term } {
  const ends = outline.passages.flatMap(({ moves }) => moves[moves.length - 1]?.state ?? []);
  // Functions that the derivation itself names: f of a Taylor polynomial, g and h of a quotient.
  const callees = outline.passages.flatMap(({ left }) =>
    partsBelow(left).flatMap((part) => (part.kind === 'apply' && part.generic ? [part.name] : [])),
  );
  return shareTerms([...new Set([outline.result, ...ends])], print, new Set([...names, ...callees]), named);
}

/** The same for any terms. */
export function shareTerms(
  terms: readonly Term[],
  print: (term: Term) => string,
  names: ReadonlySet<string>,
  named: NamedModel,
): { readonly lets: readonly NamedExpression[]; readonly share: (term: Term) => Term } {
  const large = terms.filter((term) => widthOf(term) > widestReadable);
  if (large.length === 0) return { lets: [], share: (term) => term };
  // A point, a direction and what depends on a variable bring names of their own beside those of the source.
  const own = terms.flatMap((term) => [...symbolsOf(term)]).concat(named.lets.map((one) => one.symbol));
  const taken = new Set([...names, ...own.map(({ name }) => name), 'e', 'd', 'D', 'i', 'pi']);
  const { lets, terms: shorter } = shareSubterms(terms, taken);
  const before = terms.reduce((total, term) => total + widthOf(term), 0);
  const after = [...shorter, ...lets.map((one) => one.body)].reduce((total, term) => total + widthOf(term) + 4, 0);
  if (after > worthwhile * before) return { lets: [], share: (term) => term };
  const byTerm = new Map(terms.map((term, at) => [term, shorter[at] as Term]));
  return {
    lets: lets.map((one) => ({ name: one.symbol.name, expression: print(one.body) })),
    share: (term) => (widthOf(term) > widestPlain ? (byTerm.get(term) ?? term) : term),
  };
}
