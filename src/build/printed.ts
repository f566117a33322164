/** A note in the language of a typesetter: the pieces that templates put together. */

import type { Nodes } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import type { Result } from '../derivation/derivation.ts';
import type { Phrase } from '../explain/explain.ts';
import { problemStatement } from '../explain/sentences.ts';
import type { WrittenBlock } from '../notes/block.ts';
import type { Language } from '../options.ts';
import { resultFormulas } from '../render/results.ts';
import type { Outcome } from './derive-blocks.ts';
import type { Figures } from './figures.ts';
import type { Note } from './note-outline.ts';
import { type Dialect, printNote } from './note-printer.ts';
import { type Piece, prose } from './page.ts';
import type { PrintDerivation, PrintedBlocks } from './print-blocks.ts';
import type { Report } from './report.ts';

/** A typesetter's language: how it writes a note, and how derivations look in it. */
export interface PrintedLanguage {
  readonly dialect: Dialect;
  readonly derivation: PrintDerivation;
  readonly figure: (svg: string) => string;
  readonly sentence: (phrase: Phrase, result: Result, lang: Language) => string;
  readonly formula: (text: string, result: Result, lang: Language) => string;
}

interface PrintedOptions {
  readonly language: PrintedLanguage;
  readonly figures: Figures;
  readonly report: Report;
}

/** The pieces of `note` in `language`, in order. */
export function printedPieces(
  note: Note,
  { outcomes, texts }: PrintedBlocks,
  { language, figures, report }: PrintedOptions,
): Piece[] {
  const drawn = new Map(
    outcomes.map((outcome, at) => {
      const { block } = outcome;
      return [block, drawBlock(outcome, at, language, { svg: figures.get(block), text: texts.get(block) ?? '' })];
    }),
  );
  const pieceOf = (node: Nodes) => drawn.get(note.nodes.get(node) as WrittenBlock);
  const printed = printNote(note, language.dialect, (node) => pieceOf(node)?.content ?? '', report);
  const pieces: Piece[] = [];
  let open: { texts: string[]; opens: Piece['opens'] } = { texts: [], opens: undefined };
  const close = (): void => {
    const { texts, opens } = open;
    if (texts.length > 0)
      pieces.push({ ...prose, content: texts.join('\n\n'), ...(opens === undefined ? {} : { opens }) });
    open = { texts: [], opens: undefined };
  };
  for (const { node, text } of printed) {
    const piece = pieceOf(node);
    const opens = openingOf(node);
    if (piece !== undefined || opens !== undefined) close();
    if (piece !== undefined) pieces.push(piece);
    else open = { texts: [...open.texts, text], opens: opens ?? open.opens };
  }
  close();
  return pieces;
}

function openingOf(node: Nodes): Piece['opens'] {
  if (node.type === 'thematicBreak') return { title: '', level: 0 };
  return node.type === 'heading' && node.depth <= 2 ? { title: textOf(node), level: node.depth } : undefined;
}

function drawBlock(
  outcome: Outcome,
  at: number,
  { dialect, ...language }: PrintedLanguage,
  { svg, text }: { readonly svg: string | undefined; readonly text: string },
): Piece {
  const { block, lang } = outcome;
  if (outcome.kind === 'refused') {
    const { message, hint } = outcome.problem;
    const said = dialect.text(hint === undefined ? message : `${message}: ${hint}`);
    return { ...prose, kind: 'problem', content: `${dialect.codeBlock(block.body)}\n\n${said}`, source: block.body };
  }
  const { result, options } = outcome;
  const figure = svg === undefined ? '' : language.figure(svg);
  return {
    kind: 'derivation',
    content: figure === '' ? text : `${figure}\n\n${text}`,
    question: language.sentence(problemStatement(result, lang), result, lang),
    answer: resultFormulas(result)
      .map((formula) => language.formula(formula, result, lang))
      .join(dialect.lineBreak),
    figure,
    name: options.name ?? '',
    id: options.name ?? `derivation-${at + 1}`,
    source: block.body,
  };
}
