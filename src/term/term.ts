/**
 * The term graph: what an expression means.
 *
 * Terms are immutable and hash-consed: two terms that are equal are the same object, so that `===` is equality and a
 * memo may be keyed by a term (Ershov 1958; Filliâtre and Conchon, "Type-safe modular hash-consing", 2006). Only the
 * constructors of `construct.ts` make them; this file holds their types and the store.
 */

import { takeSteps } from '../work.ts';
import type { Rational } from './rational.ts';

interface Base {
  /** Unique within the store; grows with the order of construction, so that parts have smaller ids than the whole. */
  readonly id: number;
  /** What the term is besides its parts: kind, name, coefficient. Equal tags and equal parts are equal terms. */
  readonly tag: number;
  /** The direct parts in a fixed order: what `path` in a derivation step counts. */
  readonly parts: readonly Term[];
  /** How many axes the value has: 0 for a scalar, 1 for a vector. */
  readonly rank: number;
  /** The largest number of sums and products that stand inside one another in this term. */
  readonly height: number;
  /** How many terms stand inside one another; walks that recurse have to mind it. */
  readonly depth: number;
  /** The names of the indices that are not bound within the term. */
  readonly free: ReadonlySet<string>;
  /** Whether a derivative that is not carried out stands anywhere in it. */
  readonly inert: boolean;
  /** Which symbols stand in it: a bit for each of the first of a store, and {@link otherSymbols} for all the others. */
  readonly symbols: number;
  // What is found out about a term is noted on it later: the store, and with it the note, lives as long as a derivation.
  /** The printed size, 0 until it is measured. See `present/size.ts`. */
  printedSize: number;
  /** The term as the presentation passes leave it, once they have seen it. See `present.ts`. */
  presented: Term | undefined;
  /** Its derivative, and the run of the value driver that found it. See `value.ts`. */
  derived: Term | undefined;
  derivedIn: object | undefined;
}

/** The bit that the symbols share which have none of their own. */
export const otherSymbols = 1 << 30;

/** An exact number. `literal` is how it was first written, for display alone. */
export interface NumberTerm extends Base {
  readonly kind: 'number';
  readonly value: Rational;
  /** The value as a double where it is a whole number, else NaN. */
  readonly integer: number;
  readonly literal: string | undefined;
}

/** A name. `axes` counts family and vector axes: `alpha` in `alpha[i][k]` has two. `constant` marks pi and e. */
export interface SymbolTerm extends Base {
  readonly kind: 'symbol';
  readonly name: string;
  readonly axes: number;
  readonly constant: boolean;
}

/** An index: free (`j`), or bound by a sum; bound ones have canonical names `#1`, `#2`, by height of their binder. */
export interface IndexTerm extends Base {
  readonly kind: 'index';
  readonly name: string;
}

/** A member of a family or a component: `beta[i]`, `alpha[i][k]`. `indices` are index terms or linear maps of them. */
export interface ElementTerm extends Base {
  readonly kind: 'element';
  readonly base: SymbolTerm;
  readonly indices: readonly Term[];
}

/** A function applied. `orders[k]` is how often it is differentiated by its k-th argument: `f''(x)` has `[2]`. */
export interface ApplyTerm extends Base {
  readonly kind: 'apply';
  readonly name: string;
  /** True for an unknown smooth function, false for one of the elementary table. */
  readonly generic: boolean;
  readonly orders: readonly number[];
  readonly args: readonly Term[];
}

/** A sum of at least two terms, flattened, like terms collected, a number at most once. */
export interface AddTerm extends Base {
  readonly kind: 'add';
  /** Whether it is known that as a bracket it has nothing to give to its product. See `present/brackets.ts`. */
  clear: boolean;
  readonly terms: readonly Term[];
}

/** `coefficient` times at least one factor, flattened, powers of one base collected; at most one factor is a vector. */
export interface MultiplyTerm extends Base {
  readonly kind: 'multiply';
  readonly coefficient: Rational;
  readonly factors: readonly Term[];
  /** The same product with coefficient 1; undefined where it has that itself. */
  readonly rest: Term | undefined;
}

/** `base` to `exponent`. A square root is a power of 1/2, a quotient a power of -1. */
export interface PowerTerm extends Base {
  readonly kind: 'power';
  readonly base: Term;
  readonly exponent: Term;
}

/**
 * What binds an index. An integral always has a range, and so has a limit: from the point, to 1 or -1 for the side from which it is come
 * to, 0 for both. No rule of derivation knows either.
 */
export type BinderKind = 'sum' | 'product' | 'integral' | 'limit';

/** From and to, both included. The end of a series is infinite, and so may be the bounds of an integral. */
export interface Range {
  readonly from: Term;
  readonly to: Term;
}

/**
 * A sum or product over an index, or an integral, of which the index takes all values between its bounds. The body holds the
 * canonical bound index `bound`; open it with `open()`. Terms that differ in the bound name alone are the same object; `hint` is the
 * name that was seen first.
 */
