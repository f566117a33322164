/** Calls that bind a name within them, of which an equation may speak: integrals with bounds, limits, sums without end. */

import { infinitySign, integralSign, limitSign } from '../syntax/functions.ts';
import { type MathNode, view } from '../syntax/node.ts';

/** What `\int_a^b f \, dx` and `\lim_{x \to a} f` are made of; of a limit the bounds are the point and the side. */
interface BoundVariable {
  readonly sign: typeof integralSign | typeof limitSign;
  readonly body: MathNode;
  readonly variable: string;
  readonly bounds: readonly [MathNode, MathNode];
}

/** An integral with bounds or a limit; undefined for anything else. */
export function readDefinite(node: MathNode): BoundVariable | undefined {
  const seen = view(node);
  if (seen.kind !== 'call' || seen.args.length !== 4) return undefined;
  if (seen.name !== integralSign && seen.name !== limitSign) return undefined;
  const [body, by, from, to] = seen.args as [MathNode, MathNode, MathNode, MathNode];
  const variable = view(by);
  return variable.kind === 'symbol'
    ? { sign: seen.name, body, variable: variable.name, bounds: [from, to] }
    : undefined;
}

/** The index of a sum without end; undefined for anything else. */
export function readSeriesIndex(node: MathNode): string | undefined {
  const seen = view(node);
  if (seen.kind !== 'call' || seen.name !== 'sum' || seen.args.length !== 4) return undefined;
  const [index, end] = [view(seen.args[1] as MathNode), view(seen.args[3] as MathNode)];
  return index.kind === 'symbol' && end.kind === 'call' && end.name === infinitySign ? index.name : undefined;
}
