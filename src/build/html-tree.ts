/**
 * A note as a tree of HTML in which nothing can run. What is set by us (formulas, derivations) is kept out of the tree as
 * strings, with a slot where each belongs: so it is neither parsed again nor cleaned again.
 */

import type { Element, Nodes, Root, RootContent } from 'hast';
import { raw } from 'hast-util-raw';
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize';
import type { Nodes as MarkdownNodes } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import type { InlineMath } from 'mdast-util-math';
import { type Handler, toHast } from 'mdast-util-to-hast';
import { visit } from 'unist-util-visit';
import { wordsOf } from '../explain/explain.ts';
import type { Language } from '../options.ts';
import type { Note } from './note-outline.ts';

/** Sets a formula of the author, or what stands for a block, as markup that is safe already. */
interface Setters {
  readonly formula: (node: InlineMath, display: boolean) => string;
  readonly block: (node: MarkdownNodes) => string;
}

/** The elements of a note, with the markup that belongs into each slot. */
interface HtmlTree {
  readonly root: Root;
  readonly slots: ReadonlyMap<string, string>;
}

/** GitHub's list of what is harmless, with slots; ids keep their names, as no script looks them up. */
const schema: Schema = {
  ...defaultSchema,
  clobber: [],
  attributes: {
    ...defaultSchema.attributes,
    div: [...(defaultSchema.attributes?.div ?? []), 'dataSlot', ['className', /^directive-[\w-]+$/]],
    span: [...(defaultSchema.attributes?.span ?? []), 'dataSlot'],
  },
};

/** The tree of `note` as clean HTML. */
export function htmlTree(note: Note, set: Setters, lang: Language): HtmlTree {
  const slots = new Map<string, string>();
  // Names of slots can't be guessed, so that no markup in a note can take the place of one.
  const secret = crypto.randomUUID();
  const slot = (tag: 'div' | 'span', html: string): Element => {
    const name = `${secret}-${slots.size}`;
    slots.set(name, html);
    return { type: 'element', tagName: tag, properties: { dataSlot: name }, children: [] };
  };
  const formula: Handler = (_state, node: InlineMath) => {
    const display = (node.type as string) === 'math' || isDisplay(node, note.document);
    return slot(display && (node.type as string) === 'math' ? 'div' : 'span', set.formula(node, display));
  };
  const tree = toHast(note.tree, {
    allowDangerousHtml: true,
    footnoteLabel: wordsOf(lang).note.footnotes,
    footnoteBackLabel: wordsOf(lang).note.back,
    handlers: {
      math: formula,
      inlineMath: formula,
      code: (state, node) => (note.nodes.has(node) ? slot('div', set.block(node)) : codeElement(node, state)),
      containerDirective: (state, node: ContainerDirective) =>
        note.nodes.has(node) ? slot('div', set.block(node)) : containerElement(node, state),
    },
  }) as Root;
  const parsed = holdsRaw(tree) ? (raw(tree) as Root) : tree;
  return { root: sanitize(parsed, schema) as Root, slots };
}

/** `$$...$$` within a paragraph is inline to the parser and a display to its author. */
function isDisplay(node: MarkdownNodes, document: string): boolean {
  return document.startsWith('$$', node.position?.start.offset);
}

const codeElement: (...args: [Parameters<Handler>[1], Parameters<Handler>[0]]) => ReturnType<Handler> = (node) => {
  const language = /^[\w+#.-]+$/.exec(node.lang ?? '')?.[0];
  const properties = language === undefined ? {} : { className: [`language-${language}`] };
  const text = { type: 'text', value: `${node.value}\n` } as const;
  const code: Element = { type: 'element', tagName: 'code', properties, children: [text] };
  return { type: 'element', tagName: 'pre', properties: {}, children: [code] };
};

const containerElement = (node: ContainerDirective, state: Parameters<Handler>[0]): Element => ({
  type: 'element',
  tagName: 'div',
  properties: { className: [`directive-${node.name.replace(/[^\w-]/g, '-')}`] },
  children: state.wrap(state.all(node), true) as Element['children'],
});

function holdsRaw(tree: Nodes): boolean {
  let found = false;
  visit(tree, 'raw', () => {
    found = true;
    return false;
  });
  return found;
}

/** `nodes` with the markup put into the slots, for a printer that lets raw nodes through. */
export function fillSlots(nodes: readonly RootContent[], slots: HtmlTree['slots']): Root {
  const root: Root = { type: 'root', children: [...nodes] };
  visit(root, 'element', (node, at, parent) => {
    const html = slotOf(node, slots);
    if (html === undefined || parent === undefined || at === undefined) return;
    parent.children[at] = { type: 'raw', value: html };
  });
  return root;
}

/** The markup that belongs to an element, if it is a slot. */
export function slotOf(node: RootContent, slots: HtmlTree['slots']): string | undefined {
  const name = node.type === 'element' ? node.properties.dataSlot : undefined;
  return typeof name === 'string' ? slots.get(name) : undefined;
}
