/** What a sum counts by a condition: i < j, j \ne i, i \in S, (i, j) \in \Omega. In the source of a derivation alone. */

import { type Context, countingLetters, isSign } from './latex-cursor.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { conditionalNode, constantNode, elementNode, locate, type MathNode, operatorNode, symbolNode } from './node.ts';

/** The letters that a condition binds, and what is added where it holds. */
interface Conditioned {
  readonly bound: readonly TokenOf<'name'>[];
  readonly where: (body: MathNode) => MathNode;
}

/** Reads `sub` as a condition for what is added, which `behind` begins with; undefined where it is none. */
export function readConditioned(
  context: Context,
  sub: readonly Token[],
  behind: readonly Token[],
): Conditioned | undefined {
  const at = sub.findIndex(({ kind }) => kind === 'relation');
  const sign = sub[at];
  if (context.form !== 'source' || sign?.kind !== 'relation') return undefined;
  const [left, right] = [sub.slice(0, at), sub.slice(at + 1)];
  if (sign.sign === 'in') return readMembership(context, left, right);
  const operator = operators.get(sign.sign);
  const [first, second] = [loneLetter(left), loneLetter(right)];
  if (operator === undefined || first === undefined || second === undefined) return undefined;
  const bound = countedOf(context, first, second, addedIn(behind));
  if (bound.length === 0) return undefined;
  const condition = operatorNode(operator, nameNode(first), nameNode(second));
  const where = (node: MathNode): MathNode =>
    locate(conditionalNode(condition, node, constantNode('0')), { start: first.start, end: second.end });
  return { bound, where };
}

/** What a sum adds, up to the next plus or minus outside of brackets and bars. */
function addedIn(tokens: readonly Token[]): readonly Token[] {
  let [depth, isBarred] = [0, false];
  const end = tokens.findIndex((token) => {
    if (token.kind === 'open') depth++;
    else if (token.kind === 'close') depth--;
    else if (token.kind === 'bar') isBarred = !isBarred;
    return depth < 0 || (depth === 0 && !isBarred && (isSign(token, '+') || isSign(token, '-')));
  });
  return end < 1 ? tokens : tokens.slice(0, end);
}

const operators: ReadonlyMap<string, '<' | '<=' | '>' | '>=' | '!='> = new Map(
  (['<', '<=', '>', '>=', '!='] as const).map((sign) => [sign, sign]),
);

/**
 * Which of two letters are counted: not one that another sum binds, or that stands on the other side. Of i < j and i \ne j both, of j < i and
 * j \ne i the first alone, as pairs are written in the order of the alphabet; and none of which nothing in the sum is a member.
 */
function countedOf(
  { bound, outside, naming }: Context,
  first: TokenOf<'name'>,
  second: TokenOf<'name'>,
  body: readonly Token[],
): readonly TokenOf<'name'>[] {
  const counting = countingLetters(body);
  const isGiven = ({ name }: TokenOf<'name'>): boolean =>
    bound.includes(name) || outside.includes(name) || naming.isFixed(name);
  if (!counting.includes(first.name) || bound.includes(first.name)) return [];
  const isPair = first.name < second.name && counting.includes(second.name) && !isGiven(second);
  return isPair ? [first, second] : [first];
}

/** i \in S runs over what S holds, where the source knows one set; of pairs in a set the set is told by a mask, \Omega_{ij}. */
function readMembership(context: Context, left: readonly Token[], right: readonly Token[]): Conditioned | undefined {
  const [set, ...others] = right;
  if (set?.kind !== 'name' || others.length > 0) return undefined;
  const only = loneLetter(left);
  if (only !== undefined)
    return context.naming.isOnlySet(set.name) ? { bound: [only], where: (node) => node } : undefined;
  const [open, first, comma, second, close] = left;
  const isPair = left.length === 5 && open?.kind === 'open' && comma?.kind === 'sign' && comma.sign === ',';
  if (!isPair || close?.kind !== 'close' || first?.kind !== 'name' || second?.kind !== 'name') return undefined;
  const span = { start: set.start, end: set.end };
  const mask = locate(elementNode(locate(symbolNode(set.name), span), [nameNode(first), nameNode(second)]), span);
  return { bound: [first, second], where: (node) => locate(operatorNode('*', mask, node), span) };
}

function loneLetter(tokens: readonly Token[]): TokenOf<'name'> | undefined {
  const [only, second] = tokens;
  const isLetter = only?.kind === 'name' && second === undefined && /^[a-z]$/.test(only.name) && !only.upright;
  return isLetter && !only.bold ? only : undefined;
}

function nameNode(token: TokenOf<'name'>): MathNode {
  return locate(symbolNode(token.name), { start: token.start, end: token.end });
}
