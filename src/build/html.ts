/** A note as HTML: the pieces that templates put together. */

import type { RootContent } from 'hast';
import { toHtml as printTree } from 'hast-util-to-html';
import type { Nodes as MarkdownNodes } from 'mdast';
import { problemStatement } from '../explain/sentences.ts';
import type { WrittenBlock } from '../notes/block.ts';
import type { Language } from '../options.ts';
import { setAuthorFormula } from '../render/author-formula.ts';
import { toHtml } from '../render/html.ts';
import { openSheet } from '../render/html-sheet.ts';
import { element, escapeHtml } from '../render/markup.ts';
import { resultFormulas } from '../render/results.ts';
import type { Derived, Outcome, Refused } from './derive-blocks.ts';
import type { Figures } from './figures.ts';
import { makeReachable, placeImages } from './html-finish.ts';
import { fillSlots, htmlTree, slotOf } from './html-tree.ts';
import type { Note } from './note-outline.ts';
import { type Piece, prose } from './page.ts';
import type { Report } from './report.ts';

interface HtmlNoteOptions {
  readonly lang: Language;
  readonly image: (path: string) => string | undefined;
  readonly figures: Figures;
  readonly report: Report;
}

/** The pieces of `note`, in order. */
export function htmlPieces(
  note: Note,
  outcomes: readonly Outcome[],
  { lang, image, figures, report }: HtmlNoteOptions,
): Piece[] {
  const drawn = drawBlocks(outcomes, figures);
  const byMarkup = new Map([...drawn.values()].map((piece) => [piece.content, piece]));
  const { root, slots } = htmlTree(
    note,
    {
      formula: (node, display) => {
        const { html, complaint } = setAuthorFormula(node.value, display);
        if (complaint !== undefined) report.warn(complaint, 'formula', spanOf(node));
        return display ? element('span', { class: 'cr-display', tabindex: 0 }, html) : html;
      },
      block: (node) => drawn.get(note.nodes.get(node) as WrittenBlock)?.content ?? '',
    },
    lang,
  );
  placeImages(root, image, (message) => report.warn(message, 'image', { start: 0, end: 0 }));
  makeReachable(root);
  const pieces: Piece[] = [];
  let open: RootContent[] = [];
  let opens: Piece['opens'];
  const close = (): void => {
    const content = print(open, slots);
    if (content.trim() !== '') pieces.push({ ...prose, content, ...(opens === undefined ? {} : { opens }) });
    else if (opens !== undefined) pieces.push({ ...prose, content: '', opens });
    open = [];
    opens = undefined;
  };
  for (const node of root.children) {
    const piece = byMarkup.get(slotOf(node, slots) ?? '');
    const heading = headingOf(node);
    if (piece !== undefined || heading !== undefined) close();
    if (piece !== undefined) pieces.push(piece);
    else open.push(node);
    opens = heading ?? opens;
  }
  close();
  return pieces;
}

function print(nodes: readonly RootContent[], slots: ReadonlyMap<string, string>): string {
  return printTree(fillSlots(nodes, slots), { allowDangerousHtml: true });
}

/** A heading of the first or second level opens a section, and so does a rule. */
function headingOf(node: RootContent): Piece['opens'] {
  if (node.type !== 'element' || !/^h[12r]$/.test(node.tagName)) return undefined;
  if (node.tagName === 'hr') return { title: '', level: 0 };
  return { title: textOf(node), level: Number(node.tagName.slice(1)) };
}

function textOf(node: RootContent): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('') : '';
}

/** What the derivations of a page share: ids that are taken, and formulas that are set. */
interface DrawnPage {
  readonly taken: Set<string>;
  readonly markup: Map<string, string>;
}

function drawBlocks(outcomes: readonly Outcome[], figures: Figures): Map<WrittenBlock, Piece> {
  const page: DrawnPage = { taken: new Set(), markup: new Map() };
  return new Map(
    outcomes.map((outcome, at) => [
      outcome.block,
      outcome.kind === 'derived'
        ? drawDerived(outcome, freeId(outcome, at, page.taken), figures.get(outcome.block), page)
        : drawRefused(outcome),
    ]),
  );
}

/** An id of the page from the name of the block, or its number. */
function freeId({ options }: Derived, at: number, taken: Set<string>): string {
  const wished = (options.name ?? '').replace(/[^\p{L}\p{N}_-]+/gu, '-');
  const id = wished === '' || taken.has(wished) ? `derivation-${at + 1}` : wished;
  taken.add(id);
  return id;
}

function drawDerived(
  { result, options, lang, block }: Derived,
  id: string,
  svg: string | undefined,
  { markup }: DrawnPage,
): Piece {
  const { expand = false, name = '', detail = 'standard' } = options;
  const sheet = openSheet(result, lang, id, markup);
  const figure = svg === undefined ? '' : element('figure', { class: 'cr-figure', tabindex: 0 }, svg);
  return {
    kind: 'derivation',
    content: figure + toHtml(result, { lang, expand, id, detail, markup }),
    question: sheet.say(problemStatement(result, lang)),
    answer: resultFormulas(result)
      .map((one) => sheet.setLarge(sheet.show(one)))
      .join('<br>'),
    figure,
    name,
    id,
    source: block.body,
  };
}

/** The block as it was written, with what is wrong with it. */
function drawRefused({ block, problem }: Refused): Piece {
  const message = problem.hint === undefined ? problem.message : `${problem.message}: ${problem.hint}`;
  const content = element(
    'div',
    { class: 'cr-refused', lang: 'en' },
    element('pre', { tabindex: 0 }, element('code', {}, escapeHtml(block.body))),
    element('p', {}, element('span', { 'aria-hidden': 'true' }, '✗ '), escapeHtml(message)),
  );
  return { ...prose, kind: 'problem', content, source: block.body };
}

function spanOf({ position }: MarkdownNodes): { start: number; end: number } {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}
