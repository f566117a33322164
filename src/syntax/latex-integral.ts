/** Integrals without bounds: \\int f(x) \\, dx, \\int \\frac{dx}{x}. Others are refused. */

import { integralSign } from './functions.ts';
import { type Cursor, failUnexpected, lastEnd, peek } from './latex-cursor.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { callNode, constantNode, locate, type MathNode, symbolNode } from './node.ts';

/** What is integrated, by which name, and how many tokens that takes. */
interface Integrand {
  readonly tokens: readonly Token[];
  readonly variable: TokenOf<'name'>;
  readonly length: number;
}

/** An integral up to its differential; refuses what has bounds or none. */
export function readIntegral(cursor: Cursor): MathNode {
  const sign = peek(cursor) as TokenOf<'refused'>;
  const found = sign.isIntegral === true ? integrandIn(cursor.tokens.slice(cursor.at + 1)) : undefined;
  if (found === undefined) return failUnexpected(cursor);
  const { context } = cursor;
  const { tokens, variable, length } = found;
  const first = tokens[0] ?? variable;
  const body =
    tokens.length === 0
      ? locate(constantNode('1'), { start: variable.start, end: variable.end })
      : context.grammar.all(context, tokens, { start: first.start, end: variable.end });
  cursor.at += 1 + length;
  const by = locate(symbolNode(variable.name), { start: variable.start, end: variable.end });
  return locate(callNode(integralSign, [body, by]), { start: sign.start, end: lastEnd(cursor) });
}

/** The tokens up to the first d with a name behind it, or with the fraction that has them above its bar. */
function integrandIn(tokens: readonly Token[]): Integrand | undefined {
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'script' && at === 0) return undefined;
    depth += token.kind === 'open' ? 1 : token.kind === 'close' ? -1 : 0;
    if (depth < 0 || token.kind === 'relation' || token.kind === 'refused') return undefined;
    if (depth > 0) continue;
    const variable = differentialAt(tokens, at);
    if (variable !== undefined) return { tokens: tokens.slice(0, at), variable, length: at + 2 };
    const above = token.kind === 'fraction' ? differentialAt(token.over, token.over.length - 2) : undefined;
    if (token.kind !== 'fraction' || above === undefined) continue;
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
