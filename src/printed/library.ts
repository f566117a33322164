/** The printers of the library: their pages carry a certificate of what stands on them. */

import type { Result } from '../derivation/derivation.ts';
import type { LatexOptions } from '../render/latex.ts';
import type { MarkdownOptions } from '../render/markdown.ts';
import type { TerminalOptions } from '../render/terminal.ts';
import { scanSource } from '../syntax/read.ts';
import { latexPage, markdownPage, terminalPage } from './pages.ts';

/**
 * `derived` as a fragment without preamble: sentences and `align*`. No name in it can act as a command. Its formulas are read
 * back from it; where one is another than was verified, its certificate says so. Total.
 */
export function toLatex(derived: Result, options: LatexOptions = {}): string {
  return latexPage(derived, options, scanSource).text;
}

/** `derived` as Markdown that ends in a line break, checked as {@link toLatex} is. Every formula is valid for KaTeX. Total. */
export function toMarkdown(derived: Result, options: MarkdownOptions = {}): string {
  return markdownPage(derived, options, scanSource).text;
}

/** `derived` as lines of text that end in a line break. Its answer is read back from them, as {@link toLatex} does. Total. */
export function toTerminal(derived: Result, options: TerminalOptions = {}): string {
  return terminalPage(derived, options).text;
}
