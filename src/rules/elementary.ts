/**
 * The elementary functions: one line each in `functions/`, the partial derivative by each argument, where it exists, and
 * the source of both. The engine alone multiplies by the inner derivative.
 */

import { activation } from './functions/activation.ts';
import type { Elementary } from './functions/entry.ts';
import { exponential } from './functions/exponential.ts';
import { hyperbolic } from './functions/hyperbolic.ts';
import { piecewise } from './functions/piecewise.ts';
import { special } from './functions/special.ts';
import { trigonometric } from './functions/trigonometric.ts';

export type { Elementary } from './functions/entry.ts';

const families: readonly Readonly<Record<string, Elementary>>[] = [
  exponential,
  trigonometric,
  hyperbolic,
  piecewise,
  special,
  activation,
];

/** All functions by name. */
export const elementary: ReadonlyMap<string, Elementary> = new Map(
  families.flatMap((family) => Object.entries(family)),
);

/** How many arguments each elementary function takes, by name: least and most. */
export type FunctionTable = ReadonlyMap<string, readonly [number, number]>;

/** Names and numbers of arguments, for the reader. `sqrt` and the other powers are read as powers. */
export const functionTable: FunctionTable = new Map<string, readonly [number, number]>([
  ...[...elementary].map(([name, { arity }]) => [name, arity] as const),
  ['sqrt', [1, 1]],
]);
