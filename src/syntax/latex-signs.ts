/** Letters, digits, relations, signs and delimiters as tokens. */

import type { Span } from '../problem.ts';
import type { KatexNode } from './katex-tree.ts';
import { Places } from './latex-places.ts';
import {
  bars,
  closings,
  implications,
  letterCommands,
  openings,
  refusedSigns,
  relations,
  signs,
} from './latex-symbols.ts';
import type { Token } from './latex-token.ts';
import { singleLetter } from './letters.ts';
import { canonicalName } from './names.ts';
import type { RelationSign } from './relation.ts';

type Distributive<T> = T extends unknown ? Omit<T, 'start' | 'end'> : never;
type Bare = Distributive<Token>;

/** Collects tokens of single signs. */
export class SignScan extends Places {
  protected tokens: Token[] = [];

  put(token: Token): void {
    this.tokens.push(token);
    this.cursor = Math.max(this.cursor, token.end);
  }

  add(token: Bare, node: KatexNode): void {
    this.put({ ...token, ...this.place(node) } as Token);
  }

  protected rewrite(count: number, token: Token): void {
    this.tokens.splice(-count, count);
    this.put(token);
  }

  mark(kind: 'gap' | 'break'): void {
    this.put({ kind, start: this.cursor, end: this.cursor });
  }

  endRow(): void {
    this.mark('break');
    const found = /^[ \n\r]*\\\\/.exec(this.prepared.text.slice(this.cursor, this.cursor + 200));
    this.cursor += found?.[0].length ?? 0;
  }

  protected boundary(kind: 'gap' | 'break', tokens: readonly Token[]): Token {
    const at = tokens[0]?.start ?? this.cursor;
    return { kind, start: at, end: at };
  }

  symbol(text: string, node: KatexNode): void {
    const place = this.place(node);
    const family = node.type === 'atom' ? node.family : '';
    const letter = letterCommands.get(text) ?? (singleLetter.test(text) ? text : undefined);
    const relation = family === 'open' || family === 'close' ? undefined : relations.get(text);
    const sign = signs.get(text);
    if (letter !== undefined) {
      const name = canonicalName(letter);
      if (/^[A-Za-z]+$/.test(name)) this.put({ kind: 'name', name, upright: false, bold: false, ...place });
      else this.put({ kind: 'refused', what: `the letter ${text}`, ...place });
    } else if (/^[0-9.]$/.test(text)) this.digit(text, place);
    else if (relation !== undefined) this.relation(relation, place);
    else if (bars.has(text)) this.delimiter(text, family === 'open' || family === 'close' ? family : 'either', place);
    else if (openings.has(text)) this.delimiter(text, 'open', place);
    else if (sign !== undefined) this.put({ kind: 'sign', sign, ...place });
    else if (closings.has(text)) this.delimiter(text, 'close', place);
    else this.rarity(text, place);
  }

  protected rarity(text: string, place: Span): void {
    if (text === '\\partial' || text === '∂') this.put({ kind: 'partial', ...place });
    else if (text === '\\nabla' || text === '∇') this.put({ kind: 'nabla', ...place });
    else if (text === '\\prime' || text === "'") this.put({ kind: 'sign', sign: "'", ...place });
    else if (text === '″') this.put({ kind: 'sign', sign: "''", ...place });
    else if (implications.has(text)) this.put({ kind: 'implies', ...place });
    else if (text === '\\top' || text === '\\intercal' || text === '⊤') this.put({ kind: 'sign', sign: 'T', ...place });
    else if (text === '\\star' || text === '⋆') this.put({ kind: 'sign', sign: 'star', ...place });
    else if (text === '\u0338') this.put({ kind: 'sign', sign: 'not', ...place });
    else this.put({ kind: 'refused', what: refusedSigns.get(text) ?? `the sign ${text}`, ...place });
  }

  /** A digit, joined to the number before it; a dot is part of a number where digits surround it. */
  protected digit(text: string, place: Span): void {
    const last = this.tokens.at(-1);
    const isDotted = last?.kind === 'sign' && last.sign === 'dot' && last.end === place.start;
    if (text === '.') this.put({ kind: 'sign', sign: 'dot', ...place });
    else if (last?.kind === 'number')
      this.rewrite(1, { kind: 'number', text: last.text + text, start: last.start, end: place.end });
    else if (isDotted) {
      const before = this.tokens.at(-2);
      const joins = before?.kind === 'number' && before.end === last.start && !before.text.includes('.');
      const start = joins ? before.start : last.start;
      this.rewrite(joins ? 2 : 1, {
        kind: 'number',
        text: `${joins ? before.text : '0'}.${text}`,
        start,
        end: place.end,
      });
    } else this.put({ kind: 'number', text, ...place });
  }

  /** A relation; `>` and `=` that stand together are one, and so are `:` and `=`. */
  protected relation(sign: RelationSign, place: Span): void {
    const last = this.tokens.at(-1);
    const touches = last !== undefined && last.end === place.start;
    const joined =
      sign !== '=' || last === undefined
        ? undefined
        : last.kind === 'sign' && last.sign === 'not'
          ? '!='
          : last.kind === 'sign' && last.sign === ':' && touches
            ? ':='
            : last.kind === 'relation' && touches && (last.sign === '<' || last.sign === '>')
              ? (`${last.sign}=` as const)
              : undefined;
    if (joined === undefined || last === undefined) this.put({ kind: 'relation', sign, ...place });
    else this.rewrite(1, { kind: 'relation', sign: joined, start: last.start, end: place.end });
  }

  delimiter(text: string, side: 'open' | 'close' | 'either', place: Span): void {
    this.cursor = Math.max(this.cursor, place.end);
    if (text === '.') return;
    const bar = bars.get(text);
    const open = openings.get(text);
    const close = closings.get(text);
    if (bar !== undefined) this.put({ kind: 'bar', sign: bar, side, ...place });
    else if (open !== undefined && side !== 'close') this.put({ kind: 'open', sign: open, ...place });
    else if (close !== undefined && side !== 'open') this.put({ kind: 'close', sign: close, ...place });
    else if (text === '/') this.put({ kind: 'sign', sign: '/', ...place });
    else this.put({ kind: 'refused', what: `the delimiter ${text}`, ...place });
  }
}
