/** The verb `build`: a note in Markdown, with the derivations that its blocks ask for, in another format. */

import { VFile } from 'vfile';
import { wordsOf } from '../explain/explain.ts';
import { unclosedDisplay } from '../notes/displays.ts';
import type { BuildFormat, Language } from '../options.ts';
import { markdownPage } from '../printed/pages.ts';
import { customaryDefinitions } from '../render/author-formula.ts';
import { scanSource } from '../syntax/read.ts';
import { deriveBlocks, type Memory, type Outcome } from './derive-blocks.ts';
import { type Address, type Draw, drawFigures, type Figures, imageAddress } from './figures.ts';
import { htmlPieces } from './html.ts';
import { latexLanguage } from './latex-language.ts';
import { markdownNote } from './markdown.ts';
import { type Note, readNote } from './note-outline.ts';
import { type Page, type Piece, sectionsOf } from './page.ts';
import { type PrintDerivation, type PrintedBlocks, printBlocks } from './print-blocks.ts';
import { type PrintedLanguage, printedPieces } from './printed.ts';
import { type ProseShapes, proseShapes } from './prose-shapes.ts';
import { openReport, type Report } from './report.ts';
import type { Styles } from './styles.ts';
import { fillTemplate } from './template.ts';
import { typstLanguage } from './typst-language.ts';

export interface BuildOptions {
  readonly format: BuildFormat;
  /** The language where neither the note nor a block names one. */
  readonly lang?: Language;
  readonly seed?: string;
  /** The template around the note, in Liquid; the body alone where there is none. Markdown takes none. */
  readonly template?: string;
  /** Style sheets for HTML, given the markup that they are for. */
  readonly styles?: (html: string) => Styles;
  /** An image that the note names, as a data URL; undefined where there is none. */
  readonly image?: (path: string) => string | undefined;
  /** Draws the model of a result as SVG, or says why it can't be drawn. */
  readonly figure?: Draw;
  /** Where the figures of Markdown are; in the note itself unless something is given. */
  readonly address?: Address;
  readonly memory?: Memory;
  /** Called after each block, with how many are done of how many. */
  readonly onBlock?: (done: number, of: number) => void;
}

export interface Built {
  readonly text: string;
  readonly outcomes: readonly Outcome[];
  /** Messages at their places: errors for blocks that could not be derived, warnings for what was left as it is. */
  readonly file: VFile;
}

/**
 * Builds `document`. A block that can't be derived stays in it, with a message in the file; nothing else that a note
 * holds is an error. Throws `MathError` for a note that can't be read at all, or a template that can't be used.
 */
export function buildNote(document: string, options: BuildOptions): Built {
  const report = openReport(new VFile(document));
  const note = readNote(document);
  const lang = options.lang ?? note.lang ?? 'en';
  for (const { start } of note.unclosed) report.warn(unclosedDisplay, 'display', { start, end: start + 2 });
  const outcomes = derive(note, proseShapes(document), { ...options, lang });
  for (const outcome of outcomes) if (outcome.kind === 'refused') report.refuse(outcome.problem, outcome.span);
  const figures = drawFigures(outcomes, options.format === 'tex' ? undefined : options.figure, report);
  const print = printerOf(options.format);
  const blocks = print === undefined ? { outcomes, texts: new Map() } : printBlocks(outcomes, print);
  const text =
    options.format === 'md'
      ? markdownNote(note, blocks, figures, options.address ?? imageAddress)
      : withLineEnds(
          document,
          framed(pieces(note, blocks, { ...options, lang, figures, report }), note, { ...options, lang }),
        );
  return { text, outcomes: blocks.outcomes, file: report.file };
}

/** `text` with the line ends of `document`, by its first one: what is quoted of it, what is ours and a template may differ. */
function withLineEnds(document: string, text: string): string {
  const end = /\r?\n/.exec(document)?.[0] ?? '\n';
  return end === '\n' && !text.includes('\r') ? text : text.replace(/\r?\n/g, end);
}

function derive(
  note: Note,
  shapes: ProseShapes,
  { format, lang, seed, memory, onBlock }: BuildOptions & { lang: Language },
): Outcome[] {
  const outcomes: Outcome[] = [];
  const defaults = {
    lang,
    everyStep: format === 'html',
    proseShapes: shapes,
    ...(seed === undefined ? {} : { seed }),
    ...(memory === undefined ? {} : { memory }),
  };
  for (const outcome of deriveBlocks(note.blocks, defaults)) {
    outcomes.push(outcome);
    onBlock?.(outcomes.length, note.blocks.length);
  }
  return outcomes;
}

interface Printing extends BuildOptions {
  readonly lang: Language;
  readonly figures: Figures;
  readonly report: Report;
}

function pieces(note: Note, blocks: PrintedBlocks, printing: Printing): Piece[] {
  const { lang, image = () => undefined, format, figures, report } = printing;
  if (format === 'html') return htmlPieces(note, blocks.outcomes, { lang, image, figures, report });
  return printedPieces(note, blocks, { language: languageOf[format as 'tex' | 'typ'], figures, report });
}

const languageOf: Readonly<Record<'tex' | 'typ', PrintedLanguage>> = {
  tex: latexLanguage,
  typ: typstLanguage,
};

/** How derivations are printed; a page of HTML draws its own. */
function printerOf(format: BuildOptions['format']): PrintDerivation | undefined {
  if (format === 'html') return undefined;
  if (format === 'md') return (result, options) => markdownPage(result, options, scanSource);
  return languageOf[format].derivation;
}

const noStyles: Styles = { page: '', fragment: '', preloads: '' };

/** The pieces in the template. */
function framed(pieces: readonly Piece[], note: Note, options: BuildOptions & { lang: Language }): string {
  const { format, lang, template = '{{ body | raw }}', styles = () => noStyles } = options;
  const body = pieces.map(({ content }) => content).join('\n\n');
  const sheets = format === 'html' ? styles(body) : noStyles;
  const page: Page = {
    title: note.title ?? '',
    lang,
    body,
    styles: sheets.page,
    fragmentStyles: sheets.fragment,
    preloads: sheets.preloads,
    macros: format === 'tex' ? customaryDefinitions() : '',
    japanese: /[\u3040-\u30ff\u4e00-\u9fff]/.test(body),
    parts: pieces,
    sections: sectionsOf(pieces),
    derivations: pieces.filter(({ kind }) => kind === 'derivation'),
    words: wordsOf(lang).note,
  };
  return fillTemplate(template, page, format);
}
