/**
 * Which axes have the same length: those over which the same index runs are one class, found by union and find (Galler
 * and Fischer 1964).
 */

import { isSeries, number } from '../term/construct.ts';
import { shapeOf } from '../term/dims.ts';
import { partsBelow } from '../term/inspect.ts';
import type { Definitions } from '../term/substitute.ts';
import type { BinderTerm, DotTerm, Range, SymbolTerm, TensorTerm, Term } from '../term/term.ts';
import type { Survey } from './survey.ts';

/** The classes of axes in some terms. */
export interface Axes {
  /** The class of the axis over which a binder without range, or an inner product, runs. */
  of(term: BinderTerm | DotTerm): number;
  /** The class in which a free index runs. */
  ofIndex(name: string): number;
  /** The class of the axis of a name with this number; undefined where nothing tells of it. */
  ofName(symbol: SymbolTerm, axis: number): number | undefined;
  /** The classes of the axes that the compared terms themselves have. */
  readonly outer: readonly number[];
  readonly classes: readonly number[];
  /** The ranges that are given for indices of a class. */
  readonly ranges: ReadonlyMap<number, readonly ScopedRange[]>;
  /** Linear maps of indices that stand on an axis of a class: `i + j` in `x[i + j]`. */
  readonly shifts: readonly Shift[];
  /** The largest number that stands as an index on a class. */
  readonly least: ReadonlyMap<number, number>;
  /**
   * Classes over which nothing sums and on which numbers stand one after the other, with the first and the last: w_1 x_1 + w_2 x_2
   * by w_j is by one of these.
   */
  readonly listed: ReadonlyMap<number, readonly [first: number, last: number]>;
  /** Whether a sum stands on no axis although there are several: a difference then proves nothing. */
  readonly ambiguous: boolean;
}

/** The class of an index that stands in a range or a map; undefined for what is no index. */
export type ClassOf = (index: Term) => number | undefined;

interface ScopedRange extends Range {
  readonly classOf: ClassOf;
}

interface Shift {
  readonly axisClass: number;
  readonly map: Term;
  readonly classOf: ClassOf;
}

/** The axes of terms that have none. */
export const noAxes: Axes = {
  of: () => 0,
  ofIndex: () => 0,
  ofName: () => undefined,
  outer: [],
  classes: [],
  ranges: new Map(),
  shifts: [],
  least: new Map(),
  listed: new Map(),
  ambiguous: false,
};

/** Where the indices that are bound at some place stand. */
interface Scope {
  readonly outer: Scope | undefined;
  readonly name: string;
  readonly node: number;
  readonly memo: Map<Term, readonly number[]>;
}

interface Walk {
  readonly definitions: Definitions;
  /** Scalars that are not looked into. */
  readonly opaque: ReadonlySet<Term>;
  readonly nodes: Map<string, number>;
  readonly parents: number[];
  readonly ranges: [number, Range, Scope][];
  readonly shifts: [number, Term, Scope][];
  readonly literals: [number, number][];
  readonly defined: Set<SymbolTerm>;
}

/** The axes of all terms below `roots`, whose own axes correspond to one another. */
export function findAxes(roots: readonly Term[], definitions: Definitions, survey: Survey): Axes {
  const { opaque } = survey;
  const lists = { ranges: [], shifts: [], literals: [] };
  const walk: Walk = { definitions, opaque, nodes: new Map(), parents: [], ...lists, defined: new Set() };
  const top: Scope = { outer: undefined, name: '', node: -1, memo: new Map() };
  if (survey.deep) walkFromBelow(roots, survey, top, walk);
  let outer: readonly number[] = [];
  for (const root of roots) outer = unify(walk, outer, axesOf(root, top, walk));
  const ambiguous = settleLooseBinders(walk);
  const within =
    (scope: Scope): ClassOf =>
    (index) => {
      const node = indexNode(index, scope, walk);
      return node === undefined ? undefined : find(walk, node);
    };
  const ranges = new Map<number, ScopedRange[]>();
  for (const [node, range, scope] of walk.ranges) {
    const to = find(walk, node);
    const known = ranges.get(to) ?? [];
    known.push({ ...range, classOf: within(scope) });
    ranges.set(to, known);
  }
  const least = new Map<number, number>();
  for (const [node, value] of walk.literals) {
    const at = find(walk, node);
    least.set(at, Math.max(value, least.get(at) ?? 0));
  }
  return {
    of: (term) => find(walk, nodeOf(walk, `${term.kind}${term.id}`)),
    ofIndex: (name) => find(walk, nodeOf(walk, `index ${name}`)),
    ofName: (symbol, axis) => {
      const node = walk.nodes.get(axisKey(symbol, axis));
      return node === undefined ? undefined : find(walk, node);
    },
    outer: outer.map((node) => find(walk, node)),
    classes: [...new Set(walk.parents.map((_, node) => find(walk, node)))],
    ranges,
    shifts: walk.shifts.map(([node, map, scope]) => ({ axisClass: find(walk, node), map, classOf: within(scope) })),
    least,
    listed: listedClasses(walk, ranges),
    ambiguous,
  };
}

