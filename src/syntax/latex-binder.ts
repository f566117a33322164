/** Sums and products over an index. */

import { readBound } from './latex-bounds.ts';
import { readConditioned } from './latex-conditions.ts';
import {
  type Context,
  type Cursor,
  countingLetters,
  lastEnd,
  peek,
  refuse,
  splitAtCommas,
  sumEnd,
  takeScript,
} from './latex-cursor.ts';
import type { Token, TokenOf } from './latex-token.ts';
import { callNode, constantNode, locate, type MathNode, symbolNode } from './node.ts';

interface Binding {
  readonly name: string;
  readonly node: MathNode;
  readonly from: MathNode | undefined;
  readonly to: MathNode | undefined;
}

/** Reads \sum or \prod with its indices and its body, which is the product that follows. */
export function readBig(cursor: Cursor): MathNode {
  const big = peek(cursor) as TokenOf<'big'>;
  const what = big.name === 'sum' ? 'sum' : 'product';
  cursor.at++;
  const script = takeScript(cursor);
  if (script?.sub === undefined) {
    const unsaid = script === undefined ? readUnsaid(cursor, big) : undefined;
    return unsaid ?? refuse(`a ${what} without its index`, big, `write \\${big.name}_i or \\${big.name}_{i=1}^{n}`);
  }
  const ahead = cursor.tokens.slice(cursor.at);
  const conditioned =
    big.name === 'sum' && script.sup === undefined ? readConditioned(cursor.context, script.sub, ahead) : undefined;
  const bindings = conditioned?.bound.map(openBinding) ?? readBindings(cursor.context, script, what);
  const { bound, grammar } = cursor.context;
  bound.push(...bindings.map(({ name }) => name));
  const reachesOn = cursor.context.naming.reachesOn(bindings.map(({ name }) => name));
  const added = reachesOn ? grammar.sum(cursor) : grammar.product(cursor);
  const body = conditioned === undefined ? added : conditioned.where(added);
  bound.length -= bindings.length;
  const span = { start: big.start, end: lastEnd(cursor) };
  return bindings.reduceRight((inner, { node, from, to }) => {
    const range = from === undefined || to === undefined ? [] : [from, to];
    return locate(callNode(big.name, [inner, node, ...range]), span);
  }, body);
}

/**
 * A sum without an index binds the letters that count in its body and are free nowhere else: neither on the other side,
 * nor in the variable, nor bound around. Undefined where no letter is left.
 */
function readUnsaid(cursor: Cursor, big: TokenOf<'big'>): MathNode | undefined {
  const { bound, grammar, naming, outside } = cursor.context;
  const reachesOn = naming.reachesOn([]);
  const ahead = cursor.tokens.slice(cursor.at, sumEnd(cursor.tokens, cursor.at, reachesOn));
  const letters = countingLetters(ahead).filter(
    (letter) => !bound.includes(letter) && !outside.includes(letter) && !naming.isFixed(letter),
  );
  if (letters.length === 0) return undefined;
  bound.push(...letters);
  const body = reachesOn ? grammar.sum(cursor) : grammar.product(cursor);
  bound.length -= letters.length;
  const span = { start: big.start, end: lastEnd(cursor) };
  return letters.reduceRight((inner, letter) => locate(callNode(big.name, [inner, symbolNode(letter)]), span), body);
}

function readBindings(context: Context, script: TokenOf<'script'>, what: string): Binding[] {
  const sub = script.sub ?? [];
  const refuseRange = (): never =>
    refuse(`a ${what} over a condition`, script, 'name the index and its range: \\sum_{i=1}^{n}');
  const signs = sub.filter((token) => token.kind === 'relation');
  if (signs.length === 2) return [readBetween(context, sub, script) ?? refuseRange()];
  const at = sub.findIndex((token) => token.kind === 'relation');
  const [sign] = signs;
  if (signs.length > 1 || (sign !== undefined && sign.sign !== '=')) refuseRange();
  const names = splitAtCommas(at < 0 ? sub : sub.slice(0, at)).flat();
  if (names.length === 0) refuseRange();
  return names.map((token): Binding => {
    if (token.kind !== 'name') return refuseRange();
    const to = script.sup === undefined ? undefined : readBound(context, script.sup, script);
    const from = at < 0 ? undefined : context.grammar.all(context, sub.slice(at + 1), script);
    if (from !== undefined && to === undefined) refuseRange();
    return { name: token.name, node: indexNode(token), from: from ?? (to && constantNode('1')), to };
  });
}

/** `1 \le i \le n`. */
function readBetween(context: Context, sub: readonly Token[], script: TokenOf<'script'>): Binding | undefined {
  const [first, second] = sub.flatMap((token, at) => (token.kind === 'relation' ? [at] : []));
  if (first === undefined || second === undefined || second !== first + 2 || script.sup !== undefined) return undefined;
  const [low, index, high] = [sub[first], sub[first + 1], sub[second]];
  if (low?.kind !== 'relation' || low.sign !== '<=' || high?.kind !== 'relation' || high.sign !== '<=')
    return undefined;
  if (index?.kind !== 'name') return undefined;
  const from = context.grammar.all(context, sub.slice(0, first), script);
  return {
    name: index.name,
    node: indexNode(index),
    from,
    to: context.grammar.all(context, sub.slice(second + 1), script),
  };
}

function openBinding(token: TokenOf<'name'>): Binding {
  return { name: token.name, node: indexNode(token), from: undefined, to: undefined };
}

function indexNode(token: TokenOf<'name'>): MathNode {
  return locate(symbolNode(token.name), { start: token.start, end: token.end });
}
