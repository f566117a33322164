/**
 * The tokens of a LaTeX formula: KaTeX's tree as a list of signs, each with its place. Scripts follow what they belong
 * to as tokens of their own; brackets stay flat, as KaTeX leaves them.
 */

import type { Span } from '../problem.ts';
import { type KatexNode, parseKatex, placeOf } from './katex-tree.ts';
import { type Prepared, prepareLatex } from './latex-prepare.ts';
import {
  accents,
  bars,
  closings,
  conditions,
  connectives,
  functionNames,
  implications,
  letterCommands,
  openings,
  otherwise,
  refusedOperators,
  refusedSigns,
  relations,
  signs,
} from './latex-symbols.ts';
import { canonicalName } from './names.ts';
import type { RelationSign } from './statement.ts';

/** A sign of a formula. */
export type Token = Span &
  (
    | { readonly kind: 'name'; readonly name: string; readonly upright: boolean; readonly bold: boolean }
    | { readonly kind: 'number'; readonly text: string }
    | { readonly kind: 'sign'; readonly sign: string }
    | { readonly kind: 'relation'; readonly sign: RelationSign }
    | { readonly kind: 'open'; readonly sign: string }
    | { readonly kind: 'close'; readonly sign: string }
    | { readonly kind: 'bar'; readonly sign: string; readonly side: 'open' | 'close' | 'either' }
    | {
        readonly kind: 'script';
        readonly sub: readonly Token[] | undefined;
        readonly sup: readonly Token[] | undefined;
        readonly primes: number;
      }
    | { readonly kind: 'group'; readonly content: readonly Token[] }
    | { readonly kind: 'fraction'; readonly over: readonly Token[]; readonly under: readonly Token[] }
    | { readonly kind: 'root'; readonly content: readonly Token[]; readonly degree: readonly Token[] | undefined }
    | { readonly kind: 'function'; readonly name: string }
    | { readonly kind: 'big'; readonly name: 'sum' | 'prod' }
    | { readonly kind: 'cases'; readonly rows: readonly (readonly (readonly Token[])[])[] }
    | { readonly kind: 'words'; readonly text: string }
    | { readonly kind: 'partial' }
    | { readonly kind: 'nabla' }
    | { readonly kind: 'gap' }
    | { readonly kind: 'break' }
    | { readonly kind: 'implies' }
    | { readonly kind: 'refused'; readonly what: string }
  );

/** A token of one kind. */
export type TokenOf<Kind extends Token['kind']> = Member<Token, 'kind', Kind>;

/** The member of a union whose tag can be `Tag`; unlike `Extract` it finds members that carry several tags. */
type Member<Union, Key extends keyof Union, Tag> = Union extends unknown
  ? Tag extends Union[Key]
    ? Union & { readonly [K in Key]: Tag }
    : never
  : never;

type NodeOf<Type extends KatexNode['type']> = Member<KatexNode, 'type', Type>;

/** Reads LaTeX into tokens. Throws for what KaTeX refuses; what only we refuse becomes a token `refused`. */
export function readTokens(source: string): Token[] {
  const prepared = prepareLatex(source);
  const scan = new TokenScan(prepared);
  return scan.list(parseKatex(prepared.text));
}

type Readers = {
  readonly [Type in KatexNode['type']]: (scan: TokenScan, node: NodeOf<Type>) => void;
};