export interface BinderTerm extends Base {
  readonly kind: BinderKind;
  readonly bound: IndexTerm;
  readonly body: Term;
  /** Without one the index runs over the whole axis it stands on. */
  readonly range: Range | undefined;
  readonly hint: string;
}

/** Kronecker delta: 1 where both indices are equal, else 0. */
export interface DeltaTerm extends Base {
  readonly kind: 'delta';
  readonly left: Term;
  readonly right: Term;
}

/** A derivative that is not yet carried out: `of` by `by`, a symbol or an element. Rank is that of `of` and `by` added. */
export interface DerivativeTerm extends Base {
  readonly kind: 'derivative';
  readonly of: Term;
  readonly by: SymbolTerm | ElementTerm;
}

/** A comparison, the condition of a case. */
export interface RelationTerm extends Base {
  readonly kind: 'relation';
  readonly operator: '<' | '<=' | '>' | '>=' | '==' | '!=';
  readonly left: Term;
  readonly right: Term;
}

/** `condition ? then : otherwise`. */
export interface CasesTerm extends Base {
  readonly kind: 'cases';
  readonly condition: RelationTerm;
  readonly then: Term;
  readonly otherwise: Term;
}

/** The inner product of two vectors, a scalar; commutative. */
export interface DotTerm extends Base {
  readonly kind: 'dot';
  readonly left: Term;
  readonly right: Term;
}

/** The operations on vectors and matrices that no other kind of term stands for; see `tensor.ts`. */
export type TensorOperation =
  | 'matmul'
  | 'form'
  | 'transpose'
  | 'inverse'
  | 'trace'
  | 'det'
  | 'logdet'
  | 'norm'
  | 'norm1'
  | 'norminf'
  | 'total'
  | 'mean'
  | 'prod'
  | 'softmax'
  | 'logsumexp'
  | 'diag'
  | 'diagonal'
  | 'ones'
  | 'eye'
  | 'cross'
  | 'skew'
  | 'vec'
  | 'unvec'
  | 'kron'
  | 'pinv'
  | 'largest'
  | 'peak'
  | 'rowsum'
  | 'rowsoftmax'
  | 'logsoftmax'
  | 'layernorm'
  | 'variance'
  | 'rowvariance'
  | 'rowlargest'
  | 'rowpeak'
  | 'rowlogsumexp'
  | 'block'
  | 'stack'
  | 'tril'
  | 'triu'
  | 'part'
  | 'einsum'
  | 'entry'
  | 'column'
  | 'row'
  | 'vjp'
  | 'jvp';

/**
 * An operation on vectors and matrices. Elementwise products, powers and functions are none: `multiply`, `power` and
 * `apply` of parts with axes work on each entry, and a scalar part stands for all entries.
 */
export interface TensorTerm extends Base {
  readonly kind: 'tensor';
  readonly operation: TensorOperation;
  readonly args: readonly Term[];
  /** The lengths of its axes: symbols and whole numbers. A row has two, the first of which is 1. */
  readonly dims: readonly Term[];
  /** The same operation on other arguments, in canonical form; kept here as constructors of terms must not import it. */
  readonly remake: (args: readonly Term[]) => Term;
}

/** Everything that an expression can mean. */
export type Term =
  | NumberTerm
  | SymbolTerm
  | IndexTerm
  | ElementTerm
  | ApplyTerm
  | AddTerm
  | MultiplyTerm
  | PowerTerm
  | BinderTerm
  | DeltaTerm
  | DerivativeTerm
  | RelationTerm
  | CasesTerm
  | DotTerm
  | TensorTerm;

/** What a derivative may be taken by. */
export type Variable = SymbolTerm | ElementTerm;

/** The table is grown when it is fuller than this. */
const mostLoad = 0.5;

/** Whole numbers from -8 to 23 are found by their place in a list. */
const mostNegative = 8;
const wholeNumbers = 32;

/** Room for the terms of an ordinary formula; a store is made for each derivation. */
const firstSlots = 256;

interface Store {
  /** Terms without parts, by what they are. */
  readonly leaves: Map<string, Term>;
  /** Names without axes, by what they are called. */
  readonly scalars: Map<string, SymbolTerm>;
  /** Whole numbers near 0 by their value, and other small numbers by their value as a double. */
  readonly whole: (NumberTerm | undefined)[];
  readonly small: Map<number, NumberTerm>;
  /** Tags of names. */
  readonly tags: Map<string, number>;
  /** Open addressing with linear probing (Knuth, The Art of Computer Programming 3, 1973, section 6.4). */
  slots: (Term | undefined)[];
  /** The hash of the term in each slot: most comparisons end there, without a look at the term. */
  hashes: Int32Array;
  used: number;
  nextId: number;
  nextSymbol: number;
}

function createStore(): Store {
  return {
    leaves: new Map(),
    scalars: new Map(),
    whole: new Array(wholeNumbers),
    small: new Map(),
    tags: new Map(),
    slots: new Array(firstSlots),
    hashes: new Int32Array(firstSlots),
    used: 0,
    nextId: 1,
    nextSymbol: 1,
  };
}

