/**
 * Displays as people write them. micromark's own construct wants both fences on lines of their own and reads on to the
 * end of the document where the closing one is not; this one stands in its place, gives the same tokens, and reads
 *
 *     $$ \begin{aligned}        content behind the opening fence
 *     a &= b \end{aligned}$$    a closing fence behind content
 *     $$ {#eq-a}                a label of Quarto, pandoc-crossref or kramdown behind it
 *     $$ (eq-a)                 a label of MyST
 *     $$, where $b$ is          prose behind it, which may open the next display
 *
 * Tabs, lists and quotes are micromark's business, so places stay exact.
 */

import type { Root } from 'mdast';
import type { Math as MathBlock } from 'mdast-util-math';
import { factorySpace } from 'micromark-factory-space';
import { markdownLineEnding, markdownSpace } from 'micromark-util-character';
import type { Code, Construct, Event, Extension, ParseContext, State, Tokenizer } from 'micromark-util-types';
import { visit } from 'unist-util-visit';

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    mathFlow: 'mathFlow';
    mathFlowFence: 'mathFlowFence';
    mathFlowFenceSequence: 'mathFlowFenceSequence';
    mathFlowValue: 'mathFlowValue';
    /** What stands beside a fence and is nothing to show: a label, or a fence that closes what is closed. */
    displayMargin: 'displayMargin';
  }
}

const dollar = 36;
const backslash = 92;

/** How far back a paragraph is looked at, in characters and in events of the parser. */
const longestLook = 10_000;

/** Where a display may end without a closing fence: with the document (or its container), or with its paragraph. */
export type Unclosed = 'document' | 'paragraph';

/**
 * The extension for a parser that has remark-math, wherever in the list it stands; without remark-math it does nothing.
 * `endsWith` says where displays end that nothing closes: all of them, or those that begin at the offsets of a set.
 */
export function displays(endsWith: Unclosed | ReadonlySet<number> = 'document'): Extension {
  const endsEarly = (offset: number): boolean =>
    typeof endsWith === 'string' ? endsWith === 'paragraph' : endsWith.has(offset);
  return {
    flow: { [dollar]: { name: 'displayFlow', tokenize: tokenizerFor(endsEarly), concrete: true } },
    disable: { null: ['mathFlow'] },
  };
}

/** The line behind a display that its list or quote has cut off: a fence that stands there was meant to close it. */
const cutOff = new WeakMap<ParseContext, number>();

