/** Reading back the expressions of a derivation, which are text in the project's own syntax. */

import type { MathNode } from '../syntax/node.ts';
import { readText } from '../syntax/text.ts';

/** The tree of one expression. Throws a `MathError` where `text` is none. */
export function parseExpression(text: string): MathNode {
  const side = readText(text)[0]?.sides[0];
  if (side === undefined) throw new Error('an expression was expected');
  return side.node;
}

/** Parts with the signs between them: `1 <= j <= n` has three parts; a plain expression has one and no signs. */
export interface Relation {
  readonly parts: readonly string[];
  readonly signs: readonly string[];
}

const comparison = /<=|>=|==|!=|<|>|=/y;

/** Cuts at the comparisons that stand outside all brackets; of a choice `c ? a : b` only at the `=` before it. */
export function parseRelation(text: string): Relation {
  if (text.includes('?')) return parseChoice(text);
  const parts: string[] = [];
  const signs: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character)) depth--;
    comparison.lastIndex = at;
    const sign = depth === 0 ? comparison.exec(text)?.[0] : undefined;
    if (sign === undefined) continue;
    parts.push(text.slice(start, at));
    signs.push(sign);
    start = at + sign.length;
    at = start - 1;
  }
  return { parts: [...parts, text.slice(start)], signs };
}

/** `f(u) = u > 0 ? 1 : 0` has two parts; a choice alone is left whole. */
function parseChoice(text: string): Relation {
  const equation = /^([^?=<>!]*)=(?!=)(.*)$/s.exec(text);
  return equation === null
    ? { parts: [text], signs: [] }
    : { parts: [equation[1] as string, equation[2] as string], signs: ['='] };
}
