/** Members of families as they stand in syntax trees: y[t] and y[t - 1], and the lines that define one by one. */

import { type MathNode, view } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import type { Statement } from '../syntax/statement.ts';
import { partsOf } from '../syntax/walk.ts';
import { flattenElement, nameOf } from './usage.ts';

export interface Head {
  readonly name: string;
  readonly parameter: string;
  /** How many indices there are, and how they are written. */
  readonly count: number;
  readonly text: string;
}

/** The family that a line defines member by member: y and t of `y[t] = ...` and of `y[t + 1] = ...`. */
export function headOf({ sides: [left] }: Statement): Head | undefined {
  if (left === undefined || view(left.node).kind !== 'element') return undefined;
  const { base, indices } = flattenElement(left.node);
  const name = nameOf(base);
  const steps = indices.map(offsetOf);
  const at = steps[0];
  if (name === undefined || at === undefined || steps.some((step) => step === undefined)) return undefined;
  return { name, parameter: at.letter, count: indices.length, text: indices.map((one) => printText(one)).join(', ') };
}

/** The members of a family in a formula. */
export function elementsIn(node: MathNode, name: string): readonly MathNode[] {
  const own = view(node).kind === 'element' && nameOf(flattenElement(node).base) === name ? [node] : [];
  return [...own, ...partsOf(node).flatMap((part) => elementsIn(part, name))];
}

/** A letter and what is added to it: t and -1 of `t - 1`. */
export function offsetOf(node: MathNode): { readonly letter: string; readonly by: number } | undefined {
  const seen = view(node);
  if (seen.kind === 'symbol') return { letter: seen.name, by: 0 };
  if (seen.kind !== 'operator' || seen.args.length !== 2 || !'+-'.includes(seen.operator)) return undefined;
  const [left, right] = seen.args as [MathNode, MathNode];
  const [letter, by] = [nameOf(left), view(right)];
  if (letter === undefined || by.kind !== 'constant' || !/^\d+$/.test(by.text)) return undefined;
  return { letter, by: seen.operator === '-' ? -Number(by.text) : Number(by.text) };
}

/** Whether a letter stands in a formula. */
export function holdsLetter(node: MathNode, letter: string): boolean {
  return nameOf(node) === letter || partsOf(node).some((part) => holdsLetter(part, letter));
}
