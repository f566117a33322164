/** Integrals with bounds or without: \\int f(x) \\, dx, \\int_1^2 \\frac{dx}{x}. Those over a region are refused. */

import { integralSign } from './functions.ts';
import { readBounds } from './latex-bounds.ts';
import { type Cursor, failUnexpected, lastEnd, peek } from './latex-cursor.ts';
import { readLimit } from './latex-limit.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { callNode, constantNode, locate, type MathNode, symbolNode } from './node.ts';

/** What is integrated, by which name, and how many tokens that takes. */
interface Integrand {
  readonly tokens: readonly Token[];
  readonly variable: TokenOf<'name'>;
  readonly length: number;
}

/** A limit, or an integral up to its differential; refuses what has none, and what is integrated over a region. */
export function readUnbounded(cursor: Cursor): MathNode {
  const sign = peek(cursor) as TokenOf<'refused'>;
  if (sign.what === 'the operator lim') return readLimit(cursor);
  if (sign.isIntegral !== true) return failUnexpected(cursor);
  const { context } = cursor;
  const next = peek(cursor, 1);
  const script = next?.kind === 'script' ? next : undefined;
  const before = script === undefined ? 1 : 2;
  const found = integrandIn(cursor.tokens.slice(cursor.at + before));
  const range = script === undefined ? undefined : readBounds(context, script);
  if (found === undefined || (script !== undefined && range === undefined)) return failUnexpected(cursor);
  const { tokens, variable, length } = found;
  if (range?.name !== undefined && range.name !== variable.name) return failUnexpected(cursor);
  const first = tokens[0] ?? variable;
  const body =
    tokens.length === 0
      ? locate(constantNode('1'), { start: variable.start, end: variable.end })
      : context.grammar.all(context, tokens, { start: first.start, end: variable.end });
  cursor.at += before + length;
  const by = locate(symbolNode(variable.name), { start: variable.start, end: variable.end });
  const span = { start: sign.start, end: lastEnd(cursor) };
  return locate(callNode(integralSign, [body, by, ...(range?.bounds ?? [])]), span);
}

/**
 * The tokens up to the first d with a name behind it, or with the fraction that has them above its bar; integrals that begin on the
 * way end before it.
 */
function integrandIn(tokens: readonly Token[]): Integrand | undefined {
  let depth = 0;
  let inner = 0;
  for (const [at, token] of tokens.entries()) {
    const isIntegral = token.kind === 'refused' && token.isIntegral === true;
    depth += token.kind === 'open' ? 1 : token.kind === 'close' ? -1 : 0;
    if (depth < 0 || token.kind === 'relation') return undefined;
    if (token.kind === 'refused' && !isIntegral) return undefined;
    if (depth > 0) continue;
    if (isIntegral) inner++;
    const variable = differentialAt(tokens, at);
    if (variable !== undefined && inner-- > 0) continue;
    if (variable !== undefined) return { tokens: tokens.slice(0, at), variable, length: at + 2 };
    // \\frac{dy}{dx} is a derivative.
    const isQuotient = token.kind === 'fraction' && differentialAt(token.under, token.under.length - 2) === undefined;
    const above = isQuotient ? differentialAt(token.over, token.over.length - 2) : undefined;
    if (token.kind !== 'fraction' || above === undefined || inner-- > 0) continue;
    const place = { start: token.start, end: token.end };
    const rest = token.over.slice(0, -2).filter(({ kind }) => kind !== 'gap');
    const over: readonly Token[] = rest.length > 0 ? rest : [{ kind: 'number', text: '1', ...place }];
    return { tokens: [...tokens.slice(0, at), { ...token, over }], variable: above, length: at + 1 };
  }
  return undefined;
}

function differentialAt(tokens: readonly Token[], at: number): TokenOf<'name'> | undefined {
  const [sign, variable] = [tokens[at], tokens[at + 1]];
  if (sign?.kind !== 'name' || sign.name !== 'd' || variable?.kind !== 'name') return undefined;
  return tokens[at + 2]?.kind === 'script' ? undefined : variable;
}
