/** Bars and other brackets that are functions of what they hold: |x|, ‖x‖₁, ⌊x⌋, ⌈x⌉, ⟨u, v⟩. */

import type { Token } from './text-token.ts';
import { closingOf, endsOperand, token } from './typeset-parts.ts';

const fences: Readonly<Record<string, { readonly closing: string; readonly name: string }>> = {
  '|': { closing: '|', name: 'abs' },
  '‖': { closing: '‖', name: 'norm' },
  '∥': { closing: '∥', name: 'norm' },
  '⌊': { closing: '⌋', name: 'floor' },
  '⌈': { closing: '⌉', name: 'ceil' },
  '⟨': { closing: '⟩', name: 'dot' },
};

/** Whether a norm is meant where a bar of this kind follows another: ||x||. */
function isDouble(tokens: readonly Token[], at: number): boolean {
  const [first, second] = [tokens[at], tokens[at + 1]];
  return first?.text === '|' && second?.text === '|' && first.end === second.start;
}

/** A bar and the one that closes it, with the subscript behind that. */
interface Pair {
  readonly open: number;
  readonly close: number;
  readonly order: readonly Token[];
}

/** `tokens` with calls in the place of bars; a bar without its other one stays. */
export function spellBars(tokens: readonly Token[]): readonly Token[] {
  if (!tokens.some(({ text }) => Object.hasOwn(fences, text))) return tokens;
  const signs = withNorms(tokens);
  const pairs = pairsOf(signs);
  const opening = new Map(pairs.map((pair) => [pair.open, pair]));
  const closing = new Map(pairs.map((pair) => [pair.close, pair]));
  const out: Token[] = [];
  for (let at = 0; at < signs.length; at++) {
    const sign = signs[at] as Token;
    const [begun, ended] = [opening.get(at), closing.get(at)];
    if (begun !== undefined) {
      const { name } = callOf(sign, begun.order);
      const end = (signs[begun.close] as Token).end;
      out.push({ ...token('name', name, sign), end, set: 'fence' }, token('open', '(', sign));
    } else if (ended !== undefined) {
      const { second } = callOf(signs[ended.open] as Token, ended.order);
      if (second.length > 0) out.push(token('operator', ',', sign), ...second);
      out.push(token('close', ')', sign));
      at += ended.order.length;
    } else out.push(sign);
  }
  return out;
}

/** Two bars that touch as one sign: ||x|| is a norm, and ||a| - b| is none; of three, the norm stands inside. */
function withNorms(tokens: readonly Token[]): readonly Token[] {
  const signs: Token[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const one = tokens[at] as Token;
    const isThree = isDouble(tokens, at) && isDouble(tokens, at + 1) && !isDouble(tokens, at + 2);
    const isOuter = isThree && !endsOperand(signs.at(-1));
    if (isDouble(tokens, at) && !isOuter) signs.push({ ...one, text: '‖', end: (tokens[++at] as Token).end });
    else signs.push(one);
  }
  // Where they leave a bar without its other one, each bar stands for itself: ||a| - |b||.
  const paired = pairsOf(signs).length * 2;
  return paired === signs.filter(isFence).length ? signs : tokens;
}

const isFence = ({ text }: Token): boolean => Object.hasOwn(fences, text) || closings.has(text);

const closings: ReadonlySet<string> = new Set(Object.values(fences).map(({ closing }) => closing));

/** The bars that belong together, none across a bracket. */
function pairsOf(signs: readonly Token[]): Pair[] {
  const pairs: Pair[] = [];
  const waiting: number[] = [];
  const ends = new Set<number>();
  signs.forEach((sign, at) => {
    const last = waiting.at(-1);
    const fence = last === undefined ? undefined : fences[signs[last]?.text ?? ''];
    const isAfterOperand = endsOperand(signs[at - 1]) || ends.has(at - 1);
    const isClosing = sign.text === fence?.closing && (isAfterOperand || fence.closing !== signs[last as number]?.text);
    if (isClosing) {
      ends.add(at);
      pairs.push({ open: waiting.pop() as number, close: at, order: orderOf(signs, at + 1) });
    } else if (Object.hasOwn(fences, sign.text) || sign.kind === 'open') {
      waiting.push(at);
    } else if (sign.kind === 'close') {
      while (waiting.length > 0 && signs[waiting.pop() as number]?.kind !== 'open');
    }
  });
  return pairs;
}

/** The subscript of a norm with its brackets. */
function orderOf(tokens: readonly Token[], at: number): readonly Token[] {
  const next = tokens[at];
  if (next?.kind === 'open' && next.set === 'lowered') return tokens.slice(at, closingOf(tokens, at) + 1);
  return next?.kind === 'name' && /^_\w$/.test(next.text) ? [next] : [];
}

/** The function that a bar opens, by the subscript behind its other one, and its second argument. */
function callOf({ text }: Token, order: readonly Token[]): { name: string; second: readonly Token[] } {
  const name = fences[text]?.name ?? '';
  const inner = order.length > 1 ? order.slice(1, -1) : order;
  const below = inner.map((one) => one.text.replace(/^_/, '')).join('');
  if (name !== 'norm' || below === '' || below === '2' || below === 'F') return { name, second: [] };
  if (below === '1') return { name: 'norm1', second: [] };
  return below === 'infinity' ? { name: 'norminf', second: [] } : { name, second: inner };
}
