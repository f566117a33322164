import { readFileSync } from 'node:fs';
import rehypeKatex from 'rehype-katex';
import rehypeStringify from 'rehype-stringify';
import remarkDirective from 'remark-directive';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { VFile } from 'vfile';
import { describe, expect, it, vi } from 'vitest';
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

describe('a block that is wrong', () => {
  const broken = 'text\n\n```derive wrt=x\nx^2 +\n```\n\n```derive wrt=x\nx^3\n```\n';

  it('stands in the log of a site, with place, line and caret', () => {
    const said = vi.spyOn(console, 'warn').mockImplementation(() => {});
    render(broken);
    expect(said.mock.calls).toEqual([
      [
        'markdown:4:6 error: the expression ends too early\n\n  x^2 +\n       ^\n\nhint: products need a sign or a space, functions their parentheses: 2 x, sin(x)',
      ],
    ]);
    said.mockClear();
    render(broken, { quiet: true });
    render(block);
    expect(said).not.toHaveBeenCalled();
    said.mockRestore();
  });

  it('ends the build where that is asked for, and only then', () => {
    const asked = { onError: 'fail', quiet: true } as const;
    expect(() => render(broken, asked)).toThrow(
      expect.objectContaining({ reason: 'the expression ends too early', line: 4, column: 6, ruleId: 'syntax' }),
    );
    expect(String(render(block, asked))).toContain('power rule');
    expect(String(render(broken, { quiet: true }))).toContain('power rule');
  });
});

describe('displays', () => {
  const display = '$$\na = b\n$$ {#eq-a}\n\nafter\n\n';

  it('end at a fence with a label, wherever remark-math stands', () => {
    const first = unified().use(remarkParse).use(remarkMath).use(remarkDerive);
    const last = unified().use(remarkParse).use(remarkDerive).use(remarkMath);
    for (const processor of [first, last]) {
      const tree = processor.runSync(processor.parse(display + block), new VFile(display + block));
      expect(tree.children.map(({ type }) => type)).toEqual(['math', 'paragraph', 'html']);
    }
  });

  it('are no business of ours without remark-math', () => {
    const processor = unified().use(remarkParse).use(remarkDerive);
    expect(processor.parse(display).children.map(({ type }) => type)).toEqual(['paragraph', 'paragraph']);
  });

  it('are said to be open where they swallow the rest', () => {
    const file = render(`text\n\n$$\na\n\n${block}`, { quiet: true });
    expect(file.messages.map(String)).toEqual(['3:1-3:3: this display is never closed, it ends with the document']);
  });

  it('do not shift places behind a byte order mark', () => {
    const file = render('\ufefftext\n\n```derive wrt=x\nx^2 +\n```', { quiet: true });
    expect(file.messages.map(String)).toEqual(['4:6-5:1: the expression ends too early']);
  });
});
