/** Calls that bind a name within them, of which an equation may speak: integrals with bounds and sums without end. */

import { infinitySign, integralSign } from '../syntax/functions.ts';
import { type MathNode, view } from '../syntax/node.ts';

/** What `\int_a^b f \, dx` is made of. */
export interface DefiniteIntegral {
  readonly body: MathNode;
  readonly variable: string;
  readonly bounds: readonly [MathNode, MathNode];
}

/** An integral with bounds; undefined for anything else. */
export function readDefinite(node: MathNode): DefiniteIntegral | undefined {
  const seen = view(node);
  if (seen.kind !== 'call' || seen.name !== integralSign || seen.args.length !== 4) return undefined;
  const [body, by, from, to] = seen.args as [MathNode, MathNode, MathNode, MathNode];
  const variable = view(by);
  return variable.kind === 'symbol' ? { body, variable: variable.name, bounds: [from, to] } : undefined;
}

/** The index of a sum without end; undefined for anything else. */
export function readSeriesIndex(node: MathNode): string | undefined {
  const seen = view(node);
  if (seen.kind !== 'call' || seen.name !== 'sum' || seen.args.length !== 4) return undefined;
  const [index, end] = [view(seen.args[1] as MathNode), view(seen.args[3] as MathNode)];
  return index.kind === 'symbol' && end.kind === 'call' && end.name === infinitySign ? index.name : undefined;
}
