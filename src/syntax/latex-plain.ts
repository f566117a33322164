/** The plain text in KaTeX's nodes. */

import { type KatexNode, placeOf } from './katex-tree.ts';

/** Letters, digits and blanks of `nodes`; undefined if there is anything else. */
export function plainText(nodes: readonly KatexNode[]): string | undefined {
  let text = '';
  for (const node of nodes) {
    if (node.type === 'mathord' || node.type === 'textord') text += node.text;
    else if (node.type === 'atom') text += node.text;
    else if (node.type === 'spacing') text += ' ';
    else if (node.type === 'ordgroup' || node.type === 'text' || node.type === 'styling') {
      const inner = plainText(node.body);
      if (inner === undefined) return undefined;
      text += inner;
    } else if (node.type === 'font') {
      const inner = plainText([node.body]);
      if (inner === undefined) return undefined;
      text += inner;
    } else if (node.type !== 'kern') return undefined;
  }
  return text;
}

/** The end of the last place that `node` or anything in it names. */
export function lastPlace(node: KatexNode, source: string): number {
  const own = placeOf(node, source)?.end ?? 0;
  if (!('body' in node) || node.body === undefined) return own;
  const parts = (Array.isArray(node.body) ? node.body.flat() : [node.body]) as KatexNode[];
  return parts.reduce((end, part) => Math.max(end, lastPlace(part, source)), own);
}

/** The last text in `nodes`, which names what a macro of KaTeX such as `\neq` stands for. */
export function lastText(nodes: readonly KatexNode[]): string {
  const last = nodes.at(-1);
  if (last === undefined) return '';
  if ('text' in last) return last.text;
  if (!('body' in last) || last.body === undefined) return '';
  return lastText((Array.isArray(last.body) ? last.body.flat() : [last.body]) as KatexNode[]);
}