function tokenizerFor(endsEarly: (offset: number) => boolean): Tokenizer {
  return function tokenizeDisplay(effects, ok, nok) {
    const self = this;
    const indent = indentBefore(self.events[self.events.length - 1]);
    let size = 0;
    let early = false;
    /** Where the opening fence stands. */
    let fence = self.now();
    /** Dollar signs that opened mathematics within the prose behind a display. */
    let pair = 0;
    return start;

    function start(code: Code): State | undefined {
      const hasMath = [self.parser.constructs.flow[dollar] ?? []].flat().some(({ name }) => name === 'mathFlow');
      if (!hasMath) return nok(code);
      if (cutOff.get(self.parser) === self.now().line) return effects.attempt(strayFence, ok, open)(code);
      return open(code);
    }

    function open(code: Code): State | undefined {
      size = 0;
      fence = self.now();
      early = endsEarly(fence.offset);
      effects.enter('mathFlow');
      effects.enter('mathFlowFence');
      effects.enter('mathFlowFenceSequence');
      return openingSequence(code);
    }

    function openingSequence(code: Code): State | undefined {
      if (code === dollar) {
        size++;
        effects.consume(code);
        return openingSequence;
      }
      if (size < 2) return nok(code);
      effects.exit('mathFlowFenceSequence');
      return factorySpace(effects, afterOpening, 'whitespace')(code);
    }

    function afterOpening(code: Code): State | undefined {
      effects.exit('mathFlowFence');
      // A display that ends on its first line is the paragraph's, as it is to remark-math.
      return effects.check(lineWithoutDollar, self.interrupt === true ? interrupt : valueStart, nok)(code);
    }

    /** The line before belongs to a paragraph; if that has opened a display, this is its closing fence. */
    function interrupt(code: Code): State | undefined {
      return opensDisplay(paragraphBefore()) ? nok(code) : ok(code);
    }

    function valueStart(code: Code): State | undefined {
      if (isEnd(code)) return lineEnd(code);
      effects.enter('mathFlowValue');
      return value(code);
    }

    function value(code: Code): State | undefined {
      if (isEnd(code)) {
        effects.exit('mathFlowValue');
        return lineEnd(code);
      }
      if (code === dollar) return effects.check(closing(), closeValue, valueDollars)(code);
      effects.consume(code);
      return code === backslash ? valueEscape : value;
    }

    function valueEscape(code: Code): State | undefined {
      if (isEnd(code)) return value(code);
      effects.consume(code);
      return value;
    }

    function valueDollars(code: Code): State | undefined {
      if (code !== dollar) return value(code);
      effects.consume(code);
      return valueDollars;
    }

    function closeValue(code: Code): State | undefined {
      effects.exit('mathFlowValue');
      return effects.attempt(closing(), close, nok)(code);
    }

    function lineEnd(code: Code): State | undefined {
      if (code === null) return cut(code);
      return effects.attempt(nonLazyLine, lineStart, cut)(code);
    }

    function lineStart(code: Code): State | undefined {
      if (early && isEnd(code)) return end(code);
      return effects.attempt(closing(), close, lineContent)(code);
    }

    function lineContent(code: Code): State | undefined {
      if (code === null) return cut(code);
      return indent > 0 ? factorySpace(effects, valueStart, 'linePrefix', indent + 1)(code) : valueStart(code);
    }

    /** The document or the container is at its end, before this line or with it, and nothing closes the display. */
    function cut(code: Code): State | undefined {
      cutOff.set(self.parser, self.now().line + (code === null ? 0 : 1));
      return end(code);
    }

    function end(code: Code): State | undefined {
      effects.exit('mathFlow');
      return ok(code);
    }

    function close(code: Code): State | undefined {
      effects.exit('mathFlow');
      return factorySpace(effects, behind, 'whitespace')(code);
    }

    /** Behind the closing fence and blanks. */
    function behind(code: Code): State | undefined {
      if (isEnd(code)) return ok(code);
      return code === dollar ? effects.check(openingLine, open, prose)(code) : effects.attempt(label, ok, prose)(code);
    }

    function prose(code: Code): State | undefined {
      pair = 0;
      effects.enter('paragraph');
      effects.enter('chunkText', { contentType: 'text' });
      return proseInside(code);
    }

    function proseInside(code: Code): State | undefined {
      if (isEnd(code)) return ok(endProse(code));
      if (code === dollar) {
        size = 0;
        return pair === 0 ? effects.check(openingLine, reopen, proseDollars)(code) : proseDollars(code);
      }
      effects.consume(code);
      return code === backslash ? proseEscape : proseInside;
    }

    function proseEscape(code: Code): State | undefined {
      if (isEnd(code)) return proseInside(code);
      effects.consume(code);
      return proseInside;
    }

    function proseDollars(code: Code): State | undefined {
      if (code === dollar) {
        size++;
        effects.consume(code);
        return proseDollars;
      }
      if (pair === 0) pair = size;
      else if (pair === size) pair = 0;
      return proseInside(code);
    }

    function reopen(code: Code): State | undefined {
      return open(endProse(code));
    }

    function endProse(code: Code): Code {
      effects.exit('chunkText');
      effects.exit('paragraph');
      return code;
    }

    /** A fence that closes the display, with what stands before it on a line of its own. */
    function closing(): Construct {
      const least = size;
      return {
        partial: true,
        tokenize: (effects, ok, nok) => {
          let found = 0;
          return factorySpace(effects, begin, 'linePrefix');

          function begin(code: Code): State | undefined {
            if (code !== dollar) return nok(code);
            effects.enter('mathFlowFence');
            effects.enter('mathFlowFenceSequence');
            return sequence(code);
          }

          function sequence(code: Code): State | undefined {
            if (code === dollar) {
              found++;
              effects.consume(code);
              return sequence;
            }
            if (found < least) return nok(code);
            effects.exit('mathFlowFenceSequence');
            effects.exit('mathFlowFence');
            return ok(code);
          }
        },
      };
    }

    /** The paragraph that the line before belongs to; nothing where it is too long to be looked at for each line. */
    function paragraphBefore(): string {
      const end = self.events.length;
      for (let at = end - 1; at >= 0 && at > end - longestLook; at--) {
        const [kind, token] = self.events[at] as Event;
        if (kind !== 'enter' || token.type !== 'content') continue;
        const isLong = fence.offset - token.start.offset > longestLook;
        return isLong ? '' : self.sliceSerialize({ start: token.start, end: fence });
      }
      return '';
    }
  };
}

