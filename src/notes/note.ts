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
import { fail, withinStack } from '../problem.ts';

/** Longest note, in UTF-16 code units. */
const longestNote = 2_000_000;
/** Deepest nesting of quotes, lists and containers; nobody writes more, and parsers take quadratic time over it. */
const deepestNesting = 100;

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
export function parseNote(document: string): Root {
  guardNote(document);
  const tooDeep = {
    code: 'nesting-too-deep',
    message: 'lists and quotes of this note are nested too deep',
    hint: `at most ${deepestNesting} levels`,
  } as const;
  const tree = withinStack(tooDeep, () => parser.parse(document));
  restoreLeaves(tree, document);
  return tree;
}

function guardNote(document: string): void {
  if (document.length > longestNote) {
    fail({
      code: 'source-too-long',
      message: 'this note is too long',
      hint: 'split it: two million characters at most',
    });
  }
  const nested = new RegExp(`^(?:[ \\t]*(?:>|[-*+](?=[ \\t])|\\d{1,9}[.)](?=[ \\t]))){${deepestNesting}}`, 'm');
  const containers = document.match(/^[ \t>]*:{3,}[ \t]*[A-Za-z]/gm)?.length ?? 0;
  const ends = document.match(/^[ \t>]*:{3,}[ \t]*$/gm)?.length ?? 0;
  if (!nested.test(document) && containers - ends <= deepestNesting) return;
  fail({
    code: 'nesting-too-deep',
    message: 'lists, quotes or containers of this note are nested too deep',
    hint: `at most ${deepestNesting} levels; close each ::: container`,
  });
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
