/**
 * How long axes are. What stands as the index of an axis runs as far as the axis is long, and so does what stands beside it:
 * such indices and axes are one class (Tarjan's union-find), and each class has one length at a point.
 */

import { stop } from '../numbers/arithmetic.ts';
import { finish, hashText, mix } from '../numbers/hash.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import { type Binder, binderOf, flatten, isWhole, type Names, nameOf, namesIn, type Roles } from './roles.ts';

type Key = string;

/** The keys of the axes of a value; undefined where they do not matter. */
type Keys = readonly Key[] | undefined;

/** An index along an axis, moved by a constant: the `i + 1` of x[i + 1]. */
interface Place {
  readonly axis: Key;
  readonly index: Key;
  readonly shift: number;
}

/** The 3 of x[3]. */
interface Member {
  readonly axis: Key;
  readonly at: number;
}

export interface Axes {
  readonly root: (key: Key) => Key;
  readonly roots: readonly Key[];
  /** The keys of lengths that are known by name or number. */
  readonly lengthTexts: readonly Key[];
  readonly places: readonly Place[];
  /** Numbers that stand as indices along an axis: it is at least as long. */
  readonly members: readonly Member[];
  /** By the key of a bound index, the ends of its range. */
  readonly ranges: ReadonlyMap<Key, readonly [MathNode, MathNode]>;
  readonly binder: (node: MathNode) => Key | undefined;
  /** Names that stand for whole numbers. */
  readonly integers: ReadonlySet<string>;
  /** Of these, the ones that a range begins with. */
  readonly starts: ReadonlySet<string>;
  /** Axes are at least as long as the whole numbers with which indices are compared. */
  readonly least: number;
  /** Whether there are cases, kinks or indices that may be equal, so that points nearby may tell different things. */
  readonly isPiecewise: boolean;
  /** Whether indices are computed, x[i + j] or x[2 i], or run from or to one another: then ends alone do not tell what a sum reaches. */
  readonly isComputed: boolean;
}

export const axisKey = (name: string, at: number): Key => `axis ${at} of ${name}`;
export const indexKey = (letter: string): Key => `index ${letter}`;
const lengthKey = (text: string): Key => `length ${text.replaceAll(' ', '')}`;

interface Walk {
  readonly roles: Roles;
  readonly parents: Map<Key, Key>;
  readonly places: Place[];
  readonly members: Member[];
  readonly ranges: Map<Key, readonly [MathNode, MathNode]>;
  readonly bound: Map<MathNode, Key>;
  readonly letters: Map<Key, string>;
  readonly integers: Set<string>;
  readonly starts: Set<string>;
  readonly least: { value: number };
  readonly piecewise: { seen: boolean };
  readonly computed: { seen: boolean };
}

/** Functions with kinks or jumps. */
const piecewise: ReadonlySet<string> = new Set(
  'abs sign max min relu leaky_relu elu selu floor ceil round mod heaviside clamp norm1 norminf indmax rowmax colmax rowindmax delta'.split(
    ' ',
  ),
);

/** Larger numbers than this are no places on an axis. */
const largestPlace = 6;

function notePlace(node: MathNode, walk: Walk): void {
  const seen = view(node);
  const number = seen.kind === 'constant' ? Number(seen.text) : 0;
  if (Number.isInteger(number) && number <= largestPlace) walk.least.value = Math.max(walk.least.value, number);
  if (seen.kind === 'parenthesis' || seen.kind === 'operator') for (const part of partsOf(node)) notePlace(part, walk);
}

function find(walk: Walk, key: Key): Key {
  let at = key;
  for (let up = walk.parents.get(at); up !== undefined && up !== at; up = walk.parents.get(at)) at = up;
  if (!walk.parents.has(key)) walk.parents.set(key, key);
  if (at !== key) walk.parents.set(key, at);
  return at;
}

function join(walk: Walk, first: Key, second: Key): void {
  const [a, b] = [find(walk, first), find(walk, second)];
  if (a !== b) walk.parents.set(a, b);
}

function joinAll(walk: Walk, first: Keys, second: Keys): Keys {
  if (first === undefined || second === undefined) return first ?? second;
  if (first.length === second.length) {
    first.forEach((key, at) => {
      join(walk, key, second[at] as Key);
    });
  }
  return first.length === 0 ? second : first;
}