function indentBefore(event: Event | undefined): number {
  return event?.[1].type === 'linePrefix' ? event[2].sliceSerialize(event[1], true).length : 0;
}

function isEnd(code: Code): boolean {
  return code === null || markdownLineEnding(code);
}

/** A line of the same container, as the next one of the display has to be. */
const nonLazyLine: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    return (code) => {
      effects.enter('lineEnding');
      effects.consume(code);
      effects.exit('lineEnding');
      return (next) => (this.parser.lazy[this.now().line] === true ? nok(next) : ok(next));
    };
  },
};

/** The rest of a line, if no dollar sign stands in it. */
const lineWithoutDollar: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    return (code) => {
      if (isEnd(code)) return ok(code);
      effects.enter('displayMargin');
      return inside(code);
    };
    function inside(code: Code): State | undefined {
      if (code === dollar) return nok(code);
      if (!isEnd(code)) {
        effects.consume(code);
        return inside;
      }
      effects.exit('displayMargin');
      return ok(code);
    }
  },
};

/** A fence behind which the line holds no other: it opens a display of several lines. */
const openingLine: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    let size = 0;
    return (code) => {
      effects.enter('displayMargin');
      return sequence(code);
    };
    function sequence(code: Code): State | undefined {
      if (code === dollar) {
        size++;
        effects.consume(code);
        return sequence;
      }
      effects.exit('displayMargin');
      return size < 2 ? nok(code) : effects.check(lineWithoutDollar, ok, nok)(code);
    }
  },
};

/** `{#eq-a}` or `(eq-a)` at the end of a line. A number in round brackets is there to be read, and no label. */
const label: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    let text = '';
    return (code) => {
      effects.enter('displayMargin');
      return inside(code);
    };
    function inside(code: Code): State | undefined {
      if (!isEnd(code)) {
        text += code === null || code < 0 ? ' ' : String.fromCharCode(code);
        effects.consume(code);
        return inside;
      }
      effects.exit('displayMargin');
      return labelForm.test(text) ? ok(code) : nok(code);
    }
  },
};

const labelForm = /^(?:\{[^{}]*\}|\([A-Za-z][^()\s]*\))\s*$/;

/** A fence on a line of its own. */
const strayFence: Construct = {
  partial: true,
  tokenize(effects, ok, nok) {
    let size = 0;
    return (code) => {
      effects.enter('displayMargin');
      return sequence(code);
    };
    function sequence(code: Code): State | undefined {
      if (code === dollar) size++;
      if (code === dollar || (size > 1 && markdownSpace(code))) {
        effects.consume(code);
        return sequence;
      }
      effects.exit('displayMargin');
      return size > 1 && isEnd(code) ? ok(code) : nok(code);
    }
  },
};

/** Whether a paragraph opens a display that it does not close. */
function opensDisplay(paragraph: string): boolean {
  for (let at = 0; at < paragraph.length; ) {
    const run = /^(?:\\.|`+|\$+)/s.exec(paragraph.slice(at, at + 64))?.[0];
    at += run?.length ?? 1;
    if (run === undefined || run.startsWith('\\')) continue;
    const close = endOfRun(paragraph, run, at);
    if (close !== undefined) at = close;
    else if (run.startsWith('$$')) return true;
  }
  return false;
}

/** Where the next run of exactly these signs ends. */
function endOfRun(text: string, run: string, from: number): number | undefined {
  const sign = run.charAt(0);
  for (let at = text.indexOf(run, from); at >= 0; at = text.indexOf(run, at)) {
    let end = at;
    while (text.charAt(end) === sign) end++;
    if (end - at === run.length) return end;
    at = end;
  }
  return undefined;
}

/** What is said of a display that nothing closes. */
export const unclosedDisplay = 'this display is never closed, it ends with its paragraph';

/** The displays of a tree that nothing closes. */
export function unclosedDisplays(tree: Root, document: string): MathBlock[] {
  const found: MathBlock[] = [];
  visit(tree, 'math', (node: MathBlock) => {
    const start = node.position?.start.offset;
    const end = node.position?.end.offset;
    if (start === undefined || end === undefined) return;
    const written = document.slice(start, end).replace(/^\$+/, '').trimEnd();
    // A fence outside the list or quote counts too.
    if (!written.endsWith('$$') && !/^(?:\r?\n|\r)?[ \t>]*\$\$+[ \t]*(?:[\r\n]|$)/.test(document.slice(end, end + 200)))
      found.push(node);
  });
  return found;
}
