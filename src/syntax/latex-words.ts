/** Words, fonts and accents as tokens: what makes a name of letters, and what a name is marked with. */

import type { Span } from '../problem.ts';
import { functionWords } from './functions.ts';
import { type KatexNode, placeOf } from './katex-tree.ts';
import { lastPlace, plainText } from './latex-plain.ts';
import { SignScan } from './latex-signs.ts';
import { accents, conditions, connectives, otherwise, refusedOperators } from './latex-symbols.ts';
import type { Member, Token, TokenOf } from './latex-token.ts';
import { canonicalName } from './names.ts';

/** Fonts that only change how one letter looks, and those that make a word of several. */
const boldFonts = new Set(['mathbf', 'boldsymbol', 'textbf', 'mathbfit', 'mathsfit']);
const wordFonts = new Set(['mathrm', 'mathit', 'mathsf', 'mathtt', 'textrm', 'textit', 'textsf', 'texttt']);

/** Collects tokens of words and of what fonts and accents enclose. */
export abstract class WordScan extends SignScan {
  /** The tokens of `nodes` as a list of their own. */
  abstract part(nodes: readonly KatexNode[]): Token[];

  /** What a command encloses, as if it stood there by itself. */
  enclosed(nodes: readonly KatexNode[]): void {
    const start = this.commandStart();
    const content = this.part(nodes);
    const [only] = content;
    if (content.length === 1 && only !== undefined) this.put(only);
    else if (content.length > 0) this.put({ kind: 'group', content, ...this.closedFrom(start) });
    this.closedFrom(start);
  }

  /** A word in upright letters: a function, a name, or one that is refused. */
  word(text: string, node: KatexNode): void {
    const start = placeOf(node, this.prepared.text)?.start ?? this.commandStart();
    const place = this.place(node);
    this.cursor = Math.max(this.cursor, place.end, lastPlace(node, this.prepared.text));
    const span = this.closedFrom(start);
    const name = text.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '');
    const known = functionWords.get(name) ?? functionWords.get(name.toLowerCase());
    if (name === 'mod') this.put({ kind: 'sign', sign: 'mod', ...span });
    else if (refusedOperators.has(text)) this.put({ kind: 'refused', what: `the operator ${text}`, ...span });
    else if (known !== undefined && name.length > 1)
      this.put({ kind: 'function', name: known, ...(/^ln$/i.test(name) ? { isNatural: true } : {}), ...span });
    else if (/^\p{L}[A-Za-z0-9_]*$/u.test(name)) {
      this.put({ kind: 'name', name: canonicalName(name), upright: true, bold: false, ...span });
    } else this.put({ kind: 'refused', what: `the word "${text}"`, ...span });
  }

  words(node: Member<KatexNode, 'type', 'text'>): void {
    const start = placeOf(node, this.prepared.text)?.start ?? this.commandStart();
    const holdsFormulas = node.body.some(isFormula);
    const text = holdsFormulas ? undefined : plainText(node.body);
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
    if (holdsFormulas) this.remark(node.body, span);
    else if (text === undefined) this.put({ kind: 'words', text: '…', ...span });
    else if (trimmed !== '' && !/^[.,;:]$/.test(trimmed)) this.put({ kind: 'words', text: trimmed, ...span });
    else this.cursor = span.end;
  }

  /**
   * Words with formulas among them, `\text{only \(i = j\) is left}`: a remark, of which no formula is the row's own. Behind
   * a condition's own word they are the condition, as in `\text{if $x > 0$}`.
   */
  private remark(body: readonly KatexNode[], span: Span): void {
    const at = body.findIndex(isFormula);
    const lead = (plainText(body.slice(0, at)) ?? '').trim();
    const isCondition = conditions.test(lead) && !/\s/.test(lead) && at === body.length - 1;
    this.put({ kind: 'words', text: lead === '' ? '…' : lead, ...span });
    if (isCondition) for (const token of this.part(body.slice(at))) this.put(token);
  }

  /** Whether a script begins right before `at`, where even "in" and "else" are names. */
  protected isScript(at: number): boolean {
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

  protected embolden(from: number): void {
    this.replaceFrom(from, function bold(token): Token {
      if (token.kind === 'name') return { ...token, bold: true };
      if (token.kind === 'group') return { ...token, content: token.content.map(bold) };
      return token.kind === 'number' ? vectorOf(token) : token;
    });
  }

  protected ornate(font: string, from: number): void {
    const refused: Readonly<Record<string, string>> =
      font === 'mathbb'
        ? { E: 'the expectation \\mathbb{E}', P: 'the probability \\mathbb{P}' }
        : { O: 'the order symbol \\mathcal{O}' };
    this.replaceFrom(from, (token) => {
      const what =
        token.kind === 'name'
          ? refused[token.name]
          : token.kind === 'number'
            ? `the number \\mathbb{${token.text}}`
            : undefined;
      if (token.kind === 'number' && token.text === '1') return vectorOf(token);
      return what === undefined ? token : { kind: 'refused', what, start: token.start, end: token.end };
    });
  }

  protected replaceFrom(from: number, change: (token: Token) => Token): void {
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
    this.put({ ...first, name, bold, ...(mark === 'vector' ? { arrow: true as const } : {}), start: span.start, end });
    if (second !== undefined) this.put({ ...second, end: span.end });
  }
}

/** A bold 1 is a name, the vector of ones where it is no indicator; a bold 0 is zero in every entry. */
function vectorOf(token: TokenOf<'number'>): Token {
  const span = { start: token.start, end: token.end };
  if (token.text === '1') return { kind: 'name', name: '1', upright: true, bold: true, ...span };
  if (token.text === '0') return token;
  return { kind: 'refused', what: `the bold number ${token.text}`, ...span };
}

function widen(token: Token | undefined, span: Span): Token {
  return { ...(token as Token), start: span.start, end: span.end };
}

/** What stands between dollar signs within words. */
function isFormula({ type }: KatexNode): boolean {
  return type === 'styling';
}
