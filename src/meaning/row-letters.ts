/** Letters that are vectors more often than numbers, where they stand before a matrix: the x of x W may be a row. */

import { fail } from '../problem.ts';
import { type MathNode, spanOf } from '../syntax/node.ts';
import { nameOf } from './usage.ts';

const rowLetters: ReadonlySet<string> = new Set(['h', 'u', 'v', 'w', 'x', 'y', 'z']);

/**
 * Refuses a product of such a letter and a capital of which nothing else is known, as in norm(x W - y): a number before a matrix and a row
 * are both written so, and have different derivatives.
 */
export function refuseRowLetter(factors: readonly MathNode[], capital: MathNode): void {
  const factor = factors.find((one) => rowLetters.has(nameOf(one) ?? ''));
  if (factor === undefined) return;
  const [name, other] = [nameOf(factor) as string, nameOf(capital) ?? 'the matrix'];
  const span = spanOf(factor);
  fail({
    code: 'shape-clash',
    message: `${name} before ${other} may be a number or a row`,
    ...(span === undefined ? {} : { span }),
    hint: `say which: --shape "${name}: scalar" or --shape "${name}: matrix(1, n)", or write ${name}^\\top ${other}`,
  });
}
