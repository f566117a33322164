/** The plugin for any unified pipeline over Markdown: blocks that ask for a derivation become it. */

import type { Nodes, Parents, Root, RootContent } from 'mdast';
import type { Plugin, Processor } from 'unified';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { deriveBlocks, type Outcome } from '../build/derive-blocks.ts';
import type { Draw } from '../build/figures.ts';
import { findBlocks } from '../build/note-outline.ts';
import { proseShapes } from '../build/prose-shapes.ts';
import { describeMessages, openReport } from '../build/report.ts';
import type { WrittenBlock } from '../notes/block.ts';
import { unclosedDisplays } from '../notes/displays.ts';
import { readDisplays, withoutMark } from '../notes/markdown.ts';
import type { Language } from '../options.ts';
import { type Form, type Inserted, insertDerivation } from './inserted.ts';

export interface RemarkDeriveOptions {
  /** The language of blocks that do not name one; `en` if not given. */
  readonly lang?: Language;
  /**
   * What a block becomes. `html`: markup as it is, which nothing parses again; the page loads KaTeX's style sheet and
   * `chainrule/styles.css`. `math`: paragraphs and displays for rehype-katex or rehype-mathjax. `jsx`: an element that
   * holds the markup, for MDX. Unless it is given, `jsx` in MDX and `html` elsewhere.
   */
  readonly output?: Form;
  /** The seed of the random points. */
  readonly seed?: number;
  /** Draws the figures that blocks ask for: `toSvg` of `chainrule/figure`. Without it they are left out, with a warning. */
  readonly figure?: (...args: Parameters<Draw>) => string;
  /**
   * What happens where a block can't be derived. `warn`, unless told otherwise: the block stays, and the build goes on.
   * `fail`: the first such message is thrown, behind the last block of the document.
   */
  readonly onError?: 'warn' | 'fail';
  /**
   * Messages go to the file and, as Astro and Docusaurus show nobody those, to the console. `true` leaves the console out,
   * for pipelines that print messages themselves.
   */
  readonly quiet?: boolean;
}

/**
 * Replaces each ```` ```derive ```` block, and with remark-directive each `:::derive` container, by its derivation. What is
 * wrong with a block becomes a message of the file at its line, and the block stays. Where remark-math is in the pipeline,
 * displays are read as `build` reads them: one with a label behind its closing fence ends there.
 *
 *     unified().use(remarkParse).use(remarkDerive).use(remarkRehype, { allowDangerousHtml: true })
 *       .use(rehypeStringify, { allowDangerousHtml: true })
 */
export const remarkDerive: Plugin<[RemarkDeriveOptions?], Root> = function (this: Processor, options = {}) {
  readDisplays.call(this);
  return (tree: Root, file: VFile): void => {
    const text = withoutMark(String(file));
    const report = openReport(file, text);
    const { lang = 'en', seed, figure, onError = 'warn', quiet = false } = options;
    const before = file.messages.length;
    for (const { position } of unclosedDisplays(tree, text)) {
      const start = position?.start.offset ?? 0;
      report.warn(unclosedByRemark, 'display', { start, end: start + 2 });
    }
    const { blocks, nodes } = findBlocks(tree, text);
    const form = options.output ?? (readsJsx(this) ? 'jsx' : 'html');
    const outcomes = new Map<WrittenBlock, Outcome>();
    for (const outcome of deriveBlocks(blocks, {
      lang,
      everyStep: form !== 'math',
      proseShapes: proseShapes(text),
      ...(seed === undefined ? {} : { seed: String(seed) }),
    })) {
      outcomes.set(outcome.block, outcome);
      if (outcome.kind === 'refused') report.refuse(outcome.problem, outcome.span);
    }
    const inserted: Inserted = { form, figure, report, inAstro: 'astro' in file.data, taken: new Set() };
    replaceBlocks(tree, (node) => {
      const outcome = outcomes.get(nodes.get(node) as WrittenBlock);
      return outcome?.kind === 'derived' ? insertDerivation(outcome, inserted) : undefined;
    });
    const ours = file.messages.slice(before);
    if (ours.length > 0 && !quiet) console.warn(describeMessages(file, file.path ?? 'markdown', text).trimEnd());
    const fatal = ours.find((message) => message.fatal === true);
    if (fatal !== undefined && onError === 'fail') throw fatal;
  };
};

/** A parser that is not ours reads on to the end of the document. */
const unclosedByRemark = 'this display is never closed, it ends with the document';

/** Whether the pipeline reads MDX: remark-mdx has left its constructs. */
function readsJsx(processor: Processor): boolean {
  const { fromMarkdownExtensions = [] } = processor.data();
  return fromMarkdownExtensions.flat().some((extension) => 'mdxJsxFlowTag' in (extension.enter ?? {}));
}

function replaceBlocks(tree: Root, replace: (node: Nodes) => RootContent[] | undefined): void {
  visit(tree, (node: Nodes, at: number | undefined, parent: Parents | undefined) => {
    const content = parent === undefined || at === undefined ? undefined : replace(node);
    if (content === undefined || parent === undefined || at === undefined) return;
    parent.children.splice(at, 1, ...(content as typeof parent.children));
    return at + content.length;
  });
}
