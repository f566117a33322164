/** Bounds of sums and integrals, which alone may be infinite. */

import type { Span } from '../problem.ts';
import { infinitySign } from './functions.ts';
import { type Context, isSign } from './latex-cursor.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { callNode, locate, type MathNode, operatorNode } from './node.ts';

/** Reads a bound; `span` is where it stands. */
export function readBound(context: Context, tokens: readonly Token[], span: Span): MathNode {
  const [first, second] = tokens;
  const sign = isSign(first, '-') || isSign(first, '+') ? first : undefined;
  const end = sign === undefined ? first : second;
  const isAlone = tokens.length === (sign === undefined ? 1 : 2);
  if (!isAlone || end?.kind !== 'refused' || end.what !== 'infinity') return context.grammar.all(context, tokens, span);
  const node = locate(callNode(infinitySign, []), { start: end.start, end: end.end });
  return isSign(sign, '-') ? locate(operatorNode('-', node), { start: sign?.start ?? end.start, end: end.end }) : node;
}

/** A lower and an upper bound, and the name that they are of, where `x = 0` says it; undefined where one of them is not said. */
export function readBounds(
  context: Context,
  { sub, sup, start, end }: TokenOf<'script'>,
): { readonly name: string | undefined; readonly bounds: readonly [MathNode, MathNode] } | undefined {
  if (sub === undefined || sup === undefined) return undefined;
  const [below, above] = [sub, sup].map(boundOf);
  if (below === undefined || above === undefined) return undefined;
  const names = [below.name, above.name].filter((name) => name !== undefined);
  if (new Set(names).size > 1) return undefined;
  const [from, to] = [below, above].map(({ tokens }) => readBound(context, tokens, { start, end }));
  return { name: names[0], bounds: [from as MathNode, to as MathNode] };
}

/** `x = 0`, or 0. */
function boundOf(tokens: readonly Token[]): { name: string | undefined; tokens: readonly Token[] } | undefined {
  const [name, relation] = tokens;
  const isNamed = name?.kind === 'name' && relation?.kind === 'relation' && relation.sign === '=';
  const rest = isNamed ? tokens.slice(2) : tokens;
  if (rest.length === 0 || rest.some(({ kind }) => kind === 'relation')) return undefined;
  return { name: isNamed ? name.name : undefined, tokens: rest };
}
