/** Which statement of a source is asked for, where definitions stand behind it: it is put last, as in a list of lines. */

import { fail } from '../problem.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import type { Statement } from '../syntax/statement.ts';
import { partsOf } from '../syntax/walk.ts';
import { flattenElement, nameOf } from './usage.ts';

/**
 * `statements` with the target last; those that begin before `start` come from elsewhere and are definitions. One statement
 * without a relation is the target wherever it stands. In a list parted by commas or words, `L = (y - o)^2, o = w x`, it is
 * the first on which no other rests, if the last one is a definition for it, or what "where" or brackets explain; in lines, the last.
 */
export function targetLast(statements: readonly Statement[], start: number): readonly Statement[] {
  const own = statements.filter(({ span }) => span.start >= start);
  const others = statements.filter((one) => !own.includes(one));
  const [expression, second] = own.filter(({ sides }) => sides.length === 1);
  if (second !== undefined) return statements;
  const target = expression ?? headOfList(own);
  if (target === undefined || target === statements.at(-1)) return statements;
  return [...others, ...own.filter((one) => one !== target), target];
}

/** The statement for which the others of the last list are definitions. */
function headOfList(statements: readonly Statement[]): Statement | undefined {
  const first = statements.findLastIndex(({ goesOn }) => goesOn !== true);
  const list = statements.slice(Math.max(0, first));
  const aside = list.findIndex((one) => one.aside === true || (one.lead !== undefined && explaining.test(one.lead)));
  if (aside > 0) return list[aside - 1];
  const isUsed = ({ sides }: Statement): boolean => {
    const [head] = sides;
    return (
      head !== undefined &&
      list.some((one) => one.sides !== sides && one.sides.slice(1).some(({ node }) => rests(node, head.node)))
    );
  };
  const last = list.at(-1);
  return last !== undefined && isUsed(last) ? list.find((one) => !isUsed(one)) : undefined;
}

/** L = (y - p)^2 and then p = w x: the line that stands last, which is differentiated, is there for the one before it. */
export function refuseDefinitionLast(statements: readonly Statement[]): void {
  const last = statements.at(-1);
  const name = last === undefined || last.sides.length < 2 ? undefined : headName(last.sides[0]?.node);
  if (last === undefined || name === undefined) return;
  const others = statements
    .slice(0, -1)
    .filter(({ sides: [head, value] }) => value !== undefined && headName(head?.node) !== name);
  const uses = (one: Statement, used: Statement): boolean =>
    one.sides.slice(1).some(({ node }) => rests(node, used.sides[0]?.node as MathNode));
  if (!others.some((one) => uses(one, last))) return;
  // What rests on it last of all is what the lines are about.
  const target = others.find((one) => !others.some((other) => uses(other, one))) ?? others[0];
  const what = printText(target?.sides[0]?.node as MathNode);
  fail({
    code: 'syntax',
    message: `${name} is defined last, for ${what} before it`,
    span: last.span,
    hint: `what is to be differentiated stands last: move the line of ${what} to the end`,
  });
}

/** Whether `node` rests on what `head` defines: the a[l - 1] in the line of z_l is no a[l], but the layer before it. */
function rests(node: MathNode, head: MathNode): boolean {
  const name = headName(head);
  const own = view(head).kind === 'element' ? flattenElement(head).indices.map(printText) : [];
  const isOther = ({ base, indices }: ReturnType<typeof flattenElement>): boolean =>
    nameOf(base) === name && indices.length === own.length && indices.some((one, at) => isStepFrom(one, own[at] ?? ''));
  const waiting = [node];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const seen = view(part);
    if (seen.kind === 'element' && isOther(flattenElement(part))) continue;
    if ((seen.kind === 'symbol' || seen.kind === 'call') && seen.name.replace(/'+$/, '') === name) return true;
    waiting.push(...partsOf(part));
  }
  return false;
}

/** Whether an index is so many steps from another one, by its letter: l - 1 from l. */
function isStepFrom(index: MathNode, letter: string): boolean {
  const seen = view(index);
  if (seen.kind !== 'operator' || !'+-'.includes(seen.operator) || seen.args.length !== 2) return false;
  const [from, by] = seen.args as [MathNode, MathNode];
  return nameOf(from) === letter && view(by).kind === 'constant';
}

/** Words behind which a formula is explained. */
const explaining = /\b(?:where|with)\b|ただし/i;

/** The name of a definition: z, y[i], f(x). */
function headName(node: MathNode | undefined): string | undefined {
  if (node === undefined) return undefined;
  const seen = view(flattenElement(node).base);
  return seen.kind === 'symbol' || seen.kind === 'call' ? seen.name : undefined;
}
