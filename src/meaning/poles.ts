/** Known functions applied where they have no value. */

import type { MathNode } from '../syntax/node.ts';
import { apply, isNumber } from '../term/construct.ts';
import { multipleOfPi } from '../term/exact-values.ts';
import { isIntegerRational, multiplyRational, rational } from '../term/rational.ts';
import type { Term } from '../term/term.ts';
import { refuse } from './scope.ts';

/** Where functions have a pole: log(0) has no value, and 0 log(0) is not 0. */
const poles: Readonly<Record<string, readonly number[]>> = {
  ...{ log: [0], log2: [0], log10: [0], log1p: [-1], cot: [0], csc: [0], coth: [0], csch: [0] },
  ...{ atanh: [1, -1], acoth: [1, -1], asec: [0], acsc: [0], asech: [0], acsch: [0] },
  ...{ gamma: [0], lgamma: [0], digamma: [0], trigamma: [0] },
};

/** Functions with poles at whole numbers up to this one (DLMF 5.2.1). */
const lastPoles: Readonly<Record<string, bigint>> = {
  gamma: 0n,
  lgamma: 0n,
  digamma: 0n,
  trigamma: 0n,
  factorial: -1n,
};

/** Functions with poles at the multiples of pi (0), and half-way between them (1). */
const angles: Readonly<Record<string, bigint>> = { csc: 0n, cot: 0n, sec: 1n, tan: 1n };

/** Whether an exact argument is one of infinitely many poles. */
function isPole(name: string, argument: Term): boolean {
  const last = lastPoles[name];
  if (last !== undefined) {
    return argument.kind === 'number' && isIntegerRational(argument.value) && argument.value.numerator <= last;
  }
  const parity = angles[name];
  const turns = parity === undefined ? undefined : multipleOfPi(argument);
  if (turns === undefined) return false;
  const halves = multiplyRational(turns, rational(2));
  return isIntegerRational(halves) && (halves.numerator % 2n === 0n) === (parity === 0n);
}

/** A known function applied; refused where it has a pole. */
export function applyKnown(node: MathNode, name: string, ...args: Term[]): Term {
  const [argument] = args;
  if (argument !== undefined && !isNumber(argument, 0) && isPole(name, argument)) {
    refuse(node, 'syntax', `${name} has a pole here and no value`, 'write the limit that is meant');
  }
  const pole = poles[name]?.find((at) => argument !== undefined && isNumber(argument, at));
  if (pole !== undefined) refuse(node, 'syntax', `${name}(${pole}) has no value`, 'write the limit that is meant');
  return apply(name, ...args);
}
