/** Numbers that a text has rounded: 0.667 for 2/3. */

import type { Certificate } from '../certificate.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import type { Claim } from './claim.ts';

/**
 * Whether the two sides differ by no more than rounding: `within` half a unit of the last digit of the side that is nothing but
 * a decimal number, or `near` what the digits of the decimals in them allow.
 */
export function isRounded(claim: Claim, { counterexample }: Certificate): 'within' | 'near' | undefined {
  if (counterexample === undefined) return undefined;
  const decimals = [...decimalsIn(claim.left), ...decimalsIn(claim.right)];
  if (decimals.length === 0) return undefined;
  const difference = Math.abs(counterexample.left - counterexample.right);
  const alone = [claim.left, claim.right].map(decimalAlone).find((text) => text !== undefined);
  if (alone !== undefined && difference <= 0.5000001 * unitOf(alone)) return 'within';
  const size = Math.max(Math.abs(counterexample.left), Math.abs(counterexample.right));
  return difference <= size * Math.max(...decimals.map(roughness)) ? 'near' : undefined;
}

/** The size of the last digit of a decimal number. */
function unitOf(text: string): number {
  return 10 ** -(text.split('.')[1]?.length ?? 0);
}

/** How much of a decimal number its last digit is. */
function roughness(text: string): number {
  return unitOf(text) / Math.max(Math.abs(Number(text)), unitOf(text));
}

function decimalAlone(node: MathNode): string | undefined {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return decimalAlone(seen.content);
  if (seen.kind === 'operator' && seen.operator === '-' && seen.args.length === 1) {
    return decimalAlone(seen.args[0] as MathNode);
  }
  return seen.kind === 'constant' && /\.\d/.test(seen.text) ? seen.text : undefined;
}

function decimalsIn(node: MathNode): string[] {
  const seen = view(node);
  if (seen.kind === 'constant') return /\.\d/.test(seen.text) ? [seen.text] : [];
  return partsOf(node).flatMap(decimalsIn);
}
