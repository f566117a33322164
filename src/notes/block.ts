/** The blocks of a note that ask for a derivation: fences ```` ```derive ```` and containers `:::derive`. */

import type { Code, Nodes } from 'mdast';
import type { ContainerDirective } from 'mdast-util-directive';
import type { Math as MathBlock } from 'mdast-util-math';
import type { Problem, Span } from '../problem.ts';
import { placed } from './scan.ts';

/** A block as it is written, before its options are read. */
export interface WrittenBlock {
  /** The whole block in the document, from its opening to its closing fence. */
  readonly span: Span;
  /** Options in the order in which they stand behind the opening fence; a flag has the value `true`. */
  readonly options: readonly WrittenOption[];
  readonly body: string;
  /** The offset in the document of an offset in `body`. */
  readonly offsetAt: (offset: number) => number;
  /** Set where the block can't be used as it stands. */
  readonly problem?: Problem;
}

/** `name=value`, or `name` alone. */
export interface WrittenOption {
  readonly name: string;
  readonly value: string | true;
}

/** The block that `node` is, if it is one. */
export function blockAt(node: Nodes, document: string): WrittenBlock | undefined {
  if (node.type === 'code' && isDerive(node)) return fenceBlock(node, document);
  if (node.type === 'containerDirective' && node.name === 'derive') return containerBlock(node, document);
  return undefined;
}

/** ```` ```derive ````, and pandoc's ```` ```{.derive ...} ````. */
function isDerive({ lang }: Code): boolean {
  return lang === 'derive' || lang === '{.derive' || lang === '{.derive}';
}

function fenceBlock(node: Code, document: string): WrittenBlock {
  const span = spanOf(node);
  const meta = (node.meta ?? '').replace(node.lang === '{.derive' ? /\}\s*$/ : /^$/, '');
  const written = document.slice(span.start, span.end);
  const firstBreak = written.indexOf('\n');
  const bodyStart = span.start + (firstBreak < 0 ? written.length : firstBreak + 1);
  const block = {
    span,
    options: readInfo(meta),
    body: node.value,
    offsetAt: placed(document, node.value, bodyStart, span.end),
  };
  return isClosed(written, /^[ \t>]*(?:`{3,}|~{3,})[ \t]*$/) ? block : { ...block, problem: unclosed };
}

function containerBlock(node: ContainerDirective, document: string): WrittenBlock {
  const span = spanOf(node);
  const [display, ...others] = node.children;
  const options = Object.entries(node.attributes ?? {}).map(([name, value]): WrittenOption => {
    return { name, value: value === '' || value === null || value === undefined ? true : value };
  });
  const tex = display === undefined ? undefined : texOf(display, document);
  if (tex === undefined || others.length > 0) {
    return { span, options, body: '', offsetAt: () => span.start, problem: noDisplay };
  }
  const { start, end } = spanOf(display as Nodes);
  const block = { span, options: withLatex(options), body: tex, offsetAt: placed(document, tex, start, end) };
  return isClosed(document.slice(span.start, span.end), /^[ \t>]*:{3,}[ \t]*$/)
    ? block
    : { ...block, problem: unclosed };
}

/** A display is LaTeX even where nothing in it has a backslash. */
function withLatex(options: readonly WrittenOption[]): readonly WrittenOption[] {
  return options.some(({ name }) => name === 'syntax') ? options : [...options, { name: 'syntax', value: 'latex' }];
}

/** The LaTeX of a display, or of a paragraph that holds nothing but `$$...$$`. */
function texOf(node: Nodes, document: string): string | undefined {
  if (node.type === 'math') return (node as MathBlock).value;
  if (node.type !== 'paragraph' || node.children.length !== 1) return undefined;
  const [only] = node.children;
  return only?.type === 'inlineMath' && document.startsWith('$$', only.position?.start.offset) ? only.value : undefined;
}

/** Whether a block ends in its fence and not with the document, as far as the document is at hand. */
function isClosed(written: string, fence: RegExp): boolean {
  const lines = written.split('\n');
  if (!/^[`~:]{3}/.test(written)) return true;
  return lines.length > 1 && fence.test(lines[lines.length - 1] as string);
}

const unclosed: Problem = {
  code: 'unclosed-group',
  message: 'this block is never closed',
  hint: 'end it with a line that holds the same fence',
};

const noDisplay: Problem = {
  code: 'syntax',
  message: 'a :::derive container holds one display equation and nothing else',
  hint: ':::derive{wrt="x"}, then $$ ... $$, then :::',
};

function spanOf({ position }: Nodes): Span {
  return { start: position?.start.offset ?? 0, end: position?.end.offset ?? 0 };
}

const option = /([A-Za-z][\w-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+)))?|\S+/g;

/** The options in an info string: `wrt="beta[j]" detail=standard figure`. */
function readInfo(meta: string): WrittenOption[] {
  return [...meta.matchAll(option)].map(([whole, name, double, single, bare]) => ({
    name: name ?? whole,
    value: double ?? single ?? bare ?? true,
  }));
}
