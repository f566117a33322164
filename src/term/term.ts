/**
 * The term graph: what an expression means.
 *
 * Terms are immutable and hash-consed: two terms that are equal are the same object, so that `===` is equality and a
 * memo may be keyed by a term (Ershov 1958; Filliâtre and Conchon, "Type-safe modular hash-consing", 2006). Only the
 * constructors of `construct.ts` make them; this file holds their types and the store.
 */

import type { Rational } from './rational.ts';

interface Base {
  /** Unique within the store; grows with the order of construction. */
  readonly id: number;
  /** How many axes the value has: 0 for a scalar, 1 for a vector. */
  readonly rank: number;
  /** The largest number of sums and products that stand inside one another in this term. */
  readonly height: number;
}

/** An exact number. `literal` is how it was first written, for display alone. */
export interface NumberTerm extends Base {
  readonly kind: 'number';
  readonly value: Rational;
  readonly literal?: string;
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
  readonly terms: readonly Term[];
}

/** `coefficient` times at least one factor, flattened, powers of one base collected; at most one factor is a vector. */
export interface MultiplyTerm extends Base {
  readonly kind: 'multiply';
  readonly coefficient: Rational;
  readonly factors: readonly Term[];
}

/** `base` to `exponent`. A square root is a power of 1/2, a quotient a power of -1. */
export interface PowerTerm extends Base {
  readonly kind: 'power';
  readonly base: Term;
  readonly exponent: Term;
}

/** From and to, both included. */
export interface Range {
  readonly from: Term;
  readonly to: Term;
}

/**
 * A sum or product over an index. The body holds the canonical bound index `bound`; open it with `open()`.
 * Terms that differ in the bound name alone are the same object; `hint` is the name that was seen first.
 */
export interface BinderTerm extends Base {
  readonly kind: 'sum' | 'product';
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
  | DotTerm;

/** What a derivative may be taken by. */
export type Variable = SymbolTerm | ElementTerm;

type Unidentified<T> = T extends Term ? Omit<T, 'id'> : never;

interface Store {
  readonly byKey: Map<string, Term>;
  nextId: number;
}

let store: Store = { byKey: new Map(), nextId: 1 };

/**
 * Runs `work` with an empty term store of its own and forgets the store afterwards. Terms must not leave it; what a
 * verb returns is plain data. Within one store equal terms are the same object, and names are those seen first, so a
 * result depends on nothing but its input.
 */
export function inFreshStore<T>(work: () => T): T {
  const outer = store;
  store = { byKey: new Map(), nextId: 1 };
  try {
    return work();
  } finally {
    store = outer;
  }
}

/** The term with this key, made from `parts` when it is new. For `construct.ts` alone. */
export function intern<T extends Term>(key: string, parts: () => Unidentified<T>): T {
  const known = store.byKey.get(key);
  if (known !== undefined) return known as T;
  const term = { ...parts(), id: store.nextId++ } as unknown as T;
  store.byKey.set(key, term);
  return term;
}

/** How many different terms the current store holds. */
export function storeSize(): number {
  return store.byKey.size;
}

/** Ends every exhaustive `switch` over kinds. */
export function unreachable(value: never): never {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
}