function listedClasses(
  walk: Walk,
  ranges: ReadonlyMap<number, readonly ScopedRange[]>,
): ReadonlyMap<number, readonly [number, number]> {
  const counted = [...walk.nodes].flatMap(([key, node]) =>
    /^(?:sum|product|dot)\d/.test(key) ? [find(walk, node)] : [],
  );
  const numbers = new Map<number, Set<number>>();
  for (const [node, value] of walk.literals) {
    const at = find(walk, node);
    numbers.set(at, (numbers.get(at) ?? new Set()).add(value));
  }
  return new Map(
    [...numbers].flatMap(([at, values]) => {
      const [first, last] = [Math.min(...values), Math.max(...values)];
      const isList = values.size > 1 && last - first === values.size - 1 && first >= 0 && first <= 1;
      return isList && !counted.includes(at) && !ranges.has(at) ? [[at, [first, last]] as const] : [];
    }),
  );
}

/** Deep terms are walked from the bottom up, for the stack's sake; what stands within a sum waits for its sum. */
function walkFromBelow(roots: readonly Term[], survey: Survey, top: Scope, walk: Walk): void {
  for (const term of survey.shared) if (term.free.size === 0) axesOf(term, top, walk);
  for (const root of roots) {
    for (const term of partsBelow(root)) if (![...term.free].some(isBound)) axesOf(term, top, walk);
  }
}

const isBound = (name: string): boolean => name.startsWith('#');

/**
 * A sum whose index stands on no axis, such as the sum of 1 that is left of the sum of a x[i] + b, runs over the axis over
 * which the other sums run. Where these run over several, how long it is can't be told: the answer is true.
 */
function settleLooseBinders(walk: Walk): boolean {
  const onAxis = new Set<number>();
  for (const [key, node] of walk.nodes) if (key.startsWith('axis ')) onAxis.add(find(walk, node));
  const ranged = new Set(walk.ranges.map(([node]) => find(walk, node)));
  const binders = [...walk.nodes].filter(([key]) => /^(sum|product)\d/.test(key)).map(([, node]) => node);
  const loose = binders.filter((node) => !onAxis.has(find(walk, node)) && !ranged.has(find(walk, node)));
  const settled = new Set(
    binders.map((node) => find(walk, node)).filter((node) => onAxis.has(node) && !ranged.has(node)),
  );
  const [only] = settled.size === 1 ? settled : loose;
  if (only !== undefined) for (const node of loose) join(walk, node, only);
  return loose.length > 0 && settled.size > 1;
}

function nodeOf(walk: Walk, key: string): number {
  const known = walk.nodes.get(key);
  if (known !== undefined) return known;
  const node = walk.parents.length;
  walk.parents.push(node);
  walk.nodes.set(key, node);
  return node;
}

function find(walk: Walk, node: number): number {
  let at = node;
  for (let up = walk.parents[at] ?? at; up !== at; up = walk.parents[at] ?? at) {
    walk.parents[at] = walk.parents[up] ?? up;
    at = walk.parents[at] ?? at;
  }
  return at;
}

function join(walk: Walk, a: number, b: number): void {
  walk.parents[find(walk, a)] = find(walk, b);
}

/** Joins axes one by one; returns the longer list. */
function unify(walk: Walk, a: readonly number[], b: readonly number[]): readonly number[] {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  shorter.forEach((node, at) => {
    join(walk, node, longer[at] ?? node);
  });
  return longer;
}

const noScope: Scope = { outer: undefined, name: '', node: -1, memo: new Map() };

/** The axes that the value of `term` has; joins what belongs together on the way. */
function axesOf(term: Term, scope: Scope, walk: Walk): readonly number[] {
  if (walk.opaque.has(term)) return none;
  let home = scope;
  while (home.outer !== undefined && !term.free.has(home.name)) home = home.outer;
  const known = home.memo.get(term);
  if (known !== undefined) return known;
  const axes = walkTerm(term, home, walk);
  home.memo.set(term, axes);
  return axes;
}

const none: readonly number[] = [];

function walkTerm(term: Term, scope: Scope, walk: Walk): readonly number[] {
  const all = (parts: readonly Term[]): readonly number[] =>
    parts.reduce((axes, part) => unify(walk, axes, axesOf(part, scope, walk)), none);
  switch (term.kind) {
    case 'number':
    case 'index':
      return none;
    case 'symbol':
      return symbolAxes(term, walk);
    case 'element':
      if (term.base.constant) return none;
      return elementAxes(term.base, term.indices, scope, walk);
    case 'apply':
      return all(term.args);
    case 'add':
      return all(term.terms);
    case 'multiply':
      return all(term.factors);
    case 'power':
      return all([term.base, term.exponent]);
    case 'sum':
    case 'product':
    case 'integral':
    case 'limit':
      return binderAxes(term, scope, walk);
    case 'delta': {
      const left = indexNode(term.left, scope, walk);
      const right = indexNode(term.right, scope, walk);
      if (left !== undefined && right !== undefined) join(walk, left, right);
      return none;
    }
    case 'derivative':
      return [...axesOf(term.by, scope, walk), ...axesOf(term.of, scope, walk)];
    case 'relation':
      axesOf(term.left, scope, walk);
      axesOf(term.right, scope, walk);
      return none;
    case 'cases':
      axesOf(term.condition, scope, walk);
      return all([term.then, term.otherwise]);
    case 'dot': {
      const [axis] = all([term.left, term.right]);
      if (axis !== undefined) join(walk, nodeOf(walk, `dot${term.id}`), axis);
      return none;
    }
    case 'tensor':
      if (term.operation === 'entry') return entryAxes(term.args, scope, walk);
      for (const arg of term.args) axesOf(arg, scope, walk);
      if (term.operation === 'column' || term.operation === 'row') selectAxis(term, scope, walk);
      return lengthAxes(term.dims, scope, walk);
  }
}

