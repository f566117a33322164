/** What an evaluation carries along: names, the point, the derivatives that are being taken. */

import { isDual, type Operations, type Scalar, type Value } from '../numbers/arithmetic.ts';
import { tangentOf } from '../numbers/dual.ts';
import type { MathNode } from '../syntax/node.ts';
import type { Point } from './points.ts';
import { combine, type Quantity } from './quantities.ts';
import type { Names, Roles } from './roles.ts';

/** One variable by which a derivative is being taken. */
export interface Seed {
  readonly level: number;
  readonly name: string;
  /** How its entries change, by all their indices. */
  readonly along: ReadonlyMap<string, Value>;
  /** For differences, how far: the entries move, and there is no tangent. */
  readonly step?: number;
}

/** The derivatives that are being taken, and the values that are known under them. */
export interface Scope {
  readonly seeds: readonly Seed[];
  readonly byName: ReadonlyMap<string, readonly Seed[]>;
  readonly depth: number;
  readonly known: Map<string, Quantity>;
  readonly without: Map<string, Scope>;
}

export function createScope(seeds: readonly Seed[], depth = seeds.length): Scope {
  const byName = new Map<string, Seed[]>();
  for (const seed of seeds) byName.set(seed.name, [...(byName.get(seed.name) ?? []), seed]);
  return { seeds, byName, depth, known: new Map(), without: new Map() };
}

/**
 * An index of a variable stands for one that the sums along its axis reach. Notes at which elements with bound indices it was
 * met.
 */
export interface Reached {
  readonly name: string;
  readonly indices: readonly (number | undefined)[];
  readonly elements: Map<MathNode, boolean>;
}

export interface Evaluation {
  readonly evaluator: Evaluator;
  readonly roles: Roles;
  readonly names: Names;
  readonly point: Point;
  readonly operations: Operations;
  readonly budget: { left: number };
  readonly scope: Scope;
  /** Bound indices and those of definitions. */
  readonly bound: ReadonlyMap<string, number>;
  /** Parameters of functions. */
  readonly parameters: ReadonlyMap<string, Quantity>;
  /** The member by which a derivative is taken, and at which elements it has been met: see `claims.ts`. */
  readonly reached?: Reached;
  /** Values that variables are given. */
  readonly replaced?: ReadonlyMap<string, Quantity>;
}

export const plain = (value: number): Scalar => ({ level: 0, value, scale: Math.abs(value) });

export function raise(base: Value, exponent: Value, operations: Operations): Value {
  if (!isDual(exponent) && Number.isSafeInteger(exponent.value)) return operations.integerPower(base, exponent.value);
  return operations.power(base, exponent);
}

/** Takes the derivative of `of` where the entries of a name change as `along` says. */
export function differentiate(
  of: (at: Evaluation) => Quantity,
  name: string,
  along: ReadonlyMap<string, Value>,
  at: Evaluation,
): Quantity {
  const level = at.scope.depth + 1;
  const scope = createScope([...at.scope.seeds, { level, name, along }], level);
  return tangentsOf(of({ ...at, scope }), level, at.operations);
}

export function tangentsOf(value: Quantity, level: number, operations: Operations): Quantity {
  const zero = operations.integer(0) as Scalar;
  return combine([value], (one) => tangentOf(one, level, zero));
}

/** How trees are evaluated. */
export interface Evaluator {
  readonly value: (node: MathNode, at: Evaluation) => Quantity;
  readonly lookUp: (name: string, indices: readonly number[], at: Evaluation) => Quantity;
  /** The value of what stands as an index or as an end of a range. */
  readonly evaluateIndex: (node: MathNode, at: Evaluation) => number;
}