/** The classes of all axes and indices in these trees, with the names that each of them uses. */
export function findAxes(
  texts: readonly { readonly names: Names; readonly nodes: readonly MathNode[] }[],
  roles: Roles,
): Axes {
  const walk: Walk = {
    roles,
    parents: new Map(),
    places: [],
    members: [],
    ranges: new Map(),
    bound: new Map(),
    letters: new Map(),
    integers: new Set(roles.integer),
    starts: new Set(),
    least: { value: 2 },
    piecewise: { seen: false },
    computed: { seen: false },
  };
  for (const [name, lengths] of roles.lengths) {
    lengths.forEach((length, at) => {
      join(walk, axisKey(name, at), lengthKey(length));
      for (const part of length.split(/[+*]/)) if (!/^\d+$/.test(part)) walk.integers.add(part);
    });
  }
  for (const { names, nodes } of texts) {
    for (const [name, { parameters, body }] of names.definitions) {
      const scope = new Map(parameters.map((letter, at) => [letter, axisKey(name, at)]));
      const keys = visit(body, scope, walk) ?? [];
      keys.forEach((key, at) => {
        join(walk, axisKey(name, parameters.length + at), key);
      });
    }
    for (const { body } of names.functions.values()) visit(body, new Map(), walk);
    for (const node of nodes) visit(node, new Map(), walk);
  }
  const open = joinByLetters(walk);
  const roots = [...new Set([...walk.parents.keys()].map((key) => find(walk, key)))].sort();
  return {
    root: (key) => find(walk, key),
    roots,
    lengthTexts: [...walk.parents.keys()].filter((key) => key.startsWith('length ')),
    places: walk.places,
    members: walk.members,
    ranges: walk.ranges,
    binder: (node) => {
      const key = walk.bound.get(node);
      return key === undefined || open.has(key) ? undefined : key;
    },
    least: walk.least.value,
    isPiecewise: walk.piecewise.seen,
    isComputed: walk.computed.seen,
    integers: walk.integers,
    starts: walk.starts,
  };
}

/**
 * An index that counts along no axis, as in sum(1, i), runs as far as another of its name does, or along the one axis there
 * is; one of which nothing tells how far it runs is none to go by.
 */
function joinByLetters(walk: Walk): ReadonlySet<Key> {
  const counted = new Set(walk.places.map(({ index }) => find(walk, index)));
  const isCounted = (key: Key): boolean => walk.ranges.has(key) || counted.has(find(walk, key));
  const open = new Set<Key>();
  for (const [key, letter] of walk.letters) {
    if (isCounted(key)) continue;
    const other = [...walk.letters].find(([one, own]) => one !== key && own === letter && counted.has(find(walk, one)));
    const [only, ...more] = counted;
    if (other !== undefined) join(walk, key, other[0]);
    else if (counted.size === 0) join(walk, key, `letter ${letter}`);
    else if (more.length === 0) join(walk, key, only as Key);
    else open.add(key);
  }
  return open;
}

type Scope = ReadonlyMap<string, Key>;

function visit(node: MathNode, scope: Scope, walk: Walk): Keys {
  const binder = binderOf(node);
  if (binder !== undefined) return visitBinder(node, binder, scope, walk);
  const seen = view(node);
  switch (seen.kind) {
    case 'symbol':
      return scope.has(seen.name) ? [] : ownKeys(seen.name, 0, walk);
    case 'constant':
      return [];
    case 'parenthesis':
      return visit(seen.content, scope, walk);
    case 'element':
      return visitElement(node, scope, walk);
    case 'operator':
      return visitOperator(seen.operator, seen.args, scope, walk);
    case 'call':
      return visitCall(node, seen.name, seen.args, scope, walk);
    case 'conditional': {
      walk.piecewise.seen = true;
      const condition = view(seen.condition);
      if (condition.kind === 'operator' && condition.args.some((arg) => namesIn(arg).some((one) => scope.has(one))))
        for (const arg of condition.args) notePlace(arg, walk);
      visit(seen.condition, scope, walk);
      return joinAll(walk, visit(seen.then, scope, walk), visit(seen.else, scope, walk));
    }
    default:
      for (const part of partsOf(node)) visit(part, scope, walk);
      return undefined;
  }
}