/** How each type of KaTeX's nodes is read. */
const readers: Readers = {
  mathord: (scan, node) => scan.symbol(node.text, node),
  textord: (scan, node) => scan.symbol(node.text, node),
  atom: (scan, node) => scan.symbol(node.text, node),
  spacing: (scan, node) => scan.skip(node),
  kern: (scan, node) => {
    const { number, unit } = node.dimension;
    if (unit === 'em' ? number >= 0.9 : unit !== 'mu' && unit !== 'ex') scan.add({ kind: 'gap' }, node);
  },
  ordgroup: (scan, node) => scan.group(node),
  styling: (scan, node) => scan.all(node.body),
  sizing: (scan, node) => scan.all(node.body),
  color: (scan, node) => scan.all(node.body),
  tag: (scan, node) => scan.all(node.body),
  mclass: (scan, node) => scan.enclosed(node.body),
  supsub: (scan, node) => scan.scripts(node),
  op: (scan, node) => scan.operator(node),
  operatorname: (scan, node) => scan.word(plainText(node.body) ?? '', node),
  font: (scan, node) => scan.font(node.font, node.body),
  text: (scan, node) => scan.words(node),
  pmb: (scan, node) => scan.font('boldsymbol', { type: 'ordgroup', body: node.body }),
  genfrac: (scan, node) => scan.fraction(node),
  sqrt: (scan, node) => {
    const start = scan.commandStart();
    const degree = node.index ? scan.part([node.index]) : undefined;
    const content = scan.part([node.body]);
    scan.put({ kind: 'root', content, degree, ...scan.closedFrom(start) });
  },
  accent: (scan, node) => scan.accent(node.label, node.base),
  accentUnder: (scan, node) => scan.accent(node.label, node.base),
  overline: (scan, node) => scan.accent('\\bar', node.body),
  underline: (scan, node) => scan.enclosed([node.body]),
  horizBrace: (scan, node) => scan.enclosed([node.base]),
  leftright: (scan, node) => {
    scan.delimiter(node.left, 'open', scan.fencePlace('\\left'));
    scan.all(node.body);
    scan.delimiter(node.right, 'close', scan.fencePlace('\\right'));
  },
  delimsizing: (scan, node) => {
    const side = node.mclass === 'mopen' ? 'open' : node.mclass === 'mclose' ? 'close' : 'either';
    scan.delimiter(node.delim, side, scan.fencePlace(undefined));
  },
  middle: (scan) => scan.put({ kind: 'refused', what: 'a condition behind a bar', ...scan.fencePlace('\\middle') }),
  array: (scan, node) => scan.rows(node),
  cr: (scan, node) => scan.add({ kind: 'break' }, node),
  htmlmathml: (scan, node) => scan.symbol(lastText(node.mathml), node),
};

/** Fonts that only change how one letter looks, and those that make a word of several. */
const boldFonts = new Set(['mathbf', 'boldsymbol', 'textbf', 'mathbfit', 'mathsfit']);
const wordFonts = new Set(['mathrm', 'mathit', 'mathsf', 'mathtt', 'textrm', 'textit', 'textsf', 'texttt']);

type Distributive<T> = T extends unknown ? Omit<T, 'start' | 'end'> : never;
type Bare = Distributive<Token>;

/** Walks KaTeX's tree in the order of the source. */
class TokenScan {
  tokens: Token[] = [];
  private cursor = 0;
  private readonly prepared: Prepared;
  private depth = 0;

  constructor(prepared: Prepared) {
    this.prepared = prepared;
  }

  all(nodes: readonly KatexNode[]): void {
    for (const node of nodes) {
      const read = readers[node.type] as ((scan: TokenScan, node: KatexNode) => void) | undefined;
      if (read === undefined) this.add({ kind: 'refused', what: `the command ${this.commandName()}` }, node);
      else read(this, node);
    }
  }

  /** The tokens of `nodes` as a list of their own. */
  part(nodes: readonly KatexNode[]): Token[] {
    this.depth++;
    const inner = this.list(nodes);
    this.depth--;
    const [only] = inner;
    return inner.length === 1 && only?.kind === 'group' ? [...only.content] : inner;
  }

  /** The same, where a layout of rows may still stand. */
  list(nodes: readonly KatexNode[]): Token[] {
    const outer = this.tokens;
    this.tokens = [];
    this.all(nodes);
    const inner = joinSpelled(this.tokens);
    this.tokens = outer;
    return inner;
  }

  put(token: Token): void {
    this.tokens.push(token);
    this.cursor = Math.max(this.cursor, token.end);
  }

  add(token: Bare, node: KatexNode): void {
    this.put({ ...token, ...this.place(node) } as Token);
  }

  skip(node: KatexNode): void {
    this.cursor = Math.max(this.cursor, placeOf(node, this.prepared.text)?.end ?? 0);
  }

  /** Where `node` stands; for a node without a place, the next sign of the source. */
  place(node: KatexNode): Span {
    const known = placeOf(node, this.prepared.text);
    if (known !== undefined) return known;
    const start = this.commandStart();
    const command = /^\\(?:[A-Za-z]+|[\s\S])|^[\s\S]?/.exec(this.prepared.text.slice(start, start + 40));
    return { start, end: Math.min(this.prepared.text.length, start + Math.max(1, command?.[0].length ?? 1)) };
  }

