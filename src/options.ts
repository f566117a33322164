/** Every option of the two verbs, declared once: the command line's flags and help and the library's defaults. */

import { fail } from './problem.ts';

export const details = ['answer', 'standard', 'every'] as const;
export const languages = ['en', 'ja'] as const;
export const deriveFormats = ['terminal', 'markdown', 'latex', 'json'] as const;
export const checkFormats = ['terminal', 'json'] as const;
export const syntaxes = ['text', 'latex'] as const;

export type Detail = (typeof details)[number];
export type Language = (typeof languages)[number];

/** What `derive` and `gradient` take. */
export interface DeriveOptions {
  /** The variables, in text or LaTeX: `x`, `beta[j]`, `alpha[j][k]`; several for a backward pass. */
  readonly wrt: string | readonly string[];
  /** How often to differentiate; 1 if not given. */
  readonly order?: number;
  /** Further definitions, as lines before the expression. */
  readonly define?: readonly string[];
  /** Declarations: `x: vector(n), t: positive`. */
  readonly shapes?: string;
  readonly syntax?: 'text' | 'latex';
  readonly detail?: Detail;
  /** The name of the step size of the update rule, or true for `eta`. */
  readonly update?: string | boolean;
  /** False leaves the oracle out; certificates then say so. */
  readonly verify?: boolean;
  readonly seed?: number;
}

/** Seed of all random points, unless one is given; any fixed number makes results repeatable. */
export const defaultSeed = 20260101;

/** Highest order of derivative. */
const highestOrder = 12;

/** The order as a whole number from 1 to {@link highestOrder}. */
export function checkOrder(order: number): number {
  if (Number.isInteger(order) && order >= 1 && order <= highestOrder) return order;
  return fail({
    code: 'unknown-option',
    message: `the order of a derivative is a whole number from 1 to ${highestOrder}, not ${order}`,
    hint: 'for example --order 2',
  });
}

/** `value` if it is one of `allowed`. */
export function checkChoice<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  return fail({
    code: 'unknown-option',
    message: `${option} can't be "${value.slice(0, 40)}"`,
    hint: `it is one of ${allowed.join(', ')}`,
  });
}