function ownKeys(name: string, from: number, { roles }: Walk): Key[] {
  const count = roles.axes.get(name) ?? from;
  return Array.from({ length: Math.max(0, count - from) }, (_, at) => axisKey(name, from + at));
}

function visitBinder(node: MathNode, { letter, body, range, name }: Binder, scope: Scope, walk: Walk): Keys {
  const key = `bound ${walk.bound.size}`;
  find(walk, key);
  walk.bound.set(node, key);
  walk.letters.set(key, letter);
  if (range !== undefined) {
    const [from, to] = range as [MathNode, MathNode];
    walk.ranges.set(key, [from, to]);
    for (const end of range) {
      notePlace(end, walk);
      for (const one of namesIn(end)) {
        // In a triangle of indices some are reached from three places on only.
        if (scope.has(one)) walk.least.value = Math.max(walk.least.value, 4);
        if (scope.has(one)) walk.computed.seen = true;
        if (scope.has(one)) continue;
        walk.integers.add(one);
        // The end of n - 1 places is reached later than that of n.
        if (nameOf(end) === undefined) walk.places.push({ axis: lengthKey(one), index: lengthKey(one), shift: 1 });
      }
    }
    const [start, end] = [nameOf(from), nameOf(to)];
    if (start !== undefined) walk.starts.add(start);
    const isFromOne = view(from).kind === 'constant';
    if (end !== undefined && isFromOne) join(walk, key, lengthKey(end));
  }
  // The index of a softmax stands outside, too.
  if (name === 'softmax') join(walk, key, scope.get(letter) ?? indexKey(letter));
  return visit(body, new Map(scope).set(letter, key), walk);
}

function visitElement(node: MathNode, scope: Scope, walk: Walk): Keys {
  const { base, indices } = flatten(node);
  const name = nameOf(base);
  const keys = name === undefined ? visit(base, scope, walk) : ownKeys(name, 0, walk);
  const rest: Key[] = [];
  const count = Math.max(keys?.length ?? 0, indices.length);
  for (let at = 0; at < count; at++) {
    const axis = name === undefined ? keys?.[at] : axisKey(name, at);
    const index = indices[at];
    if (axis === undefined) continue;
    if (index === undefined || isWhole(index)) rest.push(axis);
    else place(index, axis, scope, walk);
  }
  return rest;
}

/** Notes that what stands as an index counts along an axis. */
function place(node: MathNode, axis: Key, scope: Scope, walk: Walk): void {
  const seen = view(node);
  if (seen.kind === 'constant') walk.members.push({ axis, at: Number(seen.text) });
  const found = movedLetter(node);
  if ((found === undefined || found.shift !== 0) && namesIn(node).length > 0) walk.computed.seen = true;
  if (found === undefined) return;
  const index = scope.get(found.letter) ?? indexKey(found.letter);
  if (!scope.has(found.letter) && walk.integers.has(found.letter)) return;
  join(walk, axis, index);
  walk.places.push({ axis, index, shift: found.shift });
}

/** A letter, or one with a whole number added. */
function movedLetter(node: MathNode): { readonly letter: string; readonly shift: number } | undefined {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return movedLetter(seen.content);
  if (seen.kind === 'symbol') return { letter: seen.name, shift: 0 };
  if (seen.kind !== 'operator' || (seen.operator !== '+' && seen.operator !== '-') || seen.args.length !== 2)
    return undefined;
  const [left, right] = seen.args as [MathNode, MathNode];
  const [first, second] = [movedLetter(left), view(right)];
  if (first !== undefined && second.kind === 'constant') {
    return { ...first, shift: first.shift + (seen.operator === '-' ? -1 : 1) * Number(second.text) };
  }
  const known = view(left);
  const last = seen.operator === '+' && known.kind === 'constant' ? movedLetter(right) : undefined;
  return last === undefined ? undefined : { ...last, shift: last.shift + Number((known as { text: string }).text) };
}

function visitOperator(operator: string, args: readonly MathNode[], scope: Scope, walk: Walk): Keys {
  const keys = args.map((arg) => visit(arg, scope, walk));
  if (operator === "'") return turnedKeys(keys[0]);
  if (operator !== '*') return keys.reduce((known, own) => joinAll(walk, known, own), undefined as Keys);
  return keys.reduce((left, right) => productKeys(left, right, walk));
}

