/** A formula as one fraction, so that a point where it is 0/0 can be told of: its two sides have values there. */

import { isDual, type Value } from '../numbers/arithmetic.ts';
import { type MathNode, view } from '../syntax/node.ts';
import type { Evaluation } from './evaluation.ts';
import { scalarOf } from './quantities.ts';

export interface Fraction {
  readonly above: Value;
  readonly below: Value;
}

/** The value of a scalar as a fraction: every quotient that sums, products and whole powers hold is put over one stroke. */
export function fractionOf(node: MathNode, at: Evaluation): Fraction {
  const { operations } = at;
  const { multiply } = operations;
  const one = operations.integer(1);
  const seen = view(node);
  if (seen.kind === 'parenthesis') return fractionOf(seen.content, at);
  if (seen.kind === 'symbol') {
    const definition = isFree(seen.name, at) ? at.names.definitions.get(seen.name) : undefined;
    if (definition?.parameters.length === 0) return fractionOf(definition.body, at);
  }
  const whole = (): Fraction => ({ above: scalarOf(at.evaluator.value(node, at)), below: one });
  if (seen.kind === 'call' && seen.args.length === 1 && !at.names.functions.has(seen.name)) {
    const [above, below] = quotients.get(seen.name) ?? [];
    if (below === undefined) return whole();
    const argument = scalarOf(at.evaluator.value(seen.args[0] as MathNode, at));
    const side = (name: string | undefined): Value => (name === undefined ? one : operations.call(name, argument));
    return { above: side(above), below: side(below) };
  }
  if (seen.kind !== 'operator') return whole();
  const [left, right] = seen.args as readonly [MathNode, MathNode | undefined];
  const times = (a: Fraction, b: Fraction): Fraction => ({
    above: multiply(a.above, b.above),
    below: multiply(a.below, b.below),
  });
  const negative = ({ above, below }: Fraction): Fraction => ({
    above: multiply(operations.integer(-1), above),
    below,
  });
  const plus = (a: Fraction, b: Fraction): Fraction => ({
    above: operations.add(multiply(a.above, b.below), multiply(b.above, a.below)),
    below: multiply(a.below, b.below),
  });
  switch (seen.operator) {
    case '*':
      return seen.args.map((arg) => fractionOf(arg, at)).reduce(times);
    case '+':
      return seen.args.map((arg) => fractionOf(arg, at)).reduce(plus);
    case '/':
      return times(fractionOf(left, at), inverse(fractionOf(right as MathNode, at)));
    case '-':
      if (right === undefined) return negative(fractionOf(left, at));
      return plus(fractionOf(left, at), negative(fractionOf(right, at)));
    case '^': {
      const exponent = scalarOf(at.evaluator.value(right as MathNode, at));
      if (isDual(exponent) || !Number.isSafeInteger(exponent.value)) return whole();
      const { above, below } = fractionOf(left, at);
      const size = Math.abs(exponent.value);
      const raised = { above: operations.integerPower(above, size), below: operations.integerPower(below, size) };
      return exponent.value < 0 ? inverse(raised) : raised;
    }
    default:
      return whole();
  }
}

/** Functions that have poles. */
const quotients: ReadonlyMap<string, readonly [above: string | undefined, below: string]> = new Map([
  ['tan', ['sin', 'cos']],
  ['cot', ['cos', 'sin']],
  ['sec', [undefined, 'cos']],
  ['csc', [undefined, 'sin']],
  ['coth', ['cosh', 'sinh']],
  ['csch', [undefined, 'sinh']],
]);

const inverse = ({ above, below }: Fraction): Fraction => ({ above: below, below: above });

/** Whether a name stands for its definition: it is no variable that was given a value, nor a parameter. */
const isFree = (name: string, { replaced, parameters, bound }: Evaluation): boolean =>
  replaced?.has(name) !== true && !parameters.has(name) && !bound.has(name);
