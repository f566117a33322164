/**
 * KaTeX's tree as a list of tokens, each with its place. Scripts follow what they belong to as tokens of their own;
 * brackets stay flat, as KaTeX leaves them.
 */

import type { Span } from '../problem.ts';
import { functionWords } from './functions.ts';
import { type KatexNode, parseKatex, placeOf } from './katex-tree.ts';
import { lastText, plainText } from './latex-plain.ts';
import { prepareLatex } from './latex-prepare.ts';
import { joinSpelled } from './latex-spelled.ts';
import { bars, closings, refusedOperators } from './latex-symbols.ts';
import type { Member, Token } from './latex-token.ts';
import { WordScan } from './latex-words.ts';

type NodeOf<Type extends KatexNode['type']> = Member<KatexNode, 'type', Type>;

/**
 * Reads LaTeX into tokens, with the line breaks between statements in the order of the source. Throws for what KaTeX refuses; what
 * only we refuse becomes a token `refused`.
 */
export function readLines(source: string): { readonly tokens: Token[]; readonly lines: readonly number[] } {
  const prepared = prepareLatex(source);
  const scan = new TokenScan(prepared);
  return { tokens: scan.list(parseKatex(prepared.text)), lines: prepared.lines };
}

type Readers = {
  readonly [Type in KatexNode['type']]: (scan: TokenScan, node: NodeOf<Type>) => void;
};

/** How each type of KaTeX's nodes is read. */
const readers: Readers = {
  mathord: (scan, node) => scan.symbol(node.text, node),
  textord: (scan, node) => scan.symbol(node.text, node),
  atom: (scan, node) => scan.symbol(node.text, node),
  spacing: (scan, node) => scan.passOver(node),
  kern: (scan, node) => {
    const { number, unit } = node.dimension;
    scan.passSpace();
    if (unit === 'em' ? number >= 0.9 : unit !== 'mu' && unit !== 'ex') scan.mark('gap');
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
    if (node.left === '.' && (bars.get(node.right) === '|' || closings.get(node.right) === '[')) {
      const open = scan.fencePlace('\\left');
      scan.delimiter('.', 'open', open);
      const content = scan.part(node.body);
      const close = scan.fencePlace('\\right');
      scan.delimiter('.', 'close', close);
      scan.put({ kind: 'group', content, isTaken: true, start: open.start, end: close.end });
      return;
    }
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
  cr: (scan) => scan.endRow(),
  htmlmathml: (scan, node) => scan.symbol(lastText(node.mathml), node),
};

/** Walks KaTeX's tree in the order of the source. */
class TokenScan extends WordScan {
  private depth = 0;

  all(nodes: readonly KatexNode[]): void {
    for (const node of nodes) {
      const read = readers[node.type] as ((scan: TokenScan, node: KatexNode) => void) | undefined;
      if (read === undefined) this.add({ kind: 'refused', what: `the command ${this.commandName()}` }, node);
      else read(this, node);
    }
  }

  /** The tokens of `nodes` as a list of their own. */
  override part(nodes: readonly KatexNode[]): Token[] {
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

  /** A group in braces. One that holds a single name is that name; one around a whole layout stands open. */
  group(node: NodeOf<'ordgroup'>): void {
    const place = placeOf(node, this.prepared.text);
    if (node.loc === undefined || (this.depth === 0 && node.body.length === 1 && node.body[0]?.type === 'array')) {
      this.all(node.body);
      return;
    }
    const content = this.part(node.body);
    const [only] = content;
    if (content.length === 1 && only !== undefined && only.kind !== 'sign' && !this.isArgument()) this.put(only);
    else {
      const start = place?.start ?? only?.start ?? this.cursor;
      this.put({ kind: 'group', content, start, end: place?.end ?? content.at(-1)?.end ?? start });
    }
    this.cursor = Math.max(this.cursor, place?.end ?? 0);
  }

  /** Whether a group stands behind a function: `\\sin{x} y` is sin(x) y, and `\\sin x y` is not. */
  isArgument(): boolean {
    const [first, second] = [this.tokens.at(-1)?.kind, this.tokens.at(-2)?.kind];
    return first === 'function' || (first === 'script' && second === 'function');
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
  protected labelled(node: NodeOf<'supsub'>): void {
    const { base } = node;
    const start = this.commandStart();
    const content = this.part(base?.type === 'op' ? (base.body ?? []) : base ? [base] : []);
    const marked = isLabelled(node) && node.sup ? markedName(content, node.sup) : undefined;
    const relation = content.find((token) => token.kind === 'relation');
    if (marked !== undefined) this.put({ ...marked, ...this.closedFrom(start) });
    else if (relation !== undefined && content.length === 1) this.put(relation);
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
    else if (functionWords.has(name) || refusedOperators.has(name)) this.word(name, node);
    else if (name === 'int' || name === '∫') this.add({ kind: 'refused', what: 'an integral', isIntegral: true }, node);
    else this.add({ kind: 'refused', what: name.includes('int') ? 'an integral' : `the operator \\${name}` }, node);
  }

  fraction(node: NodeOf<'genfrac'>): void {
    const command = this.commandStart();
    const over = this.part([node.numer]);
    const under = this.part([node.denom]);
    const span = this.closedFrom(this.prepared.text.startsWith('\\', command) ? command : (over[0]?.start ?? command));
    if (node.hasBarLine) this.put({ kind: 'fraction', over, under, ...span });
    else if (node.leftDelim === '(') this.put(binomial(over, under, span));
    else this.put({ kind: 'refused', what: 'a fraction without its bar', ...span });
  }

  rows(node: NodeOf<'array'>): void {
    const isLayout =
      node.colSeparationType !== undefined || node.hskipBeforeAndAfter === true || node.tags !== undefined;
    const start = this.commandStart();
    const begin = /^\\begin\s*\{[^{}]*\}(?:\s*\[[^\]]*\])?(?:(?<=array\}|at\*?\})\s*\{[^{}]*\})?/;
    this.cursor = start + (begin.exec(this.prepared.text.slice(start, start + 200))?.[0].length ?? 0);
    const open = this.tokens.at(-1);
    const isCases = open?.kind === 'open' && open.sign === '{';
    const isOpen = isLayout && !isCases && this.depth === 0;
    const cells = node.body.map((row) => row.map((cell) => (isOpen ? this.list([cell]) : this.part([cell]))));
    if (isOpen) {
      const marked = cells.flatMap((row, at) => {
        const joined = row.flatMap((cell, column) =>
          column > 0 && column % 2 === 0 ? [this.boundary('gap', cell), ...cell] : cell,
        );
        return at > 0 ? [this.boundary('break', joined), ...joined] : joined;
      });
      for (const token of marked) this.put(token);
    } else {
      const end = Math.max(this.cursor, start + 1);
      if (isCases) this.rewrite(1, { kind: 'cases', rows: cells, start: open.start, end });
      else if (isLayout) this.put({ kind: 'refused', what: 'an array inside a formula', start, end });
      else this.put({ kind: 'blocks', rows: cells, start, end });
    }
    this.cursor = Math.max(this.cursor, this.afterEnd());
  }
}