/** Of a matrix the other way round; a vector becomes a row. */
function turnedKeys(keys: Keys): Keys {
  if (keys === undefined || keys.length === 0) return keys;
  return keys.length === 1 ? [keys[0] as Key, 'row'] : [...keys].reverse();
}

/** A row times a vector, or a scalar times anything; of matrices the lengths have names. */
function productKeys(left: Keys, right: Keys, walk: Walk): Keys {
  if (left === undefined || right === undefined) return undefined;
  if (left.length === 0 || right.length === 0) return left.length === 0 ? right : left;
  const isRow = left.length === 2 && left[1] === 'row';
  if (isRow && right.length === 1) {
    join(walk, left[0] as Key, right[0] as Key);
    return [];
  }
  return undefined;
}

function visitCall(node: MathNode, name: string, args: readonly MathNode[], scope: Scope, walk: Walk): Keys {
  if (piecewise.has(name)) walk.piecewise.seen = true;
  if (name === 'delta') {
    const [first, second] = args.map(movedLetter);
    if (first !== undefined && second !== undefined) {
      const [a, b] = [first, second].map(({ letter }) => scope.get(letter) ?? indexKey(letter)) as [Key, Key];
      join(walk, a, b);
    }
    return [];
  }
  if (counted.has(name)) for (const arg of args) for (const one of namesIn(arg)) walk.integers.add(one);
  const keys = (view(node).kind === 'call' && name === '' ? partsOf(node).slice(1) : args).map((arg) =>
    visit(arg, scope, walk),
  );
  if (name === 'dot') {
    joinAll(walk, keys[0], keys[1]);
    return [];
  }
  return ['d', 'D'].includes(name) ? keys[0] : entrywise(keys);
}

/** Of scalars a function is a scalar. */
function entrywise(keys: readonly Keys[]): Keys {
  return keys.every((one) => one?.length === 0) ? [] : undefined;
}

/** Calls of which names among the arguments are lengths. */
const counted: ReadonlySet<string> = new Set(['ones', 'eye', 'zeros', 'part', 'unvec']);

/** The lengths at one point. */
export interface Lengths {
  readonly integer: (name: string) => number | undefined;
  /** A length as it is declared: `n`, `2`, `m+n`. */
  readonly length: (text: string) => number;
  readonly axis: (key: Key) => number;
}

/**
 * Chooses lengths: 2 and 3 by turns, more where an index is moved along its axis; all equal where `alike` is true, so that
 * factors fit that should not.
 */
export function chooseLengths(axes: Axes, seed: number, round: number, alike: boolean): Lengths {
  const sizes = new Map<Key, number>();
  const literals = new Map<Key, number>();
  const moved = new Map<Key, number>();
  for (const { axis, shift } of axes.places) {
    const root = axes.root(axis);
    moved.set(root, Math.max(moved.get(root) ?? 0, Math.abs(shift)));
  }
  for (const root of axes.roots) {
    const own = axes.least + (alike ? 0 : (finish(mix(seed, hashText(root))) + round) % 2);
    sizes.set(root, own + 3 * (moved.get(root) ?? 0));
  }
  for (const { axis, at } of axes.members) {
    const root = axes.root(axis);
    sizes.set(root, Math.max(sizes.get(root) ?? 0, at));
  }
  const axis = (key: Key): number => literals.get(axes.root(key)) ?? sizes.get(axes.root(key)) ?? 2 + (round % 2);
  const integer = (name: string): number | undefined => {
    if (axes.starts.has(name)) return 1;
    return axes.integers.has(name) ? axis(lengthKey(name)) : undefined;
  };
  const length = (text: string): number =>
    text
      .split('+')
      .reduce(
        (sum, term) =>
          sum +
          term
            .split('*')
            .reduce(
              (total, factor) =>
                total *
                (/^\d+$/.test(factor.trim())
                  ? Number(factor)
                  : (integer(factor.trim()) ?? stop('not-enough-context: a length that is not known'))),
              1,
            ),
        0,
      );
  for (const key of axes.lengthTexts) {
    const text = key.slice('length '.length);
    if (/^\d+$/.test(text)) literals.set(axes.root(key), Number(text));
  }
  for (const key of axes.lengthTexts) {
    const text = key.slice('length '.length);
    if (/[+*]/.test(text)) literals.set(axes.root(key), length(text));
  }
  return { integer, length, axis };
}
