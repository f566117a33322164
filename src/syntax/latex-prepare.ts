/**
 * What is done to LaTeX before KaTeX sees it: refusals in one linear pass, and replacements of equal length, so that
 * every offset stays true.
 */

import { fail, type Span } from '../problem.ts';
import { deepestNesting } from './guard.ts';
import { letterCommands } from './latex-symbols.ts';

/** LaTeX that KaTeX can read, with what is needed to find places in it. */
export interface Prepared {
  /** As long as the source it comes from. */
  readonly text: string;
  /** The opening brace of each closing one. */
  readonly opening: ReadonlyMap<number, number>;
  /** Where each command begins, in order. */
  readonly commands: ReadonlyMap<string, readonly number[]>;
  /** Line breaks outside of all groups and brackets; none where rows say themselves where they end. */
  readonly lines: readonly number[];
}

/** Commands that change what other commands mean, or that reach outside a formula. */
const refusedCommands = new Set(
  'def gdef edef xdef let futurelet global long newcommand renewcommand providecommand newenvironment DeclareMathOperator href url includegraphics htmlClass htmlId htmlStyle htmlData htmlExtend char verb catcode input include csname endcsname expandafter noexpand write openin openout read special require loop mathchoice begingroup endgroup bgroup egroup'.split(
    ' ',
  ),
);

/** Commands that say how something looks, and nothing about what it means. */
const silentCommands = new Set(
  'nonumber notag displaystyle textstyle scriptstyle scriptscriptstyle limits nolimits thinspace negthinspace medspace thickspace negmedspace negthickspace allowbreak nobreak hfill strut mathstrut noindent , ! ; : > /'.split(
    ' ',
  ),
);

/** Commands whose argument is no part of the formula. */
const silentArguments = new Set(
  'label tag intertext shortintertext ref eqref cite color vspace hphantom vphantom phantom'.split(' '),
);

/** Commands that KaTeX lacks, bold of unicode-math among them, and those that say the same; none is longer than what it stands for. */
const otherCommands: ReadonlyMap<string, string> = new Map([
  ['mbox', '\\text'],
  ['symbf', '\\bm'],
  ['symbfup', '\\bm'],
  ['symbfit', '\\bm'],
]);

/** Environments that KaTeX lacks, and one it has that is no longer. */
const environments: Readonly<Record<string, string>> = {
  eqnarray: 'aligned',
  'eqnarray*': 'aligned',
  flalign: 'aligned',
  'flalign*': 'aligned',
  multline: 'gathered',
  'multline*': 'gathered',
  dmath: 'split',
  'dmath*': 'split',
  displaymath: 'gathered',
  IEEEeqnarray: 'aligned',
  'IEEEeqnarray*': 'aligned',
};

/** Prepares `source`, which is in plain signs. Throws for what no formula holds; the message has the span in `source`. */
export function prepareLatex(source: string): Prepared {
  const scan = new Scan(source);
  scan.run();
  return { text: scan.text(), opening: scan.opening, commands: scan.commands, lines: scan.hasRows ? [] : scan.lines };
}

/** Environments of rows that stand open. */
const layouts = /^(?:align|gather|split|eqnarray|flalign|multline|dmath|displaymath|IEEEeqnarray|equation)/;

interface Opened extends Span {
  readonly what: '{' | '\\left' | 'environment';
  readonly name: string;
}

const tokens =
  /\\(left|right)(?![A-Za-z])\s*(?:\\[A-Za-z]+|\\[\s\S]|[^\\{}])|\\(begin|end)\s*\{([^{}\\]*)\}|\\([A-Za-z]+)|\\([\s\S])|%[^\n]*|\n[ \r]*(?=\n)|\n|[{}&()[\]]/g;

/** One pass over the source that keeps the stack of open groups and collects the replacements. */
class Scan {
  readonly opening = new Map<number, number>();
  readonly commands = new Map<string, number[]>();
  readonly lines: number[] = [];
  hasRows = false;
  private readonly source: string;
  private readonly parts: string[] = [];
  private copied = 0;
  private readonly stack: Opened[] = [];
  private brackets = 0;

  constructor(source: string) {
    this.source = source;
  }

  run(): void {
    tokens.lastIndex = 0;
    for (let found = tokens.exec(this.source); found !== null; found = tokens.exec(this.source)) {
      const resume = this.token(found) ?? found.index + found[0].length;
      tokens.lastIndex = resume;
    }
    const left = this.stack[0];
    if (left !== undefined) refuseUnclosed(left);
  }

  text(): string {
    return this.parts.join('') + this.source.slice(this.copied);
  }

  /** Handles one token; the result, if any, is where to go on. */
  private token(found: RegExpExecArray): number | undefined {
    const [text, side, boundary, environment, word, sign] = found;
    const at = found.index;
    const end = at + text.length;
    if (side !== undefined) this.fence(side, at, end);
    else if (boundary !== undefined) return this.environment(boundary, environment ?? '', at, end);
    else if (word !== undefined) return this.command(word, at, end);
    else if (sign !== undefined) this.sign(sign, at, end);
    else if (text.startsWith('%')) this.replace(at, end, '');
    else if (text === '\n' && this.source.charAt(end) !== '\n') this.line(at);
    else if (text.startsWith('\n')) return this.blankLine(at, end);
    else this.bracket(text, at);
    return undefined;
  }

  private fence(side: string, at: number, end: number): void {
    this.note(`\\${side}`, at);
    if (side === 'left') this.open({ what: '\\left', name: '', start: at, end });
    else this.close('\\left', at, end);
  }