  /** Where the next sign after those that were read begins. */
  commandStart(): number {
    const { text } = this.prepared;
    let at = this.cursor;
    while (at < text.length - 1 && ' \n\r{}&_^~'.includes(text.charAt(at))) at++;
    return at;
  }

  commandName(): string {
    return /^\\[A-Za-z]+/.exec(this.prepared.text.slice(this.commandStart(), this.commandStart() + 40))?.[0] ?? 'here';
  }

  /** From `start` to the cursor, past the braces that were opened since `start`. */
  closedFrom(start: number): Span {
    const { text, opening } = this.prepared;
    for (let at = this.cursor; at < text.length && ' \n\r}'.includes(text.charAt(at)); at++) {
      if (text.charAt(at) !== '}') continue;
      if ((opening.get(at) ?? -1) < start) break;
      this.cursor = at + 1;
    }
    return { start: Math.min(start, this.cursor), end: this.cursor };
  }

  /** The place of `\left(`, `\right)` or `\big(`, of which KaTeX keeps none. */
  fencePlace(command: '\\left' | '\\right' | '\\middle' | undefined): Span {
    const next = this.commandStart();
    const places = command === undefined ? undefined : this.prepared.commands.get(command);
    const start = places === undefined ? next : (firstFrom(places, next) ?? next);
    const found = /^\\[A-Za-z]+\s*(?:\\[A-Za-z]+|\\[\s\S]|[\s\S])?/.exec(this.prepared.text.slice(start, start + 80));
    return { start, end: start + (found?.[0].length ?? 1) };
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

  symbol(text: string, node: KatexNode): void {
    const place = this.place(node);
    const family = node.type === 'atom' ? node.family : '';
    const letter = letterCommands.get(text) ?? (/^\p{L}$/u.test(text) ? text : undefined);
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

  private rarity(text: string, place: Span): void {
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
  private digit(text: string, place: Span): void {
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
  private relation(sign: RelationSign, place: Span): void {
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

  private rewrite(count: number, token: Token): void {
    this.tokens.splice(-count, count);
    this.put(token);
  }

  /** A group in braces. One that holds a single name is that name; one around a whole layout stands open. */
  group(node: NodeOf<'ordgroup'>): void {
    const place = placeOf(node, this.prepared.text);
    if (node.loc === undefined || (this.depth === 0 && node.body.length === 1 && node.body[0]?.type === 'array')) {
      this.all(node.body);
      return;
    }
    const content = this.part(node.body);
    const [only] = content;
    if (content.length === 1 && only !== undefined && only.kind !== 'sign') this.put(only);
    else {
      const start = place?.start ?? only?.start ?? this.cursor;
      this.put({ kind: 'group', content, start, end: place?.end ?? content.at(-1)?.end ?? start });
    }
    this.cursor = Math.max(this.cursor, place?.end ?? 0);
  }

  /** What a command encloses, as if it stood there by itself. */
  enclosed(nodes: readonly KatexNode[]): void {
    const start = this.commandStart();
    const content = this.part(nodes);
    const [only] = content;
    if (content.length === 1 && only !== undefined) this.put(only);
    else if (content.length > 0) this.put({ kind: 'group', content, ...this.closedFrom(start) });
    this.closedFrom(start);
  }

  scripts(node: NodeOf<'supsub'>): void {
    if (node.base?.type === 'horizBrace' || isLabelled(node)) {
      this.labelled(node);
      return;
    }
    const count = this.tokens.length;
    if (node.base) this.all([node.base]);
    const base = this.cursor;
    const sub = node.sub ? this.part([node.sub]) : undefined;
    const afterSub = this.cursor;
    // The order of sub- and superscript in the source is free; places without one are looked for after the base.
    this.cursor = base;
    const sup = node.sup ? this.part([node.sup]) : undefined;
    this.cursor = Math.max(this.cursor, afterSub);
    const primes = sup === undefined ? { count: 0, rest: undefined } : leadingPrimes(sup);
    if (primes.count === 0 && sub === undefined && primes.rest === undefined) return;
    const start = this.tokens.length > count ? base : this.commandStart();
    const span = this.closedFrom(start);
    this.put({ kind: 'script', sub, sup: primes.rest, primes: primes.count, start: span.start, end: span.end });
  }

  /** An underbrace, `\stackrel` or `\overset`: what it labels is read, the label is not. */
  private labelled(node: NodeOf<'supsub'>): void {
    const { base } = node;
    const start = this.commandStart();
    const content = this.part(base?.type === 'op' ? (base.body ?? []) : base ? [base] : []);
    const relation = content.find((token) => token.kind === 'relation');
    if (relation !== undefined && content.length === 1) this.put(relation);
    else if (content.length === 1 && content[0] !== undefined) this.put(content[0]);
    else this.put({ kind: 'group', content, ...this.closedFrom(start) });
    if (node.sub) this.part([node.sub]);
    if (node.sup) this.part([node.sup]);
    this.closedFrom(start);
  }

  operator(node: NodeOf<'op'>): void {
    const name = node.name?.replace(/^\\/, '');
    if (name === undefined) {
      const text = plainText(node.body ?? []);
      if (text !== undefined && text.length > 1) this.word(text, node);
      else this.all(node.body ?? []);
    } else if (name === 'sum' || name === '∑') this.add({ kind: 'big', name: 'sum' }, node);
    else if (name === 'prod' || name === '∏') this.add({ kind: 'big', name: 'prod' }, node);
    else if (functionNames.has(name) || refusedOperators.has(name)) this.word(name, node);
    else this.add({ kind: 'refused', what: name.includes('int') ? 'an integral' : `the operator \\${name}` }, node);
  }

  /** A word in upright letters: a function, a name, or one that is refused. */
  word(text: string, node: KatexNode): void {
    const start = placeOf(node, this.prepared.text)?.start ?? this.commandStart();
    const place = this.place(node);
    this.cursor = Math.max(this.cursor, place.end, lastPlace(node, this.prepared.text));
    const span = this.closedFrom(start);
    const name = text.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '');
    const known = functionNames.get(name) ?? functionNames.get(name.toLowerCase());
    if (refusedOperators.has(text)) this.put({ kind: 'refused', what: `the operator ${text}`, ...span });
    else if (known !== undefined && name.length > 1) this.put({ kind: 'function', name: known, ...span });
    else if (/^\p{L}[A-Za-z0-9_]*$/u.test(name)) {
      this.put({ kind: 'name', name: canonicalName(name), upright: true, bold: false, ...span });
    } else this.put({ kind: 'refused', what: `the word "${text}"`, ...span });
  }

  words(node: NodeOf<'text'>): void {
    const start = placeOf(node, this.prepared.text)?.start ?? this.commandStart();
    const text = plainText(node.body);
    const trimmed = (text ?? 'words').trim();
    const isName = text !== undefined && /^[A-Za-z][\w-]*$/.test(trimmed);
    const isConnective = connectives.test(trimmed) || conditions.test(trimmed) || otherwise.test(trimmed);
    if (isName && (!isConnective || this.isScript(start))) {
      const count = this.tokens.length;
      this.word(trimmed, node);
      if (node.font === '\\textbf') this.embolden(count);
      return;
    }
    this.cursor = Math.max(this.cursor, start, lastPlace(node, this.prepared.text));
    const span = this.closedFrom(start);
    if (text === undefined) this.put({ kind: 'refused', what: 'mathematics inside words', ...span });
    else if (trimmed !== '' && !/^[.,;:]$/.test(trimmed)) this.put({ kind: 'words', text: trimmed, ...span });
    else this.cursor = span.end;
  }

  /** Whether a script begins right before `at`, where even "in" and "else" are names. */
  private isScript(at: number): boolean {
    return /[_^]\s*\{?\s*$/.test(this.prepared.text.slice(Math.max(0, at - 8), at));
  }

  font(font: string, body: KatexNode): void {
    const start = this.commandStart();
    const text = plainText([body]);
    if (wordFonts.has(font) && text !== undefined && /^[A-Za-z][\w -]+$/.test(text)) {
      this.word(text, body);
      this.tokens.push(widen(this.tokens.pop(), this.closedFrom(start)));
      return;
    }
    const count = this.tokens.length;
    this.enclosed([body]);
    this.closedFrom(start);
    const last = this.tokens.at(-1);
    if (boldFonts.has(font)) this.embolden(count);
    else if (font === 'mathbb' || font === 'mathcal') this.ornate(font, count);
    else if (wordFonts.has(font))
      this.replaceFrom(count, (token) => (token.kind === 'name' ? { ...token, upright: true } : token));
    if (last !== undefined && this.tokens.length === count + 1) {
      this.tokens.push(widen(this.tokens.pop(), { start, end: this.cursor }));
    }
  }

  private embolden(from: number): void {
    this.replaceFrom(from, function bold(token): Token {
      if (token.kind === 'name') return { ...token, bold: true };
      if (token.kind === 'group') return { ...token, content: token.content.map(bold) };
      if (token.kind === 'number')
        return { kind: 'refused', what: `the bold number ${token.text}`, start: token.start, end: token.end };
      return token;
    });
  }

  private ornate(font: string, from: number): void {
    const refused: Readonly<Record<string, string>> =
      font === 'mathbb'
        ? { E: 'the expectation \\mathbb{E}', P: 'the probability \\mathbb{P}' }
        : { O: 'the order symbol \\mathcal{O}' };
    this.replaceFrom(from, (token) => {
      const what =
        token.kind === 'name'
          ? refused[token.name]
          : token.kind === 'number'
            ? `the indicator \\mathbb{${token.text}}`
            : undefined;
      return what === undefined ? token : { kind: 'refused', what, start: token.start, end: token.end };
    });
  }

  private replaceFrom(from: number, change: (token: Token) => Token): void {
    for (let at = from; at < this.tokens.length; at++) this.tokens[at] = change(this.tokens[at] as Token);
  }

  accent(label: string, base: KatexNode): void {
    const start = this.commandStart();
    const content = this.part([base]);
    const span = this.closedFrom(start);
    const mark = accents.get(label);
    const [first, second] = content;
    const isNamed =
      first?.kind === 'name' && (content.length === 1 || (content.length === 2 && second?.kind === 'script'));
    if (mark === undefined || !isNamed || first?.kind !== 'name') {
      const names = content.every((token) => token.kind === 'name');
      if (mark === 'vector' && names && content.length > 0) {
        this.put({
          kind: 'name',
          name: content.map((token) => (token.kind === 'name' ? token.name : '')).join(''),
          upright: true,
          bold: true,
          ...span,
        });
      } else this.put({ kind: 'refused', what: `the accent ${label}`, ...span });
      return;
    }
    const name = mark === 'vector' ? first.name : `${first.name}_${mark}`;
    const bold = first.bold || mark === 'vector';
    const end = second === undefined ? span.end : first.end;
    this.put({ ...first, name, bold, start: span.start, end });
    if (second !== undefined) this.put({ ...second, end: span.end });
  }

  fraction(node: NodeOf<'genfrac'>): void {
    const command = this.commandStart();
    const over = this.part([node.numer]);
    const under = this.part([node.denom]);
    const span = this.closedFrom(this.prepared.text.startsWith('\\', command) ? command : (over[0]?.start ?? command));
    if (node.hasBarLine) this.put({ kind: 'fraction', over, under, ...span });
    else this.put({ kind: 'refused', what: 'a binomial coefficient', ...span });
  }

  rows(node: NodeOf<'array'>): void {
    const isLayout = node.colSeparationType !== undefined || node.hskipBeforeAndAfter === true;
    const start = this.commandStart();
    const open = this.tokens.at(-1);
    const isCases = open?.kind === 'open' && open.sign === '{';
    const isOpen = isLayout && !isCases && this.depth === 0;
    const cells = node.body.map((row) => row.map((cell) => (isOpen ? this.list([cell]) : this.part([cell]))));
    if (isOpen) {
      const marked = cells.flatMap((row, at) => {
        const joined = row.flatMap((cell, column) =>
          column > 0 && column % 2 === 0 ? [this.mark('gap', cell), ...cell] : cell,
        );
        return at > 0 ? [this.mark('break', joined), ...joined] : joined;
      });
      for (const token of marked) this.put(token);
    } else {
      const end = Math.max(this.cursor, start + 1);
      if (isCases) this.rewrite(1, { kind: 'cases', rows: cells, start: open.start, end });
      else
        this.put({
          kind: 'refused',
          what: isLayout ? 'an array inside a formula' : 'a matrix written out',
          start,
          end,
        });
    }
    this.cursor = Math.max(this.cursor, this.afterEnd());
  }

  private mark(kind: 'gap' | 'break', tokens: readonly Token[]): Token {
    const at = tokens[0]?.start ?? this.cursor;
    return { kind, start: at, end: at };
  }

  /** Behind the `\end{...}` that follows. */
  private afterEnd(): number {
    const { text } = this.prepared;
    const found = /^[\s\\&]*\\end\s*\{[^{}]*\}/.exec(text.slice(this.cursor, this.cursor + 400));
    return this.cursor + (found?.[0].length ?? 0);
  }
}

/** Functions that are recognised where their name is typed as a row of letters, `cos(x)` for `\cos(x)`. */
const spelledFunctions = new Set(
  'sin cos tan sinh cosh tanh exp log ln max min sqrt sigmoid relu softmax softplus sign det'.split(' '),
);

/** Rows of touching letters that spell a function before a parenthesis, as one token. */
function joinSpelled(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    let end = at;
    let text = '';
    for (
      let token = tokens[end];
      isLetter(token) && (end === at || token.start === tokens[end - 1]?.end);
      token = tokens[++end]
    ) {
      text += token.name;
    }
    const next = tokens[end]?.kind === 'script' ? tokens[end + 1] : tokens[end];
    if (spelledFunctions.has(text) && next?.kind === 'open') {
      const start = tokens[at]?.start ?? 0;
      joined.push({
        kind: 'function',
        name: functionNames.get(text) ?? text,
        start,
        end: tokens[end - 1]?.end ?? start,
      });
    } else for (const token of tokens.slice(at, Math.max(end, at + 1))) joined.push(token);
    at = Math.max(end, at + 1);
  }
  return joined;
}

function isLetter(token: Token | undefined): token is TokenOf<'name'> {
  return token?.kind === 'name' && token.name.length === 1 && !token.upright && !token.bold;
}

function widen(token: Token | undefined, span: Span): Token {
  return { ...(token as Token), start: span.start, end: span.end };
}

/** The primes that a superscript begins with, and what follows them. */
function leadingPrimes(sup: readonly Token[]): { count: number; rest: readonly Token[] | undefined } {
  let count = 0;
  let at = 0;
  for (; at < sup.length; at++) {
    const token = sup[at];
    const isPrimes = token?.kind === 'script' && token.sub === undefined && token.sup === undefined;
    if (isPrimes) count += token.primes;
    else if (token?.kind === 'sign' && token.sign.startsWith("'")) count += token.sign.length;
    else break;
  }
  const rest = sup.slice(at);
  return { count, rest: rest.length === 0 ? undefined : rest };
}

/** Whether KaTeX built this from `\overset`, `\underset` or `\stackrel`. */
function isLabelled(node: NodeOf<'supsub'>): boolean {
  return node.base?.type === 'op' && (node.base as { suppressBaseShift?: boolean }).suppressBaseShift !== undefined;
}

/** Letters, digits and blanks of `nodes`; undefined if there is anything else. */
function plainText(nodes: readonly KatexNode[]): string | undefined {
  let text = '';
  for (const node of nodes) {
    if (node.type === 'mathord' || node.type === 'textord') text += node.text;
    else if (node.type === 'atom') text += node.text;
    else if (node.type === 'spacing') text += ' ';
    else if (node.type === 'ordgroup' || node.type === 'text' || node.type === 'styling') {
      const inner = plainText(node.body);
      if (inner === undefined) return undefined;
      text += inner;
    } else if (node.type === 'font') {
      const inner = plainText([node.body]);
      if (inner === undefined) return undefined;
      text += inner;
    } else if (node.type !== 'kern') return undefined;
  }
  return text;
}

/** The end of the last place that `node` or anything in it names. */
function lastPlace(node: KatexNode, source: string): number {
  const own = placeOf(node, source)?.end ?? 0;
  if (!('body' in node) || node.body === undefined) return own;
  const parts = (Array.isArray(node.body) ? node.body.flat() : [node.body]) as KatexNode[];
  return parts.reduce((end, part) => Math.max(end, lastPlace(part, source)), own);
}

/** The last text in `nodes`, which names what a macro of KaTeX such as `\neq` stands for. */
function lastText(nodes: readonly KatexNode[]): string {
  const last = nodes.at(-1);
  if (last === undefined) return '';
  if ('text' in last) return last.text;
  if (!('body' in last) || last.body === undefined) return '';
  return lastText((Array.isArray(last.body) ? last.body.flat() : [last.body]) as KatexNode[]);
}

/** The first of the ascending `places` at or after `from`. */
function firstFrom(places: readonly number[], from: number): number | undefined {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return places[low];
}