let store = createStore();

/**
 * Runs `work` with an empty term store of its own and forgets the store afterwards. Terms must not leave it; what a
 * verb returns is plain data. Within one store equal terms are the same object, and names are those seen first, so a
 * result depends on nothing but its input.
 */
export function inFreshStore<T>(work: () => T): T {
  return freshStore()(work);
}

/** A term store to come back to: runs work in it, as often as it is called. See {@link inFreshStore}. */
export function freshStore(): <T>(work: () => T) => T {
  const own = createStore();
  return (work) => {
    const outer = store;
    store = own;
    try {
      return work();
    } finally {
      store = outer;
    }
  };
}

/** The number with this value, if it was made already. For `make.ts` alone. */
export function knownSmall(value: number): NumberTerm | undefined {
  return isNear(value) ? store.whole[value + mostNegative] : store.small.get(value);
}

/** Remembers a number by its value as a double. For `make.ts` alone. */
export function keepSmall(value: number, term: NumberTerm): NumberTerm {
  if (isNear(value)) store.whole[value + mostNegative] = term;
  else store.small.set(value, term);
  return term;
}

function isNear(value: number): boolean {
  return value >= -mostNegative && value < wholeNumbers - mostNegative && value === Math.floor(value);
}

/** The term without parts that has this key, if there is one. For `make.ts` alone. */
export function knownLeaf(key: string): Term | undefined {
  return store.leaves.get(key);
}

/** Remembers a term without parts by its key. For `make.ts` alone. */
export function keepLeaf<T extends Term>(key: string, term: T): T {
  store.leaves.set(key, term);
  return term;
}

/** The scalar with this name, if there is one. For `make.ts` alone. */
export function knownScalar(name: string): SymbolTerm | undefined {
  return store.scalars.get(name);
}

/** Remembers a scalar by its name. For `make.ts` alone. */
export function keepScalar(name: string, term: SymbolTerm): SymbolTerm {
  store.scalars.set(name, term);
  return term;
}

/** The number of the next term. For `make.ts` alone. */
export function nextId(): number {
  return store.nextId++;
}

/** Tags from here on are those of names; below are those of kinds. */
const firstNameTag = 64;

/** The tag of a name: equal for equal names. */
export function tagOf(name: string): number {
  const known = store.tags.get(name);
  if (known !== undefined) return known;
  const tag = firstNameTag + store.tags.size;
  store.tags.set(name, tag);
  return tag;
}

/** The bit of the next new symbol. For `make.ts` alone. */
export function nextSymbolBit(): number {
  const bit = store.nextSymbol;
  if (bit !== otherSymbols) store.nextSymbol = bit << 1;
  return bit;
}

/** Where the last {@link find} ended without finding its term, and its hash. */
let [vacant, hash] = [0, 0];

/** The term with this tag and these parts, if there is one; else the next {@link enter} puts it there. For `make.ts` alone. */
export function find(tag: number, parts: readonly Term[]): Term | undefined {
  const { slots, hashes } = store;
  const mask = slots.length - 1;
  takeSteps(parts.length);
  hash = hashOf(tag, parts);
  let at = hash & mask;
  for (let known = slots[at]; known !== undefined; known = slots[at]) {
    if (hashes[at] === hash && known.tag === tag && sameParts(known.parts, parts)) return known;
    at = (at + 1) & mask;
  }
  vacant = at;
  return undefined;
}

/** Enters the term that was just not found. For `make.ts` alone. */
export function enter<T extends Term>(term: T): T {
  store.slots[vacant] = term;
  store.hashes[vacant] = hash;
  if (++store.used > mostLoad * store.slots.length) grow();
  return term;
}

function hashOf(tag: number, parts: readonly Term[]): number {
  let mixed = tag;
  for (let at = 0; at < parts.length; at++) {
    mixed = Math.imul(mixed ^ (parts[at] as Term).id, 0x9e3779b1) ^ (mixed >>> 15);
  }
  return mixed ^ (mixed >>> 13);
}

function sameParts(left: readonly Term[], right: readonly Term[]): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < left.length; at++) if (left[at] !== right[at]) return false;
  return true;
}

function grow(): void {
  const [old, known] = [store.slots, store.hashes];
  const slots: (Term | undefined)[] = new Array(2 * old.length);
  const hashes = new Int32Array(2 * old.length);
  const mask = slots.length - 1;
  for (let from = 0; from < old.length; from++) {
    const term = old[from];
    if (term === undefined) continue;
    const own = known[from] as number;
    let at = own & mask;
    while (slots[at] !== undefined) at = (at + 1) & mask;
    slots[at] = term;
    hashes[at] = own;
  }
  store.slots = slots;
  store.hashes = hashes;
}

/** How many different terms the current store holds. */
export function storeSize(): number {
  return store.nextId - 1;
}

/** Ends every exhaustive `switch` over kinds. */
export function unreachable(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
