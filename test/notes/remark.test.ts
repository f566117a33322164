import { readFileSync } from 'node:fs';
import rehypeKatex from 'rehype-katex';
import rehypeStringify from 'rehype-stringify';
import remarkDirective from 'remark-directive';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { VFile } from 'vfile';
import { describe, expect, it } from 'vitest';
import { type RemarkDeriveOptions, remarkDerive } from '../../src/remark.ts';

function render(note: string, options: RemarkDeriveOptions = {}): VFile {
  return unified()
    .use(remarkParse)
    .use(remarkMath)
    .use(remarkDirective)
    .use(remarkDerive, options)
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeKatex)
    .use(rehypeStringify, { allowDangerousHtml: true })
    .processSync(new VFile(note));
}

const block = '```derive wrt=x name=square\nx^2\n```';

describe('remarkDerive', () => {
  it.each(['html', 'math'] as const)('puts a derivation in the place of a block, as %s', (output) => {
    const file = render(`before\n\n${block}\n\nafter $y$`, { output });
    const text = String(file);
    expect(file.messages).toEqual([]);
    expect(text).toContain('before');
    expect(text).toContain('power rule');
    expect(text).not.toContain('language-derive');
    expect(text.includes('<section class="chainrule"')).toBe(output === 'html');
  });

  it('reads containers of remark-directive', () => {
    expect(String(render(':::derive{wrt="\\beta_j"}\n$$\n\\sum_i \\beta_i y_i\n$$\n:::'))).toContain(
      'class="chainrule"',
    );
  });

  it('speaks the language of its options and of a block', () => {
    expect(String(render(block, { lang: 'ja' }))).toContain('を求める');
    expect(String(render(block.replace('wrt', 'lang=en wrt'), { lang: 'ja' }))).toContain('Wanted is');
  });

  it('leaves a block that is wrong as it is, with a message at its line', () => {
    const file = render('text\n\n```derive wrt=x\nx^2 +\n```');
    expect(file.messages.map(String)).toEqual(['4:6-5:1: the expression ends too early']);
    expect(file.messages[0]).toMatchObject({ ruleId: 'syntax', source: 'chainrule', fatal: true });
    expect(String(file)).toContain('<code class="language-derive">x^2 +');
  });

  it('does not repeat what build has put behind a block', () => {
    const built = `${block}\n\n<!-- chainrule:begin -->\n\nold words\n\n<!-- chainrule:end -->\n`;
    const text = String(render(built));
    expect(text).not.toContain('old words');
    expect(text.match(/class="chainrule"/g)).toHaveLength(1);
  });

  it('gives each derivation of a page an id of its own', () => {
    const ids = [
      ...String(render(`${block}\n\n${block.replace(' name=square', '')}`)).matchAll(/<section[^>]* id="([^"]+)"/g),
    ];
    expect(ids.map((match) => match[1])).toEqual(['square', 'derivation-2']);
  });

  it('draws figures where it is handed what draws them', () => {
    const figured = block.replace('name=square', 'figure');
    expect(String(render(figured, { figure: () => '<svg></svg>' }))).toContain(
      '<figure class="cr-figure" tabindex="0"><svg>',
    );
    expect(render(figured).messages[0]?.reason).toContain('hand toSvg of chainrule/figure to the plugin');
  });

  it('becomes an element in MDX', () => {
    const tree = unified()
      .use(remarkParse)
      .use(function mdx() {
        this.data().fromMarkdownExtensions = [{ enter: { mdxJsxFlowTag() {} } }] as never;
      })
      .use(remarkDerive)
      .runSync(unified().use(remarkParse).parse(block), new VFile(block));
    expect(tree.children[0]).toMatchObject({
      type: 'mdxJsxFlowElement',
      attributes: [{ name: 'dangerouslySetInnerHTML', value: { type: 'mdxJsxAttributeValueExpression' } }],
    });
  });

  it('leaves documents without blocks alone', () => {
    const text = readFileSync('README.md', 'utf8');
    const parser = unified().use(remarkParse);
    expect(parser().use(remarkDerive).runSync(parser.parse(text), new VFile(text))).toEqual(parser.parse(text));
  });
});
