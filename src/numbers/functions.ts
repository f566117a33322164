/**
 * The oracle's own table of elementary functions: value, partial derivatives, and what is known of them in exact
 * arithmetic. Written independently of the rules that it judges.
 */

import { stop } from './arithmetic.ts';
import { activation } from './functions/activation.ts';
import type { Elementary } from './functions/entry.ts';
import { exponential, roots } from './functions/exponential.ts';
import { hyperbolic } from './functions/hyperbolic.ts';
import { piecewise } from './functions/piecewise.ts';
import { special } from './functions/special.ts';
import { trigonometric } from './functions/trigonometric.ts';

export type { Elementary } from './functions/entry.ts';

const table: ReadonlyMap<string, Elementary> = new Map(
  Object.entries({
    ...trigonometric,
    ...hyperbolic,
    ...exponential,
    ...roots,
    ...piecewise,
    ...activation,
    ...special,
  }),
);

/** The functions that the oracle can evaluate and differentiate. */
export const oracleFunctions: ReadonlySet<string> = new Set([...table.keys()].filter((name) => !name.startsWith('#')));

/** The table's entry for a name; ends the evaluation where there is none. */
export function elementary(name: string): Elementary {
  return table.get(name) ?? stop(`unknown-function: the oracle does not know ${name}`);
}
