/** Prints the tree of a note in a typesetter's language: one walk, and a small table of what each construct looks like. */

import type { Definition, FootnoteDefinition, ImageReference, LinkReference, List, Nodes, Parents, Table } from 'mdast';
import { visit } from 'unist-util-visit';
import type { Note } from './note-outline.ts';
import type { Report } from './report.ts';

/** How one language writes each construct; contents are printed already, texts are not. */
export interface Dialect {
  readonly text: (value: string) => string;
  /** LaTeX as the author wrote it; undefined where it can't be used here. */
  readonly formula: (tex: string, display: boolean) => string | undefined;
  readonly emphasis: (content: string) => string;
  readonly strong: (content: string) => string;
  readonly struck: (content: string) => string;
  readonly code: (value: string) => string;
  readonly codeBlock: (value: string) => string;
  readonly link: (url: string, content: string) => string;
  readonly image: (path: string, alt: string) => string | undefined;
  readonly lineBreak: string;
  /** A heading, the title of the note having depth 0. */
  readonly heading: (depth: number, content: string) => string;
  readonly quote: (content: string) => string;
  readonly list: (items: readonly string[], start: number | undefined) => string;
  /** Sign of a task that is done, and of one that is not. */
  readonly task: (done: boolean) => string;
  readonly table: (rows: readonly (readonly string[])[], align: Table['align']) => string;
  readonly rule: string;
  readonly footnote: (content: string) => string;
}

/** Printed blocks of the note; `block` prints what stands for a derivation. */
type BlockPrinter = (node: Nodes) => string;

/** What `print` returns: one text for each block at the top of the note. */
interface PrintedBlock {
  readonly node: Nodes;
  readonly text: string;
}

/** Prints every block at the top of `note`. What the language can't hold is left out, with a warning. */
export function printNote(note: Note, dialect: Dialect, block: BlockPrinter, report: Report): PrintedBlock[] {
  const printer = new Printer(note, dialect, block, report);
  return note.tree.children
    .map((node) => ({ node, text: printer.print(node) }))
    .filter(({ text }) => text.trim() !== '');
}

class Printer {
  readonly #note: Note;
  readonly #dialect: Dialect;
  readonly #block: BlockPrinter;
  readonly #report: Report;
  readonly #definitions = new Map<string, Definition>();
  readonly #footnotes = new Map<string, FootnoteDefinition>();
  /** One heading of the first level is the title; the others move up by one. */
  readonly #hasTitle: boolean;

  constructor(note: Note, dialect: Dialect, block: BlockPrinter, report: Report) {
    this.#note = note;
    this.#dialect = dialect;
    this.#block = block;
    this.#report = report;
    let first = 0;
    visit(note.tree, (node: Nodes) => {
      if (node.type === 'definition') this.#definitions.set(node.identifier, node);
      if (node.type === 'footnoteDefinition') this.#footnotes.set(node.identifier, node);
      if (node.type === 'heading' && node.depth === 1) first++;
    });
    this.#hasTitle = first === 1;
  }

  print(node: Nodes): string {
    const { text, code, codeBlock, emphasis, strong, struck, lineBreak, quote, rule } = this.#dialect;
    if (this.#note.nodes.has(node)) return this.#block(node);
    switch (node.type) {
      case 'text':
        return text(node.value);
      case 'inlineMath':
      case 'math':
        return this.#formula(node);
      case 'inlineCode':
        return code(node.value);
      case 'code':
        return codeBlock(node.value);
      case 'emphasis':
        return emphasis(this.#inline(node));
      case 'strong':
        return strong(this.#inline(node));
      case 'delete':
        return struck(this.#inline(node));
      case 'break':
        return lineBreak;
      case 'paragraph':
        return this.#inline(node);
      case 'heading':
        return this.#dialect.heading(node.depth - (this.#hasTitle ? 1 : 0), this.#inline(node));
      case 'blockquote':
        return quote(this.#flow(node));
      case 'list':
        return this.#list(node);
      case 'table':
        return this.#table(node);
      case 'thematicBreak':
        return rule;
      case 'link':
        return this.#dialect.link(node.url, this.#inline(node));
      case 'linkReference':
        return this.#reference(node);
      case 'image':
        return this.#image(node.url, node.alt ?? '', node);
      case 'imageReference':
        return this.#image(this.#definitions.get(node.identifier)?.url ?? '', node.alt ?? '', node);
      case 'footnoteReference':
        return this.#footnote(node.identifier);
      case 'html':
        return this.#html(node.value, node);
      case 'containerDirective':
        return this.#flow(node);
      default:
        return '';
    }
  }

  #inline(node: Parents): string {
    return node.children.map((child) => this.print(child)).join('');
  }

  #flow(node: Parents): string {
    return node.children
      .map((child) => this.print(child))
      .filter((text) => text !== '')
      .join('\n\n');
  }

  #formula(node: Nodes & { value: string }): string {
    const display = node.type === 'math' || this.#note.document.startsWith('$$', node.position?.start.offset);
    const printed = this.#dialect.formula(node.value, display);
    if (printed !== undefined) return printed;
    this.#warn('this formula is printed as it was written: it can not be set here', 'formula', node);
    return display ? this.#dialect.codeBlock(node.value) : this.#dialect.code(node.value);
  }

  #list({ children, ordered, start }: List): string {
    const items = children.map((item) => {
      const mark = typeof item.checked === 'boolean' ? `${this.#dialect.task(item.checked)} ` : '';
      return mark + this.#flow(item);
    });
    return this.#dialect.list(items, ordered === true ? (start ?? 1) : undefined);
  }

  #table({ children, align }: Table): string {
    const rows = children.map((row) => row.children.map((cell) => this.#inline(cell)));
    return this.#dialect.table(rows, align ?? null);
  }

  #reference(node: LinkReference): string {
    const definition = this.#definitions.get(node.identifier);
    return this.#dialect.link(definition?.url ?? '', this.#inline(node));
  }

  #image(url: string, alt: string, node: Nodes | ImageReference): string {
    const printed = /^[a-z][a-z+.-]*:|^\/\//i.test(url) ? undefined : this.#dialect.image(url, alt);
    if (printed !== undefined) return printed;
    this.#warn(`the image ${url.slice(0, 80)} is left out here: only its text stands`, 'image', node);
    return this.#dialect.text(alt);
  }

  /** The text of a note; within itself it is not printed again. */
  #footnote(identifier: string): string {
    const definition = this.#footnotes.get(identifier);
    if (definition === undefined) return '';
    this.#footnotes.delete(identifier);
    const printed = this.#dialect.footnote(this.#flow(definition));
    this.#footnotes.set(identifier, definition);
    return printed;
  }

  #html(value: string, node: Nodes): string {
    if (/^<br\s*\/?>$/i.test(value)) return this.#dialect.lineBreak;
    if (!/^<!--[\s\S]*-->$/.test(value)) this.#warn('HTML is left out here', 'html', node);
    return '';
  }

  #warn(message: string, rule: string, { position }: Nodes): void {
    this.#report.warn(message, rule, { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 });
  }
}
