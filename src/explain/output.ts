/** A name for what a backward pass differentiates, where the author gave none: the adjoints are its derivatives. */

import type { Result } from '../derivation/derivation.ts';

/** `result` with a named output: ū = ∂L/∂u says what the bar means, ū alone does not. */
export function withOutput<R extends Result>(result: R): R {
  if (result.schema !== 'chainrule/gradient/1' || result.problem.output !== null) return result;
  const { formula, lets, adjoints, problem } = result;
  const texts = [formula, ...lets.map(({ name, expression }) => `${name} ${expression}`)];
  const all = [...texts, ...adjoints.flatMap(({ name, expression }) => [name, expression])];
  const taken = new Set(all.flatMap((text) => text.match(/[\p{L}\p{N}_]+/gu) ?? []));
  const output = ['L', 'J', 'F', 'Q', 'E'].find((name) => !taken.has(name)) ?? 'output';
  return { ...result, problem: { ...problem, output } };
}
