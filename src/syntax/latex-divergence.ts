/** The bars between the two arguments of a divergence: D(p \| q), which close nothing. */

import type { Token } from './latex-token.ts';

/** `tokens` with a comma for each double bar that stands alone in its parentheses, with something on either side. */
export function withDivergences(tokens: readonly Token[]): readonly Token[] {
  const open: { readonly sign: string; readonly at: number; readonly bars: number[] }[] = [];
  const commas = new Set<number>();
  tokens.forEach((token, at) => {
    if (token.kind === 'open') open.push({ sign: token.sign, at, bars: [] });
    else if (token.kind === 'bar' && token.sign === '‖') open.at(-1)?.bars.push(at);
    else if (token.kind === 'close') {
      const group = open.pop();
      const [bar, other] = group?.bars ?? [];
      const isLone = group?.sign === '(' && bar !== undefined && other === undefined;
      if (isLone && bar > group.at + 1 && bar < at - 1) commas.add(bar);
    }
  });
  if (commas.size === 0) return tokens;
  return tokens.map((token, at) =>
    commas.has(at) ? { kind: 'sign', sign: ',', start: token.start, end: token.end } : token,
  );
}
