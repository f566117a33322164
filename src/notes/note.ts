/** A note in Markdown as a tree: what CommonMark, GitHub, front matter, `$`-mathematics and `:::`-containers say. */

import type { Nodes, Parents, Root } from 'mdast';
import { directiveFromMarkdown } from 'mdast-util-directive';
import { directive } from 'micromark-extension-directive';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import { visit } from 'unist-util-visit';
import { type Markdown, parseMarkdown } from './markdown.ts';

/**
 * Containers and leaves without the directives within text: `10:30` and `a:b` are words in notes, not markup.
 */
function blockDirectives(this: Processor): void {
  const data = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { flow: directive().flow ?? {} }];
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), directiveFromMarkdown()];
}

const parser = unified().use(remarkParse).use(remarkFrontmatter).use(remarkGfm).use(remarkMath).use(blockDirectives);

/** The tree of `document`. Throws `MathError` for what no author writes: too long, or nested too deep. */
export function parseNote(document: string): Markdown {
  const read = parseMarkdown(document, parser);
  restoreLeaves(read.tree, document);
  return read;
}

/** `::name` is a directive to nobody here: it is the text that it was. */
function restoreLeaves(tree: Root, document: string): void {
  visit(tree, 'leafDirective', (node: Nodes, at: number | undefined, parent: Parents | undefined) => {
    const { position } = node;
    if (parent === undefined || at === undefined || position === undefined) return;
    const value = document.slice(position.start.offset, position.end.offset);
    parent.children[at] = { type: 'paragraph', position, children: [{ type: 'text', value, position }] };
  });
}