/** `\binom{n}{k}` as n!/(k! (n - k)!): DLMF 1.2.1. */
function binomial(above: readonly Token[], below: readonly Token[], span: Span): Token {
  const sign = (text: string): Token => ({ kind: 'sign', sign: text, ...span });
  const [n, k] = [above, below].map((content): Token => ({ kind: 'group', content, ...span })) as [Token, Token];
  const difference: Token = { kind: 'group', content: [n, sign('-'), k], ...span };
  return { kind: 'fraction', over: [n, sign('!')], under: [k, sign('!'), difference, sign('!')], ...span };
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

/** A single letter with something above it is another name; three or four dots are set so by KaTeX. */
function markedName([name, second]: readonly Token[], above: KatexNode): Token | undefined {
  if (name?.kind !== 'name' || name.upright || second !== undefined) return undefined;
  const dots = /^\.{3,4}$/.exec(lettersIn(above))?.[0].length;
  if (dots === undefined) return { ...name, kind: 'refused', what: 'a mark above a letter' };
  return { ...name, name: `${name.name}_${'d'.repeat(dots - 1)}dot` };
}

/** The letters of a node, whatever they are set in. */
function lettersIn(node: KatexNode): string {
  if ('text' in node) return node.text;
  if (!('body' in node)) return '';
  return [node.body as KatexNode | KatexNode[]].flat().map(lettersIn).join('');
}

/** Whether KaTeX built this from `\overset`, `\underset` or `\stackrel`. */
function isLabelled(node: NodeOf<'supsub'>): boolean {
  return node.base?.type === 'op' && (node.base as { suppressBaseShift?: boolean }).suppressBaseShift !== undefined;
}
