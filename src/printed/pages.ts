/** Pages whose own formulas are certified: each printer of `render/`, its page read back in the notation that it is in. */

import type { Certificate } from '../certificate.ts';
import type { Result } from '../derivation/derivation.ts';
import { wordsOf } from '../explain/explain.ts';
import { withOutput } from '../explain/output.ts';
import type { Language } from '../explain/words.ts';
import { readStatements } from '../meaning/read.ts';
import { type LatexOptions, toLatex as printLatex } from '../render/latex.ts';
import { type MarkdownOptions, toMarkdown as printMarkdown } from '../render/markdown.ts';
import { toTerminal as printTerminal, type TerminalOptions } from '../render/terminal.ts';
import type { Reader } from '../syntax/statement.ts';
import { readText } from '../syntax/text.ts';
import { certifyPage, type ReadFormulas } from './certify.ts';
import { expectedOf } from './expected.ts';
import { type Shown, shownInLatex, shownInTerminal } from './shown.ts';

/** A page, and the result with what the page adds to its certificates. */
export interface Page {
  readonly text: string;
  readonly result: Result;
}

interface Options {
  readonly lang?: Language;
  readonly expand?: boolean;
}

/** A page for the terminal. Its answer is read back, and not each step, which would take as long as printing does. */
export function terminalPage(result: Result, options: TerminalOptions): Page {
  const shownOn = (page: string): Shown[] => shownInTerminal(page, leadsIn(options.lang ?? 'en'));
  return certified(result, options, { print: printTerminal, shownOn, read: readText, steps: false });
}

/** Words that stand before formulas in their lines. */
function leadsIn(language: Language): string[] {
  const { let: given, soThat, where, update } = wordsOf(language).derivation;
  const leads = [given, soThat.replace('{equation}', ''), where.replace('{lets}', ''), update];
  return leads.map((lead) => lead.trim()).filter((lead) => lead !== '');
}

/** A page in LaTeX, read back by `read`. */
export function latexPage(result: Result, options: LatexOptions, read: Reader): Page {
  return certified(result, options, { print: printLatex, shownOn: shownInLatex, read: latexBy(read), steps: true });
}

/** A page in Markdown, whose formulas are LaTeX, read back by `read`. */
export function markdownPage(result: Result, options: MarkdownOptions, read: Reader): Page {
  return certified(result, options, { print: printMarkdown, shownOn: shownInLatex, read: latexBy(read), steps: true });
}

const latexBy =
  (read: Reader): ReadFormulas =>
  (text) =>
    readStatements(read, text, 'latex');

interface Way<O> {
  readonly print: (result: Result, options?: O) => string;
  readonly shownOn: (page: string) => Shown[];
  readonly read: ReadFormulas;
  readonly steps: boolean;
}

function certified<O extends Options>(result: Result, options: O, { print, shownOn, read, steps }: Way<O>): Page {
  const text = print(result, options);
  // What nobody asked to verify, or is known to be wrong, has nothing to lose.
  const { answer } = result;
  if (answer === undefined || answer.verdict === 'fails' || answer.reason === 'not-requested') return { text, result };
  const expected = expectedOf(withOutput(result), { expand: options.expand === true, steps });
  const found = certifyPage(result, expected, shownOn(text), read);
  if (found === undefined || (found.verdict === 'unknown' && answer.verdict === 'unknown')) return { text, result };
  const told = withAnswer(result, found);
  return { text: print(told, options), result: told };
}

function withAnswer(result: Result, answer: Certificate): Result {
  return { ...result, answer, ...(answer.verdict === 'fails' ? { certificate: answer } : {}) };
}
