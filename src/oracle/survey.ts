/** One look at the terms that are compared: what decides how they can be evaluated. */

import { elementary, oracleFunctions } from '../numbers/functions.ts';
import { isSeries } from '../term/construct.ts';
import { shapeOf } from '../term/dims.ts';
import type { Rational } from '../term/rational.ts';
import type { Definitions } from '../term/substitute.ts';
import type { DeltaTerm, Range, RelationTerm, TensorTerm, Term } from '../term/term.ts';
import { deepest, orderThrough, partsThrough, type Walk } from './order.ts';
import { hasBranches } from './targets.ts';

export interface Survey {
  /** Terms that occur more than once and sums within sums: worth remembering. All, where the terms are deep. */
  readonly shared: ReadonlySet<Term>;
  /** Terms that are taken for unknowns of their own. */
  readonly opaque: ReadonlySet<Term>;
  /** Whether the terms are nested so deeply that they have to be evaluated from the bottom up. */
  readonly deep: boolean;
  /** Indices that nothing binds, to be sampled. */
  readonly freeIndices: ReadonlySet<string>;
  /** Names of scalars that have to be integers: ends of ranges, and what stands as an index. */
  readonly integers: ReadonlySet<string>;
  /** Integers that stand as an index or as an end of a range. */
  readonly literals: ReadonlySet<number>;
  /** Why no evaluation is possible, where one is not. */
  readonly obstacle: string | undefined;
  /** Whether everything has a meaning modulo a prime. */
  readonly algebraic: boolean;
  /** Whether nothing has a kink or a jump, so that few points tell. */
  readonly smooth: boolean;
  /** Whether kinks, cases or branches make some points more telling than others: see `targets.ts`. */
  readonly pointed: boolean;
  /** Whether numbers stand on one side alone in which doubles are likely to lose what matters. */
  readonly fine: boolean;
  /** Names of integers that stand as numbers too, so that a formula may hold for some sizes alone. */
  readonly counts: ReadonlySet<string>;
  /** Whole numbers with which an index is compared, which sums have to reach. */
  readonly compared: ReadonlySet<number>;
  /** Those with which names are: at such a size alone a case may hold. */
  readonly sizes: ReadonlySet<number>;
  /** Inverses and logarithms of determinants, which a matrix may never have. */
  readonly inverts: ReadonlySet<TensorTerm>;
  /** Whether equality of indices decides a value: Kronecker deltas, and derivatives by elements. */
  readonly comparesIndices: boolean;
  /** Whether something other than a plain index or number stands as an index. */
  readonly computesIndices: boolean;
  /** Whether a name with a definition occurs. */
  readonly usesDefinitions: boolean;
  /** Whether there are values that are found as limits, which are dear: integrals, series, limits. */
  readonly approximate: boolean;
  /** Whether anything has axes or an index: if not, there are no sizes to choose. */
  readonly usesAxes: boolean;
}

type Draft = { -readonly [K in keyof Survey]: Survey[K] extends ReadonlySet<infer T> ? Set<T> : Survey[K] };

const noTerms: ReadonlySet<Term> = new Set();

/**
 * Everything below `roots`, definitions included, up to the terms in `opaque`; undefined where that is more than `most`
 * terms.
 */
