/** A note, read: its tree, its blocks, what earlier runs left behind the blocks, and what its front matter says. */

import type { Html, Nodes, Parents, Root } from 'mdast';
import { toString as textOf } from 'mdast-util-to-string';
import { SKIP, visit } from 'unist-util-visit';
import { parse as parseYaml } from 'yaml';
import { blockAt, type WrittenBlock } from '../notes/block.ts';
import { languageOf } from '../notes/block-options.ts';
import { parseNote } from '../notes/note.ts';
import type { Language } from '../options.ts';
import { fail, type Span } from '../problem.ts';

/** The lines around what a run puts behind a block. */
export const markers = { begin: '<!-- chainrule:begin -->', end: '<!-- chainrule:end -->' } as const;

export interface Note {
  readonly document: string;
  readonly tree: Root;
  readonly blocks: readonly WrittenBlock[];
  /** Displays that nothing closes. */
  readonly unclosed: readonly Span[];
  /** The node of each block. */
  readonly nodes: ReadonlyMap<Nodes, WrittenBlock>;
  /** Where the derivation ends that an earlier run put behind a block. */
  readonly generated: ReadonlyMap<WrittenBlock, number>;
  readonly title?: string;
  readonly lang?: Language;
}

/** Reads `document`. What earlier runs have put behind blocks is no longer in the tree. Throws `MathError`. */
export function readNote(document: string): Note {
  const { tree, unclosed } = parseNote(document);
  return {
    document,
    tree,
    unclosed: unclosed.map(spanOf),
    ...findBlocks(tree, document),
    ...titleOf(tree),
    ...frontMatter(tree),
  };
}

/** The blocks of a tree. What earlier runs have put behind them is taken out of it. */
export function findBlocks(tree: Root, document: string): Pick<Note, 'blocks' | 'nodes' | 'generated'> {
  const nodes = new Map<Nodes, WrittenBlock>();
  const generated = new Map<WrittenBlock, number>();
  visit(tree, (node: Nodes, at: number | undefined, parent: Parents | undefined) => {
    const block = blockAt(node, document);
    if (block === undefined) return;
    nodes.set(node, block);
    const end = parent === undefined || at === undefined ? undefined : takeGenerated(parent, at, document);
    if (end !== undefined) generated.set(block, end);
    return SKIP;
  });
  return { blocks: [...nodes.values()], nodes, generated };
}

/** Takes what lies between the markers behind the block at `at` out of the tree; where it ends in the document. */
function takeGenerated({ children }: Parents, at: number, document: string): number | undefined {
  if (!isMarker(children[at + 1], 'begin')) return undefined;
  const end = children.findIndex((node, place) => place > at && isMarker(node, 'end'));
  if (end < 0) {
    return fail({
      code: 'unclosed-group',
      message: `${markers.begin} has no ${markers.end} after it`,
      source: document,
      span: spanOf(children[at + 1] as Nodes),
      hint: 'restore the line, or delete what stands between the block and your text',
    });
  }
  const stop = spanOf(children[end] as Nodes).end;
  children.splice(at + 1, end - at);
  return stop;
}

function isMarker(node: Nodes | undefined, which: keyof typeof markers): boolean {
  return node?.type === 'html' && (node as Html).value.trim() === markers[which];
}

function spanOf({ position }: Nodes): { start: number; end: number } {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}

/** Title and language from front matter; what is no front matter that can be read says nothing. */
function frontMatter(tree: Root): { title?: string; lang?: Language } {
  const [first] = tree.children;
  if (first?.type !== 'yaml') return {};
  let data: unknown;
  try {
    data = parseYaml(first.value, { maxAliasCount: 10, logLevel: 'silent' });
  } catch {
    return {};
  }
  if (typeof data !== 'object' || data === null) return {};
  const { title, lang } = data as { title?: unknown; lang?: unknown };
  const language = languageOf(typeof lang === 'string' ? lang : undefined);
  return {
    ...(typeof title === 'string' ? { title } : {}),
    ...(language === undefined ? {} : { lang: language }),
  };
}

/** The first heading. */
function titleOf(tree: Root): { title?: string } {
  const heading = tree.children.find((node) => node.type === 'heading');
  const title = heading === undefined ? '' : textOf(heading);
  return title === '' ? {} : { title };
}
