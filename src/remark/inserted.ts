/** What takes the place of a block in a tree of Markdown. */

import type { RootContent } from 'mdast';
import { removePosition } from 'unist-util-remove-position';
import type { Derived } from '../build/derive-blocks.ts';
import type { Draw } from '../build/figures.ts';
import type { Report } from '../build/report.ts';
import { parseNote } from '../notes/note.ts';
import { toMarkdown } from '../printed/library.ts';
import { MathError } from '../problem.ts';
import { toHtml } from '../render/html.ts';

export type Form = 'html' | 'math' | 'jsx';

/** What all blocks of a document share. */
export interface Inserted {
  readonly form: Form;
  readonly figure: Draw | undefined;
  readonly report: Report;
  /** Astro has a name of its own for the attribute that holds markup. */
  readonly inAstro: boolean;
  /** Ids that stand on the page already. */
  readonly taken: Set<string>;
}

/** The nodes that stand for `derived`. */
export function insertDerivation(derived: Derived, inserted: Inserted): RootContent[] {
  const { result, options, lang } = derived;
  const { expand = false, detail = 'standard' } = options;
  const id = freeId(options.name ?? '', inserted.taken);
  const figure = drawFigure(derived, `${id}-figure`, inserted);
  if (inserted.form === 'math') {
    const { tree } = parseNote(toMarkdown(result, { lang, expand }));
    removePosition(tree, { force: true });
    return [...(figure === '' ? [] : [markup(figure, inserted)]), ...tree.children];
  }
  return [markup(figure + toHtml(result, { lang, expand, id, detail }), inserted)];
}

function freeId(name: string, taken: Set<string>): string {
  const wished = name.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^(?![A-Za-z])/, 'derivation-');
  let id = name === '' ? `derivation-${taken.size + 1}` : wished;
  while (taken.has(id)) id += '-';
  taken.add(id);
  return id;
}

function drawFigure({ options, result, lang, block }: Derived, id: string, { figure, report }: Inserted): string {
  if (!options.figure) return '';
  try {
    const drawn = figure?.(result, { lang, id });
    if (typeof drawn === 'string') return `<figure class="cr-figure" tabindex="0">${drawn.trim()}</figure>`;
  } catch (error) {
    if (!(error instanceof MathError)) throw error;
    report.warn(`there is no figure here: ${error.message}`, 'figure', block.span);
    return '';
  }
  report.warn('there is no figure here: hand toSvg of chainrule/figure to the plugin', 'figure', block.span);
  return '';
}

/** Markup as a node that nothing parses again: raw HTML, or in MDX an element that is told its content. */
function markup(html: string, { form, inAstro }: Inserted): RootContent {
  if (form !== 'jsx') return { type: 'html', value: html };
  const attribute = inAstro
    ? { name: 'set:html', value: html }
    : { name: 'dangerouslySetInnerHTML', value: objectOf(html) };
  return {
    type: 'mdxJsxFlowElement',
    name: 'div',
    attributes: [{ type: 'mdxJsxAttribute', ...attribute }],
    children: [],
  } as unknown as RootContent;
}

/** `{ __html: html }` as the syntax tree that MDX wants of an expression. */
function objectOf(html: string): object {
  const property = {
    type: 'Property',
    kind: 'init',
    method: false,
    shorthand: false,
    computed: false,
    key: { type: 'Identifier', name: '__html' },
    value: { type: 'Literal', value: html, raw: JSON.stringify(html) },
  };
  const expression = { type: 'ObjectExpression', properties: [property] };
  return {
    type: 'mdxJsxAttributeValueExpression',
    value: `{__html: ${JSON.stringify(html)}}`,
    data: {
      estree: {
        type: 'Program',
        sourceType: 'module',
        comments: [],
        body: [{ type: 'ExpressionStatement', expression }],
      },
    },
  };
}