export function surveyTerms(
  roots: readonly Term[],
  definitions: Definitions,
  opaque: ReadonlySet<Term> = noTerms,
  most = Number.POSITIVE_INFINITY,
): Survey | undefined {
  const walk: Walk = { definitions, opaque };
  const shared = new Set<Term>();
  const order = orderThrough(roots, walk, shared, most);
  if (order === undefined) return undefined;
  const draft: Omit<Draft, 'shared' | 'opaque' | 'deep'> = {
    freeIndices: new Set(),
    integers: new Set(),
    literals: new Set(),
    obstacle: undefined,
    algebraic: true,
    smooth: true,
    pointed: false,
    fine: false,
    inverts: new Set(),
    counts: new Set(),
    compared: new Set(),
    sizes: new Set(),
    comparesIndices: false,
    computesIndices: false,
    usesDefinitions: false,
    approximate: false,
    usesAxes: false,
  };
  /** Names by which derivatives are taken. */
  const variables = new Set<string>();
  for (const root of roots) noticeCounts([root], draft);
  for (const term of order) {
    if (opaque.has(term)) continue;
    if (term.kind === 'derivative' && term.by.kind === 'symbol') variables.add(term.by.name);
    if (isNested(term)) shared.add(term);
    notice(term, draft);
    const definition = term.kind === 'symbol' ? definitions.get(term) : undefined;
    if (definition === undefined) continue;
    draft.usesDefinitions = true;
    const bound = new Set(definition.parameters.map((parameter) => parameter.name));
    for (const name of definition.body.free) if (!bound.has(name)) draft.freeIndices.add(name);
  }
  for (const root of roots) for (const name of root.free) draft.freeIndices.add(name);
  if (draft.freeIndices.size > 0) draft.usesAxes = true;
  if (!draft.smooth) draft.pointed = true;
  draft.fine = draft.fine && differInNumbers(roots, walk);
  for (const name of draft.counts) if (!draft.integers.has(name)) draft.counts.delete(name);
  for (const name of variables) {
    if (draft.integers.has(name))
      draft.obstacle ??= `unsupported: ${name} is a whole number, and nothing is differentiated by it`;
  }
  const deep = order.length > deepest && depthThrough(order, walk) > deepest;
  return { ...draft, opaque, deep, shared: deep ? new Set(order) : shared };
}

/** The numbers of many digits below a term. */
function fineNumbers(root: Term, walk: Walk): ReadonlySet<Rational> {
  const found = new Set<Rational>();
  for (const term of orderThrough([root], walk, new Set(), Number.POSITIVE_INFINITY) ?? []) {
    const value = numberIn(term);
    if (value !== undefined && value.bottom === 0) found.add(value);
  }
  return found;
}

function numberIn(term: Term): Rational | undefined {
  return term.kind === 'number' ? term.value : term.kind === 'multiply' ? term.coefficient : undefined;
}

/** Whether each side has numbers of many digits that the other does not have. */
function differInNumbers(roots: readonly Term[], walk: Walk): boolean {
  const texts = roots.map((root) =>
    [...fineNumbers(root, walk)]
      .map((one) => `${one.numerator}/${one.denominator}`)
      .sort()
      .join(),
  );
  return texts.some((text) => text !== texts[0]);
}

/** A sum within a sum comes up once for each value of every index around it, also of those on which it does not rest. */
function isNested(term: Term): boolean {
  return (term.kind === 'sum' || term.kind === 'product') && [...term.free].some((name) => name.startsWith('#'));
}

/** How many levels of terms stand inside one another, through definitions. */
function depthThrough(order: readonly Term[], walk: Walk): number {
  const depths = new Map<Term, number>();
  let most = 0;
  for (const term of order) {
    let depth = 0;
    for (const part of partsThrough(term, walk)) depth = Math.max(depth, depths.get(part) ?? 0);
    depths.set(term, depth + 1);
    most = Math.max(most, depth + 1);
  }
  return most;
}

const piecewise: ReadonlySet<string> = new Set(['norm1', 'norminf', 'largest', 'peak', 'rowlargest', 'rowpeak']);

const inverting: ReadonlySet<string> = new Set(['inverse', 'pinv', 'logdet']);

type Findings = Omit<Draft, 'shared' | 'opaque' | 'deep'>;

/** The names among the operands of a calculation. */
function noticeCounts(parts: readonly Term[], draft: Findings): void {
  for (const part of parts) if (part.kind === 'symbol' && part.rank === 0) draft.counts.add(part.name);
}

