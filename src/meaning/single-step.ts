/**
 * A last line that gives a family by its own members, y[t] = a y[t - 1]: one step of it can be differentiated, where nothing
 * but this step depends on the variable.
 */

import { fail } from '../problem.ts';
import { type MathNode, spanOf, view } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import type { Statement } from '../syntax/statement.ts';
import { elementsIn, type Head, headOf } from './family-members.ts';
import { recurrenceOf } from './recurrence.ts';
import { flattenElement, nameOf } from './usage.ts';
import { baseName, type WantedVariable } from './wanted.ts';

/**
 * A last line that gives a family by its own members can be differentiated for one step alone: by an earlier member, or by
 * what enters at this step and at no other. By anything else the earlier members depend on it too, and how is not said.
 */
export function refuseOpenRecurrence(last: Statement | undefined, wanted: readonly WantedVariable[]): void {
  const head = last === undefined || last.sides.length !== 2 ? undefined : headOf(last);
  const right = last?.sides[1];
  if (head === undefined || right === undefined) return;
  const own = elementsIn(right.node, head.name);
  const [earlier] = own;
  if (earlier === undefined || wanted.every((one) => isOfOneStep(one, head, right.node))) return;
  const [here, before] = [`${head.name}[${head.text}]`, printText(earlier)];
  const span = spanOf(earlier);
  const isRecurrence = last !== undefined && recurrenceOf(last).length > 0;
  fail({
    code: 'circular-definition',
    message: `${here} is given by ${before}, and it is not said how that depends on the variable`,
    ...(span === undefined ? {} : { span }),
    hint: isRecurrence
      ? `ask for one step on a line of its own, ${head.name}[3], or give ${before} another name to hold it fixed`
      : `give ${before} another name to hold it fixed`,
  });
}

/** Whether a variable is a member of the family itself at another step, or a member of another one at this step alone. */
function isOfOneStep(wanted: WantedVariable, { name, parameter }: Head, body: MathNode): boolean {
  const base = baseName(wanted);
  const { indices } = flattenElement(wanted.node);
  const own = indexText(wanted.node);
  if (base === undefined || indices.length === 0) return false;
  const members = elementsIn(body, base).map((one) => indexText(one));
  if (base === name) return members.includes(own);
  return indices.some((at) => nameOf(at) === parameter) && members.every((member) => member === own);
}

function indexText(node: MathNode): string {
  return flattenElement(node)
    .indices.map((at) => printText(at))
    .join();
}

/**
 * `y[t + 1] = ...`, of which one step is differentiated, as the expression that it is: no name has such an index. And \ln L = ..., which
 * says what a logarithm is, and defines none.
 */
export function withoutOwnHead(statements: readonly Statement[]): readonly Statement[] {
  const last = statements.at(-1);
  const [left, right] = last?.sides ?? [];
  if (last === undefined || left === undefined || right === undefined || last.sides.length > 2) return statements;
  const head = headOf(last);
  const isShifted = head !== undefined && flattenElement(left.node).indices.some((at) => nameOf(at) === undefined);
  const isStep = isShifted && elementsIn(right.node, head.name).length > 0;
  if (!isStep && !isLogarithm(left.node)) return statements;
  return [...statements.slice(0, -1), { ...last, sides: [right], relations: [] }];
}

/** The logarithm of a name or of a function's value. */
function isLogarithm(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind !== 'call' || !/^(?:ln|log)$/.test(seen.name) || seen.args.length !== 1) return false;
  return ['symbol', 'call', 'element'].includes(view(seen.args[0] as MathNode).kind);
}
