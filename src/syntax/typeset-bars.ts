/** Bars and other brackets that are functions of what they hold: |x|, ‖x‖₁, ⌊x⌋, ⌈x⌉, ⟨u, v⟩. */

import type { Token } from './text-token.ts';
import { call, closingOf, endsOperand } from './typeset-parts.ts';

const fences: Readonly<Record<string, { readonly closing: string; readonly name: string }>> = {
  '|': { closing: '|', name: 'abs' },
  '‖': { closing: '‖', name: 'norm' },
  '∥': { closing: '∥', name: 'norm' },
  '⌊': { closing: '⌋', name: 'floor' },
  '⌈': { closing: '⌉', name: 'ceil' },
  '⟨': { closing: '⟩', name: 'dot' },
};

interface Frame {
  /** The sign that opens it; undefined for brackets and for the whole. */
  readonly sign: Token | undefined;
  readonly out: Token[];
}

/** Whether a norm is meant where a bar of this kind follows another: ||x||. */
function isDouble(tokens: readonly Token[], at: number): boolean {
  const [first, second] = [tokens[at], tokens[at + 1]];
  return first?.text === '|' && second?.text === '|' && first.end === second.start;
}

/** `tokens` with calls in the place of bars; a bar without its other one stays. */
export function spellBars(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ text }) => Object.hasOwn(fences, text))) return tokens;
  const signs: Token[] = [];
  // ||x|| is a norm, ||a| - b| is none.
  const hasNorms = tokens.filter((_, at) => isDouble(tokens, at)).length % 2 === 0;
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (hasNorms && isDouble(tokens, at)) signs.push({ ...token, text: '‖', end: (tokens[++at] as Token).end });
    else signs.push(token);
  }
  const frames: Frame[] = [{ sign: undefined, out: [] }];
  const top = () => frames.at(-1) as Frame;
  /** Gives up bars that are not closed before the bracket around them is. */
  const unwind = (): void => {
    while (top().sign !== undefined && top().sign?.kind !== 'open') {
      const { sign, out } = frames.pop() as Frame;
      top().out.push(sign as Token, ...out);
    }
  };
  for (let at = 0; at < signs.length; at++) {
    const token = signs[at] as Token;
    const { sign, out } = top();
    const fence = sign === undefined || sign.kind === 'open' ? undefined : fences[sign.text];
    if (
      fence !== undefined &&
      token.text === fence.closing &&
      (endsOperand(out.at(-1)) || fence.closing !== sign?.text)
    ) {
      frames.pop();
      const order = orderOf(signs, at + 1);
      top().out.push(...close(fence.name, out, { ...(sign as Token), end: token.end }, order));
      at += order.length;
    } else if (Object.hasOwn(fences, token.text)) {
      frames.push({ sign: token, out: [] });
    } else if (token.kind === 'open') {
      frames.push({ sign: token, out: [] });
    } else if (token.kind === 'close') {
      unwind();
      const { sign: opening, out: content } = frames.length > 1 ? (frames.pop() as Frame) : top();
      if (opening !== undefined) top().out.push(opening, ...content);
      top().out.push(token);
    } else out.push(token);
  }
  unwind();
  return (frames[0] as Frame).out;
}

/** The subscript of a norm with its brackets. */
function orderOf(tokens: readonly Token[], at: number): readonly Token[] {
  const next = tokens[at];
  if (next?.kind === 'open' && next.set === 'lowered') return tokens.slice(at, closingOf(tokens, at) + 1);
  return next?.kind === 'name' && /^_\w$/.test(next.text) ? [next] : [];
}

function close(name: string, content: readonly Token[], sign: Token, order: readonly Token[]): Token[] {
  const inner = order.length > 1 ? order.slice(1, -1) : order;
  const text = inner.map((token) => token.text.replace(/^_/, '')).join('');
  if (name !== 'norm' || text === '' || text === '2' || text === 'F') return call(name, [content], sign);
  if (text === '1') return call('norm1', [content], sign);
  if (text === 'infinity') return call('norminf', [content], sign);
  return call('norm', [content, inner], sign);
}