function notice(term: Term, draft: Findings): void {
  if (term.rank > 0) draft.usesAxes = true;
  if (term.kind === 'add' || term.kind === 'multiply' || term.kind === 'power') noticeCounts(term.parts, draft);
  if (!draft.pointed && hasBranches(term)) draft.pointed = true;
  if (numberIn(term)?.bottom === 0) draft.fine = true;
  switch (term.kind) {
    case 'apply':
      noticeFunction(term.name, term.generic, term.args.length, draft);
      if (!term.generic && term.orders.some((order) => order > 0))
        draft.obstacle ??= `unknown-function: derivative of ${term.name} by order`;
      return;
    case 'element':
      if (term.base.constant) return;
      draft.usesAxes = true;
      for (const at of term.indices) noticeIndex(at, draft);
      return;
    case 'sum':
    case 'product':
      if (isSeries(term)) {
        draft.approximate = true;
        noticeInteger((term.range as Range).from, draft);
        return;
      }
      draft.usesAxes = true;
      if (term.range === undefined) return;
      noticeInteger(term.range.from, draft);
      noticeInteger(term.range.to, draft);
      return;
    case 'integral':
    case 'limit':
      draft.approximate = true;
      return;
    case 'dot':
      draft.usesAxes = true;
      return;
    case 'delta':
      draft.usesAxes = true;
      draft.comparesIndices = true;
      noticeIndex(term.left, draft);
      noticeIndex(term.right, draft);
      noticeCompared(term, draft);
      return;
    case 'derivative':
      if (term.by.kind === 'element' || term.by.axes > 0) draft.comparesIndices = true;
      return;
    case 'tensor':
      for (const dim of term.dims) noticeInteger(dim, draft);
      if (term.operation === 'part') for (const length of term.args.slice(1)) noticeInteger(length, draft);
      if (term.operation === 'column' || term.operation === 'row') noticeIndex(term.args[1] as Term, draft);
      draft.algebraic = false;
      if (inverting.has(term.operation)) draft.inverts.add(term);
      if (term.operation === 'vjp' || term.operation === 'jvp') draft.comparesIndices = true;
      if (piecewise.has(term.operation)) draft.smooth = false;
      return;
    case 'symbol':
      for (const dim of shapeOf(term)?.dims ?? []) noticeInteger(dim, draft);
      return;
    case 'cases':
    case 'relation':
      if (term.kind === 'relation') noticeCompared(term, draft);
      draft.algebraic = false;
      draft.smooth = false;
      return;
    default:
      return;
  }
}

/** Larger ones would take sizes that no sum is evaluated at. */
const mostCompared = 40;

function noticeCompared({ left, right, free }: RelationTerm | DeltaTerm, draft: Findings): void {
  for (const side of [left, right]) {
    for (const part of side.kind === 'add' ? side.terms : [side]) {
      const size = part.kind === 'number' ? Math.abs(part.integer) : Number.NaN;
      if (!(size <= mostCompared)) continue;
      draft.compared.add(size);
      if (free.size === 0) draft.sizes.add(size);
    }
  }
}

function noticeFunction(name: string, generic: boolean, arity: number, draft: Findings): void {
  if (generic) return;
  if (!oracleFunctions.has(name)) {
    draft.obstacle ??= `unknown-function: the oracle does not know the function ${name}`;
    return;
  }
  const entry = elementary(name);
  if (arity < entry.arity[0] || arity > entry.arity[1]) {
    draft.obstacle ??= `unknown-function: the oracle does not know ${name} of ${arity} arguments`;
  }
  if (!entry.algebraic) draft.algebraic = false;
  if (!entry.smooth) draft.smooth = false;
}

function noticeIndex(at: Term, draft: Findings): void {
  if (at.kind !== 'index' && at.kind !== 'number') draft.computesIndices = true;
  noticeInteger(at, draft);
}

/** All symbols and numbers in a term that has to be an integer. */
function noticeInteger(term: Term, draft: Findings): void {
  if (term.kind === 'symbol') draft.integers.add(term.name);
  else if (term.kind === 'number') draft.literals.add(Number(term.value.numerator));
  else for (const part of term.parts) noticeInteger(part, draft);
}