/** What the axis of a name is known by: its declared length, else the name. */
function axisKey(symbol: SymbolTerm, axis: number): string {
  const dim = shapeOf(symbol)?.dims[axis];
  return dim === undefined ? `axis ${symbol.name} ${axis}` : `length ${dim.id}`;
}

/** Axes of declared length: all of one length are one class, which runs from 1 to it. */
function lengthAxes(dims: readonly Term[], scope: Scope, walk: Walk): readonly number[] {
  return dims.map((dim) => {
    const isNew = !walk.nodes.has(`length ${dim.id}`);
    const node = nodeOf(walk, `length ${dim.id}`);
    if (isNew) walk.ranges.push([node, { from: number(1), to: dim }, scope]);
    return node;
  });
}

function symbolAxes(symbol: SymbolTerm, walk: Walk): readonly number[] {
  define(symbol, walk);
  const shape = shapeOf(symbol);
  if (shape !== undefined) return lengthAxes(shape.dims, noScope, walk);
  return Array.from({ length: symbol.axes }, (_, axis) => nodeOf(walk, `axis ${symbol.name} ${axis}`));
}

function elementAxes(base: SymbolTerm, indices: readonly Term[], scope: Scope, walk: Walk): readonly number[] {
  const axes = symbolAxes(base, walk);
  indices.forEach((at, k) => {
    const axis = axes[k];
    if (axis === undefined) return;
    if (at.kind === 'number') walk.literals.push([axis, Number(at.value.numerator)]);
    const node = indexNode(at, scope, walk);
    if (node !== undefined) join(walk, node, axis);
    else if (at.kind !== 'number') walk.shifts.push([axis, at, scope]);
  });
  return axes.slice(indices.length);
}

/** The indices of an entry run over the axes of the whole. */
function entryAxes([whole, ...indices]: readonly Term[], scope: Scope, walk: Walk): readonly number[] {
  const axes = whole === undefined ? none : axesOf(whole, scope, walk);
  indices.forEach((at, k) => {
    const [axis, node] = [axes[k], indexNode(at, scope, walk)];
    if (axis !== undefined && node !== undefined) join(walk, node, axis);
  });
  return none;
}

/** The index of a column or a row runs over the axis of the matrix that it stands on. */
function selectAxis({ operation, args }: TensorTerm, scope: Scope, walk: Walk): void {
  const [matrix, at] = args as [Term, Term];
  const axis = axesOf(matrix, scope, walk)[operation === 'column' ? 1 : 0];
  if (axis === undefined) return;
  const node = indexNode(at, scope, walk);
  if (node !== undefined) join(walk, node, axis);
  else if (at.kind === 'number') walk.literals.push([axis, Number(at.value.numerator)]);
  else walk.shifts.push([axis, at, scope]);
}

/** Walks a definition, once: its parameters run over the first axes of its name, its value over the others. */
function define(symbol: SymbolTerm, walk: Walk): void {
  const definition = walk.definitions.get(symbol);
  if (definition === undefined || walk.defined.has(symbol)) return;
  walk.defined.add(symbol);
  const axes = symbolAxes(symbol, walk);
  let scope: Scope = { outer: undefined, name: '', node: -1, memo: new Map() };
  definition.parameters.forEach(({ name }, at) => {
    scope = { outer: scope, name, node: axes[at] ?? -1, memo: new Map() };
  });
  unify(walk, axes.slice(definition.parameters.length), axesOf(definition.body, scope, walk));
}

function binderAxes(term: BinderTerm, scope: Scope, walk: Walk): readonly number[] {
  const isEndless = term.kind === 'integral' || term.kind === 'limit' || isSeries(term);
  const node = nodeOf(walk, `${isEndless ? 'endless' : term.kind}${term.id}`);
  if (term.range !== undefined && !isEndless) walk.ranges.push([node, term.range, scope]);
  return axesOf(term.body, { outer: scope, name: term.bound.name, node, memo: new Map() }, walk);
}

/** The node of a plain index; undefined for a number or a computed index. */
function indexNode(at: Term, scope: Scope, walk: Walk): number | undefined {
  if (at.kind !== 'index') return undefined;
  for (let inner: Scope | undefined = scope; inner !== undefined; inner = inner.outer) {
    if (inner.name === at.name) return inner.node;
  }
  return nodeOf(walk, `index ${at.name}`);
}