  private environment(boundary: string, name: string, at: number, end: number): number | undefined {
    if (layouts.test(name)) this.hasRows = true;
    if (boundary === 'begin') this.open({ what: 'environment', name, start: at, end });
    else this.close('environment', at, end, name);
    const known = environments[name];
    if (known !== undefined) this.replace(at, end, `\\${boundary}{${known}}`);
    if (boundary === 'begin' && name.startsWith('IEEEeqnarray')) return this.silenceArgument(end, end);
    return undefined;
  }

  private command(word: string, at: number, end: number): number | undefined {
    if (refusedCommands.has(word)) {
      fail({
        code: 'unsupported-notation',
        message: `\\${word} can't be used in a formula here`,
        span: { start: at, end },
        hint: 'write the formula without it',
      });
    }
    const known = otherCommands.get(word);
    if (known !== undefined) {
      this.replace(at, end, known);
      this.note(known, at);
    } else if (silentCommands.has(word)) this.replace(at, end, '');
    else if (silentArguments.has(word)) return this.silenceArgument(at, end);
    else this.note(`\\${word}`, at);
    return undefined;
  }

  private sign(sign: string, at: number, end: number): void {
    if (sign === '\\' && this.stack.length === 0) this.hasRows = true;
    if (silentCommands.has(sign)) this.replace(at, end, '');
    else if (sign === '\\' && this.stack.some((open) => open.name.startsWith('multline'))) this.replace(at, end, '');
  }

  private line(at: number): void {
    if (this.stack.length === 0 && this.brackets === 0) this.lines.push(at);
  }

  /** A blank line between formulas ends a row, as in the math directive of reStructuredText. */
  private blankLine(at: number, end: number): number {
    if (this.stack.length === 0) this.replace(at, end + 1, '\\\\');
    return end + 1;
  }

  private bracket(text: string, at: number): void {
    if (text === '{') this.open({ what: '{', name: '', start: at, end: at + 1 });
    else if (text === '}') this.close('{', at, at + 1);
    else if (text === '&') {
      if (this.stack.length === 0) {
        this.hasRows = true;
        this.align(at);
      }
    } else if (text === '(' || text === '[') {
      this.brackets++;
      this.guardDepth(at);
    } else this.brackets = Math.max(0, this.brackets - 1);
  }

  /** An `&` outside of any environment stands at a relation or a sign; between two operands it would make a product. */
  private align(at: number): void {
    const after = this.source.slice(at + 1, at + 40).trimStart();
    const before = this.source.slice(Math.max(0, at - 40), at).trimEnd();
    if (beginsOperand(after) && endsOperand(before)) {
      fail({
        code: 'unsupported-notation',
        message: 'this & stands between two parts that no sign joins',
        span: { start: at, end: at + 1 },
        hint: 'put it beside a relation, or leave it out',
      });
    }
    this.replace(at, at + 1, '');
  }

  private open(group: Opened): void {
    this.stack.push(group);
    this.guardDepth(group.start);
  }

  private close(what: Opened['what'], at: number, end: number, name = ''): void {
    const group = this.stack.pop();
    if (group === undefined) {
      fail({
        code: 'unopened-group',
        message: `this ${closingNames[what]} was never opened`,
        span: { start: at, end },
        hint: 'remove it, or add the opening one before it',
      });
    }
    if (group.what !== what || group.name !== name) refuseUnclosed(group);
    if (what === '{') this.opening.set(at, group.start);
  }

  private guardDepth(at: number): void {
    if (this.stack.length + this.brackets <= deepestNesting) return;
    fail({
      code: 'nesting-too-deep',
      message: `groups are nested deeper than ${deepestNesting} levels`,
      span: { start: at, end: at + 1 },
      hint: 'name inner parts: y = ..., then use y',
    });
  }

  private note(command: string, at: number): void {
    const places = this.commands.get(command);
    if (places === undefined) this.commands.set(command, [at]);
    else places.push(at);
  }

  /** Blanks from `from` to the end of the `{...}` at `at`; the result is where that is, if an argument stands there. */
  private silenceArgument(from: number, at: number): number | undefined {
    const start = this.source.slice(at, at + 80).search(/[^ \n*]/);
    if (start < 0 || this.source.charAt(at + start) !== '{') return undefined;
    let depth = 0;
    for (let end = at + start; end < this.source.length; end++) {
      const character = this.source.charAt(end);
      if (character === '\\') end++;
      else if (character === '{') depth++;
      else if (character === '}' && --depth === 0) {
        this.replace(from, end + 1, '');
        return end + 1;
      }
    }
    return refuseUnclosed({ what: '{', name: '', start: at + start, end: at + start + 1 });
  }

  /** Puts `text`, filled up with blanks, in the place of what stands from `start` to `end`. */
  private replace(start: number, end: number, text: string): void {
    this.parts.push(this.source.slice(this.copied, start), text.padEnd(end - start));
    this.copied = end;
  }
}

function beginsOperand(text: string): boolean {
  const [command] = /^\\[A-Za-z]+/.exec(text) ?? [];
  return command === undefined ? /^[\p{L}\d({[]/u.test(text) : letterCommands.has(command) || command === '\\frac';
}

function endsOperand(text: string): boolean {
  const [command] = /\\[A-Za-z]+$/.exec(text) ?? [];
  return command === undefined ? /[\p{L}\d)}\]]$/u.test(text) : letterCommands.has(command);
}

const closingNames = { '{': 'brace', '\\left': '\\right', environment: '\\end' } as const;

function refuseUnclosed(group: Opened): never {
  const what = group.what === '{' ? 'brace' : group.what === '\\left' ? '\\left' : `\\begin{${group.name}}`;
  const missing = group.what === '{' ? '}' : group.what === '\\left' ? '\\right' : `\\end{${group.name}}`;
  return fail({
    code: 'unclosed-group',
    message: `this ${what} is never closed`,
    span: { start: group.start, end: group.end },
    hint: `add ${missing}`,
  });
}
