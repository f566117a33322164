/** What an evaluation carries along: the point, the indices, the derivatives that are being taken. */

import type { Operations, Value } from '../numbers/arithmetic.ts';
import type { BinderTerm, SymbolTerm, Term } from '../term/term.ts';
import type { Sample } from './environment.ts';
import type { Walk } from './order.ts';

/** One variable by which a derivative is being taken. */
export interface Seed {
  readonly level: number;
  readonly symbol: SymbolTerm;
  readonly indices: readonly number[];
  /** For a direction, the change of each entry behind `indices`, by its indices; without one only that entry changes, by 1. */
  readonly along?: ReadonlyMap<string, Value>;
}

/**
 * Small changes of names, added to what they have by what they are defined as: every intermediate and variable is pushed a
 * little, all at once.
 */
interface Push {
  readonly level: number;
  /** By name, and by its indices. */
  readonly changes: ReadonlyMap<SymbolTerm, ReadonlyMap<string, Value>>;
}

/** The derivatives that are being taken, and what is known under them. */
export interface Scope {
  readonly seeds: readonly Seed[];
  readonly push: Push | undefined;
  readonly memo: Map<number | string, Value>;
  readonly without: Map<SymbolTerm, Scope>;
}

export function createScope(seeds: readonly Seed[], push?: Push): Scope {
  return { seeds, push, memo: new Map(), without: new Map() };
}

/** The level of dual numbers that one more derivative takes. */
export function nextLevel({ seeds, push }: Scope): number {
  return seeds.length + (push === undefined ? 1 : 2);
}

/** Notes what a counterexample has to show. */
export interface Recorder {
  leaf(name: string, indices: readonly number[], value: number): void;
  freeIndex(name: string, value: number): void;
  range(binder: BinderTerm, from: number, to: number): void;
}

/** By term, what it rests on, parts before wholes. */
export type Orders = Map<Term, readonly Term[]>;

/** Orders through definitions, and within what one name stands for; kept from point to point. */
export interface DeepOrders {
  readonly through: Orders;
  readonly within: Orders;
}

/** The orders of a comparison, if its terms are so deep that they need them. */
export function createOrders(deep: boolean): DeepOrders | undefined {
  return deep ? { through: new Map(), within: new Map() } : undefined;
}

/** The variables of the integrals and limits that are being evaluated: their values by the number that their index has meanwhile. */
interface Integration {
  readonly values: Map<number, Value>;
  /** How many integrals stand around. */
  depth: number;
  /** The next number, never one that was given before, as what rests on an index is remembered by its number. */
  next: number;
}

/** No index counts so far. */
export const firstPlace = 2 ** 40;

/** The evaluation of terms at one point. */
export interface Evaluation extends Walk {
  readonly operations: Operations;
  readonly sample: Sample;
  /** Terms whose values are remembered. */
  readonly shared: ReadonlySet<Term>;
  /** Where terms are nested deeply, the order in which what they rest on is evaluated first. */
  readonly orders: DeepOrders | undefined;
  /** Whether sums without known length stand as unknowns of their own, and defined names too. */
  readonly opaqueSums: boolean;
  readonly opaqueNames: boolean;
  /** Where values are noted as they are looked up, for a counterexample. */
  readonly record?: Recorder;
  /** How many more terms may be evaluated. */
  readonly budget: { left: number };
  /** The values of bound indices and of the parameters of definitions. */
  indices: Map<string, number>;
  scope: Scope;
  integration?: Integration;
}
