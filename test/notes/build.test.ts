import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type BuildOptions, type Built, buildNote } from '../../src/build/build-note.ts';
import { describeChanges } from '../../src/build/changes.ts';

const everything = readFileSync(new URL('../cases/everything.md', import.meta.url), 'utf8');
const build = (note: string, options: Partial<BuildOptions> = {}): Built =>
  buildNote(note, { format: 'html', ...options });
const block = '```derive wrt=x\nx^2\n```\n';

describe('a note in Markdown', () => {
  it.each([
    ['a block', block],
    ['no line break at the end', block.trimEnd()],
    ['text around', `before\n\n${block}\nafter\n`],
    ['text at once behind', `${block}after\n`],
    ['a quote', '> text\n>\n> ```derive wrt=x\n> x^2\n> ```\n>\n> after\n'],
    ['a list', '1. item\n\n   ```derive wrt=x\n   x^2\n   ```\n\n2. next\n'],
    ['two blocks', `${block}\n${block.replace('x^2', 'x^3')}`],
    ['a container', ':::derive{wrt=x}\n$$\nx^2\n$$\n:::\n'],
    ['everything', everything],
  ])('with %s stays as it is once it is built', (_, note) => {
    const once = build(note, { format: 'md' }).text;
    expect(once).toContain('2 x');
    expect(build(once, { format: 'md' }).text).toBe(once);
    const without = once.replace(/\n[ >]*\n[ >]*<!-- chainrule:begin -->[\s\S]*?<!-- chainrule:end -->/g, '');
    expect(without).toBe(note);
  });

  it('gets new derivations in the place of old ones', () => {
    const once = build(block, { format: 'md' }).text;
    const changed = once.replace('x^2\n', 'x^5\n');
    const again = build(changed, { format: 'md' }).text;
    expect(again).toContain('5 x^4');
    expect(again.match(/chainrule:begin/g)).toHaveLength(1);
    expect(again).not.toContain('2 x ');
  });

  it('loses the derivation of a block that can not be derived any more', () => {
    const once = build(block, { format: 'md' }).text;
    const { text, file } = build(once.replace('x^2\n', 'x^\n'), { format: 'md' });
    expect(text).toBe(block.replace('x^2', 'x^'));
    expect(file.messages).toHaveLength(1);
  });

  it('is refused where a marker has lost its partner', () => {
    const once = build(block, { format: 'md' }).text;
    expect(() => build(once.replace('<!-- chainrule:end -->', ''), { format: 'md' })).toThrow(
      '<!-- chainrule:begin --> has no <!-- chainrule:end --> after it',
    );
  });

  it('shows no derivation twice on a page', () => {
    const page = build(build(block, { format: 'md' }).text).text;
    expect(page.match(/class="chainrule"/g)).toHaveLength(1);
  });
});

/** KaTeX's markup as one word. */
function withoutFormulas(html: string): string {
  const start = html.indexOf('<span class="katex');
  if (start < 0) return html;
  let depth = 0;
  let end = start;
  for (const match of html.slice(start).matchAll(/<(\/?)span\b[^>]*>/g)) {
    depth += match[1] === '' ? 1 : -1;
    end = start + match.index + match[0].length;
    if (depth === 0) break;
  }
  return `${html.slice(0, start)}(formula)${withoutFormulas(html.slice(end))}`;
}

describe('ordinary Markdown', () => {
  it.each(['html', 'tex', 'typ'] as const)('comes out right as %s', async (format) => {
    const { text } = build(everything.replace(/```\{?\.?derive[\s\S]*?```|:::derive[\s\S]*?\n:::/g, ''), { format });
    const stable = withoutFormulas(text);
    await expect(stable).toMatchFileSnapshot(`../cases/everything.${format}.txt`);
  });

  it('keeps what is no directive', () => {
    const { text } = build('At 10:30, a:b, ::name{x} and\n\n::leaf\n\n:::note\nwords\n:::\n');
    expect(text).toContain('At 10:30, a:b, ::name{x} and');
    expect(text).toContain('::leaf');
    expect(text).toContain('<div class="directive-note">');
  });
});

describe('the language', () => {
  const words = { en: 'Wanted is', ja: 'を求める' };
  it.each([
    ['en', '', undefined],
    ['ja', '', 'ja'],
    ['ja', '---\nlang: ja\n---\n', undefined],
    ['ja', '---\nlang: ja-JP\ntitle: 題\n---\n', undefined],
    ['en', '---\nlang: ja\n---\n', 'en'],
    ['en', '---\nlang: fr\n---\n', undefined],
    ['en', '---\n: [\n---\n', undefined],
  ] as const)('is %s', (expected, matter, lang) => {
    const { text } = build(`${matter}${block}`, lang === undefined ? {} : { lang });
    expect(text).toContain(words[expected]);
  });

  it('is that of a block where the block has one', () => {
    expect(build('```derive wrt=x lang=ja\nx^2\n```').text).toContain(words.ja);
  });
});

describe('a problem of a block', () => {
  it('stands on the page with the block', () => {
    const { text, outcomes } = build('```derive wrt=x\nx^<b>\n```');
    expect(outcomes[0]?.kind).toBe('refused');
    expect(text).toContain('x^&lt;b&gt;');
    expect(text).toContain('✗');
  });

  it.each(['tex', 'typ'] as const)('stands in %s with the block', (format) => {
    expect(build('```derive wrt=x\nx^\n```', { format }).text).toContain('ends too early');
  });
});

describe('figures', () => {
  const figured = '```derive wrt=x figure\nx^2\n```';
  const figure = () => '<svg xmlns="http://www.w3.org/2000/svg"><title>A [model]</title></svg>';
  it('stand on the page, in Markdown as an image', () => {
    expect(build(figured, { figure }).text).toContain('<figure class="cr-figure" tabindex="0"><svg');
    expect(build(figured, { figure, format: 'md' }).text).toContain('![A model](data:image/svg+xml;base64,PHN2');
    expect(build(figured, { figure, format: 'typ' }).text).toContain('#align(center, image(bytes("<svg');
  });

  it('are missed with a warning', () => {
    const refused = () => ({ code: 'too-large', message: 'the model is too large' }) as const;
    expect(build(figured, { figure: refused }).file.messages[0]?.reason).toBe(
      'there is no figure here: the model is too large',
    );
    expect(build(figured, { figure, format: 'tex' }).file.messages[0]?.fatal).toBeFalsy();
  });
});

describe('changes', () => {
  const version = (document: string) => ({ document, outcomes: build(document, { format: 'md' }).outcomes });
  const note = `text\n\n${block}\nmore\n`;
  it.each([
    ['nothing', note, []],
    ['text', note.replace('more', 'less'), ['text changed (line 7)']],
    ['a block', note.replace('x^2', 'x^3'), ['block 1 changed (line 3)']],
    ['a new block', `${note}\n${block}`, ['block 2 is new (line 9)', 'text changed (line 8)']],
    ['no block', 'text\n\nmore\n', ['block 1 is gone', 'text changed (line 3)']],
    ['a name', note.replace('derive', 'derive name=model'), ['block "model" is new (line 3)', 'block 1 is gone']],
  ])('are said for %s', (_, after, expected) => {
    expect(describeChanges(version(note), version(after))).toEqual(expected);
  });
});
