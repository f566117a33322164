/** Known functions applied where they have no value. */

import type { MathNode } from '../syntax/node.ts';
import { apply, isNumber } from './construct.ts';
import { refuse } from './scope.ts';
import type { Term } from './term.ts';

/** Where functions have a pole: log(0) has no value, and 0 log(0) is not 0. */
const poles: Readonly<Record<string, readonly number[]>> = {
  ...{ log: [0], log2: [0], log10: [0], log1p: [-1], cot: [0], csc: [0], coth: [0], csch: [0] },
  ...{ atanh: [1, -1], acoth: [1, -1], asec: [0], acsc: [0], asech: [0], acsch: [0] },
};

/** A known function applied; refused where it has a pole. */
export function applyKnown(node: MathNode, name: string, ...args: Term[]): Term {
  const [argument] = args;
  const pole = poles[name]?.find((at) => argument !== undefined && isNumber(argument, at));
  if (pole !== undefined) refuse(node, 'syntax', `${name}(${pole}) has no value`, 'write the limit that is meant');
  return apply(name, ...args);
}
