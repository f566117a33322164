/** The plain text in KaTeX's nodes, and the row of letters that spells a function. */

import { functionWords } from './functions.ts';
import { type KatexNode, placeOf } from './katex-tree.ts';
import type { Token, TokenOf } from './latex-token.ts';

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

/** Functions that are recognised where their name is typed as a row of letters, `cos(x)` for `\cos(x)`. */
const spelledFunctions = new Set(
  'sin cos tan sinh cosh tanh exp log ln max min sqrt sigmoid relu softmax softplus sign det'.split(' '),
);

/** Those of them that nobody means as a product of three letters, so that no parenthesis need follow: ln x. */
const spelledAlone = new Set('sin cos tan sinh cosh tanh exp log ln'.split(' '));

/** Rows of touching letters that spell a function before its argument, as one token. */
export function joinSpelled(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    let end = at;
    let text = '';
    for (
      let token = tokens[end];
      isLetter(token) && (end === at || token.start === tokens[end - 1]?.end);
      token = tokens[++end]
    ) {
      text += token.name;
    }
    const next = tokens[end]?.kind === 'script' ? tokens[end + 1] : tokens[end];
    const isSpelled = spelledFunctions.has(text) && next?.kind === 'open';
    if (isSpelled || (spelledAlone.has(text) && isArgument(next))) {
      const start = tokens[at]?.start ?? 0;
      joined.push({
        kind: 'function',
        name: functionWords.get(text) ?? text,
        start,
        end: tokens[end - 1]?.end ?? start,
      });
    } else for (const token of tokens.slice(at, Math.max(end, at + 1))) joined.push(token);
    at = Math.max(end, at + 1);
  }
  return joined;
}

function isLetter(token: Token | undefined): token is TokenOf<'name'> {
  return token?.kind === 'name' && token.name.length === 1 && !token.upright && !token.bold;
}

function isArgument(token: Token | undefined): boolean {
  return token !== undefined && ['name', 'number', 'group', 'fraction', 'root', 'function', 'bar'].includes(token.kind);
}
